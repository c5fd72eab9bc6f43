"""The big figures: how many records are open, late, due this week and so on, as formulas with the values they have."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from registerkit.deadlines import LAPSED_DAYS, Span, aftercare_waits
from registerkit.definition import Field, Record, Value
from registerkit.excel import CellContent
from registerkit.register import NOTICES, UNANSWERED
from registerkit.workbook.content import WorkbookContent
from registerkit.workbook.periods import Window
from registerkit.workbook.references import column, quote_text

__all__ = ["BEFORE_RECEIPT_IS_TOLD", "Facts", "Figure", "overview_figures", "share_in_time", "start_figures"]

BEFORE_RECEIPT_IS_TOLD = ("acknowledged_on", "reopened_on", "extended_on", "answered_on")
"""The roles of days after which no acknowledgement goes out any more."""


@dataclass(frozen=True)
class Figure:
    """One figure: the name of its texts, its formula and its value now."""

    name: str
    formula: str
    value: CellContent
    number_format: str = "0"
    alert: bool = False
    """Shown in the colour of what is late when it is not 0."""
    told: Mapping[str, str] = field(default_factory=dict)
    """What the note below it tells."""

    def counting(self, formula: str, value: CellContent) -> Figure:
        """Return the same figure, counted in another way."""
        return replace(self, formula=formula, value=value)


@dataclass(frozen=True)
class Facts:
    """The records with their live values, and the columns of the main table by role."""

    content: WorkbookContent

    _roles: dict[str, Field | None] = field(default_factory=dict, init=False, repr=False, compare=False)
    """The fields that were asked for, by role; every row is asked for the same few."""

    def field(self, role: str) -> Field | None:
        """Return the field with a role."""
        if role not in self._roles:
            self._roles[role] = self.content.definition.role(role)
        return self._roles[role]

    def has(self, *roles: str) -> bool:
        """Tell whether the register has all these roles."""
        return all(self.field(role) for role in roles)

    def column(self, role: str) -> str:
        """Return the column of a role's field, for a formula."""
        found = self.field(role)
        if found is None:
            raise KeyError(role)
        return column(self.content.main, found, self.content.language)

    def label(self, role: str, code: str) -> str:
        """Return the label of a code of a role's list as a text in a formula."""
        found = self.field(role)
        return quote_text(self.content.lookups.label(found.choices or "" if found else "", code) or code)

    @property
    def all_rows(self) -> Sequence[Record]:
        """Every row of the main table in its place, with its live values."""
        content = self.content
        return content.once("all_rows", lambda: [dict(content.live_row(row)) for row in content.rows(content.main.id)])

    @property
    def rows(self) -> Sequence[Record]:
        """The records that have been received, each with its live values."""
        received = self.field("received_on")
        return self.content.once(
            "rows", lambda: [row for row in self.all_rows if received is None or row.get(received.id)]
        )

    def value(self, row: Record, role: str) -> Value:
        """Return a row's value of a role's field."""
        found = self.field(role)
        return row.get(found.id) if found else None

    def with_code(self, role: str, code: str | None) -> Sequence[Record]:
        """Return the records with a code."""
        return self._grouped("rows", role, self.rows).get(code, ())

    def owed(self, window: Window | None, role: str | None = None, code: str | None = None) -> Sequence[Record]:
        """Return the records that an answer was owed for, of a period those answered in it; all, or with a code."""
        rows = self.content.once(("owed", window), lambda: self._owed(window))
        return rows if role is None else self._grouped(window, role, rows).get(code, ())

    def _owed(self, window: Window | None) -> Sequence[Record]:
        asked = (row for row in self.rows if self.value(row, "status") not in UNANSWERED)
        return [row for row in asked if window is None or window.has(self.value(row, "answered_on"))]

    def over(self, window: Window | None) -> Sequence[Figure]:
        """Return the figures of the overview, counted over a period where they follow one."""
        return self.content.once(("over", window), lambda: overview_figures(self, window))

    def _grouped(self, name: object, role: str, rows: Sequence[Record]) -> Mapping[Value, Sequence[Record]]:
        def by_value() -> Mapping[Value, Sequence[Record]]:
            found: dict[Value, list[Record]] = {}
            for row in rows:
                found.setdefault(self.value(row, role), []).append(row)
            return found

        return self.content.once((name, role, "grouped"), by_value)

    def received_in(self, window: Window | None) -> int:
        """Count the records that came in, ever or in a period."""
        return self.count(lambda row: window is None or window.has(self.value(row, "received_on")))

    def count(self, holds: Callable[[Record], bool]) -> int:
        """Count the rows for which something holds."""
        return sum(1 for row in self.rows if holds(row))

    def is_open(self, row: Record) -> bool:
        """Tell whether a record needs work still."""
        if self.field("signal"):
            return self.value(row, "signal") != "closed"
        closing = self.content.definition.closing
        return closing.is_empty or not closing.holds(dict(row))

    @cached_property
    def received(self) -> str:
        """The condition of COUNTIFS that a row has been received."""
        return f'{self.column("received_on")},">0"'

    @cached_property
    def open_formula(self) -> str:
        """The formula that counts the open records."""
        if self.field("signal"):
            return f'COUNTIFS({self.received},{self.column("signal")},"<>"&{self.label("signal", "closed")})'
        total = f"COUNTIFS({self.received})"
        closing = self.content.definition.closing.equals or {}
        for field_id, codes in closing.items():
            found = self.content.main.by_id.get(field_id)
            if found and found.choices:
                cells = column(self.content.main, found, self.content.language)
                labels = [quote_text(self.content.lookups.label(found.choices, code) or code) for code in codes]
                total += "".join(f"-COUNTIFS({self.received},{cells},{label})" for label in labels)
        return total


