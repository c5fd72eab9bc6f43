"""Plans the help sheet: contents, the procedure with the office's own terms, what to say, and what each field is for.

A section of the help texts is `help.<section>`, a piece of it `help.<section>.<piece>`. Each has an anchor by that
name, `procedure` or `procedure.answer`, to which other sheets link; fields have `fields.<table>.<group>` and
`field.<table>.<field>`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Literal

from registerkit.definition import Field, Table
from registerkit.ooxml import address
from registerkit.register import has_terms
from registerkit.workbook.content import WorkbookContent
from registerkit.workbook.help_values import help_values, own_terms
from registerkit.workbook.wrapping import count_lines

__all__ = [
    "LEFT_COLUMN",
    "WIDTHS",
    "HelpRow",
    "HelpRows",
    "block_anchor",
    "help_anchors",
    "help_rows",
    "page_breaks",
    "table_anchor",
]

LEFT_COLUMN = 1
"""The first of the three columns, from 0."""
WIDTHS = (26.0, 38.0, 38.0)
_FIRST_ROW = 3
_LINE, _PADDING = 15.0, 4.0
_PAGE = 800.0
"""How many points of rows fit on a printed page at the sheet's scale, with some to spare."""
_KEPT = 520.0
"""A part of at most so many points is not split over two pages."""

_PARTS: Mapping[str, tuple[str, ...]] = {
    "workbook": ("using",),
    "work": ("procedure", "terms", "judging", "instruction"),
    "talk": ("phone", "gift", "guidelines", "cooling", "fuelling", "techniques"),
    "learn": ("circle", "chances", "threshold", "management", "scheme", "registering"),
}
_NUMBERED = frozenset({"procedure", "phone", "gift", "guidelines", "circle", "registering"})
_COURSE = frozenset(
    {"phone", "guidelines", "judging", "instruction", "chances", "threshold", "management", "scheme", "registering"}
)
"""Sections that build on the course, and name it as their source."""

RowKind = Literal["contents", "section", "group", "pair", "grid_head", "grid", "wide", "source", "gap"]
Anchors = dict[str, str]


@dataclass(frozen=True)
class HelpRow:
    """One row: up to three texts side by side, and the anchors they link to; its number follows from the order."""

    kind: RowKind
    texts: tuple[str, ...] = ()
    height: float = 8.0
    anchor: str | None = None
    links: tuple[str, ...] = ()
    tint: str | None = None


HelpRows = list[tuple[int, HelpRow]]
"""Rows with their numbers, counted from 0."""

_UNDER = HelpRow("gap", height=5)
"""The space under the line of a heading."""


def help_rows(content: WorkbookContent) -> HelpRows:
    """Return the rows with their numbers, counted from 0."""
    parts = {name: rows for name, rows in _parts(content).items() if rows}
    rows = [*_contents(content, parts), *(row for part in parts.values() for row in part)]
    return list(enumerate(rows, _FIRST_ROW))


def help_anchors(rows: HelpRows) -> Anchors:
    """Return the cell on the help sheet for every anchor."""
    return {row.anchor: address(n + 1, LEFT_COLUMN) for n, row in rows if row.anchor}


def block_anchor(field: Field, table: Table, language: str) -> str:
    """Return the anchor for a block of fields that begins with this one: its group's when it comes first there."""
    group = [f for f in _explained(table, language) if f.group == field.group]
    return table_anchor(table, field.group) if [field] == group[:1] else f"field.{table.id}.{field.id}"


def table_anchor(table: Table, group: str | None = None) -> str:
    """Return the anchor of a table's fields, or of a group of them."""
    return f"fields.{table.id}.{group}" if group else f"fields.{table.id}"


def page_breaks(rows: HelpRows) -> list[int]:
    """Return rows that begin a printed page: a heading stays with what it is about, a short section in one piece."""
    breaks, used = [], 60.0
    for block in _blocks(rows):
        height = sum(row.height for _, row in block)
        if used + height > _PAGE:
            breaks.append(block[0][0])
            used = 0.0
        used += height
    return breaks


def _blocks(rows: HelpRows) -> list[HelpRows]:
    """Cut the rows into what stays together."""
    blocks: list[HelpRows] = []
    for part in _headed(rows):
        if sum(row.height for _, row in part) <= _KEPT:
            blocks.append(part)
            continue
        # The heading with all before the second paragraph, then paragraph by paragraph, the source with the last.
        pairs = [i for i, (_, row) in enumerate(part) if row.kind in ("pair", "contents")][1:]
        blocks += [part[start:end] for start, end in zip([0, *pairs], [*pairs, len(part)], strict=True)]
    return blocks


def _headed(rows: HelpRows) -> list[HelpRows]:
    """Cut the rows at the headings; one that stands right under another goes with it."""
    starts, alone = [], False
    for i, (_, row) in enumerate(rows):
        heads = row.kind in ("section", "group")
        if heads and not alone:
            starts.append(i)
        alone = heads or (alone and row.kind == "gap")
    return [rows[start:end] for start, end in zip(starts, [*starts[1:], len(rows)], strict=True)]


# ---------------------------------------------------------------------------------------------------- the parts
def _parts(content: WorkbookContent) -> dict[str, list[HelpRow]]:
    planner = _Planner(content)
    parts = {
        name: [row for section in sections for row in planner.section(section)]
        for name, sections in _PARTS.items()
        if name == "workbook" or has_terms(content.definition)
    }
    return {**parts, "fields": [row for table in content.definition.tables.values() for row in planner.fields(table)]}


