"""The texts people see, per language: catalogue files `<language>/*.toml`, looked up by dotted name."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase
from functools import cache
from importlib.resources import files
from typing import Any

__all__ = ["LANGUAGES", "Texts", "load_texts"]

LANGUAGES = ("nl", "en")
_SUGGESTION = re.compile(r" ?\([^()]*\{nearest\}[^()]*\)|[A-Z][^.?]*\{nearest\}[^?]*\? ?")
"""The words that suggest something; they are left out when nothing comes near."""


class _Unknown(dict[str, Any]):
    """A missing value shows as a question mark, so that a message never fails to be shown."""

    def __missing__(self, key: str) -> str:
        return "?"


@dataclass(frozen=True)
class Texts:
    """One language's catalogue."""

    language: str
    entries: dict[str, str]

    def __call__(self, name: str, /, **values: Any) -> str:
        """Fill the named text with `values`; a name that is not in the catalogue raises `KeyError`."""
        text = self.entries[name]
        if "nearest" in values and values["nearest"] is None and (without := _SUGGESTION.sub("", text).strip()):
            text = without
            del values["nearest"]
        for value_name in (n for n, v in values.items() if v in ("", [], ())):
            text = re.sub(rf" {{{value_name}}}|{{{value_name}}} ", "", text)
        return text.format_map(_Unknown({k: self.show(v) for k, v in values.items()}))

    def __contains__(self, name: str) -> bool:
        return name in self.entries

    def show(self, value: Any) -> Any:
        """Give a value as people write it in this language: dates as 31-12-2026, yes and no in words, a label."""
        if isinstance(value, bool):
            return self.entries["value.yes" if value else "value.no"]
        if isinstance(value, date):
            return f"{value:%d-%m-%Y}"
        if value is None:
            return self.entries["value.none"]
        if isinstance(value, Mapping) and self.language in value:
            return value[self.language]
        if isinstance(value, list | tuple):
            return ", ".join(str(self.show(v)) for v in value)
        return value


def _flatten(prefix: str, tree: dict[str, Any]) -> dict[str, str]:
    flat: dict[str, str] = {}
    for key, value in tree.items():
        name = f"{prefix}.{key}" if prefix else key
        flat |= _flatten(name, value) if isinstance(value, dict) else {name: value}
    return flat


@cache
def load_texts(language: str, part: str = "*") -> Texts:
    """Load the catalogue files of a language, `texts/<language>/*.toml`, or one of them; `KeyError` when unknown."""
    if language not in LANGUAGES:
        raise KeyError(language)
    entries: dict[str, str] = {}
    for entry in sorted(files(__package__).joinpath(language).iterdir(), key=lambda e: e.name):
        if fnmatchcase(entry.name, f"{part}.toml"):
            entries |= _flatten("", tomllib.loads(entry.read_text(encoding="utf-8")))
    return Texts(language, entries)
