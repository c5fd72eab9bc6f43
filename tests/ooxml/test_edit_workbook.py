"""Editing a workbook in place: the edited cells are right for every reader, and everything else stays byte for byte."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ooxml_samples import (
    SHEET,
    add_rows,
    by_calamine,
    by_openpyxl,
    edit,
    edit_cells,
    openpyxl_book,
    parts,
    plain,
    xlsxwriter_book,
)

from registerkit.ooxml import Cached, CannotEditError, Editor, Formula, Package

pytestmark = pytest.mark.filterwarnings("ignore:.*xtension is not supported")

MAKERS = [xlsxwriter_book, openpyxl_book]
Make = Callable[[Path], Path]


@pytest.fixture(params=MAKERS, ids=["xlsxwriter", "openpyxl"])
def book(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    made: Path = request.param(tmp_path / "boek.xlsx")
    return made


def test_without_edits_the_copy_has_the_same_parts_in_the_same_order(book: Path, tmp_path: Path) -> None:
    copy = edit(book, tmp_path / "kopie.xlsx", {})
    assert list(parts(copy).items()) == list(parts(book).items())


def test_only_the_edited_part_differs(book: Path, tmp_path: Path) -> None:
    copy = edit(book, tmp_path / "kopie.xlsx", {(2, 0): "nieuw"})
    before, after = parts(book), parts(copy)
    assert list(before) == list(after)
    assert {name for name in before if before[name] != after[name]} == {SHEET}


def test_only_the_edited_cell_differs(book: Path) -> None:
    before = parts(book)[SHEET]
    after = edit_cells(before, {(3, 0): "nieuw"})
    row = rb'<row r="3".*?</row>'
    assert re.sub(row, b"", before, flags=re.S) == re.sub(row, b"", after, flags=re.S)
    cells = re.compile(rb'<c r="(\w+)".*?(?:/>|</c>)', re.S)
    rows = [re.search(row, xml, re.S) for xml in (before, after)]
    old, new = ({m[1]: m[0] for m in cells.finditer(r[0])} for r in rows if r)
    assert {ref for ref in old if old[ref] != new[ref]} == {b"A3"}


def test_the_times_and_attributes_of_the_parts_stay(book: Path, tmp_path: Path) -> None:
    copy = edit(book, tmp_path / "kopie.xlsx", {(2, 0): "nieuw"})
    with zipfile.ZipFile(book) as old, zipfile.ZipFile(copy) as new:
        assert [(i.filename, i.date_time, i.compress_type) for i in old.infolist()] == [
            (i.filename, i.date_time, i.compress_type) for i in new.infolist()
        ]


def test_a_style_stays(book: Path, tmp_path: Path) -> None:
    copy = edit(book, tmp_path / "kopie.xlsx", {(2, 1): date(2027, 1, 2), (3, 1): None})
    sheet = openpyxl.load_workbook(copy).worksheets[0]
    before = openpyxl.load_workbook(book).worksheets[0]
    assert sheet["B2"].value.date() == date(2027, 1, 2)
    assert (sheet["B2"].number_format, sheet["B3"].number_format) == (
        before["B2"].number_format, before["B3"].number_format,
    )  # fmt: skip
    assert sheet["B3"].value is None


TEXT = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=30),
    st.text("ab _x0041<>&\"' \n\t\x00\x07\x1f=+-@'", max_size=20),
    st.sampled_from(["_x0041_", " voor", "na ", "=1+1", "'0123", "🚲", "\ufffe", "x" * 32767, "]]>", "&amp;"]),
)
VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(-(2**50), 2**50), st.floats(allow_nan=False, allow_infinity=False),
    st.dates(date(1900, 3, 1), date(2100, 12, 31)), TEXT,
)  # fmt: skip
CELLS = st.dictionaries(st.tuples(st.integers(2, 9), st.sampled_from([0, 2, 5, 30])), VALUES, max_size=6)


def lines(text: str) -> str:
    """XML knows one kind of line end, and no such characters."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\ufffe", "").replace("\uffff", "")


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(cells=CELLS, make=st.sampled_from(MAKERS))
def test_whatever_is_written_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, cells: dict[tuple[int, int], Any], make: Make
) -> None:
    folder = tmp_path_factory.mktemp("heen")
    book = make(folder / "boek.xlsx")
    copy = edit(book, folder / "kopie.xlsx", cells)
    one, two = by_openpyxl(copy), by_calamine(copy)
    for (row, column), value in cells.items():
        wanted = lines(value) if isinstance(value, str) else value
        found = [plain(held(rows, row, column)) for rows in (one, two)]
        if isinstance(value, date):
            found = [plain(v) if not isinstance(v, float) else as_day(v) for v in found]
        # openpyxl leaves the format's _x0041_ as it is; python-calamine reads it as Excel does.
        expected = [escaped(wanted), wanted] if isinstance(wanted, str) else [wanted, wanted]
        assert found == [plain(v) for v in expected]
    untouched = [(r, c) for r in range(1, 5) for c in range(3) if (r, c) not in cells]
    before = by_calamine(book)
    assert [held(two, r, c) for r, c in untouched] == [held(before, r, c) for r, c in untouched]


