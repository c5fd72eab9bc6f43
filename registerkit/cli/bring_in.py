"""The command that brings in somebody's own register: import."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from registerkit.cli.calls import FilePath, Misused, OneOf
from registerkit.cli.common import Runner, shared_options
from registerkit.cli.help import command
from registerkit.findings import ODBC

if TYPE_CHECKING:
    from registerkit.commands.bring_in import Brought, FindingGroup, Suggested
    from registerkit.session.session import Session
    from registerkit.texts import Texts

__all__ = ["import_command"]


def _file_or_database(_: click.Context, __: click.Parameter, value: str | None) -> Path | str | None:
    """Return the path of a file; a database that is reached through ODBC is no path."""
    return value if value is None or value.startswith(ODBC) else Path(value)


@command("import")
@click.argument("file", metavar="[FILE]", required=False, type=click.UNPROCESSED, callback=_file_or_database)
@click.option("--table")
@click.option("--map", "mapping", type=FilePath())
@click.option("--suggest", is_flag=True)
@click.option("--dry-run", is_flag=True)
@click.option("--prefer", type=OneOf(["workbook", "store"]))
@click.option("--undo", is_flag=True)
@shared_options
def import_command(
    runner: Runner,
    file: Path | str | None,
    table: str | None,
    mapping: Path | None,
    suggest: bool,
    dry_run: bool,
    prefer: Literal["workbook", "store"] | None,
    undo: bool,
) -> None:
    """Bring in the complaints of another register, by a mapping file."""
    context = click.get_current_context()
    if undo == (file is not None):
        raise Misused("import", context)
    if isinstance(file, str) != (table is not None):
        raise Misused("import_table", context)
    with runner.project() as project:
        session = project.session
        texts = session.texts
        if file is None:
            copy, told = project.undo_import()
            runner.say(texts("import.undone", file=told["file"], copy=copy))
            runner.give({"files": [copy]})
        elif suggest:
            suggested = project.suggest_import(file, mapping, table)
            named = context.params["folder"]
            _show_suggested(runner, suggested, session, suggested.again(mapping, None if named == Path() else named))
            runner.give(suggested.as_json(session.relative(suggested.map)))
        else:
            brought = project.import_file(file, mapping, prefer, table, dry_run=dry_run)
            runner.needs_person = brought.needs_person
            _show_brought(runner, brought, session, dry_run=dry_run)
            runner.give(brought.as_json(texts))


def _show_suggested(runner: Runner, suggested: Suggested, session: Session, again: str) -> None:
    texts, table = session.texts, suggested.guess.table
    sure = sum(c.is_sure for c in table.columns) + (table.key is not None)
    asked = sum(c.field is not None and not c.is_sure for c in table.columns)
    left = sum(c.field is None for c in table.columns)
    runner.say(
        texts("import.suggested", map=session.relative(suggested.map)),
        texts("import.columns", sure=sure, asked=asked, left=left, n=table.rows),
    )
    choices = sum(not c.is_sure for column in table.columns for c in column.choices)
    if choices:
        runner.say(texts("import.choices", n=choices))
    for field in table.missing:
        runner.say(texts("import.missing", label=field.labels[texts.language]))
    runner.say(texts("import.next", again=again), texts("import.finally", again=again))


def _show_brought(runner: Runner, brought: Brought, session: Session, *, dry_run: bool) -> None:
    texts, result = session.texts, brought.result
    for source in result.sources:
        if source.error:
            runner.say(texts("cli.sync.failed", path=source.path, error=source.error))
    for group in brought.groups:
        _show_group(runner, group, texts)
    if brought.map:
        runner.say(texts("import.by_map", map=brought.map))
    refused = len(result.refused)
    counts = {"rows": brought.rows, "new": result.new, "changed": result.changed, "unchanged": result.unchanged}
    runner.say(texts("import.dry" if dry_run else "import.done", **counts, refused=refused))
    if result.conflicts:
        runner.say(texts("import.conflicts", n=len(result.conflicts)))
    if brought.told:
        runner.say(texts("import.all_told", file=brought.told))
    if not dry_run and (result.new or result.changed):
        runner.say(texts("import.then", workbook=session.settings.paths.workbook.name))


def _show_group(runner: Runner, group: FindingGroup, texts: Texts) -> None:
    label = f" {texts('import.in_column', label=group.label)}" if group.label else ""
    line = f"{texts(f'severity.{group.severity}')}: {group.n} x{label}"
    if group.left_out:
        line += f"; {texts('import.left_out', n=group.left_out)}"
    elif group.severity == "error" and group.examples[0].location.row:
        line += f"; {texts('import.rest_taken')}"
    if runner.quiet and group.severity == "error":  # What needs a person is said whatever was asked.
        replace(runner, quiet=False).say(f"{line}: {group.examples[0].full_message(texts)}")
    runner.say(line)
    for finding in group.examples:
        runner.say(f"   {finding.row_place(texts)}: {finding.cell_place()}{finding.full_message(texts)}")
    if group.n > len(group.examples):
        runner.say(f"   {texts('import.more', n=group.n - len(group.examples))}")
