"""The complaint form on paper: one A4 in Word, from the same definition as the form in Excel (R01).

Whoever fills it in on screen finds a content control where somebody else writes; each carries its field's id.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from registerkit.definition import Field
from registerkit.files import write_when_changed
from registerkit.theme import theme_of
from registerkit.workbook.content import WorkbookContent
from registerkit.workbook.form_plan import OFFICE, block_title

if TYPE_CHECKING:
    from registerkit.word import Paper

__all__ = ["build_paper_form"]

_MARGINS_CM = (0.9, 1.7)
_LABEL_CM, _PAIR_CM, _GAP_CM = 3.8, 8.6, 0.4
"""Where the line of a label begins and ends, and the space between two such pairs."""
_LETTER_CM = 0.15
"""The width of a letter on average."""
_LARGE_AREA, _SMALL_AREA = 6, 2
"""Lines of a box to write in."""
_INLINE, _MOST_TICKED = 3, 15
"""So many choices fit on the line, and so many are listed; of a longer list one is written down."""
_LOGO_CM = 1.2
_PEN = "7B8791"
"""The colour of what is to be written on."""
_BLANK = "_" * 50
_OFFICE_COLUMNS = 3
_BY_HAND = {"received": "received_on", "handled_by": None, "answered": None}
"""What the office notes on paper, with the field that is for it."""


@dataclass(frozen=True)
class _Asked:
    """A label with a line to write on, or with choices to tick: their codes and what they are called."""

    label: str
    tag: str
    kind: str = "text"
    choices: Sequence[tuple[str, str]] = ()
    listed: Sequence[str] = ()
    """The choices of a list that is too long to tick."""

    @property
    def ticks(self) -> str:
        """What stands behind the label, as far as it is known."""
        return "   ".join(f"\u2610 {label}" for _, label in self.choices)


def build_paper_form(target: Path, content: WorkbookContent) -> None:
    """Write the form; the same definition and settings give the same bytes."""
    from registerkit.word import Paper, Style  # Only who makes forms needs it.
    from registerkit.word.controls import keep_own_texts

    theme = theme_of(content.theme)
    styles = {
        "Normal": Style(8.5, theme.ink),
        "Over": Style(10, theme.accent_ink, bold=True),
        "Title": Style(18, theme.navy, bold=True),
        "Note": Style(9, theme.quiet, after=2),
        "Heading 1": Style(11, theme.navy, bold=True, before=4, after=1),
        "Heading 2": Style(9, theme.quiet, bold=True, before=4, after=1),
        "Question": Style(8.5, theme.ink, before=3, after=1),
        "Line": Style(8.5, theme.ink, before=7, after=1),
        "Told": Style(9, theme.ink),
    }
    form = _Form(Paper(theme, content.texts, _MARGINS_CM, styles=styles), content)
    form.build()
    keep_own_texts(form.paper.document)
    write_when_changed(target, form.paper.data())


class _Form:
    def __init__(self, paper: Paper, content: WorkbookContent) -> None:
        self.paper = paper
        self.content = content
        self.texts = content.texts

    def build(self) -> None:
        self._head()
        blocks = dict.fromkeys(f.form for f in self.content.main.fields if f.form and f.form != OFFICE)
        for block in blocks:
            # What depends on another choice, such as a subcategory, is for the office to find.
            fields = [f for f in self.content.main.fields if f.form == block and not f.parent]
            self._block(block_title(self.content.texts, block), fields)
        self._foot()

    def _head(self) -> None:
        paper, is_complaint = self.paper, self.content.definition.role("due_on")
        title = self.texts(f"workbook.sheet.{'form_complaints' if is_complaint else 'form'}")
        # The year, so that the form stays the same all through it.
        paper.describe(title, "registerkit", date(self.content.on.year, 1, 1))
        organisation = self.content.organisation.get("name", "")
        if paper.theme.logo:
            paper.logo(paper.theme.logo, organisation, _LOGO_CM)
        paper.paragraph(organisation, "Over")
        paper.heading(title, 0)
        paper.paragraph(self.texts(f"workbook.form.{'note_complaints' if is_complaint else 'note'}"), "Note")

    # ------------------------------------------------------------------------------------------------------- blocks
    def _block(self, title: str, fields: Sequence[Field]) -> None:
        """Add a block: choices to tick, lines to write on two by two, then boxes for long texts."""
        self._heading(title, 1)
        if {"phone", "email", "address"} <= {field.id for field in fields}:
            self.paper.paragraph(self.texts("workbook.form.reach"), "Note")
        lines = []
        for field in fields:
            asked = self._asked(field)
            if len(asked.choices) > _INLINE:
                self._ticks(asked)
            elif field.kind != "memo":
                lines.append(asked)
        self._lines(lines)
        for field in fields:
            if field.kind == "memo":
                self.paper.paragraph(self._label(field), "Question", with_next=True)
                self._box(field, _LARGE_AREA if field.when == "intake" else _SMALL_AREA)

    def _heading(self, text: str, level: int) -> None:
        self.paper.ruled(self.paper.heading(text, level), (6, self.paper.theme.accent))

    def _label(self, field: Field) -> str:
        return field.asked(self.content.language) + (" *" if field.when == "intake" else "")

    def _asked(self, field: Field) -> _Asked:
        """Return how a field is asked: with choices to tick, or a line to write on."""
        label, kind = self._label(field), "date" if field.kind == "date" else "text"
        if field.kind == "yesno":
            return _Asked(label, field.id, kind, [(word, self.texts(f"value.{word}")) for word in ("yes", "no")])
        entries = self.content.lookups.lists.get(field.choices or "", ())
        choices = [(entry.code, entry.labels[self.content.language]) for entry in entries if entry.in_use]
        if len(choices) <= _MOST_TICKED and field.form != OFFICE:
            return _Asked(label, field.id, kind, choices)
        return _Asked(label, field.id, "list", listed=[name for _, name in choices])

    def _ticks(self, asked: _Asked) -> None:
        """Add a field's choices in columns, read downwards."""
        self.paper.paragraph(asked.label, "Question", with_next=True)
        longest = max(len(label) for _, label in asked.choices) + 2
        columns = min(5, int(self.paper.width / (longest * _LETTER_CM + 0.6)) or 1)
        rows = -(-len(asked.choices) // columns)
        stops = [(self.paper.width / columns * n, "left", "none") for n in range(1, columns)]
        for row in range(rows):
            paragraph = self.paper.space(self.paper.tabbed("", stops), after=2)
            for n, choice in enumerate(asked.choices[row::rows]):
                self._tick(paragraph, asked, choice, "\t" if n else "")

    def _tick(self, paragraph: Any, asked: _Asked, choice: tuple[str, str], before: str) -> None:
        from registerkit.word.controls import tick_box

        code, label = choice
        if before:
            paragraph.add_run(before)
        paragraph._p.append(tick_box(f"{asked.tag}={code}", label))
        paragraph.add_run(f" {label}")

    def _lines(self, lines: Sequence[_Asked]) -> None:
        """Add labels with a line to write on beside each, or with what can be ticked, two on a row where they fit."""
        row: list[_Asked] = []
        for asked in lines:
            label, ticks = asked.label, asked.ticks
            fits = len(label) * _LETTER_CM < _LABEL_CM and len(ticks) * _LETTER_CM < _PAIR_CM - _LABEL_CM
            if row and not fits:
                self._line(row)
                row = []
            row.append(asked)
            if len(row) == 2 or not fits:
                self._line(row, whole=not fits)
                row = []
        if row:
            self._line(row)

    def _line(self, pairs: Sequence[_Asked], whole: bool = False) -> None:
        """Add labels and what is beside them; `whole` gives one pair all the width, wherever its line begins."""
        second = _PAIR_CM + _GAP_CM
        stops = [(_LABEL_CM, "left", "none"), (_PAIR_CM, "left", "underscore"), (second, "left", "none")]
        stops += [(second + _LABEL_CM, "left", "none"), (self.paper.width, "left", "underscore")]
        paragraph = self.paper.tabbed("", stops[-1:] if whole else stops, "Line")
        for n, asked in enumerate(pairs):
            paragraph.add_run(("\t" if n else "") + asked.label + ("  " if whole else "\t"))
            for m, choice in enumerate(asked.choices):
                self._tick(paragraph, asked, choice, "   " if m else "")
            if not asked.choices:
                self._control(paragraph, asked)
            if not asked.choices or n + 1 < len(pairs):
                colour = self.paper.theme.paper if asked.choices else _PEN
                self.paper.coloured(paragraph, "\t", colour, bold=False)

    def _control(self, paragraph: Any, asked: _Asked) -> None:
        """Add the box that a line begins with."""
        from registerkit.word.controls import text_box

        kind, title = asked.kind, asked.label.removesuffix(" *")
        paragraph._p.append(text_box(asked.tag, title, kind=kind, choices=asked.listed))

    def _box(self, field: Field, lines: int) -> None:
        """Add a box to write in."""
        from registerkit.word.controls import text_box

        box = self.paper.paragraph("")
        box._p.append(text_box(field.id, field.asked(self.content.language), lines=lines))
        self.paper.ruled(box, (4, _PEN), sides=("top", "left", "bottom", "right"))

    # --------------------------------------------------------------------------------------------------------- foot
    def _foot(self) -> None:
        self._signature()
        told = [self._where_to()]
        if department := self.content.organisation.get("department"):
            told.append(self.texts("workbook.form.paper.department", department=department))
        if "name" in self.content.main.by_id:
            told.append(self.texts("workbook.form.privacy"))
        self.paper.space(self.paper.paragraph(" ".join(told), "Told"), before=6)
        self._heading(self.texts("workbook.form.paper.office"), 2)
        self._in_thirds([self._by_hand(name, field_id) for name, field_id in _BY_HAND.items()])
        noted = [f for f in self.content.main.fields if f.form == OFFICE and f.is_input and f.id != "received_on"]
        for n in range(0, len(noted), _OFFICE_COLUMNS):
            self._beside([self._asked(field) for field in noted[n : n + _OFFICE_COLUMNS]])

    def _by_hand(self, name: str, field_id: str | None) -> _Asked:
        """Return what is noted on paper; what no field is for can be filled in on screen too."""
        label = self.texts(f"workbook.form.paper.{name}")
        field = self.content.main.by_id.get(field_id or "")
        kind = "date" if field is not None and field.kind == "date" else "text"
        return _Asked(label, field.id if field is not None else f"_{name}", kind)

    def _in_thirds(self, asked: Sequence[_Asked]) -> None:
        """Add labels side by side, each with a line below it."""
        step = (self.paper.width + _GAP_CM) / _OFFICE_COLUMNS
        starts = [(step * n, "left", "none") for n in range(1, len(asked))]
        ends = [(step * n - _GAP_CM, "left", "underscore") for n in range(1, len(asked) + 1)]
        self.paper.tabbed("\t".join(each.label for each in asked), starts).paragraph_format.keep_with_next = True
        line = self.paper.tabbed("", sorted([*starts, *ends]), "Line")
        for n, each in enumerate(asked):
            if n:
                line.add_run("\t")
            self._control(line, each)
            self.paper.coloured(line, "\t", _PEN, bold=False)

    def _beside(self, asked: Sequence[_Asked]) -> None:
        """Add labels side by side, each with the rest of its part of the line to write on."""
        step = (self.paper.width + _GAP_CM) / _OFFICE_COLUMNS
        stops = [(step * n, "left", "none") for n in range(1, len(asked))]
        stops += [(step * n - _GAP_CM, "left", "underscore") for n in range(1, len(asked) + 1)]
        line = self.paper.tabbed("", sorted(stops), "Line")
        for n, each in enumerate(asked):
            line.add_run(("\t" if n else "") + f"{each.label.removesuffix(' *')}  ")
            self._control(line, each)
            self.paper.coloured(line, "\t", _PEN, bold=False)

    def _signature(self) -> None:
        """Add lines for the day and the signature of who complains."""
        self._line([_Asked(self.texts(f"workbook.form.paper.{name}"), f"_{name}") for name in ("date", "signature")])

    def _where_to(self) -> str:
        """Say where the form goes: by post, else by e-mail, else a line for the office to fill in."""
        organisation, texts = self.content.organisation, self.texts
        town = f"{organisation.get('postcode', '')} {organisation.get('city', '')}".strip()
        address = organisation.get("reply_address") or ", ".join(filter(None, (organisation.get("address"), town)))
        if not address and (email := organisation.get("email")):
            return texts("workbook.form.paper.mail_to", email=email)
        told = ", ".join(filter(None, (organisation.get("name"), address or _BLANK)))
        free = " " + texts("workbook.form.paper.no_stamp") if organisation.get("reply_address") else ""
        return texts("workbook.form.paper.send_to", address=told) + free