def held(rows: list[list[Any]], row: int, column: int) -> Any:
    """Readers leave empty cells at the end out."""
    return rows[row - 1][column] if row <= len(rows) and column < len(rows[row - 1]) else None


def as_day(serial: float) -> date:
    """A cell without a date format shows a number."""
    return date.fromordinal(date(1899, 12, 30).toordinal() + int(serial))


def escaped(text: str) -> str:
    from registerkit.ooxml.cells import _CONTROL, _ESCAPED

    return _CONTROL.sub(lambda m: f"_x{ord(m[0]):04X}_", _ESCAPED.sub("_x005F_", text))


def test_a_row_that_was_not_there_comes_in_its_place(book: Path, tmp_path: Path) -> None:
    copy = edit(book, tmp_path / "kopie.xlsx", {(20, 1): "twintig", (10, 3): 1, (10, 0): "tien"})
    numbers = [int(n) for n in re.findall(rb'<row r="(\d+)"', parts(copy)[SHEET])]
    assert numbers == sorted(numbers)
    assert len(numbers) == len(set(numbers))
    found = by_openpyxl(copy)
    assert (found[9][0], found[9][3], found[19][1]) == ("tien", 1, "twintig")


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (b'<row r="2"/>', b'<row r="2"><c r="B2"><v>1</v></c></row>'),
        (b'<row r="2" ht="20"></row>', b'<row r="2" ht="20"><c r="B2"><v>1</v></c></row>'),
        (b'<row r="2"><c r="A2"/><c r="C2"/></row>', b'<row r="2"><c r="A2"/><c r="B2"><v>1</v></c><c r="C2"/></row>'),
        (b'<row r="2"><c r="C2" t="s"><v>0</v></c></row>',
         b'<row r="2"><c r="B2"><v>1</v></c><c r="C2" t="s"><v>0</v></c></row>'),
        (b'<row r="2"><c r="B2" s="3" t="s"><v>0</v></c></row>', b'<row r="2"><c r="B2" s="3"><v>1</v></c></row>'),
        (b'<row r="2"><c r="AA2"><v>1</v></c></row>', b'<row r="2"><c r="B2"><v>1</v></c><c r="AA2"><v>1</v></c></row>'),
        (b'<row r="1"/><row r="3"/>', b'<row r="1"/><row r="2"><c r="B2"><v>1</v></c></row><row r="3"/>'),
        (b"", b'<row r="2"><c r="B2"><v>1</v></c></row>'),
    ],
)  # fmt: skip
def test_a_cell_comes_in_its_place(row: bytes, expected: bytes) -> None:
    front, back = b'<worksheet xmlns="x"><sheetData>', b"</sheetData></worksheet>"
    assert edit_cells(front + row + back, {(2, 1): 1}) == front + expected + back


def test_an_empty_sheet_takes_its_first_cell() -> None:
    xml = b'<worksheet xmlns="x"><sheetData/><pageMargins/></worksheet>'
    expected = (
        b'<worksheet xmlns="x"><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData><pageMargins/></worksheet>'
    )
    assert edit_cells(xml, {(1, 0): 1}) == expected


@given(st.data())
def test_however_the_sheet_comes_in_blocks_the_outcome_is_the_same(data: st.DataObject) -> None:
    """Rows may be missing, say no number, hold nothing, or stand where a block is cut through."""
    numbers = sorted(data.draw(st.sets(st.integers(1, 12), max_size=8)))
    shapes = [b'<row r="%d"/>', b'<row r="%d"><c r="A%d" s="1"><v>5</v></c></row>', b'<row r="%d"></row>']
    rows = [shapes[data.draw(st.integers(0, 2))].replace(b"%d", b"%d" % n) for n in numbers]
    if data.draw(st.booleans()) and numbers == list(range(1, len(numbers) + 1)):
        rows = [row.replace(b' r="%d"' % n, b"", 1) for n, row in zip(numbers, rows, strict=True)]
    xml = b'<worksheet><dimension ref="A1:B3"/><sheetData>' + b"".join(rows) + b"</sheetData><pageMargins/></worksheet>"
    places = st.tuples(st.integers(1, 14), st.integers(0, 2))
    edits = data.draw(st.dictionaries(places, st.integers(0, 9), min_size=1, max_size=6))
    block, last = data.draw(st.integers(1, 120)), max(numbers, default=3)
    assert edit_cells(xml, edits, len(xml)) == edit_cells(xml, edits, block)
    assert add_rows(xml, last, [{0: 1}, {1: 2}], len(xml)) == add_rows(xml, last, [{0: 1}, {1: 2}], block)


# ------------------------------------------------------------------------------------------------------- formulas
@pytest.mark.parametrize("value", ["x", 1, None, date(2026, 1, 1)])
def test_a_formula_is_never_written_over(book: Path, value: Any) -> None:
    with pytest.raises(CannotEditError) as caught:
        edit_cells(parts(book)[SHEET], {(2, 3): value})
    assert (caught.value.reason, caught.value.cell) == ("formula_in_cell", "D2")


