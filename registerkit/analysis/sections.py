"""The questions of a report: how much, what about, where, how fast, what helped, what now."""

from __future__ import annotations

from collections.abc import Iterable

from registerkit.analysis.balance_table import balance_table
from registerkit.analysis.content import Cell, Chart, Section, Table
from registerkit.analysis.counting import Counts, by_size
from registerkit.analysis.figures import Figures
from registerkit.analysis.measure_tables import effect_charts, effect_table, temporary_table
from registerkit.analysis.phase_table import phase_table
from registerkit.analysis.points import to_do
from registerkit.analysis.signal_words import signal_table
from registerkit.analysis.speed_tables import duration_table, in_time_table
from registerkit.analysis.tables import FEWEST_BARS, LONGEST, count_table, label_cell, lead_chart
from registerkit.analysis.trend_table import trend_table
from registerkit.analysis.view import View
from registerkit.analysis.volumes import volume_of
from registerkit.analysis.work import AGES

__all__ = ["sections"]


def sections(view: View) -> tuple[Section, ...]:
    """Return every question with its tables; one without tables says that there is nothing to tell."""
    return (_how_many(view), _what(view), _where(view), _how_fast(view), _what_helped(view), _what_now(view))


def _section(
    view: View,
    name: str,
    lead: str,
    tables: Iterable[Table | None],
    closing: str = "",
    essential: Iterable[Table | None] = (),
) -> Section:
    found = tuple(table for table in tables if table is not None)
    words = view.words
    return Section(
        words(f"section.{name}.sheet"),
        words(f"section.{name}.title"),
        lead or ("" if found else words("section.nothing")),
        found,
        closing,
        tuple(table for table in essential if table is not None),
    )


def _counted(view: View, name: str, charted: bool = True, pareto: bool = False) -> Table | None:
    before = view.before
    return count_table(view, name, _by(view.figures, name), _by(before, name) if before else None, charted, pareto)


def _by(figures: Figures, name: str) -> Counts:
    counts: Counts = getattr(figures, f"by_{name}")
    return counts


def _how_many(view: View) -> Section:
    words, figures = view.words, view.figures
    closed = words("volume.closed", n=figures.closed) if figures.closed is not None else ""
    reopened = words("volume.reopened", n=figures.reopened) if figures.reopened else ""
    special = None
    if figures.special_by_category:
        special = count_table(view, "special", figures.special_by_category, None, charted=False)
    balance = balance_table(view)
    tables = (balance, trend_table(view), signal_table(view), _counted(view, "channel"), special)
    return _section(view, "volume", words.sentence(closed, reopened), tables, _limits(view), (balance,))


def _limits(view: View) -> str:
    """Say what the figures do not show."""
    words, figures, closings = view.words, view.figures, view.figures.closings
    unseen = repeat = unfounded = ""
    if figures.unseen_low and figures.unseen_high:
        unseen = words("limits.unseen", low=figures.unseen_low, high=figures.unseen_high)
    if figures.repeat_complainants is not None and figures.complainants:
        n, share = figures.repeat_complainants, words.percent(figures.repeat_share)
        repeat = words("limits.repeat", n=n, total=words.people(figures.complainants), share=share)
        if figures.complainants == 1:
            repeat = words("limits.single_repeat") if n else ""
    if closings.judged > 1:
        unfounded = words("limits.unfounded", n=closings.unfounded, total=closings.judged)
    volume = words("limits.no_volume", unit=view.unit) if figures.volume == 0 else ""
    if figures.volume is None and volume_of(view.period, view.snapshot.settings.report.volumes):
        volume = words("limits.volume_later", unit=view.unit)
    return words.sentence(unseen, repeat, unfounded, volume)


def _what(view: View) -> Section:
    recurring = view.figures.recurring[:3]
    parts = [view.words("recurring.part", label=view.words.clean(r.label), n=r.n) for r in recurring]
    lead = view.words("recurring.lead", n=len(parts), parts=view.words.join(parts)) if parts else ""
    tables = [_counted(view, name, pareto=True) for name in ("category", "cause")]
    tables += [_counted(view, name, charted=False) for name in ("subcategory", "severity", "subject", "customer_kind")]
    return _section(view, "subject", lead, tables)


