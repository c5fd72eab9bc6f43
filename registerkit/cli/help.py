"""Help pages in the register's language.

Their texts stand in `texts/<language>/commands.toml`: `help.<command>`, and `option.<option>` or
`option.<command>.<option>`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from registerkit.cli.calls import Misused, translated
from registerkit.cli.language import call_texts
from registerkit.suggest import nearest
from registerkit.texts import Texts

__all__ = ["HelpCommand", "HelpGroup", "command"]


def _texts_of(ctx: click.Context) -> Texts:
    """Return the texts in the language of a call; most calls show no help, and never look which that is."""
    given = ctx.find_root().obj
    return given if isinstance(given, Texts) else call_texts(given or ())


def _key(ctx: click.Context) -> str:
    """Return the name of a command in the catalogue: its words after the program's name."""
    words = ctx.command_path.split()[1:]
    return "-".join(words) or "registerkit"


def _option_help(texts: Texts, key: str, name: str) -> str:
    own = f"option.{key}.{name}"
    return texts(own if own in texts else f"option.{name}")


class HelpCommand(click.Command):
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
        pieces = translated(" ".join(self.collect_usage_pieces(ctx)), texts)
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
                rows.append((translated(record[0], texts), _option_help(texts, key, name)))
        with formatter.section(texts("page.options")):
            formatter.write_dl(rows)


class HelpGroup(HelpCommand, click.Group):
    """A group of commands whose help stands in the catalogue."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """Return the context of a call; the outermost one holds its words, which tell the language."""
        if parent is None:
            extra.setdefault("obj", tuple(args))
        return super().make_context(info_name, args, parent, **extra)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the words before the command's name; without a name, show the help."""
        return click.Group.parse_args(self, ctx, args)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that is called."""
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


def command(name: str) -> Callable[[Callable[..., Any]], HelpCommand]:
    """Make a function a command whose help stands in the catalogue under this name."""
    return click.command(name, cls=HelpCommand)
