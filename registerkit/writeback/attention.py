"""Says what must change on the attention sheet so that it tells what a person should look at now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from registerkit.ooxml import CellValue, Formula
from registerkit.reading import RawAttention, as_text
from registerkit.workbook import attention_height
from registerkit.writeback.edits import FileEdits
from registerkit.writeback.growth import Growth

__all__ = ["AttentionRow", "plan_attention"]


@dataclass(frozen=True)
class AttentionRow:
    """One thing to look at; `ref` says what a choice is about, `link` is the formula that leads to `cell`."""

    ref: str
    what: str
    note: str
    nr: str = ""
    sheet: str = ""
    cell: str = ""
    link: str = ""
    field: str = ""
    register: str = ""
    file: str = ""
    choose: str = ""

    def text(self, column: str) -> str:
        """Return what a column shows."""
        text: str = getattr(self, column)
        return text

    def value(self, column: str) -> CellValue:
        """Return what the column's cell holds."""
        if column == "cell" and self.link:
            return Formula(self.link, self.cell)
        return self.text(column) or None


def plan_attention(edits: FileEdits, raw: RawAttention | None, rows: Sequence[AttentionRow]) -> None:
    """Add the edits of the sheet; none when it says all that already. A file without the sheet is left alone."""
    if raw is None or _says(raw, rows):
        return
    excel, places = raw.excel, list(raw.rows)
    part = edits.owned.setdefault(excel.sheet_part, {})
    for n, row in enumerate(places):
        wanted = rows[n] if n < len(rows) else None
        if wanted is None and not any(raw.rows[row].values()):
            continue
        for name, column in raw.columns.items():
            part[(row, column)] = wanted.value(name) if wanted else None
    below = [{column: row.value(name) for name, column in raw.columns.items()} for row in rows[len(places) :]]
    if below:
        edits.growths.append(Growth(excel, below))
    if rows:
        lines = [*places, *range(excel.last_row + 1, excel.last_row + 1 + len(below))]
        edits.heights[excel.sheet_part] = {at: attention_height(row.text) for at, row in zip(lines, rows, strict=False)}
        edits.unhidden.add(excel.sheet)


def _says(raw: RawAttention, rows: Sequence[AttentionRow]) -> bool:
    shown: list[Mapping[str, str]] = [cells for cells in raw.rows.values() if any(cells.values())]
    wanted = [{name: as_text(row.text(name)) for name in raw.columns} for row in rows]
    return shown == wanted
