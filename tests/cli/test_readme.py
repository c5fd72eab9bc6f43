"""What the pages say of the command line is so: every command and option stands in the README, and every link leads somewhere."""

from __future__ import annotations

import re

import click
import pytest
from pages import ROOT, markdown_table, page

from registerkit.cli.main import cli

SHARED = {"--project", "--on", "--json", "--quiet"}
PAGES = ("README.md", "CONTRIBUTING.md", *sorted(f"docs/{file.name}" for file in (ROOT / "docs").glob("*.md")))


def commands() -> dict[str, click.Command]:
    """Give every command by the words that call it."""
    context, found = click.Context(cli), dict[str, click.Command]()
    for name in cli.list_commands(context):
        command = cli.get_command(context, name)
        assert command is not None
        inner = command.commands if isinstance(command, click.Group) else {"": command}
        found |= {f"{name} {word}".strip(): made for word, made in inner.items()}
    return found


COMMANDS = commands()


def long_options(command: click.Command) -> set[str]:
    found = (name for param in command.params if isinstance(param, click.Option) for name in param.opts)
    return {name for name in found if name.startswith("--")}


def rows() -> dict[str, dict[str, str]]:
    """Give the README's rows by the words of the command, without what goes behind them."""
    named = {}
    for row in markdown_table(page("README.md"), "Use"):
        words = row["command"].strip("`").split()
        named[" ".join(word for word in words if word == word.lower() and word[0].isalpha())] = row
    return named


def test_the_readme_has_every_command_and_no_other() -> None:
    assert set(COMMANDS) - set(rows()) == set(), "README.md, Use: add a row for these commands"
    assert set(rows()) - set(COMMANDS) == set(), "README.md, Use: there are no such commands"
    assert list(COMMANDS) == list(rows()), "README.md, Use: in another order than registerkit --help"


@pytest.mark.parametrize("name", COMMANDS)
def test_the_readme_has_every_option_of_a_command_and_no_other(name: str) -> None:
    own = long_options(COMMANDS[name]) - SHARED
    assert own == set(re.findall(r"--[a-z-]+", rows()[name]["own options"])), f"README.md, Use, row {name}"


@pytest.mark.parametrize("name", COMMANDS)
def test_the_readme_has_the_word_for_what_goes_behind_a_command(name: str) -> None:
    """`FILE...` for several, `[FILE...]` for those that may be left out."""
    wanted = [param for param in COMMANDS[name].params if isinstance(param, click.Argument)]
    shown = rows()[name]["command"].strip("`").removeprefix(name).split()
    assert len(wanted) == len(shown), f"README.md, Use, row {name}"
    for param, word in zip(wanted, shown, strict=True):
        assert word.startswith("[") is not param.required, f"README.md, Use, row {name}: {word}"
        assert ("..." in word) is (param.nargs == -1), f"README.md, Use, row {name}: {word}"


def test_the_readme_tells_the_options_that_all_take() -> None:
    told = page("README.md")
    assert {name for name in SHARED if f"`{name}" not in told} == set(), "README.md, Use, under the table"


@pytest.mark.parametrize("name", PAGES)
def test_a_page_calls_commands_and_options_that_there_are(name: str) -> None:
    """In examples and in running text: `registerkit letters --dismiss`."""
    for called in re.findall(r"registerkit ((?:[a-z]+)(?: [^`\n|]*)?)", page(name)):
        words = called.split()
        command = " ".join(words[:2]) if " ".join(words[:2]) in COMMANDS else words[0]
        if command in COMMANDS:
            known = long_options(COMMANDS[command]) | {"--help"}
            used = {word.rstrip(".,;:)") for word in words if word.startswith("--")}
            assert used - known == set(), f"{name}: registerkit {called}"


@pytest.mark.parametrize("name", PAGES)
def test_a_link_leads_to_a_file_that_there_is(name: str) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)", page(name)):
        if "://" not in target:
            file = (ROOT / name).parent / target
            assert file.exists(), f"{name}: {target}"
            assert file.resolve().is_relative_to(ROOT), f"{name}: {target}"
