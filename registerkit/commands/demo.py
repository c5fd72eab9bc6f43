"""Makes a project with example complaints, filled in as an office would, and runs the main job on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from registerkit.commands.demo_data import DemoYear, demo_texts, invent_year
from registerkit.commands.demo_told import told_year
from registerkit.commands.init import new_settings
from registerkit.commands.settings_file import with_settings
from registerkit.definition import Record
from registerkit.errors import WriteRefusedError
from registerkit.files import write_when_changed
from registerkit.letters import agenda
from registerkit.ooxml import CellValue, Editor, Package, parse_ref
from registerkit.reading import open_workbook, parse_table
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
    tables = (main, "measures", "holidays")
    _type_rows(session, workbook, {table: year.rows[table] for table in tables if table in year.rows})
    sync()
    raw = open_workbook(workbook, session.definition)
    given = parse_table(raw.tables[main], workbook.name, session.lookups()).rows
    numbers = {str(n): row.key for n, row in enumerate(given)}
    rows = {
        table: [{**record, "complaint": numbers[str(record["complaint"])]} for record in year.rows.get(table, ())]
        for table in ("contacts", "pauses", "investigations")
    }
    _type_rows(session, workbook, rows | {"letters": _sent_before(session)}, look_up=numbers["0"])


def _year(session: Session, told: Mapping[str, Any]) -> DemoYear:
    return told_year(told, session.on) if "complaints" in told else invent_year(session.on)


def _sent_before(session: Session) -> list[Record]:
    """Return the letters that the office sent by itself in earlier weeks: with the answer, or half-way."""
    register = session.register()
    rows: list[Record] = []
    for number, kind in dict.fromkeys((held.number, held.kind) for held in agenda(register).held):
        complaint = register.complaints[number]
        day = complaint.day("answered_on") or (complaint.started_on or session.on) + _HALFWAY
        phase = complaint.phase.n
        rows.append({"complaint": number, "phase": phase, "kind": kind, "made_on": day, "sent_on": day})
    return rows


def _type_rows(
    session: Session, workbook: Path, rows: Mapping[str, Sequence[Record]], look_up: str | None = None
) -> None:
    """Type rows into prepared rows; `look_up` is a number to choose on the sheet that shows one complaint."""
    raw = open_workbook(workbook, session.definition)
    edits: dict[str, dict[tuple[int, int], CellValue]] = {}
    lookups = session.lookups()
    for table_id, records in rows.items():
        table = raw.tables[table_id]
        prepared = parse_table(table, workbook.name, lookups).prepared
        for record, (row, _) in zip(records, prepared, strict=False):
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