def test_a_cached_value_is_replaced(book: Path, tmp_path: Path) -> None:
    copy = edit(book, tmp_path / "kopie.xlsx", {(2, 3): Cached(42), (3, 3): Cached("tekst"), (2, 0): Cached("nee")})
    assert (by_openpyxl(copy)[1][3], by_openpyxl(copy)[2][3]) == (42, "tekst")
    assert (by_calamine(copy)[1][3], by_calamine(copy)[2][3]) == (42.0, "tekst")
    formulas = [by_openpyxl(p, values=False)[1][3] for p in (book, copy)]
    assert formulas[0] == formulas[1]
    assert by_openpyxl(copy)[1][0] == "K-1"  # There is no formula to have another value.


def test_a_formula_may_come_in_its_place(book: Path, tmp_path: Path) -> None:
    copy = edit(book, tmp_path / "kopie.xlsx", {(2, 3): Formula("1+1", 2), (9, 0): Formula('"a"&"b"', "ab")})
    assert (by_openpyxl(copy, values=False)[1][3], by_openpyxl(copy)[1][3]) == ("=1+1", 2)
    assert by_calamine(copy)[8][0] == "ab"


def test_a_member_of_a_shared_formula_gets_its_value() -> None:
    rows = (b'<row r="1"><c r="A1"><f t="shared" ref="A1:A2" si="0">B1</f><v>1</v></c></row>'
            b'<row r="2"><c r="A2"><f t="shared" si="0"/><v>1</v></c></row>')  # fmt: skip
    xml = b"<worksheet><sheetData>" + rows + b"</sheetData></worksheet>"
    after = edit_cells(xml, {(1, 0): Cached(5), (2, 0): Cached(6)})
    assert after == xml.replace(b"<v>1</v>", b"<v>5</v>", 1).replace(b"<v>1</v>", b"<v>6</v>")
    with pytest.raises(CannotEditError, match="formula_in_cell"):
        edit_cells(xml, {(2, 0): "x"})


# ------------------------------------------------------------------------------------------- what cannot be edited
@pytest.mark.parametrize(
    ("xml", "reason"),
    [
        (b'<x:worksheet xmlns:x="s"><x:sheetData><x:row r="1"/></x:sheetData></x:worksheet>', "prefixed"),
        (b"<worksheet></worksheet>", "prefixed"),
        (b'<worksheet><sheetData><row r="1"><c><v>1</v></c></row></sheetData></worksheet>', "no_addresses"),
    ],
)
def test_xml_of_another_shape_is_refused(xml: bytes, reason: str) -> None:
    with pytest.raises(CannotEditError) as caught:
        edit_cells(xml, {(1, 0): 1})
    assert caught.value.reason == reason


def test_a_book_that_counts_days_from_1904(tmp_path: Path) -> None:
    book = xlsxwriter_book(tmp_path / "mac.xlsx", date1904=True)
    copy = edit(book, tmp_path / "kopie.xlsx", {(2, 1): date(2027, 1, 2)})
    assert plain(by_openpyxl(copy)[1][1]) == date(2027, 1, 2)
    assert plain(by_calamine(copy)[1][1]) == date(2027, 1, 2)
    assert plain(by_calamine(copy)[2][1]) == date(2026, 4, 2)


# ------------------------------------------------------------------------------------------------------ the editor
def test_a_property_is_set_and_the_others_stay(tmp_path: Path) -> None:
    book = xlsxwriter_book(tmp_path / "b.xlsx")
    with Package(book) as package:
        editor = Editor(package)
        editor.set_property("registerkit.revision", "8 & <9>")
        editor.save(tmp_path / "k.xlsx")
    before, after = parts(book), parts(tmp_path / "k.xlsx")
    assert {name for name in before if before[name] != after[name]} == {"docProps/custom.xml"}
    with Package(tmp_path / "k.xlsx") as package:
        assert package.custom_properties == {"registerkit.revision": "8 & <9>", "ander": "blijft"}


def test_recalculation_is_asked_once(book: Path) -> None:
    with Package(book) as package:
        editor = Editor(package)
        editor.ask_recalculation()
        editor.ask_recalculation()
        assert editor.read("xl/workbook.xml").count(b"fullCalcOnLoad") == 1


def test_an_edit_that_changes_nothing_changes_no_part(book: Path, tmp_path: Path) -> None:
    copy = edit(book, tmp_path / "kopie.xlsx", {(2, 0): Cached("x")})
    assert parts(copy) == parts(book)


def test_a_save_that_fails_leaves_the_target_and_no_rubbish(book: Path, tmp_path: Path) -> None:
    before = book.read_bytes()
    with Package(book) as package:
        editor = Editor(package)
        editor.set_cells(SHEET, {(2, 0): "x"})
        editor._parts["xl/workbook.xml"] = None  # type: ignore[assignment]  # Fails while it is written.
        with pytest.raises(Exception, match=r".*"):
            editor.save(book)
    assert book.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["boek.xlsx"]
