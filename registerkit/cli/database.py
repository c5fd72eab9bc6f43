"""Commands about the register in other databases: its tables in a file, on a server or as SQL, and moving the store."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from registerkit.cli.calls import Misused
from registerkit.cli.common import Runner, shared_options
from registerkit.cli.help import command

if TYPE_CHECKING:
    from registerkit.project import Project

__all__ = ["database_command", "move_command"]

_FILES = (".accdb", ".mdb", ".sql")


@command("database")
@click.argument("target", metavar="TARGET")
@click.option("--with-records", is_flag=True)
@click.option("--replace", is_flag=True)
@click.option("--dialect")
@shared_options
def database_command(runner: Runner, target: str, with_records: bool, replace: bool, dialect: str | None) -> None:
    """Build the register elsewhere: as an Access file, in a database by its URL, or as SQL."""
    is_url, suffix = "://" in target or target.startswith("env:"), Path(target).suffix.lower()
    if not is_url and suffix not in _FILES:
        raise Misused("database", click.get_current_context(), value=target)
    with runner.project() as project:
        if is_url:
            runner.give(_in_database(runner, project, target))
        elif suffix == ".sql":
            runner.give(_as_sql(runner, project, Path(target), dialect, replace=replace))
        else:
            runner.give(_as_file(runner, project, Path(target), with_records=with_records, replace=replace))


def _as_file(runner: Runner, project: Project, file: Path, *, with_records: bool, replace: bool) -> dict[str, Any]:
    """Build an Access file."""
    files = [project.session.relative(path) for path in project.database(file, with_records, replace)]
    runner.say(project.session.texts("cli.files.done"))
    runner.list_files(files)
    return {"files": files}


def _in_database(runner: Runner, project: Project, url: str) -> dict[str, Any]:
    """Make or migrate the tables in a database."""
    shown = project.make_layout(url)
    runner.say(project.session.texts("cli.database.made", database=shown))
    return {"files": [], "database": shown}


def _as_sql(runner: Runner, project: Project, file: Path, dialect: str | None, *, replace: bool) -> dict[str, Any]:
    """Write the tables as SQL."""
    kind = project.write_layout(file, dialect, replace=replace)
    named = project.session.relative(file)
    runner.say(project.session.texts("cli.database.sql", file=named, dialect=kind))
    return {"files": [named], "dialect": kind}


@command("move")
@click.argument("url", metavar="URL")
@shared_options
def move_command(runner: Runner, url: str) -> None:
    """Move the register to another database, with all its history."""

    with runner.project() as project:
        moved = project.move(url)
        document, texts = moved.as_json(project.session), project.session.texts
    counts = {"tables": moved.copied.tables, **texts.counted({"row": moved.copied.rows})}
    runner.say(texts("cli.move.done", database=moved.database, **counts), texts("cli.move.kept"))
    runner.list_files(document["files"][1:])
    runner.give(document)
