"""Reads the rules, derivations and conditions of a definition file."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from registerkit.definition.condition import Condition
from registerkit.definition.model import Derivation, Rule, Table
from registerkit.faults import Faults
from registerkit.findings import SEVERITIES, Severity
from registerkit.texts import LANGUAGES

__all__ = ["RULE_KINDS", "read_condition", "read_derivations", "read_rules"]

RULE_KINDS: Mapping[str, frozenset[str]] = {
    "required": frozenset(),
    "any_of": frozenset({"groups"}),
    "named": frozenset({"values"}),
    "not_future": frozenset(),
    "not_before_day": frozenset({"day"}),
    "not_before": frozenset({"other"}),
    "not_after": frozenset({"other"}),
    "between": frozenset({"minimum", "maximum"}),
    "allowed": frozenset({"values"}),
    "different": frozenset({"other"}),
    "unique": frozenset(),
    "known_numbers": frozenset(),
}
"""What each kind of rule needs beside `fields`; `required` and `allowed` hold under the rule's condition."""

_RULE_KEYS = {
    "id", "kind", "table", "fields", "severity", "when", "groups", "other", "values", "minimum", "maximum", "day",
    "nl", "en",
}  # fmt: skip
_DERIVATION_KEYS = {"table", "field", "when", "value", "source", "only_empty"}
_CONDITION_KEYS = {"filled", "empty", "later", "not_later", "over", "is"}


def read_condition(tree: Any, where: str, known: Collection[str], faults: Faults) -> Condition:
    """Read a condition: `is` (field to codes), `filled`, `empty`, `later`, `not_later`, `over`."""
    if tree is None:
        return Condition()
    tree = faults.body(tree, where)
    faults.keys(where, tree, _CONDITION_KEYS)
    equals = faults.take(tree, "is", dict, where, {})
    condition = Condition(
        equals={f: tuple(_listed(codes)) for f, codes in equals.items()} or None,
        filled=faults.words(tree, "filled", where),
        empty=faults.words(tree, "empty", where),
        later=faults.pairs(tree, "later", where),
        not_later=faults.pairs(tree, "not_later", where),
        over=faults.named_words(tree, "over", where) or None,
    )
    for field_id in condition.field_ids():
        if field_id not in known:
            faults.unknown("unknown_field", where, field_id, known)
    return condition


def read_rules(entries: list[Any], tables: Mapping[str, Table], faults: Faults) -> tuple[Rule, ...]:
    """Read `[[rules]]`."""
    return tuple(_rule(entry, f"rules[{n}]", tables, faults) for n, entry in enumerate(entries, 1))


def _rule(found: Any, where: str, tables: Mapping[str, Table], faults: Faults) -> Rule:
    tree = faults.body(found, where)
    faults.keys(where, tree, _RULE_KEYS)
    rule_id = faults.require(tree, "id", str, where, "")
    where = f"rules.{rule_id}" if rule_id else where
    kind = faults.require(tree, "kind", str, where, "required")
    table = _known_table(tree, where, tables, faults)
    known: Collection[str] = table.by_id if table else ()
    if kind not in RULE_KINDS:
        faults.unknown("unknown_rule", f"{where}.kind", kind, RULE_KINDS)
    for key in sorted(RULE_KINDS.get(kind, frozenset()) - set(tree)):
        if kind != "between" or not {"minimum", "maximum"} & set(tree):
            faults.add("missing_key", where, key=key)
    rule = Rule(
        id=rule_id,
        kind=kind,
        table=table.id if table else "",
        fields=_fields(tree, where, faults),
        severity=_severity(tree, where, faults),
        when=read_condition(tree.get("when"), f"{where}.when", known, faults),
        groups=faults.groups(tree, "groups", where),
        other=faults.take(tree, "other", str, where),
        values=faults.words(tree, "values", where),
        minimum=faults.take(tree, "minimum", int, where),
        maximum=faults.take(tree, "maximum", int, where),
        day=faults.take(tree, "day", date, where),
        text=_text(tree, where, faults),
    )
    for field_id in (*rule.fields, *(f for group in rule.groups for f in group), *filter(None, [rule.other])):
        if table and field_id not in known:
            faults.unknown("unknown_field", f"{where}.fields", field_id, known)
    return rule


def _fields(tree: Mapping[str, Any], where: str, faults: Faults) -> tuple[str, ...]:
    """Return the fields of a rule: one at least, for the first is where the finding stands."""
    fields = faults.words(tree, "fields", where)
    if not fields:
        faults.add("missing_key", where, key="fields")
    return fields


def _severity(tree: Mapping[str, Any], where: str, faults: Faults) -> Severity:
    severity: Severity = faults.take(tree, "severity", str, where, "error")
    if severity not in SEVERITIES:
        faults.unknown("unknown_severity", f"{where}.severity", severity, SEVERITIES)
    return severity


def read_derivations(entries: list[Any], tables: Mapping[str, Table], faults: Faults) -> tuple[Derivation, ...]:
    """Read `[[derivations]]`: a value that follows from others."""
    return tuple(_derivation(entry, f"derivations[{n}]", tables, faults) for n, entry in enumerate(entries, 1))


def _derivation(found: Any, where: str, tables: Mapping[str, Table], faults: Faults) -> Derivation:
    tree = faults.body(found, where)
    faults.keys(where, tree, _DERIVATION_KEYS)
    table = _known_table(tree, where, tables, faults)
    known: Collection[str] = table.by_id if table else ()
    field_id = faults.require(tree, "field", str, where, "")
    source = faults.take(tree, "source", str, where)
    for word in filter(None, (field_id, source)):
        if table and word not in known:
            faults.unknown("unknown_field", where, word, known)
    return Derivation(
        table=table.id if table else "",
        field=field_id,
        when=read_condition(tree.get("when"), f"{where}.when", known, faults),
        value=faults.take(tree, "value", str, where),
        source=source,
        only_empty=faults.take(tree, "only_empty", bool, where, False),
    )


def _known_table(tree: Mapping[str, Any], where: str, tables: Mapping[str, Table], faults: Faults) -> Table | None:
    table_id = faults.require(tree, "table", str, where, "")
    if table_id not in tables:
        faults.unknown("unknown_table", f"{where}.table", table_id, tables)
    return tables.get(table_id)


def _listed(value: Any) -> list[str]:
    return [str(v) for v in value] if isinstance(value, list) else [str(value)]


def _text(tree: Mapping[str, Any], where: str, faults: Faults) -> dict[str, str]:
    """Return what is said of a rule per language; the one that is written stands in for another."""
    given = {language: faults.take(tree, language, str, where, "") for language in LANGUAGES if language in tree}
    return {language: given.get(language, next(iter(given.values()))) for language in LANGUAGES} if given else {}
