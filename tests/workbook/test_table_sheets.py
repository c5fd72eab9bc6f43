"""The sheets of tables: columns, prepared rows, folding, dropdowns and colours."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from sheets import load
from workbook_samples import MakeContent, complaints

from registerkit.definition import KINDS, Definition, load_definition
from registerkit.reading import open_workbook, parse_table
from registerkit.register import CELL_VALUES
from registerkit.setting_kinds import PROFILES
from registerkit.workbook import WorkbookContent, build_workbook
from registerkit.workbook.columns import COLUMNS, column_width
from registerkit.workbook.data_validations import VALIDATIONS
from registerkit.workbook.sheet_order import FRONT, in_sheet_order


@pytest.fixture(scope="module")
def book(filled_book: Path) -> Workbook:
    return load_workbook(filled_book)


def test_every_kind_has_every_face() -> None:
    assert set(CELL_VALUES) == set(COLUMNS) == set(VALIDATIONS) == set(KINDS)


def test_columns_stand_in_the_definitions_order_behind_those_of_a_day_s_work(
    filled: WorkbookContent, book: Workbook
) -> None:
    for table in filled.definition.tables.values():
        excel = book[table.sheet["nl"]].tables[table.excel["nl"]]
        shown = in_sheet_order(table, filled.definition, "").fields
        assert [column.name for column in excel.tableColumns] == [field.labels["nl"] for field in shown]
        front = {field.id for field in shown if field.group == FRONT}
        assert [f.id for f in shown if f.id not in front] == [f.id for f in table.fields if f.id not in front]
        assert len(front) == (7 if table.id == filled.main.id else 0)


def test_only_visible_fields_are_unfolded(filled: WorkbookContent, book: Workbook) -> None:
    dimensions = book["Register"].column_dimensions
    hidden = set()
    for dimension in dimensions.values():
        if dimension.hidden:
            hidden |= set(range(dimension.min, dimension.max + 1))
    shown = in_sheet_order(filled.main, filled.definition, "").fields
    expected = {n for n, field in enumerate(shown, 1) if not field.visible}
    assert hidden == expected


def test_rows_are_records_then_prepared_ones(make: MakeContent, tmp_path: Path) -> None:
    build_workbook(tmp_path / "register.xlsx", make(records=complaints(3), prepared=30))
    book = load(tmp_path / "register.xlsx")
    assert book["Register"].tables["Klachten"].ref.endswith(str(4 + 33))
    keys = [book["Register"].cell(row, 1).value for row in range(5, 38)]
    assert sorted(keys[:3]) == ["K-2026-0001", "K-2026-0002", "K-2026-0003"]
    assert keys[3:28] == [f"K-2026-{n:04}" for n in range(4, 29)]
    assert keys[28:] == [None] * 5


def test_what_was_written_is_read_back(filled: WorkbookContent, filled_book: Path) -> None:
    """Every value of every table comes out of the file as it went in, prepared rows left out."""
    raw = open_workbook(filled_book, filled.definition)
    for table in filled.definition.tables.values():
        rows = parse_table(raw.tables[table.id], "register.xlsx", filled.lookups)
        assert rows.findings == ()
        expected = [{f.id: record.get(f.id) for f in table.inputs} for record in filled.rows(table.id)]
        assert [{f.id: row.values[f.id] for f in table.inputs} for row in rows.rows] == expected


def test_validations_fit_excels_limits(book: Workbook) -> None:
    for sheet in book.worksheets:
        for rule in sheet.data_validations.dataValidation:
            assert len(rule.promptTitle or "") <= 32
            assert len(rule.prompt or "") <= 255
            assert len(rule.error or "") <= 255
            assert len(rule.formula1 or "") <= 255


def test_computed_columns_refuse_typing(filled: WorkbookContent, book: Workbook) -> None:
    rules = {str(r.sqref): r for r in book["Register"].data_validations.dataValidation}
    refused = [ref for ref, rule in rules.items() if rule.formula1 == "FALSE"]
    assert len(refused) == sum(field.kind == "computed" for field in filled.main.fields)


def test_every_name_points_into_the_workbook(book: Workbook) -> None:
    for item in book.defined_names.values():
        sheets = set(re.findall(r"'((?:[^']|'')+)'!", item.attr_text))
        assert sheets
        assert sheets <= set(book.sheetnames)


def test_another_definition_gives_its_own_sheets(make: MakeContent, incidents: Definition, tmp_path: Path) -> None:
    build_workbook(tmp_path / "register.xlsx", make(definition=incidents))
    expected = [
        "Start", "Aandachtspunten", "Formulier", "Incidenten", "Dossier", "Overzicht", "Analyse", "Lijsten", "Medewerkers",
        "Uitleg", "_rk",
    ]  # fmt: skip
    assert load(tmp_path / "register.xlsx").sheetnames == expected


def test_a_long_text_gets_a_higher_row_but_in_the_register(make: MakeContent, tmp_path: Path) -> None:
    """Rows of other tables have the height of whole lines: two as a rule, three when a text needs them."""
    records = complaints(3)
    long = "Op drie dagen achter elkaar heb ik gebeld en telkens werd er opgehangen. " * 4
    records["complaints"][1]["description"] = long
    records["contacts"] = [
        {"row_key": f"C{n:06}", "complaint": "K-2026-0001", "summary": text} for n, text in enumerate(("Kort.", long))
    ]
    build_workbook(tmp_path / "register.xlsx", make(records=records))
    book = load_workbook(tmp_path / "register.xlsx")
    heights = book["Contactmomenten"].row_dimensions
    assert [33, 45, 33] == [heights[row].height for row in (5, 6, 7)]
    assert {20.25} == {book["Register"].row_dimensions[row].height for row in (5, 6, 7, 8)}


def test_no_line_of_text_begins_in_a_column_that_is_printed_on_every_page(book: Workbook) -> None:
    """What is wider than the repeated column would be cut off on the second page."""
    sheet = book["Register"]
    assert "$A:$A" == sheet.print_title_cols
    assert sheet["A2"].value is None
    assert str(sheet["B2"].value).startswith("Eén rij per klacht.")


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_headers_and_choices_stand_free_of_what_is_beside_them(language: str, profile: str) -> None:
    """The line of a header beside the filter button ends before it; a choice fits where rows are of one line."""
    definition = load_definition(profile=profile)
    for table in definition.tables.values():
        one_line = table.in_sheet and table.id != definition.main_id and not any(f.kind == "memo" for f in table.fields)
        for field in table.fields:
            header = field.labels[language]
            width = column_width(field, header)
            assert len(textwrap.wrap(header, int(width))[-1]) <= width - 3, (table.id, header)
            if one_line and field.choices:
                long = max((c.labels[language] for c in definition.lists[field.choices].choices), key=len)
                assert len(long) * 0.93 + 2 <= width, (table.id, header, long)
