"""Shows what came of sending mail; what somebody has to look at with --quiet too."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from registerkit.cli.common import Runner

if TYPE_CHECKING:
    from registerkit.commands.send import SentMails

__all__ = ["show_mails"]


def show_mails(runner: Runner, result: SentMails | None) -> None:
    """Say what went out and what did not, and why."""
    if result is None:
        return
    texts, loud = result.texts, replace(runner, quiet=False)
    for mail in result.sent:
        runner.say(texts("cli.mail.trial" if result.is_trial else "cli.mail.sent", file=mail.file, to=mail.to))
    for each in result.unsent:
        say = runner if each.reason in ("before", "failed") else loud
        say.say(texts(f"cli.mail.{each.reason}", file=each.mail.file, to=each.mail.to, code=each.code))
    if result.error is not None:
        loud.say(result.error.full_message(texts), texts("cli.mail.stay"))
    runner.say(
        texts("cli.mail.dry" if result.is_trial else "cli.mail.done", n=len(result.sent), unsent=len(result.unsent))
    )
