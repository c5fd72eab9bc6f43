"""Writes the plan of an Access file as SQL that Access takes, statement by statement, through ODBC too.

That leaves out what only Access itself can add: captions, validation texts, defaults and dropdowns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from registerkit.database.access.layout import AccessColumn, AccessIndex, AccessPlan, AccessTable, Relation, Type
from registerkit.database.access.rows import Row

__all__ = ["access_sql"]

_TYPES: Mapping[Type, str] = {
    "autonumber": "COUNTER",
    "long": "LONG",
    "memo": "LONGCHAR",
    "date": "DATETIME",
    "money": "CURRENCY",
}
"""What SQL calls the types. A text has its length behind it; a yes or no is left out, for it cannot begin as yes."""
_NOT_IN_NAMES = re.compile(r"[.!`\[\]\"\x00-\x1f]")
_LONGEST_NAME = 64


def access_sql(plan: AccessPlan, rows: Mapping[str, Sequence[Row]]) -> str:
    """Return the statements that make the tables that people see; of the rows those of the choice lists."""
    statements = []
    for table in (table for table in plan.tables if not table.hidden):
        pointing = [r for r in plan.relations if r.table == table.name and r.enforced]
        statements.append(_create(table, [_foreign(r, table) for r in pointing]))
        statements += _inserts(table, rows[table.id]) if table.id.startswith("lists.") else ()
    return "\n\n".join(f"{statement};" for statement in statements) + "\n"


def _create(table: AccessTable, relations: Sequence[str]) -> str:
    lines = [f"{_quoted(c.name)} {_type(c)}{' NOT NULL' * c.required}" for c in table.columns if _is_kept(c)]
    lines += [_key(table, index) for index in table.indexes]
    return f"CREATE TABLE {_quoted(table.name)} (\n  " + ",\n  ".join([*lines, *relations]) + "\n)"


def _is_kept(column: AccessColumn) -> bool:
    return column.type != "boolean"


def _type(column: AccessColumn) -> str:
    return f"VARCHAR({column.size})" if column.type == "text" else _TYPES[column.type]


def _key(table: AccessTable, index: AccessIndex) -> str:
    word, kind = ("pk", "PRIMARY KEY") if index.primary else ("key", "UNIQUE")
    return f"CONSTRAINT {_named(word, table.id, index.column)} {kind} ({_quoted(index.column)})"


def _foreign(relation: Relation, table: AccessTable) -> str:
    name = _named("fk", table.id, relation.column)
    refers = f"REFERENCES {_quoted(relation.to_table)} ({_quoted(relation.to_column)})"
    return f"CONSTRAINT {name} FOREIGN KEY ({_quoted(relation.column)}) {refers}"


def _inserts(table: AccessTable, rows: Sequence[Row]) -> Iterator[str]:
    kept = [n for n, column in enumerate(table.columns) if _is_kept(column)]
    names = ", ".join(_quoted(table.columns[n].name) for n in kept)
    for row in rows:
        yield f"INSERT INTO {_quoted(table.name)} ({names}) VALUES ({', '.join(_literal(row[n]) for n in kept)})"


def _quoted(name: str) -> str:
    return f"[{_NOT_IN_NAMES.sub(' ', name).strip()[:_LONGEST_NAME]}]"


def _named(*parts: str) -> str:
    """Name a constraint; a list and a table of the same id keep names of their own."""
    return _quoted("_".join(part.replace("lists.", "list_") for part in parts))


def _literal(value: object) -> str:
    if value is None:
        return "NULL"
    return str(value) if isinstance(value, int) else "'" + str(value).replace("'", "''") + "'"
