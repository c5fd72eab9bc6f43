"""R41: files in other kinds than Excel's own come in too; only `.xlsx` and `.xlsm` are brought up to date."""

from __future__ import annotations

import csv
import shutil
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from office import COMPLAINT, Office
from xlsb_sample import xlsb_book

from registerkit.definition import load_definition

Soffice = Callable[..., Path]
COLUMNS = ["Klachtnummer", *COMPLAINT]
PEOPLE = ["A. Bos", "B. de Boer", "C. Dekker"]


def row_of(values: dict[str, Any], columns: list[str], day: Callable[[date], Any]) -> list[Any]:
    found = (values.get(c, "") for c in columns)
    return [day(v) if isinstance(v, date) else v for v in found]


def save_csv(path: Path, people: list[str], encoding: str = "cp1252", delimiter: str = ";") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, delimiter=delimiter)
        writer.writerow(COLUMNS)
        writer.writerows(row_of(said(name), COLUMNS, lambda d: f"{d:%d-%m-%Y}") for name in people)
    return path


def save_xlsb(path: Path, people: list[str]) -> Path:
    """Make it with as many columns as it takes to be known as the register."""
    columns = register_columns()
    rows = [row_of(said(name), columns, lambda d: float((d - date(1899, 12, 30)).days)) for name in people]
    return xlsb_book(path, [columns, *rows], "Register")


def register_columns() -> list[str]:
    return [f.labels["nl"] for f in load_definition().main.fields]


def said(name: str) -> dict[str, Any]:
    return {**COMPLAINT, "Naam": name, "E-mail": f"{name[:1].lower() or 'z'}@voorbeeld.example"}


MAKE: dict[str, Callable[[Path, list[str]], Path]] = {
    "csv": save_csv,
    "utf8.csv": lambda path, people: save_csv(path, people, "utf-8", ","),
    "bom.csv": lambda path, people: save_csv(path, people, "utf-8-sig", "\t"),
    "xlsb": save_xlsb,
}


def names(office: Office) -> list[str]:
    return sorted(c["name"] for c in office.complaints())


@pytest.mark.parametrize("kind", MAKE)
def test_r41_rows_without_a_number_are_taken_in_once(office: Office, kind: str) -> None:
    """Also when the file has grown, twice: what was known stays known."""
    path = office.root / f"lijst.{kind}"
    make = MAKE[kind]
    kept = make(path, PEOPLE[:1]).read_bytes()
    result = office.run("sync", str(path))
    assert (0, 1, []) == (result.code, result.json["new"], result.json["written_back"])
    told = [(f["code"], f["severity"], f["file"], f["value"]) for f in result.json["findings"]]
    assert [("cannot_write_kind", "info", path.name, path.suffix)] == told
    assert kept == path.read_bytes()
    for again in range(2):
        result = office.run("sync", str(path))
        assert (0, 0, 1) == (result.code, result.json["new"], result.json["unchanged"]), again
    for people in (PEOPLE[:2], PEOPLE[::-1], [*PEOPLE[1:], PEOPLE[0]]):
        make(path, people)
        assert 0 == office.run("sync", str(path)).code
        assert sorted(set(PEOPLE[:1]) | set(people)) == names(office)


def test_r41_a_row_that_was_mended_is_told_and_not_taken_in_twice(office: Office) -> None:
    path = save_csv(office.root / "lijst.csv", PEOPLE)
    office.run("sync", str(path))
    path.write_text(path.read_text("cp1252").replace("B. de Boer", "B. den Boer"), encoding="cp1252")
    result = office.run("sync", str(path))
    assert (0, {"cannot_write_kind", "unstamped_difference"}) == (
        result.json["new"], {f["code"] for f in result.json["findings"]},
    )  # fmt: skip
    assert PEOPLE == names(office)


