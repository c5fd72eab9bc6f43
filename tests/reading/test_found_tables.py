"""Tables of any file as they lie there, and what a mapping makes of their cells."""

from __future__ import annotations

import json
import re
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from registerkit.definition import load_definition
from registerkit.errors import (
    DamagedFileError,
    EmptyFileError,
    EncryptedFileError,
    FileError,
    NotAWorkbookError,
    SettingsError,
    UnsupportedFileError,
)
from registerkit.reading import as_text, found_tables, load_mapping
from registerkit.reading.found_tables import FoundTable
from registerkit.reading.table_map import FieldMap, TableMap, mapped_table

MAIN = load_definition().main
SPREADSHEET = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = (
    (SPREADSHEET, b"http://purl.oclc.org/ooxml/spreadsheetml/main"),
    (
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
    ),
)


def register(path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Klachten"
    sheet["A1"] = "Overzicht 2024"
    for at, head in enumerate(("Nr", "Datum", "Naam", "Bedrag"), 1):
        sheet.cell(3, at, head)
    sheet.append([7, datetime(2024, 3, 1), "A. Bos & Co <x>", 12.5])
    sheet["A4"].number_format = "00000"
    book.save(path)
    return path


def prefixed(body: bytes) -> bytes:
    own = b'xmlns="' + SPREADSHEET + b'"'
    if own not in body:
        return body
    return re.sub(rb"<(/?)([A-Za-z])", rb"<\1x:\2", body.replace(own, own.replace(b"xmlns=", b"xmlns:x=")))


def strict(body: bytes) -> bytes:
    for usual, other in STRICT:
        body = body.replace(usual, other)
    return body


@pytest.mark.parametrize("dialect", [lambda body: body, prefixed, strict], ids=["usual", "prefixed", "strict"])
def test_a_workbook_is_read_the_same_in_whatever_words_it_is_written(dialect: Any, tmp_path: Path) -> None:
    """Programs on .NET write a prefix before every name, and some write Strict: zeros in front and days stay right."""
    source, path = register(tmp_path / "a.xlsx"), tmp_path / "b.xlsx"
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            new.writestr(name, dialect(old.read(name)))
    (table,) = found_tables(path)
    assert (table.name, table.header_row, table.headers) == ("Klachten", 3, ("Nr", "Datum", "Naam", "Bedrag"))
    ((row, (number, day, name, amount)),) = table.rows
    assert (row, as_text(number), day, name, amount) == (4, "00007", date(2024, 3, 1), "A. Bos & Co <x>", 12.5)


def test_a_workbook_with_macros_is_read_and_nothing_in_it_is_run(tmp_path: Path) -> None:
    source, path = register(tmp_path / "a.xlsx"), tmp_path / "b.xlsm"
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(kind, b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"))
        new.writestr("xl/vbaProject.bin", b"macro")
    assert [table.name for table in found_tables(path)] == ["Klachten"]
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.xlsx", "b.xlsm"]


def test_headings_are_found_beside_a_table_that_has_one_of_the_same(tmp_path: Path) -> None:
    lines = ["Klachten 2024;;;;;", "Nr;Naam;Soort;Klacht;;Soort;Aantal"]
    lines += [f"{n};Naam {n};Soort {n % 2};Te laat;;Soort {n % 3};{n}" for n in range(1, 6)]
    (tmp_path / "a.csv").write_text("\n".join(lines), encoding="utf-8")
    (table,) = found_tables(tmp_path / "a.csv")
    assert (table.header_row, table.headers[:4]) == (2, ("Nr", "Naam", "Soort", "Klacht"))


@pytest.mark.parametrize(
    ("tree", "tables"),
    [
        ([{"Nr": 1, "Naam": "A"}], [("x", ("Nr", "Naam"), [[1.0, "A"]])]),
        ({"klachten": [{"Nr": 1, "Tags": ["a", "b"]}], "versie": 3}, [("klachten", ("Nr", "Tags"), [[1.0, "a, b"]])]),
        ([{"a": None}, {"b": {"c": 1}}], [("x", ("a", "b"), [["", ""], ["", '{"c": 1}']])]),
    ],
)
def test_objects_of_a_json_file_are_rows(tree: Any, tables: list[Any], tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text(json.dumps(tree), encoding="utf-8")
    found = found_tables(tmp_path / "x.json")
    assert [(t.name, t.headers, [list(cells) for _, cells in t.rows]) for t in found] == tables


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("x.json", b"{", DamagedFileError),
        ("x.json", b'{"a": 1}', EmptyFileError),
        ("x.json", b"[1, 2, 3]", EmptyFileError),
        ("x.json", b"[" * 100_000, DamagedFileError),
        ("x.csv", bytes(range(256)), DamagedFileError),
        (
            "x.xlsx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + "EncryptedPackage".encode("utf-16le"),
            EncryptedFileError,
        ),
        ("x.xlsx", b"PK\x03\x04half", FileError),
        ("x.xls", b"<html><table><tr><td>Nr</td></tr></table></html>", NotAWorkbookError),
        ("x.db", b"SQLite format 3\x00" + b"x" * 200, DamagedFileError),
        ("x.db", b"iets anders dan een database", DamagedFileError),
        ("x.txt", b"tekst", UnsupportedFileError),
    ],
)
def test_what_holds_no_tables_is_told(name: str, content: bytes, error: type[Exception], tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(error):
        found_tables(tmp_path / name)


HEADS = ("Nr", "Voornaam", "Achternaam", "Adres", "Datum", "Stand", "Rest", "Weg")
CELLS = ("7", "An", "Bos", "Dorp 1, Zeist", "02/03/2024", "klaar", "wat", "x")


@pytest.mark.parametrize(
    ("field", "cell"),
    [
        (FieldMap(("Voornaam", "Achternaam")), "An Bos"),
        (FieldMap(("Voornaam", "Achternaam"), join=", "), "An, Bos"),
        (FieldMap(("Adres",), split=",", part=2), "Zeist"),
        (FieldMap(("Adres",), split=",", part=-1), "Zeist"),
        (FieldMap(("Adres",), split=",", part=3, default="?"), "?"),
        (FieldMap(("Datum",), dates="month"), "03-02-2024"),
        (FieldMap(("Datum",), dates="day"), "02-03-2024"),
        (FieldMap(("Datum",), dates="%d/%m/%Y"), date(2024, 3, 2)),
        (FieldMap(("Stand",), values={"Klaar ": "afgehandeld"}), "afgehandeld"),
        (FieldMap(("Stand",), values={"open": "nieuw"}), "klaar"),
        (FieldMap(("Stand",), values={"klaar": ""}, default="nieuw"), "nieuw"),
        (FieldMap(value="telefoon"), "telefoon"),
        (FieldMap(("Nr",)), "7"),
    ],
)
def test_a_field_comes_about_as_its_map_says(field: FieldMap, cell: Any) -> None:
    told = TableMap({"name": field})
    raw = mapped_table(told, MAIN, FoundTable("B", 1, HEADS, [(2, CELLS)]))
    assert raw.rows[0][1][raw.columns["name"]] == cell
    assert raw.cell(2, "name") == (f"{chr(65 + HEADS.index(field.columns[0]))}2" if field.columns else None)


def test_what_is_no_fields_goes_to_the_rest_and_totals_are_no_rows() -> None:
    told = TableMap({"name": FieldMap(("Achternaam",))}, key="Nr", rest="remarks", ignore=("weg", "Datum"), skip=("totaal",)
    )  # fmt: skip
    rows = [(2, CELLS), (3, ("Totaal 2024", "1"))]
    raw = mapped_table(told, MAIN, FoundTable("B", 1, HEADS, rows))
    assert [n for n, _ in raw.rows] == [2]
    cells = dict(zip(raw.columns, raw.rows[0][1], strict=True))
    assert cells["remarks"] == "Voornaam: An\nAdres: Dorp 1, Zeist\nStand: klaar\nRest: wat"
    assert (cells["earlier_number"], cells["number"], raw.strange) == ("7", "", ())


def test_a_map_reads_headings_as_people_see_them(tmp_path: Path) -> None:
    """Line breaks, double blanks and other capitals in a heading are not what anybody types in a map."""
    text = '[tables.B]\ntable = "complaints"\n[tables.B.columns]\n"naam  klager" = "Naam"\n'
    (tmp_path / "m.toml").write_text(text, encoding="utf-8")
    found = [FoundTable("B", 1, ("Naam Klager", "Land"), [(2, ("A. Bos", "België"))])]
    (raw,) = load_mapping(tmp_path / "m.toml").raw_tables(load_definition(), found)
    assert {f: raw.headers[f] for f in raw.headers} == {"name": "Naam Klager", "country": "Land"}


def test_what_the_reading_of_a_list_has_to_tell_comes_along_with_its_map(tmp_path: Path) -> None:
    """A comma within a text shifts the rest of its row, and letters that were guessed may be the wrong ones."""
    text = '[tables.lijst]\ntable = "complaints"\n[tables.lijst.columns]\n"Wie" = "Naam"\n"Wat" = "Omschrijving"\n'
    (tmp_path / "m.toml").write_text(text, encoding="utf-8")
    (tmp_path / "lijst.csv").write_bytes(
        "Klachten 2024\nWie,Wat\nA. Bos,Te laat\nC. Café,Één geëmailleerde pan stuk, en nat\n".encode("mac_roman")
    )
    (raw,) = load_mapping(tmp_path / "m.toml").raw_tables(load_definition(), found_tables(tmp_path / "lijst.csv"))
    assert [(note.code, note.context.get("rows")) for note in raw.notes] == [
        ("letters_guessed", None),
        ("cells_without_header", "4"),
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "no_tables"),
        ("[tables]", "no_tables"),
        ('[tables.B]\ntable = "complaints"\nrest = "Ontvangen op"', "Opmerkingen"),
        (
            '[tables.B]\ntable = "complaints"\n[tables.B.fields."Uiterlijk afhandelen op"]\nvalue = "x"',
            "Uiterlijk afhandelen op",
        ),
        ('[tables.B]\ntable = "complaints"\n[tables.B.fields.Naam]\ncolumn = "Wie"\ndates = "%Q"', "%Y%m%d"),
        ('[tables.B]\ntable = "complaints"\n[tables.B.fields.Naam]\ncolumn = "Wie"\ndates = "%d-%m"', "%Y%m%d"),
        ('[tables.B]\ntable = "complaints"\nrest = "Opm\xe9"', "not_utf8"),
    ],
)
def test_a_map_that_would_lose_what_it_names_is_refused(text: str, told: str, tmp_path: Path) -> None:
    """A field that is counted takes no value, one for days no rest, and half a day is none."""
    (tmp_path / "m.toml").write_bytes(text.encode("latin-1"))
    with pytest.raises(SettingsError) as caught:
        load_mapping(tmp_path / "m.toml").raw_tables(load_definition(), [FoundTable("B", 1, ("Wie",), [(2, ("A.",))])])
    assert told in f"{caught.value.values} {caught.value.reason}"
