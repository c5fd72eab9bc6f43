"""What is to be done, by whom: complaints, what else is due about them, and letters that wait. Does not write."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from registerkit.definition import Record
from registerkit.files import seen
from registerkit.letters import HeldLetter, agenda
from registerkit.register import Complaint, Register, compensation_line, next_step_name, routed_lines, row_day, row_text
from registerkit.reminders.steps import Deadline, chores, deadlines, next_step

__all__ = ["Item", "Task", "Waiting", "Work"]

_READY = timedelta(days=7)
"""So long a letter that was made is told of as ready to be sent."""
_ANSWERING = frozenset({"await_reply", "answer_today", "answer_or_extend", "answer"})
"""The next steps that a closing letter comes of."""
_TOLD = frozenset({"overdue", "due_soon", "answered"})


@dataclass(frozen=True)
class Item:
    """A complaint that is overdue or nearly so, or answered and not closed, with what to do next."""

    number: str
    subject: str
    who: str
    """Who complained, and the telephone number."""
    letter: str
    """The letter that belongs to it, and how that stands."""
    status: str
    handler: str
    """The code of the handler; empty while the complaint has none."""
    handled_by: str
    """The handler's name."""
    worker: str
    """Who does the handler's work on the day."""
    due_on: date
    days_left: int
    signal: str
    next_step: str
    instead_of: str | None = None
    """The handler who is absent, when the deputy gets this."""
    why: str = ""
    """By which rules it came here and got its priority."""
    compensation: str = ""
    """The standard compensation that the office set for it."""


@dataclass(frozen=True)
class Task:
    """Something else that is due: an acknowledgement, aftercare, an agreement, a measure."""

    number: str
    what: str
    by: date
    worker: str
    """Who does it; empty while nobody has it."""
    late: bool
    who: str = ""
    letter: str = ""


@dataclass(frozen=True)
class Waiting:
    """A letter that is held back: all that stands in its way in one line, who waits for it, and what to do."""

    number: str
    kind: str
    why: str
    worker: str
    who: str
    step: str


class Work:
    """All work of a register on its day, the most overdue first."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._staff = register.staff
        self._agenda = agenda(register)

    @cached_property
    def items(self) -> list[Item]:
        """The complaints that are late, nearly so, or answered and not closed."""
        complaints = self._register.complaints.values()
        told = (c for c in complaints if c.signal is not None and c.signal.code in _TOLD and c.due_on is not None)
        return sorted(map(self._item, told), key=lambda item: (item.due_on, item.number))

    @cached_property
    def alerts(self) -> list[Item]:
        """The very serious complaints that nobody took up yet."""
        told = (complaint for complaint in self._register.complaints.values() if complaint.awaits_attention)
        return sorted(map(self._item, told), key=lambda item: (item.due_on, item.number))

    @cached_property
    def tasks(self) -> list[Task]:
        """What else is due."""
        on = self._register.on
        found = [
            Task(each.number, each.what, each.by, self._worker(each.by_whom), each.by < on, *self._about(each.number))
            for each in chores(self._register)
        ]
        return sorted(found, key=lambda task: (task.by, task.number))

    @cached_property
    def deadlines(self) -> Mapping[str, tuple[Deadline, ...]]:
        """All that somebody is to do by a day, by the code of who does it now."""
        found: dict[str, list[Deadline]] = {}
        for deadline in sorted(deadlines(self._register), key=lambda each: (each.by, each.number, each.kind)):
            if worker := self._worker(deadline.by_whom):
                found.setdefault(worker, []).append(deadline)
        return {code: tuple(found[code]) for code in sorted(found)}

    @cached_property
    def waiting(self) -> list[Waiting]:
        """The letters that are held back, each once; that there is no handler is told with the work itself."""
        nobodys = {item.number for item in (*self.items, *self.alerts) if not item.handler}
        nobodys |= {task.number for task in self.tasks if not task.worker}
        why: dict[tuple[str, str], list[HeldLetter]] = {}
        for held in self._agenda.held:
            if held.code == "no_handler" and held.number in nobodys:
                continue
            why.setdefault((held.number, held.kind), []).append(held)
        found = []
        for (number, kind), told in why.items():
            worker = self._worker(self._register.complaints[number].text("handler"))
            lacks, step = "; ".join(each.summary for each in told), " ".join(each.message for each in told)
            found.append(Waiting(number, self._label(kind), lacks, worker, self._about(number)[0], step))
        return found

    def _item(self, complaint: Complaint) -> Item:
        signal, handler = complaint.signal, self._staff.known(complaint.text("handler"))
        worker = self._staff.worker(handler)
        who, letter = self._about(complaint.number)
        return Item(
            number=complaint.number,
            subject=complaint.text("subject") or complaint.label("category") or "",
            who=who,
            letter=letter,
            status=complaint.label("status") or "",
            handler=handler,
            handled_by=seen(self._register.lookups.person_name(handler) or "") if handler else "",
            worker=worker,
            due_on=complaint.due_on or self._register.on,
            days_left=signal.days_left or 0 if signal else 0,
            signal=signal.code if signal else "on_time",
            next_step=next_step(self._register, complaint),
            instead_of=self._register.lookups.person_name(handler) if worker != handler else None,
            compensation=compensation_line(self._register, complaint) or "",
            why=seen(". ".join(routed_lines(self._register, complaint))),
        )

    def _worker(self, code: object) -> str:
        return self._staff.worker(self._staff.known(code))

    def _about(self, number: str) -> tuple[str, str]:
        """Return who complained, and the letter that belongs to it; nothing for what is no complaint."""
        complaint = self._register.complaints.get(number)
        if complaint is None:
            return "", ""
        return seen(", ".join(filter(None, map(complaint.text, ("name", "phone"))))), self._letters.get(number, "")

    @cached_property
    def _letters(self) -> Mapping[str, str]:
        """The letter that belongs to a complaint: one that is held back or due, else the last one that was made."""
        texts, found = self._register.texts, dict[str, str]()
        for complaint in self._register.complaints.values():
            found[complaint.number] = self._last_letter(complaint)
        due = {each.number: texts("reminders.letter.due", kind=self._label(each.kind)) for each in self._agenda.due}
        held = {each.number: texts("reminders.letter.held", kind=self._label(each.kind)) for each in self._agenda.held}
        return found | due | held

    def _last_letter(self, complaint: Complaint) -> str:
        """Return the letter that is ready to be sent; else the closing letter that is to come, or the last one."""
        texts, made = self._register.texts, self._made(complaint)
        day, row = made[-1] if made else (None, {})
        told = {"kind": self._label(row_text(row, "kind") or ""), "on": row_day(row, "sent_on") or day}
        if day is not None and self._register.on - _READY < day and row_day(row, "sent_on") is None:
            return texts("reminders.letter.ready", **told, folder=(row_text(row, "file") or "").rpartition("/")[0])
        judgement = self._register.definition.role("judgement")
        if judgement is not None and next_step_name(complaint) in _ANSWERING and complaint.state.is_open:
            return texts("reminders.letter.answer", judgement=judgement.labels[texts.language])
        return texts("reminders.letter.made", **told) if made else ""

    @staticmethod
    def _made(complaint: Complaint) -> list[tuple[date, Record]]:
        """Return the letters that were made, with their days, in order."""
        rows = ((row_day(row, "made_on"), row) for row in complaint.letters if row_text(row, "file"))
        return sorted(((day, row) for day, row in rows if day is not None), key=lambda each: each[0])

    def _label(self, kind: str) -> str:
        return self._register.lookups.label("letter_kind", kind) or kind
