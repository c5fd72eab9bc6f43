"""Feedback to those from whom complaints come: per causing department, per supplier, and to a person who asks (R34).

No memo blames or ranks: it says how many, by what causes, and asks what could be different. A person's own memo
compares with nobody.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from registerkit.analysis.comparison import Comparison
from registerkit.analysis.counting import EMPTY, by_size
from registerkit.analysis.scope import RECEIVED, Scope
from registerkit.analysis.tally import Came
from registerkit.analysis.view import View
from registerkit.analysis.work import Measure
from registerkit.documents import Content, Grid, Line
from registerkit.register import COORDINATOR, Register, comparable, row_text

__all__ = ["memos", "person_memo"]

GROUPS = ("causing_department", "supplier")
"""The roles by whose labels complaints are fed back."""
PERSON = "employee"
_TOLD = ("cause", "responsible", "process", "category", "subject")
"""The roles that a memo counts by."""
_MOST = 8
"""Rows of a table, and numbers of complaints, before the rest is left to the register."""
_NUMBERS = 30
_SHARES = (70.0, 30.0)


def memos(register: Register, told: Comparison) -> list[Content]:
    """Return a memo for every department and supplier that complaints of the period came from."""
    view, received = View(register, told), _received(told)
    return [
        _memo(view, role, label, cases, received)
        for role in GROUPS
        if register.has(role)
        for label, cases in _grouped(register, role, received)
    ]


def person_memo(register: Register, told: Comparison, name: str) -> Content | None:
    """Return the memo of somebody who is named as concerned; None when nobody of that name is."""
    wanted = comparable(name)
    received = _received(told)
    found = [case for case in received if comparable(case.values.get(PERSON)) == wanted]
    if not found:
        return None
    named = row_text(found[0].values, PERSON) or name
    return _memo(View(register, told), PERSON, named, found, received)


def _received(told: Comparison) -> Sequence[Came]:
    scope = Scope(told.tally, told.period)
    return list(scope.tally.came(RECEIVED, [*GROUPS, PERSON, *_TOLD], scope.days))


def _grouped(register: Register, role: str, cases: Iterable[Came]) -> Iterator[tuple[str, list[Came]]]:
    groups: dict[str, list[Came]] = {}
    for case in cases:
        if label := register.label(role, case.values.get(role)):
            groups.setdefault(label, []).append(case)
    yield from sorted(groups.items(), key=lambda group: group[0].casefold())


def _memo(view: View, role: str, name: str, cases: Sequence[Came], every: Sequence[Came]) -> Content:
    words = view.words
    title = words("memo.title", period=words.period(view.period))
    memo = Content(title, words("memo.file", name=name, label=view.period.label))
    memo.parts.append(Line(words(f"memo.{role}.to", name=words.clean(name))))
    memo.parts.append(Line(_how_many(view, role, name, cases, every)))
    if role != "supplier":
        numbers = [case.number for case in cases]
        more = words("memo.more", n=len(numbers) - _NUMBERS) if len(numbers) > _NUMBERS else ""
        memo.parts.append(Line(words.sentence(words("memo.numbers", numbers=words.join(numbers[:_NUMBERS])), more)))
    # What is asked comes before the tables, or it could stand on the next page by itself.
    memo.parts += (Line(words("memo.ask"), "heading"), Line(words(f"memo.{role}.ask", contact=_contact(view))))
    for each in _TOLD:
        memo.parts += _counts(view, each, cases)
    memo.parts += _measures(view, name) if role == "causing_department" else []
    return memo


def _how_many(view: View, role: str, name: str, cases: Sequence[Came], every: Sequence[Came]) -> str:
    words, n = view.words, len(cases)
    said = words(f"memo.{role}.many", n=n, name=words.clean(name), period=words.period(view.period))
    if role == PERSON:
        return said
    known = sum(view.snapshot.label(role, case.values.get(role)) is not None for case in every)
    of_all = words("memo.of_all", n=n, total=known) if role == "causing_department" and known > n else ""
    before = view.before
    if before is None or not view.fair:
        return words.sentence(said, of_all)
    old = getattr(before, f"by_{role}").get(name, 0)
    return words.sentence(said, of_all, words("memo.before", n=old, period=words.period(view.previous_period)))


def _counts(view: View, role: str, cases: Sequence[Came]) -> list[Line | Grid]:
    """Return what complaints are counted by, in numbers alone: of few complaints a share says too much."""
    words = view.words
    register = view.snapshot
    labels = Counter(register.label(role, case.values.get(role)) or EMPTY for case in cases)
    counts = by_size(labels) if register.has(role) else {}
    if not counts or set(counts) == {EMPTY}:
        return []
    told = list(counts.items())
    rows = [
        (words("table.empty") if label == EMPTY else words.clean(label), words.number(n)) for label, n in told[:_MOST]
    ]
    if rest := told[_MOST:]:
        rows.append((words("table.rest", n=len(rest)), words.number(sum(n for _, n in rest))))
    header = (words(f"column.{role}"), words("table.number"))
    return [Line(words(f"table.{role}"), "heading"), Grid(header, rows, _SHARES, numbers=True)]


def _measures(view: View, department: str) -> list[Line | Grid]:
    """Return what is being done in a department."""
    words, register = view.words, view.snapshot
    field = register.definition.role("causing_department")
    table = register.table("measures")

    def is_here(measure: Measure) -> bool:
        code = row_text(table[measure.number], "department")
        return (
            code is not None and field is not None and register.lookups.label(field.choices or "", code) == department
        )

    found = [measure for measure in view.told.work.measures if is_here(measure)]
    if not found:
        return []
    rows = [
        (words.clean(f"{measure.number} {measure.description}"), words(f"measure.{measure.state}")) for measure in found
    ]
    header = (words("column.measure"), words("column.state"))
    return [Line(words("memo.measures"), "heading"), Grid(header, rows, _SHARES)]


def _contact(view: View) -> str:
    """Return who is to be told: the coordinator by name, or by what he is."""
    staff, lookups = view.snapshot.staff, view.snapshot.lookups
    names = [lookups.person_name(code) for code in staff.with_role(COORDINATOR)]
    return next((name for name in names if name), view.words("memo.coordinator"))
