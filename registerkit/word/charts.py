"""Native charts of Word: a chart part with the workbook whose numbers it shows."""

from __future__ import annotations

from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.shared import Cm

__all__ = ["add_chart"]

_CHART = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_INLINE = (
    '<w:drawing xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/>'
    '<wp:docPr id="{id}" name="{name}"/><wp:cNvGraphicFramePr/><a:graphic>'
    '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
    '<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="{relation}"/>'
    "</a:graphicData></a:graphic></wp:inline></w:drawing>"
)


def add_chart(paragraph: Any, xml: str, workbook: bytes, name: str, alt: str, width: float, height: float) -> None:
    """Put a chart in a paragraph, so many cm wide and high; it refers to its workbook as `rId1`."""
    document = paragraph.part
    package = document.package
    number = sum(part.content_type == _CHART for part in package.iter_parts()) + 1
    chart = Part(PackURI(f"/word/charts/chart{number}.xml"), _CHART, xml.encode("utf-8"), package)
    embedded = Part(PackURI(f"/word/embeddings/chart{number}.xlsx"), _WORKBOOK, workbook, package)
    chart.relate_to(embedded, RELATIONSHIP_TYPE.PACKAGE)
    drawing = parse_xml(
        _INLINE.format(
            width=Cm(width),
            height=Cm(height),
            id=document.next_id,
            name=f"{name} {number}",
            relation=document.relate_to(chart, RELATIONSHIP_TYPE.CHART),
        )
    )
    drawing[0].docPr.set("descr", alt)
    paragraph.add_run()._r.append(drawing)
