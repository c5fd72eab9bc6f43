"""Whether a cell shows a value already; figures that stand there as they are are left alone."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from registerkit.ooxml import Cached, parse_ref
from registerkit.reading.raw import RawWorkbook
from registerkit.workbook import OverviewCell
from registerkit.writeback.edits import FileEdits
from registerkit.writeback.plan import refresh_overview
from registerkit.writeback.shown import is_shown


@pytest.mark.parametrize(
    ("raw", "wanted", "expected"),
    [
        (3.0, 3, True), (0.1 + 0.2, 0.3, True), (3.0, 4, False), ("", None, True), (0.0, "", False), ("a ", "a", True),
        ("1", 1, False), (datetime(2026, 3, 1), date(2026, 3, 1), True), (date(2026, 3, 1), 46082, True),
        (date(1900, 1, 1), 1, True), (date(1900, 3, 1), 61, True), (date(2026, 3, 1), 46083, False),
        (46082.0, date(2026, 3, 1), False), (True, 1, True), (False, 1, False),
    ],
)  # fmt: skip
def test_a_value_is_known_however_its_program_keeps_it(raw: Any, wanted: Any, expected: bool) -> None:
    assert is_shown(raw, wanted) is expected


def test_only_figures_that_are_others_are_written() -> None:
    grid = [["Open", 12.0], ["Te laat", 3.0], ["Langst", date(1900, 1, 9)], ["Wie"]]
    raw = RawWorkbook(
        Path("r.xlsx"), "r.xlsx", None, {}, {}, (), {"Start": "s1.xml", "Nieuw": "s2.xml"}, grids={"Start": grid}
    )
    now = {"B1": 12, "B2": 4, "B3": 9, "B4": "F. Smit", "B9": 0, "B10": ""}
    cells = [OverviewCell("Start", *parse_ref(cell)[:2], f"={cell}", value) for cell, value in now.items()]
    edits = FileEdits()
    refresh_overview(edits, [*cells, OverviewCell("Nieuw", 1, 0, "=1", 1), OverviewCell("Weg", 1, 0, "=1", 1)], raw)
    assert edits.refreshed == {
        "s1.xml": {(2, 1): Cached(4, "=B2"), (4, 1): Cached("F. Smit", "=B4"), (9, 1): Cached(0, "=B9")},
        "s2.xml": {(1, 0): Cached(1, "=1")},
    }