def start_figures(facts: Facts) -> list[Figure]:
    """Return what stands large on the first sheet, as far as the register has the fields for it."""
    if not facts.has("received_on"):
        return []
    figures = [Figure("open", facts.open_formula, facts.count(facts.is_open))]
    if facts.has("signal", "due_on"):
        figures += [_overdue(facts), _this_week(facts)]
    if facts.has("signal", "acknowledged_on"):
        figures.append(_to_acknowledge(facts))
    if facts.has("aftercare_by", "aftercare_on", "signal"):
        figures.append(_aftercare(facts))
    return figures


def overview_figures(facts: Facts, window: Window | None = None) -> list[Figure]:
    """Return the figures at the top of the overview: how things stand now, and a period."""
    if not facts.has("received_on"):
        return []
    figures = [_received(facts, window), Figure("open", facts.open_formula, facts.count(facts.is_open))]
    if facts.has("signal", "due_on"):
        figures.append(_overdue(facts))
    if facts.has("answered_on", "due_on"):
        figures.append(_in_time(facts, window))
    if facts.has("answered_on"):
        figures.append(_days(facts, window))
    return figures


def _received(facts: Facts, window: Window | None) -> Figure:
    counted = window.holds(facts.column("received_on")) if window else facts.received
    return Figure("received", f"COUNTIFS({counted})", facts.received_in(window))


def _overdue(facts: Facts) -> Figure:
    formula = f"COUNTIFS({facts.received},{facts.column('signal')},{facts.label('signal', 'overdue')})"
    late = facts.count(lambda row: facts.value(row, "signal") == "overdue")
    return Figure("overdue", formula, late, alert=True)


def _this_week(facts: Facts) -> Figure:
    """Count what is due within the days of warning; what is late stands by itself."""
    formula = f"COUNTIFS({facts.received},{facts.column('signal')},{facts.label('signal', 'due_soon')})"
    days = Span(facts.content.policy.default.warn_working_days, "working_days").show(facts.content.texts)
    soon = facts.count(lambda row: facts.value(row, "signal") == "due_soon")
    return Figure("this_week", formula, soon, told={"days": days})


def _to_acknowledge(facts: Facts) -> Figure:
    """Count what an acknowledgement is still to go out for, as `Complaint.awaits_acknowledgement` says."""
    empty = [f'{facts.column(role)},""' for role in BEFORE_RECEIPT_IS_TOLD if facts.has(role)]
    # A complaint whose ending is told has no acknowledgement.
    ended = [f'{facts.column("status")},"<>"&{facts.label("status", code)}' for code in NOTICES if facts.has("status")]
    not_closed = f'{facts.column("signal")},"<>"&{facts.label("signal", "closed")}'
    formula = f"COUNTIFS({','.join([facts.received, *empty, not_closed, *ended])})"
    complaints, key = facts.content.register.complaints, facts.content.main.key
    waiting = facts.count(lambda row: complaints[str(row.get(key))].awaits_acknowledgement)
    return Figure("to_acknowledge", formula, waiting)


