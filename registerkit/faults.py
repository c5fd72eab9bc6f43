"""Collects what is wrong in a TOML file that people write, so that one look shows everything there is to mend."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, cast

from registerkit.codes import FindingCode
from registerkit.findings import Finding, Location
from registerkit.suggest import nearest
from registerkit.toml_place import line_of

__all__ = ["Faults"]


class Faults:
    """The findings about one file, a `kind` of its own, with key and line of what each is about as its place."""

    def __init__(self, file: str, kind: str = "definition", text: str = "") -> None:
        self.file, self.kind, self.text = file, kind, text
        self.found: list[Finding] = []

    def add(self, code: str, where: str, nth: int = 1, **context: Any) -> None:
        """Note a fault at a key such as `tables.complaints.fields.name.kind`, in the nth section where it is listed."""
        location = Location(file=self.file, row=line_of(self.text, where, nth), label=where)
        name = cast("FindingCode", f"{self.kind}.{code}")
        self.found.append(Finding(name, "error", location, context=context))

    def unknown(self, code: str, where: str, word: str, known: Collection[str]) -> None:
        """Note a word that is not one of `known`, with the nearest that is."""
        self.add(code, where, word=word, nearest=nearest(word, known), known=", ".join(sorted(known)[:30]))

    def keys(self, where: str, tree: Mapping[str, Any], known: Collection[str]) -> None:
        """Note every key that a definition does not have at this place."""
        for key in tree:
            if key not in known:
                self.unknown("unknown_key", f"{where}.{key}" if where else key, key, known)

    def body(self, tree: Any, where: str) -> Mapping[str, Any]:
        """Return a table of TOML as it is; anything else is a fault, and counts as an empty one."""
        if isinstance(tree, dict):
            return tree
        self.add("wrong_type", where, found=type(tree).__name__, wanted="dict")
        return {}

    def words(self, tree: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
        """Return a list of texts."""
        return self._all_words(self.take(tree, key, list, where, []), f"{where}.{key}")

    def groups(self, tree: Mapping[str, Any], key: str, where: str) -> tuple[tuple[str, ...], ...]:
        """Return a list of lists of texts."""
        found = self.take(tree, key, list, where, [])
        return tuple(self._all_words(group, f"{where}.{key}") for group in found)

    def pairs(self, tree: Mapping[str, Any], key: str, where: str) -> tuple[tuple[str, str], ...]:
        """Return a list of pairs of texts."""
        found = self.groups(tree, key, where)
        if any(len(pair) != 2 for pair in found):
            self.add("wrong_type", f"{where}.{key}", found="list", wanted="[[a, b]]")
        return tuple((pair[0], pair[1]) for pair in found if len(pair) == 2)

    def named_words(self, tree: Mapping[str, Any], key: str, where: str) -> dict[str, str]:
        """Return a table whose values are texts."""
        found: dict[str, Any] = self.take(tree, key, dict, where, {})
        for name, value in found.items():
            if not isinstance(value, str):
                self.add("wrong_type", f"{where}.{key}.{name}", found=type(value).__name__, wanted="str")
        return {name: value for name, value in found.items() if isinstance(value, str)}

    def _all_words(self, found: Any, where: str) -> tuple[str, ...]:
        if isinstance(found, list) and all(isinstance(word, str) for word in found):
            return tuple(found)
        self.add("wrong_type", where, found=type(found).__name__, wanted="list[str]")
        return ()

    def take(self, tree: Mapping[str, Any], key: str, kind: type, where: str, default: Any = None) -> Any:
        """Return `tree[key]` when it is of the kind asked, else note the fault and give the default."""
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
