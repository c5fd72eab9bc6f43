"""What a paper holds before it is drawn: headings, lines and tables, with a visible gap for what nobody filled in."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from string import Formatter

from registerkit.texts import Texts

__all__ = ["Content", "Gap", "Grid", "Line", "Part", "Signature", "Writer", "pieces"]

_OPEN, _SHUT = "\ue000", "\ue001"
"""Stand around the words of a gap within a line; nobody types them."""
_GAP = re.compile(f"{_OPEN}(.*?){_SHUT}")
_MARKS = {"# ": "heading", "- ": "bullet"}


@dataclass(frozen=True)
class Gap:
    """What is not filled in, and where an office fills it in: the tail of `documents.place.<place>`."""

    name: str
    place: str


@dataclass(frozen=True)
class Line:
    """A heading of a section, a paragraph, or an entry of a list."""

    text: str
    kind: str = "text"


@dataclass(frozen=True)
class Grid:
    """A table; `shares` are the parts of the width that its columns take."""

    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    shares: Sequence[float]
    numbers: bool = False
    """Whether all columns but the first hold numbers, which stand at the right."""
    totals: frozenset[int] = frozenset()
    """The rows that add others up."""


@dataclass(frozen=True)
class Signature:
    """Lines to sign on."""

    labels: Sequence[str]


Part = Line | Grid | Signature


@dataclass
class Content:
    """A whole paper, and what is not filled in of it."""

    title: str
    file: str
    parts: list[Part] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)


class Writer:
    """Fills in the lines of the catalogue. `{name}` is a value of `values`; without one it is a gap.

    A line that begins with "# " is a heading, with "- " an entry of a list, with "@" a table or list by its name,
    and one with "? " is left out when one of its values is not there.
    """

    def __init__(
        self,
        content: Content,
        texts: Texts,
        values: Mapping[str, str],
        gaps: Mapping[str, Gap],
        blocks: Mapping[str, Callable[[], Sequence[Part]]],
    ) -> None:
        self.content, self.texts = content, texts
        self.values, self.gaps, self.blocks = values, gaps, blocks

    def write(self, text: str) -> None:
        """Add all lines of a text."""
        for line in filter(None, map(str.strip, text.splitlines())):
            if line.startswith("@"):
                self.content.parts += self.blocks[line[1:]]()
            elif (filled := self.filled(line)) is not None:
                kind = _MARKS.get(filled[:2], "text")
                self.content.parts.append(Line(filled if kind == "text" else filled[2:], kind))

    def filled(self, line: str) -> str | None:
        """Return a line with its values; None for one that is left out."""
        names = [name for _, name, _, _ in Formatter().parse(line) if name]
        if line.startswith("? "):
            line = line[2:]
            if not all(self.values.get(name) for name in names):
                return None
        return line.format_map({name: self.values.get(name) or self.gap(self.gaps[name]) for name in names})

    def gap(self, gap: Gap) -> str:
        """Return the words of a gap, and remember it."""
        if gap not in self.content.gaps:
            self.content.gaps.append(gap)
        return f"{_OPEN}{self.texts('documents.gap', name=gap.name)}{_SHUT}"


def pieces(text: str) -> list[tuple[str, bool]]:
    """Split a line into its words and its gaps, which are true."""
    return [(piece, n % 2 == 1) for n, piece in enumerate(_GAP.split(text)) if piece]
