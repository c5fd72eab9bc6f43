"""Reads the project's own pages, for tests that hold what they say against the code."""

from __future__ import annotations

import re
from pathlib import Path

__all__ = ["ROOT", "markdown_table", "page", "section"]

ROOT = Path(__file__).resolve().parents[2]


def page(name: str) -> str:
    """Give the text of a page, by its path in the project."""
    return (ROOT / name).read_text(encoding="utf-8")


def section(text: str, heading: str) -> str:
    """Give what stands under a heading, up to the next one of its level or higher."""
    found = re.search(rf"^(#+) {re.escape(heading)}$", text, re.M)
    if found is None:
        raise LookupError(f"no heading '{heading}'")
    rest = text[found.end() :]
    end = re.search(rf"^#{{1,{len(found[1])}}} ", rest, re.M)
    return rest[: end.start()] if end else rest


def markdown_table(text: str, heading: str) -> list[dict[str, str]]:
    """Give the rows of the first table under a heading, each by the heads of its columns."""
    lines = section(text, heading).splitlines()
    start = next((n for n, line in enumerate(lines) if line.startswith("|")), len(lines))
    table = []
    for line in lines[start:]:
        if not line.startswith("|"):
            break
        # A bar inside code is written with a backslash.
        table.append([cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line.strip())[1:-1]])
    if len(table) < 3:
        raise LookupError(f"no table under '{heading}'")
    heads, _, *rows = table
    return [dict(zip(heads, row, strict=True)) for row in rows]
