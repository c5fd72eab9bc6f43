"""The weekly run: sync, letters, reminders and reports under one lock, with one write-back at the end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from registerkit.analysis import Period, Report, ended_since, week_of
from registerkit.commands.letters import LettersResult, make_letters
from registerkit.commands.reminders import RemindersResult, make_reminders, send_reminders
from registerkit.commands.report import make_period_report, period_json
from registerkit.commands.sync import merge, settle
from registerkit.errors import PdfError, RegisterkitError
from registerkit.files import named_from
from registerkit.findings import Finding
from registerkit.pull.results import SyncResult
from registerkit.session.gc_pause import gc_pause
from registerkit.session.session import Session, week_folder
from registerkit.settings import project_paths
from registerkit.store import schema
from registerkit.store.runs import begin_run, finish_run, finished_on, last_finished
from registerkit.texts import Texts
from registerkit.writeback import backup, prune

__all__ = ["WeeklyResult", "log_failure", "run_weekly"]

_COMMAND = "weekly"
_CLOCKS_DIFFER = timedelta(minutes=10)
"""So much the clocks of two computers of one office may differ."""


@dataclass(frozen=True)
class WeeklyResult:
    """What a weekly run did."""

    sync: SyncResult
    letters: LettersResult
    reminders: RemindersResult
    reports: tuple[Report, ...]
    folder: str

    @property
    def needs_person(self) -> bool:
        """Whether somebody has to look."""
        return self.sync.needs_person or bool(self.letters.held) or self.reminders.needs_person

    def as_json(self, session: Session) -> dict[str, Any]:
        """Return the contract's weekly document."""
        sync = self.sync.as_json(session.definition, session.lookups(), session.texts)
        sync["waiting"]["held_letters"] = len(self.letters.held_back)
        return {
            "sync": sync,
            "letters": self.letters.as_json(),
            "reminders": self.reminders.as_json(),
            "reports": [period_json(session, report) for report in self.reports],
            "folder": self.folder,
        }


def run_weekly(session: Session) -> WeeklyResult:
    """Do the week's work for the day acted on; a second run of the same day finds nothing left to do.

    Broken off at any moment it leaves the store and every file as they were or complete, and the next run
    finishes the work.
    """
    _backup_store(session)
    folder = week_folder(session)
    run = _begin(session)
    with gc_pause():
        merged = merge(session)
    merged.result.findings += _clock_set_back(session)
    letters = _letters(session, merged.result)
    reminders = make_reminders(session)
    reports = tuple(make_period_report(session, period) for period in _periods(session))
    for report in reports:  # They are made on the same page, of which the same is told.
        merged.result.findings += [told for told in report.remarks if told not in merged.result.findings]
    with gc_pause():
        settle(session, merged)
    if session.settings.mail.get("send"):  # All else is done: a server that does not answer keeps nobody waiting.
        reminders = send_reminders(session, reminders)
    result = WeeklyResult(merged.result, letters, reminders, reports, session.relative(folder))
    _finish(session, run, result)
    _log(session, result)
    _backup_store(session)
    return result


def _letters(session: Session, result: SyncResult) -> LettersResult:
    """Make the letters, as PDF files too where the office wants that; without what it takes they come in Word."""
    wanted = session.settings.letters
    try:
        return make_letters(session, pdf=wanted.get("pdf", False), print_all=wanted.get("print", False))
    except PdfError as error:
        result.findings.append(Finding("no_pdf", "warning", context={"problem": error.message(session.texts)}))
        return make_letters(session)


def _clock_set_back(session: Session) -> list[Finding]:
    """Tell when an earlier run came to its end later than it is now, for then the days that follow are wrong."""
    r = schema.runs.c
    with session.store.reading() as connection:
        ended = connection.scalars(sa.select(r.finished_at).where(r.office == session.store.client_id))
        now = session.at.astimezone()
        last = max((datetime.fromisoformat(at).astimezone() for at in ended if at), default=now)
    if last - now < _CLOCKS_DIFFER:
        return []
    told = {"last": f"{last:%d-%m-%Y %H:%M}", "now": f"{now:%d-%m-%Y %H:%M}"}
    return [Finding("clock_set_back", "warning", context=told)]


