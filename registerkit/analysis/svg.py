"""Draws the charts of the web page in its own colours, readable without seeing them.

Each chart is drawn twice, for a wide screen and for a telephone; the page's style shows the one that fits, so that
words stay as large as they should be and nothing is out of sight.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil
from textwrap import wrap
from xml.sax.saxutils import escape

from registerkit.analysis.content import Chart, Table
from registerkit.analysis.words import Words

__all__ = ["draw"]

_WIDTHS = {"wide": 720, "narrow": 340}
_NAMES, _NUMBERS = 230, 70
"""Room at the left for names, and at the right for numbers, of bars."""
_BAR, _GAP = 20, 8
_PLOT, _TOP, _FOOT = 190, 24, 16
_LINE = 15
"""The height of a line of words."""
_LETTER = 6.1
"""How wide a letter is, about."""
_AXIS = 96
"""Room at the right for what level lines are, or for shares."""
_SLOT = 46
"""A name under a column needs so much room; with less, some are left out."""


def draw(table: Table, words: Words, name: str) -> str:
    """Return a table's chart as `svg` elements; `name` is unique on the page. The table has a chart."""
    return "".join(_drawn(table, words, f"{name}-{size}", size) for size in _WIDTHS)


def _drawn(table: Table, words: Words, name: str, size: str) -> str:
    chart, width = table.chart, _WIDTHS[size]
    assert chart is not None
    picture = _Picture(table, chart, words, width)
    shape = "bars" if chart.shape == "columns" and size == "narrow" and picture.is_cramped else chart.shape
    height, body = {"bars": picture.bars, "columns": picture.columns, "line": picture.line}[shape]()
    title, told = f"{name}-title", f"{name}-told"
    return (
        f'<svg class="{size}" viewBox="0 0 {width} {_number(height)}" role="img" aria-labelledby="{title} {told}">'
        f'<title id="{title}">{escape(chart.title)}</title><desc id="{told}">{escape(chart.alt)}</desc>'
        f"{''.join(body)}</svg>"
    )


