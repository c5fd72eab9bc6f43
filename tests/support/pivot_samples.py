"""A sound workbook with native pivot tables: the smallest parts that hold together, put beside XlsxWriter's own."""

from __future__ import annotations

from pathlib import Path

import xlsxwriter
from broken import rewritten
from ooxml_samples import parts

__all__ = ["CACHE", "PIVOT", "PIVOT_SHEET", "RECORDS", "TWO_VALUES", "pivot_book"]

CACHE = "xl/pivotCache/pivotCacheDefinition1.xml"
RECORDS = "xl/pivotCache/pivotCacheRecords1.xml"
PIVOT = "xl/pivotTables/pivotTable1.xml"
TWO_VALUES = "xl/pivotTables/pivotTable2.xml"
PIVOT_SHEET = "xl/worksheets/sheet2.xml"

ROWS = [("Noord", "fiets", "winkel", 3), ("Zuid", "fiets", "web", 4), ("Noord", "slot", "web", 5)]
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def pivot_book(path: Path) -> Path:
    """Make a book with the table `Verkoop`, two pivot tables over it, and a chart of the first."""
    plain = path.with_name(f"{path.stem}-plain.xlsx")
    book = xlsxwriter.Workbook(plain)
    data, pivots = book.add_worksheet("Verkoop in '26"), book.add_worksheet("Draai om")
    columns = [{"header": header} for header in ("Regio", "Soort", "Kanaal", "Aantal")]
    data.add_table(0, 0, len(ROWS), 3, {"name": "Verkoop", "columns": columns, "data": ROWS})
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "='Draai om'!$B$6:$B$7"})
    pivots.insert_chart("J2", chart)
    book.close()
    return rewritten(plain, path, dict(_pivot_parts() | _edited_parts(plain)))


def _pivot_parts() -> dict[str, bytes]:
    to_records = _relations(("pivotCacheRecords", "pivotCacheRecords1.xml"))
    to_cache = _relations(("pivotCacheDefinition", "../pivotCache/pivotCacheDefinition1.xml"))
    return {
        CACHE: _cache(),
        "xl/pivotCache/_rels/pivotCacheDefinition1.xml.rels": to_records,
        RECORDS: _records(),
        PIVOT: _pivot(),
        "xl/pivotTables/_rels/pivotTable1.xml.rels": to_cache,
        TWO_VALUES: _two_values(),
        "xl/pivotTables/_rels/pivotTable2.xml.rels": to_cache,
    }


def _edited_parts(plain: Path) -> dict[str, bytes]:
    """Give XlsxWriter's parts with what the pivots need in them."""
    found = parts(plain)

    def put(part: str, before: str, new: str) -> None:
        found[part] = found[part].replace(before.encode(), (new + before).encode(), 1)

    for name, kind in (
        (CACHE, "pivotCacheDefinition"), (RECORDS, "pivotCacheRecords"), (PIVOT, "pivotTable"), (TWO_VALUES, "pivotTable"),
    ):  # fmt: skip
        put("[Content_Types].xml", "</Types>", f'<Override PartName="/{name}" ContentType="{_TYPE}.{kind}+xml"/>')
    put("xl/workbook.xml", "</workbook>", '<pivotCaches><pivotCache cacheId="1" r:id="rId90"/></pivotCaches>')
    put("xl/_rels/workbook.xml.rels", "</Relationships>", _relation("rId90", "pivotCacheDefinition", CACHE[3:]))
    for number in (1, 2):
        relation = _relation(f"rId9{number}", "pivotTable", f"../pivotTables/pivotTable{number}.xml")
        put("xl/worksheets/_rels/sheet2.xml.rels", "</Relationships>", relation)
    source = '<c:pivotSource><c:name>[boek.xlsx]Draai om!Omzet</c:name><c:fmtId val="0"/></c:pivotSource>'
    put("xl/charts/chart1.xml", "<c:chart>", source)
    return found


