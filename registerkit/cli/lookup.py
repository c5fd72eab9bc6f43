"""Commands that look complaints up: find, show, history, export."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from registerkit.cli.calls import FilePath
from registerkit.cli.common import Runner, shared_options
from registerkit.cli.help import command
from registerkit.cli.values import shown_moment, shown_value

if TYPE_CHECKING:
    from registerkit.definition import Definition, Field
    from registerkit.texts import Texts

__all__ = ["export_command", "find_command", "history_command", "show_command"]


@command("find")
@click.argument("words", nargs=-1, required=True)
@shared_options
def find_command(runner: Runner, words: tuple[str, ...]) -> None:
    """Find the complaints in which all WORDS stand, newest first."""
    with runner.project() as project:
        found = project.find(*words)
        definition, texts = project.session.definition, project.session.texts
    runner.say(*_rows(found, definition, texts))
    runner.say(texts("cli.find.done", n=len(found)))
    runner.give(found)


_WIDEST = 32


def _rows(found: list[dict[str, Any]], definition: Definition, texts: Texts) -> Iterator[str]:
    """Return complaints a line each, by role, under the headers of their fields."""
    fields = [definition.role(role) for role in (found or [{}])[0]]
    heads = [field.labels[texts.language] if field else "" for field in fields]
    rows = ([shown_value(v, f, texts) for v, f in zip(row.values(), fields, strict=True)] for row in found)
    return _in_columns([heads, *rows])


def _in_columns(rows: list[list[str]]) -> Iterator[str]:
    """Return lines in which what belongs together stands below each other; a very long text pushes its line only."""
    widths = [min(_WIDEST, max(map(len, column))) for column in zip(*rows, strict=True)]
    for row in rows if len(rows) > 1 else ():
        yield "  ".join(f"{text:<{width}}" for text, width in zip(row, widths, strict=True)).rstrip()


@command("show")
@click.argument("number")
@click.option("--for-complainant", is_flag=True)
@shared_options
def show_command(runner: Runner, number: str, *, for_complainant: bool) -> None:
    """Show complaint NUMBER whole, with its contacts, pauses, letters and phases; or how it stands for who made it."""
    if for_complainant:
        with runner.project() as project:
            status = project.status_for(number)
        runner.say(*status["text"])
        runner.give(status)
        return
    with runner.project() as project:
        whole = project.show(number)
        definition, texts = project.session.definition, project.session.texts
    for field in definition.main.fields:
        if (value := whole.get(field.id)) is not None:
            runner.say(f"{field.labels[texts.language]:<28} {shown_value(value, field, texts)}")
    if standard := whole["standard_compensation"]:
        runner.say(f"{texts('compensation.label'):<28} {standard}")
    for table in definition.tables.values():
        for row in whole.get(table.id, ()) if table.parent else ():
            held = [(table.by_id[f], value) for f, value in row.items() if value is not None and f != table.key]
            parts = [f"{f.labels[texts.language]} {shown_value(v, f, texts)}" for f, v in held if f.id != table.parent]
            runner.say(f"{table.labels[texts.language]}: " + "; ".join(parts))
    if whole["routed"]:
        runner.say("", texts("cli.show.routed"), *whole["routed"])
    for name in ("same_person", "solved_alike"):
        if whole[name]:
            runner.say("", texts(f"cli.show.{name}"), *_rows(whole[name], definition, texts))
    runner.give(whole)


@command("history")
@click.argument("number")
@shared_options
def history_command(runner: Runner, number: str) -> None:
    """Show what changed in complaint NUMBER: when, from which source, and the old and new value."""
    with runner.project() as project:
        changes = project.history(number)
        definition, texts = project.session.definition, project.session.texts
    # What one run did lies together, whichever fields it was.
    by_run = sorted(changes, key=lambda change: (change["at"], change["table"], change["key"], change["source"]))
    for (at, table_id, _, source), group in groupby(
        by_run, lambda c: (c["at"][:16], c["table"], c["key"], c["source"])
    ):
        table = definition.tables[table_id]
        row = "" if table_id == definition.main_id else f"  {table.labels[texts.language]}"
        runner.say(f"{shown_moment(at)}  {source}{row}")
        fields = {field.name: field for field in table.fields}
        told = (change for change in group if change["field"] != table.parent)
        runner.say(*(f"  {_changed(change, fields.get(change['field']), texts)}" for change in told))
    runner.give(changes)


def _changed(change: dict[str, Any], field: Field | None, texts: Texts) -> str:
    label = field.labels[texts.language] if field else change["field"]
    old, new = (shown_value(change[side], field, texts) for side in ("old", "new"))
    lost = "" if change["taken"] else f" ({texts('cli.history.not_taken')})"
    return f"{label}: {new}{lost}" if change["old"] is None else f"{label}: {old} -> {new}{lost}"


@command("export")
@click.argument("file", type=FilePath())
@click.option("--person", metavar="NUMBER")
@click.option("--replace", is_flag=True)
@shared_options
def export_command(runner: Runner, file: Path, person: str | None, replace: bool) -> None:
    """Write the register to FILE: .json (all tables), .csv or .xlsx (the complaints); or all about one person."""
    with runner.project() as project:
        made = {} if person is None else {"numbers": project.export_person(file, person, replace=replace)}
        files = [project.session.relative(path) for path in ([file] if made else project.export(file, replace=replace))]
    runner.say(runner.texts()("cli.files.done"))
    runner.list_files(files)
    runner.give({"files": files} | made)
