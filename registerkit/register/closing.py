"""What a complaint still lacks before it can be closed, beside the day of the answer itself."""

from __future__ import annotations

from collections.abc import Iterator

from registerkit.definition import Definition, Field, Record, Rule

__all__ = ["closing_rules", "lacking_to_close", "needed_with_answer"]


def lacking_to_close(definition: Definition, record: Record) -> tuple[str, ...]:
    """Return the fields that a formal closing asks for and that are empty, in the definition's order."""
    closed = record | {field_id: codes[0] for field_id, codes in (definition.closing.equals or {}).items()}
    missing = {f.id for f in needed_with_answer(definition) if record.get(f.id) is None}
    for rule in closing_rules(definition):
        if rule.when.holds(closed):
            missing |= {field_id for field_id in rule.fields if record.get(field_id) is None}
    missing -= {f for f in missing if any(record.get(s) is not None for s in _sources(definition, f))}
    return tuple(f.id for f in definition.main.fields if f.id in missing)


def needed_with_answer(definition: Definition) -> list[Field]:
    """Return the fields that must be filled to close, but for those that follow from the day of the answer."""
    needed = [f for f in definition.needed_to_close if f.id != "answered_on"]
    return [f for f in needed if "answered_on" not in _sources(definition, f.id)]


def closing_rules(definition: Definition) -> list[Rule]:
    """Return the rules that hold back a closing while a field is empty."""
    rules = definition.rules_by_table[definition.main_id]
    return [rule for rule in rules if definition.closes(rule) and rule.severity == "error"]


def _sources(definition: Definition, field_id: str) -> Iterator[str]:
    """Return the fields whose value an empty field takes over."""
    for derivation in definition.derivations:
        if (derivation.table, derivation.field) == (definition.main_id, field_id) and derivation.only_empty:
            yield derivation.source or ""
