"""What is wrong with a call, in the register's language, and the kinds of values that the commands take.

The texts stand in `texts/<language>/commands.toml` as `misused.<code>`, click's own words as `word.<WORD>`.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import click

from registerkit.setting_kinds import FIRST_DAY, LAST_DAY
from registerkit.suggest import nearest
from registerkit.texts import Texts

__all__ = ["Day", "FilePath", "Misused", "OneOf", "called", "misuse", "translated"]

_WORD = re.compile(r"[A-Z]{2,}")


def translated(text: str, texts: Texts) -> str:
    """Return click's own capital words, such as OPTIONS and FILE, in the language."""
    return _WORD.sub(lambda m: texts(f"word.{m[0]}") if f"word.{m[0]}" in texts else m[0], text)


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
            return texts("misused.missing", value=translated(error.param.human_readable_name.upper(), texts))
    return error.format_message()


def called(error: click.ClickException) -> str:
    """Return the words of the command whose help tells more about a wrong call."""
    ctx = error.ctx if isinstance(error, click.UsageError) else None
    return ctx.command_path if ctx else "registerkit"


class Day(click.ParamType):  # type: ignore[type-arg]  # Generic only in the newest click.
    """A day on the command line, as 2026-12-31."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the day."""
        if isinstance(value, date):
            return value
        try:
            day = date.fromisoformat(value)
        except ValueError:
            raise Misused("day", ctx, value=value) from None
        if not FIRST_DAY <= day <= LAST_DAY:
            raise Misused("day_range", ctx, value=value, first=FIRST_DAY, last=LAST_DAY)
        return day


class OneOf(click.Choice):  # type: ignore[type-arg]  # Generic only in the newest click.
    """One of a few words."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the word."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            known = ", ".join(map(str, self.choices))
            raise Misused("choice", ctx, value=value, option=param.opts[0] if param else "", known=known) from None


class FilePath(click.Path):
    """The path of a file, or with `folder` of a folder; it need not be there yet."""

    def __init__(self, *, folder: bool = False) -> None:
        super().__init__(file_okay=not folder, dir_okay=folder, path_type=Path, readable=False)
        self.kind = "folder" if folder else "file"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the path."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            raise Misused(f"no_{self.kind}", ctx, value=value) from None
