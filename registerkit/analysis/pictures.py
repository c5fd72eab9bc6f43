"""Draws the charts of the Word report as pictures."""

from __future__ import annotations

from io import BytesIO
from textwrap import fill, shorten
from typing import Any

from registerkit.analysis.content import Table
from registerkit.analysis.words import Words
from registerkit.theme import Theme

__all__ = ["draw"]

_INCH = 2.54
_FONTS = ("Carlito", "DejaVu Sans")


def draw(table: Table, theme: Theme, words: Words, width_cm: float, height_cm: float | None = None) -> bytes:
    """Return a table's chart as PNG; the same table gives the same bytes on the same computer."""
    # Drawing takes half a second to load, which only reports need.
    from matplotlib import rc_context
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    bars = table.chart is not None and table.chart.shape == "bars"
    height = height_cm or (1.5 + 0.62 * len(table.charted) if bars else 5.6)
    # A label may hold a dollar sign; it is no formula.
    with rc_context({"font.family": _families(theme), "font.size": 9.5, "text.parse_math": False}):
        figure = Figure(figsize=(width_cm / _INCH, height / _INCH), facecolor=f"#{theme.paper}")
        FigureCanvasAgg(figure)
        axes = figure.add_subplot()
        (_bars if bars else _columns)(axes, table, theme, words)
        _finish(figure, axes, table, theme, height)
        out = BytesIO()
        figure.savefig(out, format="png", dpi=220, metadata={"Software": None})
    return out.getvalue()


def _families(theme: Theme) -> list[str]:
    from matplotlib.font_manager import fontManager

    known = {entry.name for entry in fontManager.ttflist}
    return [name for name in (theme.font, *_FONTS) if name in known] or ["DejaVu Sans"]


def _values(table: Table) -> list[float]:
    column = table.chart.column if table.chart else 1
    return [float(v) if isinstance(v := row[column].value, int | float) else 0.0 for row in table.charted]


def _colours(table: Table, theme: Theme) -> list[str]:
    accent = table.chart.accent if table.chart else frozenset()
    rows = range(len(table.charted))
    return [f"#{theme.accent if not accent or row in accent else theme.muted}" for row in rows]


def _shown(table: Table, words: Words) -> list[str]:
    column = table.chart.column if table.chart else 1
    return [words.cell(row[column]) for row in table.charted]


def _bars(axes: Any, table: Table, theme: Theme, words: Words) -> None:
    values, rows = _values(table), range(len(table.charted))
    names = [shorten(words.cell(row[0]), 34, placeholder="…") for row in table.charted]
    axes.barh(rows, values, color=_colours(table, theme), height=0.66)
    axes.set_yticks(rows, names)
    axes.invert_yaxis()
    axes.set_xlim(0, max(values, default=0) * 1.08 or 1)
    axes.set_xticks([])
    for row, (value, text) in enumerate(zip(values, _shown(table, words), strict=True)):
        axes.annotate(text, (value, row), (4, 0), textcoords="offset points", va="center", color=f"#{theme.ink}")


def _columns(axes: Any, table: Table, theme: Theme, words: Words) -> None:
    values, rows = _values(table), range(len(table.charted))
    names = [fill(words.cell(row[0]), 11) for row in table.charted]
    axes.bar(rows, values, color=_colours(table, theme), width=0.68)
    axes.set_xticks(rows, names, fontsize=8.5)
    axes.set_ylim(0, max(values, default=0) * 1.14 or 1)
    axes.set_yticks([])
    for row, (value, text) in enumerate(zip(values, _shown(table, words), strict=True)):
        axes.annotate(text, (row, value), (0, 2), textcoords="offset points", ha="center", color=f"#{theme.ink}")


def _finish(figure: Any, axes: Any, table: Table, theme: Theme, height: float) -> None:
    title = fill(table.chart.title if table.chart else table.title, 86)
    for side in ("top", "right", "left", "bottom"):
        axes.spines[side].set_visible(False)
    bottom = table.chart is None or table.chart.shape == "columns"
    axes.spines["bottom" if bottom else "left"].set_visible(True)
    axes.spines["bottom" if bottom else "left"].set_color(f"#{theme.line}")
    axes.tick_params(length=0, labelcolor=f"#{theme.ink}")
    lines = title.count("\n") + 1
    figure.text(0.004, 1 - 0.1 / height, title, ha="left", va="top", fontsize=11, weight="bold", color=f"#{theme.navy}")
    figure.subplots_adjust(left=0.02, right=0.99, bottom=0.02, top=1 - (0.35 + 0.5 * lines) / height)
    _fit(figure, axes)


def _fit(figure: Any, axes: Any) -> None:
    """Make room for the names on the axis, whatever their length."""
    box = axes.get_tightbbox(figure.canvas.get_renderer())
    width, height = figure.bbox.width, figure.bbox.height
    left = max(0.004, (axes.bbox.x0 - box.x0) / width + 0.008)
    bottom = max(0.01, (axes.bbox.y0 - box.y0) / height + 0.02)
    figure.subplots_adjust(left=left, bottom=bottom)
