"""Puts into a workbook file that was just built what XlsxWriter does not write: pivot tables, and filters of tables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from registerkit.files import replacing
from registerkit.ooxml.package import Package
from registerkit.ooxml.packing import rewrite
from registerkit.ooxml.pivot_cache import XML_HEAD, PivotCache
from registerkit.ooxml.pivot_table import PivotTable
from registerkit.ooxml.table import TableFilter, with_filter

__all__ = ["add_pivots"]

_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_CACHE_ID = 1


def add_pivots(path: Path, pivots: Sequence[PivotTable], filters: Sequence[TableFilter] = ()) -> None:
    """Rewrite the workbook at `path` with the pivots, which share one cache, and the filters; does nothing without."""
    if not pivots and not filters:
        return
    with Package(path) as package:
        parts = _parts(package, pivots) if pivots else {}
        for wanted in filters:
            table = next(table for table in package.tables if table.name == wanted.table)
            parts[table.part] = with_filter(package.read(table.part), wanted)
        with replacing(path) as file:
            rewrite(package, file, {name: [xml] for name, xml in parts.items()})
            package.close()


def _parts(package: Package, pivots: Sequence[PivotTable]) -> dict[str, bytes]:
    cache = pivots[0].cache
    parts = _cache_parts(cache)
    parts |= _workbook_parts(package)
    types = {
        "xl/pivotCache/pivotCacheDefinition1.xml": "pivotCacheDefinition",
        "xl/pivotCache/pivotCacheRecords1.xml": "pivotCacheRecords",
    }
    sheets = {sheet.name: sheet.part for sheet in package.sheets}
    of_sheet: dict[str, list[tuple[str, str]]] = {}
    for n, pivot in enumerate(pivots, 1):
        part = f"xl/pivotTables/pivotTable{n}.xml"
        types[part] = "pivotTable"
        parts[part] = pivot.xml(_CACHE_ID)
        to_cache = ("rId1", "pivotCacheDefinition", "../pivotCache/pivotCacheDefinition1.xml")
        parts[f"xl/pivotTables/_rels/pivotTable{n}.xml.rels"] = _relations([to_cache])
        of_sheet.setdefault(sheets[pivot.sheet], []).append(("pivotTable", f"../pivotTables/pivotTable{n}.xml"))
    for sheet, added in of_sheet.items():
        rels = sheet.replace("worksheets/", "worksheets/_rels/") + ".rels"
        parts[rels] = _with_relations(package, rels, added)[0]
    overrides = "".join(
        f'<Override PartName="/{part}" ContentType="{_TYPE}{kind}+xml"/>' for part, kind in types.items()
    )
    content = package.read("[Content_Types].xml").decode()
    parts["[Content_Types].xml"] = content.replace("</Types>", overrides + "</Types>").encode()
    return parts


def _cache_parts(cache: PivotCache) -> dict[str, bytes]:
    to_records = ("rId1", "pivotCacheRecords", "pivotCacheRecords1.xml")
    return {
        "xl/pivotCache/pivotCacheDefinition1.xml": cache.definition_xml(),
        "xl/pivotCache/pivotCacheRecords1.xml": cache.records_xml(),
        "xl/pivotCache/_rels/pivotCacheDefinition1.xml.rels": _relations([to_records]),
    }


def _workbook_parts(package: Package) -> dict[str, bytes]:
    """Name the cache in the workbook, straight behind `calcPr`: elsewhere Excel repairs the file."""
    rels = "xl/_rels/workbook.xml.rels"
    data, ids = _with_relations(package, rels, [("pivotCacheDefinition", "pivotCache/pivotCacheDefinition1.xml")])
    named = f'<pivotCaches><pivotCache cacheId="{_CACHE_ID}" r:id="{ids[0]}"/></pivotCaches>'.encode()
    workbook = re.sub(rb"<calcPr\b[^>]*/>", lambda m: m[0] + named, package.workbook_xml, count=1)
    return {"xl/workbook.xml": workbook, rels: data}


def _with_relations(package: Package, rels: str, added: Sequence[tuple[str, str]]) -> tuple[bytes, list[str]]:
    """Return a part of relations with further ones (kind and target), and the ids these got."""
    there = package.read(rels).decode() if package.has(rels) else _relations([]).decode()
    last = max((int(n) for n in re.findall(r'Id="rId(\d+)"', there)), default=0)
    ids = [f"rId{last + n}" for n in range(1, len(added) + 1)]
    rows = [(key, kind, target) for key, (kind, target) in zip(ids, added, strict=True)]
    inner = "".join(_relation(*row) for row in rows)
    return there.replace("</Relationships>", inner + "</Relationships>").encode(), ids


def _relations(rows: Sequence[tuple[str, str, str]]) -> bytes:
    inner = "".join(_relation(*row) for row in rows)
    return f'{XML_HEAD}<Relationships xmlns="{_PACKAGE}">{inner}</Relationships>'.encode()


def _relation(key: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{key}" Type="{_RELATION}{kind}" Target="{target}"/>'
