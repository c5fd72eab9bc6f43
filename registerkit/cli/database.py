"""The command that makes the register's tables elsewhere: in an Access file, or by a script that Access runs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from registerkit.cli.common import Runner, shared_options
from registerkit.cli.told import command

if TYPE_CHECKING:
    from registerkit.project import Project

__all__ = ["database_command"]


@command("database")
@click.argument("target", metavar="TARGET")
@click.option("--with-records", is_flag=True)
@click.option("--replace", is_flag=True)
@shared_options
def database_command(runner: Runner, target: str, with_records: bool, replace: bool) -> None:
    """Build the register as an Access file, .accdb or .mdb, or as a script that lets Access build it."""
    with runner.project() as project, project.locked():
        made = _make(project, target, with_records=with_records, replace=replace)
        files = [project.session.relative(path) for path in made]
    runner.say(runner.texts()("cli.files.done"))
    runner.list_files(files)
    runner.give({"files": files})


def _make(project: Project, target: str, *, with_records: bool, replace: bool) -> list[Path]:
    """Make what the target asks for: its suffix tells what that is."""
    return project.database(Path(target), with_records=with_records, replace=replace)
