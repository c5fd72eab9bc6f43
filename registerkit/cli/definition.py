"""Commands for who changes the definition of a register."""

from __future__ import annotations

from pathlib import Path

import click

from registerkit.cli.calls import FilePath
from registerkit.cli.common import Runner, shared_options
from registerkit.cli.help import HelpCommand, HelpGroup

__all__ = ["definition_command"]


@click.group("definition", cls=HelpGroup)
def definition_command() -> None:
    """Help for who changes the definition of a register."""


@definition_command.command("check", cls=HelpCommand)
@click.argument("file", type=FilePath())
@shared_options
def definition_check(runner: Runner, file: Path) -> None:
    """Check that a definition FILE holds together; says everything that is wrong with it at once."""
    from registerkit.definition import check_definition

    definition = check_definition(file)
    tables, fields = len(definition.tables), sum(len(t.fields) for t in definition.tables.values())
    runner.say(runner.texts()("cli.definition.done", file=file, tables=tables, fields=fields))
    runner.give({"files": [file.as_posix()], "tables": tables, "fields": fields, "findings": []})
