"""Commands that read filled files: check and sync."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from registerkit.cli.calls import OneOf
from registerkit.cli.common import Runner, shared_options
from registerkit.cli.help import command
from registerkit.cli.waiting import listed, show_errors, show_waiting

if TYPE_CHECKING:
    from registerkit.pull.results import SyncResult
    from registerkit.session.session import Session
    from registerkit.texts import Texts

__all__ = ["check_command", "show_sync", "sync_command"]

_FILES = click.Path(path_type=Path, readable=False)


@command("check")
@click.argument("files", nargs=-1, required=True, type=_FILES)
@shared_options
def check_command(runner: Runner, files: tuple[Path, ...]) -> None:
    """Check filled files and say what is wrong in them; changes nothing."""
    with runner.project() as project:
        result = project.check(files)
        texts = project.session.texts
    runner.needs_person = result.needs_person
    _show_failures(runner, result.sources, texts)
    runner.show_findings(result.findings, texts)
    show_errors(runner, result, texts)
    counts = {"file": result.files, "row": result.rows, "finding": len(result.findings)}
    runner.say(texts("cli.check.done", **texts.counted(counts)))
    runner.give(result.as_json(texts))


@command("sync")
@click.argument("files", nargs=-1, type=_FILES)
@click.option("--dry-run", is_flag=True)
@click.option("--prefer", type=OneOf(["workbook", "store"]))
@shared_options
def sync_command(
    runner: Runner, files: tuple[Path, ...], dry_run: bool, prefer: Literal["workbook", "store"] | None
) -> None:
    """Pull filled files in and bring them up to date."""
    with runner.project() as project:
        result = project.sync(files, prefer, dry_run=dry_run)
        runner.needs_person = result.needs_person
        session = project.session
        show_sync(runner, result, session, dry_run=dry_run)
        show_waiting(runner, result, session)
        show_errors(runner, result, session.texts)
        runner.give(result.as_json(session.definition, session.lookups(), session.texts))


def _show_failures(runner: Runner, sources: Any, texts: Any) -> None:
    for source in sources:
        if source.error:
            runner.say(texts("cli.sync.failed", path=source.path, error=source.error))


def show_sync(runner: Runner, result: Any, session: Session, *, dry_run: bool = False) -> None:
    """Tell a person what a sync did."""
    texts = session.texts
    _show_failures(runner, result.sources, texts)
    runner.show_findings(result.findings, texts, result.refused)
    for _, conflict in result.conflicts:
        told = _field(session, conflict.table, conflict.field, file=conflict.file_value, store=conflict.store_value)
        runner.say(texts(f"cli.sync.conflict_{conflict.kept}", number=conflict.key, **told))
    for each in result.settled:
        told = _field(session, each.conflict.table, each.conflict.field, value=each.value)
        runner.say(texts("cli.sync.settled", number=each.conflict.key, **told))
    _show_gone(runner, result, texts)
    for _, change in result.list_changes:
        label = session.definition.lists[change.list_id].labels[session.settings.language]
        name = "cli.sync.list_new" if change.old is None else "cli.sync.list_changed"
        runner.say(texts(name, list=label, code=change.code, old=change.old, new=change.new))
    for row in result.assigned:
        runner.say(texts("cli.sync.assigned" if row.row else "cli.sync.assigned_form", **asdict(row)))
    for number, old, new in result.recounted:
        runner.say(texts("cli.sync.recounted", number=number, old=old, new=new))
    for number in result.alerts:
        runner.say(texts("cli.sync.alert", number=number))
    for file, to in result.moved:
        runner.say(texts("cli.sync.moved", file=file, to=to))
    if dry_run or len(result.sources) > 1:
        _show_sources(runner, result, texts)
    if dry_run:
        _show_changes(runner, result, session)
    counts = {"new": result.new, "changed": result.changed, "unchanged": result.unchanged}
    runner.say(texts("cli.sync.dry" if dry_run else "cli.sync.done", **counts, refused=len(result.refused)))
    for path in result.written_back:
        runner.say(texts("cli.sync.written", path=path))


def _show_gone(runner: Runner, result: SyncResult, texts: Texts) -> None:
    """Show which rows a file no longer has: one by one, but for closed complaints that were cut out together."""
    cut_out = {(number, each.file) for each in result.cut_out for number in each.numbers}
    for number, file in result.missing:
        if (number, file) not in cut_out:
            runner.say(texts("cli.sync.missing", number=number, file=file))
    for each in result.cut_out:
        numbers = listed(each.numbers, texts)
        runner.say(texts("cli.sync.cut_out", n=len(each.numbers), numbers=numbers, file=each.file))


_COUNTS = ("rows", "new", "changed", "unchanged", "conflicts", "missing", "refused")


def _show_sources(runner: Runner, result: SyncResult, texts: Texts) -> None:
    """Show what came or would come of each source, a line each."""
    heads = [texts(f"cli.sync.head.{name}") for name in _COUNTS]
    width = max(len(source.path) for source in result.sources)
    runner.say(" " * width + "".join(f"  {head}" for head in heads))
    for source in result.sources:
        counts = (f"{getattr(source, name):>{len(head)}}" for name, head in zip(_COUNTS, heads, strict=True))
        runner.say(f"{source.path:<{width}}" + "".join(f"  {count}" for count in counts))


def _show_changes(runner: Runner, result: SyncResult, session: Session) -> None:
    """Show every value that would change, a line each."""
    for each in result.changes:
        told = _field(session, each.table, each.field, old=each.old, new=each.new)
        runner.say(session.texts("cli.sync.change", number=each.key, **told))


def _field(session: Session, table: str, field_id: str, **values: Any) -> dict[str, str]:
    """Return a field's label, and values of it as people read them."""
    from registerkit.register import written

    field = session.definition.tables[table].by_id[field_id]
    told, lookups = {"label": field.labels[session.settings.language]}, session.lookups()
    for name, value in values.items():
        told[name] = " / ".join((written(field, value, lookups) or "-").splitlines())
    return told