def _periods(session: Session) -> list[Period]:
    """Return the week of the day, and each month, quarter or year that has ended since the last run."""
    since = last_finished(session.store, _COMMAND, session.on)
    return [week_of(session.on), *ended_since(since, session.on)]


def _begin(session: Session) -> int | None:
    """Note the run; one of this day that came to its end already is not noted again."""
    if finished_on(session.store, _COMMAND, session.on) is not None:
        return None
    with session.store.transaction("registerkit", session.stamp_time, bookkeeping=True) as transaction:
        return begin_run(transaction, _COMMAND, session.on, week_folder(session).name, session.stamp_time)


def _finish(session: Session, run: int | None, result: WeeklyResult) -> None:
    if run is None:
        return
    with session.store.transaction("registerkit", session.stamp_time, bookkeeping=True) as transaction:
        finish_run(transaction, run, session.stamp_time, _summary(result))


def _summary(result: WeeklyResult) -> Mapping[str, int]:
    return {
        "new": result.sync.new,
        "changed": result.sync.changed,
        "letters": len(result.letters.letters),
        "held": len(result.letters.held_back),
        "findings": len(result.sync.findings),
        "reports": len(result.reports),
    }


def _log(session: Session, result: WeeklyResult) -> None:
    """Add a line about the run to the log: what it did, what of it failed, and what waits for somebody."""
    summary, texts, waiting = _summary(result), session.texts, result.sync.waiting
    told = texts.counted({name: summary[f"{name}s"] for name in ("letter", "finding", "report")})
    lines = [texts("cli.weekly.log", at=session.stamp_time, on=session.on, **{**summary, **told})]
    put_aside = {file for file, _ in result.sync.moved}
    failed = [source for source in result.sync.sources if source.error and source.path not in put_aside]
    lines += [texts("cli.sync.failed", path=source.path, error=source.error) for source in failed]
    lines += [finding.message(texts) for finding in result.sync.findings if finding.code == "clock_set_back"]
    if (sent := result.reminders.sent) is not None:
        lines.append(texts("cli.mail.done", n=len(sent.sent), unsent=len(sent.unsent)))
        lines += [sent.error.message(texts)] if sent.error is not None else []
    if waiting:
        counts = {name: sum(vars(waiting)[name].values()) for name in ("conflicts", "gone", "moved")}
        lines.append(texts("cli.weekly.log_waiting", failed=len(waiting.failed), **counts))
    _add_to_log(session.settings.paths.log, lines)


def log_failure(root: Path, error: BaseException, texts: Texts, on: date | None = None) -> None:
    """Add a line to the log of the project in a folder about a run that could not be done, with what it failed on."""
    at = datetime.now().astimezone()
    if isinstance(error, RegisterkitError):
        what = named_from(error, root).full_message(texts)
    elif isinstance(error, KeyboardInterrupt):
        what = texts("cli.weekly.log_broken_off")
    else:  # What else an error says may be of somebody's complaint.
        known = isinstance(error, OSError) and error.strerror
        what = f"{error.strerror}: {error.filename or '-'}" if known else type(error).__name__  # type: ignore[attr-defined]
    told = {"at": at.isoformat(timespec="seconds"), "on": on or at.date(), "what": what}
    _add_to_log(project_paths(root, texts.language).log, [texts("cli.weekly.log_failed", **told)])


def _add_to_log(path: Path, parts: Iterable[str]) -> None:
    """Add one line to the log; a log that cannot be written stops no run."""
    line = " | ".join(" ".join(part.split()) for part in parts)
    with suppress(OSError), path.open("a", encoding="utf-8", newline="\n") as log:
        log.write(line + "\n")


def _backup_store(session: Session) -> None:
    """Copy the store to the archive when it changed since its last copy, and drop the oldest copies of every file."""
    paths = session.settings.paths
    if not session.store.client_id and paths.store.exists():
        backup(paths.store, paths.archive, session.at)
    prune(paths.archive, session.settings.backups, session.at)
