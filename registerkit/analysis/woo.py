"""The overview of judgements on complaints that the Woo describes (art. 3.3a, third paragraph), and what to check.

The duty (art. 3.3, second paragraph, l) is not in force yet; an office may publish of its own accord. Nothing in it
names anybody: texts are masked, a department or a function that few judgements are about is not told, and a judgement
that speaks of somebody's health stays out. The list of what to check is the office's own and tells the numbers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeGuard

import sqlalchemy as sa

from registerkit.analysis.comparison import Comparison
from registerkit.analysis.masking import KINDS, Masked, Masking
from registerkit.analysis.outcomes import ending_label
from registerkit.analysis.publication import SMALL
from registerkit.analysis.scope import Scope, inside
from registerkit.analysis.view import View
from registerkit.checking import tells_health
from registerkit.definition import Record
from registerkit.documents import Content, Grid, Line
from registerkit.register import (
    COORDINATOR,
    ORAL,
    Case,
    Complaint,
    Handling,
    Register,
    Standing,
    row_text,
    rows_by_complaint,
)
from registerkit.store.schema import handlings

__all__ = ["judgement_papers"]

_PEOPLE = ("name", "organisation", "represented_by", "concerned", "employee")
_PLACES = ("address", "representative_address", "postcode", "city", "hearing_place")
_NUMBERS = ("customer_number", "order_number", "earlier_number", "phone", "fax")
_OF_THE_KIT = frozenset({"ontvanger", "behandelaar", COORDINATOR})
"""Roles that say what somebody does with complaints; none is a function."""
_SPOKEN = "oral"
_SHARES = (28.0, 72.0)
_OF_LIST = (8.0, 22.0, 26.0, 44.0)


def judgement_papers(register: Register, told: Comparison) -> list[Content]:
    """Return the overview to publish, and the list of what an office must check in it first."""
    woo = _Woo(View(register, told))
    return [woo.overview(), woo.checklist()]


@dataclass(frozen=True)
class _Row:
    """One judgement, as it is published."""

    number: str
    unit: str | None
    function: str | None
    received: str
    given: str
    about: Masked
    findings: Masked
    judgement: str
    conclusions: Masked
    is_wiped: bool
    """Whether the complaint was anonymised, so that nobody can fill in what is missing."""

    @property
    def hidden(self) -> Counter[str]:
        """What was taken out of its texts, by kind."""
        return sum((Counter(text.hidden) for text in (self.about, self.findings, self.conclusions)), Counter())


class _Woo:
    """The judgements of a period, those left out, and the papers about both."""

    def __init__(self, view: View) -> None:
        self.view, self.words, self.register = view, view.words, view.snapshot

    @cached_property
    def _ended(self) -> tuple[list[str], Mapping[str, str]]:
        """The complaints with a judgement of the period, and how others ended in it, in the order of their days."""
        tally, h = self.view.told.tally, handlings.c
        ended = sa.and_(h.standing != Standing.APART.value, inside(h.ended_on))
        query = sa.select(h.complaint, h.ending, h.judgement).where(ended).order_by(h.ended_on, h.complaint, h.n)
        judged, others = dict[str, None](), dict[str, str]()
        for number, ending, judgement in tally.rows(query, Scope(tally, self.view.period).days):
            if judgement is not None and ending == "closed":
                judged[number] = None
            else:
                others[number] = ending
        return list(judged), others

    @cached_property
    def _found(self) -> list[Handling]:
        """Those that ended with a judgement, in the order of their days."""
        period = Scope(self.view.told.tally, self.view.period).period
        ended = (
            each
            for number in self._ended[0]
            for each in Case(self._complaints[number], self._complaints[number].received_on or period.last).handlings
            if each.closed_on in period
        )
        found = [each for each in ended if each.phase.judgement and each.ending == "closed"]
        return sorted(found, key=lambda each: (each.phase.answered_on or each.closed_on, each.case.number))

    @cached_property
    def _judged(self) -> list[Handling]:
        """Those with a judgement on a complaint that came in writing."""
        return [each for each in self._found if not _is_spoken(each)]

    @cached_property
    def without(self) -> Mapping[str, str]:
        """How complaints ended that no judgement in writing of the period is about; `oral` of what was spoken."""
        spoken = {each.case.number: _SPOKEN for each in self._found if _is_spoken(each)}
        judged = {each.case.number for each in self._judged}
        return {number: ending for number, ending in {**self._ended[1], **spoken}.items() if number not in judged}

    @cached_property
    def _complaints(self) -> Mapping[str, Complaint]:
        return self._told_of.complaints

    @cached_property
    def _told_of(self) -> Register:
        """The register with the complaints that may be told."""
        return self.view.told.tally.few(self._ended[0])

    @cached_property
    def left_out(self) -> list[tuple[str, str]]:
        """The judgements that are not in the overview, by the complaint's number, and why."""
        return [(each.case.number, why) for each in self._judged if (why := self._why_not(each))]

    def _why_not(self, judged: Handling) -> str | None:
        complaint = judged.case.complaint
        if complaint.state.is_open or judged.phase.n != judged.case.phases[-1].n:
            return "reopened"
        texts = (complaint.text("reasons"), complaint.text("subject"), *self._measure(complaint))
        return "health" if any(tells_health(text) for text in texts if text) else None

    @cached_property
    def rows(self) -> list[_Row]:
        """The judgements that are told."""
        return [self._row(each) for each in self._judged if self._why_not(each) is None]

    def _row(self, judged: Handling) -> _Row:
        complaint, words = judged.case.complaint, self.words
        mask = self._masking(complaint)
        subject = mask(complaint.text("subject") or "")
        about = (complaint.label("category"), complaint.label("subcategory"), subject.text)
        solution = (complaint.label("solution") or "").rstrip(".")
        conclusions = [words.capital(part.rstrip(".")) + "." for part in (solution, *self._measure(complaint)) if part]
        return _Row(
            number=complaint.number,
            unit=complaint.label("causing_department") or complaint.label("department"),
            function=self._function(complaint),
            received=words.day(judged.phase.started_on),
            given=words.day(judged.phase.answered_on or judged.closed_on),
            about=Masked("; ".join(part for part in about if part), subject.hidden),
            findings=mask(complaint.text("reasons") or ""),
            judgement=self._label("judgement", judged.phase.judgement),
            conclusions=mask(" ".join(conclusions)),
            is_wiped=complaint.day("anonymised_on") is not None,
        )

    def _measure(self, complaint: Complaint) -> tuple[str, ...]:
        described = row_text(complaint.measure, "description") if complaint.measure else None
        return (described,) if described else ()

    def _label(self, role: str, code: str | None) -> str:
        field = self.register.definition.role(role)
        return self.words.clean(self.register.lookups.label(field.choices or "", code) or "") if field else code or ""

    def _function(self, complaint: Complaint) -> str | None:
        """Return what the employee concerned is: his role in the list of staff; None when nobody there is meant."""
        employee = complaint.text("employee")
        code = self.register.lookups.person(employee) if employee else None
        if code is None:
            return None
        role = row_text(self.register.staff.of(code), "role")
        is_said = role is not None and role not in _OF_THE_KIT
        return self.register.lookups.label("role", role) if is_said else self.words("woo.employee")

    def _masking(self, complaint: Complaint) -> Masking:
        people = [complaint.text(role) for role in _PEOPLE]
        people += [row_text(row, "with_whom") for row in self._contacts.get(complaint.number, ())]
        people += [row_text(member, "name") for member in self.register.staff.members.values()]
        values = [("address", complaint.text(role)) for role in _PLACES]
        values += [("number", complaint.number), *(("number", complaint.text(role)) for role in _NUMBERS)]
        return Masking(
            self.register.texts.language,
            [name for name in people if self._says(name)],
            [(kind, text) for kind, text in values if self._says(text)],
            self._own,
            self.register.on,
        )

    def _says(self, text: str | None) -> TypeGuard[str]:
        """Tell whether somebody can be known by what stands in a field: not by the word that anonymising left there."""
        return bool(text) and text != self.register.texts("value.wiped")

    @cached_property
    def _contacts(self) -> Mapping[str, list[Record]]:
        return rows_by_complaint(self._told_of.table("contacts").values())

    @cached_property
    def _own(self) -> frozenset[str]:
        """The words of the office: its name, and the labels of its lists."""
        lists = self.register.lookups.lists
        labels = (label for each in lists for label in self.register.lookups.labels(each))
        return frozenset((self.register.settings.name, *labels))

    # ----------------------------------------------------------------------------------------------------- papers
    def overview(self) -> Content:
        """Return what is published."""
        words, period = self.words, self.view.period
        name = words.clean(self.register.settings.name) or words("publication.us")
        paper = Content(words("woo.title", period=words.period(period)), words("woo.file", label=period.label))
        paper.parts.append(Line(words("woo.law", name=name)))
        paper.parts.append(Line(words.sentence(words("woo.number", n=len(self.rows)), *self._not_told())))
        paper.parts.append(Line(words("woo.masked", n=SMALL)))
        for n, row in enumerate(self.rows, 1):
            paper.parts.append(Line(words("woo.judgement", n=n), "heading"))
            paper.parts.append(Grid((words("woo.head.what"), words("woo.head.told")), self._told(row), _SHARES))
        return paper

    def _not_told(self) -> Iterator[str]:
        """Tell what is not in it, with how many for each ground."""
        whys = Counter(self.words(f"woo.why.{why}") for _, why in self.left_out)
        endings = Counter(self._ending(ending.partition(":")[0]) for ending in self.without.values())
        for name, grounds in (("left_out", whys), ("without", endings)):
            if grounds:
                told = self.words.join([f"{self.words.number(n)} {ground}" for ground, n in grounds.most_common()])
                yield self.words(f"woo.{name}", n=grounds.total(), grounds=told)

    def _ending(self, ending: str) -> str:
        is_own = ending in (_SPOKEN, "closed")
        return self.words(f"woo.why.{ending}") if is_own else ending_label(self.register, ending)

    def _told(self, row: _Row) -> list[tuple[str, str]]:
        told = {
            "received": row.received,
            "unit": self._place(row, "unit", row.unit),
            "function": self._place(row, "function", row.function),
            "about": self._said(row.about) or self.words("woo.unknown"),
            "findings": self._said(row.findings) or self.words("woo.unknown"),
            "judgement": self.words.capital(row.judgement),
            "conclusions": self._said(row.conclusions) or self.words("woo.unknown"),
            "given": row.given,
        }
        return [(self.words(f"woo.head.{name}"), text) for name, text in told.items()]

    def _said(self, masked: Masked) -> str:
        text = masked.text
        for kind in KINDS:
            text = text.replace(f"[{kind}]", self.words(f"woo.mask.{kind}"))
        return self.words.clean(text)

    @cached_property
    def _units(self) -> Counter[str | None]:
        return Counter(row.unit for row in self.rows)

    @cached_property
    def _functions(self) -> Counter[tuple[str | None, str | None]]:
        return Counter((row.unit, row.function) for row in self.rows)

    def _kept_back(self, row: _Row) -> list[str]:
        """Return what of a judgement is not told since too few others have it."""
        has_function = row.function not in (None, self.words("woo.employee"))
        few = {
            "unit": row.unit is not None and self._units[row.unit] < SMALL,
            "function": has_function and self._functions[row.unit, row.function] < SMALL,
        }
        return [name for name, is_few in few.items() if is_few]

    def _place(self, row: _Row, name: str, place: str | None) -> str:
        if place is None:
            return self.words("woo.unknown")
        return self.words("woo.not_told") if name in self._kept_back(row) else self.words.clean(place)

    def checklist(self) -> Content:
        """Return what the office looks at before it publishes, with the numbers of the complaints."""
        words, label = self.words, self.view.period.label
        paper = Content(
            words("woo.check.title", period=words.period(self.view.period)), words("woo.check.file", label=label)
        )
        paper.parts.append(Line(words("woo.check.inside")))
        paper.parts += [Line(words(f"woo.check.{name}"), "bullet") for name in ("names", "people", "hear", "rest")]
        paper.parts.append(Line(words("woo.check.law")))
        if self.rows:
            header = [words(f"woo.check.head.{name}") for name in ("n", "number", "unit", "look")]
            rows = [self._checked(n, row) for n, row in enumerate(self.rows, 1)]
            paper.parts += [Line(words("woo.check.told"), "heading"), Grid(header, rows, _OF_LIST)]
        if told := [*self._left_out(), *self._without()]:
            header = [words(f"woo.check.head.{name}") for name in ("number", "why")]
            paper.parts += [Line(words("woo.check.left_out"), "heading"), Grid(header, told, _SHARES)]
        return paper

    def _left_out(self) -> Iterator[tuple[str, str]]:
        for number, why in self.left_out:
            yield number, self.words(f"woo.check.{why}")

    def _without(self) -> Iterator[tuple[str, str]]:
        for number, ending in sorted(self.without.items()):
            why = self.words("woo.check.oral") if ending == _SPOKEN else f"{self._ending(ending)}."
            yield number, self.words.capital(why)

    def _checked(self, n: int, row: _Row) -> Sequence[str]:
        words, hidden = self.words, row.hidden
        parts = [words(f"woo.check.{kind}", n=hidden[kind]) for kind in KINDS if hidden[kind]]
        parts += [words(f"woo.check.few_{name}") for name in self._kept_back(row)]
        if row.is_wiped or not row.findings.text:
            parts.append(words(f"woo.check.{'wiped' if row.is_wiped else 'no_findings'}"))
        unit = words.clean(row.unit or "") or words("woo.unknown")
        return str(n), row.number, unit, words.capital("; ".join(parts)) or words("woo.check.nothing")


def _is_spoken(judged: Handling) -> bool:
    """Tell whether the complaint came in by word of mouth: the law asks for no judgement in writing then."""
    return judged.case.complaint.text("channel") in ORAL
