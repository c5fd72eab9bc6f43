"""The outcome as a page: the goals and how they came out, and below them what every case took."""

from __future__ import annotations

import platform
from collections.abc import Mapping, Sequence
from datetime import date

from _measure import Figures
from _table import Outcome

__all__ = ["page"]

_ABOUT = """Measured by `python3 scripts/bench/run.py`: every case in a process of its own, all in turns, the median of
{repeat} runs; CPU seconds, and peak memory of the process. Ratios are between cases of one run. Day: {day}; {rows}
complaints; Python {python} on {system}. Goals in seconds were set on a computer where calamine reads the register in
{yardstick} s.
"""
_YARDSTICK = 0.43
"""What `calamine` took of 10,000 complaints where the goals in seconds come from; its row says what it took here."""


def page(
    told: Mapping[str, Figures],
    found: Sequence[Outcome],
    rows: int,
    repeat: int,
    *,
    markdown: bool = False,
    drawn: bool = False,
) -> str:
    """Return the page as text for a screen, or as Markdown; `drawn` says that there is a picture of the growth."""
    goals = [[o.goal.work, _value(o), _bound(o), "yes" if o.reached else "no"] for o in found]
    cases = [[name, f"{each.cpu:.3f}", "" if each.peak is None else f"{each.peak:.0f}"] for name, each in told.items()]
    head, peaks = ["work", "measured", "goal", "reached"], ["case", "CPU s", "peak MB"]
    if not markdown:
        return "\n".join([_plain(head, goals), "", _plain(peaks, cases)])
    system = {"python": platform.python_version(), "system": platform.system()}
    about = _ABOUT.format(day=date.today().isoformat(), rows=f"{rows:,}", repeat=repeat, yardstick=_YARDSTICK, **system)
    parts = ["# Performance", about, "## Goals", _piped(head, goals), "## Cases", _piped(peaks, cases)]
    parts += ["## Growth", "![CPU seconds by number of complaints](performance.svg)"] if drawn else []
    return "\n\n".join(part.rstrip("\n") for part in parts) + "\n"


def _value(outcome: Outcome) -> str:
    return f"{outcome.value:.3g} {outcome.goal.unit}"


def _bound(outcome: Outcome) -> str:
    return f"at {'least' if outcome.goal.at_least else 'most'} {outcome.goal.bound:g}"


def _plain(head: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    widths = [max(len(line[n]) for line in (head, *lines)) for n in range(len(head))]
    padded = ([cell.ljust(width) for cell, width in zip(line, widths, strict=True)] for line in (head, *lines))
    return "\n".join("  ".join(cells).rstrip() for cells in padded)


def _piped(head: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    return "\n".join(f"| {' | '.join(line)} |" for line in (head, ["---"] * len(head), *lines))
