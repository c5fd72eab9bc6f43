"""Makes a project with any number of invented complaints in its store and its workbook."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path

from registerkit import Project
from registerkit.commands.demo import demo_settings, demo_texts
from registerkit.commands.demo_data import invent_year
from registerkit.commands.init import make_project_folder, write_settings
from registerkit.definition import Record
from registerkit.session.merge_parts import recount_for, write_state
from registerkit.session.session import Session, open_session
from registerkit.settings import parse_settings
from registerkit.sync.compute import recompute
from registerkit.sync.numbers import Numbers
from registerkit.sync.state import RegisterState

__all__ = ["ON", "begin", "fill", "invented", "make_project", "waiting", "workbook_of"]

ON = date(2026, 11, 20)
"""The day that every command of a benchmark acts as."""
_YEARS = 4 * 365
"""Days over which the complaints are spread, beside the year that each round of them takes."""


def make_project(root: Path, rows: int) -> None:
    """Make a project whose store and workbook hold `rows` complaints, no two of them alike, and sync it once."""
    begin(root, lambda session: fill(session, invented(rows)))
    with Project.open(root, on=ON) as project:
        project.sync()


def begin(root: Path, fill: Callable[[Session], None], more: str = "") -> None:
    """Make a project, with more settings where they are given, put something into its store and build its workbook."""
    make_project_folder(root, "nl")
    text = demo_settings(demo_texts(), "eigen", "nl") + more
    session = open_session(root, ON, settings=parse_settings(text, root))
    try:
        fill(session)
    finally:
        session.close()
    write_settings(root, text)
    with Project.open(root, on=ON) as project:
        project.workbook()


def workbook_of(root: Path) -> Path:
    """Return the path of a project's workbook."""
    with Project.open(root, on=ON) as project:
        return project.session.settings.paths.workbook


def fill(session: Session, rows: Iterable[tuple[str, str, Record]]) -> None:
    """Put rows of all tables, as `invented` gives them, into the store, with all that follows from them."""
    main = session.definition.main_id
    records = {table: session.store.records(table) for table in session.definition.tables}
    state = RegisterState(session.definition, records, {}, Numbers({}, "K", lambda *_: False), session.on)
    for table, key, record in rows:
        definition = session.definition.tables[table]
        whole: Record = {f.id: None for f in definition.fields if f.stored} | record | {definition.key: key}
        state.create(table, key, whole, "bench", set())
    recompute(state, recount_for(session, state), list(state.records[main]))
    with session.store.transaction("bench", session.stamp_time) as transaction:
        write_state(transaction, state)


def invented(rows: int) -> Iterator[tuple[str, str, Record]]:
    """Return rows of all tables as table, key and record; each round of complaints ends on another day."""
    for n, record in enumerate(invent_year(ON).rows["measures"], 1):
        yield "measures", f"M-{ON.year}-{n:02}", record
    made, others = 0, 0
    while made < rows:
        year = invent_year(ON - timedelta(days=made * 7 % _YEARS))
        numbers = {}
        for n, record in enumerate(year.rows["complaints"][: rows - made]):
            made += 1
            numbers[str(n)] = key = f"K-{ON.year}-{made:06}"
            yield "complaints", key, _distinct(record, made)
        for table in ("contacts", "pauses"):
            for row in year.rows.get(table, ()):
                if str(row["complaint"]) in numbers:
                    others += 1
                    yield table, f"R{others:06}", row | {"complaint": numbers[str(row["complaint"])]}


def waiting(rows: int) -> Iterator[tuple[str, str, Record]]:
    """Return complaints that came in yesterday, of which nobody has been told that they did."""
    for table, key, record in invented(rows):
        if table == "complaints":
            told = {field: record.get(field) for field in _OF_A_NEW_ONE}
            yield table, key, told | {"received_on": ON - timedelta(days=1), "status": "nieuw"}


_OF_A_NEW_ONE = (
    "name", "email", "phone", "address", "postcode", "city", "channel", "category", "description", "handler"
)  # fmt: skip


def _distinct(record: Record, n: int) -> Record:
    """Return a complaint details of its own: in a real register few texts are the same."""
    return record | {
        "name": f"{record['name']}-{n}",
        "phone": f"06 {10_000_000 + n}",
        "email": f"klant{n}@voorbeeld.example" if record["email"] else None,
        "customer_number": str(100_000 + n),
        "description": f"{record['description']} Ons gesprek daarover had nummer {n}.",
        "measure": None,
    }
