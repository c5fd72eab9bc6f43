"""Plans what the charts of the analysis sheet show: labels by a score, largest first, counted on the hidden sheet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from statistics import mean

from registerkit.definition import Field, Record
from registerkit.register import FOUNDED, NO_COMPLAINT, WITHIN
from registerkit.workbook.content import WorkbookContent
from registerkit.workbook.figures import Facts
from registerkit.workbook.list_places import list_entries, list_places
from registerkit.workbook.references import quote_text, span
from registerkit.workbook.sheet_names import SheetNames
from registerkit.workbook.table_places import FIRST_TABLE_ROW

__all__ = ["ALIKE_LATELY", "TOP", "Ranking", "rankings"]

TOP = 8
"""How many labels a chart shows at most."""
_STAFF_SLOTS = 100
"""Members of staff that are looked at; an office with more sees its first hundred in this chart."""
ALIKE_LATELY = "alike_lately"
"""The ranking of what came in most of late, which the first sheet tells."""


@dataclass(frozen=True)
class Ranking:
    """Labels with a whole number each; `name` is that of the pivot the chart stands beside."""

    name: str
    labels: str
    """The range of the labels."""
    slots: int
    entries: tuple[tuple[str, int], ...]
    """Each label with its score now, in the order of the range."""
    score: Callable[[str], str]
    """Gives the formula of the score of a label."""


def rankings(content: WorkbookContent) -> Iterator[Ranking]:
    """Return the rankings for which the register has the fields."""
    facts = Facts(content)
    has = facts.has
    if has("category", "judgement", "received_on") and _founded(facts):
        yield _founded_by_category(facts)
    if has("cause", "responsible", "received_on"):
        yield _by_label(facts, "cause_responsible", "cause", lambda _: True, partial(_count, facts, "cause"))
    if has("in_time", "received_on"):
        yield from _late(facts)
    if has("department", "severity", "days_to_close", "received_on"):
        yield _days_by_department(facts)
    if has("received_on", "status", "special", "category"):
        yield _lately_alike(facts)


def _founded(facts: Facts) -> list[str]:
    field = facts.field("judgement")
    codes = {entry.code for entry in facts.content.lookups.lists.get(field.choices or "", ())} if field else set()
    return [code for code in FOUNDED if code in codes]


def _founded_by_category(facts: Facts) -> Ranking:
    codes = _founded(facts)

    def score(label: str) -> str:
        tests = f"{facts.received},{facts.column('category')},{label},{facts.column('judgement')}"
        return "+".join(f"COUNTIFS({tests},{facts.label('judgement', code)})" for code in codes)

    return _by_label(facts, "category_judgement", "category", lambda row: facts.value(row, "judgement") in codes, score)


def _late(facts: Facts) -> Iterator[Ranking]:
    """Count what was answered late by department; by handler where the office says that it may."""
    staff = facts.content.definition.tables.get("staff")

    def score(role: str, label: str) -> str:
        return _count(facts, role, label, f",{facts.column('in_time')},{facts.label('in_time', 'late')}")

    if not facts.content.register.settings.report.per_handler:
        if facts.has("department"):
            late = partial(_is_late, facts)
            yield _by_label(facts, "department_in_time", "department", late, partial(score, "department"))
    elif facts.has("handler") and staff and staff.in_sheet and "name" in staff.by_id:
        yield _late_by_handler(facts, partial(score, "handler"))


def _is_late(facts: Facts, row: Record) -> bool:
    return facts.value(row, "in_time") == "late"


def _late_by_handler(facts: Facts, score: Callable[[str], str]) -> Ranking:
    content = facts.content
    table = content.definition.tables["staff"]
    column = [f.id for f in table.fields].index("name")
    last = FIRST_TABLE_ROW + _STAFF_SLOTS - 1
    late = [row for row in facts.rows if _is_late(facts, row)]
    entries = [
        (str(member.get("name") or ""), sum(facts.value(row, "handler") == member.get("code") for row in late))
        for member in content.rows("staff")[:_STAFF_SLOTS]
    ]
    return Ranking(
        "handler_in_time",
        span(table.sheet[content.language], FIRST_TABLE_ROW, last, column),
        _STAFF_SLOTS,
        tuple(entries),
        score,
    )


def _days_by_department(facts: Facts) -> Ranking:
    days, department = facts.column("days_to_close"), facts.column("department")

    def score(label: str) -> str:
        return f"IFERROR(ROUND(AVERAGEIFS({days},{department},{label},{facts.received}),0),0)"

    field = _field(facts, "department")
    entries = []
    for entry in list_entries(facts.content, field.choices or ""):
        found = [
            value
            for row in facts.rows
            if row.get(field.id) == entry.code and isinstance(value := facts.value(row, "days_to_close"), int)
        ]
        # Rounded as ROUND() does, half up.
        entries.append((entry.labels[facts.content.language], int(mean(found) + 0.5) if found else 0))
    return _of_list(facts, "department_severity", field, entries, score)


def _lately_alike(facts: Facts) -> Ranking:
    """What came in most during the last four weeks, counted as the register counts what comes in time and again."""
    content, today = facts.content, facts.content.on
    role = "subcategory" if facts.field("subcategory") else "category"
    begun, received = today - WITHIN, facts.column("received_on")
    days = f'{received},">"&TODAY()-{WITHIN.days},{received},"<="&TODAY()'
    yes = quote_text(content.texts("value.yes"))
    others = f'{facts.column("special")},"<>"&{yes},{facts.column("status")},"<>"&{facts.label("status", NO_COMPLAINT)}'
    complaints = content.register.complaints

    def counts(row: Record) -> bool:
        complaint = complaints.get(str(row.get(content.main.key)))
        day = row.get("received_on")
        return complaint is not None and complaint.counts and isinstance(day, date) and begun < day <= today

    def score(label: str) -> str:
        return f"COUNTIFS({days},{facts.column(role)},{label},{others})"

    return _by_label(facts, ALIKE_LATELY, role, counts, score)


def _by_label(
    facts: Facts, name: str, role: str, counts: Callable[[Record], bool], score: Callable[[str], str]
) -> Ranking:
    field = _field(facts, role)
    counted = Counter(row.get(field.id) for row in facts.rows if row.get(field.id) is not None and counts(row))
    entries = [
        (entry.labels[facts.content.language], counted[entry.code])
        for entry in list_entries(facts.content, field.choices or "")
    ]
    return _of_list(facts, name, field, entries, score)


def _of_list(
    facts: Facts, name: str, field: Field, entries: list[tuple[str, int]], score: Callable[[str], str]
) -> Ranking:
    place = list_places(facts.content)[field.choices or ""]
    sheet = SheetNames(facts.content.definition, facts.content.texts).lists
    return Ranking(name, place.labels(sheet), place.slots, tuple(entries), score)


def _count(facts: Facts, role: str, label: str, more: str = "") -> str:
    return f"COUNTIFS({facts.received},{facts.column(role)},{label}{more})"


def _field(facts: Facts, role: str) -> Field:
    found = facts.field(role)
    if found is None:
        raise KeyError(role)
    return found
