"""The period that the overview counts over: what can be chosen, and what the figures then are."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date

import pytest
from workbook_samples import MakeContent, varied

from registerkit.excel import CellContent
from registerkit.workbook import WorkbookContent
from registerkit.workbook.figures import Facts, overview_figures
from registerkit.workbook.hidden_plan import HiddenPlanner
from registerkit.workbook.overview import plan_sheets
from registerkit.workbook.periods import LIST_PERIODS, plan_period

ON = date(2026, 2, 14)


@pytest.fixture
def content(make: MakeContent) -> WorkbookContent:
    return make("nl", varied(60))


@pytest.mark.parametrize(
    ("asked", "first", "last", "before"),
    [
        ("2026", date(2026, 1, 1), date(2026, 12, 31), (date(2025, 1, 1), date(2025, 12, 31))),
        ("2025-Q4", date(2025, 10, 1), date(2025, 12, 31), (date(2025, 7, 1), date(2025, 9, 30))),
        ("2025-q4 ", date(2025, 10, 1), date(2025, 12, 31), (date(2025, 7, 1), date(2025, 9, 30))),
        ("2026-02", date(2026, 2, 1), date(2026, 2, 28), (date(2026, 1, 1), date(2026, 1, 31))),
        ("2026.0", date(2026, 1, 1), date(2026, 12, 31), (date(2025, 1, 1), date(2025, 12, 31))),
    ],
)
def test_a_period_and_the_one_before_it(
    content: WorkbookContent, asked: str, first: date, last: date, before: tuple[date, date]
) -> None:
    hidden = HiddenPlanner(content)
    period = plan_period(hidden, asked, ON)
    assert (period.now.first, period.now.last) == (first, last)
    assert (period.before.first, period.before.last) == before
    assert not period.is_all
    assert LIST_PERIODS in hidden.names


@pytest.mark.parametrize("asked", [None, "", "vorig jaar", "1999", "2026-Q5"])
def test_what_is_no_period_counts_everything(content: WorkbookContent, asked: str | None) -> None:
    period = plan_period(HiddenPlanner(content), asked, ON)
    assert period.is_all
    assert period.now.has(date(2001, 1, 1))
    assert not period.before.has(date(2001, 1, 1))


def shown(content: WorkbookContent, asked: str) -> Mapping[str, CellContent]:
    """Give what stands large on the overview and below it, by its label."""
    plan = plan_sheets(dataclasses.replace(content, asked={"period": asked})).overview
    cells = {(c.row, c.column): c.value for c in plan.cells}
    top = {str(cells[(3, at)]): (cells[(4, at)], cells[(5, at)]) for at in (1, 3, 5, 7, 9)}
    return {
        name: value for label, (number, note) in top.items() for name, value in ((label, number), (label + "*", note))
    }


def test_the_years_add_up_to_the_whole_and_each_is_compared_with_the_one_before(content: WorkbookContent) -> None:
    year = content.on.year
    whole, years = shown(content, ""), [shown(content, str(year - back)) for back in range(3)]
    received = [figures["Ontvangen"] for figures in years]
    assert whole["Ontvangen"] == sum(received)  # type: ignore[arg-type]
    assert [f"vorige periode: {n}" for n in received[1:]] == [figures["Ontvangen*"] for figures in years[:2]]
    assert {whole["Open"]} == {figures["Open"] for figures in years}
    assert whole["Ontvangen*"] == "alles in dit register"


def test_departments_add_up_to_the_figures_above_them(content: WorkbookContent) -> None:
    asked = str(content.on.year)
    plan = plan_sheets(dataclasses.replace(content, asked={"period": asked})).overview
    cells = {(c.row, c.column): c.value for c in plan.cells}
    rows = [row for (row, column), value in cells.items() if column == 9 and 10 <= row < 20 and value is not None]
    open_now = sum(int(str(cells[(row, 3)])) for row in rows)
    figures = {f.name: f.value for f in overview_figures(Facts(content))}
    named = sum(
        content.rows("complaints")[n].get("department") is not None for n in range(len(content.rows("complaints")))
    )
    assert rows
    assert named == len(content.rows("complaints"))
    assert open_now == figures["open"]
