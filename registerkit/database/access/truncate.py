"""Lets the layout of an Access file give way to the records that go into it: what they break would refuse the file.

A text too long for its column makes it a long text; a value that is needed and missing, one that is not the only one,
or a code that no list has, make the column optional, the index a plain one, the relation one that is not enforced.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

from registerkit.database.access.kinds import Cell
from registerkit.database.access.layout import AccessColumn, AccessIndex, AccessPlan, AccessTable
from registerkit.database.access.rows import Row

__all__ = ["fitted", "text_length"]

_ROW_BYTES = 3900
"""Somewhat less than Access takes in one row, long texts left out."""
_TYPE_BYTES: Mapping[str, int] = {"autonumber": 4, "long": 4, "date": 8, "money": 8, "boolean": 1}
_MEMO_BYTES, _MEMO_INSIDE = 14, 64
"""What a long text takes of its row, and how short it must be to stand in the row itself."""
_TEXT = "text"


def fitted(plan: AccessPlan, rows: Mapping[str, Sequence[Row]]) -> AccessPlan:
    """Return the plan with all that the rows, by the tables' ids, can live with."""
    tables = tuple(_fitted_table(table, rows[table.id]) for table in plan.tables)
    values: dict[tuple[str, str], set[Cell]] = {}
    for table in tables:
        for n, column in enumerate(table.columns):
            # Access numbers its rows itself, and those that are pointed at by number are always there.
            values[table.name, column.name] = {row[n] for row in rows[table.id]} - {None}
    relations = []
    for relation in plan.relations:
        known = values[relation.to_table, relation.to_column]
        by_row = not known
        fits = by_row or values[relation.table, relation.column] <= known
        relations.append(dataclasses.replace(relation, enforced=relation.enforced and fits))
    return AccessPlan(plan.title, tables, tuple(relations))


def _fitted_table(table: AccessTable, rows: Sequence[Row]) -> AccessTable:
    if not rows:
        return table
    cells = list(zip(*rows, strict=True))
    fitting = [_fitted_column(column, values) for column, values in zip(table.columns, cells, strict=True)]
    columns = _in_room(fitting, cells, {index.column for index in table.indexes})
    place = {column.name: n for n, column in enumerate(columns)}
    # A long text has no index.
    kept = [index for index in table.indexes if columns[place[index.column]].type != "memo"]
    indexes = tuple(_fitted_index(index, cells[place[index.column]]) for index in kept)
    return dataclasses.replace(table, columns=tuple(columns), indexes=indexes)


def _fitted_column(column: AccessColumn, values: Sequence[Cell]) -> AccessColumn:
    if column.type == _TEXT and _longest(values) > column.size:
        column = _as_memo(column)
    return dataclasses.replace(column, required=column.required and None not in values)


def _as_memo(column: AccessColumn) -> AccessColumn:
    return dataclasses.replace(column, type="memo", size=0)


def _fitted_index(index: AccessIndex, values: Sequence[Cell]) -> AccessIndex:
    """Return an index that lets the values be; Access tells capitals from small letters nowhere."""
    found = [value.casefold() if isinstance(value, str) else value for value in values if value is not None]
    return index if index.primary or len(set(found)) == len(found) else dataclasses.replace(index, unique=False)


def _in_room(columns: list[AccessColumn], cells: Sequence[Sequence[Cell]], indexed: set[str]) -> list[AccessColumn]:
    """Make long texts of the longest texts until every row fits in the room that Access has for it."""
    if sum(_bytes(column, _longest(values)) for column, values in zip(columns, cells, strict=True)) <= _ROW_BYTES:
        return columns  # Even a row that had the longest of every column would fit.
    for row in zip(*cells, strict=True):
        sizes = [_bytes(column, text_length(cell)) for column, cell in zip(columns, row, strict=True)]
        texts = [n for n, column in enumerate(columns) if column.type == _TEXT and column.name not in indexed]
        while sum(sizes) > _ROW_BYTES and texts:
            n = max(texts, key=sizes.__getitem__)
            texts.remove(n)
            columns[n] = _as_memo(columns[n])
            sizes[n] = _bytes(columns[n], text_length(row[n]))
    return columns


def _bytes(column: AccessColumn, length: int) -> int:
    if column.type == _TEXT:
        return 2 + 2 * length
    return _MEMO_BYTES + min(2 * length, _MEMO_INSIDE) if column.type == "memo" else _TYPE_BYTES[column.type]


def _longest(values: Sequence[Cell]) -> int:
    texts = [value for value in values if isinstance(value, str)]
    length = len if all(map(str.isascii, texts)) else text_length
    return max(map(length, texts), default=0)


def text_length(value: Cell) -> int:
    """Return how many characters Access counts: one beyond the first 65,536, such as an emoji, counts twice."""
    if not isinstance(value, str):
        return 0
    return len(value) if value.isascii() else len(value.encode("utf-16-le", "surrogatepass")) // 2
