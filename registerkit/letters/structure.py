"""Finds tags of a letter template that stand where docxtpl cannot use them, or that lack their other half.

docxtpl puts a tag such as {%p if … %} in the place of its whole paragraph, row or cell, and what stands beside it is
lost without a word; a block that begins in one cell and ends in another breaks the document. Does not write.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from registerkit.letters.faults import TemplateFault
from registerkit.letters.template import Paragraph

__all__ = ["Tag", "misplaced", "tags_of"]

_TAG = re.compile(r"\{(?P<kind>[{%#])(?P<prefix>(?:tr|tc|p|r)(?=\s))?(?P<body>.*?)(?:\}\}|%\}|#\})", re.S)
_BLOCKS = frozenset({"if", "for", "macro", "call", "filter", "block", "with", "autoescape", "raw"})
_BETWEEN = {"else": ("if", "for"), "elif": ("if",)}
_CELL_TAGS = frozenset({"cellbg", "colspan", "vm", "hm"})
"""Tags of docxtpl that change the cell that they stand in."""
_SPACED = re.compile(r"\s+(tr|tc|p|r)\s+(.*)", re.S)
_QUOTES = str.maketrans("“”‘’", "\"\"''")


@dataclass(frozen=True)
class Tag:
    """A tag: how it is written, what kind it is, and the paragraph that it stands in."""

    raw: str
    kind: str
    prefix: str
    body: str
    paragraph: Paragraph
    is_spaced: bool = False
    """Whether a blank stands before its prefix, which makes it no tag at all."""

    @property
    def word(self) -> str:
        """The first word of a statement, such as if; nothing for a value."""
        found = re.match(r"[-+]?\s*(\w+)", self.body) if self.kind == "%" else None
        return found[1] if found else ""

    @property
    def opens(self) -> str:
        """The block that it opens; nothing when it opens none."""
        if self.word == "set" and "=" not in self.body:
            return "set"
        return self.word if self.word in _BLOCKS else ""

    @property
    def unit(self) -> object:
        """The paragraph, row or cell that docxtpl puts it in the place of; None when it leaves all in its place."""
        if self.prefix == "p":
            return id(self.paragraph)
        cell = self.paragraph.cell
        depth = {"tr": 2, "tc": 3}.get(self.prefix)
        return cell[:depth] if cell and depth else None

    def fault(self, reason: str, **values: str) -> TemplateFault:
        """Return what is the matter with it."""
        return TemplateFault(reason, self.raw, self.paragraph.place, **values)


def tags_of(paragraph: Paragraph) -> list[Tag]:
    """Return the tags that stand whole in a paragraph; quotation marks as Word writes them count as plain ones."""
    return [_tag(found, paragraph) for found in _TAG.finditer(paragraph.text)]


def _tag(found: re.Match[str], paragraph: Paragraph) -> Tag:
    body, prefix = found["body"].translate(_QUOTES), found["prefix"] or ""
    spaced = _SPACED.match(body) if found["kind"] == "%" and not prefix else None
    if spaced is not None:
        prefix, body = spaced.groups()
    return Tag(_plain(found[0]), found["kind"], prefix, body, paragraph, spaced is not None)


def misplaced(paragraphs: Iterable[Paragraph]) -> Iterator[TemplateFault]:
    """Return every tag that stands in a wrong place or lacks its other half, part by part."""
    for _, part in groupby(paragraphs, key=lambda paragraph: paragraph.file):
        filled = [paragraph for paragraph in part if paragraph.is_filled]
        tags = _outside_raw([tag for paragraph in filled for tag in tags_of(paragraph)])
        yield from (
            TemplateFault("deleted", "", paragraph.place) for paragraph in filled if _TAG.search(paragraph.deleted)
        )
        for tag in tags:
            yield from _alone(tag)
        yield from _beside(tags, filled)
        yield from _unpaired(tags)


def _outside_raw(tags: list[Tag]) -> list[Tag]:
    """Leave out what stands between raw and endraw: that is shown as it is."""
    kept, is_raw = [], False
    for tag in tags:
        is_raw = is_raw and tag.word != "endraw"
        if not is_raw:
            kept.append(tag)
        is_raw = is_raw or tag.word == "raw"
    return kept


def _alone(tag: Tag) -> Iterator[TemplateFault]:
    """Return what is wrong with a tag whatever stands around it."""
    cell, inside = tag.paragraph.cell, re.sub(r"[-+]$", "", tag.body)
    if tag.is_spaced:
        yield tag.fault("spaced", meant=f"{{%{tag.prefix} {' '.join(tag.body.split())} %}}")
    if tag.prefix and tag.kind != "#" and re.search("[%}]", inside):
        yield tag.fault("prefix_sign")
    if (tag.prefix in ("tr", "tc") or tag.word in _CELL_TAGS) and not cell:
        yield tag.fault("outside_table")


def _beside(tags: list[Tag], paragraphs: list[Paragraph]) -> Iterator[TemplateFault]:
    """Return each tag that takes the place of more than itself, with what is lost by it."""
    held: dict[object, list[Paragraph]] = {}
    for paragraph in paragraphs:
        for unit in (id(paragraph), *((paragraph.cell[:2], paragraph.cell) if paragraph.cell else ())):
            held.setdefault(unit, []).append(paragraph)
    told = set()
    for tag in tags:
        unit = tag.unit
        if unit is None or unit in told or tag.kind == "#":
            continue  # A remark may well stand there to take a row away.
        where = held[unit]
        text = " ".join(paragraph.text for paragraph in where)
        rest = " ".join(re.sub(r"\{#.*?#\}", "", text.replace(_as_written(tag, text), "", 1), flags=re.S).split())
        if rest:
            told.add(unit)
            yield tag.fault(f"beside_{tag.prefix}", rest=rest if len(rest) <= 40 else f"{rest[:39]}…")


def _as_written(tag: Tag, text: str) -> str:
    return next((found[0] for found in _TAG.finditer(text) if _plain(found[0]) == tag.raw), "")


def _plain(raw: str) -> str:
    return " ".join(raw.split())


def _unpaired(tags: list[Tag]) -> Iterator[TemplateFault]:
    """Return blocks that never end, ends of no block, and pairs whose halves do not fit together."""
    open_: list[Tag] = []
    for tag in tags:
        word = tag.word
        if tag.opens:
            open_.append(tag)
        elif word in _BETWEEN and not (open_ and open_[-1].opens in _BETWEEN[word]):
            yield tag.fault("stray")
        elif word.startswith("end"):
            match = next((n for n in reversed(range(len(open_))) if open_[n].opens == word[3:]), None)
            if match is None:
                yield tag.fault("stray")
                continue
            yield from (left.fault("unclosed", meant=_end_of(left)) for left in open_[match + 1 :])
            yield from _misfit(open_[match], tag)
            del open_[match:]
    yield from (left.fault("unclosed", meant=_end_of(left)) for left in open_)


def _end_of(tag: Tag) -> str:
    return f"{{%{tag.prefix} end{tag.opens} %}}"


def _misfit(start: Tag, end: Tag) -> Iterator[TemplateFault]:
    if start.prefix != end.prefix:
        yield end.fault("other_prefix", meant=_end_of(start), start=start.raw)
        return
    first, last = start.paragraph.cell, end.paragraph.cell
    depth = {"tr": 1, "tc": 2}.get(start.prefix, 3)
    if (first or ())[:depth] != (last or ())[:depth]:
        yield end.fault("crossing", start=start.raw)
