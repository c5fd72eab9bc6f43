"""The tables and lists within the office's papers: channels, terms, who is responsible, and who handles what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from registerkit.deadlines import Profile, Span
from registerkit.documents.content import Gap, Grid, Line, Part, Signature, Writer
from registerkit.office import STEPS
from registerkit.register import COORDINATOR, MANAGER, ROUTED, Register, choice_words, named_by, rule_condition
from registerkit.settings import Routing
from registerkit.texts.formats import listed

__all__ = ["Blocks"]

_NOT_PUBLISHED = frozenset({"fax"})
"""Channels that an office still registers by, and tells nobody to use."""


class Blocks:
    """Makes the parts that a text calls with `@name`; `writer` fills in their lines."""

    def __init__(self, register: Register) -> None:
        self.register, self.texts = register, register.texts
        self.language = register.texts.language
        self.writer: Writer

    # --------------------------------------------------------------------------------------------------- how and when
    def channels(self) -> list[Part]:
        """Return how people can complain, each with where."""
        found: list[Part] = []
        for choice in self.register.lookups.lists.get("channel", ()):
            if not choice.in_use or choice.code in _NOT_PUBLISHED:
                continue
            name = f"documents.channel.{choice.code}"
            text = self.texts.entries[name] if name in self.texts else f"{choice.labels[self.language].capitalize()}."
            if (filled := self.writer.filled(text)) is not None:
                found.append(Line(filled, "bullet"))
        return found

    def terms(self) -> list[Part]:
        """Return the terms as they are counted, with those of a category or a severity that differ."""
        profile, say = self.register.policy.default, self._term
        rows = [say("acknowledge", self._acknowledge(profile)), say("answer", profile.answer.show(self.texts))]
        if profile.answer_with_committee:
            rows.append(say("committee", profile.answer_with_committee.show(self.texts)))
        if profile.extension.number:
            rows.append(say("extension", profile.extension.show(self.texts)))
        if profile.ground_notice:
            rows.append(say("ground", profile.ground_notice.show(self.texts)))
        rows += self._other_terms()
        return [self._grid("terms", rows, (3, 2))]

    def _term(self, name: str, span: str) -> tuple[str, str]:
        return self.texts(f"documents.term.{name}"), span

    def _acknowledge(self, profile: Profile) -> str:
        days = profile.acknowledge_working_days
        return Span(days, "working_days").show(self.texts) if days else self.texts("documents.term.at_once")

    def _other_terms(self) -> Iterable[tuple[str, str]]:
        policy = self.register.policy
        for role, codes in (("category", policy.categories), ("severity", policy.severities)):
            for code in codes:
                other = policy.for_case(code, None) if role == "category" else policy.for_case(None, code)
                if other.answer != policy.default.answer and (what := choice_words(self.register, role, (code,))):
                    yield self.texts("documents.term.other", what=what), other.answer.show(self.texts)

    # ---------------------------------------------------------------------------------------------------------- who
    def steps(self) -> list[Part]:
        """Return who is responsible for each step."""
        rows = [
            (self.texts(f"office.name.responsible.{step}"), self.writer.filled(f"{{responsible_{step}}}") or "")
            for step in STEPS
        ]
        return [self._grid("steps", rows, (3, 2))]

    def places(self) -> list[Part]:
        """Say whether complaints are taken and handled in one place or in several."""
        branches, departments = self.register.lookups.labels("branch"), self._handling
        taken_in = "local" if len(branches) > 1 else "central"
        taken = self.texts(f"documents.taken.{taken_in}", branches=listed(branches, self.language))
        names = listed([self._department(code) for code in departments], self.language)
        handled_in = "local" if len(departments) > 1 else "central"
        handled = self.texts(f"documents.handled.{handled_in}", departments=names)
        return [Line(taken), Line(handled)]

    @cached_property
    def _handling(self) -> list[str]:
        """The departments that complaints are sent to."""
        return list(dict.fromkeys(rule.department for rule in self.register.settings.routing if rule.department))

    def _department(self, code: object) -> str:
        return self.register.lookups.label("department", str(code)) or str(code)

    def people(self) -> list[Part]:
        """Return the departments that handle complaints, with who works there."""
        present = {c: m for c, m in self.register.staff.members.items() if m.get("name") and not m.get("left_on")}
        if not present:
            gap = Gap(self.register.definition.tables["staff"].sheet[self.language], "staff")
            return [Line(self.writer.gap(gap))]
        departments = dict.fromkeys([*self._handling, *(m.get("department") for m in present.values())])
        rows = []
        for department in departments:
            named = [self._person(m) for m in present.values() if m.get("department") == department]
            where = self._department(department) if department else self.texts("documents.no_department")
            rows.append((where, "; ".join(named) or "\u2013"))
        return [self._grid("people", rows, (1, 2))]

    def _person(self, member: Mapping[str, object]) -> str:
        role = self.register.lookups.label("role", str(member["role"])) if member.get("role") else ""
        told = ", ".join(str(part) for part in (role, member.get("phone")) if part)
        return f"{member['name']} ({told})" if told else str(member["name"])

    def routing(self) -> list[Part]:
        """Return the rules by which a complaint comes to a department, a person and a priority."""
        found: list[Part] = [
            Line(self.texts("documents.rule.line", when=when[:1].upper() + when[1:], goes=goes), "bullet")
            for rule in self.register.settings.routing
            if (goes := self._goes(rule)) and (when := rule_condition(self.register, rule)) is not None
        ]
        return found or [Line(self.texts("documents.rule.none"))]

    def _goes(self, rule: Routing) -> str:
        told = {role: named_by(self.register, rule, role) for role in ROUTED}
        parts = (self.texts(f"documents.rule.{name}", to=value) for name, value in told.items() if value)
        return ", ".join(parts)

    def alarmed(self) -> list[Part]:
        """Return who hears at once of a very serious complaint beside its handler."""
        staff, lookups = self.register.staff, self.register.lookups
        codes = dict.fromkeys([*staff.with_role(MANAGER), *staff.with_role(COORDINATOR)])
        names = [name for code in codes if (name := lookups.person_name(code))]
        if not names:
            return [Line(self.writer.filled("{responsible_coordinator}") or "", "bullet")]
        return [Line(name, "bullet") for name in names]

    # ------------------------------------------------------------------------------------------------------ sign
    def signature(self) -> list[Part]:
        """Return the lines to sign on."""
        return [Signature([self.texts(f"documents.sign.{name}") for name in ("by", "role", "date", "signature")])]

    def _grid(self, name: str, rows: Iterable[tuple[str, str]], shares: tuple[float, float]) -> Grid:
        header = [self.texts(f"documents.head.{name}.{column}") for column in ("left", "right")]
        return Grid(header, list(rows), shares)
