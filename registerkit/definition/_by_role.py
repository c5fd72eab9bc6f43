"""Calls every field of the main table by its role, so that no stage depends on how a definition names its fields."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from registerkit.definition.condition import Condition
from registerkit.definition.model import Definition, Derivation, Field, Rule, Table
from registerkit.faults import Faults

__all__ = ["by_role", "check_roles", "condition_by_role"]


def check_roles(definition: Definition, shipped: Table, faults: Faults) -> None:
    """Note every role that no stage asks for, is of another kind than its field, or is played twice.

    `shipped` is the main table of the definition that ships with the kit: its ids are the roles.
    """
    played: set[str] = set()
    for field in definition.main.fields:
        where, role = f"tables.{definition.main_id}.fields.{field.id}.role", field.role or field.id
        if role in played:
            faults.add("duplicate_role", where, word=role)
        played.add(role)
        if not field.role:
            continue
        if role not in shipped.by_id:
            faults.unknown("unknown_role", where, role, shipped.by_id)
        elif field.value_kind != (wanted := shipped.by_id[role].value_kind):
            faults.add("role_kind", where, word=role, kind=field.value_kind, wanted=wanted)
    for table in definition.tables.values():
        for field in table.fields if table.id != definition.main_id else ():
            if field.role:
                faults.add("role_outside_main", f"tables.{table.id}.fields.{field.id}.role", word=field.role)


def by_role(definition: Definition) -> Definition:
    """Return the definition with every field of the main table under its role; its own id stays as its name."""
    main = definition.main
    roles = {field.id: field.role for field in main.fields if field.role and field.role != field.id}
    if not roles:
        return definition

    def of(field_ids: Iterable[str]) -> tuple[str, ...]:
        return tuple(roles.get(field_id, field_id) for field_id in field_ids)

    fields = tuple(_field(field, roles) for field in main.fields)
    renamed = replace(main, fields=fields, key=roles.get(main.key, main.key), parent=main.parent)
    return replace(
        definition,
        tables={**definition.tables, main.id: renamed},
        rules=tuple(_rule(rule, roles) if rule.table == main.id else rule for rule in definition.rules),
        derivations=tuple(_derivation(d, roles) if d.table == main.id else d for d in definition.derivations),
        closing=condition_by_role(definition.closing, roles),
        informal=condition_by_role(definition.informal, roles),
        informal_fields=of(definition.informal_fields),
        closing_fields=of(definition.closing_fields),
    )


def condition_by_role(condition: Condition, roles: Mapping[str, str]) -> Condition:
    """Return a condition that looks at fields by their role; `roles` holds those that differ from the id."""

    def of(field_ids: Iterable[str]) -> tuple[str, ...]:
        return tuple(roles.get(field_id, field_id) for field_id in field_ids)

    return Condition(
        equals={roles.get(f, f): codes for f, codes in condition.equals.items()} if condition.equals else None,
        filled=of(condition.filled),
        empty=of(condition.empty),
        later=tuple((roles.get(a, a), roles.get(b, b)) for a, b in condition.later),
        not_later=tuple((roles.get(a, a), roles.get(b, b)) for a, b in condition.not_later),
        over={roles.get(f, f): name for f, name in condition.over.items()} if condition.over else None,
    )


def _field(field: Field, roles: Mapping[str, str]) -> Field:
    parent = roles.get(field.parent or "", field.parent)
    own = roles.get(field.id)
    return replace(field, id=own or field.id, parent=parent, declared=field.id if own else "", role="")


def _rule(rule: Rule, roles: Mapping[str, str]) -> Rule:
    return replace(
        rule,
        fields=tuple(roles.get(f, f) for f in rule.fields),
        when=condition_by_role(rule.when, roles),
        groups=tuple(tuple(roles.get(f, f) for f in group) for group in rule.groups),
        other=roles.get(rule.other or "", rule.other),
    )


def _derivation(derivation: Derivation, roles: Mapping[str, str]) -> Derivation:
    return replace(
        derivation,
        field=roles.get(derivation.field, derivation.field),
        when=condition_by_role(derivation.when, roles),
        source=roles.get(derivation.source or "", derivation.source),
    )
