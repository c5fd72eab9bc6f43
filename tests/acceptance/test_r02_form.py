"""R02 and R38: one form to hand out, and a workbook for the register, in Dutch, that open without repair.

R02 a single form with the fields of the definition, protected, with dropdowns and help
R38 the workbook built from the definition: sheets, headers, dropdowns, prompts, errors, true cached values
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from office import COMPLAINT, Office, header_row, headers
from ooxml_sdk import find_validator, sdk_findings
from openpyxl.worksheet.worksheet import Worksheet
from openxml_audit import OpenXmlValidator
from papers import definition, english_in

LIVE = ("Uiterlijk bevestigen op", "Uiterlijk afhandelen op", "Signaal", "Resterende dagen", "Nazorg uiterlijk op")
SHEETS = [
    "Start", "Klachtenformulier", "Register", "Dossier", "Contactmomenten", "Opschortingen", "Onderzoek",
    "Maatregelen", "Brieven", "Overzicht", "Analyse", "Lijsten", "Medewerkers", "Feestdagen", "Uitleg",
]  # fmt: skip


@pytest.fixture(scope="module")
def made(made_once: Path) -> Any:
    """Give the workbook as init made it, and as its staff filled it in."""
    return openpyxl.load_workbook(made_once / "klachtenregister.xlsx", data_only=True)


@pytest.fixture(scope="module")
def form(made_once: Path) -> Any:
    """Give the single form."""
    return openpyxl.load_workbook(made_once / "klachtenformulier.xlsx", data_only=True)


def box(book: Any, field: str) -> Any:
    """Give the cell that a form's name points to."""
    (sheet, cell), *more = book.defined_names[f"in_{field}"].destinations
    assert more == []
    return book[sheet][cell.replace("$", "").split(":")[0]]


def form_fields() -> list[dict[str, Any]]:
    return [f for f in definition()["tables"]["complaints"]["fields"] if "form" in f]


def visible(book: Any) -> list[Worksheet]:
    return [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]


def texts_of(sheet: Worksheet) -> Iterator[str]:
    """Give every text a person may meet on a sheet: cells, prompts, error boxes, header and footer."""
    yield from (cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str))
    for rule in sheet.data_validations.dataValidation:
        yield from (t for t in (rule.promptTitle, rule.prompt, rule.errorTitle, rule.error) if t)
    for part in (sheet.oddHeader, sheet.oddFooter):
        yield from (p.text for p in (part.left, part.center, part.right) if p.text)


def validation(sheet: Worksheet, cell: str) -> Any:
    (found,) = [d for d in sheet.data_validations.dataValidation if cell in d.sqref]
    return found


def choices(book: Any, rule: Any) -> list[Any]:
    """Follow a dropdown to the cells it shows, as Excel does: the named range up to its last filled cell."""
    name = re.fullmatch(r"=?(\w+)", rule.formula1)
    if name is None:
        return [w.strip() for w in rule.formula1.strip('"').split(",")]
    match = re.match(r"'?(\w+)'?!\$([A-Z]+)\$(\d+)", book.defined_names[name[1]].attr_text)
    assert match, f"{name[1]} does not begin with a cell"
    sheet, column, row = match.groups()
    cells = (book[sheet][f"{column}{n}"].value for n in range(int(row), int(row) + 60))
    return [value for value in cells if value not in (None, "")]


def test_r02_the_form_has_an_open_box_with_its_label_for_every_field_of_the_form(form: Any) -> None:
    """Each box stands under its Dutch label, with a star when it is needed, and is the only thing that can be typed in."""
    sheet, fields = form.worksheets[0], form_fields()
    assert sheet.protection.sheet
    boxes = {f["id"]: box(form, f["id"]) for f in fields}
    open_cells = {c.coordinate for row in sheet.iter_rows() for c in row if not c.protection.locked}
    merged = {c for r in sheet.merged_cells.ranges for c in (f"{x[1]}" for x in ())}
    assert {b.coordinate for b in boxes.values()} <= open_cells | merged
    labels = {f["id"]: f["nl"] + (" *" if f.get("when") == "intake" else "") for f in fields}
    assert labels == {i: sheet.cell(b.row - 1, b.column).value for i, b in boxes.items()}


def test_r02_the_register_holds_the_same_form(made: Any, form: Any) -> None:
    """Whoever works in the register finds the same boxes at the same places."""
    single = {n: d.attr_text for n, d in form.defined_names.items() if n.startswith("in_")}
    assert single == {n: d.attr_text for n, d in made.defined_names.items() if n.startswith("in_")}
    assert made["Klachtenformulier"].protection.sheet


def test_r02_the_forms_dropdowns_show_the_lists_of_the_definition(form: Any) -> None:
    """A form that left the office still knows every choice, and the staff."""
    lists = definition()["lists"]
    for field in form_fields():
        if field["kind"] == "choice" and "parent" not in field:
            shown = choices(form, validation(form.worksheets[0], box(form, field["id"]).coordinate))
            assert [c["nl"] for c in lists[field["list"]]["choices"]] == shown
    form_names = choices(form, validation(form.worksheets[0], box(form, "receiver").coordinate))
    assert form_names == []


def test_r38_the_sheets_and_headers_are_those_of_the_definition(made: Any) -> None:
    """Every table's sheet, Excel table and columns carry the labels and the order of the definition."""
    assert SHEETS == [sheet.title for sheet in visible(made)]
    for table in definition()["tables"].values():
        sheet = made[table["sheet"]["nl"]]
        assert table["excel"]["nl"] in sheet.tables
        expected = [f["nl"] for f in table["fields"] if not f.get("hidden")]
        hidden = {f["nl"] for f in table["fields"] if f.get("hidden")}
        assert expected == [h for h in headers(sheet) if h not in hidden]


