"""Commands that look complaints up: find, show, history, export."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from registerkit.cli.calls import FilePath
from registerkit.cli.common import Runner, shared_options
from registerkit.cli.help import command
from registerkit.cli.values import shown_day, shown_value

__all__ = ["export_command", "find_command", "history_command", "show_command"]


@command("find")
@click.argument("words", nargs=-1, required=True)
@shared_options
def find_command(runner: Runner, words: tuple[str, ...]) -> None:
    """Find the complaints in which all WORDS stand, newest first."""
    with runner.project() as project:
        found = project.find(*words)
        texts = project.session.texts
    for row in found:
        runner.say("  ".join(str(shown_day(value) or "-") for value in row.values()))
    runner.say(texts("cli.find.done", n=len(found)))
    runner.give(found)


@command("show")
@click.argument("number")
@shared_options
def show_command(runner: Runner, number: str) -> None:
    """Show complaint NUMBER whole, with its contacts, pauses, letters and phases."""
    with runner.project() as project:
        whole = project.show(number)
        definition, texts = project.session.definition, project.session.texts
    for field in definition.main.fields:
        if (value := whole.get(field.id)) is not None:
            runner.say(f"{field.labels[texts.language]:<28} {shown_value(value, field, texts)}")
    for table in definition.tables.values():
        for row in whole.get(table.id, ()) if table.parent else ():
            held = [(table.by_id[f], value) for f, value in row.items() if value is not None and f != table.key]
            parts = [f"{f.labels[texts.language]} {shown_value(v, f, texts)}" for f, v in held if f.id != table.parent]
            runner.say(f"{table.labels[texts.language]}: " + "; ".join(parts))
    runner.give(whole)


@command("history")
@click.argument("number")
@shared_options
def history_command(runner: Runner, number: str) -> None:
    """Show what changed in complaint NUMBER: when, from which source, and the old and new value."""
    with runner.project() as project:
        changes = project.history(number)
        tables = project.session.definition.tables
        texts = project.session.texts
    for change in changes:
        field = tables[change["table"]].by_id.get(change["field"])
        label = field.labels[texts.language] if field else change["field"]
        old, new = (shown_value(change[side], field, texts) for side in ("old", "new"))
        at = f"{shown_day(change['at'][:10])} {change['at'][11:16]}"
        runner.say(f"{at}  {change['source']}  {label}: {old} -> {new}{_lost(change, texts)}")
    runner.give(changes)


def _lost(change: dict[str, Any], texts: Any) -> str:
    return "" if change["taken"] else f" ({texts('cli.history.not_taken')})"


@command("export")
@click.argument("file", type=FilePath())
@shared_options
def export_command(runner: Runner, file: Path) -> None:
    """Write the register to FILE: .json (all tables), .csv or .xlsx (the complaints)."""
    with runner.project() as project:
        files = [project.session.relative(path) for path in project.export(file)]
    runner.say(runner.texts()("cli.files.done"))
    runner.list_files(files)
    runner.give({"files": files})
