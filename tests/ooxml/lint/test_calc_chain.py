"""The calculation chain: each cell in it holds a formula."""

from __future__ import annotations

from pathlib import Path

from broken import rewritten
from lint_samples import RULES
from ooxml_lint import lint_workbook
from ooxml_samples import parts

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain"

ARRAY = b'<sheetData><row r="1"><c r="F1"><f t="array" ref="F1:F2">{1;2}</f><v>1</v></c></row></sheetData>'


def test_a_cell_of_the_chain_without_a_formula(rich: Path, tmp_path: Path) -> None:
    """A cell without a sheet is on the sheet of the one before it, and an array formula fills all its cells."""
    chain = '<calcChain xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><c r="E1" i="3"/><c r="E2"/><c r="E9"/><c r="F2" i="4"/><c r="A1" i="8"/></calcChain>'
    found, relations = parts(rich), "xl/_rels/workbook.xml.rels"
    override = f'<Override PartName="/xl/calcChain.xml" ContentType="{TYPE}"/></Types>'
    relation = f'<Relationship Id="rId90" Type="{KIND}" Target="calcChain.xml"/></Relationships>'
    book = rewritten(rich, tmp_path / "b.xlsx", {
        "xl/calcChain.xml": chain.encode(),
        "[Content_Types].xml": found["[Content_Types].xml"].replace(b"</Types>", override.encode()),
        relations: found[relations].replace(b"</Relationships>", relation.encode()),
        RULES: found[RULES].replace(b"<sheetData/>", ARRAY),
    })  # fmt: skip
    assert [("calc_chain", "A1"), ("calc_chain", "E9")] == [(fault.code, fault.place) for fault in lint_workbook(book)]
