"""How Access shows the cells of a column: its format, rich text, links, and the words of another table for a number."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from registerkit.database.read_table import ReadColumn, ReadTable, Value

__all__ = ["Lookup", "column_look", "lookup_of", "resolved"]

_SELECT = re.compile(
    r"\s*SELECT\s+(?:DISTINCT(?:ROW)?\s+)?(.+?)\s+FROM\s+(\[[^\]]+\]|[^\s;,]+)", re.IGNORECASE | re.DOTALL
)
_LIST_ITEM = re.compile(r'\s*(?:"([^"]*)"|([^;]*))\s*(?:;|\Z)')


@dataclass(frozen=True)
class Lookup:
    """Where a column's words come from: a query, table or list, and which of its columns is kept and which shown."""

    source: str
    is_list: bool
    width: int
    bound: int
    shown: int


def lookup_of(column: Any) -> Lookup | None:
    """Return where the words of a Jackcess column come from; None when it shows what it holds."""
    told = column.getProperties()

    def say(name: str) -> str:
        value = told.getValue(name)
        return "" if value is None else str(value)

    kind, source = say("RowSourceType"), say("RowSource")
    if not source or kind not in ("Table/Query", "Value List"):
        return None
    widths = re.split("[;,]", say("ColumnWidths")) if say("ColumnWidths") else []
    hidden = [bool(re.fullmatch(r"\s*0+(?:[.,]0*)?\s*[a-z\"]*\s*", width)) for width in widths]
    bound = int(say("BoundColumn") or 1) - 1
    shown = next(
        (n for n, is_hidden in enumerate(hidden) if not is_hidden), len(hidden) if all(hidden) and hidden else 0
    )
    if shown == bound:
        return None
    return Lookup(source, kind == "Value List", int(say("ColumnCount") or 1), bound, shown)


def resolved(tables: Mapping[str, ReadTable], lookups: Mapping[tuple[str, str], Lookup]) -> dict[str, ReadTable]:
    """Return the tables with the words that their columns show for the numbers they hold."""
    found = dict(tables)
    for (table, column), lookup in lookups.items():
        if words := _words(tables, lookup):
            read = found[table]
            columns = tuple(replace(c, words=words) if c.name == column else c for c in read.columns)
            found[table] = replace(read, columns=columns)
    return found


def _words(tables: Mapping[str, ReadTable], lookup: Lookup) -> Mapping[Value, str]:
    rows = _listed(lookup) if lookup.is_list else _queried(tables, lookup.source)
    pairs = ((row[lookup.bound], row[lookup.shown]) for row in rows if len(row) > max(lookup.bound, lookup.shown))
    return {kept: str(shown) for kept, shown in pairs if kept is not None and isinstance(shown, str)}


def _listed(lookup: Lookup) -> list[Sequence[Value]]:
    items = [a or b.strip() for a, b in _LIST_ITEM.findall(lookup.source.rstrip("; "))]
    rows: list[Sequence[Value]] = []
    for at in range(0, len(items) - lookup.width + 1, lookup.width):
        row: list[Value] = list(items[at : at + lookup.width])
        kept = str(row[lookup.bound]) if lookup.bound < len(row) else ""
        rows.append(row)
        if re.fullmatch(r"-?\d+", kept):  # The column may hold it as a number.
            rows.append([float(kept) if n == lookup.bound else cell for n, cell in enumerate(row)])
    return rows


def _queried(tables: Mapping[str, ReadTable], source: str) -> list[Sequence[Value]]:
    """Return the rows of a plain query or of a table; none of a query that we do not understand wholly."""
    match = _SELECT.match(source)
    read = tables.get((match[2] if match else source).strip().strip("[];"))
    if read is None:
        return []
    places = {column.name.casefold(): n for n, column in enumerate(read.columns)}
    named = [c.name for c in read.columns] if not match or match[1].strip().endswith("*") else _named(match[1])
    at = [places.get(name.casefold()) for name in named]
    return [[row[n] if n is not None else None for n in at] for _, row in read.rows]


def _named(columns: str) -> list[str]:
    return [
        re.split(r"\s+AS\s+", part, flags=re.IGNORECASE)[0].rpartition(".")[2].strip().strip("[]")
        for part in columns.split(",")
    ]


def column_look(column: Any, name: str, caption: str, size: int | None) -> ReadColumn:
    """Return a column with how its cells are shown."""
    told = column.getProperties()
    form = told.getValue("Format")
    text_format = told.getValue("TextFormat")
    is_rich = text_format is not None and str(text_format) == "1"
    return ReadColumn(name, caption, size, str(form) if form is not None else "", is_rich, bool(column.isHyperlink()))
