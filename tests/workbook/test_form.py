"""The intake form: named boxes that can be filled in, everything else protected."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sheets import load
from workbook_samples import MakeContent, complaints, make_content

from registerkit.definition import Definition, Lookups, load_definition
from registerkit.reading import open_workbook, parse_form
from registerkit.setting_kinds import PROFILES
from registerkit.workbook import WorkbookContent, build_form
from registerkit.workbook.form_plan import form_plan


@pytest.fixture(scope="module")
def form(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The form of the filled register; tests only read it."""
    path = tmp_path_factory.mktemp("form") / "form.xlsx"
    build_form(path, make_content(records=complaints()))
    return path


def test_each_form_field_has_a_named_unlocked_box(filled: WorkbookContent, form: Path) -> None:
    book = load_workbook(form)
    boxes = {name: item for name, item in book.defined_names.items() if name.startswith("in_")}
    assert set(boxes) == {f"in_{field.id}" for field in filled.main.fields if field.form}
    for item in boxes.values():
        (sheet, ref), = item.destinations  # fmt: skip
        assert not book[sheet][ref].protection.locked
    sheet = book["Klachtenformulier"]
    assert sheet.protection.sheet
    assert sheet["B2"].protection.locked


def test_what_people_fill_in_is_read_back(filled: WorkbookContent, form: Path, tmp_path: Path) -> None:
    book = load(form)
    typed = {"name": "J. Bakker", "category": "Product: levering", "phone": "06 12345678", "description": "Te laat."}
    for field_id, value in typed.items():
        (sheet, ref), = book.defined_names[f"in_{field_id}"].destinations  # fmt: skip
        book[sheet][ref] = value
    book.save(tmp_path / "filled.xlsx")
    raw = open_workbook(tmp_path / "filled.xlsx", filled.definition)
    row, findings = parse_form(raw, filled.main, Lookups.of(filled.definition, "nl"))
    assert findings == []
    assert row is not None
    assert {key: row.values[key] for key in typed} == typed | {"category": "PL"}
    assert raw.stamp is not None


NEEDED = "‘Uw naam’, ‘Waar gaat uw klacht vooral over?’, ‘Uw verhaal, in uw eigen woorden’"
REACHED = "‘Telefoon’ of ‘E-mail’ of ‘Straat en huisnummer’ + ‘Postcode’ + ‘Woonplaats’"


def test_the_status_bar_names_what_is_missing(form: Path, filled_book: Path) -> None:
    """What the office fills in is asked in the register only, not of who complains."""
    for path, office in ((form, ""), (filled_book, "‘Ontvangen op’, ‘Wijze van melding’, ")):
        sheet = load(path, values=True)["Klachtenformulier"]
        shown = [str(c.value) for row in sheet.iter_rows() for c in row if str(c.value).startswith("Nog invullen")]
        assert shown == [f"Nog invullen: {NEEDED}, {office}{REACHED}"]


@pytest.mark.parametrize("profile", PROFILES)
def test_r02_the_form_is_one_screen_high(make: MakeContent, tmp_path: Path, profile: str) -> None:
    """Excel shows some 570 points below its ribbon on a screen of 1080 lines, and a little over 1300 pixels are safe."""
    build_form(tmp_path / "form.xlsx", make(definition=load_definition(profile=profile)))
    sheet = load_workbook(tmp_path / "form.xlsx").worksheets[0]
    assert sum(row.height for row in sheet.row_dimensions.values() if not row.hidden) <= 560
    assert sum(column.width * 7 + 5 for column in sheet.column_dimensions.values()) <= 1150


@pytest.mark.parametrize("profile", PROFILES)
def test_what_is_still_missing_stands_below_the_complainants_part_and_above_the_offices(profile: str) -> None:
    """On a small screen the office's part is what is below it; a group could not be opened, for the sheet is protected."""
    plan = form_plan(load_definition(profile=profile))
    (office,) = [row for row, block in plan.blocks if block == "kantoor"]
    own = [box.row for box in plan.boxes if box.field.form != "kantoor"]
    assert max(own) < plan.status_row < office < plan.last_row == max(box.row for box in plan.boxes)


def test_the_form_speaks_to_who_complains_and_leaves_the_office_its_part(form: Path) -> None:
    sheet = load(form)["Klachtenformulier"]
    told = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
    for expected in (
        "Wat betekent dit voor u?",
        "Om welk bedrag gaat het?",
        "Fax",
        "Eén manier om u te bereiken is genoeg",
    ):
        assert any(text.startswith(expected) for text in told), expected
    assert any("Wij gebruiken uw gegevens alleen" in text for text in told)
    assert not [text for text in told if "klager" in text or "Gevolg voor" in text]
    office = told.index("5   In te vullen door kantoor")
    assert told.index("Ontvangen op *") > office > told.index("Uw naam *")


def test_a_form_of_another_register(make: MakeContent, incidents: Definition, tmp_path: Path) -> None:
    build_form(tmp_path / "form.xlsx", make(definition=incidents))
    book = load_workbook(tmp_path / "form.xlsx")
    assert book.sheetnames == ["Formulier", "_rk"]


def test_boxes_to_tick_stand_for_yes_and_no_when_the_office_wants_them(make: MakeContent, tmp_path: Path) -> None:
    """The box carries Excel's own check box and no list; by default it is a list of yes and no."""
    for checkboxes, listed in ((False, True), (True, False)):
        build_form(tmp_path / "form.xlsx", make(records=complaints(), checkboxes=checkboxes))
        book = load_workbook(tmp_path / "form.xlsx")
        (sheet, cell), *_ = book.defined_names["in_consumer"].destinations
        rules = [rule for rule in book[sheet].data_validations.dataValidation if cell.replace("$", "") in rule.sqref]
        assert listed == bool(rules)
        with zipfile.ZipFile(tmp_path / "form.xlsx") as package:
            assert checkboxes == any("featurePropertyBag" in name for name in package.namelist())


def test_only_the_registers_own_form_tells_of_earlier_complaints(filled_book: Path, form: Path) -> None:
    """A form that was handed out has no register to count in."""
    for path, count in ((filled_book, 1), (form, 0)):
        sheet = load(path)["Klachtenformulier"]
        told = [c for row in sheet.iter_rows() for c in row if "Eerdere klachten van deze persoon" in str(c.value)]
        assert count == len(told)
