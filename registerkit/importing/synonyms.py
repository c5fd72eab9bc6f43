"""What people call the fields and the choices of a complaint register."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from registerkit.definition import Definition, Field, Lookups, fold, header_key

__all__ = ["choice_names", "field_names"]


@cache
def _synonyms() -> tuple[Mapping[str, list[str]], Mapping[str, Mapping[str, list[str]]]]:
    tree = tomllib.loads((files("registerkit.importing") / "synonyms.toml").read_text(encoding="utf-8"))
    return tree["fields"], tree["choices"]


def field_names(definition: Definition) -> dict[str, str]:
    """Return what a heading may be and the field that it then means; its own names come first."""
    asked = [f for f in definition.main.fields if f.is_input and f.id != definition.main.key]
    found: dict[str, str] = {}
    for field in asked:
        for name in (*field.labels.values(), *field.aliases, field.name, field.id, *field.question.values()):
            found.setdefault(header_key(name), field.id)
    for field in asked:
        for name in _synonyms()[0].get(field.id, ()):
            found.setdefault(header_key(name), field.id)
    return found


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
    for code, names in _synonyms()[1].get(field.id, {}).items():
        for name in names if code in known else ():
            found.setdefault(fold(name), known[code])
    return found
