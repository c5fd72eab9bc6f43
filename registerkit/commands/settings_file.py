"""Changes one setting in `register.toml` and leaves everything else in it as the office wrote it."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

from registerkit.errors import SettingsError

__all__ = ["with_database_url"]

_HEADER = re.compile(r"\ufeff?\s*\[\s*database\s*\]\s*(#.*)?")
_ANY_HEADER = re.compile(r"\s*\[")
_URL = re.compile(r"""(\s*url\s*=\s*)("(?:[^"\\]|\\.)*"|'[^']*')(.*)""", re.DOTALL)
_WAITING = re.compile(r"#\s*\[\s*database\s*\]\s*")
"""The section as a new `register.toml` has it: ready to be used."""
_WAITING_URL = re.compile(r"#\s*url\s*=.*", re.DOTALL)


def with_database_url(text: str, url: str, file: Path) -> str:
    """Give the text of `register.toml` with another address of the database.

    Raises `SettingsError` when the text is written in a way that cannot be changed for sure.
    """
    lines = text.split("\n")
    end = "\r" if lines[0].endswith("\r") else ""
    setting = f"url = {json.dumps(url, ensure_ascii=False)}{end}"
    heads = [n for n, line in enumerate(lines) if _HEADER.fullmatch(line.rstrip("\r"))]
    waiting = [n for n, line in enumerate(lines) if _WAITING.fullmatch(line.rstrip("\r"))]
    if heads:
        _set_in_section(lines, heads[0] + 1, setting, url)
    elif waiting and waiting[0] + 1 < len(lines) and _WAITING_URL.fullmatch(lines[waiting[0] + 1]):
        lines[waiting[0] : waiting[0] + 2] = [f"[database]{end}", setting]
    else:
        lines += [f"[database]{end}", setting, ""]
    changed = "\n".join(lines)
    _check(text, changed, url, file)
    return changed


def _set_in_section(lines: list[str], first: int, setting: str, url: str) -> None:
    """Change the address where it stands in its section, or put it first there."""
    for n in range(first, len(lines)):
        if _ANY_HEADER.match(lines[n]):
            break
        if found := _URL.fullmatch(lines[n]):
            lines[n] = f"{found[1]}{json.dumps(url, ensure_ascii=False)}{found[3]}"
            return
    lines.insert(first, setting)


def _check(before: str, after: str, url: str, file: Path) -> None:
    """See to it that the address is all that has changed."""
    wanted = tomllib.loads(before.removeprefix("\ufeff"))
    try:
        wanted["database"] = wanted.get("database", {}) | {"url": url}
        is_right = tomllib.loads(after.removeprefix("\ufeff")) == wanted
    except (tomllib.TOMLDecodeError, TypeError):
        is_right = False
    if not is_right:
        raise SettingsError(file, reason="database")
