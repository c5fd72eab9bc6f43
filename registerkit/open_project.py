"""A project folder while it is worked in: one run at a time, in this folder and on a store that offices share."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from time import time
from types import TracebackType
from typing import Self, TypeVar

from registerkit.errors import BusyError
from registerkit.files import told_of
from registerkit.session.again import PAUSES, again
from registerkit.session.session import Session
from registerkit.settings import LOCK_FILE

__all__ = ["OpenProject", "held"]

_Result = TypeVar("_Result")

_WAIT_SECONDS = 10


@contextmanager
def held(root: Path) -> Iterator[None]:
    """Keep other runs out of a project folder; raises `BusyError` when one is at work already."""
    from filelock import FileLock, Timeout

    path = root / LOCK_FILE
    since = path.stat().st_mtime if path.exists() else time()
    lock = FileLock(str(path))
    try:
        lock.acquire(timeout=_WAIT_SECONDS)
    except Timeout:
        with suppress(OSError):  # Trying touched the file, whose time says since when the other is at work.
            os.utime(path, (since, since))
        raise BusyError(root, since=f"{datetime.fromtimestamp(since):%d-%m-%Y %H:%M}") from None
    except OSError as error:  # Nobody knows the lock; it is the folder that may not be written in.
        error.filename = str(root)
        raise
    with suppress(OSError):
        os.utime(path)
    try:
        yield
    finally:
        lock.release()


class OpenProject:
    """An open project folder. Use it in a `with` block, or close it."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._locked = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the store."""
        self._session.close()

    @property
    def session(self) -> Session:
        """What the commands work with: settings, definition, texts and store."""
        return self._session

    @contextmanager
    def locked(self, *, dry_run: bool = False) -> Iterator[None]:
        """Keep other runs out while this one changes things, here and in other offices that share the store.

        Raises `BusyError` when one is at work already. First finishes what a run that was broken off left to do,
        unless this is a trial.
        """
        from registerkit.session.copies import keep_day_copy
        from registerkit.session.outbox import finish_outbox

        if self._locked:
            yield
            return
        with held(self._session.settings.paths.root):
            self._locked = True
            try:
                with self._session.store.exclusive():
                    if not dry_run:
                        keep_day_copy(self._session)
                        finish_outbox(self._session)
                    yield
            finally:
                self._locked = False

    def _run(self, work: Callable[[], _Result], *, dry_run: bool = False) -> _Result:
        """Do a run's work with others kept out; one that loses its server in the middle begins anew.

        That is what the next run would do: what was committed is known again, and the rest was as if never done.
        """

        def run() -> _Result:
            with self.locked(dry_run=dry_run):
                return work()

        try:
            return again(run, () if self._locked else PAUSES)
        except OSError as error:
            raise told_of(error, self._session.settings.paths.root) from error
