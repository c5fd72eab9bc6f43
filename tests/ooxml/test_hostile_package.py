"""A workbook that would unpack without end, or reach over a whole sheet, ends in a message before anything is read."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from ooxml_samples import SHEET, openpyxl_book, rewrite, xlsxwriter_book

from registerkit.errors import DamagedFileError, EncryptedFileError
from registerkit.ooxml import Package, archive, check_extent

LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
    b"<worksheet>&b;&c;</worksheet>"
)


@pytest.fixture(params=[xlsxwriter_book, openpyxl_book], ids=["xlsxwriter", "openpyxl"])
def book(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    made: Path = request.param(tmp_path / "b.xlsx")
    return made


def reason(path: Path) -> str | None:
    """Give why a file is refused, when it is opened or when its first sheet is looked at."""
    try:
        with Package(path) as package:
            check_extent(package, SHEET, "Blad")
    except DamagedFileError as error:
        return error.reason
    return "fine"


def into_sheet(path: Path, xml: bytes) -> Path:
    """Put XML behind the last row of the first sheet."""
    rewrite(path, SHEET, lambda sheet: sheet.replace(b"</sheetData>", xml + b"</sheetData>"))
    return path


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "docProps/app.xml", "xl/_rels/workbook.xml.rels"])
def test_a_document_type_is_refused_in_every_part(book: Path, part: str) -> None:
    """Entities can unfold without end, or name another file."""
    rewrite(book, part, lambda _: LAUGHS)
    assert "doctype" == reason(book)


def test_parts_that_unpack_to_too_much_together(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_UNPACKED", 4096)
    assert "too_large" == reason(book)


def test_one_part_that_is_nearly_nothing_but_repetition(book: Path) -> None:
    with zipfile.ZipFile(book, "a", zipfile.ZIP_DEFLATED) as out:
        out.writestr("xl/media/bom.bin", bytes(100 * 1024**2))
    assert "bomb" == reason(book)


def test_a_large_part_that_is_packed_as_usual_is_fine(book: Path) -> None:
    """A column of numbers packs to a tenth or less."""
    numbers = b"".join(b"<v>%d</v>" % n for n in range(6_000_000))
    with zipfile.ZipFile(book, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as out:
        out.writestr("xl/getallen.bin", numbers)
    assert len(numbers) > 64 * 1024**2
    assert "fine" == reason(book)


def test_more_parts_than_any_workbook_has(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "_MAX_PARTS", 3)
    assert "bomb" == reason(book)


def test_a_zip_with_a_password(book: Path) -> None:
    data = bytearray(book.read_bytes())
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    book.write_bytes(bytes(data))
    with pytest.raises(EncryptedFileError):
        Package(book)


def test_a_way_of_packing_that_is_not_known(book: Path) -> None:
    data = bytearray(book.read_bytes())
    at = data.index(b"PK\x01\x02")
    data[at + 10] = 98
    book.write_bytes(bytes(data))
    with pytest.raises(DamagedFileError):
        Package(book)


# -------------------------------------------------------------------------------------------------- how far cells reach
@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        (b"", "fine"),
        (b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', "too_wide"),
        (b"<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>", "too_wide"),
        (b'<row r="1048576"><c\nr="XFD1048576"><v>1</v></c></row>', "too_wide"),
        (b'<row r="9"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>', "too_wide"),
        (b'<row r="9999999"><c r="A9999999"><v>1</v></c></row>', "too_wide"),
        (b'<row r="9"><c r="XFE9"><v>1</v></c></row>', "too_wide"),
        (b'<row r="5000"><c r="XFD5000"><v>1</v></c></row>', "too_wide"),
        (b'<row r="1048576"><c r="XFD1048576" s="1"/></row>', "fine"),
        (b'<row r="1048576"><c r="F1048576"><v>1</v></c></row>', "fine"),
        (b'<row r="1048576"><c><v>1</v></c></row>', "fine"),
        (b'<row r="9999"><c r="ZZ9999"><v>1</v></c></row>', "fine"),
        (b'<row r="9"><c r="ZZ9"><v>1</v></c></row><row r="150000"><c r="A150000"><v>1</v></c></row>', "too_wide"),
        (b'<row r="9"><c r="XFD9"><v>1</v></c></row>', "fine"),
    ],
)  # fmt: skip
def test_a_cell_far_away(book: Path, xml: bytes, expected: str) -> None:
    """Where it stands decides, not what the sheet says of its own size; a blank cell is no cell."""
    assert expected == reason(into_sheet(book, xml))


def test_the_sheet_and_the_last_cell_are_named(book: Path) -> None:
    into_sheet(
        book, b'<row r="70000"><c r="ZZZ70000"><v>1</v></c></row><row r="70001"><c r="A70001"><v>1</v></c></row>'
    )
    with Package(book) as package, pytest.raises(DamagedFileError) as told:
        check_extent(package, SHEET, "Register")
    assert {"sheet": "Register", "cell": "ZZZ70001"} == told.value.values


def test_a_large_sheet_that_is_filled_is_fine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cells that hold something count for more than blank ones between them."""
    from registerkit.ooxml import extent

    monkeypatch.setattr(extent, "MOST_BLANK", 10)
    monkeypatch.setattr(extent, "_FAR", (extent.re.compile(b"<c"),))
    assert "fine" == reason(xlsxwriter_book(tmp_path / "b.xlsx"))


