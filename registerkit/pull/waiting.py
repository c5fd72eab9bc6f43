"""What waits for a person, as store and inbox have it: told on every run until it is done, whatever was read in it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping

import sqlalchemy as sa

from registerkit.pull.inbox import failed_files
from registerkit.pull.results import CutOut, SyncResult, Waiting
from registerkit.register import Register
from registerkit.session.merge_parts import chosen_in
from registerkit.session.session import Session
from registerkit.store import schema
from registerkit.store.codec import json_object
from registerkit.store.conflicts import open_conflicts

__all__ = ["tell_waiting"]

_TOGETHER = 5
"""So many closed complaints that leave a file together were cut out of it, not lost."""

_Gone = set[tuple[str, str]]


def tell_waiting(session: Session, result: SyncResult, *, keep: bool = True) -> None:
    """Add to the result of a sync what waits, and which closed complaints were cut out of a file.

    With `keep` the store remembers the latter, so that they are told once.
    """
    main = session.definition.main_id
    gone, cut_out = _gone(session), _known_cut_out(session)
    left = {path: rows - cut_out.get(path, set()) for path, rows in gone.items() if _is_there(session, path)}
    for path in _cut_out_now(session, left, gone):
        result.cut_out.append(CutOut(path, tuple(sorted(key for table, key in left[path] if table == main))))
        cut_out[path] = cut_out.get(path, set()) | left.pop(path)
    if keep:
        _keep_cut_out(session, {path: rows & gone.get(path, set()) for path, rows in cut_out.items()})
    result.waiting = Waiting(
        conflicts=_conflicts(session),
        gone={path: len(rows) for path, rows in left.items() if rows},
        moved=_held(session),
        failed=tuple(failed_files(session)),
    )


def _cut_out_now(session: Session, left: Mapping[str, _Gone], gone: Mapping[str, _Gone]) -> list[str]:
    """Return the files from which only closed complaints are gone that were cut out together."""
    if not any(left.values()):
        return []
    register = session.register()
    return [path for path, rows in left.items() if rows and _is_cut_out(register, rows, gone[path])]


def _is_there(session: Session, path: str) -> bool:
    """Tell whether a source can still be chosen about; a table that is reached through ODBC is no file."""
    return path.startswith("odbc:") or (session.settings.paths.root / path).exists()


# ------------------------------------------------------------------------------------------------------- conflicts
def _conflicts(session: Session) -> dict[str, int]:
    """Return how many conflicts are open, by the file in which somebody chooses."""
    files = (chosen_in(session, each.source) for each in open_conflicts(session.store).values())
    return dict(Counter(file for file in files if file is not None))


def _held(session: Session) -> dict[str, int]:
    """Return how many rows have cells that are held, by file."""
    s, m = schema.sources.c, schema.moved.c
    query = sa.select(s.path, sa.func.count()).select_from(schema.moved.join(schema.sources, m.source_id == s.id))
    query = query.where(s.kind != "import")  # It is brought anew when it is right, or never.
    with session.store.reading() as connection:
        rows = connection.execute(query.where(s.office == session.store.client_id).group_by(s.path)).all()
    return {path: n for path, n in rows if _is_there(session, path)}


# ------------------------------------------------------------------------------------------------------------ gone
def _gone(session: Session) -> dict[str, _Gone]:
    """Return the rows (table, key) that files no longer show and nobody chose about, by file."""
    s, g = schema.sources.c, schema.gone.c
    query = sa.select(s.path, g.table, g.key, g.left_out).select_from(
        schema.gone.join(schema.sources, g.source_id == s.id)
    )
    with session.store.reading() as connection:
        rows = connection.execute(query.where(s.office == session.store.client_id)).all()
    found: dict[str, _Gone] = {}
    for path, table, key, left_out in rows:
        if not left_out:
            found.setdefault(path, set()).add((table, key))
    return dict(sorted(found.items()))


def _is_cut_out(register: Register, rows: _Gone, all_gone: _Gone) -> bool:
    """Tell whether rows that are gone are a year cut out: all closed, and many, or all there are of their years."""
    numbers = _complaints_of(register, rows)
    known = [register.complaints.get(number) for number in numbers]
    if not known or any(complaint is None or complaint.state.is_open for complaint in known):
        return False
    if len(numbers) >= _TOGETHER:
        return True
    years = {c.received_on.year if c and c.received_on else None for c in known}
    of_years = {n for n, c in register.complaints.items() if c.received_on and c.received_on.year in years}
    return None not in years and of_years <= _complaints_of(register, all_gone)


def _complaints_of(register: Register, rows: Iterable[tuple[str, str]]) -> set[str]:
    """Return the numbers of the complaints that rows are, or belong to; nothing for a row of none."""
    main, found = register.definition.main_id, set()
    for table, key in rows:
        parent = register.definition.tables[table].parent if table in register.definition.tables else None
        record = register.table(table).get(key, {})
        found.add(key if table == main else str(record.get(parent) or "") if parent else "")
    return found


def _known_cut_out(session: Session) -> dict[str, _Gone]:
    told = session.store.noted(_name(session), json_object) or {}
    return {path: {(table, key) for table, key in rows} for path, rows in told.items()}


def _keep_cut_out(session: Session, found: Mapping[str, _Gone]) -> None:
    cut_out = {path: rows for path, rows in found.items() if rows}
    if cut_out == _known_cut_out(session):
        return
    told = json.dumps({path: sorted(rows) for path, rows in sorted(cut_out.items())})
    with session.store.transaction("registerkit", session.stamp_time, bookkeeping=True) as transaction:
        transaction.set_meta(_name(session), told)


def _name(session: Session) -> str:
    return session.store.own_name("cut_out", session.store.client_id)
