"""Commands about copies of the store: backup and restore."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from registerkit.cli.common import Runner, shared_options
from registerkit.cli.help import command
from registerkit.cli.values import shown_moment

if TYPE_CHECKING:
    from pathlib import Path

    from registerkit.commands.restore import Restored
    from registerkit.store.copies import Copy

__all__ = ["backup_command", "restore_command"]

_NAMED = 10
"""So many numbers are named in a line."""


@command("backup")
@shared_options
def backup_command(runner: Runner) -> None:
    """Keep a copy of the store in the archive, whatever database it is in."""
    with runner.project() as project:
        copy = project.backup()
        root = project.session.settings.paths.root
        document = project.copies_json([copy])
    _list(runner, root, [copy])
    runner.give({"files": [document[0]["file"]], "copies": document})


@command("restore")
@click.argument("copy", metavar="[COPY]", required=False)
@click.option("--workbook", "with_workbook", is_flag=True)
@click.option("--dry-run", is_flag=True)
@shared_options
def restore_command(runner: Runner, copy: str | None, with_workbook: bool, dry_run: bool) -> None:
    """List the copies of the store, or put one back."""
    from registerkit.files import project_name
    from registerkit.project import Project

    texts = runner.texts()
    if copy is None:
        root, copies, document = Project.copies(runner.folder)
        runner.say(texts("cli.restore.list") if copies else texts("cli.restore.none", folder=root))
        _list(runner, root, copies)
        runner.give({"copies": document, "files": []})
        return
    root, restored, found = Project.restore(runner.folder, copy, with_workbook=with_workbook, dry_run=dry_run)
    runner.say(texts(f"cli.restore.{'would' if dry_run else 'done'}", file=found["copy"]["file"]))
    _differences(runner, restored)
    if not dry_run:
        if restored.workbook is not None:
            runner.say(texts("cli.restore.workbook", file=project_name(restored.workbook, root)))
        runner.say(*(texts("cli.restore.kept", file=file) for file in found["kept"]), texts("cli.restore.next"))
    runner.give(found)


def _list(runner: Runner, root: Path, copies: Iterable[Copy]) -> None:
    from registerkit.files import project_name

    texts = runner.texts()
    for copy in copies:
        file = project_name(copy.file, root)
        if not copy.is_whole:
            runner.say(texts("cli.restore.unreadable", file=file))
            continue
        told = texts.counted({"complaint": copy.complaints or 0})
        changed = shown_moment(copy.changed_at) if copy.changed_at else "-"
        runner.say(texts("cli.restore.copy", file=file, changed=changed, **told))


def _differences(runner: Runner, restored: Restored) -> None:
    texts = runner.texts()
    if not restored.is_compared:
        runner.say(texts("cli.restore.not_compared"))
        return
    for name in ("only_now", "only_then", "different"):
        numbers: tuple[str, ...] = getattr(restored, name)
        if numbers:
            shown = ", ".join(numbers[:_NAMED]) + (", …" if len(numbers) > _NAMED else "")
            runner.say(texts(f"cli.restore.{name}", numbers=shown, **texts.counted({"complaint": len(numbers)})))
    if not (restored.only_now or restored.only_then or restored.different):
        runner.say(texts("cli.restore.same"))
