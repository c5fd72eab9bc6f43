"""Checks that the codes which conditions, rules and derivations name stand in the lists of their fields."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from registerkit.definition.condition import Condition
from registerkit.definition.model import Definition
from registerkit.faults import Faults

__all__ = ["check_codes"]

_OPEN_ROLES = ("department", "branch")
"""Fields whose list an office fills in its settings: any code may come to stand in it."""


def check_codes(definition: Definition, every: Mapping[str, Collection[str]], faults: Faults) -> None:
    """Note every code that no list has: a condition with a typing error would never hold, without a word.

    `every` has the codes of each list under whatever profile. A condition may ask for a code that this profile lacks:
    then it does not hold; a value that follows must be there, and of the allowed ones one at least.
    """
    main = definition.main_id
    _check_condition(definition, main, definition.closing, every, "definition.closing", faults)
    _check_condition(definition, main, definition.informal, every, "definition.informal", faults)
    for rule in definition.rules:
        where = f"rules.{rule.id}"
        _check_condition(definition, rule.table, rule.when, every, f"{where}.when", faults)
        if rule.kind == "allowed":
            for field_id in rule.fields:
                own = _own_codes(definition, rule.table, field_id)
                known = every if own is None or any(code in own for code in rule.values) else None
                _check(definition, rule.table, field_id, rule.values, known, f"{where}.values", faults)
    for n, derivation in enumerate(definition.derivations, 1):
        where = f"derivations[{n}]"
        _check_condition(definition, derivation.table, derivation.when, every, f"{where}.when", faults)
        if derivation.value is not None:
            values = (derivation.value,)
            _check(definition, derivation.table, derivation.field, values, None, f"{where}.value", faults)


def _check_condition(
    definition: Definition,
    table: str,
    condition: Condition,
    every: Mapping[str, Collection[str]],
    where: str,
    faults: Faults,
) -> None:
    for field_id, codes in (condition.equals or {}).items():
        _check(definition, table, field_id, codes, every, where, faults)


def _own_codes(definition: Definition, table: str, field_id: str) -> Collection[str] | None:
    """Return the codes that a field can have under the profile; None where any code will do."""
    field = definition.tables[table].by_id.get(field_id) if table in definition.tables else None
    choices = definition.lists.get(field.choices or "") if field and field.value_kind == "choice" else None
    if field is None or choices is None or (field.role or field.id) in _OPEN_ROLES:
        return None
    return choices.by_code


def _check(
    definition: Definition,
    table: str,
    field_id: str,
    codes: Iterable[str],
    every: Mapping[str, Collection[str]] | None,
    where: str,
    faults: Faults,
) -> None:
    own = _own_codes(definition, table, field_id)
    if own is None:
        return
    list_id = definition.tables[table].by_id[field_id].choices or ""
    known = {*own, *(every or {}).get(list_id, ())}
    for code in codes:
        if code not in known:
            faults.unknown("unknown_code", where, code, own)
