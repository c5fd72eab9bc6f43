"""Rows are data when anything but their key is filled; bad cells are told with their place and say nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from stage_samples import DEFINITION, INCIDENTS, LOOKUPS, raw_table

from registerkit.ooxml import SheetTable
from registerkit.reading import FormBox, Place, RawWorkbook, parse_form, parse_table
from registerkit.reading.error_cells import FormulaCells

FIELDS = ["number", "received_on", "place", "category", "people_hurt"]


def excel(last_row: int) -> SheetTable:
    columns = tuple(INCIDENTS.main.by_id[f].labels["nl"] for f in FIELDS)
    return SheetTable("Incidenten", "xl/tables/table1.xml", "Incidenten", "s", 1, 0, last_row, 4, False, columns)


def parsed(*rows: tuple[int, list[Any]], **given: Any) -> Any:
    return parse_table(raw_table("incidents", FIELDS, list(rows), INCIDENTS, **given), "f.xlsx", LOOKUPS)


@pytest.mark.parametrize(
    ("cells", "is_data"),
    [
        (["K-1", "", "", "", ""], False),
        (["", "", "", "", ""], False),
        (["K-1", None, None], False),
        (["K-1", "", "Hal", "", ""], True),
        (["", "", "", "", 0.0], True),
        (["K-1", "", "", "", False], True),
    ],
)
def test_what_counts_as_data(cells: list[Any], is_data: bool) -> None:
    found = parsed((2, cells))
    assert (len(found.rows), len(found.prepared)) == ((1, 0) if is_data else (0, 1))


def test_an_error_cell_makes_a_row_data() -> None:
    found = parsed((2, ["K-1", "", "", "", ""]), errors=frozenset({(2, 2)}))
    assert [(r.row, r.bad) for r in found.rows] == [(2, {"place"})]


def test_a_row_of_spaces_waits_like_an_empty_one() -> None:
    found = parsed((2, ["K-1", " ", "", "", ""]))
    assert (found.rows, found.prepared) == ((), ((2, "K-1"),))


def test_prepared_rows_are_the_empty_ones_inside_the_table() -> None:
    found = parsed((2, ["K-1", 46000.0, "Hal", "val", ""]), (4, ["K-3", "", "", "", ""]), excel=excel(5))
    assert found.prepared == ((3, None), (4, "K-3"), (5, None))


def test_bad_cells_are_told_where_they_are_and_leave_the_others() -> None:
    found = parsed((7, ["k-1 ", "31/31/2026", "Hal", "vall", "drie"]))
    row = found.rows[0]
    assert (row.key, row.values, row.bad) == (
        "K-1", {"place": "Hal"}, {"received_on", "category", "people_hurt"},
    )  # fmt: skip
    told = [(f.code, f.location.cell, f.location.row, f.location.label, f.value) for f in found.findings]
    assert told == [
        ("not_a_date", "B7", 7, "Gemeld op", "31/31/2026"),
        ("not_on_list", "D7", 7, "Soort incident", "vall"),
        ("not_a_number", "E7", 7, "Gewonden", "drie"),
    ]
    assert found.errors_by_row[7] == ("not_a_date", "not_on_list", "not_a_number")


def test_the_last_column_may_be_cut_off() -> None:
    assert parsed((2, ["K-1", "", "Hal"])).rows[0].values == {
        "received_on": None, "place": "Hal", "category": None, "people_hurt": None,
    }  # fmt: skip


def test_a_computed_column_is_never_read_but_typing_over_it_is_told() -> None:
    fields = ["number", "name", "due_on"]
    raw = raw_table(rows=[(2, ["K-1", "J. Jansen", 46000.0]), (3, ["K-2", "E. Bos", 46000.0])], headers=fields,
                    formulas=FormulaCells([(3, 2, True)]))  # fmt: skip
    found = parse_table(raw, "f.xlsx", LOOKUPS)
    assert [r.values for r in found.rows] == [{"name": "J. Jansen"}, {"name": "E. Bos"}]
    assert [(f.code, f.location.cell, f.severity) for f in found.findings] == [("formula_typed_over", "C2", "warning")]


def test_a_dated_key_is_its_day() -> None:
    raw = raw_table("holidays", ["on", "name"], [(2, [46508.0, "Sluitingsdag"])])
    row = parse_table(raw, "f.xlsx", LOOKUPS).rows[0]
    assert (row.key, row.values["on"]) == ("2027-05-01", date(2027, 5, 1))


def form(**content: Any) -> RawWorkbook:
    boxes = {f: FormBox("Formulier", "s", n, 2, content.get(f, "")) for n, f in enumerate(content, 4)}
    return RawWorkbook(Path("form.xlsx"), "form.xlsx", None, {}, boxes, ())


def test_a_form_gives_one_record() -> None:
    row, findings = parse_form(form(name=" J. Jansen ", phone="0301234567", email=""), DEFINITION.main, LOOKUPS)
    assert row is not None
    assert (row.key, row.values) == (None, {"name": "J. Jansen", "phone": "030 123 4567", "email": None})
    assert findings == []


def test_an_empty_form_is_nothing() -> None:
    assert parse_form(form(name="", phone=None), DEFINITION.main, LOOKUPS) == (None, [])
    assert parse_form(form(name="  "), DEFINITION.main, LOOKUPS) == (None, [])


def test_a_form_s_bad_box_is_told_at_its_cell() -> None:
    row, findings = parse_form(form(name="J. Jansen", email="geen"), DEFINITION.main, LOOKUPS)
    assert row is not None
    assert row.bad == {"email"}
    assert [(f.code, f.location.cell, f.location.label) for f in findings] == [
        ("not_an_email", "C5", "E-mail"),
        ("noted_in_remarks", None, None),
    ]
    assert row.values["remarks"] == "E-mail: geen"


def test_a_place_gives_the_address_of_every_field() -> None:
    found = parsed((7, ["K-1", "x", "Hal", "", ""]))
    place = Place.of_row(found, found.rows[0])
    assert (place.locate("place").cell, place.locate("place").label) == ("C7", "Plaats")
    assert place.locate("finished_on").cell is None
    assert place.codes == ("not_a_date",)


@pytest.mark.parametrize(
    ("country", "is_told"), [("", True), ("nederland ", True), ("NL", True), ("Duitsland", False), ("België", False)]
)
def test_a_postcode_of_another_country_is_no_fault_there(country: str, is_told: bool) -> None:
    """It is kept as it was typed either way."""
    fields = ["number", "address", "postcode", "city", "country"]
    cells = ["K-1", "Hauptstraße 12a", "D-10115", "Berlin", country]
    found = parse_table(raw_table("complaints", fields, [(2, cells)], DEFINITION), "f.xlsx", LOOKUPS)
    assert "D-10115" == found.rows[0].values["postcode"]
    assert (["postcode_kept"] if is_told else []) == [f.code for f in found.findings]
