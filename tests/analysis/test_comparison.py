"""Periods side by side: the table that balances, the same period last year, years, volumes and durations."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from analysis_samples import make_sample

from registerkit.analysis import figures, make_report, parse_period, publication
from registerkit.analysis.comparison import compare
from registerkit.analysis.counting import percentile
from registerkit.analysis.period import parts_of, year_before
from registerkit.analysis.plan import plan_report
from registerkit.analysis.volumes import volume_of
from registerkit.documents import Line
from registerkit.register import Register
from registerkit.report_settings import ReportSettings


@pytest.mark.parametrize(
    ("label", "before"),
    [
        ("2026-10", "2025-10"),
        ("2026-Q3", "2025-Q3"),
        ("2026", "2025"),
        ("2026-W47", "2025-W47"),
        ("2026-W53", "2025-W52"),
        ("2024-02-29..2024-03-01", "2023-02-28..2023-03-01"),
    ],
)
def test_the_same_period_last_year(label: str, before: str) -> None:
    assert year_before(parse_period(label)).label == before


def test_parts_make_up_a_whole_period() -> None:
    assert [part.label for part in parts_of(parse_period("2026-Q3"), "month")] == ["2026-07", "2026-08", "2026-09"]
    assert [part.label for part in parts_of(parse_period("2026"), "quarter")][-1] == "2026-Q4"
    assert parts_of(parse_period("2026-W47"), "month") == []


@pytest.mark.parametrize(
    ("label", "volume"),
    [
        ("2026", 700),
        ("2026-Q3", 60),
        ("2026-07", 10),
        ("2026-Q2", None),
        ("2026-08-01..2026-09-30", 50),
        ("2025", None),
    ],
)
def test_a_volume_is_the_given_one_or_the_sum_of_its_parts(label: str, volume: int | None) -> None:
    volumes = {"2026": 700, "2026-07": 10, "2026-08": 20, "2026-09": 30, "2026-04": 5}
    assert volume_of(parse_period(label), volumes) == volume


@pytest.mark.parametrize(("values", "found"), [([], None), ([7], 7), (list(range(1, 11)), 9), ([5, 1, 9, 3], 9)])
def test_nine_in_ten_is_a_day_that_one_of_them_took(values: list[int], found: int | None) -> None:
    assert percentile(Counter(values), 0.9) == found


def with_report(register: Register, **told: Any) -> Register:
    """Give a register whose office wants something else of its reports."""
    from dataclasses import replace

    return replace(register, settings=replace(register.settings, report=ReportSettings(**told)))


def row(received: str, closed: str | None = None, **fields: Any) -> dict[str, Any]:
    ended = {"status": "afgehandeld", "closed_on": closed, "answered_on": closed, "judgement": "gegrond",
             "solution": "excuses", "answer_channel": "email", "handler": "BJ"}  # fmt: skip
    return {"received_on": received, "due_on": "2027-01-01", **(ended if closed else {"status": "nieuw"}), **fields}


YEARS = (
    row("2022-03-01", "2022-04-01"),
    row("2024-03-01", "2025-04-01", judgement="ongegrond"),
    row("2025-10-01", "2025-10-20"),
    row("2026-01-10", "2026-02-01"),
    row("2026-05-10"),
    row("2026-10-02", "2026-10-30", extended_on="2026-10-20", due_on="2026-10-29"),
)


def test_years_stand_side_by_side_and_each_balances() -> None:
    told = compare(make_sample(*YEARS, on="2026-11-22"), parse_period("2026"))
    assert [each.period.label for each in told.balances] == ["2026", "2025", "2024", "2023", "2022"]
    assert [each.open_at_start for each in told.balances] == [0, 1, 0, 0, 0]
    assert [each.open_at_end for each in told.balances] == [1, 0, 1, 0, 0]
    for each in told.balances:
        assert each.open_at_start + each.received + each.reopened == each.closed + each.open_at_end
    table = plan_report(make_sample(*YEARS), told).sections[0].tables[0]
    assert table.columns[1:] == ("2026", "2025", "2024", "2023", "2022")
    sums = [[cell.value for cell in table.rows[n][1:]] for n in sorted(table.totals)]
    assert sums[0] == sums[2]


def test_a_month_stands_beside_the_one_before_and_last_years() -> None:
    register = make_sample(*YEARS, on="2026-11-22")
    told = compare(register, parse_period("2026-10"))
    assert [each.period.label for each in told.balances] == ["2026-10", "2026-09", "2025-10"]
    assert (told.figures.received, told.previous.received, told.year_ago.received) == (1, 0, 1)
    content = plan_report(register, told)
    assert content.key_figures.columns[-1] == "Vorig jaar"
    assert [cell.value for cell in content.key_figures.rows[0][1:]] == [1, 0, 1, 1]


def test_before_the_register_there_is_nothing_to_stand_beside() -> None:
    register = make_sample(row("2026-10-02"), on="2026-11-22")
    told = compare(register, parse_period("2026-10"))
    assert [each.period.label for each in told.balances] == ["2026-10"]
    assert plan_report(register, told).key_figures.columns == ("Cijfer", "Deze periode")


def test_durations_fall_in_the_groups_of_the_office() -> None:
    """A bound is the last day of its group: 19, 22 and 28 days."""
    register = make_sample(*YEARS, on="2026-11-22")
    own = with_report(register, durations=(19, 27))
    assert figures(own, parse_period("2025-10")).timing.by_duration == (1, 0, 0)
    assert figures(own, parse_period("2026")).timing.by_duration == (0, 1, 1)
    assert figures(register, parse_period("2026")).timing.by_duration == (0, 2, 0, 0)


def test_an_extension_is_told_apart() -> None:
    timing = figures(make_sample(*YEARS, on="2026-11-22"), parse_period("2026-10")).timing
    assert (timing.extended, timing.extended_in_time, timing.paused) == (1, 0, 0)


def test_the_target_and_the_volume_of_the_office_stand_in_the_report() -> None:
    plain = make_sample(*YEARS, on="2027-01-10")
    register = with_report(plain, in_time_target=60, unit="ritten", volumes={"2026": 1500}, per_handler=True)
    content = plan_report(register, compare(register, parse_period("2026")))
    rows = {line[0].value: line[1].value for line in content.key_figures.rows}
    assert rows["Klachten per 1.000 ritten"] == 2.0
    assert "Het doel van 60% is niet gehaald." in content.points[3].text
    titles = [table.title for section in content.sections for table in section.tables]
    assert "Klachten per behandelaar" in titles
    told = plan_report(plain, compare(plain, parse_period("2026")))
    assert "Klachten per behandelaar" not in [table.title for section in told.sections for table in section.tables]


def test_how_many_could_have_given_a_mark_is_told() -> None:
    rows = [row("2026-10-02", "2026-10-09", aftercare_on="2026-10-20") for _ in range(3)]
    rows[0]["satisfaction"] = 4
    register = make_sample(*rows, on="2026-11-22")
    told = compare(register, parse_period("2026-10"))
    assert (told.figures.satisfaction_n, told.figures.satisfaction_asked) == (1, 3)
    assert "Er was 3 keer nazorg, en 1 keer kwam er een cijfer." in plan_report(register, told).points[4].text


def test_a_part_of_a_period_is_not_set_against_its_volume() -> None:
    """Neither while it goes on nor when the register began late in it; a volume of nought is told."""
    going = with_report(make_sample(*YEARS, on="2026-11-22"), unit="ritten", volumes={"2026": 1500})
    told = compare(going, parse_period("2026"))
    assert told.figures.per_thousand is None
    assert (
        "Klachten per 1.000 ritten staan er alleen over een periode die voorbij is"
        in plan_report(going, told).sections[0].closing
    )
    late = with_report(make_sample(row("2026-10-30"), on="2026-11-22"), unit="ritten", volumes={"2026-10": 10})
    assert compare(late, parse_period("2026-10")).figures.per_thousand is None
    none = with_report(make_sample(row("2026-10-02"), on="2026-11-22"), unit="ritten", volumes={"2026-10": 0})
    closing = plan_report(none, compare(none, parse_period("2026-10"))).sections[0].closing
    assert "Hoeveel ritten er in deze periode waren, staat op nul" in closing


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("2026-10", "De oudste klacht in het register is van 30-10-2026; deze periode is dus niet compleet."),
        ("2020-05", "Het register begint pas op 30-10-2026; over deze periode staat er niets in."),
        ("2026-11", "De periode loopt nog: de cijfers gaan tot en met 22-11-2026. De oudste klacht"),
    ],
)
def test_what_part_of_a_period_the_figures_are_about_is_said(label: str, said: str) -> None:
    register = make_sample(row("2026-10-30"), on="2026-11-22")
    told = compare(register, parse_period(label))
    assert said in plan_report(register, told).remark
    assert any(said in part.text for part in publication(register, told).parts if isinstance(part, Line))


def test_a_measure_is_told_of_no_earlier_than_it_can_have_been_there() -> None:
    rows = [row("2026-03-02", measure="M-2026-01"), row("2025-03-02")]
    measures = {"M-2026-01": {"description": "Vast tijdvak"}, "M-2025-07": {"description": "Nakijken"}}
    register = make_sample(*rows, measures=measures, on="2026-11-22")
    seen = {
        label: [measure.number for measure in compare(register, parse_period(label)).work.measures]
        for label in ("2024", "2025-03", "2026-02", "2026-03")
    }
    assert seen == {
        "2024": [],
        "2025-03": ["M-2025-07"],
        "2026-02": ["M-2025-07"],
        "2026-03": ["M-2025-07", "M-2026-01"],
    }


def test_a_long_range_is_told_from_its_first_month() -> None:
    """Years back the busiest month still is the busiest."""
    months = [f"{year}-{month:02}-03" for year in range(2020, 2027) for month in range(1, 11)]
    rows = [row(day) for day in months] + [row("2021-03-04") for _ in range(20)]
    register = make_sample(*rows, on="2026-11-22")
    told = compare(register, parse_period("2020-01-01..2026-10-31"))
    assert told.trend.steps[0].period.label == "2020-01"
    trend = next(t for t in plan_report(register, told).sections[0].tables if t.chart and "Ontvangen" in t.columns)
    assert trend.chart is not None
    assert trend.chart.title == "Maart 2021 was in deze periode de drukste maand, met 21 klachten"


@pytest.mark.parametrize("label", ["2000-01-01..2099-12-31", "1970-01-01..2100-12-31", "1970-01-01..2026-01-01"])
def test_a_range_may_be_as_long_as_it_likes(label: str) -> None:
    assert compare(make_sample(*YEARS, on="2026-11-22"), parse_period(label)).previous.received == 0


def test_a_long_name_of_the_office_fits_at_the_foot_of_a_page(tmp_path: Path) -> None:
    for name in ("a" * 200, "&" * 200):
        register = make_sample(row("2026-10-02"), on="2026-11-22", organisation=name)
        told = compare(register, parse_period("2026-01-01..2026-10-31"))
        assert make_report(register, told, tmp_path).files
