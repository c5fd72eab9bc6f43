"""Says who must do what now: per handler, per manager and for the coordinator. Does not write."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from registerkit.files import seen
from registerkit.register import COORDINATOR, MANAGER, Register, recurring_now
from registerkit.reminders.steps import Deadline
from registerkit.reminders.work import Item, Task, Waiting, Work
from registerkit.setting_kinds import is_address

__all__ = ["Digest", "Digests", "make_digests"]

_Told = TypeVar("_Told")


@dataclass(frozen=True)
class Digest:
    """What one person gets to read."""

    code: str
    name: str
    email: str | None
    role: str
    """`handler`, `manager`, `coordinator`, or `nobody` for what has no handler yet."""
    overdue: tuple[Item, ...]
    due_soon: tuple[Item, ...]
    alerts: tuple[Item, ...] = ()
    """The very serious complaints that nobody took up yet."""
    tasks: tuple[Task, ...] = ()
    answered: tuple[Item, ...] = ()
    """Complaints that were answered in time, and that lack what closing needs."""
    waiting: tuple[Waiting, ...] = ()
    remarks: tuple[str, ...] = ()
    """What else must be known: who is away, and what came in three times or more."""
    copies: tuple[str, ...] = ()
    """Who else gets it: for somebody who is away without a deputy, and every other coordinator."""

    def __bool__(self) -> bool:
        complaints = self.alerts or self.overdue or self.due_soon or self.answered
        return bool(complaints or self.tasks or self.waiting or self.remarks)

    def as_json(self) -> dict[str, Any]:
        """Return the contract's digest."""
        return {
            "name": self.name,
            "email": self.email,
            "overdue": [item.number for item in self.overdue],
            "due_soon": [item.number for item in self.due_soon],
        }


@dataclass(frozen=True)
class Digests:
    """The digests of one day."""

    handlers: tuple[Digest, ...]
    managers: tuple[Digest, ...]
    coordinator: Digest | None
    nobody: Digest | None = None
    """What has no handler yet; it stands in the digests of the coordinator and the managers too."""
    calendars: Mapping[str, tuple[Deadline, ...]] = field(default_factory=dict)
    """What each of those who handle is to do by which day, by code: who has nothing to hear of now as well."""

    @property
    def everyone(self) -> list[Digest]:
        """The digests that somebody gets."""
        coordinator = [self.coordinator] if self.coordinator else []
        return [*self.handlers, *self.managers, *coordinator]

    def told(self, part: Callable[[Digest], Iterable[_Told]]) -> list[_Told]:
        """Return what a part of all digests tells, each once."""
        everyone = (*self.handlers, *self.managers, self.coordinator, self.nobody)
        return list(dict.fromkeys(each for digest in everyone if digest is not None for each in part(digest)))


def make_digests(register: Register, remarks: Iterable[str] = ()) -> Digests:
    """Return the digests, most overdue first; a deputy gets what an absent handler would get.

    `remarks` are what the coordinator is to know beside.
    """
    return _Maker(register, tuple(remarks)).digests()


