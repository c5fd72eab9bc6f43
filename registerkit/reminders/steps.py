"""What to do next about a complaint, and what else is due about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from registerkit.deadlines import LAPSED_DAYS, aftercare_waits
from registerkit.register import Complaint, Register, next_step_name, row_day, row_text

__all__ = ["Deadline", "chores", "deadlines", "next_step"]

_ALL_TO_COME = 10_000
"""More days than anything is planned ahead."""


@dataclass(frozen=True)
class Deadline:
    """Something that is to be done by a day; `by_whom` is a code, empty when nobody has it yet."""

    kind: str
    """What it is: `answer`, `acknowledge`, `aftercare`, `agreement`, `measure` or `evaluate`."""
    by_whom: str
    number: str
    phase: int
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


def deadlines(register: Register) -> Iterator[Deadline]:
    """Return all that is to be done by a day and is not done yet; what is a quarter past is no longer nagged about."""
    for complaint in register.complaints.values():
        by_whom = complaint.text("handler") or complaint.text("closed_by") or ""
        for kind, by in _of_complaint(register, complaint):
            if by is not None and (kind == "answer" or not _has_lapsed(register, by)):
                what = register.texts(f"reminders.task.{kind}")
                yield Deadline(kind, by_whom, complaint.number, complaint.phase.n, what, by)
    for number, measure in register.table("measures").items():
        for done, planned, kind in (("done_on", "ready_by", "measure"), ("evaluated_on", "evaluate_by", "evaluate")):
            day = row_day(measure, planned)
            if row_day(measure, done) is None and day is not None and not _has_lapsed(register, day):
                what = register.texts(f"reminders.task.{kind}")
                yield Deadline(kind, row_text(measure, "owner") or "", number, 1, what, day)


def chores(register: Register) -> Iterator[Deadline]:
    """Return what is due soon or overdue beside the answers."""
    for deadline in deadlines(register):
        near = (deadline.by - register.on).days <= register.policy.default.days_until_next_run
        if near and deadline.kind != "answer" and not _is_next_step(register, deadline):
            yield deadline


def _is_next_step(register: Register, deadline: Deadline) -> bool:
    """Tell whether it is told with the complaint itself: the acknowledgement of one that is late or nearly so."""
    if deadline.kind != "acknowledge":
        return False
    signal = register.complaints[deadline.number].signal
    return signal is None or signal.code not in ("on_time", "paused")


def _of_complaint(register: Register, complaint: Complaint) -> Iterator[tuple[str, date | None]]:
    signal, answered = complaint.signal, complaint.own_day("answered_on")
    if signal is not None and signal.code in ("overdue", "due_soon", "on_time") and answered is None:
        yield "answer", complaint.due_on
    if complaint.awaits_acknowledgement:
        yield "acknowledge", complaint.day("acknowledge_by")
    aftercare = complaint.day("aftercare_by")
    if complaint.has_aftercare and aftercare_waits(aftercare, complaint.day("aftercare_on"), register.on, _ALL_TO_COME):
        yield "aftercare", aftercare
    if complaint.day("agreement_kept_on") is None:
        yield "agreement", complaint.day("agreement_by")


def _has_lapsed(register: Register, day: date) -> bool:
    return (register.on - day).days > LAPSED_DAYS
