"""What the figures of a project are counted from."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from registerkit.analysis import Tally
from registerkit.session.facts import bring_up_to_date
from registerkit.session.few import register_of
from registerkit.session.session import Session

__all__ = ["counting"]


@contextmanager
def counting(session: Session) -> Iterator[Tally]:
    """Return what figures are counted from, all of one moment, after bringing it up to date."""
    bring_up_to_date(session)
    with session.store.reading() as connection:
        main = session.store.tables[session.definition.main_id]
        yield Tally(connection, main, register_of(session, ()), lambda numbers: register_of(session, numbers))
