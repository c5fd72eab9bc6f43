"""What each kind of rule asks of a record: one function per kind, which gives the fields at fault.

A rule sees a whole record and the day to act as; it never sees the file. Its findings carry no place yet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from typing import Any

from registerkit.codes import FindingCode
from registerkit.definition import Definition, Lookups, Record, Rule, Value, fold
from registerkit.definition.model import Field
from registerkit.findings import Finding, shortened
from registerkit.register import is_taken_over, limits_for, same_person, written

__all__ = ["RULES", "CheckContext", "Fault", "check_record"]


@dataclass(frozen=True)
class CheckContext:
    """What a rule may look at beside the record."""

    definition: Definition
    lookups: Lookups
    on: date
    records: Mapping[str, Mapping[str, Record]] = field(default_factory=dict)
    """The records that are known, by table and key."""
    limits: Mapping[str, int] = field(default_factory=dict)
    grants: Mapping[str, int] = field(default_factory=dict)
    """What people may promise by themselves, by their role; it stands for the limit of approval."""
    values: Mapping[tuple[str, str], Mapping[Any, str]] = field(default_factory=dict)
    """For unique fields, by table and field: value to the key that holds it."""

    def limits_of(self, record: Record) -> Mapping[str, int]:
        """Return the limits in cents that hold for who handles a complaint."""
        handler = self.definition.role("handler")
        return limits_for(self.limits, self.grants, record.get(handler.id) if handler else None, self.lookups)

    def label(self, table: str, field_id: str) -> str:
        """Return a field's header in the register's language."""
        return self.definition.tables[table].by_id[field_id].labels[self.lookups.language]

    def written(self, table: str, field_id: str, value: Value) -> str | None:
        """Return a field's value as people write it in the register's language."""
        return written(self.definition.tables[table].by_id[field_id], value, self.lookups)


@dataclass(frozen=True)
class Fault:
    """A rule that does not hold, with the field whose cell is at fault."""

    field: str
    finding: Finding
    holds_back: bool = False
    """The field's value is not taken in."""


_ASKING = frozenset({"required", "any_of", "named", "allowed"})
"""The kinds of rules that ask for what is not there, or say which choices go together."""
_Broken = Iterator[tuple[str, FindingCode, dict[str, Any]]]
"""Fields for which a rule does not hold, with the code of the finding and what its message tells."""
_Rule = Callable[[Rule, Record, CheckContext], _Broken]


def check_record(table_id: str, record: Record, context: CheckContext, key: str | None = None) -> list[Fault]:
    """Return every fault of a record, required fields and closing included."""
    record = record | {"": key}
    wiped = context.definition.tables[table_id].personal if record.get("anonymised_on") is not None else frozenset()
    # What an earlier register did not ask is asked no more.
    asks_less = table_id == context.definition.main_id and is_taken_over(record)
    faults = [*_required(table_id, record, context)]
    faults += [] if asks_less else _closing(table_id, record, context)
    for rule in context.definition.rules_by_table[table_id]:
        if asks_less and rule.kind in _ASKING:
            continue
        limits = context.limits_of(record) if rule.when.over else None  # Most rules compare nothing with an amount.
        if rule.when.is_empty or rule.when.holds(record, limits):
            for field_id, code, values in RULES[rule.kind](rule, record, context):
                told = context.written(table_id, field_id, record.get(field_id))
                if field_id not in wiped:
                    faults += _broken(rule, field_id, code, told, values, context)
    return [fault for fault in faults if fault.field not in wiped]


def _broken(
    rule: Rule, field_id: str, code: FindingCode, value: str | None, values: dict[str, Any], context: CheckContext
) -> Iterator[Fault]:
    """Return the faults that follow from a rule that does not hold for a field."""
    why, closing = rule.text.get(context.lookups.language, ""), context.definition.closes(rule)
    told = {"label": context.label(rule.table, field_id), "why": why, **values}
    finding = Finding(code, rule.severity, value=value, context=told)
    if closing and rule.severity == "error":
        yield from (Fault(held, finding, True) for held in context.definition.closing_fields)
    yield Fault(field_id, finding, rule.severity == "error" and not closing)


def _required(table_id: str, record: Record, context: CheckContext) -> Iterator[Fault]:
    known = context.records.get(table_id, {}).get(str(record.get("")), {})
    for field_ in context.definition.tables[table_id].needed:
        if record.get(field_.id) is None:
            kept = shortened(context.written(table_id, field_.id, known.get(field_.id)))
            if kept is None and known:  # It came in without, as a mail does.
                yield Fault(field_.id, replace(_missing("left_open", table_id, field_, context), severity="warning"))
            elif kept is None:
                yield Fault(field_.id, _missing("required", table_id, field_, context), True)
            else:
                yield Fault(field_.id, _missing("emptied", table_id, field_, context, kept=kept), True)


