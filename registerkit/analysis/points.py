"""The things a manager must know, in sentences that say no more than the figures do."""

from __future__ import annotations

from registerkit.analysis.content import Cell, CellKind, Point, Tile
from registerkit.analysis.counting import filled
from registerkit.analysis.signal_words import signal_point
from registerkit.analysis.view import View

__all__ = ["compared", "points", "tiles", "to_do"]

FEW = 5
"""Under so many answers a mean is said to rest on few."""


def points(view: View) -> tuple[Point, ...]:
    """Say how much, what stands out, what about, how fast, what helped and what now."""
    makers = {
        "volume": _volume,
        "signals": signal_point,
        "subject": _subject,
        "speed": _speed,
        "helped": _helped,
        "now": _now,
    }
    return tuple(Point(view.words(f"point.{name}"), make(view)) for name, make in makers.items())


def tiles(view: View) -> tuple[Tile, ...]:
    """Return the big figures, each with what it was before; one that the register cannot tell shows a dash."""
    late = view.figures.overdue_open
    return (
        _tile(view, "received", "received", "number"),
        _tile(view, "closed", "closed", "number"),
        _tile(view, "in_time", "closed_in_time", "percent"),
        _tile(view, "open", "open_at_end", "number", "" if late is None else view.words("tile.late", n=late)),
        _tile(view, "satisfaction", "satisfaction_mean", "decimal"),
    )


def _tile(view: View, name: str, figure: str, kind: CellKind, beside: str = "") -> Tile:
    words = view.words
    value = words.cell(Cell(getattr(view.figures, figure), kind))
    if view.before is not None and not beside:
        beside = words("tile.before", value=words.cell(Cell(getattr(view.before, figure), kind)))
    return Tile(words(f"tile.{name}"), value, beside)


def compared(view: View, name: str) -> str:
    """Say how a count compares with the period before: ", 3 meer dan in september 2026 (11)"; empty without one."""
    if view.before is None or not view.fair:
        return ""
    now, old = getattr(view.figures, name), getattr(view.before, name)
    if now is None or old is None:
        return ""
    form = "more" if now > old else "less" if now < old else "same"
    return view.words(f"compare.{form}", n=abs(now - old), old=old, period=view.words.period(view.previous_period))


def to_do(view: View) -> list[str]:
    """Return what waits to be done, as parts of one sentence."""
    work, words = view.told.work, view.words
    states = [measure.state for measure in work.measures]
    waiting = {
        "late": len(work.late),
        "promises": len(work.promises),
        "measures": states.count("overdue"),
        "evaluations": states.count("evaluate"),
        "aftercare": len(work.aftercare),
        "tell": states.count("tell"),
    }
    return [words(f"to_do.{name}", n=n) for name, n in waiting.items() if n]


def _volume(view: View) -> str:
    words, figures = view.words, view.figures
    if figures.received is None:
        return words("volume.unknown")
    received = words(
        "volume.received", n=figures.received, period=words.period(view.period), compare=compared(view, "received")
    )
    first = words("volume.first", period=words.period(view.previous_period)) if view.before is None else ""
    special = words("volume.special", n=figures.special) if figures.special else ""
    no_complaint = words("volume.no_complaint", n=figures.no_complaint) if figures.no_complaint else ""
    return words.sentence(received, first if figures.received else "", special, no_complaint)


def _subject(view: View) -> str:
    figures, words = view.figures, view.words
    if not figures.received:
        return words("subject.nothing")
    where = view.lead_sentence("subject.where", figures.by_causing_department) if figures.by_causing_department else ""
    return words.sentence(view.lead_sentence("subject.what", figures.by_category), _risen(view), where)


def _risen(view: View) -> str:
    """Name the category that rose most, out of several, when it rose by two or more and more than the others."""
    if view.before is None or not view.fair:
        return ""
    old = view.before.by_category
    rises = sorted(
        ((n - old.get(label, 0), label) for label, n in filled(view.figures.by_category).items()), reverse=True
    )
    if len(rises) < 2 or rises[0][0] < 2 or rises[1][0] == rises[0][0]:
        return ""
    label = rises[0][1]
    return view.words(
        "subject.risen", label=view.words.clean(label), old=old.get(label, 0), n=view.figures.by_category[label]
    )


def _speed(view: View) -> str:
    words, figures = view.words, view.figures
    if figures.closed is None:
        return words("speed.unknown")
    closed = words("speed.none") if not figures.closed else _in_time(view)
    median = ""
    if figures.closed > 1 and figures.median_days_to_close is not None:
        median = words("speed.median", days=words("days", n=figures.median_days_to_close))
    return words.sentence(closed, median, still_open(view))


def _in_time(view: View) -> str:
    words, figures = view.words, view.figures
    if not figures.due_n or figures.closed_in_time is None:
        return words("speed.closed", n=figures.closed or 0)
    which = words("speed.with_term") if figures.due_n != figures.closed else ""
    in_time = figures.due_kept
    if figures.due_n == 1:
        return words("speed.single_in_time" if in_time else "speed.single_late")
    if in_time in (0, figures.due_n):
        told = words("speed.all" if in_time else "speed.nothing", n=figures.due_n, total=figures.due_n, which=which)
    else:
        share = words.percent(figures.closed_in_time)
        told = words("speed.in_time", n=in_time, total=figures.due_n, share=share, which=which)
    return words.sentence(told, _target(view, in_time / figures.due_n))


def _target(view: View, share: float) -> str:
    """Say whether the target was reached that the office has set itself, if any."""
    target = view.snapshot.settings.report.in_time_target
    if target is None:
        return ""
    return view.words("speed.target_met" if share * 100 >= target else "speed.target_missed", target=target)


def still_open(view: View) -> str:
    """Say how many were open and how many of those too late."""
    words, figures = view.words, view.figures
    if figures.open_at_end is None:
        return ""
    late = "" if figures.overdue_open is None or not figures.open_at_end else _late(view, figures.open_at_end)
    return words("speed.open", n=figures.open_at_end, day=words.day(figures.as_of), late=late)


def _late(view: View, n: int) -> str:
    late = view.figures.overdue_open or 0
    if n == 1:
        return view.words("speed.one_late" if late else "speed.one_on_time")
    return view.words("speed.all_late" if late == n else "speed.late", n=late)


def _helped(view: View) -> str:
    words, figures = view.words, view.figures
    solutions = {label: solution.closed for label, solution in figures.closings.by_solution.items()}
    solution = view.lead_sentence("helped.solution", solutions) if solutions else ""
    cost = words("helped.cost", amount=words.euros(figures.cost_total)) if figures.cost_total else ""
    again = words("helped.cost_reopened", amount=words.euros(figures.cost_reopened)) if figures.cost_reopened else ""
    return words.sentence(_satisfaction(view), solution, cost, again)


def _satisfaction(view: View) -> str:
    words, figures = view.words, view.figures
    n = figures.satisfaction_n or 0
    mean = words.number(figures.satisfaction_mean, 1)
    few = words("helped.few") if 1 < n < FEW else ""
    told = words("helped.satisfaction", n=n, people=words.people(n), mean=mean)
    asked = figures.satisfaction_asked or 0
    return words.sentence(told, words("helped.asked", n=asked, answered=n) if asked > n else "", few)


def _now(view: View) -> str:
    words, parts = view.words, to_do(view)
    waiting = words("now.to_do", parts=words.join(parts)) if parts else words("now.nothing")
    recurring = view.figures.recurring
    if not recurring:
        return waiting
    top = recurring[0]
    return words.sentence(waiting, words("now.recurring", label=words.clean(top.label), n=top.n))
