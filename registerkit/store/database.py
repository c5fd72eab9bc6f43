"""The database of a store: reading from it, changing it in whole steps, and keeping other runs out meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from registerkit.database import Address
from registerkit.database.faults import lets_others_go_first, store_error
from registerkit.errors import BusyError, StoreLostError
from registerkit.store import schema
from registerkit.store.locking import free_lock, take_lock

__all__ = ["Database"]

_WAIT_SECONDS = 300
"""How long a run waits for the runs of other offices, each of which takes seconds."""
_TRIES = 20
"""How often the beginning of a step that builds on nothing gives way to others."""


class Database:
    """An open database. One that is `shared` by several offices has a lock of its own.

    Other than `IntegrityError`, which is a fault of ours, everything that a database says comes as a `StoreError`.
    """

    def __init__(self, address: Address, *, shared: bool) -> None:
        self.address = address
        self.shared = shared
        self._engine = address.engine()
        self._current: sa.Connection | None = None
        self._held = False
        self._turn: str | None = None
        """The number of the last step while others are kept out: nobody else may have taken one since."""

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """Return a connection for reading; all that is read inside is of one moment."""
        with self._told(), self._connection() as connection:
            if connection.in_transaction():
                yield connection
            else:
                with connection.begin():
                    yield connection

    @contextmanager
    def step(self, *, bookkeeping: bool = False) -> Iterator[sa.Connection]:
        """Do everything inside as one step: all of it is kept, or nothing.

        Inside `exclusive` another office's step since the state was read ends it with `StoreLostError`: what is to be
        kept may follow from a state that is no more. `bookkeeping` does not: it notes what is this office's own.
        """
        with self._told(), self._connection() as connection:
            if not self.shared:
                with connection.begin():
                    yield connection
                return
            known = self._turn if self._held else None
            with self._begun(connection, None if bookkeeping else known) as (last, turn):
                yield connection
            if self._held and last == known:
                self._turn = turn

    @contextmanager
    def exclusive(self) -> Iterator[None]:
        """Keep the runs of other offices out; raises `BusyError` when they go on for too long.

        Everything inside goes over the one connection that holds the lock: when that is lost nothing more is
        committed, and `StoreLostError` tells to begin anew. A store in the project folder has the folder's lock.
        """
        if not self.shared or self._held:
            yield
            return
        with self._told(), self._lock():
            self._held = True
            try:
                with self.reading() as connection:
                    self._turn = _turn_of(connection)
                yield
            finally:
                self._held, self._turn = False, None

    @contextmanager
    def reading_anew(self) -> Iterator[sa.Connection]:
        """Return a connection for reading, as `reading` does; the steps that follow build on what is read inside."""
        with self.reading() as connection:
            if self._held:
                self._turn = _turn_of(connection)
            yield connection

    @contextmanager
    def _lock(self) -> Iterator[None]:
        if self.address.file is not None:
            with self._file_lock():
                yield
            return
        with self._connection() as connection:
            if not take_lock(connection, _WAIT_SECONDS):
                raise BusyError(self.address.shown, reason="server")
            try:
                yield
            finally:
                _free(connection)

    @contextmanager
    def _file_lock(self) -> Iterator[None]:
        from filelock import FileLock, Timeout

        lock = FileLock(f"{self.address.file}.lock")
        try:
            lock.acquire(timeout=_WAIT_SECONDS)
        except Timeout:
            raise BusyError(self.address.shown, reason="server") from None
        try:
            yield
        finally:
            lock.release()

    @contextmanager
    def _connection(self) -> Iterator[sa.Connection]:
        """Return the connection in use, so that what is inside something else is part of it; else a new one."""
        if self._current is not None:
            if self._current.invalidated:  # It would come back without the lock.
                raise StoreLostError(self.address.shown, problem="")
            yield self._current
            return
        with self._engine.connect() as connection:
            self._current = connection
            try:
                yield connection
            finally:
                self._current = None

    @contextmanager
    def _begun(self, connection: sa.Connection, known: str | None) -> Iterator[tuple[str | None, str | None]]:
        """Begin a step and count it; gives the turn before it and its own.

        With a `known` turn the two are swapped in one statement, so that of two offices only one goes on. That, not
        the lock, is what keeps offices apart: there are servers that know no such lock.
        """
        for left in reversed(range(_TRIES)):
            with connection.begin() as begun:
                try:
                    last = known or _turn_of(connection, lock=True)
                    turn = self._swap(connection, last) if last is not None else None
                except sa.exc.DBAPIError as error:
                    if known or not left or not lets_others_go_first(error):
                        raise
                    begun.rollback()
                    continue
                yield last, turn
                return

    def _swap(self, connection: sa.Connection, last: str) -> str:
        t, turn = schema.meta, str(int(last) + 1)
        counted = connection.execute(t.update().where(t.c.name == "turn", t.c.value == last).values(value=turn))
        if counted.rowcount != 1:
            raise StoreLostError(self.address.shown, reason="overtaken")
        return turn

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except sa.exc.IntegrityError:
            raise
        except sa.exc.DBAPIError as error:
            raise store_error(self.address, error) from error


def _free(connection: sa.Connection) -> None:
    """Let the lock go, with the connection itself when that cannot be done otherwise."""
    if connection.invalidated:
        return
    try:
        free_lock(connection)
    except sa.exc.DBAPIError:
        connection.invalidate()


def _turn_of(connection: sa.Connection, *, lock: bool = False) -> str | None:
    """Return the number of the last step, None while the tables are being made; with `lock` nobody takes the next."""
    if not sa.inspect(connection).has_table(schema.meta.name):
        return None
    asked = sa.select(schema.meta.c.value).where(schema.meta.c.name == "turn")
    turn: str | None = connection.scalar(asked.with_for_update() if lock else asked)
    return turn
