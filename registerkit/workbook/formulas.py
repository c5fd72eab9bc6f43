"""The live columns: their formulas as the workbook holds them, and the values these have on a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from registerkit.deadlines import (
    CLOSED_STATUSES,
    TermPolicy,
    WorkCalendar,
    complaint_signal,
    complaint_terms,
    has_terms,
)
from registerkit.deadlines import pauses_by_complaint as by_complaint
from registerkit.definition import Definition, Lookups, Record, Value
from registerkit.texts import Texts, load_texts
from registerkit.workbook.deadline_formulas import (
    Choice,
    DueParts,
    SignalParts,
    acknowledge_formula,
    aftercare_formula,
    days_left_formula,
    due_formula,
    signal_formula,
)
from registerkit.workbook.pause_formulas import PauseColumns, pause_row_formula, pause_sum, paused_test
from registerkit.workbook.references import column, quote_text, this_row

__all__ = ["HOLIDAYS", "LAW_HOLIDAYS", "PAUSES", "live_formulas", "live_values"]

HOLIDAYS = "vrije_dagen"
"""The name of the range of the holidays in use."""
LAW_HOLIDAYS = "vrije_dagen_wet"
"""The name of the range of those of law and decree."""
PAUSES = "pauses"
"""The table of the times in which a term waits."""

_PAUSE_FIELDS = ("complaint", "from", "until", "consent_on", "days")


def live_formulas(definition: Definition, table_id: str, policy: TermPolicy, lookups: Lookups) -> dict[str, str]:
    """Give the formula of each live field of a table, by field id, without the leading `=`."""
    table = definition.tables[table_id]
    if not has_terms(definition):
        return {}
    if table_id == definition.main_id:
        return _Complaint(definition, policy, lookups).formulas()
    if table_id == PAUSES and (pauses := _pause_columns(definition, lookups.language)):
        row = PauseColumns(*(this_row(table, table.field(name), lookups.language) for name in _PAUSE_FIELDS))
        consented = policy.default.pauses == "with_consent"
        started = _started_on(definition, row.complaint, lookups.language)
        return {"days": pause_row_formula(pauses, row, started, with_consent=consented)}
    return {}


def live_values(
    definition: Definition,
    records: Mapping[str, Sequence[Record]],
    policy: TermPolicy,
    calendar: WorkCalendar,
    texts: Texts,
    lookups: Lookups,  # noqa: ARG001 - part of the interface that `live_formulas` has too.
    on: date,
) -> dict[str, dict[str, dict[str, Value]]]:
    """Give the true value of every live field: table id to key to field id; the signal as its code."""
    if not has_terms(definition):
        return {}
    main = definition.main
    pauses = by_complaint(records.get(PAUSES, ()))
    values: dict[str, dict[str, dict[str, Value]]] = {main.id: {}}
    for record in records.get(main.id, ()):
        key = str(record.get(main.key))
        own = pauses.get(key, ())
        terms = complaint_terms(record, own, policy, calendar, texts)
        now = complaint_signal(record, own, policy, calendar, texts, on, terms)
        if terms and now:
            found: dict[str, Value] = {
                "acknowledge_by": terms.acknowledge_by,
                "due_on": terms.due_on,
                "aftercare_by": terms.aftercare_by,
                "signal": now.code,
                "days_left": now.days_left,
            }
            values[main.id][key] = {f.id: found[f.id] for f in main.fields if f.live and f.id in found}
    if _pause_columns(definition, "nl"):
        values[PAUSES] = _pause_days(definition, records, policy)
    return values


class _Complaint:
    """The expressions of one row of the main table."""

    def __init__(self, definition: Definition, policy: TermPolicy, lookups: Lookups) -> None:
        self.definition = definition
        self.policy = policy
        self.lookups = lookups
        self.language = lookups.language

    def cell(self, role: str) -> str | None:
        """Give this row's cell of the field with a role, or None when there is none."""
        field = self.definition.role(role)
        return this_row(self.definition.main, field, self.language) if field else None

    def formulas(self) -> dict[str, str]:
        parts, now, choice = self._due_parts(), self._signal_parts(), self._choice()
        answered = self.cell("answered_on")
        made = {
            "acknowledge_by": acknowledge_formula(self.policy, parts.start, HOLIDAYS, choice),
            "due_on": due_formula(self.policy, parts, choice),
            "signal": signal_formula(self.policy, now, self._labels("signal"), choice),
            "days_left": days_left_formula(now),
        }
        if answered:
            made["aftercare_by"] = aftercare_formula(self.policy, answered, HOLIDAYS, choice)
        return {f.id: made[f.id] for f in self.definition.main.fields if f.live and f.id in made}

    def _due_parts(self) -> DueParts:
        pauses = _pause_columns(self.definition, self.language)
        number, committee = self._number(), self.cell("committee")
        yes = load_texts(self.language)("value.yes")
        return DueParts(
            received=self.cell("received_on") or "",
            holidays=HOLIDAYS,
            reopened=self.cell("reopened_on"),
            extended_on=self.cell("extended_on"),
            extended_weeks=self.cell("extended_weeks"),
            consent_until=self.cell("consent_until"),
            consent_on=self.cell("consent_on"),
            pause_days=pause_sum(pauses, number) if pauses else None,
            committee=f"{committee}={quote_text(yes)}" if committee else None,
            recognised=LAW_HOLIDAYS,
        )

    def _signal_parts(self) -> SignalParts:
        pauses = _pause_columns(self.definition, self.language)
        paused = [
            paused_test(pauses, self._number(), self._due_parts().start, with_consent=with_consent) if pauses else None
            for with_consent in (False, True)
        ]
        return SignalParts(
            received=self.cell("received_on") or "",
            due_on=self.cell("due_on") or "",
            holidays=HOLIDAYS,
            closed=self._closed(),
            reopened=self.cell("reopened_on"),
            answered_on=self.cell("answered_on"),
            paused=paused[0],
            consented_paused=paused[1],
        )

    def _number(self) -> str:
        main = self.definition.main
        return this_row(main, main.field(main.key), self.language)

    def _closed(self) -> str:
        """Give the condition that a complaint is closed; one that lacks what closing needs is not, whatever it says."""
        field, status, labels = self.definition.role("status"), self.cell("status"), self._labels("status")
        needing = (self.definition.closing.equals or {}).get(field.id, ()) if field else ()
        days = [f"N({cell})>0" for role in _CLOSING_DAYS if (cell := self.cell(role))]
        tests = []
        for code in labels.keys() & CLOSED_STATUSES:
            test = f"{status}={quote_text(labels[code])}"
            tests.append(f"AND({test},OR({','.join(days)}))" if code in needing and days else test)
        return f"OR({','.join(sorted(tests))})" if tests else "FALSE"

    def _choice(self) -> Choice | None:
        category, severity = self.cell("category"), self.cell("severity")
        if not category or not severity:
            return None
        return Choice(category, severity, self._labels("category"), self._labels("severity"))

    def _labels(self, role: str) -> dict[str, str]:
        field = self.definition.role(role)
        choices = self.lookups.lists.get(field.choices or "", ()) if field else ()
        return {choice.code: choice.labels[self.language] for choice in choices}


