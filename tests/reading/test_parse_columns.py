"""A row in which nothing is the matter is understood quickly, and exactly as cell by cell."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import pytest
from stage_samples import DEFINITION, LOOKUPS, raw_table

from registerkit.reading import parse_table
from registerkit.reading.columns import Column, quickly
from registerkit.reading.parse import ParseContext, parse_cell
from registerkit.reading.problems import BadCell

CELLS: list[Any] = [
    "", "  ", None, "tekst ", "Cafe\u0301", "é\u00a0", "ja", "Nee", "x", True, False, 1.0, 0.0, 7.0, 12.5, "12,50",
    "_x000D_", "regel\r\nregel", "3-4-2026", date(2026, 4, 3), datetime(2026, 4, 3), datetime(2026, 4, 3, 9, 30),
    time(9, 30), 46000.0, "telefoon", "Telefoon", "PL", "Eva Verhoef", "EV", "0301234567", "+32 2 555 12 12",
    "1234ab", "1012 ZX", "a@b.example", "mailto:a@b.example", "K-2026-0001 en K-2026-0002",
]  # fmt: skip
FIELDS = [f for f in DEFINITION.main.inputs if not f.parent]


def plainly(field: Any, raw: Any) -> Any:
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        return None
    try:
        return parse_cell(raw, ParseContext(field, LOOKUPS))
    except BadCell as bad:
        return bad.code


@pytest.mark.parametrize("field", FIELDS, ids=lambda f: f.id)
def test_every_kind_of_cell_means_what_it_means_by_itself(field: Any) -> None:
    column = Column(field, 0, LOOKUPS)
    for raw in [*CELLS, *CELLS]:
        try:
            found: Any = quickly([column], [raw], {})[field.id]
        except BadCell as bad:
            found = bad.code
        expected = plainly(field, raw)
        assert (type(expected), expected) == (type(found), found)


def test_what_limits_a_choice_counts_for_each_row() -> None:
    """The same label can stand for another code under another category."""
    columns = [Column(DEFINITION.main.by_id[f], n, LOOKUPS) for n, f in enumerate(("category", "subcategory"))]
    label = LOOKUPS.labels("subcategory", "PL")[0]
    assert quickly(columns, ["PL", label], {})["subcategory"]
    with pytest.raises(BadCell):
        quickly(columns, ["SF", label], {})


def test_a_cell_that_shows_its_record_is_taken_as_it_is() -> None:
    column = Column(DEFINITION.main.by_id["phone"], 0, LOOKUPS)
    assert {"phone": "geen telefoon"} == quickly([column], ["geen telefoon"], {"phone": "geen telefoon"})


def test_what_the_store_holds_changes_nothing_in_what_a_row_says() -> None:
    headers = ["number", "name", "phone", "received_on", "amount"]
    cells = [["K-1", "J. Jansen", "030 123 4567", datetime(2026, 11, 2), 12.5], ["K-2", "E. Bos"]]
    raw = raw_table(rows=list(enumerate(cells, 2)), headers=headers)
    stored = {"K-1": {"name": "J. Jansen", "phone": "030 123 4567", "amount": 5}, "K-2": {"name": "A. Bos"}}
    assert parse_table(raw, "f.xlsx", LOOKUPS).rows == parse_table(raw, "f.xlsx", LOOKUPS, stored).rows
