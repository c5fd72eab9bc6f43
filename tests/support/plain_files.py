"""Registers without Excel around them: the cells of one table and a stamp in a text file.

`install` lets a sync read and write these in place of workbooks. All that decides what a sync does is as always; only
the packing into parts is not, and so thousands of syncs can be tried.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from registerkit.definition import Definition
from registerkit.ooxml import SheetTable
from registerkit.reading import RawTable, RawWorkbook
from registerkit.stamp import Stamp
from registerkit.writeback import FileEdits, Written

HEADER = 4
PART = "sheet"


@dataclass
class PlainFile:
    """The cells of one sheet by row, from row 5 on."""

    path: Path
    stamp: dict[str, str] = field(default_factory=dict)
    rows: dict[int, list[Any]] = field(default_factory=dict)

    @classmethod
    def load(cls, path: Path) -> PlainFile:
        """Read a file."""
        told = json.loads(path.read_text(encoding="utf-8"))
        rows = {int(n): [_read(cell) for cell in cells] for n, cells in told["rows"].items()}
        return cls(path, told["stamp"], rows)

    def save(self) -> None:
        """Write it."""
        rows = {n: [_written(cell) for cell in cells] for n, cells in sorted(self.rows.items())}
        self.path.write_text(json.dumps({"stamp": self.stamp, "rows": rows}, ensure_ascii=False), encoding="utf-8")

    def set(self, row: int, column: int, value: Any) -> None:
        """Set a cell."""
        cells = self.rows.setdefault(row, [])
        cells += [""] * (column + 1 - len(cells))
        cells[column] = "" if value is None else value

    @property
    def last(self) -> int:
        """The last row."""
        return max(self.rows, default=HEADER)


def _read(cell: Any) -> Any:
    return date.fromisoformat(cell["day"]) if isinstance(cell, dict) else cell


def _written(cell: Any) -> Any:
    return {"day": cell.isoformat()[:10]} if isinstance(cell, date | datetime) else cell


def columns_of(definition: Definition) -> dict[str, int]:
    """Give the column of each field of the main table."""
    return {f.id: n for n, f in enumerate(definition.main.fields)}


def install(patch: pytest.MonkeyPatch) -> None:
    """Let syncs read and write plain files."""
    patch.setattr("registerkit.pull.opening.open_workbook", _open)
    patch.setattr("registerkit.push.write_back.write_edits", _write)


def _open(path: Path, definition: Definition, name: str, mapping: object = None) -> RawWorkbook:
    del mapping
    file, main, columns = PlainFile.load(path), definition.main, columns_of(definition)
    headers = {f.id: f.labels["nl"] for f in main.fields}
    excel = SheetTable(
        main.sheet["nl"], "table", main.sheet["nl"], PART, HEADER, 0, file.last, len(columns) - 1, False,
        tuple(headers.values()),
    )  # fmt: skip
    raw = RawTable(main, main.sheet["nl"], PART, excel, HEADER, columns, headers, sorted(file.rows.items()))
    return RawWorkbook(path, name, Stamp.of(file.stamp), {main.id: raw}, {}, (), {main.sheet["nl"]: PART})


def _write(
    path: Path, edits: FileEdits, read_hash: str, archive: Path, stamp: Mapping[str, str], at: datetime
) -> Written:
    del read_hash, archive, at
    file = PlainFile.load(path)
    for cells in (edits.owned, edits.cells):
        for (row, column), value in cells.get(PART, {}).items():
            file.set(row, column, value)
    for growth in edits.growths:
        for row in growth.rows:
            at_row = file.last + 1
            file.rows[at_row] = []
            for column, value in row.items():
                file.set(at_row, column, value)
    file.stamp |= stamp
    file.save()
    return Written(True)