def test_r38_every_choice_column_has_a_dropdown_whose_source_resolves(made: Any) -> None:
    """Choices show the list's labels, persons the names on Medewerkers, yes or no just that."""
    told, staff = definition(), ["Sanne de Vries", "Jeroen Bakker", "Els Wouters"]
    for table in told["tables"].values():
        sheet = made[table["sheet"]["nl"]]
        columns, row = headers(sheet), header_row(sheet) + 1
        for field in table["fields"]:
            if field["kind"] not in ("choice", "person", "yesno") or "parent" in field:
                continue
            rule = validation(sheet, sheet.cell(row, columns[field["nl"]]).coordinate)
            expected = {"person": staff, "yesno": ["ja", "nee"]}.get(field["kind"]) or [
                c["nl"] for c in told["lists"][field["list"]]["choices"]
            ]
            assert ("list", expected) == (rule.type, choices(made, rule)), (table["nl"], field["nl"])


def test_r38_the_subcategories_of_each_category_stand_together(made: Any) -> None:
    """The dependent dropdown cuts one stretch out of the list, so the subcategories of a category may not lie apart."""
    rule = validation(made["Register"], "S5")
    assert "MATCH($R5,lst_subcategory_parent,0)" in rule.formula1
    parents = choices(made, type("Rule", (), {"formula1": "lst_subcategory_parent"}))
    changes = [a for a, b in zip(parents, [*parents[1:], None], strict=True) if a != b]
    assert len(set(parents)) == len(changes)
    assert {c["nl"] for c in definition()["lists"]["category"]["choices"]} == set(parents)


def test_r38_every_column_explains_itself_when_it_is_entered(made: Any) -> None:
    """The prompt is the field's help, under its label; Excel takes 32 and 255 characters."""
    for table in definition()["tables"].values():
        sheet = made[table["sheet"]["nl"]]
        columns, row = headers(sheet), header_row(sheet) + 1
        for field in table["fields"]:
            if help_text := field.get("help", {}).get("nl"):
                rule = validation(sheet, sheet.cell(row, columns[field["nl"]]).coordinate)
                assert (field["nl"][:32], help_text[:255]) == (rule.promptTitle, rule.prompt)
                assert rule.showInputMessage


def test_r38_what_cannot_be_is_refused_with_a_dutch_sentence(made: Any) -> None:
    """Every column that Excel can check stops a wrong value with a text of its own."""
    for sheet in visible(made):
        for rule in sheet.data_validations.dataValidation:
            if rule.type in ("list", "whole", "decimal", "custom") or (rule.type == "date" and rule.formula1):
                assert rule.showErrorMessage, (sheet.title, rule.sqref)
                assert rule.error, (sheet.title, rule.sqref)


def test_r38_no_english_stands_in_the_dutch_workbook_or_form(made: Any, form: Any) -> None:
    """Neither sheet names nor cells, prompts, error boxes or page footers."""
    assert [] == english_in(sheet.title.replace("Start", "") for sheet in visible(made))
    for book in (made, form):
        for sheet in visible(book):
            assert (sheet.title, []) == (sheet.title, english_in(texts_of(sheet)))


def test_r38_no_cell_shows_an_error(made: Any, demo_once: Path) -> None:
    """Not in an empty register and not in the filled example."""
    filled = openpyxl.load_workbook(demo_once / "klachtenregister.xlsx", data_only=True)
    for book in (made, filled):
        wrong = [
            (sheet.title, cell.coordinate, cell.value)
            for sheet in book.worksheets
            for row in sheet.iter_rows()
            for cell in row
            if cell.data_type == "e" or (isinstance(cell.value, str) and cell.value.startswith("#"))
        ]
        assert [] == wrong


def test_r38_an_english_register_is_english(tmp_path: Path) -> None:
    """With --language en the sheets, headers and file names are the English ones."""
    office = Office(tmp_path / "complaints")
    assert office.init("--language", "en").code == 0
    book = openpyxl.load_workbook(office.root / "complaints-register.xlsx")
    expected = [
        "Start", "Complaint form", "Register", "File", "Contacts", "Pauses", "Investigation", "Measures", "Letters",
        "Overview", "Analysis", "Lists", "Staff", "Holidays", "Help",
    ]  # fmt: skip
    assert expected == [sheet.title for sheet in visible(book)]
    for table in definition()["tables"].values():
        fields = [f["en"] for f in table["fields"] if not f.get("hidden")]
        hidden = {f["en"] for f in table["fields"] if f.get("hidden")}
        assert fields == [h for h in headers(book[table["sheet"]["en"]]) if h not in hidden]
    assert {"inbox", "letters", "output", "archive"} <= {p.name for p in office.root.iterdir() if p.is_dir()}


def edited(office: Office) -> list[Path]:
    """Give the workbook after a write-back, and the form that was handed out."""
    office.type({**COMPLAINT, "Omschrijving": "A & B <c>\nregel twee"})
    assert office.run("sync").code == 0
    return [office.workbook, office.root / "klachtenformulier.xlsx"]


def test_r38_openxml_audit_finds_nothing_in_the_files(office: Office, demo_once: Path) -> None:
    """Neither in what was built nor in what a write-back edited."""
    for file in (*edited(office), demo_once / "klachtenregister.xlsx"):
        assert [] == list(OpenXmlValidator().validate(file).errors)


@pytest.mark.ooxml_sdk
def test_r38_the_open_xml_sdk_finds_nothing_in_the_files(office: Office, demo_once: Path) -> None:
    """Excel's own rules: the files open without repair, after a write-back too."""
    from conftest_needs import need

    need(find_validator() is not None, "the Open XML SDK validator")
    for file in (*edited(office), demo_once / "klachtenregister.xlsx"):
        assert [] == sdk_findings(file)