def _contents(content: WorkbookContent, parts: Mapping[str, list[HelpRow]]) -> Iterator[HelpRow]:
    """Return the contents: per part its sections, two side by side."""
    yield HelpRow("section", (content.texts("help.contents"), ""), 26, "contents")
    yield _UNDER
    for part, rows in parts.items():
        title = content.texts(f"help.part.{part}")
        named = [(row.texts[-1], row.anchor or "") for row in rows if row.kind in ("section", "group")]
        for n in range(0, len(named), 2):
            pair = named[n : n + 2]
            yield HelpRow(
                "contents", (title if n == 0 else "", *(t for t, _ in pair)), 18, links=tuple(a for _, a in pair)
            )
        yield HelpRow("gap", height=6)
    yield HelpRow("gap")


class _Planner:
    def __init__(self, content: WorkbookContent) -> None:
        self.content = content
        self.texts = content.texts
        self.values = help_values(content)
        self.profile = content.policy.default.name

    def section(self, name: str) -> Iterator[HelpRow]:
        """Return a section: its title, an introduction where there is one, its pieces and its source."""
        yield self._heading("section", self.texts(f"help.{name}.title"), name)
        yield _UNDER
        intro = f"help.{name}.intro"
        if intro in self.texts:
            yield _wide("wide", self.texts(intro, **self.values))
        number, last = 0, ""
        for piece in self._pieces(name):
            for row in self._piece(name, piece):
                if (last, row.kind) == ("grid", "pair"):
                    yield _UNDER
                last = row.kind
                number += row.kind == "pair"
                before = f"{number}. " if name in _NUMBERED else ""
                yield HelpRow(row.kind, (before + row.texts[0], *row.texts[1:]), row.height, row.anchor)
        if name == "terms":
            yield from (_pair(title, text) for title, text in own_terms(self.content))
        if name in _COURSE:
            yield _wide("source", self.texts("help.course"))
        yield HelpRow("gap")

    def fields(self, table: Table) -> Iterator[HelpRow]:
        """Return what each field of a table is for, by group."""
        language = self.content.language
        explained = _explained(table, language)
        if not table.in_sheet or not explained:
            return
        sheet = table.sheet[language]
        yield self._heading("section", self.texts("help.fields.title", sheet=sheet), table_anchor(table), sheet)
        yield _UNDER
        groups = {group.id: group for group in table.groups}
        seen = None
        for field in explained:
            group = groups.get(field.group)
            if group and group.id != seen:
                seen = group.id
                label = group.labels[language]
                yield HelpRow("gap", height=6)
                row = self._heading("group", label, table_anchor(table, seen), f"{sheet}: {label.lower()}")
                yield HelpRow(row.kind, row.texts, 20, row.anchor, row.links, group.tint)
                yield HelpRow("gap", height=3)
            yield _pair(field.labels[language], field.help[language], f"field.{table.id}.{field.id}")
        yield HelpRow("gap")

    def _heading(self, kind: Literal["section", "group"], title: str, anchor: str, short: str | None = None) -> HelpRow:
        """Return a heading: title, the way back, and how the contents call it."""
        return HelpRow(kind, (title, self.texts("help.back"), short or title), 26, anchor, ("contents",))

    def _pieces(self, section: str) -> list[str]:
        before = f"help.{section}."
        names = (name.removeprefix(before) for name in self.texts.entries if name.startswith(before))
        return list(dict.fromkeys(name.partition(".")[0] for name in names if "." in name))

    def _piece(self, section: str, piece: str) -> Iterator[HelpRow]:
        """Return a piece as a row, or nothing when it is about what this register does not have."""
        title = self.texts(f"help.{section}.{piece}.title")
        left = f"help.{section}.{piece}.left"
        if left in self.texts:
            cells = (title, self.texts(left), self.texts(f"help.{section}.{piece}.right"))
            head = piece == "grid_head"
            yield HelpRow(
                "grid_head" if head else "grid", cells, 20 if head else _height(*zip(cells, WIDTHS, strict=True))
            )
            return
        own, general = f"help.{section}.{piece}.text_{self.profile}", f"help.{section}.{piece}.text"
        name = own if own in self.texts else general
        if self._named(name) <= set(self.values):
            yield _pair(title, self.texts(name, **self.values), f"{section}.{piece}")

    def _named(self, name: str) -> set[str]:
        return {value for _, value, _, _ in Formatter().parse(self.texts.entries[name]) if value}


def _explained(table: Table, language: str) -> list[Field]:
    return [f for f in table.fields if f.help.get(language) and not f.hidden]


def _pair(title: str, text: str, anchor: str | None = None) -> HelpRow:
    return HelpRow("pair", (title, text), _height((title, WIDTHS[0]), (text, WIDTHS[1] + WIDTHS[2])), anchor)


def _wide(kind: Literal["wide", "source"], text: str) -> HelpRow:
    return HelpRow(kind, (text,), _height((text, sum(WIDTHS))))


def _height(*cells: tuple[str, float]) -> float:
    return max(count_lines(text, width, indent=1) for text, width in cells) * _LINE + _PADDING
