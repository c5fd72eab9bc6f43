"""Checks that the codes which conditions, rules and derivations name stand in the lists of their fields."""

from __future__ import annotations

from collections.abc import Iterable

from registerkit.definition.condition import Condition
from registerkit.definition.model import Definition
from registerkit.faults import Faults

__all__ = ["check_codes"]

_OPEN_ROLES = ("department", "branch")
"""Fields whose list an office fills in its settings: any code may come to stand in it."""


def check_codes(definition: Definition, faults: Faults) -> None:
    """Note every code that no list has: a condition with a typing error would never hold, without a word."""
    main = definition.main_id
    _check_condition(definition, main, definition.closing, "definition.closing", faults)
    _check_condition(definition, main, definition.informal, "definition.informal", faults)
    for rule in definition.rules:
        where = f"rules.{rule.id}"
        _check_condition(definition, rule.table, rule.when, f"{where}.when", faults)
        if rule.kind == "allowed":
            for field_id in rule.fields:
                _check(definition, rule.table, field_id, rule.values, f"{where}.values", faults)
    for n, derivation in enumerate(definition.derivations, 1):
        where = f"derivations[{n}]"
        _check_condition(definition, derivation.table, derivation.when, f"{where}.when", faults)
        if derivation.value is not None:
            _check(definition, derivation.table, derivation.field, (derivation.value,), f"{where}.value", faults)


def _check_condition(definition: Definition, table: str, condition: Condition, where: str, faults: Faults) -> None:
    for field_id, codes in (condition.equals or {}).items():
        _check(definition, table, field_id, codes, where, faults)


def _check(definition: Definition, table: str, field_id: str, codes: Iterable[str], where: str, faults: Faults) -> None:
    field = definition.tables[table].by_id.get(field_id) if table in definition.tables else None
    choices = definition.lists.get(field.choices or "") if field and field.value_kind == "choice" else None
    if field is None or choices is None or (field.role or field.id) in _OPEN_ROLES:
        return
    for code in codes:
        if code not in choices.by_code:
            faults.unknown("unknown_code", where, code, choices.by_code)