class _Maker:
    def __init__(self, register: Register, remarks: tuple[str, ...]) -> None:
        self.register = register
        self.remarks = remarks
        self.staff = register.staff
        self.work = Work(register)

    def digests(self) -> Digests:
        """Return all digests."""
        work, staff = self.work, self.staff
        people = {item.worker for item in work.items if item.handler}
        people |= {task.worker for task in work.tasks} | {each.worker for each in work.waiting}
        people |= {code for item in work.alerts for code in staff.hearers(item.handler)}
        handlers = [self._of_handler(code) for code in sorted(people - {""})]
        managers = [self._of_manager(code) for code in staff.with_role(MANAGER)]
        coordinators = [staff.worker(code) for code in staff.with_role(COORDINATOR)]
        first = coordinators[0] if coordinators else None
        remarks = [*self._away(lambda _: True), *self._alike(), *self.remarks]
        emails = (self._email(code) for code in coordinators if code != first)
        copies = tuple(dict.fromkeys(email for email in emails if email))
        whole = (
            self._digest(first, "coordinator", work.items, work.tasks, work.waiting, work.alerts, remarks, copies)
            if first is not None
            else None
        )
        nobody = self._digest(
            "",
            "nobody",
            [item for item in work.items if not item.handler],
            [task for task in work.tasks if not task.worker],
            [each for each in work.waiting if not each.worker],
            [item for item in work.alerts if not item.handler],
        )
        made = tuple(d for d in handlers if d), tuple(d for d in managers if d)
        return Digests(*made, whole, nobody or None, work.deadlines)

    # ----------------------------------------------------------------------------------------------------- remarks
    def _away(self, is_mine: Callable[[str], bool]) -> Iterator[str]:
        """Tell who is away without a deputy while there is work for him."""
        complaints = self.register.complaints.values()
        mine = (complaint for complaint in complaints if complaint.state.is_open and is_mine(complaint.number))
        for code in dict.fromkeys(self.staff.known(complaint.text("handler")) for complaint in mine):
            if self.staff.is_uncovered(code):
                until = self.staff.of(code).get("absent_until")
                told = {"name": self.register.lookups.person_name(code), "until": until}
                name = "until" if isinstance(until, date) else "open"
                yield self.register.texts(f"reminders.away.{name}", **told)

    def _alike(self) -> Iterator[str]:
        """Tell what came in three times or more within the last four weeks."""
        for found in recurring_now(self.register):
            told = {"label": found.label, "n": found.n, "first": found.first}
            yield self.register.texts("reminders.alike", **told)

    # ----------------------------------------------------------------------------------------------------- digests
    def _of_handler(self, code: str) -> Digest:
        work = self.work
        mine = [item for item in work.items if item.handler and item.worker == code]
        tasks = [task for task in work.tasks if task.worker == code]
        waiting = [each for each in work.waiting if each.worker == code]
        alerts = [item for item in work.alerts if code in self.staff.hearers(item.handler)]
        copies = self._stand_ins(code) if self.staff.is_uncovered(code) else ()
        return self._digest(code, "handler", mine, tasks, waiting, alerts, copies=copies)

    def _stand_ins(self, code: str) -> tuple[str, ...]:
        """Return the addresses of those who see to the work of somebody who is away and has no deputy."""
        department = self.staff.of(code).get("department")
        codes = [*self.staff.with_role(COORDINATOR), *self.staff.managers_of(department)]
        emails = (self._email(self.staff.worker(one)) for one in codes if one != code)
        return tuple(dict.fromkeys(email for email in emails if email))

    def _of_manager(self, code: str) -> Digest:
        """A manager sees the complaints of his department, and what waits there without a handler.

        One without a department sees those of all.
        """
        department = self.staff.of(code).get("department")

        def is_mine(number: str) -> bool:
            complaint = self.register.complaints.get(number)
            return department in (None, complaint.text("department") if complaint else None)

        return self._digest(
            self.staff.worker(code),
            "manager",
            [item for item in self.work.items if is_mine(item.number)],
            [task for task in self.work.tasks if not task.worker and is_mine(task.number)],
            [each for each in self.work.waiting if not each.worker and is_mine(each.number)],
            [item for item in self.work.alerts if is_mine(item.number)],
            self._away(is_mine),
        )

    def _digest(
        self,
        code: str,
        role: str,
        items: Iterable[Item],
        tasks: Iterable[Task],
        waiting: Iterable[Waiting],
        alerts: Iterable[Item],
        remarks: Iterable[str] = (),
        copies: tuple[str, ...] = (),
    ) -> Digest:
        member, by_signal = self.staff.of(code), dict[str, list[Item]]()
        for item in items:
            by_signal.setdefault(item.signal, []).append(item)
        return Digest(
            code=code,
            name=seen(str(member.get("name") or "")) or code,
            email=self._email(code),
            role=role,
            alerts=tuple(alerts),
            overdue=tuple(by_signal.get("overdue", ())),
            due_soon=tuple(by_signal.get("due_soon", ())),
            tasks=tuple(tasks),
            answered=tuple(by_signal.get("answered", ())),
            waiting=tuple(waiting),
            remarks=tuple(remarks),
            copies=copies,
        )

    def _email(self, code: str) -> str | None:
        """Return where mail to somebody goes; what is no single address counts as none."""
        email = str(self.staff.of(code).get("email") or "")
        return email if is_address(email) else None
