"""What tables and columns are called in an Access file: as in the workbook, as far as Access takes it.

Whoever reads the file back need not undo this: the table `rk_columns` says which column holds which field.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from registerkit.definition import Definition
from registerkit.texts import Texts

__all__ = ["ROW_ID", "AccessNames", "access_names"]

ROW_ID = "Id"
"""The column with the number that Access gives every row by itself."""

_LONGEST = 60
"""Access takes 64 characters; the rest is for telling two names apart."""
_UNFIT = re.compile(r"[\x00-\x1f.!`\[\]\"]+")
_RESERVED = frozenset(
    {"action", "application", "by", "character", "column", "count", "counter", "currency", "database", "date",
     "day", "end", "error", "field", "fields", "file", "filter", "form", "from", "group", "having", "hour", "in",
     "index", "is", "key", "language", "last", "left", "level", "like", "match", "max", "memo", "min", "minute",
     "module", "money", "month", "name", "new", "no", "note", "number", "object", "of", "off", "on", "open",
     "option", "or", "order", "owner", "password", "percent", "position", "primary", "property", "query", "record",
     "reference", "relation", "report", "right", "section", "select", "session", "set", "start", "sum", "table",
     "text", "time", "to", "top", "type", "update", "user", "value", "values", "where", "with", "work", "year",
     "yes"}
)  # fmt: skip
"""Words of one kind or another that Access takes for something else in an expression or a form."""


class AccessNames:
    """The names of all tables and columns of one register."""

    def __init__(self, tables: Mapping[str, str], columns: Mapping[str, Mapping[str, str]]) -> None:
        self._tables = tables
        self._columns = columns

    def table(self, table_id: str) -> str:
        """Return the name of a table: of the definition, or of a choice list as `lists.<id>`."""
        return self._tables[table_id]

    def column(self, table_id: str, field_id: str) -> str:
        """Return the name of the column that holds a field."""
        return self._columns[table_id][field_id]


def access_names(definition: Definition, texts: Texts) -> AccessNames:
    """Return the names in a language; the same definition gives the same names."""
    language = texts.language
    tables = {table.id: table.excel[language] for table in definition.tables.values()}
    tables |= {f"lists.{c.id}": texts("access.list", label=c.labels[language]) for c in definition.lists.values()}
    columns = {
        table.id: _distinct({f.id: f.labels[language] for f in table.fields}, taken=(ROW_ID,))
        for table in definition.tables.values()
    }
    return AccessNames(_distinct(tables), columns)


def _distinct(labels: Mapping[str, str], taken: Iterable[str] = ()) -> dict[str, str]:
    """Return every label as a name that Access takes, no two of them the same."""
    used = {name.casefold() for name in taken}
    names: dict[str, str] = {}
    for key, label in labels.items():
        fit = name = _fitting(label) or key
        n = 2
        while name.casefold() in used:
            name, n = f"{fit} {n}", n + 1
        used.add(name.casefold())
        names[key] = name
    return names


def _fitting(label: str) -> str:
    name = " ".join(_UNFIT.sub(" ", label).split())[:_LONGEST].strip()
    return f"{name}_" if name.casefold() in _RESERVED else name
