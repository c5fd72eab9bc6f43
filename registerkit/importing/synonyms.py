"""What people call the fields and the choices of a complaint register."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from registerkit.definition import Definition, Field, Lookups, fold, header_key

__all__ = ["choice_names", "field_names", "part_names"]


@cache
def _synonyms() -> Mapping[str, Any]:
    """Return what people call fields, parts of fields and choices, each by field."""
    return tomllib.loads((files("registerkit.importing") / "synonyms.toml").read_text(encoding="utf-8"))


def field_names(definition: Definition) -> dict[str, str]:
    """Return what a heading may be and the field that it then means; its own names come first."""
    asked = [f for f in definition.main.fields if f.is_input and f.id != definition.main.key]
    found: dict[str, str] = {}
    for field in asked:
        for name in (*field.labels.values(), *field.aliases, field.name, field.id, *field.question.values()):
            found.setdefault(header_key(name), field.id)
    for field in asked:
        for name in _synonyms()["fields"].get(field.id, ()):
            found.setdefault(header_key(name), field.id)
    return found


def part_names(definition: Definition) -> dict[str, list[set[str]]]:
    """Return what the columns are called that make one field together, by field and in their order."""
    told = _synonyms()["parts"].items()
    return {f: [set(map(header_key, names)) for names in parts] for f, parts in told if f in definition.main.by_id}


def choice_names(field: Field, lookups: Lookups) -> dict[str, str]:
    """Return what people write for the choices of a field, folded, with the label that it means."""
    list_id, found = field.choices or "", dict[str, str]()
    known = {choice.code: choice.labels[lookups.language] for choice in lookups.lists.get(list_id, ()) if choice.in_use}
    for code, label in known.items():
        found.setdefault(fold(label), label)
        found.setdefault(fold(code), label)
    for choice in lookups.lists.get(list_id, ()):
        for name in (*choice.labels.values(), *choice.aliases) if choice.code in known else ():
            found.setdefault(fold(name), known[choice.code])
    for code, names in _synonyms()["choices"].get(field.id, {}).items():
        for name in names if code in known else ():
            found.setdefault(fold(name), known[code])
    return found
