"""The goals: what is measured, what it is set beside, and how it has to come out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from _measure import Figures

__all__ = ["GOALS", "Goal", "Outcome", "outcomes"]

Measured = Mapping[str, Figures]


@dataclass(frozen=True)
class Goal:
    """One goal: what is said of it, what it comes to, and the bound, below which it has to stay or above which."""

    work: str
    cases: tuple[str, ...]
    """The cases that have to be measured for it."""
    value: Callable[[Measured, int], float | None]
    """Gives the figure, of so many complaints; None where the system cannot tell it."""
    bound: float
    unit: str
    at_least: bool = False

    def holds(self, value: float) -> bool:
        """Tell whether a value reaches the goal."""
        return value >= self.bound if self.at_least else value <= self.bound


@dataclass(frozen=True)
class Outcome:
    """A goal, and how it came out."""

    goal: Goal
    value: float

    @property
    def reached(self) -> bool:
        """Whether it holds."""
        return self.goal.holds(self.value)


def outcomes(measured: Measured, rows: int) -> list[Outcome]:
    """Return the outcome of every goal whose cases were measured."""
    found = []
    for goal in GOALS:
        if all(case in measured for case in goal.cases):
            value = goal.value(measured, rows)
            if value is not None:
                found.append(Outcome(goal, value))
    return found


def _ratio(ours: str, peer: str) -> Callable[[Measured, int], float]:
    return lambda m, _: m[ours].cpu / m[peer].cpu


def _faster(ours: str, peer: str) -> Callable[[Measured, int], float]:
    return lambda m, _: m[peer].cpu / m[ours].cpu


def _cpu(case: str) -> Callable[[Measured, int], float]:
    return lambda m, _: m[case].cpu


def _peak(case: str) -> Callable[[Measured, int], float | None]:
    return lambda m, _: m[case].peak


def _a_row(case: str) -> Callable[[Measured, int], float]:
    return lambda m, rows: float(m[case].told["bytes"]) / rows / 1000


def _memory_a_row(measured: Measured, rows: int) -> float | None:
    peak = measured["first"].peak
    return None if peak is None else peak * 1000 / rows


def _jackcess(measured: Measured, _: int) -> float:
    alone = measured["jackcess"]
    return measured["access"].cpu / (alone.cpu + float(alone.told["more"]))


def _over_a_second(measured: Measured, _: int) -> float:
    """Return what a letter takes beyond the second of the whole, in ms; a thousand are made."""
    return measured["all_letters"].cpu - 1


_ONE_SHEET, _LISTS = "x XlsxWriter, that sheet alone", "x calamine to_python"
_LOOP = "x faster than docxtpl"

GOALS = (
    Goal("build the workbook", ("build", "xlsxwriter_memo"), _ratio("build", "xlsxwriter_memo"), 1.0, _ONE_SHEET),
    Goal("the same, memory", ("build",), _peak("build"), 600, "MB"),
    Goal("size of the register's sheet", ("build",), _a_row("build"), 2.5, "kB a row"),
    Goal("check a file never seen", ("check", "calamine"), _ratio("check", "calamine"), 2.0, _LISTS),
    Goal("sync a file saved again", ("unchanged", "calamine"), _ratio("unchanged", "calamine"), 1.5, _LISTS),
    Goal("the same, memory", ("unchanged",), _peak("unchanged"), 700, "MB"),
    Goal("sync with 1 % changed, written back", ("changed", "calamine"), _ratio("changed", "calamine"), 3.5, _LISTS),
    Goal("change 1 % of the rows of a file", ("edit", "wolfxl_edit"), _ratio("edit", "wolfxl_edit"), 0.7, "x wolfxl"),
    Goal("the same, beside openpyxl", ("edit", "openpyxl_edit"), _faster("edit", "openpyxl_edit"), 8, "x faster", True),
    Goal("first sync, memory", ("first",), _memory_a_row, 40, "kB a complaint"),
    Goal("first sync, store", ("first",), _a_row("first"), 3.0, "kB a complaint"),
    Goal("render 1,000 letters", ("letters", "docxtpl"), _faster("letters", "docxtpl"), 40, _LOOP, True),
    Goal("the same, each template compiled once", ("letters", "docxtpl_memo"), _faster("letters", "docxtpl_memo"), 1,
         _LOOP, True),
    Goal("make 1,000 letters, whole", ("all_letters",), _over_a_second, 1.5, "ms a letter, over 1 s"),
    Goal("show a complaint", ("show",), _cpu("show"), 1.0, "s"),
    Goal("history of a complaint", ("history",), _cpu("history"), 1.0, "s"),
    Goal("find a complaint", ("find",), _cpu("find"), 1.0, "s"),
    Goal("find, memory", ("find",), _peak("find"), 120, "MB"),
    Goal("figures of a quarter", ("figures", "group_bys"), _ratio("figures", "group_bys"), 3.0, "x bare GROUP BYs"),
    Goal("whole report", ("report",), _cpu("report"), 2.0, "s"),
    Goal("weekly run", ("weekly",), _cpu("weekly"), 7.0, "s"),
    Goal("--help", ("help",), _cpu("help"), 0.10, "s"),
    Goal("Access file", ("access", "jackcess"), _jackcess, 1.4, "x Jackcess alone"),
)  # fmt: skip
