"""What registerkit does in each case, and the state in which a copy of the project is brought before it."""

from __future__ import annotations

import csv
import hashlib
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from _measure import Work
from _project import ON, begin, fill, waiting, workbook_of

from registerkit import Project
from registerkit.analysis import compare, parse_period, report_json
from registerkit.commands import check, report, sync, weekly, workbook  # noqa: F401  # Loading them is no part of the work.
from registerkit.letters import DueLetter, PreparedTemplate, letter_context
from registerkit.ooxml import CellValue, Editor, Package
from registerkit.reading import open_workbook
from registerkit.register import cell_value
from registerkit.resources import resource_folder
from registerkit.session.counting import counting

__all__ = ["COMMANDS", "OURS", "PREPARED", "QUARTER", "contexts", "edited_rows", "keep_values", "sheet_of"]

QUARTER = "2026-Q3"
"""The period that is reported on."""

_CHANGED = "description"
"""The field that some rows get another value in."""
_KINDS = {"ontvangstbevestiging": "acknowledgement", "afsluiting-gegrond": "outcome_founded"}
"""Templates, a short and a long one, in turns; every side reads both."""
_LETTERS = 1000
_PAGES = ("page_count", "freelist_count", "page_size")


# ------------------------------------------------------------------------------------------------------ preparations
def _without_workbook(root: Path) -> None:
    workbook_of(root).unlink()


def _saved_again(root: Path) -> None:
    """Save the workbook with other bytes and the same content."""
    path = workbook_of(root)
    packed = path.with_suffix(".tmp")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        for info in old.infolist():
            new.writestr(info.filename, old.read(info))
    packed.replace(path)


def _edited(root: Path) -> None:
    """Type another text in one row of every hundred."""
    path = workbook_of(root)
    with Package(path) as package:
        editor = Editor(package)
        editor.set_cells(_part(root), edited_rows(root))
        editor.save(path)


def edited_rows(root: Path) -> dict[tuple[int, int], CellValue]:
    """Return another text for a cell in one row of every hundred, by row from 1 and column from 0."""
    with Project.open(root, on=ON) as project:
        table = open_workbook(workbook_of(root), project.session.definition).tables["complaints"]
    column = table.columns[_CHANGED]
    rows = [row for row, cells in table.rows[::100] if len(cells) > column and cells[column]]
    return {(row, column): f"Bij nader inzien anders verteld, regel {row}." for row in rows}


def _part(root: Path) -> str:
    name = sheet_of(root)
    with Package(workbook_of(root)) as package:
        return next(sheet.part for sheet in package.sheets if sheet.name == name)


def keep_values(path: Path, sheet: str, kept: Path) -> None:
    """Keep a mark of what a sheet holds, cell by cell, so that it can be compared with what another wrote."""
    from python_calamine import CalamineWorkbook

    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    held = [(n, c, str(cell)) for n, row in enumerate(rows) for c, cell in enumerate(row) if cell != ""]
    kept.write_text(hashlib.sha256(repr(held).encode()).hexdigest(), encoding="ascii")


def _never_synced(root: Path) -> None:
    """Make a project beside the one there whose workbook holds the same complaints, and whose store none."""
    fresh, records = root / "fresh", root / "bron.csv"
    begin(fresh, lambda _: None)
    with Project.open(root, on=ON) as project:
        session = project.session
        table, lookups = session.definition.main, session.lookups()
        fields = [f for f in table.fields if f.is_input and f.id != table.key]
        rows = [
            ["" if (shown := cell_value(f, record.get(f.id), lookups)) is None else shown for f in fields]
            for record in session.store.records(table.id).values()
        ]
    with records.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow([f.labels["nl"] for f in fields])
        writer.writerows(rows)
    with Project.open(fresh, on=ON) as project:
        project.workbook(records=records, replace=True)


def _all_new(root: Path) -> None:
    """Make a project beside the one there, with a thousand complaints that all wait for a letter."""
    begin(root / "fresh", lambda session: fill(session, waiting(_LETTERS)))


