"""What a write-back edits: only what the store decided otherwise, prepared rows first, and nothing that must stay."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from stage_samples import DEFINITION, LOOKUPS, record

from registerkit.definition import Choice, Lookups, Record
from registerkit.ooxml import Cached, Formula, SheetTable
from registerkit.reading import FormBox, RawTable, RawWorkbook, TableRows, parse_table
from registerkit.reading.error_cells import FormulaCells
from registerkit.writeback import FileEdits, WritebackInput, plan_writeback

FIELDS = ["number", "received_on", "name", "category", "handler", "amount", "due_on", "due_reason"]
PART = "xl/worksheets/sheet1.xml"
PLACE = ("complaints", "Register")
COLUMN = {f: n for n, f in enumerate(FIELDS)}
FIRST, SECOND, THIRD = "K-2026-0001", "K-2026-0002", "K-2026-0003"
DAY, DUE = date(2026, 11, 2), date(2026, 11, 30)
LINE = [FIRST, datetime(2026, 11, 2), "J. Jansen", "Product: levering", "Bram Jonker", 12.5, DUE, "zes weken"]
BLANK = ["", "", "", "", "", "", "", ""]


def raw(rows: Mapping[int, list[Any]], last_row: int, totals: bool = False, below: int | None = None) -> RawTable:
    labels = [DEFINITION.main.by_id[f].labels["nl"] for f in FIELDS]
    excel = SheetTable("Klachten", "xl/tables/table1.xml", "Register", PART, 1, 0, last_row, 7, totals, tuple(labels))
    formulas = FormulaCells((n, COLUMN["due_on"], True) for n in range(2, last_row + 1))
    return RawTable(
        DEFINITION.main, "Register", PART, excel, 1, COLUMN, dict(zip(FIELDS, labels, strict=True)),
        list(rows.items()), formulas=formulas, below=below,
    )  # fmt: skip


def stored(key: str = FIRST, **values: Any) -> Record:
    base: dict[str, Any] = {
        "received_on": DAY, "name": "J. Jansen", "category": "PL", "handler": "BJ", "amount": 1250, "due_on": DUE,
        "due_reason": "zes weken",
    }  # fmt: skip
    return record(key) | base | values


def given(
    rows: Mapping[int, list[Any]],
    records: Mapping[str, Record],
    keys: Mapping[int, str],
    last_row: int = 3,
    **more: Any,
) -> WritebackInput:
    table = raw(rows, last_row, more.pop("totals", False), more.pop("below", None))
    parsed: TableRows = parse_table(table, "f.xlsx", LOOKUPS)
    workbook = RawWorkbook(Path("f.xlsx"), "f.xlsx", None, {"complaints": table}, more.pop("form", {}), ())
    values: dict[str, Any] = {
        "definition": DEFINITION, "lookups": LOOKUPS, "raw": workbook, "rows": {"complaints": parsed},
        "row_keys": {table.place: keys}, "kept_cells": frozenset(), "records": {"complaints": records},
        "live": {"complaints": {key: {"due_on": r.get("due_on")} for key, r in records.items()}},
        "formulas": {"complaints": {"due_on": "[@[Ontvangen op]]+42"}}, "add": {},
    }  # fmt: skip
    return WritebackInput(**(values | more))


def cells(edits: FileEdits) -> dict[tuple[int, str], Any]:
    """Give the edits by row and field."""
    return {(row, FIELDS[column]): value for (row, column), value in edits.cells.get(PART, {}).items()}


def one(line: list[Any], **values: Any) -> FileEdits:
    return plan_writeback(given({2: line}, {FIRST: stored(**values)}, {2: FIRST}, last_row=2))


# ------------------------------------------------------------------------------------------------------ known rows
def test_a_file_that_shows_what_the_store_holds_is_left_alone() -> None:
    edits = one(LINE)
    assert not edits
    assert (edits.cells, edits.growths, edits.refreshed) == ({}, [], {})


@pytest.mark.parametrize(
    ("values", "field", "shown"),
    [
        ({"name": "E. Bos"}, "name", "E. Bos"),
        ({"name": None}, "name", None),
        ({"received_on": date(2026, 11, 3)}, "received_on", date(2026, 11, 3)),
        ({"category": "SF"}, "category", "Service: factuur en betaling"),
        ({"handler": "EV"}, "handler", "Eva Verhoef"),
        ({"amount": 1999}, "amount", 19.99),
        ({"amount": None}, "amount", None),
        ({"due_reason": "zeven weken"}, "due_reason", "zeven weken"),
    ],
)
def test_what_the_store_decided_is_shown(values: dict[str, Any], field: str, shown: Any) -> None:
    assert cells(one(LINE, **values)) == {(2, field): shown}


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("category", "PRODUCT: LEVERING"), ("handler", "bram jonker"), ("name", "J. Jansen "),
    ],
)  # fmt: skip
def test_the_same_value_typed_in_another_way_stays_as_it_is(field: str, typed: Any) -> None:
    line = [typed if f == field else v for f, v in zip(FIELDS, LINE, strict=True)]
    assert not one(line)


@pytest.mark.parametrize(
    ("field", "typed", "shown"), [("amount", "€ 12,50", 12.5), ("received_on", "2-11-2026", date(2026, 11, 2))]
)
def test_a_day_or_an_amount_typed_as_text_becomes_what_it_is(field: str, typed: str, shown: Any) -> None:
    line = [typed if f == field else v for f, v in zip(FIELDS, LINE, strict=True)]
    assert list(one(line).cells["xl/worksheets/sheet1.xml"].values()) == [shown]


@pytest.mark.parametrize(("field", "typed"), [("category", "PL"), ("handler", "BJ"), ("category", "Product: delivery")])
def test_a_code_or_an_old_label_is_shown_by_its_present_label(field: str, typed: str) -> None:
    line = [typed if f == field else v for f, v in zip(FIELDS, LINE, strict=True)]
    assert cells(one(line)) == {(2, field): LINE[COLUMN[field]]}


def test_a_renamed_entry_is_relabelled() -> None:
    renamed = Choice("PL", {"nl": "Levering", "en": "Delivery"}, aliases=("Product: levering",))
    lookups = Lookups({**LOOKUPS.lists, "category": [renamed]}, LOOKUPS.staff, "nl")
    plan = plan_writeback(replace(given({2: LINE}, {FIRST: stored()}, {2: FIRST}, last_row=2), lookups=lookups))
    assert cells(plan) == {(2, "category"): "Levering"}


def test_a_kept_cell_stays_as_it_was_typed() -> None:
    line = [LINE[0], "31-31-2026", *LINE[2:]]
    kept = frozenset({(PLACE, 2, "received_on"), (PLACE, 2, "name")})
    plan = plan_writeback(
        given({2: line}, {FIRST: stored(name="E. Bos", amount=5)}, {2: FIRST}, last_row=2, kept_cells=kept)
    )
    assert cells(plan) == {(2, "amount"): 0.05}


def test_a_formula_that_somebody_made_in_an_input_column_stays() -> None:
    table = given({2: LINE}, {FIRST: stored(amount=5)}, {2: FIRST}, last_row=2)
    rows = table.rows["complaints"]
    made = replace(
        rows, raw=replace(rows.raw, formulas=FormulaCells([(2, COLUMN["amount"], True), (2, COLUMN["due_on"], True)]))
    )
    assert not plan_writeback(replace(table, rows={"complaints": made}))


def test_a_row_that_was_refused_is_left_alone() -> None:
    plan = plan_writeback(given({2: LINE}, {FIRST: stored(name="E. Bos")}, {}, last_row=2))
    assert not plan


def test_a_new_number_is_shown() -> None:
    for typed in ("", SECOND):
        plan = plan_writeback(given({2: [typed, *LINE[1:]]}, {FIRST: stored()}, {2: FIRST}, last_row=2))
        assert cells(plan) == {(2, "number"): FIRST}


# ------------------------------------------------------------------------------------------------------ live values
def test_a_formula_s_value_is_no_reason_to_write() -> None:
    late = [*LINE[:6], date(2026, 12, 7), LINE[7]]
    plan = plan_writeback(given({2: late}, {FIRST: stored()}, {2: FIRST}, last_row=2))
    assert not plan


def test_a_formula_s_value_is_written_along() -> None:
    late = ["", *LINE[1:6], date(2026, 12, 7), LINE[7]]
    plan = plan_writeback(given({2: late}, {FIRST: stored()}, {2: FIRST}, last_row=2))
    assert plan.refreshed == {PART: {(2, COLUMN["due_on"]): Cached(DUE)}}


# ---------------------------------------------------------------------------------------------------- prepared rows
def test_a_record_from_elsewhere_comes_in_the_first_prepared_row() -> None:
    records = {FIRST: stored(), SECOND: stored(SECOND, name="E. Bos", amount=None)}
    plan = plan_writeback(
        given({2: LINE, 4: [THIRD, *BLANK[1:]]}, records, {2: FIRST}, 4, add={"complaints": [SECOND]})
    )
    assert cells(plan) == {
        (3, "number"): SECOND, (3, "received_on"): DAY, (3, "name"): "E. Bos", (3, "category"): "Product: levering",
        (3, "handler"): "Bram Jonker", (3, "due_on"): Cached(DUE), (3, "due_reason"): "zes weken",
        (4, "number"): None,
    }  # fmt: skip
    assert plan.growths == []


def test_ready_numbers_are_laid_in_the_prepared_rows_and_topped_up() -> None:
    asked = []

    def reserve(count: int) -> list[str]:
        asked.append(count)
        return [f"K-2026-{n:04}" for n in range(4, 4 + count)]

    plan = plan_writeback(
        given({2: LINE, 3: [SECOND, *BLANK[1:]]}, {FIRST: stored()}, {2: FIRST}, 6, reserved=[SECOND, THIRD],
              reserve=reserve, reserve_wanted=4)
    )  # fmt: skip
    assert asked == [2]
    assert cells(plan) == {(4, "number"): THIRD, (5, "number"): "K-2026-0004", (6, "number"): "K-2026-0005"}


def test_ready_numbers_that_stand_already_are_no_edit() -> None:
    plan = plan_writeback(
        given({2: LINE, 3: [SECOND, *BLANK[1:]]}, {FIRST: stored()}, {2: FIRST}, 3, reserved=[SECOND], reserve_wanted=1)
    )
    assert not plan


def test_a_number_in_a_row_that_is_not_finished_is_not_laid_out_again() -> None:
    """The row was refused for now; the number was told to somebody on the telephone."""
    half = [SECOND, "", "E. Bos", *BLANK[3:]]
    plan = plan_writeback(
        given({2: LINE, 3: half, 4: [THIRD, *BLANK[1:]]}, {FIRST: stored()}, {2: FIRST}, 5, reserved=[SECOND, THIRD],
              reserve_wanted=2)
    )  # fmt: skip
    laid = [value for (_, field), value in cells(plan).items() if field == "number"]
    assert SECOND not in laid


# ----------------------------------------------------------------------------------------------------------- growth
def test_a_full_table_grows_by_the_waiting_and_the_prepared() -> None:
    records = {FIRST: stored(), SECOND: stored(SECOND, name="E. Bos")}
    plan = plan_writeback(
        given({2: LINE}, records, {2: FIRST}, 2, add={"complaints": [SECOND]}, prepared_wanted=3, reserved=[THIRD])
    )
    (growth,) = plan.growths
    assert [row.get(0) for row in growth.rows] == [SECOND, THIRD, None, None]
    first = growth.rows[0]
    assert first[COLUMN["name"]] == "E. Bos"
    assert first[COLUMN["due_on"]] == Formula("[@[Ontvangen op]]+42", DUE)
    assert growth.rows[1] == {0: THIRD, COLUMN["due_on"]: Formula("[@[Ontvangen op]]+42", "")}


@pytest.mark.parametrize(
    ("last_row", "waiting", "printed"),
    [(40, [], (12, 40)), (40, [SECOND], (13, 40)), (2, [SECOND], (6, 6)), (5, [], (5, 5))],
    ids=["few-of-many", "comes-in", "grows", "all"],
)
def test_what_prints_ends_a_few_rows_below_the_last_record(
    last_row: int, waiting: list[str], printed: tuple[int, int]
) -> None:
    """Rows that stand ready have numbers: all of them would be pages full of nothing."""
    records = {FIRST: stored(name="E. Bos"), SECOND: stored(SECOND)}
    rows = {2: LINE, **dict.fromkeys(range(3, last_row + 1), BLANK)}
    wanted = 3 if last_row == 2 else 0
    plan = plan_writeback(
        given(rows, records, {2: FIRST}, last_row, add={"complaints": waiting}, prepared_wanted=wanted)
    )
    assert [(each.last, each.last_row) for each in plan.printed] == [printed]


@pytest.mark.parametrize(("blank", "grows"), [(2, True), (5, False), (12, False)])
def test_prepared_rows_are_topped_up_when_half_are_gone(blank: int, grows: bool) -> None:
    plan = plan_writeback(given({2: LINE}, {FIRST: stored()}, {2: FIRST}, 2 + blank, prepared_wanted=10))
    assert bool(plan.growths) == grows
    if grows:
        assert len(plan.growths[0].rows) == 10 - blank


@pytest.mark.parametrize("more", [{"totals": True}, {"below": 3}])
def test_a_table_with_something_below_grows_all_the_same(more: dict[str, Any]) -> None:
    """Whether there is room is seen when the file is edited; until then the rows are planned with their records."""
    records = {FIRST: stored(), SECOND: stored(SECOND)}
    (growth,) = plan_writeback(given({2: LINE}, records, {2: FIRST}, 2, add={"complaints": [SECOND]}, **more)).growths
    assert (growth.table is not None, growth.records) == (True, (("complaints", SECOND),))


def test_a_range_that_is_no_table_takes_rows_below_its_last_without_formulas() -> None:
    records = {FIRST: stored(), SECOND: stored(SECOND)}
    asked = given({2: LINE}, records, {2: FIRST}, 2, add={"complaints": [SECOND]})
    plain = replace(asked.rows["complaints"].raw, excel=None, formulas=FormulaCells())
    rows = {"complaints": parse_table(plain, "f.xlsx", LOOKUPS)}
    plan = plan_writeback(replace(asked, rows=rows))
    (growth,) = plan.growths
    assert growth.table is None
    assert growth.plain is not None
    assert (growth.plain.part, growth.plain.last_row) == (PART, 2)
    assert growth.plain.rows[0][0] == SECOND
    assert COLUMN["due_on"] not in growth.plain.rows[0]
    assert plan.owned == {}


# ------------------------------------------------------------------------------------------------------------- form
@pytest.mark.parametrize("empty", [True, False])
def test_a_registered_form_is_emptied(empty: bool) -> None:
    form = {"name": FormBox("Formulier", "xl/worksheets/sheet2.xml", 4, 2, "J. Jansen")}
    plan = plan_writeback(given({2: LINE}, {FIRST: stored()}, {2: FIRST}, 2, form=form, empty_form=empty))
    assert plan.cells.get("xl/worksheets/sheet2.xml", {}) == ({(4, 2): None} if empty else {})