def _where(view: View) -> Section:
    figures = view.figures
    lead = view.lead_sentence("where.responsible", figures.by_responsible) if figures.by_responsible else ""
    branches = _counted(view, "branch") if len(figures.by_branch) > 1 else None
    tables = (
        *(_counted(view, "causing_department"), _causes(view), _counted(view, "process")),
        *(branches, _counted(view, "department", charted=False), _counted(view, "responsible", charted=False)),
        _counted(view, "supplier", charted=False),
    )
    return _section(view, "where", lead, tables)


def _causes(view: View) -> Table | None:
    """For every department what it can learn from: its causes, the most frequent first."""
    words, causes = view.words, view.figures.causes_by_department
    totals = by_size({name: sum(counts.values()) for name, counts in causes.items()})
    rows = tuple(
        (label_cell(view, name), label_cell(view, cause), Cell(n, "number"))
        for name in totals
        for cause, n in list(causes[name].items())[:3]
    )
    if not rows:
        return None
    columns = (words("column.causing_department"), words("column.cause"), words("table.number"))
    return Table(words("table.causes"), columns, rows)


def _how_fast(view: View) -> Section:
    words, figures = view.words, view.figures
    share = figures.acknowledged_in_time
    lead = ""
    if share is not None:
        n, total = figures.acknowledged_kept, figures.acknowledged_n
        lead = words("speed.acknowledged", n=n, total=total, share=words.percent(share))
        if total == 1:
            lead = words("speed.single_acknowledged" if n else "speed.single_unacknowledged")
    loads = _loads(view) if view.snapshot.settings.report.per_handler else None
    tables = (in_time_table(view), duration_table(view), _speed_table(view), _ages(view), loads)
    return _section(view, "speed", lead, tables)


def _speed_table(view: View) -> Table | None:
    words, speeds = view.words, view.figures.speed_by_department
    if not speeds:
        return None
    rows = tuple(
        (
            label_cell(view, name),
            *(Cell(n, "number") for n in (speed.closed, speed.late)),
            Cell(speed.in_time / speed.due if speed.due else None, "percent"),
            Cell(speed.median_days, "decimal"),
        )
        for name, speed in speeds.items()
    )
    columns = ("column.department", "table.closed", "table.late", "table.in_time", "table.days")
    late = {name: speed.late for name, speed in speeds.items() if speed.late}
    chart = None
    if len(late) > 1:
        name = next(iter(late))
        n, total = speeds[name].late, speeds[name].due
        title = words("chart.late", n=n, label=label_cell(view, name).value, total=total)
        alt = words("chart.alt_bars", title=words("table.speed"), point=title)
        chart = Chart(title, alt, column=2, rows=len(late), accent=frozenset({0}))
    return Table(words("table.speed"), tuple(words(column) for column in columns), rows, chart)


def _ages(view: View) -> Table | None:
    words, ages = view.words, view.told.work.ages
    total = sum(ages)
    if not total:
        return None
    bounds = zip((0, *AGES), (*AGES, None), strict=True)
    names = [
        words("age.under", n=b) if not a else words("age.between", a=a, b=b - 1) if b else words("age.over", n=a)
        for a, b in bounds
    ]
    rows = tuple(
        (Cell(name), Cell(n, "number"), Cell(n / total, "percent")) for name, n in zip(names, ages, strict=True)
    )
    old = sum(ages[3:])
    title = words("chart.old", n=old, total=total)
    chart = None
    if total >= FEWEST_BARS:
        accent = frozenset({3, 4}) if old else frozenset[int]()
        chart = Chart(title, words("chart.alt_ages", point=title), "columns", accent=accent)
    return Table(words("table.ages"), (words("column.age"), words("table.number"), words("table.share")), rows, chart)


def _loads(view: View) -> Table | None:
    words, loads = view.words, view.told.work.by_handler
    received = view.figures.by_handler
    names = [*loads, *(name for name in received if name not in loads)]
    if not names:
        return None
    rows = tuple(
        (
            label_cell(view, name),
            Cell(received.get(name, 0), "number"),
            Cell(loads[name].open if name in loads else 0, "number"),
            Cell(loads[name].overdue if name in loads else 0, "number"),
        )
        for name in names
    )
    columns = ("column.handler", "table.received", "table.open", "table.overdue")
    return Table(words("table.loads"), tuple(words(column) for column in columns), rows)