_CLOSING_DAYS = ("closed_on", "answered_on", "solved_on")
"""Of a complaint that was closed one of these is filled in."""


def _pause_columns(definition: Definition, language: str) -> PauseColumns | None:
    table = definition.tables.get(PAUSES)
    if table is None or any(name not in table.by_id for name in _PAUSE_FIELDS):
        return None
    return PauseColumns(*(column(table, table.field(name), language) for name in _PAUSE_FIELDS))


def _started_on(definition: Definition, number: str, language: str) -> str:
    """Give the first day of the present phase of a complaint, looked up by its number."""
    main = definition.main
    keys = column(main, main.field(main.key), language)
    found = [
        f"SUMIFS({column(main, field, language)},{keys},{number})"
        for role in ("received_on", "reopened_on")
        if (field := definition.role(role))
    ]
    return f"MAX({','.join(found)})"


def _pause_days(
    definition: Definition, records: Mapping[str, Sequence[Record]], policy: TermPolicy
) -> dict[str, dict[str, Value]]:
    """Count for each pause the days that no earlier one of the same complaint has counted, as its formula does."""
    table = definition.tables[PAUSES]
    main = definition.main
    started = {str(r.get(main.key)): r.get("reopened_on") or r.get("received_on") for r in records.get(main.id, ())}
    consented = policy.default.pauses == "with_consent"
    counted: dict[str, date] = {}
    values: dict[str, dict[str, Value]] = {}
    for row in sorted(records.get(PAUSES, ()), key=lambda r: str(r.get("from") or "")):
        number, first, until = str(row.get("complaint")), row.get("from"), row.get("until")
        if not isinstance(first, date):
            continue
        begin, days = started.get(number), 0
        counts = (not isinstance(begin, date) or first >= begin) and (not consented or row.get("consent_on"))
        if counts and isinstance(until, date) and until >= first:
            before = counted.get(number, date.min)
            days = max(0, (until - max(first - timedelta(days=1), before)).days)
            counted[number] = max(before, until)
        values[str(row.get(table.key))] = {"days": days}
    return values