def _aftercare(facts: Facts) -> Figure:
    """Count the closed records whose aftercare waits, as `aftercare_waits` says."""
    by, done = facts.column("aftercare_by"), facts.column("aftercare_on")
    days, closed = facts.content.policy.default.days_until_next_run, facts.label("signal", "closed")
    due = f'{by},">="&TODAY()-{LAPSED_DAYS},{by},"<="&TODAY()+{days}'
    formula = f'COUNTIFS({due},{done},"",{facts.column("signal")},{closed})'

    def waits(row: Record) -> bool:
        complaint = facts.content.register.complaints[str(row.get(facts.content.main.key))]
        by, asked = complaint.day("aftercare_by"), complaint.day("aftercare_on")
        return complaint.has_aftercare and aftercare_waits(by, asked, facts.content.on, days)

    told = {"days": Span(days, "days").show(facts.content.texts)}
    waiting = facts.count(waits)
    return Figure("aftercare", formula, waiting, told=told)


def _in_time(facts: Facts, window: Window | None = None) -> Figure:
    share, value = share_in_time(facts, window)
    target = facts.content.register.settings.report.in_time_target
    wanted = "" if target is None else facts.content.texts("workbook.figure.in_time.target", target=target)
    return Figure("in_time", share, value, "0%", told={"wanted": wanted})


def share_in_time(
    facts: Facts, window: Window | None, of: tuple[str, str, str | None] | None = None
) -> tuple[str, CellContent]:
    """Return the share of what was answered that was so in time, as a formula and as it is now.

    `of` is a role with its label in a formula and its code, of the records that are looked at; else it is all of them.
    """
    answered, due = facts.column("answered_on"), facts.column("due_on")
    role, label, code = of or ("", "", None)
    only = f",{facts.column(role)},{label}" if of else ""
    counted = f"COUNTIFS({_answered(facts, window)}{only})"
    owed = "".join(f"*({facts.column('status')}<>{label})" for label in _unanswered(facts))
    tests = [f'({answered}<>"")', f"({answered}<={due})", *([window.test(answered)] if window else [])]
    tests += [f"({facts.column(role)}={label})"] if of else []
    in_time = f"SUMPRODUCT({'*'.join(tests)}{owed})"
    rows = facts.owed(window, role or None, code)
    days = [(facts.value(row, "answered_on"), facts.value(row, "due_on")) for row in rows]
    known = [(a, d) for a, d in days if isinstance(a, date) and isinstance(d, date)]
    share = sum(a <= d for a, d in known) / len(known) if known else "–"
    return f'IF({counted}=0,"–",{in_time}/{counted})', share


def _days(facts: Facts, window: Window | None = None) -> Figure:
    answered, received = facts.column("answered_on"), facts.column("received_on")
    rows = _answered(facts, window)
    total = f"SUMIFS({answered},{rows})-SUMIFS({received},{rows})"
    spans = [
        (a - r).days
        for row in facts.owed(window)
        if isinstance(a := facts.value(row, "answered_on"), date)
        and isinstance(r := facts.value(row, "received_on"), date)
    ]
    mean = sum(spans) / len(spans) if spans else "–"
    shape = "[$-413]0.0" if facts.content.language == "nl" else "0.0"
    return Figure("days", f'IF(COUNTIFS({rows})=0,"–",({total})/COUNTIFS({rows}))', mean, shape)


def _answered(facts: Facts, window: Window | None) -> str:
    """Return the conditions of COUNTIFS that an answer was owed and given, as `State.owes_answer` says."""
    owed = (f',{facts.column("status")},"<>"&{label}' for label in _unanswered(facts))
    answered = facts.column("answered_on")
    given = window.holds(answered) if window else f'{answered},">0"'
    return f"{facts.received},{given}{''.join(owed)}"


def _unanswered(facts: Facts) -> list[str]:
    """Return the labels of the statuses that no answer is owed for."""
    return [facts.label("status", code) for code in sorted(UNANSWERED)] if facts.has("status") else []