def _relation(number: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'


def _relations(*targets: tuple[str, str]) -> bytes:
    inner = "".join(_relation(f"rId{n}", *target) for n, target in enumerate(targets, 1))
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'.encode()


def _shared(column: int) -> list[str]:
    return sorted({str(row[column]) for row in ROWS})


def _cache() -> bytes:
    fields = "".join(
        f'<cacheField name="{name}" numFmtId="0"><sharedItems count="2">'
        + "".join(f'<s v="{item}"/>' for item in _shared(column))
        + "</sharedItems></cacheField>"
        for column, name in enumerate(("Regio", "Soort", "Kanaal"))
    )
    numbers = (
        '<cacheField name="Aantal" numFmtId="0"><sharedItems containsSemiMixedTypes="0" containsString="0" '
        'containsNumber="1" containsInteger="1" minValue="3" maxValue="5"/></cacheField>'
    )
    return (
        f'<pivotCacheDefinition {_MAIN} xmlns:r="{_OFFICE}" r:id="rId1" refreshOnLoad="1" recordCount="{len(ROWS)}">'
        '<cacheSource type="worksheet"><worksheetSource name="Verkoop"/></cacheSource>'
        f'<cacheFields count="4">{fields}{numbers}</cacheFields></pivotCacheDefinition>'
    ).encode()


def _records() -> bytes:
    indexes = [_shared(column) for column in range(3)]
    rows = "".join(
        "<r>" + "".join(f'<x v="{indexes[n].index(str(row[n]))}"/>' for n in range(3)) + f'<n v="{row[3]}"/></r>'
        for row in ROWS
    )
    return f'<pivotCacheRecords {_MAIN} count="{len(ROWS)}">{rows}</pivotCacheRecords>'.encode()


def _field(axis: str) -> str:
    return (
        f'<pivotField axis="{axis}" showAll="0"><items count="3"><item x="0"/><item x="1"/><item t="default"/></items>'
        "</pivotField>"
    )


_ITEMS = '<i><x/></i><i><x v="1"/></i><i t="grand"><x/></i>'


def _pivot() -> bytes:
    """Give a pivot of regions by kinds, filtered by channel."""
    return (
        f'<pivotTableDefinition {_MAIN} name="Omzet" cacheId="1" dataCaption="Waarden">'
        '<location ref="A4:D8" firstHeaderRow="1" firstDataRow="2" firstDataCol="1" rowPageCount="1" colPageCount="1"/>'
        f'<pivotFields count="4">{_field("axisRow")}{_field("axisCol")}{_field("axisPage")}'
        '<pivotField dataField="1" showAll="0"/></pivotFields>'
        f'<rowFields count="1"><field x="0"/></rowFields><rowItems count="3">{_ITEMS}</rowItems>'
        f'<colFields count="1"><field x="1"/></colFields><colItems count="3">{_ITEMS}</colItems>'
        '<pageFields count="1"><pageField fld="2" hier="-1"/></pageFields>'
        '<dataFields count="1"><dataField name="Som" fld="3"/></dataFields></pivotTableDefinition>'
    ).encode()


def _two_values() -> bytes:
    """Give a pivot of kinds with two values side by side, on the field -2."""
    return (
        f'<pivotTableDefinition {_MAIN} name="Twee" cacheId="1" dataCaption="Waarden">'
        '<location ref="F2:H5" firstHeaderRow="0" firstDataRow="1" firstDataCol="1"/>'
        f'<pivotFields count="4"><pivotField showAll="0"/>{_field("axisRow")}<pivotField showAll="0"/>'
        '<pivotField dataField="1" showAll="0"/></pivotFields>'
        f'<rowFields count="1"><field x="1"/></rowFields><rowItems count="3">{_ITEMS}</rowItems>'
        '<colFields count="1"><field x="-2"/></colFields>'
        '<colItems count="2"><i><x/></i><i i="1"><x v="1"/></i></colItems>'
        '<dataFields count="2"><dataField name="Som" fld="3"/>'
        '<dataField name="Gemiddelde" fld="3" subtotal="average"/></dataFields></pivotTableDefinition>'
    ).encode()
