"""Fills in what sync fills in: defaults, the handler by routing, and values that follow from others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from registerkit.deadlines import TermPolicy
from registerkit.definition import Definition, Field, Lookups, Record, Value
from registerkit.register import Staff, first_rule, row_text
from registerkit.settings import Routing

__all__ = ["Completion", "Origin", "route"]

_PASSES = 3
"""Derivations may set off each other; more passes than a chain is long do no harm."""


@dataclass(frozen=True)
class Origin:
    """What a source gives its rows: the one who receives, and the branch, as codes."""

    owner: str | None = None
    branch: str | None = None


@dataclass(frozen=True)
class Completion:
    """Completes records of one register."""

    definition: Definition
    lookups: Lookups
    routing: tuple[Routing, ...]
    policy: TermPolicy
    on: date
    handler: str | None = None
    """Who gets a new complaint that no rule names a handler for."""

    def complete(self, table_id: str, record: Record, origin: Origin) -> Record:
        """Return the record with defaults and derived values; fields that hold something keep it."""
        done = dict(record)
        for field in self.definition.tables[table_id].fields:
            if field.when == "default" and done.get(field.id) is None:
                done[field.id] = self._default(field, done, origin)
        for _ in range(_PASSES):
            for derivation in self.definition.derivations:
                if derivation.table != table_id or not derivation.when.holds(done):
                    continue
                if derivation.only_empty and done.get(derivation.field) is not None:
                    continue
                done[derivation.field] = done.get(derivation.source) if derivation.source else derivation.value
        return done

    def _default(self, field: Field, record: Record, origin: Origin) -> Value:
        if field.default is not None:
            return field.default == "ja" if field.kind == "yesno" else field.default
        if field.default_from == "owner":
            return origin.owner
        if field.default_from == "branch":
            return origin.branch or self._only_choice(field)
        if field.default_from == "routing":
            return self._routed(field, record)
        if field.default_from == "extension" and record.get("extended_on") is not None:
            return self._extension(record)
        return None

    def _only_choice(self, field: Field) -> str | None:
        choices = [c for c in self.lookups.lists.get(field.choices or "", ()) if c.in_use]
        return choices[0].code if len(choices) == 1 else None

    def _routed(self, field: Field, record: Record) -> str | None:
        found = route(self.routing, field.id, record)
        if field.kind == "choice":
            return self.lookups.code(field.choices or "", found) if found else None
        staff = Staff(self.lookups.staff, self.on)
        named = (self.lookups.person(name) for name in (found, self.handler) if name)
        code = next((code for code in named if code), None)
        return staff.worker(code) if code else None

    def _extension(self, record: Record) -> int | None:
        profile = self.policy.for_case(row_text(record, "category"), row_text(record, "severity"))
        return profile.extension.number if profile.extension.unit == "weeks" else None


def route(routing: tuple[Routing, ...], what: str, record: Mapping[str, Value]) -> str | None:
    """Return the department, handler or priority of the first rule that matches the record and names one."""
    found = first_rule(routing, what, record)
    named: str | None = getattr(found[1], what) if found else None
    return named
