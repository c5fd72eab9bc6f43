"""A project folder while it is worked in: one run at a time, in this folder and on a store that offices share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Self, TypeVar

from registerkit.files import told_of
from registerkit.session.again import PAUSES, again
from registerkit.session.folder_lock import held
from registerkit.session.session import Session

__all__ = ["OpenProject"]

_Result = TypeVar("_Result")


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
                        if self._session.settings.paths.anonymised.exists():
                            self._finish_anonymising()
                    yield
            finally:
                self._locked = False

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
