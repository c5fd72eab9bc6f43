"""Rows that bear each other's numbers are told from rows that were written anew."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from stage_samples import DEFINITION, knowledge, make_merger, make_state, record, rows_of

from registerkit.definition import Record
from registerkit.reading import SourceRow
from registerkit.sync.moved_numbers import moved_numbers

KEYS = [f"K-2026-{n:04}" for n in range(1, 6)]
FOUND: dict[str, Record] = {
    key: {"complaint": key, "facts": f"Feiten {key[-1]}.", "conclusion": f"Besluit {key[-1]}."} for key in KEYS[:4]
}
STATE = make_state({"complaints": {key: record(key) for key in KEYS}, "investigations": FOUND})


def moved(*rows: tuple[str | None, str, Mapping[str, Any]], **given: bool) -> dict[int, str]:
    """Give the rows that bear another's number; a row is its number, whose content it has, and what else it says."""
    said = [
        SourceRow("investigations", n, key, {**FOUND[of], "complaint": key, **more})
        for n, (key, of, more) in enumerate(rows, 5)
    ]
    return moved_numbers(said, DEFINITION.tables["investigations"], STATE, knowledge(**given))


def test_numbers_that_were_sorted_or_shifted_apart_are_found() -> None:
    one, two, three, four, five = KEYS
    assert {5: four, 8: one} == moved((one, four, {}), (two, two, {}), (three, three, {}), (four, one, {}))
    shifted = [(two, one, {}), (three, two, {}), (four, three, {}), (None, four, {})]
    assert {5: one, 6: two, 7: three, 8: four} == moved(*shifted) == moved(*shifted, stamped=False, is_keyed=True)
    assert {5: one, 6: two, 7: three, 8: four} == moved(*shifted[:3], (five, four, {}))


def test_what_people_do_with_numbers_is_no_alarm() -> None:
    one, two, three, four, five = KEYS
    assert not moved((one, one, {}), (two, one, {}), (three, one, {}), (four, four, {}))  # One text for several.
    assert not moved((one, one, {"facts": "Anders."}), (two, two, {"conclusion": "Anders."}))
    assert not moved((five, one, {}), (two, two, {}), (three, three, {}), (four, four, {}))  # It was noted elsewhere.
    assert not moved((four, four, {}), (two, two, {}), (one, one, {}), (three, three, {}))
    assert not moved((one, four, {}), (four, one, {}), stamped=False)


def test_rows_with_each_others_numbers_change_nothing() -> None:
    merger = make_merger(make_state({"complaints": STATE.records["complaints"], "investigations": FOUND}))
    said = [{**FOUND[of], "complaint": key} for key, of in zip(KEYS[:4], KEYS[3::-1], strict=True)]
    merger.merge_table(rows_of(*said, table="investigations"))
    assert FOUND == merger.state.records["investigations"]
    assert ["number_of_another"] * 4 == [f.code for f in merger.plan.findings]
    assert [] == merger.plan.missing
