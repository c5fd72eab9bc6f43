"""A copy of a definition in which every field of the main table has another id, and plays its role by name."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import tomlkit

__all__ = ["renamed_definition"]


def renamed_definition(source: Path, target: Path, prefix: str = "eigen_") -> dict[str, str]:
    """Write the copy; gives the new ids by the old ones."""
    tree: Any = tomlkit.parse(source.read_text(encoding="utf-8"))
    main_id = tree["definition"]["main"]
    main = tree["tables"][main_id]
    names = {str(field["id"]): f"{prefix}{field['id']}" for field in main["fields"]}
    for field in main["fields"]:
        field["role"] = str(field["id"])
        field["id"] = names[str(field["id"])]
        if "parent" in field:
            field["parent"] = names[str(field["parent"])]
    main["key"] = names[str(main["key"])]
    head = tree["definition"]
    for key in ("informal_fields", "closing_fields"):
        head[key] = [names[str(word)] for word in head[key]]
    for key in ("closing", "informal"):
        head[key] = _condition(head[key], names)
    for rule in tree["rules"]:
        if rule["table"] == main_id:
            _rename_rule(rule, names)
    for derivation in tree["derivations"]:
        if derivation["table"] == main_id:
            _rename_rule(derivation, names)
    target.write_text(tomlkit.dumps(tree), encoding="utf-8")
    return names


def _rename_rule(rule: Any, names: Mapping[str, str]) -> None:
    for key in ("field", "source", "other"):
        if key in rule:
            rule[key] = names[str(rule[key])]
    if "fields" in rule:
        rule["fields"] = [names[str(word)] for word in rule["fields"]]
    if "groups" in rule:
        rule["groups"] = [[names[str(word)] for word in group] for group in rule["groups"]]
    if "when" in rule:
        rule["when"] = _condition(rule["when"], names)


def _condition(condition: Any, names: Mapping[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in condition.unwrap().items():
        if isinstance(value, dict):
            found[key] = {names[word]: codes for word, codes in value.items()}
        elif key in ("later", "not_later"):
            found[key] = [[names[word] for word in pair] for pair in value]
        else:
            found[key] = [names[word] for word in value]
    return found
