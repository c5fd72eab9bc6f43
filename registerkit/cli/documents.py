"""The command that makes the office's own papers: documents."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

import click

from registerkit.cli.calls import FilePath
from registerkit.cli.common import Runner, shared_options
from registerkit.cli.help import command

__all__ = ["documents_command"]


@command("documents")
@click.option("--number")
@click.option("-o", "--output", type=FilePath(folder=True))
@click.option("--replace", is_flag=True)
@shared_options
def documents_command(runner: Runner, number: str | None, output: Path | None, replace: bool) -> None:
    """Make the complaint rules and the instruction, or the analysis of one complaint, in Word."""
    with runner.project() as project:
        result, texts = project.documents(number, output, replace=replace), project.session.texts
    runner.say(texts("cli.files.done"))
    runner.list_files(result.files)
    gaps = dict.fromkeys(gap for paper in result.papers for gap in paper.gaps)
    for place, found in groupby(sorted(gaps, key=lambda gap: gap.place), key=lambda gap: gap.place):
        names = [gap.name for gap in found]
        runner.say(texts("documents.open", place=texts(f"documents.place.{place}"), names=names))
    runner.needs_person = bool(gaps)
    runner.give(result.as_json())
