"""What merging shares with building and writing back: the merger of a source, and putting a state into the store."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from registerkit.checking import CheckContext
from registerkit.database import OdbcTable
from registerkit.definition import Lookups, Record
from registerkit.errors import SettingsError
from registerkit.files import full_path
from registerkit.reading import ACCESS, WRITABLE
from registerkit.register import Rules
from registerkit.session.session import Session
from registerkit.settings import TableSetting
from registerkit.store import Transaction, encode, schema
from registerkit.store.sources import use_reserved
from registerkit.sync.complete import Completion
from registerkit.sync.compute import Recount
from registerkit.sync.merge import Merger, Prefer
from registerkit.sync.numbers import Numbers
from registerkit.sync.plan import Knowledge, SourcePlan
from registerkit.sync.scope import Scope
from registerkit.sync.state import SYSTEM, RegisterState

__all__ = [
    "SourceFile",
    "chosen_in",
    "counters_of",
    "keep_counters",
    "merger_for",
    "name_of",
    "recount_for",
    "rules_for",
    "scope_of",
    "source_of",
    "table_source",
    "term_fingerprint",
    "write_state",
]


@dataclass(frozen=True)
class SourceFile:
    """A file to pull in."""

    path: Path
    kind: str = "workbook"
    owner: str | None = None
    branch: str | None = None
    prefix: str | None = None
    scope: str = "all"
    mapping: Path | None = None
    """The file that says what is what in a file that somebody designed."""
    odbc: OdbcTable | None = None
    """The table, of a source that is no file at all; `path` then has its name, for people to point it out by."""
    known_as: str | None = None
    """What the store knows it by, where that is not its path: a file that comes anew each month under another name."""


def source_of(session: Session, path: Path) -> SourceFile:
    """Return a file as the settings know it, with its prefix, scope, owner and branch; else as a plain workbook."""
    wanted = full_path(path)
    for s in session.settings.sources:
        if full_path(s.path) == wanted:
            return SourceFile(s.path, _kind_of(s.path), s.owner, s.branch, s.prefix, s.scope, s.mapping)
    return SourceFile(path, _kind_of(path))


def table_source(setting: TableSetting) -> SourceFile:
    """Return a table of a database as a source."""
    s, odbc = setting, OdbcTable(setting.address, setting.table)
    return SourceFile(Path(odbc.shown), "odbc", s.owner, s.branch, s.prefix, s.scope, s.mapping, odbc)


def name_of(session: Session, file: SourceFile) -> str:
    """Name a source as people and JSON see it."""
    return file.odbc.shown if file.odbc else session.relative(file.path)


def _kind_of(path: Path) -> str:
    return "access" if path.suffix.lower() in ACCESS else "workbook"


def write_state(transaction: Transaction, state: RegisterState) -> None:
    """Write what changed in the working copy: records, phases, counters and the keys that were used."""
    for (table, key), created in state.created.items():
        record = state.records[table][key]
        sources = {**created.by, **dict.fromkeys(created.own, SYSTEM)}
        transaction.create(table, key, record, created.source, sources)
    use_reserved(transaction, state.created)
    for (table, key), changes in state.changed.items():
        by_source: dict[str, dict[str, tuple[object, object]]] = {}
        for field_id, (old, new, source) in changes.items():
            by_source.setdefault(source, {})[field_id] = (old, new)
        for source, fields in by_source.items():
            transaction.update(table, key, fields, source)  # type: ignore[arg-type]
    for lost in state.replaced:
        transaction.note_lost(lost.table, lost.key, lost.field, lost.value, lost.source)
    phases = {number: map(vars, state.phases[number]) for number in sorted(state.changed_phases)}
    transaction.replace_each(schema.phases, "complaint", phases)
    transaction.touched |= state.changed_phases
    keep_counters(transaction, state.numbers)


def keep_counters(transaction: Transaction, numbers: Numbers) -> None:
    """Keep the last running number given out, per pattern and year."""
    for name, value in numbers.counters.items():
        transaction.replace(schema.counters, {"name": name}, [{"name": name, "value": value}])


def merger_for(
    session: Session,
    state: RegisterState,
    knowledge: Knowledge,
    plan: SourcePlan,
    file: SourceFile | None = None,
    lookups: Lookups | None = None,
    prefer: Prefer = None,
) -> Merger:
    """Make the merger of one source."""
    settings, words = session.settings, lookups or session.lookups()
    return Merger(
        state=state,
        knowledge=knowledge,
        plan=plan,
        completion=Completion(
            session.definition, words, settings.routing, session.policy, session.on, settings.default_handler
        ),
        check=CheckContext(session.definition, words, session.on, limits=settings.limits, grants=settings.grants),
        origin=session.origin(file.owner if file else None, file.branch if file else None, words),
        prefer=prefer,
        prefix=file.prefix if file else None,
        scope=scope_of(session, file, words) if file else None,
    )


def scope_of(session: Session, file: SourceFile, lookups: Lookups) -> Scope:
    """Return which records belong in a file: a branch that shows only its own rows has no others.

    Raises `SettingsError` when nobody knows the branch: the file would show everybody's rows.
    """
    own, branch = file.scope == "own", session.origin(None, file.branch, lookups).branch
    field = session.definition.role("branch")
    if field is not None and branch is None and (own or file.branch):
        known = ", ".join(lookups.labels(field.choices or ""))
        settings = session.settings.paths.settings
        raise SettingsError(settings, reason="branch", value=file.branch or "-", known=known, source=file.path.name)
    return Scope(session.definition, branch if own else None, session.store.client_id)


def recount_for(session: Session, state: RegisterState, lookups: Lookups | None = None) -> Recount:
    """Return what computed fields follow from, with the holidays as they are in the state."""
    return Recount(rules_for(session, state, lookups or session.lookups()), session.settings.routing, session.ended_on)


def rules_for(session: Session, state: RegisterState, lookups: Lookups) -> Rules:
    """Return what complaints are read by, with the holidays as they are in the state."""
    calendar = session.calendar(state.records.get("holidays", {}).values())
    sent = session.settings.sent_when_made
    return Rules(session.definition, lookups, session.policy, calendar, session.texts, session.on, sent)


def chosen_in(session: Session, source: str) -> str | None:
    """Return the file on whose sheet people choose about a source: itself, or the project's own workbook.

    That one speaks for sources without such a sheet, and for files that are not there any more; about a file that left
    the inbox nobody chooses, for the differences lay beside it.
    """
    path, paths = session.settings.paths.root / source, session.settings.paths
    if source.lower().endswith(WRITABLE) and path.exists():
        return source
    return None if paths.inbox in path.parents else session.relative(paths.workbook)


def counters_of(session: Session) -> dict[str, int]:
    """Return the last running number given out, per pattern and year."""
    with session.store.reading() as connection:
        rows = connection.execute(sa.select(schema.counters.c.name, schema.counters.c.value))
        return {str(name): int(value) for name, value in rows}


def term_fingerprint(session: Session, holidays: Mapping[str, Record]) -> str:
    """Return a fingerprint of everything but the records that computed fields follow from, those fields included."""
    rows = sorted((key, encode(row.get("in_use")), encode(row.get("origin"))) for key, row in holidays.items())
    computed = [f.id for f in session.definition.main.fields if not f.is_input]
    told = (rows, session.settings.terms, session.settings.routing, session.settings.language, computed)
    return hashlib.sha256(repr(told).encode()).hexdigest()
