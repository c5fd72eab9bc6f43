"""The workbook as the checks see it: sheets, tables, names, texts and counts. Reads leniently; checks judge."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from xml.etree.ElementTree import Element

from ooxml_lint.archive import Archive
from ooxml_lint.areas import Area, area_of
from ooxml_lint.fault import Faults
from ooxml_lint.tags import MAIN, RELATION, main, number, unescape
from ooxml_lint.texts import read_texts

__all__ = ["Book", "Name", "Sheet", "Table", "read_book"]


@dataclass(frozen=True)
class Table:
    """A table part; `columns` are the names in it, `area` is None when its range is none."""

    part: str
    root: Element
    name: str
    area: Area | None
    columns: tuple[str, ...]
    header_rows: int
    totals_rows: int


@dataclass(frozen=True)
class Sheet:
    """A sheet in the order of the workbook; `index` is what a name's `localSheetId` counts."""

    index: int
    name: str
    part: str
    kind: str
    tables: tuple[Table, ...]


@dataclass(frozen=True)
class Name:
    """A defined name; `scope` is the index of the sheet that it belongs to."""

    name: str
    scope: int | None
    text: str


@dataclass(frozen=True)
class Book:
    """All that checks of one part need to know of the others."""

    part: str
    root: Element
    sheets: tuple[Sheet, ...]
    names: tuple[Name, ...]
    texts: list[str]
    styles: Element | None
    caches: dict[str, str]
    """The parts of the pivot caches by `cacheId`."""

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """The tables of all sheets."""
        return tuple(table for sheet in self.sheets for table in sheet.tables)

    @cached_property
    def style_count(self) -> int:
        """How many styles a cell can have."""
        return 1 if self.styles is None else len(self.styles.findall(main("cellXfs/xf")))

    @cached_property
    def dxf_count(self) -> int:
        """How many styles a conditional format can have."""
        return 0 if self.styles is None else len(self.styles.findall(main("dxfs/dxf")))


def read_book(archive: Archive, faults: Faults) -> Book | None:
    """Read what the checks share; None when there is no workbook to read."""
    part = next((r.target for r in archive.relations("") if r.kind == "officeDocument"), "xl/workbook.xml")
    root = archive.tree(part)
    if root is None:
        faults.add("package_unreadable", part, "", "there is no workbook part")
        return None
    relations = {relation.id: relation for relation in archive.relations(part)}
    by_kind = {relation.kind: relation.target for relation in relations.values()}
    sheets = []
    for index, element in enumerate(root.findall(main("sheets/sheet"))):
        relation = relations.get(element.get(f"{RELATION}id", ""))
        if relation:
            tables = _read_tables(archive, relation.target)
            sheets.append(Sheet(index, element.get("name", ""), relation.target, relation.kind, tables))
    return Book(
        part=part,
        root=root,
        sheets=tuple(sheets),
        names=tuple(_name(element) for element in root.findall(main("definedNames/definedName"))),
        texts=read_texts(archive, by_kind.get("sharedStrings", ""), faults),
        styles=archive.tree(by_kind.get("styles", "")),
        caches={
            element.get("cacheId", ""): relations[element.get(f"{RELATION}id", "")].target
            for element in root.findall(main("pivotCaches/pivotCache"))
            if element.get(f"{RELATION}id", "") in relations
        },
    )


def _name(element: Element) -> Name:
    scope = element.get("localSheetId")
    return Name(element.get("name", ""), None if scope is None else number(scope), element.text or "")


def _read_tables(archive: Archive, sheet_part: str) -> tuple[Table, ...]:
    tables = []
    for relation in archive.relations(sheet_part):
        root = archive.tree(relation.target) if relation.kind == "table" else None
        if root is not None:
            tables.append(_table(relation.target, root))
    return tuple(tables)


def _table(part: str, root: Element) -> Table:
    columns = root.findall(f"{MAIN}tableColumns/{MAIN}tableColumn")
    return Table(
        part=part,
        root=root,
        name=root.get("displayName", ""),
        area=area_of(root.get("ref")),
        columns=tuple(unescape(column.get("name", "")) for column in columns),
        header_rows=number(root.get("headerRowCount"), 1),
        totals_rows=number(root.get("totalsRowCount"), 0),
    )
