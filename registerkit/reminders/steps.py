"""What to do next about a complaint, and what else is due about it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from registerkit.deadlines import LAPSED_DAYS, aftercare_waits
from registerkit.definition import Record
from registerkit.store import Snapshot

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
    """Give what else is due soon or overdue: who (empty when nobody has it yet), the number, what, and by which day."""
    for number, record in snapshot.complaints.items():
        handler = str(record.get("handler") or record.get("closed_by") or "")
        for name, by in _complaint_tasks(snapshot, number, record):
            yield handler, number, snapshot.texts(f"reminders.task.{name}"), by
    for number, measure in snapshot.table("measures").items():
        for done, planned, name in (("done_on", "ready_by", "measure"), ("evaluated_on", "evaluate_by", "evaluate")):
            day = measure.get(planned)
            if measure.get(done) is None and isinstance(day, date) and _is_near(snapshot, day):
                yield str(measure.get("owner") or ""), number, snapshot.texts(f"reminders.task.{name}"), day


def _complaint_tasks(snapshot: Snapshot, number: str, record: Record) -> Iterator[tuple[str, date]]:
    acknowledge, agreement = _day(record, "acknowledge_by"), _day(record, "agreement_by")
    signal = snapshot.signal(number)
    # What is late or nearly so stands with its next step, which is the acknowledgement, among the complaints.
    waits = signal is not None and signal.code in ("on_time", "paused") and record.get("acknowledged_on") is None
    if waits and acknowledge and _is_near(snapshot, acknowledge):
        yield "acknowledge", acknowledge
    by, ahead = _day(record, "aftercare_by"), snapshot.policy.default.days_until_next_run
    closed = signal is not None and signal.code == "closed"
    if by and closed and aftercare_waits(by, _day(record, "aftercare_on"), snapshot.on, ahead):
        yield "aftercare", by
    if agreement and record.get("agreement_kept_on") is None and _is_near(snapshot, agreement):
        yield "agreement", agreement


def _day(record: Record, field_id: str) -> date | None:
    value = record.get(field_id)
    return value if isinstance(value, date) else None


def _is_near(snapshot: Snapshot, day: date) -> bool:
    """Due within the days up to the next run, or past; what is a quarter past is no longer nagged about."""
    ahead = (day - snapshot.on).days
    return -LAPSED_DAYS <= ahead <= snapshot.policy.default.days_until_next_run
