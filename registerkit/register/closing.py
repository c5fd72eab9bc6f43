"""What a complaint still lacks before it can be closed, and which were closed before they came in."""

from __future__ import annotations

from registerkit.definition import Definition, Record

__all__ = ["is_taken_over", "lacking_to_close"]


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


def is_taken_over(record: Record) -> bool:
    """Tell whether a complaint was closed before it came in, from an earlier register, and not opened again since."""
    return record.get("taken_over_on") is not None and record.get("reopened_on") is None
