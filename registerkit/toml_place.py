"""Where something stands in a TOML file, as people count: lines and columns from 1."""

from __future__ import annotations

import re
import tomllib
from itertools import islice

__all__ = ["line_of", "toml_place"]

_PLACE = re.compile(r"at line (\d+), column (\d+)")


def toml_place(error: tomllib.TOMLDecodeError, text: str) -> dict[str, int]:
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
