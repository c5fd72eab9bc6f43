"""What the peers do: the same work or the part of it that they can do, as their manuals have it, or in a better way."""

from __future__ import annotations

import io
import sqlite3
import time
from collections.abc import Callable, Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from _measure import Told, Work
from _ours import QUARTER, contexts, edited_rows, keep_values, sheet_of
from _project import ON, workbook_of

from registerkit import Project
from registerkit.analysis import Period, parse_period
from registerkit.analysis.figures import counted_roles
from registerkit.analysis.watch import WATCHED
from registerkit.definition import Definition
from registerkit.excel import day_number
from registerkit.workbook import row_names

__all__ = ["PEERS", "bare_statements"]

_PERIODS = 3
"""The period, the one before, and the same a year ago."""


# ----------------------------------------------------------------------------------------------------------- reading
def _calamine(root: Path) -> Iterator[Work]:
    """Read every sheet into lists."""
    from python_calamine import CalamineWorkbook

    path = workbook_of(root)

    def work() -> None:
        book = CalamineWorkbook.from_path(str(path))
        for name in book.sheet_names:
            book.get_sheet_by_name(name).to_python()

    yield work


def _hashes(root: Path) -> Iterator[Work]:
    """Read every sheet row by row and keep a hash of each: the least that tells which rows are as they were."""
    from python_calamine import CalamineWorkbook

    path = workbook_of(root)

    def work() -> Told:
        book, seen = CalamineWorkbook.from_path(str(path)), set()
        for name in book.sheet_names:
            seen |= {hash(tuple(row)) for row in book.get_sheet_by_name(name).iter_rows()}
        return {"rows": len(seen)}

    yield work


# ----------------------------------------------------------------------------------------------------------- writing
def _xlsxwriter(root: Path, *, memo: bool) -> Iterator[Work]:
    """Write the register's sheet alone, cell by cell, with the values, formulas and formats that ours has."""
    import xlsxwriter
    from python_calamine import CalamineWorkbook
    from xlsxwriter.worksheet import Worksheet

    path, sheet = workbook_of(root), sheet_of(root)
    with Project.open(root, on=ON) as project:
        main = project.session.definition.main
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    live = {main.by_id[f].labels["nl"]: name for f, name in row_names(main, "nl", is_main=True).items()}
    top = next(n for n, cells in enumerate(rows) if main.by_id[main.key].labels["nl"] in cells)
    formulas = {column: live[str(header)] for column, header in enumerate(rows[top]) if header in live}
    cells = [
        (row, column, f"={formulas[column]}" if row > top and column in formulas else None, value)
        for row, line in enumerate(rows)
        for column, value in enumerate(line)
        if value != "" or (row > top and column in formulas)
    ]
    if memo:
        Worksheet._prepare_formula = lru_cache(maxsize=None)(Worksheet._prepare_formula)

    def work() -> None:
        book = xlsxwriter.Workbook(root.parent / "xlsxwriter.xlsx", {"strings_to_urls": False})
        page, day = book.add_worksheet(sheet), book.add_format({"num_format": "dd-mm-yyyy", "bottom": 1})
        look = book.add_format({"bottom": 1})
        for row, column, formula, value in cells:
            if formula:
                page.write_formula(row, column, formula, day if isinstance(value, date) else look, _serial(value))
            elif isinstance(value, str):
                page.write_string(row, column, value, look)
            else:
                page.write(row, column, value, day if isinstance(value, date) else look)
        book.close()

    yield work
    keep_values(path, sheet, root.parent / "build.json")
    keep_values(root.parent / "xlsxwriter.xlsx", sheet, root.parent / "xlsxwriter.json")


def _serial(value: Any) -> Any:
    """Return a value as a formula's cell keeps it."""
    return day_number(value) if isinstance(value, date) else value


def _openpyxl_edit(root: Path) -> Iterator[Work]:
    """Load the workbook, set the cells, save it."""
    import openpyxl

    path, sheet = workbook_of(root), sheet_of(root)
    cells = edited_rows(root)

    def work() -> None:
        book = openpyxl.load_workbook(path)
        for (row, column), text in cells.items():
            book[sheet].cell(row, column + 1).value = text
        book.save(root.parent / "openpyxl.xlsx")

    yield work  # What formulas came to is gone from its file, so it is not compared.