def _what_helped(view: View) -> Section:
    words, closings = view.words, view.figures.closings
    founded = ""
    if closings.judged > 1:
        founded = words("helped.founded", n=closings.founded, total=closings.judged)
    elif closings.judged:
        founded = words("helped.single_founded" if closings.founded else "helped.single_not")
    judgements = count_table(view, "judgement", closings.by_judgement, None, charted=False)
    tables = (_solutions(view), phase_table(view), judgements, _marks(view), effect_table(view), *effect_charts(view))
    return _section(view, "helped", founded, tables)


def _solutions(view: View) -> Table | None:
    words, solutions = view.words, view.figures.closings.by_solution
    if not solutions:
        return None
    rows = tuple(
        (
            label_cell(view, name),
            Cell(s.closed, "number"),
            Cell(s.satisfaction_mean, "decimal"),
            Cell(s.satisfaction_n, "number"),
            Cell(s.cost, "euro"),
        )
        for name, s in solutions.items()
    )
    columns = ("column.solution", "table.closed", "table.mark", "table.marks", "table.cost")
    counts = {name: s.closed for name, s in solutions.items()}
    chart = None
    if len(counts) >= FEWEST_BARS and max(counts.values()) >= FEWEST_BARS:
        of = words("chart.of_closed", total=sum(counts.values()))
        chart = lead_chart(view, "solution", counts, of, len(counts))
    return Table(words("table.solution"), tuple(words(c) for c in columns), rows, chart, words("table.solutions_note"))


def _marks(view: View) -> Table | None:
    words, marks = view.words, view.figures.marks
    n = sum(marks.values())
    if not n:
        return None
    rows = tuple((Cell(words(f"mark.{mark}")), Cell(k, "number"), Cell(k / n, "percent")) for mark, k in marks.items())
    mean = words.number(view.figures.satisfaction_mean, 1)
    title = words("chart.marks", n=n, mean=mean)
    chart = Chart(title, words("chart.alt_marks", point=title), "columns") if n > 1 else None
    return Table(
        words("table.satisfaction"), (words("column.mark"), words("table.number"), words("table.share")), rows, chart
    )


def _what_now(view: View) -> Section:
    words, parts = view.words, to_do(view)
    lead = words("now.to_do", parts=words.join(parts)) if parts else words("now.nothing")
    tables = (_late(view), _measures(view), temporary_table(view), _recurring(view))
    return _section(view, "now", lead, tables, essential=tables[:2])


def _late(view: View) -> Table | None:
    words, late = view.words, view.told.work.late
    if not late:
        return None
    rows = tuple(
        (
            Cell(entry.number if entry.category is None else f"{entry.number}  {words.clean(entry.category)}"),
            label_cell(view, entry.department),
            label_cell(view, entry.handler),
            Cell(entry.due_on, "date"),
            Cell(entry.days, "number"),
        )
        for entry in late[: 2 * LONGEST]
    )
    columns = ("column.complaint", "column.department", "column.handler", "table.due_on", "table.days_late")
    more = len(late) - len(rows)
    note = words("table.more", n=more) if more else ""
    return Table(words("table.late_list"), tuple(words(column) for column in columns), rows, note=note)


def _measures(view: View) -> Table | None:
    words, measures = view.words, view.told.work.measures
    if not measures:
        return None
    rows = tuple(
        (
            Cell(words.clean(f"{measure.number}  {measure.description}")),
            label_cell(view, measure.owner),
            Cell(words(f"measure.{measure.state}")),
            Cell(measure.by, "date"),
        )
        for measure in measures
    )
    columns = ("column.measure", "column.owner", "column.state", "table.by")
    return Table(words("table.measures"), tuple(words(column) for column in columns), rows)


def _recurring(view: View) -> Table | None:
    words, recurring = view.words, view.figures.recurring
    if not recurring:
        return None
    rows = tuple(
        (Cell(words.clean(r.label)), Cell(r.n, "number"), Cell(r.first, "date"), Cell(r.last, "date"))
        for r in recurring[:LONGEST]
    )
    columns = ("column.subcategory", "table.number", "table.first", "table.last")
    return Table(
        words("table.recurring"), tuple(words(column) for column in columns), rows, note=words("table.recurring_note")
    )
