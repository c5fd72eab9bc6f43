"""The command line: a thin shell over `registerkit.Project`. Commands are loaded when they are called."""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Mapping
from typing import Any

import click

from registerkit.cli.calls import called, misuse
from registerkit.cli.help import HelpGroup
from registerkit.cli.language import call_texts, default_language
from registerkit.texts import load_texts

__all__ = ["COMMANDS", "cli", "main"]

COMMANDS: Mapping[str, str] = {
    "init": "setup",
    "demo": "demo",
    "workbook": "setup",
    "form": "setup",
    "database": "database",
    "backup": "copies",
    "restore": "copies",
    "anonymise": "privacy",
    "move": "database",
    "check": "sync",
    "sync": "sync",
    "import": "bring_in",
    "letters": "output",
    "reminders": "output",
    "report": "output",
    "documents": "documents",
    "weekly": "output",
    "find": "lookup",
    "show": "lookup",
    "history": "lookup",
    "export": "lookup",
    "definition": "definition",
    "doctor": "doctor",
}
"""Every command, with the module that holds it."""


class _LazyGroup(HelpGroup):
    """Knows the commands by name and loads one only when it is called, so that `--help` stays quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"registerkit.cli.{COMMANDS[cmd_name]}")
        command: click.Command = getattr(module, f"{cmd_name}_command")
        return command


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="registerkit")
def cli() -> None:
    """Complaint registers in Excel: build them, sync them, and make letters, reminders and reports."""


def main(arguments: list[str] | None = None) -> Any:
    """Run the command line. Exit codes: 0 done, 1 needs a person, 2 wrong usage, 3 nothing could be used."""
    given = sys.argv[1:] if arguments is None else arguments
    for stream in (sys.stdout, sys.stderr):
        # A Dutch console on Windows has no code point for every letter; a replaced one beats a traceback.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    sys.unraisablehook = _untold
    try:
        return cli.main(given, prog_name="registerkit", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        sys.exit(2)
    except click.ClickException as error:
        texts = call_texts(given)
        message, fix = misuse(error, texts), texts("page.see_help", command=called(error))
        if "--json" in given:
            body = {"code": "usage", "message": message, "fix": fix, "file": None}
            click.echo(json.dumps({"error": body}, ensure_ascii=False))
        else:
            click.echo(f"{message}\n{fix}", err=True)
        sys.exit(2)
    except click.exceptions.Abort:
        sys.exit(130)
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:
        _tell_unexpected(error, given)
        sys.exit(3)


def _untold(lost: sys.UnraisableHookArgs) -> None:
    """Leave out what a file that is let go of says of a disk that refused: that was told already."""
    if not isinstance(lost.exc_value, OSError):
        sys.__unraisablehook__(lost)


def _tell_unexpected(error: Exception, given: list[str]) -> None:
    """Say that something failed which nobody thought of; the trace goes into a file, not on the screen."""
    import tempfile
    import traceback
    from pathlib import Path

    told = Path(tempfile.gettempdir()) / "registerkit-fout.txt"
    try:
        told.write_text("".join(traceback.format_exception(error)), encoding="utf-8", errors="replace")
    except OSError:  # Then it is told without.
        told = Path("-")
    try:
        texts = call_texts(given)
    except Exception:  # The settings may be what it fails on.
        texts = load_texts(default_language(), "commands")
    known = isinstance(error, OSError) and error.strerror
    problem = f"{error.strerror}: {error.filename or '-'}" if known else type(error).__name__  # type: ignore[attr-defined]
    message, fix = texts("page.unexpected", problem=problem), texts("page.unexpected_fix", file=str(told))
    if isinstance(error, MemoryError):
        message, fix = texts("page.no_memory"), texts("page.no_memory_fix")
    if "--json" in given:
        body = {"code": "unexpected", "message": message, "fix": fix, "file": None}
        click.echo(json.dumps({"error": body}, ensure_ascii=False))
    else:
        click.echo(f"{message}\n{fix}", err=True)
