"""Says who must do what now: per handler, per manager and for the coordinator. Does not write."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from registerkit.files import seen
from registerkit.letters import agenda
from registerkit.register import COORDINATOR, MANAGER, Register, recurring_now
from registerkit.reminders.steps import chores, next_step
from registerkit.setting_kinds import is_address

__all__ = ["Digest", "Digests", "Item", "Task", "Waiting", "make_digests"]

_Told = TypeVar("_Told")


@dataclass(frozen=True)
class Item:
    """A complaint that is overdue or nearly so, or answered and not closed, with what to do next."""

    number: str
    subject: str
    status: str
    handler: str
    """The code of the handler; empty while the complaint has none."""
    due_on: date
    days_left: int
    signal: str
    next_step: str
    instead_of: str | None = None
    """The handler who is absent, when the deputy gets this."""


@dataclass(frozen=True)
class Task:
    """Something else that is due: an acknowledgement, aftercare, an agreement, a measure."""

    number: str
    what: str
    by: date
    worker: str
    """Who does it; empty while nobody has it."""
    late: bool


@dataclass(frozen=True)
class Waiting:
    """A letter that is held back, with all that stands in its way in one line."""

    number: str
    kind: str
    why: str
    worker: str


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
    tasks: tuple[Task, ...] = ()
    answered: tuple[Item, ...] = ()
    """Complaints that were answered in time, and that lack what closing needs."""
    waiting: tuple[Waiting, ...] = ()
    remarks: tuple[str, ...] = ()
    """What else must be known: who is away, and what came in three times or more."""
    copies: tuple[str, ...] = ()
    """Who else gets it: for somebody who is away without a deputy."""

    def __bool__(self) -> bool:
        return bool(self.overdue or self.due_soon or self.tasks or self.answered or self.waiting or self.remarks)

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

    def told(self, part: Callable[[Digest], Iterable[_Told]]) -> list[_Told]:
        """Return what a part of all digests tells, each once."""
        everyone = (*self.handlers, *self.managers, self.coordinator, self.nobody)
        return list(dict.fromkeys(each for digest in everyone if digest is not None for each in part(digest)))


def make_digests(register: Register) -> Digests:
    """Return the digests, most overdue first; a deputy gets what an absent handler would get."""
    return _Maker(register).digests()


class _Maker:
    def __init__(self, register: Register) -> None:
        self.register = register
        self.staff = register.staff
        self.items = sorted(self._items(), key=lambda item: (item.due_on, item.number))
        self.tasks = sorted(self._tasks(), key=lambda task: (task.by, task.number))
        self.waiting = list(self._waiting())

    def digests(self) -> Digests:
        """Return all digests."""
        people = {self.staff.worker(item.handler) for item in self.items if item.handler}
        people |= {task.worker for task in self.tasks if task.worker}
        people |= {each.worker for each in self.waiting if each.worker}
        handlers = [self._of_handler(code) for code in sorted(people)]
        managers = [self._of_manager(code) for code in self.staff.with_role(MANAGER)]
        coordinators = [self.staff.worker(code) for code in self.staff.with_role(COORDINATOR)]
        remarks = [*self._away(lambda _: True), *self._alike()]
        whole = (
            self._digest(coordinators[0], "coordinator", self.items, self.tasks, self.waiting, remarks)
            if coordinators
            else None
        )
        nobody = self._digest(
            "",
            "nobody",
            [item for item in self.items if not item.handler],
            [task for task in self.tasks if not task.worker],
            [each for each in self.waiting if not each.worker],
        )
        return Digests(tuple(d for d in handlers if d), tuple(d for d in managers if d), whole, nobody or None)

    # ------------------------------------------------------------------------------------------------------- work
    def _items(self) -> Iterator[Item]:
        for complaint in self.register.complaints.values():
            signal, due_on = complaint.signal, complaint.due_on
            if signal is None or signal.code not in ("overdue", "due_soon", "answered") or due_on is None:
                continue
            handler = self.staff.known(complaint.text("handler"))
            is_covered = self.staff.worker(handler) != handler
            yield Item(
                number=complaint.number,
                subject=complaint.text("subject") or complaint.label("category") or "",
                status=complaint.label("status") or "",
                handler=handler,
                due_on=due_on,
                days_left=signal.days_left or 0,
                signal=signal.code,
                next_step=next_step(self.register, complaint),
                instead_of=self.register.lookups.person_name(handler) if is_covered else None,
            )

    def _tasks(self) -> Iterator[Task]:
        for chore in chores(self.register):
            worker = self.staff.worker(self.staff.known(chore.by_whom))
            yield Task(chore.number, chore.what, chore.by, worker, chore.by < self.register.on)

    def _waiting(self) -> Iterator[Waiting]:
        """Return the letters that are held back, each once; that there is no handler is told with the work itself."""
        nobodys = {item.number for item in self.items if not item.handler}
        nobodys |= {task.number for task in self.tasks if not task.worker}
        why: dict[tuple[str, str], list[str]] = {}
        for held in agenda(self.register).held:
            if held.code == "no_handler" and held.number in nobodys:
                continue
            why.setdefault((held.number, held.kind), []).append(held.summary)
        for (number, kind), told in why.items():
            handler = self.staff.known(self.register.complaints[number].text("handler"))
            label = self.register.lookups.label("letter_kind", kind) or kind
            yield Waiting(number, label, "; ".join(told), self.staff.worker(handler))

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
        mine = [item for item in self.items if item.handler and self.staff.worker(item.handler) == code]
        tasks = [task for task in self.tasks if task.worker == code]
        waiting = [each for each in self.waiting if each.worker == code]
        copies = self._stand_ins(code) if self.staff.is_uncovered(code) else ()
        return self._digest(code, "handler", mine, tasks, waiting, copies=copies)

    def _stand_ins(self, code: str) -> tuple[str, ...]:
        """Return the addresses of those who see to the work of somebody who is away and has no deputy."""
        department = self.staff.of(code).get("department")
        codes = [*self.staff.with_role(COORDINATOR), *self.staff.managers_of(department)]
        emails = (_address(self.staff.of(self.staff.worker(one))) for one in codes if one != code)
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
            [item for item in self.items if is_mine(item.number)],
            [task for task in self.tasks if not task.worker and is_mine(task.number)],
            [each for each in self.waiting if not each.worker and is_mine(each.number)],
            self._away(is_mine),
        )

    def _digest(
        self,
        code: str,
        role: str,
        items: Iterable[Item],
        tasks: Iterable[Task],
        waiting: Iterable[Waiting] = (),
        remarks: Iterable[str] = (),
        copies: tuple[str, ...] = (),
    ) -> Digest:
        member, by_signal = self.staff.of(code), dict[str, list[Item]]()
        for item in items:
            by_signal.setdefault(item.signal, []).append(item)
        return Digest(
            code=code,
            name=seen(str(member.get("name") or "")) or code,
            email=_address(member),
            role=role,
            overdue=tuple(by_signal.get("overdue", ())),
            due_soon=tuple(by_signal.get("due_soon", ())),
            tasks=tuple(tasks),
            answered=tuple(by_signal.get("answered", ())),
            waiting=tuple(waiting),
            remarks=tuple(remarks),
            copies=copies,
        )


def _address(member: Mapping[str, Any]) -> str | None:
    """Return where mail to somebody goes; what is no single address counts as none."""
    email = str(member.get("email") or "")
    return email if is_address(email) else None
