"""Commands that make things from the definition: init, workbook, form."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click

from registerkit.cli.calls import FilePath, OneOf
from registerkit.cli.common import Runner, shared_options
from registerkit.cli.help import command
from registerkit.cli.sync import show_sync
from registerkit.cli.waiting import show_errors
from registerkit.setting_kinds import PROFILES

__all__ = ["form_command", "init_command", "workbook_command"]

_FILE = FilePath()


@command("init")
@click.argument("folder_to_make", metavar="DIR", type=FilePath(folder=True))
@click.option("--organisation", default="")
@click.option("--language", type=OneOf(["nl", "en"]), default="nl")
@click.option("--profile", type=OneOf(PROFILES), default=PROFILES[0])
@click.option("--definition", type=_FILE)
@click.option("--database", metavar="URL")
@shared_options
def init_command(
    runner: Runner,
    folder_to_make: Path,
    organisation: str,
    language: Literal["nl", "en"],
    profile: str,
    definition: Path | None,
    database: str | None,
) -> None:
    """Make a project folder for a new register."""
    from registerkit.project import Project
    from registerkit.texts import load_texts

    runner.folder, runner.language = folder_to_make, language
    texts = load_texts(language)
    with Project.init(folder_to_make, organisation, language, definition, database, runner.on, profile) as project:
        paths = project.session.settings.paths
        made = [paths.workbook, paths.form_xlsx, paths.form_docx, paths.settings, paths.letters, paths.inbox]
        files = [project.session.relative(p) for p in made if p.exists()]
    runner.say(texts("cli.init.done", folder=folder_to_make, workbook=paths.workbook.name), *(f"  {f}" for f in files))
    runner.say(texts("cli.init.next", workbook=paths.workbook.name))
    runner.give({"files": files})


@command("workbook")
@click.option("-o", "--output", type=_FILE)
@click.option("--records", type=_FILE)
@click.option("--replace", is_flag=True)
@shared_options
def workbook_command(runner: Runner, output: Path | None, records: Path | None, replace: bool) -> None:
    """Build the Excel workbook, with the complaints of the store."""
    with runner.project() as project:
        result = project.workbook(output, records, replace=replace)
        file = project.session.relative(output or project.session.settings.paths.workbook)
        if result is not None:
            runner.needs_person = result.needs_person
            show_sync(runner, result, project.session)
            show_errors(runner, result, project.session.texts)
        texts = project.session.texts
        findings = [finding.as_json(texts) for finding in result.findings] if result is not None else []
    runner.say(texts("cli.workbook.done", file=file))
    runner.give({"files": [file], "findings": findings})


@command("form")
@click.option("-o", "--output", type=_FILE)
@click.option("--replace", is_flag=True)
@shared_options
def form_command(runner: Runner, output: Path | None, replace: bool) -> None:
    """Build the single complaint form: for Excel (.xlsx), on paper (.docx) or as a web page (.html)."""
    with runner.project() as project:
        files = [project.session.relative(path) for path in project.form(output, replace=replace)]
    runner.say(runner.texts()("cli.files.done"))
    runner.list_files(files)
    runner.give({"files": files})
