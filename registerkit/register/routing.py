"""By which rule of the office a complaint came to its department, its handler and its priority. Does not write.

What a rule says is compared with what the complaint has: a value that somebody chose is told beside it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from registerkit.definition import Value
from registerkit.register.complaint import Complaint
from registerkit.register.display import euros
from registerkit.register.register import Register
from registerkit.settings import Routing

__all__ = [
    "ROUTED",
    "Routed",
    "choice_words",
    "first_rule",
    "fits",
    "fits_rule",
    "named_by",
    "routed",
    "routed_lines",
    "rule_condition",
]

ROUTED = ("department", "handler", "priority")
"""What a rule can say, by role."""


@dataclass(frozen=True)
class Routed:
    """A department, handler or priority that a complaint has, and the rule, from 1, that names one for it."""

    role: str
    to: str
    rule: int
    named: str

    @property
    def by_rule(self) -> bool:
        """Whether it is what the rule says."""
        return self.to == self.named


def first_rule(routing: Sequence[Routing], role: str, record: Mapping[str, Value]) -> tuple[int, Routing] | None:
    """Return the first rule that fits a record and names a department, handler or priority, with its place from 1."""
    named = ((n, rule) for n, rule in enumerate(routing, 1) if getattr(rule, role, None))
    return next(((n, rule) for n, rule in named if fits_rule(rule, record)), None)


def fits_rule(rule: Routing, record: Mapping[str, Value]) -> bool:
    """Tell whether a rule is for a record."""
    return fits(rule.when, record) and rule.fits_amount(record.get("amount"))


def fits(when: Mapping[str, Collection[str]], record: Mapping[str, Value]) -> bool:
    """Tell whether a record has one of the codes of each field."""
    return all(str(record.get(field)) in codes for field, codes in when.items())


def named_by(register: Register, rule: Routing, role: str) -> str | None:
    """Return what a rule names, in words."""
    named: str | None = getattr(rule, role)
    lookups, field = register.lookups, register.definition.role(role)
    if role == "handler":
        return lookups.person_name(lookups.person(named)) or named if named else None
    return lookups.label(field.choices or "", lookups.code(field.choices or "", named)) if named and field else None


def rule_condition(register: Register, rule: Routing) -> str | None:
    """Return for which complaints a rule is, in words; None for one that names what the register has not."""
    parts = [choice_words(register, role, codes) for role, codes in rule.when.items()]
    if None in parts:
        return None
    for name, amount in (("from", rule.amount_from), ("below", rule.amount_below)):
        if amount is not None:
            parts.append(register.texts(f"routing.amount_{name}", amount=euros(amount, register.texts)))
    return "; ".join(filter(None, parts)) or register.texts("routing.all")


def choice_words(register: Register, role: str, codes: Iterable[str]) -> str | None:
    """Return a field with some of its choices, in words."""
    field, lookups = register.definition.role(role), register.lookups
    if field is None or not field.choices:
        return None
    labels = [lookups.label(field.choices, code) for code in codes if lookups.choice(field.choices, code)]
    return f"{field.labels[register.texts.language]}: {', '.join(map(str, labels))}" if labels else None


def routed(register: Register, complaint: Complaint) -> Iterator[Routed]:
    """Return what rules say of a complaint, of each that it has."""
    for role in ROUTED if not complaint.is_taken_over else ():
        found, to = first_rule(register.settings.routing, role, complaint.record), complaint.label(role)
        named = named_by(register, found[1], role) if found else None
        if found and named and to:
            yield Routed(role, to, found[0], named)


def routed_lines(register: Register, complaint: Complaint) -> list[str]:
    """Return in a sentence for each rule what it did, and what somebody chose otherwise than it says."""
    texts, by_rule, chosen = register.texts, dict[int, list[str]](), list[str]()
    for each in routed(register, complaint):
        what = texts(f"routing.{each.role}", to=each.to)
        if each.by_rule:
            by_rule.setdefault(each.rule, []).append(what)
        else:
            chosen.append(texts("routing.chosen", what=what, rule=each.rule, named=each.named))
    lines = []
    for n, parts in by_rule.items():
        when = rule_condition(register, register.settings.routing[n - 1])
        told = {"what": texts("routing.and").join(parts), "rule": n, "when": when or ""}
        lines.append(texts("routing.by_rule" if when else "routing.by_rule_only", **told))
    return [line[:1].upper() + line[1:] for line in [*lines, *chosen]]