def test_what_a_sheet_says_of_its_own_size_counts_for_nothing(book: Path) -> None:
    rewrite(book, SHEET, lambda xml: extent_of(xml, b"A1:XFD1048576"))
    assert "fine" == reason(book)


def extent_of(xml: bytes, ref: bytes) -> bytes:
    start = xml.index(b'<dimension ref="') + len(b'<dimension ref="')
    return xml[:start] + ref + xml[xml.index(b'"', start) :]


def test_a_tag_without_end_is_damage(book: Path) -> None:
    into_sheet(book, b'<c r="A1" x="' + b"y" * (5 << 20))
    rewrite(book, SHEET, lambda xml: xml[: xml.index(b"</sheetData>")])
    assert reason(book) is None


# ---------------------------------------------------------------------------------------------- what others write otherwise
def unfit_sheet(xml: bytes) -> bytes:
    return xml.replace(b"<sheets>", b'<sheets><sheet name="Module" sheetId="9" r:id=""/>')


def other_prefix(xml: bytes) -> bytes:
    return xml.replace(b"r:id=", b"ns1:id=").replace(b"xmlns:r=", b"xmlns:ns1=")


@pytest.mark.parametrize("change", [unfit_sheet, other_prefix])
def test_a_workbook_part_that_says_it_otherwise(book: Path, change: Callable[[bytes], bytes]) -> None:
    rewrite(book, "xl/workbook.xml", change)
    with Package(book) as package:
        assert ["Gegevens & meer", "Ander"] == [sheet.name for sheet in package.sheets]


@pytest.mark.parametrize("part", ["xl/_rels/workbook.xml.rels", SHEET, "docProps/custom.xml", "xl/tables/table1.xml"])
def test_tags_that_never_end_are_looked_through_once(book: Path, part: str) -> None:
    """A pattern that starts again at every tag would take hours over a few megabytes."""
    names = {"xl/_rels/workbook.xml.rels": b"<Relationship ", "docProps/custom.xml": b"<property "}
    rewrite(book, part, lambda xml: xml + names.get(part, b"<tableColumn ") * 200_000)
    with Package(book) as package:
        check_extent(package, SHEET, "Blad")
        assert package.tables
        assert package.custom_properties is not None


@pytest.mark.parametrize("ref", [b"A1:D1048577", b"A1:D999999999", b"A0:D4", b"A:D", b"A1:XXXX4", b"\xff"])
def test_a_table_that_lies_outside_any_sheet_is_no_table(book: Path, ref: bytes) -> None:
    """Its rows would be counted one by one."""
    rewrite(book, "xl/tables/table1.xml", lambda xml: xml.replace(b'ref="A1:D4"', b'ref="' + ref + b'"'))
    with Package(book) as package:
        assert () == package.tables


def test_another_file_is_never_followed(book: Path, tmp_path: Path) -> None:
    """A sheet that is said to lie outside the workbook is not there."""
    (tmp_path / "geheim.xml").write_text("<worksheet/>", encoding="utf-8")
    target = (tmp_path / "geheim.xml").as_uri().encode()
    rewrite(book, "xl/_rels/workbook.xml.rels", lambda xml: swap(xml, target))
    with Package(book) as package, pytest.raises(DamagedFileError):
        package.read(package.sheets[0].part)


def swap(xml: bytes, target: bytes) -> bytes:
    for known in (b"worksheets/sheet1.xml", b"/xl/worksheets/sheet1.xml"):
        xml = xml.replace(b'Target="' + known + b'"', b'Target="' + target + b'" TargetMode="External"')
    return xml
