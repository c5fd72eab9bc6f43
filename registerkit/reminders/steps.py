"""What to do next about a complaint, and what else is due about it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from registerkit.definition import Record
from registerkit.store import Snapshot
from registerkit.terms import CLOSED_STATUSES

__all__ = ["next_step", "other_tasks"]

_BY_STATUS = {
    "wacht_klant": "ask_customer",
    "wacht_derden": "ask_others",
    "voorstel": "ask_choice",
}


def next_step(snapshot: Snapshot, record: Record, signal: str) -> str:
    """Give the next step in one sentence."""
    values = {"due": record.get("due_on"), "acknowledge": record.get("acknowledge_by")}
    if record.get("acknowledged_on") is None and record.get("reopened_on") is None:
        name = "acknowledge"
    elif str(record.get("status")) in _BY_STATUS:
        name = _BY_STATUS[str(record["status"])]
    elif _is_judged(record):
        name = "send_answer"
    elif signal == "overdue":
        name = "answer_today"
    else:
        name = "answer_or_extend" if record.get("extended_on") is None else "answer"
    return snapshot.texts(f"reminders.step.{name}", **values)


def _is_judged(record: Record) -> bool:
    """Tell whether the judgement is there and only the answer has to go out; after a reopening it is the old one."""
    return None not in (record.get("judgement"), record.get("solution")) and record.get("reopened_on") is None


def other_tasks(snapshot: Snapshot) -> Iterator[tuple[str, str, str, date]]:
    """Give what else is due soon or overdue: who, the number, what, and by which day."""
    for number, record in snapshot.complaints.items():
        handler = str(record.get("handler") or record.get("closed_by") or "")
        for name, by in _complaint_tasks(snapshot, record):
            if handler and _is_near(snapshot, by):
                yield handler, number, snapshot.texts(f"reminders.task.{name}"), by
    for number, measure in snapshot.table("measures").items():
        for done, planned, name in (("done_on", "ready_by", "measure"), ("evaluated_on", "evaluate_by", "evaluate")):
            day = measure.get(planned)
            if measure.get(done) is None and isinstance(day, date) and measure.get("owner") and _is_near(snapshot, day):
                yield str(measure["owner"]), number, snapshot.texts(f"reminders.task.{name}"), day


def _complaint_tasks(snapshot: Snapshot, record: Record) -> Iterator[tuple[str, date]]:
    closed = record.get("status") in CLOSED_STATUSES
    acknowledge, aftercare, agreement = (record.get(f) for f in ("acknowledge_by", "aftercare_by", "agreement_by"))
    signal = snapshot.signal(str(record.get(snapshot.definition.main.key)))
    urgent = signal is not None and signal.code in ("overdue", "due_soon")
    if not closed and not urgent and record.get("acknowledged_on") is None and isinstance(acknowledge, date):
        yield "acknowledge", acknowledge
    if closed and record.get("aftercare_on") is None and isinstance(aftercare, date):
        yield "aftercare", aftercare
    if record.get("agreement_kept_on") is None and isinstance(agreement, date):
        yield "agreement", agreement


def _is_near(snapshot: Snapshot, day: date) -> bool:
    """Due within the days up to the next run, or past; what is a quarter past is no longer nagged about."""
    ahead = (day - snapshot.on).days
    return -91 <= ahead <= snapshot.policy.default.days_until_next_run
