"""Where a TOML file is not well written, as people count: lines and columns from 1."""

from __future__ import annotations

import re
import tomllib

__all__ = ["toml_place"]

_PLACE = re.compile(r"at line (\d+), column (\d+)")


def toml_place(error: tomllib.TOMLDecodeError, text: str) -> dict[str, int]:
    """Give line and column of the fault; one at the end of the file stands behind its last word."""
    if found := _PLACE.search(str(error)):
        return {"line": int(found[1]), "column": int(found[2])}
    *before, last = text.rstrip().split("\n")
    return {"line": len(before) + 1, "column": len(last) + 1}
