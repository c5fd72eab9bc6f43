"""The complaint form on paper: one A4 in Word, from the same definition as the form in Excel (R01)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from registerkit.definition import Field
from registerkit.files import write_when_changed
from registerkit.theme import theme_of
from registerkit.workbook.content import WorkbookContent
from registerkit.workbook.form_plan import OFFICE, block_title

if TYPE_CHECKING:
    from registerkit.word import Paper

__all__ = ["build_paper_form"]

_MARGINS_CM = (1.1, 1.7)
_LABEL_CM, _PAIR_CM, _GAP_CM = 3.8, 8.6, 0.4
"""Where the line of a label begins and ends, and the space between two such pairs."""
_LETTER_CM = 0.15
"""The width of a letter on average."""
_LARGE_AREA, _SMALL_AREA = 7, 2
"""Lines of a box to write in."""
_INLINE, _MOST_TICKED = 3, 15
"""So many choices fit on the line, and so many are listed; of a longer list one is written down."""
_LOGO_CM = 1.2
_PEN = "7B8791"
"""The colour of what is to be written on."""
_BLANK = "_" * 50


def build_paper_form(target: Path, content: WorkbookContent) -> None:
    """Write the form; the same definition and settings give the same bytes."""
    from registerkit.word import Paper, Style  # Only who makes forms needs it.

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
            choices = self._choices(field)
            if len(choices) > _INLINE:
                self._ticks(field, choices)
            elif field.kind != "memo":
                lines.append((self._label(field), _boxed(choices, "   ")))
        self._lines(lines)
        for field in fields:
            if field.kind == "memo":
                self.paper.paragraph(self._label(field), "Question", with_next=True)
                self._box(_LARGE_AREA if field.when == "intake" else _SMALL_AREA)

    def _heading(self, text: str, level: int) -> None:
        self.paper.ruled(self.paper.heading(text, level), (6, self.paper.theme.accent))

    def _label(self, field: Field) -> str:
        return field.asked(self.content.language) + (" *" if field.when == "intake" else "")

    def _choices(self, field: Field) -> list[str]:
        """Return what can be ticked for a field; none when it is to be written."""
        if field.kind == "yesno":
            return [self.texts("value.yes"), self.texts("value.no")]
        entries = self.content.lookups.lists.get(field.choices or "", ())
        labels = [entry.labels[self.content.language] for entry in entries if entry.in_use]
        return labels if len(labels) <= _MOST_TICKED else []

    def _ticks(self, field: Field, choices: Sequence[str]) -> None:
        """Add a field's choices in columns, read downwards."""
        self.paper.paragraph(self._label(field), "Question", with_next=True)
        columns = min(5, int(self.paper.width / (max(map(len, choices)) * _LETTER_CM + 0.6)) or 1)
        rows = -(-len(choices) // columns)
        stops = [(self.paper.width / columns * n, "left", "none") for n in range(1, columns)]
        for row in range(rows):
            self.paper.space(self.paper.tabbed("\t".join(_boxed([c]) for c in choices[row::rows]), stops), after=2)

    def _lines(self, lines: Sequence[tuple[str, str]]) -> None:
        """Add labels with a line to write on beside each, or with what can be ticked, two on a row where they fit."""
        row: list[tuple[str, str]] = []
        for label, ticks in lines:
            fits = len(label) * _LETTER_CM < _LABEL_CM and len(ticks) * _LETTER_CM < _PAIR_CM - _LABEL_CM
            if row and not fits:
                self._line(row)
                row = []
            row.append((label, ticks))
            if len(row) == 2 or not fits:
                self._line(row, whole=not fits)
                row = []
        if row:
            self._line(row)

    def _line(self, pairs: Sequence[tuple[str, str]], whole: bool = False) -> None:
        """Add labels and what is beside them; `whole` gives one pair all the width, wherever its line begins."""
        second = _PAIR_CM + _GAP_CM
        stops = [(_LABEL_CM, "left", "none"), (_PAIR_CM, "left", "underscore"), (second, "left", "none")]
        stops += [(second + _LABEL_CM, "left", "none"), (self.paper.width, "left", "underscore")]
        paragraph = self.paper.tabbed("", stops[-1:] if whole else stops, "Line")
        for n, (label, ticks) in enumerate(pairs):
            paragraph.add_run(("\t" if n else "") + label + ("  " if whole else "\t") + ticks)
            if not ticks or n + 1 < len(pairs):
                self.paper.coloured(paragraph, "\t", _PEN if not ticks else self.paper.theme.paper, bold=False)

    def _box(self, lines: int) -> None:
        """Add a box to write in."""
        box = self.paper.paragraph("\n" * (lines - 1))
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
        labels = [self.texts(f"workbook.form.paper.{n}") for n in ("received", "handled_by", "answered")]
        step = (self.paper.width + _GAP_CM) / len(labels)
        starts = [(step * n, "left", "none") for n in range(1, len(labels))]
        ends = [(step * n - _GAP_CM, "left", "underscore") for n in range(1, len(labels) + 1)]
        self.paper.tabbed("\t".join(labels), starts)
        line = self.paper.tabbed("", sorted([*starts, *ends]), "Line")
        self.paper.coloured(line, "\t" * (2 * len(labels) - 1), _PEN, bold=False)

    def _signature(self) -> None:
        """Add lines for the day and the signature of who complains."""
        self._line([(self.texts(f"workbook.form.paper.{name}"), "") for name in ("date", "signature")])

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


def _boxed(choices: Sequence[str], between: str = "") -> str:
    return between.join(f"\u2610 {choice}" for choice in choices)