def _wolfxl_edit(root: Path) -> Iterator[Work]:
    """The same in wolfxl's way of changing a file without taking it apart."""
    import wolfxl

    path, sheet = workbook_of(root), sheet_of(root)
    cells = edited_rows(root)

    def work() -> None:
        book = wolfxl.load_workbook(str(path), modify=True)
        for (row, column), text in cells.items():
            book[sheet].cell(row=row, column=column + 1).value = text
        book.save(str(root.parent / "wolfxl.xlsx"))

    yield work
    keep_values(root.parent / "wolfxl.xlsx", sheet, root.parent / "wolfxl_edit.json")


# ----------------------------------------------------------------------------------------------------------- letters
def _docxtpl(root: Path, *, memo: bool) -> Iterator[Work]:
    """Open the template, fill it in and save it, for each letter, as its manual has it; or compile it once."""
    from docxtpl import DocxTemplate
    from jinja2 import Environment

    environment = Environment(autoescape=True)
    if memo:
        environment.from_string = lru_cache(maxsize=None)(environment.from_string)  # type: ignore[method-assign, assignment]
    ready, made = list(contexts(root)), [b""]

    def work() -> None:
        for template, context in ready:
            document, buffer = DocxTemplate(str(template)), io.BytesIO()
            document.render(context, jinja_env=environment if memo else None, autoescape=True)
            document.save(buffer)
            made[0] = buffer.getvalue()

    yield work
    (root.parent / "docxtpl.docx").write_bytes(made[0])


# ---------------------------------------------------------------------------------------------------------- database
def bare_statements(definition: Definition, period: Period, month: str) -> Iterator[str]:
    """Return what counts as a report does: per role over three periods, per month what is watched.

    `month` is how a database gives the month of receipt.
    """
    there = definition.main.by_id
    counted, watched = ([role for role in roles if role in there] for roles in (counted_roles(), WATCHED))
    first, last = period.first.isoformat(), period.last.isoformat()
    for _ in range(_PERIODS):
        for role in counted:
            yield f"SELECT {role}, count(*) FROM complaints WHERE received_on BETWEEN '{first}' AND '{last}' GROUP BY 1"
        for day in ("received_on", "closed_on", "reopened_on"):
            yield f"SELECT count(*) FROM complaints WHERE {day} < '{first}'"
    for role in ("received_on", "closed_on", *watched):
        yield f"SELECT {month}, {role}, count(*) FROM complaints GROUP BY 1, 2"


def _group_bys(root: Path) -> Iterator[Work]:
    """Count what the report counts, by bare statements."""
    with Project.open(root, on=ON) as project:
        definition = project.session.definition
    statements = list(bare_statements(definition, parse_period(QUARTER), "substr(received_on, 1, 7)"))

    def work() -> Told:
        with sqlite3.connect(root / "register.db") as store:
            return {"groups": sum(len(store.execute(statement).fetchall()) for statement in statements)}

    yield work


def _jackcess(root: Path) -> Iterator[Work]:
    """Do what only Jackcess can do, in two measured parts; between them the values become Java's."""
    from registerkit.database.access import access_rows, fitted, plan_access, write
    from registerkit.database.access.java import jackcess
    from registerkit.session.content import content_for

    with Project.open(root, on=ON) as project:
        content = content_for(project.session, "bench")
    plan = plan_access(content.definition, content.texts)
    rows = access_rows(plan, content, complete=True)
    plan = fitted(plan, rows)
    before = time.process_time()
    jackcess()
    start = time.process_time() - before
    ready = {table.id: [*write.java_rows(table, rows[table.id])] for table in plan.tables}
    yield lambda: write.write_plan(root / "peer.accdb", "V2010", plan, ready)
    yield lambda: {"more": start}


PEERS: dict[str, Callable[[Path], Iterator[Work]]] = {
    "calamine": _calamine,
    "hashes": _hashes,
    "xlsxwriter": lambda root: _xlsxwriter(root, memo=False),
    "xlsxwriter_memo": lambda root: _xlsxwriter(root, memo=True),
    "openpyxl_edit": _openpyxl_edit,
    "wolfxl_edit": _wolfxl_edit,
    "docxtpl": lambda root: _docxtpl(root, memo=False),
    "docxtpl_memo": lambda root: _docxtpl(root, memo=True),
    "group_bys": _group_bys,
    "jackcess": _jackcess,
}
