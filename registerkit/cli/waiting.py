"""Shows what waits for a person; with --quiet it is all that is shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from registerkit.cli.common import Runner

if TYPE_CHECKING:
    from registerkit.letters import HeldLetter
    from registerkit.pull.results import CheckResult, SyncResult
    from registerkit.session.session import Session
    from registerkit.texts import Texts

__all__ = ["listed", "show_errors", "show_held", "show_waiting"]

_NAMED = 5
"""So many numbers are named before the rest is counted."""


def show_waiting(runner: Runner, result: SyncResult, session: Session) -> None:
    """Say what waits for somebody, a line for each kind, and where to look; with --quiet too."""
    loud, texts, waiting = replace(runner, quiet=False), session.texts, result.waiting
    for name, by_file in (("conflicts", waiting.conflicts), ("gone", waiting.gone), ("moved", waiting.moved)):
        if by_file:
            loud.say(texts(f"cli.waiting.{name}", n=sum(by_file.values()), files=", ".join(by_file)))
    if waiting.failed:
        folder = session.relative(session.settings.paths.failed)
        loud.say(texts("cli.waiting.failed", n=len(waiting.failed), folder=folder))
        loud.say(*(f"  {each.why}" for each in waiting.failed))


def show_errors(runner: Runner, result: SyncResult | CheckResult, texts: Texts) -> None:
    """Say with --quiet which sources could not be used, and what is wrong in the others; what was put aside waits."""
    if not runner.quiet:
        return
    loud, put_aside = replace(runner, quiet=False), {file for file, _ in getattr(result, "moved", ())}
    for source in result.sources:
        if source.error and source.path not in put_aside:
            loud.say(texts("cli.sync.failed", path=source.path, error=source.error))
    errors = [f for f in result.findings if f.severity == "error"]
    loud.show_findings(errors, texts, getattr(result, "refused", None))


def show_held(runner: Runner, held: Iterable[HeldLetter], texts: Texts) -> None:
    """Say with --quiet that letters are held back; without, each was told already."""
    letters = {(one.number, one.kind) for one in held}
    if runner.quiet and letters:
        numbers = listed(sorted({number for number, _ in letters}), texts)
        replace(runner, quiet=False).say(texts("cli.waiting.held", n=len(letters), numbers=numbers))


def listed(numbers: Sequence[str], texts: Texts) -> str:
    """Return the first of many numbers, and how many more there are."""
    rest = len(numbers) - _NAMED
    return ", ".join([*numbers[:_NAMED], *([texts("cli.waiting.more", n=rest)] if rest > 0 else [])])
