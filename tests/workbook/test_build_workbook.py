"""The built workbook opens without a finding, in both languages, empty and filled, for any definition."""

from __future__ import annotations

import re
import warnings
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook
from sheets import load
from workbook_samples import MakeContent, complaints

from registerkit.definition import parse_definition
from registerkit.excel import BuildError
from registerkit.ooxml import Package
from registerkit.workbook import WorkbookContent, build_form, build_paper_form, build_workbook

SHEETS = [
    "Start", "Aandachtspunten", "Klachtenformulier", "Register", "Dossier", "Contactmomenten", "Opschortingen", "Onderzoek",
    "Maatregelen", "Brieven", "Overzicht", "Analyse", "Lijsten", "Gegevens", "Medewerkers", "Feestdagen", "Uitleg", "_rk",
]  # fmt: skip


def test_sheets_in_order(filled_book: Path) -> None:
    book = load(filled_book)
    assert book.sheetnames == SHEETS
    assert book["Aandachtspunten"].sheet_state == "hidden"
    assert book["_rk"].sheet_state == "veryHidden"


def test_stamp(filled: WorkbookContent, tmp_path: Path) -> None:
    """The custom properties carry the stamp; the revision is text, as write-back edits it."""
    for build in (build_workbook, build_form):
        build(tmp_path / "register.xlsx", filled)
        with Package(tmp_path / "register.xlsx") as package:
            expected = {
                "registerkit.register": "register-1",
                "registerkit.workbook": "workbook-1",
                "registerkit.revision": "7",
                "registerkit.definition": "klachten",
            }
            assert package.custom_properties == expected
            assert b"<vt:lpwstr>7</vt:lpwstr>" in package.read("docProps/custom.xml")


def test_the_same_content_gives_the_same_file(filled: WorkbookContent, filled_book: Path, tmp_path: Path) -> None:
    build_workbook(tmp_path / "two.xlsx", filled)
    with Package(filled_book) as one, Package(tmp_path / "two.xlsx") as two:
        parts = [info.filename for info in one.infos]
        assert [part for part in parts if one.read(part) != two.read(part)] == []