@pytest.mark.soffice
@pytest.mark.parametrize("kind", ["ods", "xls"])
def test_r41_the_register_saved_in_another_kind(office: Office, soffice: Soffice, kind: str) -> None:
    """What was typed into prepared rows keeps the number that stood ready there; what is known is compared."""
    office.type(said(PEOPLE[0]))
    office.run("sync")
    copy = office.root / "kopie.xlsx"
    shutil.copyfile(office.workbook, copy)
    office.type(said(PEOPLE[1]), path=copy)
    other = soffice(copy, kind, folder="klachten")
    assert other.parent == office.root
    kept = other.read_bytes()
    result = office.run("sync", str(other))
    assert (0, 1, 1) == (result.code, result.json["new"], result.json["unchanged"])
    assert ["cannot_write_kind"] == [f["code"] for f in result.json["findings"]]
    assert 0 == office.run("sync", str(other)).json["new"]
    assert (PEOPLE[:2], kept) == (names(office), other.read_bytes())
    office.run("sync")
    assert {"K-2026-0001": PEOPLE[0], "K-2026-0002": PEOPLE[1]} == {
        row["Klachtnummer"]: row["Naam"] for row in office.rows().values()
    }


@pytest.mark.parametrize("kind", ["csv", "xlsb"])
def test_r41_check_tells_what_is_wrong_in_them_and_changes_nothing(office: Office, kind: str) -> None:
    path = MAKE[kind](office.root / f"lijst.{kind}", ["A. Bos", ""])
    result = office.run("check", str(path))
    assert (1, 2) == (result.code, result.json["rows"])
    assert ["required"] == [f["code"] for f in result.json["findings"] if f["severity"] == "error"]
    assert [] == office.complaints()


def test_r41_a_list_in_the_inbox_is_taken_in_and_put_away(office: Office) -> None:
    """A row that cannot be registered keeps the list from being done."""
    inbox = office.root / "postvak-in"
    save_csv(inbox / "lijst.csv", PEOPLE)
    save_csv(inbox / "half.csv", ["D. Smit", ""])
    result = office.run("sync")
    assert (1, 4) == (result.code, result.json["new"])
    moved = {m["file"]: m["to"] for m in result.json["moved"]}
    assert {
        "postvak-in/lijst.csv": "postvak-in/verwerkt/lijst.csv",
        "postvak-in/half.csv": "postvak-in/fout/half.csv",
    } == moved
    assert "Naam" in (inbox / "fout" / "half.txt").read_text(encoding="utf-8-sig")
    assert [*PEOPLE, "D. Smit"] == names(office)
    save_csv(inbox / "lijst.csv", PEOPLE)
    assert 0 == office.run("sync").json["new"]


def test_r41_the_same_list_under_another_name_is_taken_once(office: Office) -> None:
    """It is put away like the first, and the text beside it says why nothing was registered."""
    inbox = office.root / "postvak-in"
    save_csv(inbox / "lijst.csv", PEOPLE)
    office.run("sync")
    save_csv(inbox / "lijst (1).csv", PEOPLE)
    result = office.run("sync")
    assert (0, ["list_taken_before"]) == (
        result.json["new"],
        [f["code"] for f in result.json["findings"] if "taken" in f["code"]],
    )
    assert PEOPLE == names(office)
    assert (inbox / "verwerkt" / "lijst (1).csv").exists()
    assert "lijst.csv" in (inbox / "verwerkt" / "lijst (1).txt").read_text(encoding="utf-8-sig")


def test_r41_the_same_list_from_another_folder_is_taken_once(office: Office) -> None:
    """By mail, from the desk, and then in the inbox: it is one list."""
    paths = [
        office.root / "mail" / "lijst.csv",
        office.root / "bureau" / "lijst.csv",
        office.root / "postvak-in" / "a.csv",
    ]
    for path in paths:
        path.parent.mkdir(exist_ok=True)
        save_csv(path, PEOPLE)
    assert 3 == office.run("sync", str(paths[0])).json["new"]
    assert 0 == office.run("sync", str(paths[0])).json["new"]
    assert 0 == office.run("sync", str(paths[1])).json["new"]
    assert 0 == office.run("sync").json["new"]
    assert PEOPLE == names(office)


