"""Checks of table parts, against each other, the names and the cells of their sheet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from ooxml_lint.areas import Area, area_of
from ooxml_lint.book import Book, Sheet, Table
from ooxml_lint.fault import Faults
from ooxml_lint.formulas import FormulaChecks
from ooxml_lint.names import is_legal_name
from ooxml_lint.tags import MAIN, main
from registerkit.ooxml.cells import address

__all__ = ["check_header_cells", "check_tables"]

_LONGEST = 255
_FORMULAS = ("calculatedColumnFormula", "totalsRowFormula")
_STYLES = ("dataDxfId", "headerRowDxfId", "totalsRowDxfId")


def check_tables(book: Book, formulas: FormulaChecks, faults: Faults) -> None:
    """Check all tables of a workbook, without their cells."""
    _check_names(book, faults)
    for sheet in book.sheets:
        for table in sheet.tables:
            _check_columns(table, faults)
            _check_places(table, faults)
            _check_parts(table, sheet, book, formulas, faults)


def check_header_cells(table: Table, headers: Mapping[tuple[int, int], str | None], faults: Faults) -> None:
    """Check that each header cell holds the name of its column, as text."""
    if table.area is None or not table.header_rows:
        return
    for index, column in enumerate(table.columns):
        place = table.area.top, table.area.left + index
        found = headers.get(place)
        if found != column:
            faults.add("table_header", table.part, address(*place), f"the cell holds {found!r}, the table {column!r}")


def _check_names(book: Book, faults: Faults) -> None:
    taken = {name.name.casefold() for name in book.names}
    names = Counter(table.name.casefold() for table in book.tables)
    ids = Counter(table.root.get("id", "") for table in book.tables)
    for table in book.tables:
        name = table.name.casefold()
        if names[name] > 1 or name in taken:
            faults.add("table_name_duplicate", table.part, table.name, "another table or a name is called so")
        if not is_legal_name(table.name):
            faults.add("table_name", table.part, table.name, "is no name that Excel takes")
        number = table.root.get("id", "")
        if ids[number] > 1 or not number.isdigit() or number == "0":
            faults.add("table_id", table.part, table.name, f"id {number!r} must be a number of its own, from 1")


def _check_columns(table: Table, faults: Faults) -> None:
    for name, count in Counter(name.casefold() for name in table.columns).items():
        if count > 1:
            faults.add("table_column_duplicate", table.part, name, f"{count} columns are called so")
    for name in table.columns:
        if not 1 <= len(name) <= _LONGEST:
            faults.add("table_column_name", table.part, name[:40], f"{len(name)} characters")
    ids = [column.get("id", "") for column in table.root.findall(main("tableColumns/tableColumn"))]
    for value in _repeated(ids):
        faults.add("table_column_id", table.part, value, "two columns have this id")
    if table.area and table.area.right - table.area.left + 1 != len(table.columns):
        width = table.area.right - table.area.left + 1
        faults.add("table_column_count", table.part, table.name, f"{len(table.columns)} columns, {width} wide")


def _check_places(table: Table, faults: Faults) -> None:
    area = table.area
    rows = 0 if area is None else area.bottom - area.top + 1 - table.header_rows - table.totals_rows
    if area is None or rows < 1:
        faults.add("table_range", table.part, table.name, f"{table.root.get('ref')} leaves no row for data")
        return
    for element in table.root.findall(f"{MAIN}autoFilter"):
        held = area_of(element.get("ref"))
        if held is None or not _without_totals(area, table).holds(held):
            faults.add("table_filter", table.part, str(element.get("ref")), f"reaches outside {table.root.get('ref')}")


def _without_totals(area: Area, table: Table) -> Area:
    return area._replace(bottom=area.bottom - table.totals_rows)


def _check_parts(table: Table, sheet: Sheet, book: Book, formulas: FormulaChecks, faults: Faults) -> None:
    for column in table.root.findall(main("tableColumns/tableColumn")):
        name = column.get("name", "")
        for tag in _FORMULAS:
            if text := column.findtext(f"{MAIN}{tag}"):
                totals_of = table.name if tag == "totalsRowFormula" else ""
                formulas.check(text, table.part, name, sheet.index, totals_of=totals_of)
        for attribute in _STYLES:
            value = column.get(attribute)
            if value is not None and not (value.isdigit() and int(value) < book.dxf_count):
                faults.add("dxf_index", table.part, name, f"{attribute} {value} of {book.dxf_count}")


def _repeated(values: Iterable[str]) -> list[str]:
    return [value for value, count in Counter(values).items() if count > 1]
