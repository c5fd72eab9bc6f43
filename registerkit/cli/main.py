"""The command line: a thin shell over `registerkit.Project`. Commands are loaded when they are called."""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Mapping
from typing import Any

import click

__all__ = ["COMMANDS", "cli", "main"]

COMMANDS: Mapping[str, tuple[str, str]] = {
    "init": ("setup", "Make a project folder for a new register."),
    "demo": ("demo", "Make a project with example complaints and run the main job on it."),
    "workbook": ("setup", "Build the Excel workbook."),
    "form": ("setup", "Build the single complaint form, for Excel or on paper."),
    "check": ("sync", "Check filled files; changes nothing."),
    "sync": ("sync", "Pull filled files in and bring them up to date."),
    "letters": ("output", "Make the letters that are due."),
    "reminders": ("output", "Make the digests for handlers, managers and the coordinator."),
    "report": ("output", "Make the periodic complaint analysis."),
    "weekly": ("output", "Sync, letters, reminders and report in one run."),
    "find": ("lookup", "Find complaints by words."),
    "show": ("lookup", "Show one complaint whole."),
    "history": ("lookup", "Show what changed in a complaint, when and from which source."),
    "export": ("lookup", "Write the register to a .csv, .xlsx or .json file."),
    "definition": ("definition", "Help for who changes the definition of a register."),
}
"""Every command: the module that holds it, and its help in one line."""


class _LazyGroup(click.Group):
    """Knows the commands by name and loads one only when it is called, so that `--help` stays quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"registerkit.cli.{COMMANDS[cmd_name][0]}")
        command: click.Command = getattr(module, f"{cmd_name}_command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="registerkit")
def cli() -> None:
    """Complaint registers in Excel: build them, sync them, and make letters, reminders and reports.

    \b
    Start with:   registerkit init klachten --organisation "De Spaak BV"
    Every week:   registerkit weekly --project klachten
    """


def main(arguments: list[str] | None = None) -> Any:
    """Run the command line. Exit codes: 0 done, 1 needs a person, 2 wrong usage, 3 nothing could be used."""
    given = sys.argv[1:] if arguments is None else arguments
    for stream in (sys.stdout, sys.stderr):
        # A Dutch console on Windows has no code point for every letter; a replaced one beats a traceback.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        return cli.main(given, prog_name="registerkit", standalone_mode=False)
    except click.ClickException as error:
        if "--json" in given:
            body = {"code": "usage", "message": error.format_message(), "fix": "registerkit --help", "file": None}
            click.echo(json.dumps({"error": body}, ensure_ascii=False))
        else:
            error.show()
        sys.exit(2)
    except click.exceptions.Abort:
        sys.exit(130)
    except KeyboardInterrupt:
        sys.exit(130)
