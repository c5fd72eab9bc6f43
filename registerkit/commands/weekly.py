"""The weekly run: sync, letters, reminders and reports under one lock, with one write-back at the end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from registerkit.analysis import Period, Report, ended_since, make_report, report_json, week_of
from registerkit.commands.letters import LettersResult, make_letters
from registerkit.commands.reminders import RemindersResult, make_reminders
from registerkit.commands.sync import merge, settle
from registerkit.pull.results import SyncResult
from registerkit.session.gc_pause import gc_pause
from registerkit.session.session import Session, week_folder
from registerkit.store.runs import begin_run, finish_run, finished_on, last_finished
from registerkit.writeback import backup, prune

__all__ = ["WeeklyResult", "make_period_report", "period_json", "run_weekly", "weekly_json"]

_COMMAND = "weekly"


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
        return self.sync.needs_person or bool(self.letters.held)


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
    letters = make_letters(session)
    reminders = make_reminders(session)
    reports = tuple(make_period_report(session, period) for period in _periods(session))
    with gc_pause():
        settle(session, merged)
    result = WeeklyResult(merged.result, letters, reminders, reports, session.relative(folder))
    _finish(session, run, result)
    _log(session, result)
    _backup_store(session)
    return result


def make_period_report(session: Session, period: Period) -> Report:
    """Write the report of a period into its own folder."""
    return make_report(session.register(), period, session.settings.paths.output / period.label)


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
    """Add a line to the run log; a run that changed nothing adds none."""
    summary = _summary(result)
    if not (summary["new"] or summary["changed"] or summary["letters"] or result.sync.written_back):
        return
    told = session.texts.counted({name: summary[f"{name}s"] for name in ("letter", "finding", "report")})
    line = session.texts("cli.weekly.log", at=session.stamp_time, on=session.on, **{**summary, **told})
    with session.settings.paths.log.open("a", encoding="utf-8", newline="\n") as log:
        log.write(line + "\n")


def _backup_store(session: Session) -> None:
    """Copy the store to the archive when it changed since its last copy, and drop the oldest copies of every file."""
    paths = session.settings.paths
    if not session.store.client_id and paths.store.exists():
        backup(paths.store, paths.archive, session.at)
    prune(paths.archive, session.settings.backups, session.at)


def weekly_json(session: Session, result: WeeklyResult) -> dict[str, Any]:
    """Return the contract's weekly document."""
    return {
        "sync": result.sync.as_json(session.definition, session.lookups(), session.texts),
        "letters": result.letters.as_json(),
        "reminders": result.reminders.as_json(),
        "reports": [period_json(session, report) for report in result.reports],
        "folder": result.folder,
    }


def period_json(session: Session, report: Report) -> dict[str, Any]:
    """Return the contract's report document, with paths relative to the project."""
    files = [session.relative(path) for path in report.files]
    return report_json(report.period, report.figures, report.previous_period, report.previous, files)
