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

from registerkit.texts.formats import plural_form

__all__ = ["LANGUAGES", "Texts", "load_texts"]

LANGUAGES = ("nl", "en")
_OWN_FORMS: Mapping[float, str] = {0: "zero", 2: "two"}
"""Numbers of which a text can have a form of its own: none of them, both of them."""
_SUGGESTIONS = (re.compile(r" ?\([^()]*\{nearest\}[^()]*\)"), re.compile(r"[A-Z][^.?]*\{nearest\}[^?]*\? ?"))
"""The words that suggest something, between brackets or a sentence; they are left out when nothing comes near."""


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
        """Fill the named text with `values`; a name that is not in the catalogue raises `KeyError`.

        Of a text that has forms, the one for the number `n` is taken. Names between ‘ ’ stand there one by one: of
        fields, mostly.
        """
        text = self.entries[self.form(name, values.get("n"))]
        if "nearest" in values and values["nearest"] is None:
            pattern = next((each for each in _SUGGESTIONS if each.search(text)), None)
            text = (pattern.sub("", text).strip() if pattern else "") or text
            del values["nearest"]
        for value_name in (n for n, v in values.items() if v in ("", [], ())):
            text = re.sub(rf" ‘?{{{value_name}}}’?|‘?{{{value_name}}}’? ", "", text)
        for value_name, value in values.items():
            if isinstance(value, list | tuple) and f"‘{{{value_name}}}’" in text:
                values[value_name] = "’, ‘".join(str(self.show(each)) for each in value)
        return text.format_map(_Unknown({k: self.show(v) for k, v in values.items()}))

    def __contains__(self, name: str) -> bool:
        return name in self.entries

    def form(self, name: str, n: float | None) -> str:
        """Return name of the text about so many: `.zero` or `.two` if it has that, else `.one` or `.other`, or it."""
        if n is None or f"{name}.other" not in self.entries:
            return name
        own = f"{name}.{_OWN_FORMS.get(n)}"
        return own if own in self.entries else f"{name}.{plural_form(n, self.language)}"

    def counted(self, counts: Mapping[str, int]) -> dict[str, str]:
        """Return how many there are of things, in words: `files` as 2 bestanden, for `file` as 2."""
        return {f"{thing}s": self(f"count.{thing}", n=n) for thing, n in counts.items()}

    def show(self, value: Any) -> Any:
        """Return a value as people write it in this language: dates as 31-12-2026, yes and no in words, a label."""
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
