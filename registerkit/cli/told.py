"""The command line in the register's language: help pages, and what is wrong with a call.

Texts stand in `texts/<language>/commands.toml`: `help.<command>`, `option.<option>` (or `option.<command>.<option>`),
`word.<WORD>` and `misused.<code>`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from registerkit.suggest import nearest
from registerkit.texts import Texts, load_texts

__all__ = [
    "Day",
    "FilePath",
    "Misused",
    "OneOf",
    "Told",
    "ToldGroup",
    "call_texts",
    "called",
    "command",
    "default_language",
    "misuse",
    "project_folder",
    "project_language",
]

_METAVAR = re.compile(r"[A-Z]{2,}")


# ---------------------------------------------------------------------------------------------------------- language
def default_language() -> str:
    """Give the language of messages while no project says otherwise: Dutch, unless the machine is set to English."""
    setting = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "en" if setting.lower().startswith("en") else "nl"


def project_folder(folder: Path) -> Path | None:
    """Give the project folder that `folder` is or lies in, or None."""
    from registerkit.errors import MissingFileError
    from registerkit.settings import find_project

    try:
        return find_project(folder)
    except MissingFileError:
        return None


def project_language(folder: Path) -> str | None:
    """Give the language of the project that `folder` is or lies in, or None."""
    from registerkit.errors import RegisterkitError
    from registerkit.settings import load_settings

    root = project_folder(folder)
    try:
        return load_settings(root).language if root else None
    except RegisterkitError:
        return None


def call_texts(arguments: Sequence[str]) -> Texts:
    """Give the texts of the command line in the language of the project that a call is about."""
    asked = _value_of(arguments, "--language")
    if asked not in ("nl", "en"):
        asked = project_language(Path(_value_of(arguments, "--project") or "."))
    return load_texts(asked or default_language(), "commands")


def _value_of(arguments: Sequence[str], option: str) -> str | None:
    for n, word in enumerate(arguments):
        if word == option and n + 1 < len(arguments):
            return arguments[n + 1]
        if word.startswith(f"{option}="):
            return word.partition("=")[2]
    return None


# --------------------------------------------------------------------------------------------------------- wrong calls
class Misused(click.UsageError):
    """A wrong call, with the code of its text and the values to fill in."""

    def __init__(self, code: str, ctx: click.Context | None, **values: Any) -> None:
        super().__init__(code, ctx)
        self.code, self.values = code, values


def misuse(error: click.ClickException, texts: Texts) -> str:
    """Say what is wrong with a call, in one sentence; what click says itself when it is of no known sort."""
    match error:
        case Misused():
            return texts(f"misused.{error.code}", **error.values)
        case click.NoSuchOption():
            known = [word for p in error.ctx.command.params for word in p.opts] if error.ctx else []
            return texts("misused.option", value=error.option_name, nearest=nearest(error.option_name, known))
        case click.BadOptionUsage():
            return texts("misused.no_value", value=error.option_name)
        case click.MissingParameter() if error.param is not None:
            return texts("misused.missing", value=_translated(error.param.human_readable_name.upper(), texts))
    return error.format_message()


def called(error: click.ClickException) -> str:
    """Give the words of the command whose help tells more about a wrong call."""
    ctx = error.ctx if isinstance(error, click.UsageError) else None
    return ctx.command_path if ctx else "registerkit"


class Day(click.ParamType):  # type: ignore[type-arg]  # Generic only in the newest click.
    """A day on the command line, as 2026-12-31."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Give the day."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise Misused("day", ctx, value=value) from None


class OneOf(click.Choice):  # type: ignore[type-arg]  # Generic only in the newest click.
    """One of a few words."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Give the word."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            known = ", ".join(map(str, self.choices))
            raise Misused("choice", ctx, value=value, option=param.opts[0] if param else "", known=known) from None


class FilePath(click.Path):
    """The path of a file, or with `folder` of a folder; it need not be there yet."""

    def __init__(self, *, folder: bool = False) -> None:
        super().__init__(file_okay=not folder, dir_okay=folder, path_type=Path)
        self.kind = "folder" if folder else "file"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Give the path."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            raise Misused(f"no_{self.kind}", ctx, value=value) from None


# --------------------------------------------------------------------------------------------------------------- help
def _translated(text: str, texts: Texts) -> str:
    """Give click's own capital words, such as OPTIONS and FILE, in the language."""
    return _METAVAR.sub(lambda m: texts(f"word.{m[0]}") if f"word.{m[0]}" in texts else m[0], text)


def _texts_of(ctx: click.Context) -> Texts:
    known = ctx.find_root().obj
    return known if isinstance(known, Texts) else call_texts(())


def _key(ctx: click.Context) -> str:
    """Give the name of a command in the catalogue: its words after the program's name."""
    words = ctx.command_path.split()[1:]
    return "-".join(words) or "registerkit"


def _option_help(texts: Texts, key: str, name: str) -> str:
    own = f"option.{key}.{name}"
    return texts(own if own in texts else f"option.{name}")


class Told(click.Command):
    """A command whose help stands in the catalogue, under its name."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the words of a call; words that are left over are a wrong call."""
        spare, ctx.allow_extra_args = ctx.allow_extra_args, True
        left = super().parse_args(ctx, args)
        if left and not spare and not ctx.resilient_parsing:
            raise Misused("left_over", ctx, value=" ".join(left))
        return left

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write how the command is called."""
        texts = _texts_of(ctx)
        pieces = _translated(" ".join(self.collect_usage_pieces(ctx)), texts)
        formatter.write_usage(ctx.command_path, pieces, prefix=texts("page.usage"))

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the command does."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(_texts_of(ctx)(f"help.{_key(ctx)}"))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, a line each."""
        texts, key = _texts_of(ctx), _key(ctx)
        rows = []
        for param in self.get_params(ctx):
            record = param.get_help_record(ctx)
            if record is not None and isinstance(param, click.Option):
                name = param.opts[-1].lstrip("-")
                rows.append((_translated(record[0], texts), _option_help(texts, key, name)))
        with formatter.section(texts("page.options")):
            formatter.write_dl(rows)


class ToldGroup(Told, click.Group):
    """A group of commands whose help stands in the catalogue."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """Give the context of a call; the outermost one holds the texts in the call's language."""
        if parent is None:
            extra.setdefault("obj", call_texts(args))
        return super().make_context(info_name, args, parent, **extra)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the words before the command's name; without a name, show the help."""
        return click.Group.parse_args(self, ctx, args)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Give the command that is called."""
        if self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            raise Misused("command", ctx, value=args[0], nearest=nearest(args[0], self.list_commands(ctx)))
        return super().resolve_command(ctx, args)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options and the commands, a line each."""
        super().format_options(ctx, formatter)
        texts, key = _texts_of(ctx), _key(ctx)
        before = "" if key == "registerkit" else f"{key}-"
        with formatter.section(texts("page.commands")):
            lines = [(name, texts(f"help.{before}{name}").splitlines()[0]) for name in self.list_commands(ctx)]
            formatter.write_dl(lines)


def command(name: str) -> Callable[[Callable[..., Any]], Told]:
    """Make a function a command whose help stands in the catalogue under this name."""
    return click.command(name, cls=Told)
