"""The package: every part is there once, is reached, has its type, and holds XML that can be read."""

from __future__ import annotations

import warnings
import zipfile
from pathlib import Path
from shutil import copyfile

import pytest
from lint_samples import CHART, LISTS, REGISTER, TEXTS, WORKBOOK, After
from ooxml_lint import LintFault, lint_workbook

TYPES = "[Content_Types].xml"
RELATIONS = "xl/worksheets/_rels/sheet2.xml.rels"
TABLE = '<Override PartName="/xl/tables/table2.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.table+xml"/>'


@pytest.mark.parametrize(
    ("code", "part", "old", "new", "where"),
    [
        ("content_type_missing", TYPES, '<Default Extension="vml" ', '<Default Extension="wml" ', "xl/drawings/vmlDrawing1.vml"),
        ("content_type_wrong", TYPES, TABLE, "", "xl/tables/table2.xml"),
        ("content_type_wrong", TYPES, "drawingml.chart+xml", "drawing+xml", CHART),
        ("content_type_stray", TYPES, TABLE, TABLE + TABLE.replace("table2", "table9"), TYPES),
        ("relation_id", RELATIONS, "</Relationships>", '<Relationship Id="rId1" Type="hyperlink" Target="x" TargetMode="External"/></Relationships>', LISTS),
        ("relation_missing", LISTS, 'r:id="rId2"', 'r:id="rId7"', LISTS),
        ("relation_missing", "xl/drawings/drawing1.xml", 'r:id="rId1"', 'r:id="rId7"', "xl/drawings/drawing1.xml"),
        ("xml_broken", CHART, "</c:chart>", "", CHART),
        ("xml_broken", "xl/theme/theme1.xml", "<a:theme ", '<a:theme name="a" name="b" ', "xl/theme/theme1.xml"),
        ("control_character", "xl/comments1.xml", "Het nummer", "Het\x07 nummer", "xl/comments1.xml"),
        ("control_character", "xl/comments1.xml", "Het nummer", "Het&#1; nummer", "xl/comments1.xml"),
    ],
)  # fmt: skip
def test_package_faults(code: str, part: str, old: str, new: str, where: str, after: After) -> None:
    found = after(part, old, new)
    if code == "content_type_missing":  # Its relation sees the wrong type too.
        found = [fault for fault in found if fault.code != "content_type_wrong"]
    assert {(code, where)} == {(fault.code, fault.part) for fault in found}


def test_a_relation_to_a_part_that_is_not_there(after_parts: After) -> None:
    found = after_parts({"xl/theme/theme1.xml": None})
    assert {("relation_target", WORKBOOK, "rId6"), ("content_type_stray", TYPES, "xl/theme/theme1.xml")} == {
        (fault.code, fault.part, fault.place) for fault in found
    }


def test_a_link_of_a_drawing_into_the_workbook(after: After) -> None:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
    relation = f'<Relationship Id="rId8" Type="{kind}" Target="#Register!A1"/></Relationships>'
    assert [] == after("xl/drawings/_rels/drawing1.xml.rels", "</Relationships>", relation)


def test_a_part_that_nothing_leads_to(after_parts: After) -> None:
    """Neither its own relations nor those of parts that are not there make a part known."""
    empty = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
    found = after_parts({"xl/extra.xml": b"<a/>", "xl/_rels/gone.xml.rels": empty, "xl/_rels/styles.xml.rels": empty})
    assert [("part_orphan", "xl/_rels/gone.xml.rels"), ("part_orphan", "xl/extra.xml")] == [
        (fault.code, fault.part) for fault in found
    ]


def test_two_entries_of_one_name(rich: Path, tmp_path: Path) -> None:
    book = Path(copyfile(rich, tmp_path / "b.xlsx"))
    with zipfile.ZipFile(book, "a") as package, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        package.writestr(CHART.upper(), b"<a/>")
        package.writestr(TEXTS, package.read(TEXTS))
    assert {CHART.lower(), TEXTS.lower()} == {f.part for f in lint_workbook(book) if f.code == "zip_duplicate"}


@pytest.mark.parametrize("data", [b"", b"geen zip"])
def test_no_package_at_all(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "b.xlsx").write_bytes(data)
    assert ["package_unreadable"] == [fault.code for fault in lint_workbook(tmp_path / "b.xlsx")]


def test_a_package_without_a_workbook(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "b.xlsx", "w") as package:
        package.writestr("leeg.txt", b"")
    assert "package_unreadable" in {fault.code for fault in lint_workbook(tmp_path / "b.xlsx")}


def test_a_missing_file_is_an_error_of_the_caller(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        lint_workbook(tmp_path / "weg.xlsx")


@pytest.mark.parametrize("part", [REGISTER, TEXTS, "xl/styles.xml", "xl/tables/table1.xml", "docProps/custom.xml"])
def test_a_broken_part_is_told_and_the_rest_is_read(part: str, after_parts: After) -> None:
    assert LintFault(part, "(1, 3)", "xml_broken", "no element found: line 1, column 3") in after_parts({part: b"<a>"})
