"""Runs all checks over one workbook file."""

from __future__ import annotations

import zipfile
from pathlib import Path
from xml.etree.ElementTree import Element

from ooxml_lint.archive import Archive
from ooxml_lint.book import Book, Sheet, read_book
from ooxml_lint.calc_chain import check_calc_chain
from ooxml_lint.cells import CellChecks
from ooxml_lint.charts import check_chart, is_chart
from ooxml_lint.fault import Faults, LintFault
from ooxml_lint.formats import check_formats
from ooxml_lint.formula_references import known_of
from ooxml_lint.formulas import FormulaChecks
from ooxml_lint.names import check_names
from ooxml_lint.order import check_counts, check_order
from ooxml_lint.package import check_package, check_relation_ids
from ooxml_lint.pivots import check_pivots
from ooxml_lint.properties import check_properties
from ooxml_lint.sheet_data import SheetTarget
from ooxml_lint.sheet_parts import check_sheet_parts
from ooxml_lint.styles import check_styles
from ooxml_lint.tables import check_header_cells, check_tables
from ooxml_lint.validations import check_validations
from ooxml_lint.workbook_part import check_workbook_part

__all__ = ["lint_workbook"]

_XML = (".xml", ".rels", ".vml")


def lint_workbook(path: Path, *, column_formulas: bool = False) -> list[LintFault]:
    """Give all that Excel would repair, refuse or lose in a workbook, ordered by part; does not write.

    `column_formulas` also compares the formula cells of tables with the formula of their column. Reads what
    registerkit writes: a file in the strict variant of the format, or of another program, may give faults that are
    none. Raises `OSError` when there is no file to read.
    """
    faults = Faults()
    try:
        with zipfile.ZipFile(path) as file:
            _lint(Archive(file, faults), column_formulas, faults)
    except zipfile.BadZipFile as error:
        faults.add("package_unreadable", path.name, "", str(error))
    return sorted(faults.found)


def _lint(archive: Archive, column_formulas: bool, faults: Faults) -> None:
    check_package(archive, faults)
    book = read_book(archive, faults)
    if book is None:
        return
    formulas = FormulaChecks(known_of(book), faults)
    check_workbook_part(book, faults)
    check_names(book, formulas, faults)
    check_tables(book, formulas, faults)
    check_properties(archive, faults)
    pivots = check_pivots(archive, book, faults)
    cells: dict[str, set[str]] = {}
    for sheet in book.sheets:
        cells[sheet.part] = _lint_sheet(sheet, archive, book, formulas, column_formulas, faults)
    if book.styles is not None:
        styles = next(part for part, tree in archive.known_trees() if tree is book.styles)
        check_styles(styles, book.styles, faults)
    for part in sorted(archive.parts):
        if part.endswith(_XML):
            archive.tree(part)
    for part, tree in archive.known_trees():
        check_order(part, tree, faults)
        check_counts(part, tree, faults)
        if is_chart(tree):
            check_chart(part, tree, pivots, formulas, faults)
    _lint_calc_chain(archive, book, cells, faults)
    check_relation_ids(archive, faults)


def _lint_sheet(
    sheet: Sheet, archive: Archive, book: Book, formulas: FormulaChecks, column_formulas: bool, faults: Faults
) -> set[str]:
    """Check one sheet; gives the cells that hold a formula."""
    checks = CellChecks(sheet, book, formulas, faults)
    if column_formulas:
        checks.compare_columns()
    root: Element | None = archive.feed(sheet.part, SheetTarget(checks))
    archive.keep(sheet.part, root)
    if root is None or sheet.kind != "worksheet":
        return set()
    for table in sheet.tables:
        check_header_cells(table, checks.headers, faults)
    check_sheet_parts(sheet, root, book, faults)
    check_validations(sheet, root, formulas, faults)
    check_formats(sheet, root, book, formulas, faults)
    return checks.formula_cells


def _lint_calc_chain(archive: Archive, book: Book, cells: dict[str, set[str]], faults: Faults) -> None:
    for relation in archive.relations(book.part):
        root = archive.tree(relation.target) if relation.kind == "calcChain" else None
        if root is not None:
            check_calc_chain(relation.target, root, book, cells, faults)
