"""Collects what is wrong in a definition file, so that one look shows everything there is to mend."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from registerkit.findings import Finding, Location
from registerkit.suggest import nearest

__all__ = ["Faults"]


class Faults:
    """The findings about one definition file, with the key each is about as its place."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.found: list[Finding] = []

    def add(self, code: str, where: str, **context: Any) -> None:
        """Note a fault at a key such as `tables.complaints.fields.name.kind`."""
        location = Location(file=self.file, label=where)
        self.found.append(Finding(f"definition.{code}", "error", location, context=context))

    def unknown(self, code: str, where: str, word: str, known: Collection[str]) -> None:
        """Note a word that is not one of `known`, with the nearest that is."""
        self.add(code, where, word=word, nearest=nearest(word, known), known=", ".join(sorted(known)[:30]))

    def keys(self, where: str, tree: Mapping[str, Any], known: Collection[str]) -> None:
        """Note every key that a definition does not have at this place."""
        for key in tree:
            if key not in known:
                self.unknown("unknown_key", f"{where}.{key}" if where else key, key, known)

    def take(self, tree: Mapping[str, Any], key: str, kind: type, where: str, default: Any = None) -> Any:
        """Give `tree[key]` when it is of the kind asked, else note the fault and give the default."""
        value = tree.get(key)
        if value is None:
            return default
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            self.add("wrong_type", f"{where}.{key}", found=type(value).__name__, wanted=kind.__name__)
            return default
        return value

    def require(self, tree: Mapping[str, Any], key: str, kind: type, where: str, default: Any = None) -> Any:
        """Like `take`, but a missing key is a fault too."""
        if tree.get(key) is None:
            self.add("missing_key", where, key=key)
            return default
        return self.take(tree, key, kind, where, default)
