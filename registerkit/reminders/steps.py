"""What to do next about a complaint, and what else is due about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from registerkit.deadlines import LAPSED_DAYS, aftercare_waits
from registerkit.register import Complaint, Register, next_step_name, row_day, row_text

__all__ = ["Chore", "chores", "next_step"]


@dataclass(frozen=True)
class Chore:
    """Something that is due beside answering; `by_whom` is a code, empty when nobody has it yet."""

    by_whom: str
    number: str
    what: str
    by: date


def next_step(register: Register, complaint: Complaint) -> str:
    """Return the next step in one sentence."""
    told: dict[str, object] = {"due": complaint.due_on, "acknowledge": complaint.day("acknowledge_by")}
    name = next_step_name(complaint)
    if name == "fill_in":
        told["labels"] = lacking_labels(register, complaint)
    step = register.texts(f"reminders.step.{name}", **told)
    promised = _label(register, "promised_by") if name == "answer_today" else None
    return f"{step} {register.texts('reminders.or_promise', promised=promised)}" if promised else step


def lacking_labels(register: Register, complaint: Complaint) -> list[str]:
    """Return the headers of what closing still asks for."""
    return [_label(register, field_id) or field_id for field_id in complaint.lacking]


def _label(register: Register, role: str) -> str | None:
    """Return the header of the field that plays a role."""
    found = register.definition.role(role)
    return found.labels[register.lookups.language] if found is not None else None


def chores(register: Register) -> Iterator[Chore]:
    """Return what else is due soon or overdue."""
    for complaint in register.complaints.values():
        by_whom = complaint.text("handler") or complaint.text("closed_by") or ""
        for name, by in _of_complaint(register, complaint):
            yield Chore(by_whom, complaint.number, register.texts(f"reminders.task.{name}"), by)
    for number, measure in register.table("measures").items():
        for done, planned, name in (("done_on", "ready_by", "measure"), ("evaluated_on", "evaluate_by", "evaluate")):
            day = row_day(measure, planned)
            if row_day(measure, done) is None and day is not None and _is_near(register, day):
                yield Chore(row_text(measure, "owner") or "", number, register.texts(f"reminders.task.{name}"), day)


def _of_complaint(register: Register, complaint: Complaint) -> Iterator[tuple[str, date]]:
    acknowledge, agreement = complaint.day("acknowledge_by"), complaint.day("agreement_by")
    signal = complaint.signal
    # What is late or nearly so stands with its next step, which is the acknowledgement, among the complaints.
    waits = signal is not None and signal.code in ("on_time", "paused") and complaint.awaits_acknowledgement
    if waits and acknowledge and _is_near(register, acknowledge):
        yield "acknowledge", acknowledge
    by, ahead = complaint.day("aftercare_by"), register.policy.default.days_until_next_run
    if by and complaint.has_aftercare and aftercare_waits(by, complaint.day("aftercare_on"), register.on, ahead):
        yield "aftercare", by
    if agreement and complaint.day("agreement_kept_on") is None and _is_near(register, agreement):
        yield "agreement", agreement


def _is_near(register: Register, day: date) -> bool:
    """Due within the days up to the next run, or past; what is a quarter past is no longer nagged about."""
    ahead = (day - register.on).days
    return -LAPSED_DAYS <= ahead <= register.policy.default.days_until_next_run
