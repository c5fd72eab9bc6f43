"""Commands about the databases of a register: its layout elsewhere, and moving the store."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from registerkit.cli.calls import Misused
from registerkit.cli.common import Runner, shared_options
from registerkit.cli.told import command

if TYPE_CHECKING:
    from registerkit.project import Project

__all__ = ["database_command", "move_command"]


@command("database")
@click.argument("target", metavar="TARGET")
@click.option("--dialect")
@shared_options
def database_command(runner: Runner, target: str, dialect: str | None) -> None:
    """Make the layout of the register elsewhere: in a database, by its URL, or as SQL in a `.sql` file."""
    is_url, is_sql = "://" in target or target.startswith("env:"), target.lower().endswith(".sql")
    if not is_url and not is_sql:
        raise Misused("database", click.get_current_context(), value=target)
    with runner.project() as project:
        if is_url:
            runner.give(_in_database(runner, project, target))
        else:
            runner.give(_as_sql(runner, project, Path(target), dialect))


def _in_database(runner: Runner, project: Project, url: str) -> dict[str, Any]:
    """Make or migrate the tables in a database."""
    shown = project.make_layout(url)
    runner.say(project.session.texts("cli.database.made", database=shown))
    return {"files": [], "database": shown}


def _as_sql(runner: Runner, project: Project, file: Path, dialect: str | None) -> dict[str, Any]:
    """Write the tables as SQL."""
    kind = project.write_layout(file, dialect)
    named = project.session.relative(file)
    runner.say(project.session.texts("cli.database.sql", file=named, dialect=kind))
    return {"files": [named], "dialect": kind}


@command("move")
@click.argument("url", metavar="URL")
@shared_options
def move_command(runner: Runner, url: str) -> None:
    """Move the register to another database, with all its history."""
    from registerkit.batch.servers import moved_json

    with runner.project() as project:
        moved = project.move(url)
        document, texts = moved_json(project.session, moved), project.session.texts
    counts = {"tables": moved.copied.tables, "rows": moved.copied.rows}
    runner.say(texts("cli.move.done", database=moved.database, **counts), texts("cli.move.kept"))
    runner.list_files(document["files"][1:])
    runner.give(document)