def _closing(table_id: str, record: Record, context: CheckContext) -> Iterator[Fault]:
    definition = context.definition
    if table_id != definition.main_id or definition.closing.is_empty or not definition.closing.holds(record):
        return
    informal = not definition.informal.is_empty and definition.informal.holds(record)
    needed = definition.needed_informally if informal else definition.needed_to_close
    # What a mail left open is needed by now.
    missing = {f.id: f for f in (*definition.main.needed, *needed) if record.get(f.id) is None}
    for field_ in missing.values():
        if not missing.keys().isdisjoint(definition.taken_over.get(field_.id, ())):
            continue  # It comes by itself once the other is there.
        finding = _missing("required_to_close", table_id, field_, context)
        yield Fault(field_.id, finding)
        yield from (Fault(held, finding, True) for held in definition.closing_fields)


def _missing(code: FindingCode, table_id: str, field_: Field, context: CheckContext, **told: Any) -> Finding:
    return Finding(code, "error", context={"label": context.label(table_id, field_.id), **told})


def _required_when(rule: Rule, record: Record, _: CheckContext) -> _Broken:
    for field_id in rule.fields:
        if record.get(field_id) is None:
            yield field_id, "required_here", {}


def _any_of(rule: Rule, record: Record, context: CheckContext) -> _Broken:
    if not any(all(record.get(f) is not None for f in group) for group in rule.groups):
        ways = ["’ + ‘".join(context.label(rule.table, f) for f in group) for group in rule.groups]
        yield rule.fields[0], "any_of", {"ways": ways}


@cache
def _folded(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(fold(word) for word in words)


def _named(rule: Rule, record: Record, _: CheckContext) -> _Broken:
    refused = _folded(rule.values)
    for field_id in rule.fields:
        value = record.get(field_id)
        if isinstance(value, str) and (fold(value) in refused or not any(c.isalpha() for c in value)):
            yield field_id, "not_named", {}


def _not_future(rule: Rule, record: Record, context: CheckContext) -> _Broken:
    for field_id in rule.fields:
        value = record.get(field_id)
        if isinstance(value, date) and value > context.on:
            yield field_id, "in_future", {"on": context.on}


def _not_before_day(rule: Rule, record: Record, _: CheckContext) -> _Broken:
    for field_id in rule.fields:
        value = record.get(field_id)
        if isinstance(value, date) and rule.day and value < rule.day:
            yield field_id, "too_early", {"day": rule.day}


def _order(code: FindingCode, sign: int) -> _Rule:
    def check(rule: Rule, record: Record, context: CheckContext) -> _Broken:
        other = record.get(rule.other or "")
        for field_id in rule.fields:
            value = record.get(field_id)
            if isinstance(value, date) and isinstance(other, date) and (value - other).days * sign < 0:
                label = context.label(rule.table, rule.other or "")
                yield field_id, code, {"other": label, "other_value": other}

    return check


def _between(rule: Rule, record: Record, context: CheckContext) -> _Broken:
    for field_id in rule.fields:
        value = record.get(field_id)
        if not isinstance(value, int):
            continue
        low, high = rule.minimum, rule.maximum
        if (low is not None and value < low) or (high is not None and value > high):
            one: FindingCode = "too_low" if high is None else "too_high"
            code: FindingCode = "out_of_range" if low is not None and high is not None else one
            bounds = {"minimum": low, "maximum": high}
            yield field_id, code, {name: context.written(rule.table, field_id, n) for name, n in bounds.items()}


def _allowed(rule: Rule, record: Record, context: CheckContext) -> _Broken:
    for field_id in rule.fields:
        value = record.get(field_id)
        if value is not None and str(value) not in rule.values:
            choices = context.definition.tables[rule.table].by_id[field_id].choices or ""
            yield field_id, "not_allowed_here", {"choices": [context.lookups.label(choices, c) for c in rule.values]}


def _different(rule: Rule, record: Record, context: CheckContext) -> _Broken:
    for field_id in rule.fields:
        if same_person(record.get(field_id), record.get(rule.other or ""), context.lookups):
            yield field_id, "same_person", {"other": context.label(rule.table, rule.other or "")}


def _unique(rule: Rule, record: Record, context: CheckContext) -> _Broken:
    for field_id in rule.fields:
        value = record.get(field_id)
        holder = context.values.get((rule.table, field_id), {}).get(value)
        if value is not None and holder is not None and holder != record.get(""):
            yield field_id, "not_unique", {"holder": holder}


def _known_numbers(rule: Rule, record: Record, context: CheckContext) -> _Broken:
    main = context.definition.main_id
    own, known = record.get("") if rule.table == main else None, context.records.get(main, {})
    for field_id in rule.fields:
        value = record.get(field_id)
        numbers = value if isinstance(value, tuple) else (str(value),) if value is not None else ()
        unknown = [number for number in numbers if number != own and number not in known]
        if unknown:
            yield field_id, "unknown_number", {"numbers": unknown}
        if own in numbers:
            yield field_id, "own_number", {"number": own}


RULES: Mapping[str, _Rule] = {
    "required": _required_when,
    "any_of": _any_of,
    "named": _named,
    "not_future": _not_future,
    "not_before_day": _not_before_day,
    "not_before": _order("before_other", 1),
    "not_after": _order("after_other", -1),
    "between": _between,
    "allowed": _allowed,
    "different": _different,
    "unique": _unique,
    "known_numbers": _known_numbers,
}
"""How each kind of rule is checked."""
