"""What all commands share: the options every one takes, opening the project, and what goes to screen or JSON."""

from __future__ import annotations

import functools
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from registerkit.cli.calls import Day
from registerkit.cli.language import default_language, folder_of_call, project_folder, project_language
from registerkit.cli.progress import Progress

if TYPE_CHECKING:
    from registerkit.findings import Finding
    from registerkit.project import Project
    from registerkit.pull.results import RefusedRow
    from registerkit.texts import Texts

__all__ = ["Runner", "shared_options"]

_Command = TypeVar("_Command", bound=Callable[..., Any])


@dataclass
class Runner:
    """How one command was called, and where its output goes."""

    folder: Path
    on: date | None
    as_json: bool
    quiet: bool
    language: str | None = None
    """The language asked for, while there is no project yet."""
    needs_person: bool = False
    """Set by a command that is done but needs somebody to look: exit code 1."""
    progress: Progress | None = None
    """What shows the steps of the work, once a project is open."""

    @contextmanager
    def project(self) -> Iterator[Project]:
        """Open the project for the time of the command."""
        from registerkit.project import Project

        with Project.open(self.folder, self.on) as project:
            session = project.session
            session.progress = self.progress = Progress(session.texts, silent=self.quiet or self.as_json)
            try:
                yield project
            finally:
                self.progress.clear()

    def texts(self) -> Texts:
        """Return the texts of the project's language, or of this machine's while there is no project."""
        from registerkit.texts import load_texts

        return load_texts(project_language(self.folder) or self.language or default_language())

    def say(self, *lines: str) -> None:
        """Show lines to a person; silent with --quiet and with --json."""
        if not self.quiet and not self.as_json:
            if self.progress is not None:
                self.progress.clear()
            for line in lines:
                click.echo(line)

    def give(self, document: Any) -> None:
        """Print the JSON document when it was asked for."""
        if self.as_json:
            click.echo(json.dumps(document, ensure_ascii=False, indent=1))

    def list_files(self, paths: Sequence[str]) -> None:
        """Show the files that were made, one a line."""
        self.say(*(f"  {path}" for path in paths))

    def show_findings(
        self, findings: Sequence[Finding], texts: Texts, refused: Sequence[RefusedRow] | None = None
    ) -> None:
        """Show findings to a person, row by row, those with an error first.

        `refused` are the rows that were left out; None where nothing at all is taken in.
        """
        left_out = {(row.file, row.sheet, row.row) for row in refused or ()}
        forms = {(file, sheet) for file, sheet, row in left_out if not row}
        rows: dict[tuple[Any, ...], list[Finding]] = {}
        for finding in findings:
            rows.setdefault((finding.location.file, finding.location.sheet, finding.location.row), []).append(finding)
        for row, found in sorted(rows.items(), key=lambda item: min(f.rank for f in item[1])):
            found.sort(key=lambda f: f.rank)
            worst = found[0]
            note = ""
            if row in left_out:
                note = texts("cli.findings.left_out")
            elif row[:2] in forms:
                note = texts("cli.findings.form_left_out")
            elif refused is not None and worst.severity == "error" and row[2]:
                note = texts("cli.findings.rest_taken")
            lines = [f"{finding.cell_place()}{finding.full_message(texts)}" for finding in found]
            place = worst.row_place(texts) or lines.pop(0)  # What is of no row stands behind its kind.
            self.say(f"{texts(f'severity.{worst.severity}')}: {place}{note}", *(f"   {line}" for line in lines))


def shared_options(command: _Command) -> _Command:
    """Return a command the options that all take, and turn its errors into messages and exit codes."""

    @click.option("--project", "folder", type=click.Path(path_type=Path, readable=False), default=Path())
    @click.option("--on", type=Day())
    @click.option("--json", "as_json", is_flag=True)
    @click.option("-q", "--quiet", is_flag=True)
    @functools.wraps(command)
    def run(folder: Path, on: date | None, as_json: bool, quiet: bool, **arguments: Any) -> None:
        from registerkit.errors import RegisterkitError
        from registerkit.files import told_of

        folder = folder_of_call(folder, arguments)
        runner = Runner(folder, on, as_json, quiet)
        try:
            command(runner, **arguments)
        except (RegisterkitError, OSError) as error:
            told = told_of(error, folder)
            _report(runner, told)
            sys.exit(told.exit_code)
        sys.exit(1 if runner.needs_person else 0)

    return run  # type: ignore[return-value]


def _report(runner: Runner, error: Any) -> None:
    from registerkit.files import named_from

    texts = runner.texts()
    if (root := project_folder(runner.folder)) is not None:
        error = named_from(error, root)
    if runner.as_json:
        body = error.as_json(texts)
        if findings := error.values.get("findings"):
            body["findings"] = [finding.as_json(texts) for finding in findings]
        if error.others:
            body["others"] = [other.as_json(texts) for other in error.others]
        click.echo(json.dumps({"error": body}, ensure_ascii=False))
        return
    click.echo(error.message(texts), err=True)
    for finding in error.values.get("findings", ()):
        click.echo(f"   {finding.place(texts)}: {finding.full_message(texts)}", err=True)
    click.echo(error.fix(texts), err=True)
    for other in error.others:
        click.echo(f"{other.message(texts)}\n{other.fix(texts)}", err=True)
