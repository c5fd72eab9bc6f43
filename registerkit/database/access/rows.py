"""Turns the records of a register into the rows of an Access file's tables. Touches no file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from registerkit.database.access.kinds import ACCESS_KINDS, Cell
from registerkit.database.access.layout import AccessPlan, AccessTable
from registerkit.database.access.plan import COLUMNS, META
from registerkit.definition import Choice, Record, Table
from registerkit.errors import StoreError
from registerkit.texts import Texts

if TYPE_CHECKING:  # An Access file is read without knowing how a workbook is built.
    from registerkit.workbook import WorkbookContent

__all__ = ["Row", "access_rows"]

Row = tuple[Cell, ...]
"""The cells of one row, one for every column of its table."""


def access_rows(plan: AccessPlan, content: WorkbookContent, *, complete: bool) -> dict[str, list[Row]]:
    """Return the rows of every table by the table's id; `complete` tells whether the file shows the store's records.

    Rows stand in the order of the records, so that Access numbers them 1, 2, 3. Raises `StoreError` when a record
    belongs to one that is not there.
    """
    main = content.main
    ids: dict[Any, int] = {record[main.key]: n for n, record in enumerate(content.rows(main.id), 1)}
    rows: dict[str, list[Row]] = {}
    for table in plan.tables:
        if table.id in content.definition.tables:
            rows[table.id] = _record_rows(table, content, ids)
        elif table.id.startswith("lists."):
            rows[table.id] = _list_rows(table, content)
    rows[META] = [*_meta(content, complete=complete)]
    rows[COLUMNS] = [*_column_rows(plan)]
    return rows


def _record_rows(table: AccessTable, content: WorkbookContent, ids: Mapping[Any, int]) -> list[Row]:
    definition = content.definition.tables[table.id]
    columns = [_column(definition, column.field, content.texts, ids) for column in table.columns]
    return [tuple([None if get is None else get(record) for get in columns]) for record in content.rows(table.id)]


def _column(table: Table, field_id: str, texts: Texts, ids: Mapping[Any, int]) -> Callable[[Record], Cell] | None:
    """Return what takes a column's cell from a record; None for a column that Access fills itself."""
    if not field_id:
        return None
    if field_id == table.parent:
        return lambda record: _row_of(record[field_id], table, ids)
    convert = ACCESS_KINDS[table.by_id[field_id].value_kind].value
    # An empty text is nothing: Access would refuse it.
    return lambda record: None if (value := record.get(field_id)) in (None, "") else convert(value, texts)


def _row_of(number: Any, table: Table, ids: Mapping[Any, int]) -> int:
    if number not in ids:
        raise StoreError(number, reason="orphan", table=table.id)
    return ids[number]


def _list_rows(table: AccessTable, content: WorkbookContent) -> list[Row]:
    choices: Sequence[Choice] = content.lookups.lists.get(table.id.removeprefix("lists."), ())
    language, kept = content.language, [column.field for column in table.columns]
    found = []
    for n, choice in enumerate(choices, 1):
        cells: dict[str, Cell] = {
            "code": choice.code,
            "label": choice.labels[language],
            "parent": choice.parent,
            "explanation": choice.explanation.get(language) or None,
            "position": n,
            "in_use": choice.in_use,
        }
        found.append(tuple(cells[field] for field in kept))
    return found


def _meta(content: WorkbookContent, *, complete: bool) -> Iterator[Row]:
    """Return what the workbook keeps as its custom properties, and whether the file shows all records or none."""
    yield from content.stamp.properties().items()
    yield "definition", content.definition.id
    yield "language", content.language
    yield "records", "all" if complete else "none"


def _column_rows(plan: AccessPlan) -> Iterator[Row]:
    for table in plan.tables:
        for column in table.columns:
            if column.field:
                yield None, table.id, column.field, table.name, column.name
