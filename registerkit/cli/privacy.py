"""The command that wipes personal data."""

from __future__ import annotations

from datetime import date

import click

from registerkit.cli.calls import Day
from registerkit.cli.common import Runner, shared_options
from registerkit.cli.help import command

__all__ = ["anonymise_command"]


@command("anonymise")
@click.option("--before", type=Day())
@click.option("--person", metavar="NUMBER")
@click.option("--due", is_flag=True)
@click.option("--now", is_flag=True)
@click.option("--dry-run", is_flag=True)
@shared_options
def anonymise_command(
    runner: Runner, before: date | None, person: str | None, *, due: bool, now: bool, dry_run: bool
) -> None:
    """Wipe what is personal of closed complaints; the figures stay the same."""
    with runner.project() as project:
        found = project.anonymise(before=before, person=person, due=due, now=now, dry_run=dry_run)
        texts = project.session.texts
    n, files = len(found.numbers), found.files
    name = "none" if not n else "would" if dry_run else "done"
    runner.say(texts(f"cli.anonymise.{name}", **texts.counted({"complaint": n}), numbers=", ".join(found.numbers)))
    runner.say(*(f"  {ending}: {count}" for ending, count in found.endings.items()))
    if found.early:
        runner.say(texts("cli.anonymise.early", n=found.early))
    for each in found.kept:
        runner.say(texts(f"cli.anonymise.kept.{each.reason}", number=each.number, until=each.until))
    for what, paths in (("removed", files.removed), ("cleaned", files.cleaned)):
        if paths:
            runner.say(texts(f"cli.anonymise.{what}_{'would' if dry_run else 'done'}"))
            runner.list_files(paths)
    if files.declaration:
        runner.say(texts("cli.anonymise.declared", file=files.declaration))
    for what, paths in (("waiting", files.waiting), ("left", files.left), ("unread", files.unread)):
        if n and paths:
            runner.say(texts(f"cli.anonymise.{what}{'_would' if dry_run and what == 'waiting' else ''}"))
            runner.list_files(paths)
    runner.needs_person = bool(found.kept)
    runner.give(found.as_json())
