"""The tables of how fast complaints were handled: in time or not, and how many days it took."""

from __future__ import annotations

from registerkit.analysis.content import Cell, Chart, Table
from registerkit.analysis.tables import FEWEST_BARS
from registerkit.analysis.view import View

__all__ = ["duration_table", "in_time_table"]


def in_time_table(view: View) -> Table | None:
    """Return of how many a term was kept, extensions and pauses apart; None when there was none."""
    words, figures = view.words, view.figures
    timing, target = figures.timing, view.snapshot.settings.report.in_time_target
    lines = [
        ("acknowledged", figures.acknowledged_kept, figures.acknowledged_n, False),
        ("answered", figures.due_kept, figures.due_n, True),
        ("extended", timing.extended_in_time, timing.extended, False),
        ("paused", timing.paused_in_time, timing.paused, False),
    ]
    rows = []
    for name, n, total, aimed in lines:
        if total:
            aim = (Cell(target / 100 if aimed else None, "percent"),) if target else ()
            numbers = (Cell(n, "number"), Cell(total, "number"), Cell(n / total, "percent"))
            rows.append((Cell(words(f"in_time.{name}")), *numbers, *aim))
    if not rows:
        return None
    columns = [words(f"column.{name}") for name in ("term", "kept", "of", "kept_share")]
    return Table(words("table.in_time_table"), (*columns, *([words("column.target")] if target else ())), tuple(rows))


def duration_table(view: View, *, beside: bool = True) -> Table | None:
    """Return in how many days complaints were closed, the period before beside it; None when none was."""
    words, timing = view.words, view.figures.timing
    before = view.before.timing.by_duration if beside and view.before is not None else None
    total = sum(timing.by_duration)
    if not total:
        return None
    rows, sofar = [], 0
    for n, (name, count) in enumerate(zip(_names(view), timing.by_duration, strict=True)):
        sofar += count
        cells = (Cell(count, "number"), Cell(count / total, "percent"), Cell(sofar / total, "percent"))
        rows.append((Cell(name), *cells, *((Cell(before[n], "number"),) if before else ())))
    columns = [words("column.duration"), words("table.number"), words("table.share"), words("table.sofar")]
    if before:
        columns.append(words("table.before"))
    first = timing.by_duration[0]
    title = words("chart.duration", n=first, total=total, days=words("days", n=timing.bounds[0]))
    chart = Chart(title, words("chart.alt_duration", point=title), "columns") if total >= FEWEST_BARS else None
    return Table(words("table.durations"), tuple(columns), tuple(rows), chart)


def _names(view: View) -> list[str]:
    words, bounds = view.words, view.figures.timing.bounds
    starts = (0, *(bound + 1 for bound in bounds))
    within = [words("duration.within", a=a, b=b) for a, b in zip(starts, bounds, strict=False)]
    return [*within, words("duration.over", n=bounds[-1])]
