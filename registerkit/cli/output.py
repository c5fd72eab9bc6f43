"""Commands that leave files for people: letters, reminders, report, weekly."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from registerkit.cli.calls import FilePath
from registerkit.cli.common import Runner, shared_options
from registerkit.cli.help import command
from registerkit.cli.language import project_folder
from registerkit.cli.mails import show_mails
from registerkit.cli.sync import show_sync
from registerkit.cli.waiting import show_errors, show_held, show_waiting
from registerkit.errors import UsageError

__all__ = ["letters_command", "reminders_command", "report_command", "show_weekly", "weekly_command"]


@command("letters")
@click.option("--kind")
@click.option("--number")
@click.option("--again", is_flag=True)
@click.option("--dismiss", is_flag=True)
@click.option("--check", is_flag=True)
@click.option("-o", "--output", type=FilePath(folder=True))
@click.option("--dry-run", is_flag=True)
@click.option("--pdf", is_flag=True)
@click.option("--print", "print_all", is_flag=True)
@shared_options
def letters_command(
    runner: Runner,
    kind: str | None,
    number: str | None,
    output: Path | None,
    *,
    again: bool,
    dismiss: bool,
    check: bool,
    dry_run: bool,
    pdf: bool,
    print_all: bool,
) -> None:
    """Make the letters that are due, and say which are held back and why; or say which are not to come.

    With `--check` no letter is made: the templates are looked at.
    """
    if dismiss and (number is None or again or pdf or print_all):
        raise UsageError(reason="dismiss")
    made = number is not None or again or dismiss or dry_run or pdf or print_all
    if (output is not None and not check) or (check and made):
        raise UsageError(reason="check_letters")
    if check:
        _check_letters(runner, kind, output)
        return
    with runner.project() as project:
        if dismiss and number is not None:
            result = project.dismiss_letters(number, kind, dry_run=dry_run)
        else:
            result = project.letters(kind, number, again=again, dry_run=dry_run, pdf=pdf, print_all=print_all)
        runner.needs_person = bool(result.held)
        show_letters(runner, result, project.session, dry_run=dry_run)
        if number is not None and not (result.letters or result.held or result.dismissed):
            runner.say(project.session.texts("cli.letters.nothing", number=number))
        show_held(runner, result.held, project.session.texts)
        runner.give(result.as_json())


def _check_letters(runner: Runner, kind: str | None, folder: Path | None) -> None:
    """Check the templates, and tell a person all that is wrong in each."""
    with runner.project() as project:
        result, texts, lookups = project.check_letters(kind, folder), project.session.texts, project.session.lookups()
    runner.needs_person = bool(result.faulty)
    for template in result.faulty:
        label = lookups.label("letter_kind", template.kind) if template.is_letter else texts("cli.letters.report")
        runner.say(texts("cli.letters.faulty", kind=label, file=template.file))
        runner.say(*(texts("cli.letters.help", message=fault) for fault in template.faults))
    if folder is not None:
        runner.say(texts("cli.letters.kept", n=len(result.files), folder=folder))
    cases = sum(template.cases for template in result.templates)
    runner.say(texts("cli.letters.checked", n=len(result.templates), cases=cases, faulty=len(result.faulty)))
    runner.give(result.as_json())


def show_letters(runner: Runner, result: Any, session: Any, *, dry_run: bool = False) -> None:
    """Tell a person which letters were made, and which were not."""
    texts, lookups = session.texts, session.lookups()
    if result.laid:
        runner.say(texts("cli.letters.laid", n=len(result.laid), files=", ".join(result.laid)))
    for letter in result.letters:
        label = lookups.label("letter_kind", letter.kind)
        runner.say(texts("cli.letters.made", number=letter.number, kind=label, reason=letter.reason, file=letter.file))
        if letter.draft:
            runner.say(texts("cli.letters.draft", file=letter.draft))
    for letter in result.dismissed:
        label = lookups.label("letter_kind", letter.kind)
        runner.say(texts("cli.letters.dismissed", number=letter.number, kind=label))
    for (number, kind), held in result.held_back.items():
        why = "; ".join(one.summary for one in held)
        runner.say(texts("cli.letters.held", number=number, kind=lookups.label("letter_kind", kind), why=why))
    for message in dict.fromkeys(one.message for one in result.held):
        runner.say(texts("cli.letters.help", message=message))
    if result.held:
        runner.say(texts("cli.letters.help", message=texts("cli.letters.dismiss", number=result.held[0].number)))
    name = "cli.letters.dry" if dry_run else "cli.letters.done"
    runner.say(texts(name, n=len(result.letters), held=len(result.held_back)))
    if result.print is not None:
        runner.say(texts("cli.letters.print", file=result.print))


@command("reminders")
@click.option("--send", is_flag=True)
@click.option("--dry-run", is_flag=True)
@shared_options
def reminders_command(runner: Runner, *, send: bool, dry_run: bool) -> None:
    """Make the digests for handlers, managers and the coordinator, and send them when that is asked."""
    with runner.project() as project:
        result = project.reminders(send=send, dry_run=dry_run)
        runner.needs_person = result.needs_person
        show_reminders(runner, result, project.session.texts)
        if not dry_run:
            runner.list_files(result.files)
        show_mails(runner, result.sent)
        runner.give(result.as_json())


def show_reminders(runner: Runner, result: Any, texts: Any) -> None:
    """Tell a person how much asks for attention of whom, and what."""
    from registerkit.reminders import digest_counts, digest_lines

    digests = result.digests
    for digest in [*digests.handlers, *([digests.nobody] if digests.nobody else [])]:
        name = digest.name or texts("reminders.list.no_handler")
        runner.say(texts("cli.reminders.handler", name=name, counts=digest_counts(digest, texts)))
        for line in digest_lines(digest, texts):
            runner.say(f"  {line}")
    addressed = [*digests.handlers, *digests.managers, *([digests.coordinator] if digests.coordinator else [])]
    for name in dict.fromkeys(digest.name for digest in addressed if digest and not digest.email):
        runner.say(texts("cli.reminders.no_address", name=name))
    if digests.coordinator is None:
        runner.say(texts("cli.reminders.no_coordinator"))
    else:
        runner.say(texts("cli.reminders.done", counts=digest_counts(digests.coordinator, texts)))


@command("report")
@click.option("--period")
@click.option("--memos", is_flag=True)
@click.option("--memo-for", "person")
@click.option("--publication", is_flag=True)
@click.option("--afm", is_flag=True)
@click.option("--pdf", is_flag=True)
@shared_options
def report_command(runner: Runner, period: str | None, **wanted: Any) -> None:
    """Make the periodic complaint analysis, in Excel, in Word and as a web page, and what is wanted beside it."""
    with runner.project() as project:
        report = project.report(period, **wanted)
        session = project.session
        show_report(runner, report, session)
        runner.show_findings(report.remarks, session.texts)
        runner.give(project.report_document(report))


def show_report(runner: Runner, report: Any, session: Any) -> None:
    """Tell a person the figures of a report in one line, and where it is."""
    figures = report.figures
    counts = {"received": figures.received, "closed": figures.closed, "open": figures.open_at_end}
    runner.say(session.texts("cli.report.done", period=report.period.label, **counts))
    runner.list_files([session.relative(path) for path in report.files])


@command("weekly")
@shared_options
def weekly_command(runner: Runner) -> None:
    """Sync, letters, reminders and reports in one run; a second run of the same day changes nothing."""

    with _logged(runner), runner.project() as project:
        result = project.weekly()
        session = project.session
        runner.needs_person = result.needs_person
        show_weekly(runner, result, session)
        runner.say(session.texts("cli.weekly.done", folder=result.folder))
        runner.give(result.as_json(session))


@contextmanager
def _logged(runner: Runner) -> Iterator[None]:
    """Add a line to the run log when the run fails, whatever it fails on: it may be that nobody sees the screen."""
    try:
        yield
    except (Exception, KeyboardInterrupt) as error:
        from registerkit.project import Project

        if (root := project_folder(runner.folder)) is not None:
            Project.log_failure(root, error, runner.texts(), runner.on)
        raise


def show_weekly(runner: Runner, result: Any, session: Any) -> None:
    """Tell a person what a weekly run did."""
    show_sync(runner, result.sync, session)
    show_letters(runner, result.letters, session)
    show_reminders(runner, result.reminders, session.texts)
    show_mails(runner, result.reminders.sent)
    if n := result.reminders.past_term:
        runner.say(session.texts("privacy.past_term", n=n))
    for report in result.reports:
        show_report(runner, report, session)
    show_waiting(runner, result.sync, session)
    show_held(runner, result.letters.held, session.texts)
    show_errors(runner, result.sync, session.texts)