def test_r41_what_a_list_in_the_inbox_says_otherwise_is_kept_in_the_history(office: Office) -> None:
    """It is not taken over, for nobody can tell which is newer; and told beside the file."""
    office.type({**said(PEOPLE[0]), "Ernst": "licht"})
    office.run("sync")
    path = save_csv(office.root / "postvak-in" / "lijst.csv", PEOPLE[:1])
    head, row = path.read_text(encoding="cp1252").splitlines()
    path.write_text(f"{head}\nK-2026-0001{row.replace('Utrecht', 'Zeist')}\n", encoding="cp1252")
    office.run("sync")
    assert "Utrecht" == office.complaints()[0]["city"]
    history = [(h["new"], h["taken"]) for h in office.run("history", "K-2026-0001").json if h["field"] == "city"]
    assert [("Utrecht", True), ("Zeist", False)] == history


def test_r41_columns_that_nobody_knows_are_named(office: Office) -> None:
    """On the screen, and beside the file once it has been put away; nothing is dropped without a word."""
    path = save_csv(office.root / "postvak-in" / "lijst.csv", PEOPLE[:1])
    head, *rows = path.read_text(encoding="cp1252").splitlines()
    path.write_text("\n".join([f"{head};Kleur fiets;", *(f"{row};rood;" for row in rows)]) + "\n", encoding="cp1252")
    result = office.run("sync")
    told = [f for f in result.json["findings"] if f["code"] == "unknown_columns"]
    assert ([1], ["Kleur fiets"]) == ([result.json["new"]], [f["value"] for f in told])
    assert "Kleur fiets" in (office.root / "postvak-in" / "verwerkt" / "lijst.txt").read_text(encoding="utf-8-sig")


def test_r41_a_source_of_the_settings_may_be_any_kind(office: Office) -> None:
    office.settings(
        '\n[branches]\nnoord = "Noord"\n\n[[sources]]\npath = "noord.csv"\nprefix = "N"\nbranch = "noord"\n'
    )
    save_csv(office.root / "noord.csv", PEOPLE)
    result = office.run("sync")
    assert (0, 3) == (result.code, result.json["new"])
    assert {"Noord"} == {c["branch"] for c in office.complaints()}
    assert all(c["number"].startswith("N") for c in office.complaints())
    assert 0 == office.run("sync").json["new"]


MACRO_BOOK = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
PLAIN_BOOK = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
MACROS = b'<Override PartName="/xl/vbaProject.bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>'
MACRO_RELATION = (
    b'<Relationship Id="rIdVba" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject"'
    b' Target="vbaProject.bin"/></Relationships>'
)


def with_macros(source: Path, target: Path, vba: bytes) -> Path:
    """Save a workbook as Excel does when macros were added to it."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        for name, data in parts(source).items():
            if name == "[Content_Types].xml":
                data = data.replace(PLAIN_BOOK, MACRO_BOOK).replace(b"</Types>", MACROS)
            if name == "xl/_rels/workbook.xml.rels":
                data = data.replace(b"</Relationships>", MACRO_RELATION)
            out.writestr(name, data)
        out.writestr("xl/vbaProject.bin", vba)
    return target


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_r41_the_macros_of_an_xlsm_file_stay_as_they_are(office: Office) -> None:
    """The register saved with macros is brought up to date; of its parts only those that show something change."""
    office.type(said(PEOPLE[0]))
    macro = with_macros(office.workbook, office.root / "macro.xlsm", bytes(range(256)) * 40)
    before = parts(macro)
    result = office.run("sync", str(macro))
    assert (1, ["macro.xlsm"]) == (result.json["new"], result.json["written_back"])
    after = parts(macro)
    changed = {name for name in before if before[name] != after.get(name)}
    assert set(before) == set(after)
    assert "xl/vbaProject.bin" not in changed
    # The names of the workbook say how far the register prints.
    shown = ("xl/worksheets/sheet", "xl/tables/", "docProps/custom", "xl/workbook.xml")
    assert all(name.startswith(shown) for name in changed)
    assert "nieuw" == office.rows(path=macro)[5]["Status"]
    assert openpyxl.load_workbook(macro, keep_vba=True).vba_archive is not None
