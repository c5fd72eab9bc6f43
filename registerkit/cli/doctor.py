"""The command that tells what is installed."""

from __future__ import annotations

from registerkit.cli.common import Runner, shared_options
from registerkit.cli.help import command

__all__ = ["doctor_command"]


@command("doctor")
@shared_options
def doctor_command(runner: Runner) -> None:
    """Tell which parts are installed, what they are for, and how to get those that are missing."""
    from registerkit.project import Project

    texts, parts = runner.texts(), Project.examine()
    for part in parts:
        runner.say(part.headline(texts), f"   {part.meaning(texts)}")
        if not part.found:
            runner.say(f"   {part.fix(texts)}")
    runner.give({"parts": [part.as_json(texts) for part in parts], "files": []})
