"""The live columns: their formulas as the workbook holds them, and the values these have on a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from registerkit.definition import Definition, Record, Value
from registerkit.register import NOTICES, Complaint, Register, Rules, has_terms
from registerkit.texts import load_texts
from registerkit.workbook.deadline_formulas import (
    Choice,
    DueParts,
    PerProfile,
    Running,
    acknowledge_formula,
    aftercare_formula,
    due_formula,
    signal_formula,
)
from registerkit.workbook.pause_formulas import PauseColumns, pause_row_formula, pause_sum, paused_test
from registerkit.workbook.references import column, quote_text, this_row
from registerkit.workbook.state_formulas import StateCells

__all__ = ["HOLIDAYS", "LAW_HOLIDAYS", "PAUSES", "LiveValues", "kept_values", "live_formulas", "live_values"]

HOLIDAYS = "vrije_dagen"
"""The name of the range of the holidays in use."""
LAW_HOLIDAYS = "vrije_dagen_wet"
"""The name of the range of those of law and decree."""
PAUSES = "pauses"
"""The table of the times in which a term waits."""

LiveValues = Mapping[str, Mapping[str, Mapping[str, Value]]]
"""Table id to key to field id to value."""

_PAUSE_FIELDS = ("complaint", "from", "until", "consent_on", "days")
_DAYS = ("acknowledge_by", "due_on", "aftercare_by")
"""The live fields that a closed complaint keeps as they were."""


def live_formulas(rules: Rules, table_id: str) -> dict[str, str]:
    """Return the formula of each live field of a table, by field id, without the leading `=`."""
    definition, language = rules.definition, rules.lookups.language
    table = definition.tables[table_id]
    if not has_terms(definition):
        return {}
    if table_id == definition.main_id:
        return _Complaint(rules).formulas()
    if table_id == PAUSES and (pauses := _pause_columns(definition, language)):
        row = PauseColumns(*(this_row(table, table.field(name), language) for name in _PAUSE_FIELDS))
        consented = rules.policy.default.pauses == "with_consent"
        started = _started_on(definition, row.complaint, language)
        return {"days": pause_row_formula(pauses, row, started, with_consent=consented)}
    return {}


def live_values(register: Register) -> dict[str, dict[str, dict[str, Value]]]:
    """Return the true value of every live field; the signal as its code."""
    definition = register.definition
    if not register.has_terms:
        return {}
    live = [f.id for f in definition.main.fields if f.live]
    values: dict[str, dict[str, dict[str, Value]]] = {definition.main_id: {}}
    for number, complaint in register.complaints.items():
        found = _values(complaint)
        values[definition.main_id][number] = {f: found[f] for f in live if f in found}
    if _pause_columns(definition, "nl"):
        values[PAUSES] = _pause_days(register)
    return values


def kept_values(register: Register) -> dict[str, frozenset[str]]:
    """Return the live fields, by complaint, that a formula would count anew: their cells hold the value as it was."""
    kept = {}
    for number, complaint in register.complaints.items() if register.has_terms else ():
        terms = None if complaint.state.is_open else complaint.terms
        stood = {f: complaint.day(f) for f in _DAYS}
        other = frozenset(f for f in _DAYS if terms and stood[f] and stood[f] != getattr(terms, f))
        if other:
            kept[number] = other
    return kept


def _values(complaint: Complaint) -> dict[str, Value]:
    terms, signal = complaint.terms, complaint.signal
    if terms is None or signal is None:
        return {}
    closed = not complaint.state.is_open
    days = {f: (complaint.day(f) if closed else None) or getattr(terms, f) for f in _DAYS}
    return {**days, "signal": signal.code, "days_left": signal.days_left}


class _Complaint:
    """The expressions of one row of the main table."""

    def __init__(self, rules: Rules) -> None:
        self.definition = rules.definition
        self.policy = rules.policy
        self.lookups = rules.lookups
        self.language = rules.lookups.language
        self.cells = StateCells(rules.definition, rules.lookups, rules.sent_when_made)

    def formulas(self) -> dict[str, str]:
        """Return the formula of every live field."""
        cell, parts, running, choice = self.cells.cell, self._due_parts(), self._running(), self._choice()

        def state(per: PerProfile) -> str:
            return self.cells.signal(per, running)

        made = {
            "acknowledge_by": acknowledge_formula(self.policy, parts.start, HOLIDAYS, choice),
            "due_on": due_formula(self.policy, parts, choice),
            "signal": signal_formula(self.policy, parts.received, state, choice),
            "days_left": self._days_left(parts.received, running),
        }
        answered, own, signal = cell("answered_on"), self.cells.has_aftercare, cell("signal")
        if answered and own and signal:
            own = f"AND({own},{signal}={running.word('closed')})"
            made["aftercare_by"] = aftercare_formula(self.policy, answered, own, HOLIDAYS, choice)
        return {f.id: made[f.id] for f in self.definition.main.fields if f.live and f.id in made}

    def _days_left(self, received: str, running: Running) -> str:
        """Return the calendar days to due_on, of what was answered and lacks something up to the answer."""
        signal, answered, incomplete = self.cells.cell("signal"), self.cells.cell("answered_on"), self.cells.incomplete
        ended = f"{signal}={running.word('closed')}" if signal else "FALSE"
        until = f"IF({incomplete},{answered},{running.today})" if incomplete else running.today
        refusing = self.cells.status(*NOTICES)
        if incomplete and refusing:
            until = f"IF({refusing},{running.today},{until})"
        return f'IF(OR(N({received})=0,{ended}),"",{running.due_on}-{until})'

    def _due_parts(self) -> DueParts:
        pauses, cell = _pause_columns(self.definition, self.language), self.cells.cell
        committee, yes = cell("committee"), load_texts(self.language)("value.yes")
        return DueParts(
            received=cell("received_on") or "",
            holidays=HOLIDAYS,
            reopened=cell("reopened_on"),
            extended_on=cell("extended_on"),
            extended_weeks=cell("extended_weeks"),
            consent_until=cell("consent_until"),
            consent_on=cell("consent_on"),
            pause_days=pause_sum(pauses, self._number()) if pauses else None,
            committee=f"{committee}={quote_text(yes)}" if committee else None,
            recognised=LAW_HOLIDAYS,
            refused=self.cells.refused,
        )

    def _running(self) -> Running:
        pauses = _pause_columns(self.definition, self.language)
        number, start = self._number(), self.cells.start
        return Running(
            self.cells.cell("due_on") or "",
            HOLIDAYS,
            self._labels("signal"),
            paused=paused_test(pauses, number, start) if pauses else None,
            consented_paused=paused_test(pauses, number, start, with_consent=True) if pauses else None,
        )

    def _number(self) -> str:
        main = self.definition.main
        return this_row(main, main.field(main.key), self.language)

    def _choice(self) -> Choice | None:
        category, severity = self.cells.cell("category"), self.cells.cell("severity")
        if not category or not severity:
            return None
        return Choice(category, severity, self._labels("category"), self._labels("severity"))

    def _labels(self, role: str) -> dict[str, str]:
        field = self.definition.role(role)
        choices = self.lookups.lists.get(field.choices or "", ()) if field else ()
        return {choice.code: choice.labels[self.language] for choice in choices}


def _pause_columns(definition: Definition, language: str) -> PauseColumns | None:
    table = definition.tables.get(PAUSES)
    if table is None or any(name not in table.by_id for name in _PAUSE_FIELDS):
        return None
    return PauseColumns(*(column(table, table.field(name), language) for name in _PAUSE_FIELDS))


def _started_on(definition: Definition, number: str, language: str) -> str:
    """Return the first day of the present phase of a complaint, looked up by its number."""
    main = definition.main
    keys = column(main, main.field(main.key), language)
    found = [
        f"SUMIFS({column(main, field, language)},{keys},{number})"
        for role in ("received_on", "reopened_on")
        if (field := definition.role(role))
    ]
    return f"MAX({','.join(found)})"


def _pause_days(register: Register) -> dict[str, dict[str, Value]]:
    """Count for each pause the days that no earlier one of the same complaint has counted, as its formula does."""
    consented = register.policy.default.pauses == "with_consent"
    counted: dict[str, date] = {}
    values: dict[str, dict[str, Value]] = {}
    rows: list[tuple[str, Record]] = sorted(register.table(PAUSES).items(), key=lambda r: str(r[1].get("from") or ""))
    for key, row in rows:
        number, first, until = str(row.get("complaint")), row.get("from"), row.get("until")
        if not isinstance(first, date):
            continue
        complaint = register.complaints.get(number)
        begin, days = complaint.started_on if complaint else None, 0
        counts = (begin is None or first >= begin) and (not consented or row.get("consent_on"))
        if counts and isinstance(until, date) and until >= first:
            before = counted.get(number, date.min)
            days = max(0, (until - max(first - timedelta(days=1), before)).days)
            counted[number] = max(before, until)
        values[key] = {"days": days}
    return values