@pytest.mark.parametrize("language", ["nl", "en"])
def test_formulas_remembered_are_those_that_xlsxwriter_prepares(
    make: MakeContent, language: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Every part is the same with and without the memory for formulas."""
    content = make(language, complaints())
    build_workbook(tmp_path / "remembered.xlsx", content)
    monkeypatch.delattr("registerkit.excel.worksheet.KitSheet._prepare_formula")
    build_workbook(tmp_path / "prepared.xlsx", content)
    with zipfile.ZipFile(tmp_path / "remembered.xlsx") as one, zipfile.ZipFile(tmp_path / "prepared.xlsx") as two:
        assert one.namelist() == two.namelist()
        assert [part for part in one.namelist() if one.read(part) != two.read(part)] == []


def test_nothing_but_the_target_is_left(filled: WorkbookContent, tmp_path: Path) -> None:
    target = tmp_path / "register.xlsx"
    target.write_bytes(b"old")
    build_workbook(target, filled)
    assert [file.name for file in tmp_path.iterdir()] == ["register.xlsx"]
    assert CalamineWorkbook.from_path(str(target)).sheet_names == SHEETS


def test_a_failed_build_leaves_the_old_file(make: MakeContent, tmp_path: Path) -> None:
    """A text too long for a cell is an error that names the cell; the target stays as it was."""
    records = complaints(1)
    records["complaints"][0]["description"] = "x" * 40_000
    target = tmp_path / "register.xlsx"
    target.write_bytes(b"old")
    content = make(records=records)
    with pytest.raises(Exception, match="build") as caught:
        build_workbook(target, content)
    assert "Register" in caught.value.message(content.texts)  # type: ignore[attr-defined]
    assert target.read_bytes() == b"old"
    assert len(list(tmp_path.iterdir())) == 1


def test_more_rows_than_a_sheet_has_are_told_before_anything_is_made(
    make: MakeContent, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("registerkit.workbook.build.MAX_ROWS", 6)
    content = make("nl", complaints(3))
    with pytest.raises(BuildError) as caught:
        build_workbook(tmp_path / "register.xlsx", content)
    told = caught.value.message(content.texts), caught.value.fix(content.texts)
    assert "op het blad Register komen 3 regels, en een blad van Excel heeft er ten hoogste 2" in told[0]
    assert "[[sources]]" in told[1]
    assert list(tmp_path.iterdir()) == []


def test_user_text_is_never_a_formula_or_a_link(make: MakeContent, tmp_path: Path) -> None:
    records = complaints(2)
    records["complaints"][0] |= {"name": '=HYPERLINK("http://x")', "subject": "https://voorbeeld.nl", "city": "@plaats"}
    build_workbook(tmp_path / "register.xlsx", make(records=records))
    sheet = load_workbook(tmp_path / "register.xlsx")["Register"]
    headers = {cell.value: cell.column for cell in sheet[4]}
    row = next(n for n in (5, 6) if sheet.cell(n, headers["Klachtnummer"]).value == "K-2026-0001")
    cells = [sheet.cell(row, headers[header]) for header in ("Naam", "Product of dienst", "Woonplaats")]
    assert [cell.value for cell in cells] == ['=HYPERLINK("http://x")', "https://voorbeeld.nl", "@plaats"]
    assert [cell.data_type for cell in cells[1:]] == ["s", "s"]
    assert [cell.hyperlink for cell in cells] == [None, None, None]


def test_what_xlsxwriter_leaves_out_is_an_error_of_ours(
    filled: WorkbookContent, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """It only warns when a rule does not fit; the file would then lack it without a word."""

    def leave_out(*_: object) -> None:
        warnings.warn("Length of list items exceeds Excel's limit of 255", stacklevel=1)

    monkeypatch.setattr("registerkit.workbook.build.write_help", leave_out)
    (tmp_path / "register.xlsx").write_bytes(b"old")
    with pytest.raises(BuildError) as caught:
        build_workbook(tmp_path / "register.xlsx", filled)
    assert "255" in caught.value.message(filled.texts)
    assert [b"old"] == [file.read_bytes() for file in tmp_path.iterdir()]


@pytest.mark.parametrize(("language", "foreign"), [("nl", "klacht|klager|klant"), ("en", "complain|customer")])
def test_another_register_is_called_by_its_own_words(
    make: MakeContent, language: str, foreign: str, tmp_path: Path
) -> None:
    """Sheets and forms of incidents with a reporter and a solution speak of incidents, not of complaints."""
    text = (Path(__file__).parents[1] / "definitions" / "incidents.toml").read_text(encoding="utf-8")
    more = """
  { id = "name", kind = "text", nl = "Gemeld door", en = "Reported by", group = "melding", form = "melding" },
  { id = "phone", kind = "phone", nl = "Telefoon", en = "Telephone", group = "melding", form = "melding" },
  { id = "solution", kind = "choice", list = "state", nl = "Oplossing", en = "Solution", group = "afloop" },
"""
    definition, _ = parse_definition(text.replace('  { id = "damage"', more + '  { id = "damage"'), "incidents.toml")
    content = make(language, definition=definition, organisation={"department": "Beheer"})
    build_workbook(tmp_path / "register.xlsx", content)
    build_form(tmp_path / "form.xlsx", content)
    build_paper_form(tmp_path / "form.docx", content)
    parts = [
        package.read(name).decode()
        for file in tmp_path.iterdir()
        for package in [zipfile.ZipFile(file)]
        for name in package.namelist()
        if re.search(r"sharedStrings|worksheets/sheet|word/document", name)
    ]
    words = [found for part in parts for found in re.findall(rf"(?i)[^<>]*(?:{foreign})[^<>]*", part)]
    assert [] == words