PREPARED: dict[str, Callable[[Path], None]] = {
    "build": _without_workbook,
    "unchanged": _saved_again,
    "changed": _edited,
    "first": _never_synced,
    "all_letters": _all_new,
}


# -------------------------------------------------------------------------------------------------------------- work
def _build(root: Path) -> Iterator[Work]:
    with Project.open(root, on=ON) as project:
        yield lambda: project.workbook()
    with Package(workbook_of(root)) as package:
        size = len(package.read(_part(root)))
    yield lambda: {"bytes": size}


def _check(root: Path) -> Iterator[Work]:
    path = workbook_of(root)
    with Project.open(root, on=ON) as project:
        yield lambda: project.check([path])


def _sync(root: Path) -> Iterator[Work]:
    with Project.open(root, on=ON) as project:
        yield lambda: project.sync()


def _first(root: Path) -> Iterator[Work]:
    fresh = root / "fresh"
    with Project.open(fresh, on=ON) as project:
        yield lambda: project.sync()
    with sqlite3.connect(fresh / "register.db") as store:
        pages, free, page = (store.execute(f"PRAGMA {name}").fetchone()[0] for name in _PAGES)
    yield lambda: {"bytes": (pages - free) * page}


def _edit(root: Path) -> Iterator[Work]:
    path = workbook_of(root)
    part, cells, target = _part(root), edited_rows(root), root.parent / "edit.xlsx"

    def work() -> None:
        with Package(path) as package:
            editor = Editor(package)
            editor.set_cells(part, cells)
            editor.save(target)

    yield work
    keep_values(target, sheet_of(root), root.parent / "edit.json")


def _letters(root: Path) -> Iterator[Work]:
    made, prepared = [b""], dict[Path, PreparedTemplate]()
    ready = list(contexts(root))

    def work() -> None:
        for template, context in ready:
            if template not in prepared:
                prepared[template] = PreparedTemplate(template)
            made[0] = prepared[template].render(context)

    yield work
    (root.parent / "letters.docx").write_bytes(made[0])


def contexts(root: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Return the template and the content of a thousand letters, or of as many as there are complaints."""
    folder = resource_folder("letters") / "nl"
    with Project.open(root, on=ON) as project:
        register = project.session.register()
        for n, number in enumerate(list(register.complaints)[:_LETTERS]):
            name = list(_KINDS)[n % len(_KINDS)]
            yield folder / f"{name}.docx", letter_context(register, DueLetter(number, 1, _KINDS[name], ""))


def _figures(root: Path) -> Iterator[Work]:
    with Project.open(root, on=ON) as project:
        session = project.session

        def work() -> None:
            with counting(session) as tally:
                report_json(compare(tally.register, parse_period(QUARTER), tally), [])

        yield work


def _access(root: Path) -> Iterator[Work]:
    target = root / "bench.accdb"
    with Project.open(root, on=ON) as project:
        yield lambda: project.database(target, with_records=True)


OURS: dict[str, Callable[[Path], Iterator[Work]]] = {
    "build": _build,
    "check": _check,
    "unchanged": _sync,
    "changed": _sync,
    "first": _first,
    "edit": _edit,
    "letters": _letters,
    "figures": _figures,
    "access": _access,
}
"""Each yields the work that is measured, and may yield more work afterwards, whose answer is told along with it."""

COMMANDS: dict[str, tuple[str, ...]] = {
    "help": ("--help",),
    "show": ("show", "K-2026-000005"),
    "history": ("history", "K-2026-000005"),
    "find": ("find", "klant5@voorbeeld.example"),
    "report": ("report", "--period", QUARTER),
    "dry_run": ("letters", "--dry-run"),
    "all_letters": ("letters", "--project", "fresh"),
    "weekly": ("weekly", "-q"),
}
"""Commands that are measured whole, their start included."""


def sheet_of(root: Path) -> str:
    """Return the name of the register's sheet."""
    with Project.open(root, on=ON) as project:
        return project.session.definition.main.sheet[project.session.settings.language]