class _Picture:
    """The numbers of a chart, and what they look like."""

    def __init__(self, table: Table, chart: Chart, words: Words, width: int) -> None:
        self._table, self._chart, self._words, self._width = table, chart, words, width
        rows = table.charted
        self._names = [words.cell(row[0]) for row in rows]
        self._values = self._column(chart.column)
        self._shown = [words.cell(row[chart.column]) for row in rows]
        self._most = max(self._values, default=0) or 1

    def _column(self, column: int) -> list[float]:
        found = (row[column].value for row in self._table.charted)
        return [float(value) if isinstance(value, int | float) else 0.0 for value in found]

    def _is_strong(self, row: int) -> bool:
        return not self._chart.accent or row in self._chart.accent

    def bars(self) -> tuple[float, Iterator[str]]:
        """Draw bars under each other, their names at the left, or above them where there is no room beside them."""
        above = 0 if self._width > 2 * _NAMES else _LINE
        return len(self._values) * (above + _BAR + _GAP) + _GAP, self._bars(above)

    def _bars(self, above: int) -> Iterator[str]:
        left, step = 0 if above else _NAMES, above + _BAR + _GAP
        room = self._width - left - _NUMBERS
        for n, (name, value, shown) in enumerate(zip(self._names, self._values, self._shown, strict=True)):
            top = _GAP + n * step + above
            middle, width = top + _BAR / 2 + 5, room * value / self._most
            if above:
                yield _text(0, top - 4, _lines(name, int(self._width / _LETTER))[0], "name")
            else:
                yield _text(left - 10, middle, _lines(name, 32)[0], "name end")
            yield _rect(left, top, width, _BAR, self._is_strong(n))
            yield _text(left + width + 7, middle, shown, "value")

    @property
    def is_cramped(self) -> bool:
        """Whether names below columns would be cut."""
        slot = self._slot
        return any("…" in line for lines in self._wrapped(slot * self._every(slot)) for line in lines)

    @property
    def _slot(self) -> float:
        right = _AXIS / 2 if self._chart.lines else 0
        return (self._width - right) / max(len(self._values), 1)

    def columns(self) -> tuple[float, Iterator[str]]:
        """Draw columns beside each other, their names below; and what the first of them are together."""
        slot = self._slot
        lines = max((len(name) for name in self._wrapped(slot)), default=1)
        return _TOP + _PLOT + lines * _LINE + _FOOT, self._columns(slot)

    def _columns(self, slot: float) -> Iterator[str]:
        foot = _TOP + _PLOT
        for n, (value, shown) in enumerate(zip(self._values, self._shown, strict=True)):
            height, middle = _PLOT * value / self._most, slot * (n + 0.5)
            yield _rect(slot * n + slot * 0.16, foot - height, slot * 0.68, height, self._is_strong(n))
            yield _text(middle, foot - height - 6, shown, "value middle")
        yield from self._axis(slot)
        for column in self._chart.lines:
            yield from self._shares(slot, self._column(column))

    def _shares(self, slot: float, shares: Sequence[float]) -> Iterator[str]:
        at = [(slot * (n + 0.5), _TOP + _PLOT * (1 - share)) for n, share in enumerate(shares)]
        yield _path(at, "sum")
        for x, y in at:
            yield f'<circle class="sum" cx="{_number(x)}" cy="{_number(y)}" r="3"/>'
        for share in (0.0, 0.5, 1.0):
            yield _text(self._width, _TOP + _PLOT * (1 - share) + 4, self._words.percent(share), "small end")

    def line(self) -> tuple[float, Iterator[str]]:
        """Draw a line through the numbers, and level lines for what is usual."""
        slot = (self._width - _AXIS) / max(len(self._values), 1)
        lines = max((len(name) for name in self._wrapped(slot)), default=1)
        return _TOP + _PLOT + lines * _LINE + _FOOT, self._line(slot)

    def _line(self, slot: float) -> Iterator[str]:
        levels = [(self._table.columns[column], self._column(column)[0]) for column in self._chart.lines]
        most = max(self._most, *(value for _, value in levels)) * 1.08
        for n, (name, value) in enumerate(levels):
            y = _TOP + _PLOT * (1 - value / most)
            yield f'<path class="level{" mean" if n == 0 else ""}" d="M0 {_number(y)}H{_number(self._width - _AXIS)}"/>'
            yield _text(self._width - _AXIS + 6, y + 4, f"{name} {self._words.number(value, 1)}", "small")
        at = [(slot * (n + 0.5), _TOP + _PLOT * (1 - value / most)) for n, value in enumerate(self._values)]
        yield _path(at, "course")
        step = self._every(slot)
        for n, (x, y) in enumerate(at):
            out = n in self._chart.accent
            radius, kind = (6, "point out") if out else (4, "point")
            yield f'<circle class="{kind}" cx="{_number(x)}" cy="{_number(y)}" r="{radius}"/>'
            if out or n % step == 0:
                yield _text(x, y - 10, self._shown[n], "value middle")
        yield from self._axis(slot)

    def _axis(self, slot: float) -> Iterator[str]:
        foot, step = _TOP + _PLOT, self._every(slot)
        yield f'<path class="axis" d="M0 {foot}H{_number(slot * len(self._values))}"/>'
        for n, lines in enumerate(self._wrapped(slot * step)):
            if n % step == 0:
                half = _LETTER * max(map(len, lines)) / 2
                middle = max(min(slot * (n + 0.5), self._width - half), half)  # Within the frame, when wide.
                for k, line in enumerate(lines):
                    yield _text(middle, foot + _LINE * (k + 1) + 3, line, "small middle")

    @staticmethod
    def _every(slot: float) -> int:
        """Return that every so many names fit below."""
        return max(1, ceil(_SLOT / slot))

    def _wrapped(self, slot: float) -> list[list[str]]:
        fits = max(int(slot / _LETTER), 5)
        return [_lines(name, fits) for name in self._names]


def _lines(name: str, fits: int) -> list[str]:
    """Break a name over at most four lines; a word that is too long by itself is cut."""
    cut = " ".join(word if len(word) <= fits else f"{word[: fits - 1]}…" for word in name.split())
    return wrap(cut, fits, max_lines=4, placeholder="…") or [""]


def _text(x: float, y: float, text: str, kind: str) -> str:
    return f'<text class="{kind}" x="{_number(x)}" y="{_number(y)}">{escape(text)}</text>'


def _rect(x: float, y: float, width: float, height: float, strong: bool) -> str:
    place = f'x="{_number(x)}" y="{_number(y)}" width="{_number(width)}" height="{_number(height)}"'
    return f'<rect class="bar{"" if strong else " soft"}" {place}/>'


def _path(points: Sequence[tuple[float, float]], kind: str) -> str:
    return f'<path class="{kind}" d="M{"L".join(f"{_number(x)} {_number(y)}" for x, y in points)}"/>'


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
