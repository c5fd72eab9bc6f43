"""Says who must do what now: per handler, per manager and for the coordinator. Does not write."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from registerkit.definition import Record
from registerkit.reminders.steps import next_step, other_tasks
from registerkit.store import Snapshot
from registerkit.sync import deputy_for

__all__ = ["Digest", "Digests", "Item", "Task", "make_digests"]


@dataclass(frozen=True)
class Item:
    """A complaint that is overdue or nearly so, with what to do next."""

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

    def __bool__(self) -> bool:
        return bool(self.overdue or self.due_soon or self.tasks)

    def as_json(self) -> dict[str, Any]:
        """Give the contract's digest."""
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


def make_digests(snapshot: Snapshot) -> Digests:
    """Give the digests, most overdue first; a deputy gets what an absent handler would get."""
    items = sorted(_items(snapshot), key=lambda item: (item.due_on, item.number))
    tasks = sorted(_tasks(snapshot), key=lambda task: (task.by, task.number))
    people = {code for code, _, _ in _with_people(snapshot, items)} | {task.worker for task in tasks if task.worker}
    handlers = [
        _digest(snapshot, code, "handler", _of_handler(snapshot, items, code), [t for t in tasks if t.worker == code])
        for code in sorted(people)
    ]
    managers = [_of_manager(snapshot, code, items, tasks) for code in _with_role(snapshot, "leidinggevende")]
    coordinators = [deputy_for(c, snapshot.table("staff"), snapshot.on) for c in _with_role(snapshot, "coordinator")]
    whole = _digest(snapshot, coordinators[0], "coordinator", items, tasks) if coordinators else None
    orphans = [item for item in items if not item.handler], [task for task in tasks if not task.worker]
    nobody = _digest(snapshot, "", "nobody", *orphans)
    return Digests(tuple(d for d in handlers if d), tuple(d for d in managers if d), whole, nobody or None)


def _items(snapshot: Snapshot) -> Iterator[Item]:
    for number, record in snapshot.complaints.items():
        signal = snapshot.signal(number)
        due_on = record.get("due_on")
        if signal is None or signal.code not in ("overdue", "due_soon") or not isinstance(due_on, date):
            continue
        handler = _member(snapshot, str(record.get("handler") or ""))
        deputy = deputy_for(handler, snapshot.table("staff"), snapshot.on)
        lookups = snapshot.lookups
        yield Item(
            number=number,
            subject=str(record.get("subject") or lookups.label("category", _text(record, "category")) or ""),
            status=lookups.label("status", _text(record, "status")) or "",
            handler=handler,
            due_on=due_on,
            days_left=signal.days_left or 0,
            signal=signal.code,
            next_step=next_step(snapshot, record, signal.code),
            instead_of=lookups.person_name(handler) if deputy != handler else None,
        )


def _tasks(snapshot: Snapshot) -> Iterator[Task]:
    staff = snapshot.table("staff")
    for code, number, what, by in other_tasks(snapshot):
        worker = deputy_for(_member(snapshot, code), staff, snapshot.on)
        yield Task(number, what, by, worker, by < snapshot.on)


def _member(snapshot: Snapshot, code: str) -> str:
    """Give the code of a staff member; empty for one whom the register does not know, who would hear nothing."""
    return code if code in snapshot.table("staff") else ""


def _with_people(snapshot: Snapshot, items: Iterable[Item]) -> Iterator[tuple[str, str, Item]]:
    """Give each item with the one who does the work now and the handler it stands for."""
    for item in items:
        if item.handler:
            yield deputy_for(item.handler, snapshot.table("staff"), snapshot.on), item.handler, item


def _of_handler(snapshot: Snapshot, items: Iterable[Item], code: str) -> list[Item]:
    return [item for worker, _, item in _with_people(snapshot, items) if worker == code]


def _with_role(snapshot: Snapshot, role: str) -> list[str]:
    return [code for code, member in snapshot.table("staff").items() if member.get("role") == role]


def _of_manager(snapshot: Snapshot, code: str, items: Iterable[Item], tasks: Iterable[Task]) -> Digest:
    """A manager sees the complaints of his department, and what waits there without a handler.

    One without a department sees those of all.
    """
    department = snapshot.table("staff")[code].get("department")

    def is_mine(number: str) -> bool:
        return department in (None, snapshot.complaints.get(number, {}).get("department"))

    mine = [item for item in items if is_mine(item.number)]
    orphans = [task for task in tasks if not task.worker and is_mine(task.number)]
    return _digest(snapshot, deputy_for(code, snapshot.table("staff"), snapshot.on), "manager", mine, orphans)


def _digest(snapshot: Snapshot, code: str, role: str, items: Iterable[Item], tasks: Iterable[Task]) -> Digest:
    member = snapshot.table("staff").get(code, {})
    listed = list(items)
    return Digest(
        code=code,
        name=str(member.get("name") or code),
        email=str(member["email"]) if member.get("email") else None,
        role=role,
        overdue=tuple(item for item in listed if item.signal == "overdue"),
        due_soon=tuple(item for item in listed if item.signal == "due_soon"),
        tasks=tuple(tasks),
    )


def _text(record: Record, field_id: str) -> str | None:
    value = record.get(field_id)
    return value if isinstance(value, str) else None
