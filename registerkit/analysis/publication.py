"""The yearly publication of complaints: what the law asks of an administrative body, and other bodies do of their own.

Complaints by word of mouth stand apart, for the law (Awb 9:12a) asks only for those in writing. Small numbers per
subject are not told, and neither are the smallest others where the sum would give them away.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from registerkit.analysis.balance_table import balance_table
from registerkit.analysis.comparison import Comparison
from registerkit.analysis.content import Table
from registerkit.analysis.counting import EMPTY, Counts, filled
from registerkit.analysis.speed_tables import duration_table, in_time_table
from registerkit.analysis.view import View, coverage
from registerkit.analysis.words import Words
from registerkit.documents import Content, Grid, Line
from registerkit.register import ORAL, Register

__all__ = ["publication", "with_few_hidden"]

SMALL = 5
"""A number under this one, that is not nought, is not told."""


def publication(register: Register, told: Comparison) -> Content:
    """Return what an organisation publishes about the complaints of a period."""
    view = View(register, told)
    words, figures, period = view.words, view.figures, view.words.period(view.period)
    paper = Content(words("publication.title", period=period), words("publication.file", label=view.period.label))
    name = words.clean(register.settings.name) or words("publication.us")
    paper.parts.append(
        Line(words("publication.law" if register.settings.profile == "awb" else "publication.intro", name=name))
    )
    disputes = words("publication.dispute", n=figures.disputes) if figures.disputes else ""
    received = words("publication.received", n=figures.received or 0, period=period)
    special = words("volume.special", n=figures.special) if figures.special else ""
    none = words("volume.no_complaint", n=figures.no_complaint) if figures.no_complaint else ""
    paper.parts.append(Line(words.sentence(received, special, none, disputes)))
    if remark := coverage(view):
        paper.parts.append(Line(remark))
    paper.parts += _forms(view)
    paper.parts += _grid(words, words("publication.balance"), balance_table(view))
    paper.parts += _about(words, figures.by_category)
    paper.parts += _grid(words, words("publication.handled"), in_time_table(view))
    paper.parts += _grid(words, words("table.durations"), duration_table(view, beside=False))
    return paper


def _forms(view: View) -> list[Line | Grid]:
    """Tell complaints in writing from those by word of mouth."""
    words = view.words
    told = Counter(_form(code) for code, n in view.figures.channels.items() for _ in range(n))
    if not told:
        return []
    rows = [
        (words(f"publication.{form}"), words.number(told[form]))
        for form in ("written", "oral", "unknown")
        if told[form]
    ]
    header = (words("publication.form"), words("table.number"))
    return [Line(words("publication.forms"), "heading"), Grid(header, rows, (70, 30), numbers=True)]


def _form(code: str) -> str:
    if code == EMPTY:
        return "unknown"
    return "oral" if code in ORAL else "written"


def _about(words: Words, counts: Counts) -> list[Line | Grid]:
    if not filled(counts):
        return []
    hidden = with_few_hidden(counts, SMALL)
    few = words("publication.few", n=SMALL)
    rows = [
        (
            words("table.empty") if label == EMPTY else words.clean(label),
            words.number(counts[label]) if n is not None else few if counts[label] < SMALL else "–",
        )
        for label, n in hidden.items()
    ]
    header = (words("column.category"), words("table.number"))
    parts: list[Line | Grid] = [Line(words("publication.about"), "heading"), Grid(header, rows, (70, 30), numbers=True)]
    if None in hidden.values():
        parts.append(Line(words("publication.small")))
    return parts


def with_few_hidden(counts: Mapping[str, int], small: int) -> dict[str, int | None]:
    """Return the counts with None for the small ones, and for the smallest others as long as the sum gives those away.

    Where all are hidden the sum may still tell them: of two complaints in two categories each is one.
    """
    hidden = {label for label, n in counts.items() if 0 < n < small}
    others = sorted((label for label, n in counts.items() if n >= small), key=lambda label: counts[label])
    while hidden and others and _is_given_away([counts[label] for label in hidden], small):
        hidden.add(others.pop(0))
    return {label: None if label in hidden else n for label, n in counts.items()}


def _is_given_away(numbers: Sequence[int], small: int) -> bool:
    """Tell whether a sum leaves one way to share it out, when it is known which of the numbers are small."""
    few = sum(n < small for n in numbers)
    least = few + (len(numbers) - few) * small
    is_most = few == len(numbers) and sum(numbers) == few * (small - 1)
    return len(numbers) == 1 or sum(numbers) == least or is_most


def _grid(words: Words, title: str, table: Table | None) -> list[Line | Grid]:
    if table is None:
        return []
    rows = [[words.cell(row[column]) for column in table.told] for row in table.rows]
    header = [table.columns[column] for column in table.told]
    return [Line(title, "heading"), Grid(header, rows, _shares(len(header)), numbers=True, totals=table.totals)]


def _shares(columns: int) -> Sequence[float]:
    return (40.0, *[60.0 / (columns - 1)] * (columns - 1))
