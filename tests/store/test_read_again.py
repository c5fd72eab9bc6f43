"""A session reads anew only what changed in its store, and has what another session would read."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

from access_samples import put_in_store
from office import Office

from registerkit.definition import Record
from registerkit.session.session import Session, open_session
from registerkit.store.anonymise import wipe

ON = date(2026, 11, 20)


def _same_as_fresh(session: Session) -> None:
    read, whole = session.records(), session.store.all_records()
    assert read == whole
    assert {table: [*rows] for table, rows in read.items()} == {table: [*rows] for table, rows in whole.items()}
    register = session.register()
    other = open_session(session.settings.paths.root, ON)
    try:
        fresh = other.register()
        assert {n: (c.state, c.terms) for n, c in register.complaints.items()} == {
            n: (c.state, c.terms) for n, c in fresh.complaints.items()
        }
    finally:
        other.close()


def test_changes_of_every_kind_are_read(tmp_path: Path) -> None:
    """New records, changed ones, those of other tables, what another session wrote, and what was wiped."""
    office, chance = Office(tmp_path / "klachten"), random.Random(17)
    office.init()
    rows = [
        {"number": f"K-2026-{k:04}", "received_on": ON - timedelta(days=k * 9), "name": "A. Bos", "status": "nieuw"}
        for k in range(1, 9)
    ]
    put_in_store(office.root, {"complaints": rows})
    session, another = open_session(office.root, ON), open_session(office.root, ON)
    try:
        _same_as_fresh(session)
        for n in range(12):
            writer = chance.choice((session, another))
            number = f"K-2026-{chance.randrange(1, 9):04}"
            old = writer.store.records("complaints")[number].get("answered_on")
            with writer.store.transaction("test", writer.stamp_time) as transaction:
                transaction.update("complaints", number, {"answered_on": (old, ON - timedelta(days=n))})
                if n % 3 == 0:
                    letter: Record = {"complaint": number, "phase": 1, "kind": "progress", "made_on": ON}
                    transaction.create("letters", f"B{n:06}", letter)
            _same_as_fresh(session)
        wipe(another.store, {"K-2026-0003": ON}, {"K-2026-0003": "p1"}, "-", another.stamp_time)
        _same_as_fresh(session)
        assert session.records()["complaints"]["K-2026-0003"]["name"] == "-"
    finally:
        session.close()
        another.close()
