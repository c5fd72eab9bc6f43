"""Commands that look complaints up: find, show, history, export."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from registerkit.cli.common import Runner, shared_options
from registerkit.cli.told import FilePath, command

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
        runner.say("  ".join(str(_day(value) or "-") for value in row.values()))
    runner.say(texts("cli.find.done", n=len(found)))
    runner.give(found)


@command("show")
@click.argument("number")
@shared_options
def show_command(runner: Runner, number: str) -> None:
    """Show complaint NUMBER whole, with its contacts, pauses, letters and phases."""
    with runner.project() as project:
        whole = project.show(number)
        definition, language = project.session.definition, project.session.settings.language
    for field in definition.main.fields:
        if (value := whole.get(field.id)) is not None:
            runner.say(f"{field.labels[language]:<28} {_day(value)}")
    for table in definition.tables.values():
        for row in whole.get(table.id, ()) if table.parent else ():
            told = {table.by_id[f].labels[language]: v for f, v in row.items() if v is not None}
            parts = [f"{label} {_day(v)}" for label, v in told.items() if label not in ("", table.key)]
            runner.say(f"{table.labels[language]}: " + "; ".join(parts))
    runner.give(whole)


@command("history")
@click.argument("number")
@shared_options
def history_command(runner: Runner, number: str) -> None:
    """Show what changed in complaint NUMBER: when, from which source, and the old and new value."""
    with runner.project() as project:
        changes = project.history(number)
        tables, language = project.session.definition.tables, project.session.settings.language
        texts = project.session.texts
    for change in changes:
        field = tables[change["table"]].by_id.get(change["field"])
        label = field.labels[language] if field else change["field"]
        line = f"{change['at'][:16].replace('T', ' ')}  {change['source']}  {label}: "
        runner.say(line + f"{_day(change['old']) or '-'} -> {_day(change['new']) or '-'}" + _lost(change, texts))
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


def _day(value: Any) -> Any:
    """Show an ISO day as Dutch people write it."""
    if isinstance(value, str) and len(value) == 10 and value[4] == value[7] == "-" and value[:4].isdigit():
        return f"{value[8:]}-{value[5:7]}-{value[:4]}"
    return value
