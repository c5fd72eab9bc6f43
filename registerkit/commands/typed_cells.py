"""What was typed in a workbook and is not in the store: a new workbook in its place shows it in the same cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from registerkit.excel import CellContent
from registerkit.pull.merged import MergedSource
from registerkit.reading import RawTable, as_text
from registerkit.workbook import WorkbookContent

__all__ = ["TypedCells", "placed", "typed_cells"]

Cells = Mapping[str, CellContent]


@dataclass(frozen=True)
class TypedCells:
    """Cells as they were typed: by table and key those of records, and by table whole rows that are not registered."""

    of_records: Mapping[str, Mapping[str, Cells]] = field(default_factory=dict)
    rows: Mapping[str, Sequence[Cells]] = field(default_factory=dict)
    form: Cells = field(default_factory=dict)
    """What stands in the boxes of a form that was not registered."""


def typed_cells(source: MergedSource) -> TypedCells:
    """Return what the tables of a file hold that its merge did not take in; cells with an error are left out."""
    of_records: dict[str, dict[str, Cells]] = {}
    rows: dict[str, list[Cells]] = {}
    for table_id, read in source.rows.items():
        keys = source.plan.row_keys.get(read.raw.place, {})
        lines = dict(read.raw.rows)
        kept: dict[int, list[str]] = {}
        for place, row, field_id in source.plan.kept_cells:
            if place == read.raw.place:
                kept.setdefault(row, []).append(field_id)
        for each in read.rows:
            key = keys.get(each.row)
            wanted = [f.id for f in read.raw.table.fields if f.is_input] if key is None else kept.get(each.row, [])
            cells = dict(_cells(read.raw, each.row, lines[each.row], wanted))
            if cells and key is None:
                rows.setdefault(table_id, []).append(cells)
            elif cells:
                of_records.setdefault(table_id, {})[str(key)] = cells
    return TypedCells(of_records, rows, _boxes(source))


def _boxes(source: MergedSource) -> Cells:
    if source.form_key is not None:
        return {}
    return {f: _content(box.content) for f, box in source.raw.form.items() if box.content not in ("", None)}


def _cells(raw: RawTable, row: int, cells: Sequence[Any], wanted: Sequence[str]) -> Iterator[tuple[str, CellContent]]:
    for field_id in wanted:
        column = raw.columns.get(field_id)
        is_ours = column is not None and column < len(cells) and (row, column) not in raw.errors
        if column is not None and is_ours and (cell := cells[column]) not in ("", None):
            yield field_id, _content(cell)


def _content(cell: Any) -> CellContent:
    """Return a cell as it can be written: what is no text, day or plain number is written as the text that it shows."""
    is_plain = isinstance(cell, str) or type(cell) in (float, date)
    return cell if is_plain else as_text(cell)


def placed(typed: TypedCells, content: WorkbookContent) -> Mapping[str, Mapping[int, Cells]]:
    """Return the cells by table and place of their row: behind the records stand the prepared rows.

    A row that is not registered goes where its number stands ready, else in the first prepared row that is free.
    """
    found: dict[str, dict[int, Cells]] = {}
    for table in content.definition.tables.values():
        records, ready = content.rows(table.id), list(content.reserved.get(table.id, ()))
        of_records = typed.of_records.get(table.id, {})
        here = {
            n: of_records[str(r.get(table.key))] for n, r in enumerate(records) if str(r.get(table.key)) in of_records
        }
        for cells in _by_number(table.key, typed.rows.get(table.id, ()), ready):
            key = cells.get(table.key)
            wanted = len(records) + ready.index(str(key)) if key in ready else None
            free = (n for n in range(len(records), len(records) + len(here) + 1) if n not in here)
            here[wanted if wanted is not None and wanted not in here else next(free)] = cells
        if here:
            found[table.id] = here
    return found


def _by_number(key: str, rows: Sequence[Cells], ready: Sequence[str]) -> list[Cells]:
    """Return the rows in order, those with a number that stands ready first."""
    return sorted(rows, key=lambda cells: cells.get(key) not in ready)
