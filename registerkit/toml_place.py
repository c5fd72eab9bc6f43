"""Reads TOML, and says where something stands in it, as people count: lines and columns from 1."""

from __future__ import annotations

import re
import tomllib
from itertools import islice
from typing import Any

__all__ = ["TomlError", "line_of", "read_toml"]

_PLACE = re.compile(r"at line (\d+), column (\d+)")


class TomlError(ValueError):
    """A text that is no TOML, or none that can be read; `place` is line and column of the fault."""

    def __init__(self, place: dict[str, int]) -> None:
        super().__init__(str(place))
        self.place = place


def read_toml(text: str) -> dict[str, Any]:
    """Return what a text in TOML says; raises `TomlError`, also for more brackets or digits than can be read."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise TomlError(_place(error, text)) from None
    except (RecursionError, ValueError):  # Nobody writes that by hand: it is the line that is longest.
        lines = text.split("\n")
        longest = max(range(len(lines)), key=lambda n: len(lines[n]))
        raise TomlError({"line": longest + 1, "column": 1}) from None


def _place(error: tomllib.TOMLDecodeError, text: str) -> dict[str, int]:
    """Return line and column of the fault; one at the end of the file stands behind its last word."""
    if found := _PLACE.search(str(error)):
        return {"line": int(found[1]), "column": int(found[2])}
    *before, last = text.rstrip().split("\n")
    return {"line": len(before) + 1, "column": len(last) + 1}


def line_of(text: str, where: str, nth: int = 1) -> int | None:
    """Return line of a key such as `register.word` or `tables.complaints.fields.name.kind`, or of what it stands in.

    `nth` counts the sections of that name, where they are listed; None when nothing of it is found.
    """
    # Whole lines of comment say nothing of where a setting is.
    lines = ["" if line.lstrip().startswith("#") else line for line in text.split("\n")]
    found, at = None, 0
    for part in where.split("."):
        name, _, number = part.rstrip("]").partition("[")
        mentioned = _mention(name)
        places = (n for n in range(at, len(lines)) if mentioned.search(lines[n]))
        place = next(islice(places, int(number or nth) - 1, None), None)
        if place is None:
            break
        found, at, nth = place + 1, place, 1
    return found


def _mention(name: str) -> re.Pattern[str]:
    """Return what a section, a key or an entry of that `id` looks like."""
    word = f"[\"']?{re.escape(name)}[\"']?"
    return re.compile(rf"(^|[\[.{{,\s]){word}\s*[=.\]]|\bid\s*=\s*{word}")
