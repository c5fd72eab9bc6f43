"""The demo command."""

from __future__ import annotations

from pathlib import Path

import click

from registerkit.cli.calls import FilePath, OneOf
from registerkit.cli.common import Runner, shared_options
from registerkit.cli.help import command
from registerkit.setting_kinds import PROFILES

__all__ = ["demo_command"]


@command("demo")
@click.argument("folder_to_make", metavar="DIR", type=FilePath(folder=True))
@click.option("--profile", type=OneOf(PROFILES), default=PROFILES[0])
@click.option("--language", type=OneOf(["nl", "en"]), default="nl")
@shared_options
def demo_command(runner: Runner, folder_to_make: Path, profile: str, language: str) -> None:
    """Make a project in DIR with invented complaints and run the main job on it."""
    from registerkit.cli.output import show_weekly
    from registerkit.project import Project

    runner.folder, runner.language = folder_to_make, language
    project, result = Project.demo(folder_to_make, runner.on, profile, language)
    with project:
        session = project.session
        runner.needs_person = result.needs_person
        show_weekly(runner, result, session)
        made = sorted(p for p in session.settings.paths.root.rglob("*") if p.is_file() and p.suffix != ".lock")
        files = [session.relative(path) for path in made]
        runner.say(session.texts("cli.demo.done", folder=folder_to_make, n=len(files)))
        runner.list_files(files)
        runner.give(result.as_json(session) | {"files": files})
