"""Turns text with markup, as Access keeps its rich text, into what a person reads."""

from __future__ import annotations

import re
from html.parser import HTMLParser

__all__ = ["is_rich", "plain_of"]

_BLOCKS = frozenset({"div", "p", "ul", "ol", "blockquote", "tr", "table", "h1", "h2", "h3"})
_WHOLE = re.compile(
    r"\s*<(div|p|ul|ol|blockquote|font|span|strong|em)(?:\s[^<>]*)?>.*</(?:\1|div|p|ul|ol)>\s*", re.DOTALL | re.I
)
"""A text that is markup from beginning to end; one that only has a tag in it somewhere is a text about tags."""
_SKIPPED = frozenset({"script", "style", "head"})


def is_rich(text: str) -> bool:
    """Tell whether a text is wholly wrapped in markup."""
    return "<" in text and _WHOLE.fullmatch(text) is not None


def plain_of(text: str) -> str:
    """Return the text without its markup: blocks and breaks as lines, entities as the signs they stand for."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    lines = [re.sub(r"[ \t]+", " ", line.replace("\u00a0", " ")).strip() for line in "".join(reader.out).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self._skipped = 0

    def handle_starttag(self, tag: str, _: object) -> None:
        if tag in _SKIPPED:
            self._skipped += 1
        elif tag == "br":
            self.out.append("\n")
        elif tag == "li":
            self._new_line()
            self.out.append("- ")
        elif tag in _BLOCKS:
            self._new_line()
        elif tag == "td":
            self.out.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SKIPPED:
            self._skipped = max(0, self._skipped - 1)
        elif tag in ("div", "p"):  # Empty or not, it is a line.
            self.out.append("\n")
        elif tag in _BLOCKS or tag == "li":
            self._new_line()

    def handle_data(self, data: str) -> None:
        is_between = (
            not data.strip(" \t\r\n") and "\n" in data
        )  # Blocks stand on lines of their own for whoever reads markup.
        if not self._skipped and not is_between:
            self.out.append(re.sub(r"\s*[\r\n]+\s*", " ", data))

    def _new_line(self) -> None:
        if self.out and not self.out[-1].endswith("\n"):
            self.out.append("\n")
