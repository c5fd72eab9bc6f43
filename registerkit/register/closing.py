"""What a complaint still lacks before it can be closed, beside the day of the answer itself."""

from __future__ import annotations

from registerkit.definition import Definition, Record

__all__ = ["lacking_to_close"]


def lacking_to_close(definition: Definition, record: Record) -> tuple[str, ...]:
    """Return the fields that a formal closing asks for and that are empty, in the definition's order."""
    missing = {f.id for f in definition.needed_with_answer if record.get(f.id) is None}
    closed = record | {field_id: codes[0] for field_id, codes in (definition.closing.equals or {}).items()}
    for rule in definition.closing_rules:
        if rule.when.holds(closed):
            missing |= {field_id for field_id in rule.fields if record.get(field_id) is None}
    sources = definition.taken_over
    missing -= {f for f in missing if any(record.get(source) is not None for source in sources.get(f, ()))}
    return tuple(f.id for f in definition.main.fields if f.id in missing) if missing else ()
