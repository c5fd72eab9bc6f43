"""A project folder while it is worked in: one run at a time, in this folder and on a store that offices share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Self, TypeVar

from registerkit.files import told_of
from registerkit.session.again import PAUSES, again
from registerkit.session.folder_lock import held
from registerkit.session.session import Session, open_session
from registerkit.settings import load_settings

__all__ = ["OpenProject"]

_Result = TypeVar("_Result")


class OpenProject:
    """An open project folder. Use it in a `with` block, or close it."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._locked = False
        self._opened = _place_of(session)

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
            self._open_anew_if_replaced()
            self._locked = True
            try:
                with self._session.store.exclusive():
                    if not dry_run:
                        keep_day_copy(self._session)
                        finish_outbox(self._session)
                        if self._session.settings.paths.anonymised.exists():
                            self._finish_anonymising()
                    yield
            finally:
                self._locked = False

    def _open_anew(self) -> None:
        """Open the project as it is now."""
        old = self._session
        old.close()
        self._session = open_session(old.settings.paths.root, old.on, old.at)
        self._session.progress = old.progress
        self._opened = _place_of(self._session)

    def _open_anew_if_replaced(self) -> None:
        """Go on with the store of now where the run that was waited for put a copy back, or moved the store."""
        settings = self._session.settings
        moved = (
            settings.paths.settings.exists()
            and load_settings(settings.paths.root).database_url != settings.database_url
        )
        if moved or _place_of(self._session) != self._opened:
            self._open_anew()

    def _finish_anonymising(self) -> None:
        from registerkit.commands.anonymise import finish_anonymising

        finish_anonymising(self._session)

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


def _place_of(session: Session) -> tuple[int, int] | None:
    """Return what tells the file of a store from another that takes its place; None where it is no file."""
    file = session.store.database.address.file
    if file is None or not file.exists():
        return None
    told = file.stat()
    return told.st_dev, told.st_ino
