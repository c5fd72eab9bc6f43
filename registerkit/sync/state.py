"""The register while a sync is planned: a working copy in memory, which remembers what changed and by whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from registerkit.definition import Definition, Record, Value
from registerkit.register import Phase
from registerkit.sync.numbers import Numbers
from registerkit.sync.plan import Knowledge
from registerkit.sync.wiped_rows import WipedRows

__all__ = ["SYSTEM", "Created", "RegisterState", "Replaced"]

SYSTEM = "registerkit"
"""How history names what the kit itself filled in or counted."""


@dataclass
class Created:
    """A record that is new in this run."""

    source: str
    own: set[str] = field(default_factory=set)
    """Fields that the kit filled in."""
    by: dict[str, str] = field(default_factory=dict)
    """Fields that another file filled in or changed, with that file."""


@dataclass(frozen=True)
class Replaced:
    """A value that a source brought in this run and another value took the place of: it goes into the history too."""

    table: str
    key: str
    field: str
    value: Value
    source: str


class RegisterState:
    """Records by table and key; every change goes through `create` and `change`."""

    def __init__(
        self,
        definition: Definition,
        records: Mapping[str, Mapping[str, Record]],
        phases: Mapping[str, Sequence[Phase]],
        numbers: Numbers,
        on: date,
    ) -> None:
        self.definition = definition
        self.records: dict[str, dict[str, Record]] = {t: dict(rows) for t, rows in records.items()}
        self.phases: dict[str, tuple[Phase, ...]] = {number: tuple(rows) for number, rows in phases.items()}
        self.numbers = numbers
        self.on = on
        self.created: dict[tuple[str, str], Created] = {}
        self.changed: dict[tuple[str, str], dict[str, tuple[Value, Value, str]]] = {}
        self.replaced: list[Replaced] = []
        self.changed_phases: set[str] = set()
        self.reopened: set[str] = set()
        """Main records whose closing was typed, and gave way to a reopening on the same day."""
        self.ended: dict[str, date] = {}
        """Main records that were given a closing day, for they had ended without one."""
        self.dirty: set[str] = set()
        """Main records whose computed fields may have changed."""
        self.wiped_rows = WipedRows()
        """What rows without a number are known by that hold the text of an anonymised complaint."""

    @cached_property
    def anonymised(self) -> frozenset[str]:
        """The main records of which everything personal was wiped; a sync never adds to them."""
        rows = self.records.get(self.definition.main_id, {})
        return frozenset(key for key, record in rows.items() if record.get("anonymised_on") is not None)

    def record(self, table: str, key: str) -> Record | None:
        """Return a record as it stands now."""
        return self.records[table].get(key)

    def create(self, table: str, key: str, record: Record, source: str, own: set[str]) -> None:
        """Add a record that `source` brought; `own` are the fields the kit filled in."""
        self.records[table][key] = record
        self.created[(table, key)] = Created(source, own)
        self._touch(table, key, record)

    def change(self, table: str, key: str, field_id: str, value: Value, source: str) -> bool:
        """Set a field; gives whether that changed anything."""
        record = self.records[table][key]
        old = record.get(field_id)
        if old == value:
            return False
        self.records[table][key] = record = {**record, field_id: value}
        self._keep_replaced(table, key, field_id, old)
        if created := self.created.get((table, key)):
            if source == SYSTEM:
                created.own.add(field_id)
            else:
                created.own.discard(field_id)
                created.by[field_id] = source
        else:
            changes = self.changed.setdefault((table, key), {})
            first = changes[field_id][0] if field_id in changes else old
            if first == value:
                del changes[field_id]
            else:
                changes[field_id] = (first, value, source)
        self._touch(table, key, record)
        return True

    def _keep_replaced(self, table: str, key: str, field_id: str, old: Value) -> None:
        """Note a value that came in earlier in this run, and would be in no history."""
        created = self.created.get((table, key))
        if created:
            source = None if field_id in created.own else created.by.get(field_id, created.source)
        else:
            _, _, source = self.changed.get((table, key), {}).get(field_id, (None, None, None))
        if old is not None and source not in (None, SYSTEM):
            self.replaced.append(Replaced(table, key, field_id, old, str(source)))

    def since_stamp(self, knowledge: Knowledge) -> Knowledge:
        """Return what is known of a file with what files before it changed in this run, all of it after its stamp."""
        changes = {(t, k, f): change for (t, k), fields in self.changed.items() for f, change in fields.items()}
        by_people = {where for where, (_, _, source) in changes.items() if source != SYSTEM}
        by_kit = {w for w in changes.keys() - by_people if w not in knowledge.old or w in knowledge.by_kit}
        return replace(
            knowledge,
            old={where: first for where, (first, _, _) in changes.items()} | dict(knowledge.old),
            newer=knowledge.newer | self.created.keys(),
            by_kit=(knowledge.by_kit - by_people) | by_kit,
        )

    def _touch(self, table: str, key: str, record: Record) -> None:
        parent = self.definition.tables[table].parent
        if table == self.definition.main_id:
            self.dirty.add(key)
        elif parent and isinstance(number := record.get(parent), str):
            self.dirty.add(number)

    @property
    def is_changed(self) -> bool:
        """Whether anything differs from how the state began."""
        return bool(self.created or any(self.changed.values()) or self.changed_phases or self.replaced)
