"""Makes a project with example complaints, filled in as an office would, and runs the main job on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from registerkit.commands.demo_data import DemoYear, demo_texts, invent_year, workday
from registerkit.commands.demo_told import told_year
from registerkit.commands.init import new_settings
from registerkit.commands.settings_file import with_settings
from registerkit.definition import Record
from registerkit.errors import WriteRefusedError
from registerkit.files import write_when_changed
from registerkit.letters import agenda
from registerkit.ooxml import CellValue, Editor, Package, parse_ref
from registerkit.reading import SourceRow, open_workbook, parse_table
from registerkit.register import cell_value
from registerkit.session.session import Session
from registerkit.settings import SETTINGS_FILE
from registerkit.workbook import ASK_NUMBER

__all__ = ["being_made", "demo_settings", "demo_texts", "fill_in"]

_HALFWAY = timedelta(days=14)


_UNFINISHED = f"{SETTINGS_FILE}.demo"
"""Stands in the folder while the example is made."""


@contextmanager
def being_made(root: Path) -> Iterator[None]:
    """Say in the folder that an example is being made there.

    Raises `WriteRefusedError` when one was broken off there: half an example looks like a whole one.
    """
    file = root / _UNFINISHED
    if file.exists():
        raise WriteRefusedError(root, reason="half_example")
    was_there, had_project = root.exists(), (root / SETTINGS_FILE).exists()
    write_when_changed(file, b"")
    is_half = False
    try:
        yield
    except BaseException:
        is_half = (root / SETTINGS_FILE).exists() and not had_project
        raise
    finally:
        if not is_half:
            file.unlink(missing_ok=True)
        if not was_there and not any(root.iterdir()):
            root.rmdir()


def demo_settings(told: Mapping[str, Any], profile: str, language: str) -> str:
    """Return the settings of a new project with the example organisation's details, staff and whatever else it has."""
    return with_settings(new_settings("", language, profile=profile), {**told["settings"], "staff": told["staff"]})


def fill_in(session: Session, told: Mapping[str, Any], sync: Callable[[], object]) -> None:
    """Type an example into a freshly built workbook, with a sync on the way: contacts and the like name complaints."""
    year, main, workbook = _year(session, told), session.definition.main_id, session.settings.paths.workbook
    tables = (main, "measures")
    rows = {table: year.rows[table] for table in tables if table in year.rows}
    _type_rows(session, workbook, rows | {"holidays": _on_other_days(session, year.rows.get("holidays", ()))})
    sync()
    given = _rows_of(session, main)
    numbers = {str(n): row.key for n, row in enumerate(given)}
    rows = {
        table: [{**record, "complaint": numbers[str(record["complaint"])]} for record in year.rows.get(table, ())]
        for table in ("contacts", "pauses", "investigations")
    }
    sent = {row.row: _sent(session, row.values) for row in _rows_of(session, "letters")}
    _type_rows(session, workbook, rows | {"letters": _sent_before(session)}, sent, look_up=numbers["0"])


def _year(session: Session, told: Mapping[str, Any]) -> DemoYear:
    return told_year(told, session.on) if "complaints" in told else invent_year(session.on)


def _rows_of(session: Session, table: str) -> Sequence[SourceRow]:
    """Return the rows of a table as the workbook has them."""
    workbook = session.settings.paths.workbook
    raw = open_workbook(workbook, session.definition)
    return parse_table(raw.tables[table], workbook.name, session.lookups()).rows


def _on_other_days(session: Session, holidays: Sequence[Record]) -> list[Record]:
    """Return the office's own free days, of which none is free already: a day can stand in the table once."""
    taken = {row.key for row in _rows_of(session, "holidays")}
    found = []
    for holiday in holidays:
        day = holiday["on"]
        while isinstance(day, date) and day.isoformat() in taken:
            day = workday(day - timedelta(days=1))
        found.append({**holiday, "on": day})
    return found


def _sent_before(session: Session) -> list[Record]:
    """Return the letters that the office sent by itself in earlier weeks."""
    register = session.register()
    held = dict.fromkeys((held.number, held.kind) for held in agenda(register).held)
    rows: list[Record] = [{"complaint": n, "phase": register.complaints[n].phase.n, "kind": kind} for n, kind in held]
    return [row | _sent(session, row) for row in rows]


def _sent(session: Session, letter: Record) -> Record:
    """Return when the office sent a letter by itself: with the answer, or half-way."""
    complaint = session.register().complaints[str(letter["complaint"])]
    day = complaint.day("answered_on") or workday((complaint.started_on or session.on) + _HALFWAY)
    return {"made_on": min(day, session.on), "sent_on": min(day, session.on)}


def _type_rows(
    session: Session,
    workbook: Path,
    rows: Mapping[str, Sequence[Record]],
    letters: Mapping[int, Record] | None = None,
    look_up: str | None = None,
) -> None:
    """Type rows into prepared rows, and more into rows of letters that are there.

    `look_up` is a number to choose on the sheet that shows one complaint.
    """
    raw = open_workbook(workbook, session.definition)
    edits: dict[str, dict[tuple[int, int], CellValue]] = {}
    lookups = session.lookups()
    for table_id, records in rows.items():
        table = raw.tables[table_id]
        prepared = parse_table(table, workbook.name, lookups).prepared
        there = [(record, row) for row, record in (letters or {}).items() if table_id == "letters"]
        for record, row in [*there, *((r, row) for r, (row, _) in zip(records, prepared, strict=False))]:
            for field_id, value in record.items():
                if value is not None and field_id in table.columns:
                    shown = cell_value(table.table.by_id[field_id], value, lookups)
                    edits.setdefault(table.sheet_part, {})[(row, table.columns[field_id])] = shown
    with Package(workbook) as package:
        editor = Editor(package)
        for part, cells in edits.items():
            editor.set_cells(part, cells)
        if look_up:
            part, row, column = _asked_cell(package)
            editor.set_cells(part, {(row, column): look_up})
        editor.save(workbook)


def _asked_cell(package: Package) -> tuple[str, int, int]:
    """Return the cell in which a number is chosen: the part of its sheet, row and column."""
    sheet, _, cell = package.defined_names[ASK_NUMBER].rpartition("!")
    row, column, _, _ = parse_ref(cell.replace("$", ""))
    return next(s.part for s in package.sheets if s.name == sheet.strip("'")), row, column
