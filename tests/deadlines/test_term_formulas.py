"""The Excel formulas are well-formed text, and LibreOffice counts with them what compute_terms counts."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from sheets import load

from registerkit.deadlines import (
    Pause,
    Profile,
    TermCase,
    TermPolicy,
    compute_terms,
    load_profile,
    seed_holidays,
    work_calendar,
)
from registerkit.deadlines.holidays import Holiday
from registerkit.errors import SettingsError
from registerkit.texts import Texts
from registerkit.workbook.deadline_formulas import (
    Choice,
    DueParts,
    acknowledge_formula,
    aftercare_formula,
    due_formula,
)
from registerkit.workbook.pause_formulas import PauseColumns, pause_row_formula, pause_sum

Soffice = Callable[..., Path]
CATEGORIES = {"bejegening": 'Bejegening "grof"', "factuur": "Factuur", "levering": "Levering"}
SEVERITIES = {"licht": "licht", "zeer_ernstig": "zeer ernstig"}
ALL_PARTS = DueParts("A2", "feestdagen", "B2", "C2", "D2", "E2", "F2", "G2", "G2", 'H2="ja"', "feestdagen_wet")

SETTINGS: dict[str, dict[str, Any]] = {
    "eigen": {},
    "awb": {"profile": "awb"},
    "wkkgz": {"profile": "wkkgz"},
    "webwinkel": {"profile": "webwinkel"},
    "long": {"profile": "awb", "answer": "11 weeks", "answer_with_committee": "84 days", "extension": "1 day"},
    "longer": {"profile": "awb", "answer": "13 weeks"},
    "working days": {"answer": "20 working days", "extension": "5 working days", "roll_forward": True},
    "many working days": {"answer": "59 working days", "roll_forward": True, "consent_allowed": False},
    "mixed": {
        "warn_working_days": 3,
        "category": {"bejegening": {"profile": "awb"}, "levering": {"profile": "webwinkel"}},
        "severity": {"zeer_ernstig": {"answer": "2 weeks", "acknowledge_working_days": 1, "warn_working_days": 8}},
    },
}


@dataclass(frozen=True)
class Row:
    """A complaint in the test workbook."""

    number: str
    policy: str
    case: TermCase
    category: str
    severity: str

    @property
    def received_on(self) -> date:
        """The day received; for a reopened complaint some time before the present phase."""
        return self.case.started_on - timedelta(days=40 if self.case.reopened else 0)


def make_rows() -> list[Row]:
    """Make complaints of every policy with all sorts of dates, the same ones every time."""
    chance = random.Random(20260615)
    return [make_row(chance, name, n) for name in SETTINGS for n in range(60)]


def make_row(chance: random.Random, policy: str, n: int) -> Row:
    start = date(2026, 1, 1) + timedelta(days=chance.randrange(260))

    def some_day(low: int, high: int, share: float) -> date | None:
        return start + timedelta(days=chance.randint(low, high)) if chance.random() < share else None

    pauses = []
    for _ in range(chance.choice((0, 0, 1, 2, 4))):
        begin = start + timedelta(days=chance.randint(-5, 40))
        until = begin + timedelta(days=chance.randint(-2, 20)) if chance.random() < 0.8 else None
        pauses.append(Pause(begin, until, begin if chance.random() < 0.6 else None))
    case = TermCase(
        start,
        extended_on=some_day(-5, 60, 0.5),
        extended_weeks=chance.choice((None, None, 0, 1, 2, 3, 4, 9)),
        consent_until=some_day(0, 150, 0.3),
        consent_on=some_day(-3, 40, 0.6),
        committee=chance.random() < 0.3,
        reopened=chance.random() < 0.2,
        pauses=tuple(pauses),
        answered_on=some_day(-3, 30, 0.2),
    )
    return Row(
        f"K-{policy}-{n}",
        policy,
        case,
        chance.choice(list(CATEGORIES)),
        chance.choice(list(SEVERITIES)),
    )


def holiday_rows(texts: Texts) -> list[Holiday]:
    """Give the holidays of law and an own closing day on a Monday that ends many terms."""
    own = [Holiday(date(2026, month, 6), "Kantoor dicht", "kantoor", in_use=True) for month in (7, 8, 10)]
    return [*seed_holidays(range(2025, 2029), texts, "awb"), *own]


# The columns of the test sheet, by what they hold.
FIELDS = (
    "number",
    "received",
    "reopened",
    "extended",
    "weeks",
    "consent_until",
    "consent_on",
    "committee",
    "category",
    "severity",
    "answered",
    "started",
    "pause_days",
    "consented_days",
    "acknowledge",
    "due",
    "aftercare",
)


def cell(field: str, row: int) -> str:
    """Give the A1 reference of a field of a row."""
    return f"{xlsxwriter.utility.xl_col_to_name(FIELDS.index(field))}{row}"


def column(letter: str, last: int) -> str:
    return f"Pauzes!${letter}$2:${letter}${last}"


def write_workbook(path: Path, rows: list[Row], policies: dict[str, TermPolicy], texts: Texts) -> None:
    """Write the complaints, their pauses and the holidays, with formulas that hold no value yet."""
    book = xlsxwriter.Workbook(path)
    day_format = book.add_format({"num_format": "dd-mm-yyyy"})
    sheet, pauses, days = (book.add_worksheet(name) for name in ("Register", "Pauzes", "Feestdagen"))
    used = sorted(holiday_rows(texts), key=lambda row: row.origin == "kantoor")
    for i, holiday in enumerate(used):
        days.write_datetime(i, 0, datetime.combine(holiday.day, datetime.min.time()), day_format)
    law = sum(holiday.origin != "kantoor" for holiday in used)
    book.define_name("feestdagen", f"=Feestdagen!$A$1:$A${len(used) + 5}")
    book.define_name("feestdagen_wet", f"=Feestdagen!$A$1:$A${law}")
    last = write_pauses(pauses, rows, day_format)
    for i, row in enumerate(rows, start=2):
        for field, value in values_of(row).items():
            if isinstance(value, date):
                sheet.write_datetime(cell(field, i), datetime.combine(value, datetime.min.time()), day_format)
            elif value is not None:
                sheet.write(cell(field, i), value)
        for field, formula in formulas_of(policies[row.policy], i, last).items():
            sheet.write_formula(cell(field, i), formula, None, "")
    book.close()


def write_pauses(sheet: Any, rows: list[Row], day_format: Any) -> int:
    """Write the pause table with both sums of days; gives its last row, beyond some empty ones."""
    found = [(i, row, pause) for i, row in enumerate(rows, start=2) for pause in row.case.pauses]
    last = len(found) + 5
    for r in range(2, last + 1):
        if r - 2 < len(found):
            _, row, pause = found[r - 2]
            sheet.write(f"A{r}", row.number)
            for letter, day in zip("BCD", (pause.start, pause.until, pause.consent_on), strict=True):
                if day:
                    sheet.write_datetime(f"{letter}{r}", datetime.combine(day, datetime.min.time()), day_format)
        started = f"SUMIFS(Register!$L$2:$L${len(rows) + 1},Register!$A$2:$A${len(rows) + 1},A{r})"
        for letter, with_consent in (("E", False), ("F", True)):
            columns = pause_columns(last, letter)
            own = PauseColumns(f"A{r}", f"B{r}", f"C{r}", f"D{r}", "")
            formula = pause_row_formula(columns, own, started, with_consent=with_consent)
            sheet.write_formula(f"{letter}{r}", formula, None, "")
    return last


def pause_columns(last: int, days: str) -> PauseColumns:
    return PauseColumns(*(column(letter, last) for letter in ("A", "B", "C", "D", days)))


def values_of(row: Row) -> dict[str, Any]:
    case = row.case
    return {
        "number": row.number,
        "received": row.received_on,
        "reopened": case.started_on if case.reopened else None,
        "extended": case.extended_on,
        "weeks": case.extended_weeks,
        "consent_until": case.consent_until,
        "consent_on": case.consent_on,
        "committee": "ja" if case.committee else None,
        "category": CATEGORIES[row.category],
        "severity": SEVERITIES[row.severity],
        "answered": case.answered_on,
        "started": case.started_on,
    }


def formulas_of(policy: TermPolicy, i: int, last: int) -> dict[str, str]:
    parts = DueParts(
        received=cell("received", i),
        holidays="feestdagen",
        reopened=cell("reopened", i),
        extended_on=cell("extended", i),
        extended_weeks=cell("weeks", i),
        consent_until=cell("consent_until", i),
        consent_on=cell("consent_on", i),
        pause_days=cell("pause_days", i),
        consented_pause_days=cell("consented_days", i),
        committee=f'{cell("committee", i)}="ja"',
        recognised="feestdagen_wet",
    )
    number = cell("number", i)
    choice = Choice(cell("category", i), cell("severity", i), CATEGORIES, SEVERITIES)
    return {
        "pause_days": pause_sum(pause_columns(last, "E"), number),
        "consented_days": pause_sum(pause_columns(last, "F"), number),
        "acknowledge": acknowledge_formula(policy, parts.start, "feestdagen", choice),
        "due": due_formula(policy, parts, choice),
        "aftercare": aftercare_formula(policy, cell("answered", i), "TRUE", "feestdagen", choice),
    }


def expected_of(row: Row, policy: TermPolicy, holidays: list[Holiday], texts: Texts) -> dict[str, Any]:
    profile = policy.for_case(row.category, row.severity)
    calendar = work_calendar(holidays, profile)
    terms = compute_terms(row.case, profile, calendar, texts)
    return {
        "acknowledge": terms.acknowledge_by,
        "due": terms.due_on,
        "aftercare": terms.aftercare_by,
    }


def as_value(value: Any) -> Any:
    """Give a counted cell as Python has it: "" is None, a day number or datetime is a date."""
    return value.date() if isinstance(value, datetime) else None if value == "" else value


def as_day(value: Any) -> Any:
    value = as_value(value)
    return date(1899, 12, 30) + timedelta(days=int(value)) if isinstance(value, int | float) else value


@pytest.mark.soffice
def test_libreoffice_counts_the_same(texts: Texts, soffice: Soffice, tmp_path: Path) -> None:
    """Every formula of every row equals what Python counts, for all profiles and a policy with overrides."""
    rows, holidays = make_rows(), holiday_rows(texts)
    policies = {name: load_profile(terms) for name, terms in SETTINGS.items()}
    path = tmp_path / "terms.xlsx"
    write_workbook(path, rows, policies, texts)
    sheet = load(soffice(path, "xlsx"), values=True)["Register"]
    differences = []
    for i, row in enumerate(rows, start=2):
        for field, expected in expected_of(row, policies[row.policy], holidays, texts).items():
            counted = as_day(sheet[cell(field, i)].value)
            if expected != counted:
                differences.append((row, field, expected, counted))
    assert differences == []


@pytest.mark.soffice
def test_a_table_with_empty_rows(awb: Profile, soffice: Soffice, tmp_path: Path) -> None:
    """In a table with references to this row, a prepared row stays empty and a filled one is counted."""

    def this(label: str) -> str:
        return f"Klachten[[#This Row],[{label}]]"

    parts = DueParts(this("Ontvangen op"), "feestdagen", extended_on=this("Verlengd op"), consent_until=this("Uitstel"))
    book = xlsxwriter.Workbook(tmp_path / "table.xlsx")
    sheet, days = book.add_worksheet("Register"), book.add_worksheet("Feestdagen")
    days.write_datetime("A1", datetime(2026, 4, 27))
    book.define_name("feestdagen", "=Feestdagen!$A$1:$A$9")
    headers = ("Ontvangen op", "Verlengd op", "Uitstel", "Status", "Bevestigen", "Uiterlijk")
    sheet.add_table("A1:F4", {"name": "Klachten", "columns": [{"header": header} for header in headers]})
    sheet.write_datetime("A2", datetime(2026, 3, 16))
    sheet.write("A4", "volgt")
    formulas = (
        acknowledge_formula(awb, parts.received, "feestdagen"),
        due_formula(awb, parts),
    )
    for row in (1, 2, 3):
        for i, formula in enumerate(formulas, start=4):
            sheet.write_formula(row, i, formula, None, "")
    book.close()
    counted = load(soffice(tmp_path / "table.xlsx", "xlsx"), values=True)["Register"]
    found = [[as_value(value) for value in row] for row in counted.iter_rows(2, 4, 5, 6, values_only=True)]
    assert found[1] == found[2] == [None, None]
    assert [as_day(found[0][0]), as_day(found[0][1])] == [date(2026, 3, 23), date(2026, 4, 28)]


PARTS = st.builds(
    DueParts,
    st.just("A2"),
    st.just("feestdagen"),
    *(
        st.none() | st.just(name)
        for name in ("B2", "C2", "D2", "E2", "F2", "SUM(G2:G9)", "SUM(H2:H9)", 'I2="ja"', "wet")
    ),
)


@given(name=st.sampled_from(list(SETTINGS)), parts=PARTS)
def test_formulas_are_balanced_and_short(name: str, parts: DueParts) -> None:
    formula = due_formula(load_profile(SETTINGS[name]), parts, Choice("J2", "K2", CATEGORIES, SEVERITIES))
    outside = "".join(formula.split('"')[::2])
    assert formula.count('"') % 2 == 0
    assert outside.count("(") == outside.count(")")
    assert "None" not in formula
    assert not formula.startswith("=")
    assert len(formula) <= 8192


def test_simple_profiles_give_simple_formulas(awb: Profile, webwinkel: Profile) -> None:
    parts = DueParts("A2", "feestdagen")
    assert due_formula(awb, parts) == 'IF(N(A2)=0,"",WORKDAY(A2+42-1,1,feestdagen))'
    assert due_formula(webwinkel, parts) == 'IF(N(A2)=0,"",A2+14)'
    assert acknowledge_formula(awb, "A2", "feestdagen") == 'IF(N(A2)=0,"",WORKDAY(A2,5,feestdagen))'
    assert acknowledge_formula(webwinkel, "A2", "feestdagen") == 'IF(N(A2)=0,"",A2)'


def test_consent_that_nobody_can_date_does_not_count(awb: Profile) -> None:
    parts = DueParts("A2", "feestdagen")
    assert "E2" not in due_formula(awb, replace(parts, consent_until="E2"))


def test_overrides_of_equal_outcome_share_a_branch() -> None:
    terms = {"category": {"factuur": {"answer": "1 week"}, "levering": {"answer": "1 week"}}}
    choice = Choice("B2", "C2", CATEGORIES, SEVERITIES)
    expected = 'IF(N(A2)=0,"",IF(OR(B2="Factuur",B2="Levering"),A2+7,A2+28))'
    assert expected == due_formula(load_profile(terms), DueParts("A2", "feestdagen"), choice)


def test_overrides_need_a_choice() -> None:
    policy = load_profile({"category": {"factuur": {"answer": "1 week"}}})
    with pytest.raises(ValueError, match="choice"):
        due_formula(policy, DueParts("A2", "feestdagen"))


def test_too_many_overrides_for_one_cell() -> None:
    codes = {f"soort{n}": f"Soort {n}" for n in range(60)}
    terms = {"profile": "awb", "category": {code: {"answer": f"{n + 1} days"} for n, code in enumerate(codes)}}
    with pytest.raises(SettingsError):
        due_formula(load_profile(terms), ALL_PARTS, Choice("J2", "K2", codes, {}))
