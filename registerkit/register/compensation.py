"""The standard compensation that the office set for complaints of a kind, and what one got instead. Does not write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from registerkit.definition import Record, Value
from registerkit.register.complaint import Complaint
from registerkit.register.display import euros
from registerkit.register.register import Register
from registerkit.register.routing import choice_words, fits
from registerkit.settings import Compensation

__all__ = ["Standard", "compensation_line", "if_judged", "judged_by", "standard_of", "standard_words"]

_JUDGEMENT = "judgement"


@dataclass(frozen=True)
class Standard:
    """What a rule, from 1, gives, in cents."""

    rule: int
    amount: int


def standard_of(compensations: Sequence[Compensation], record: Mapping[str, Value]) -> Standard | None:
    """Return what the first rule that fits a record gives."""
    for n, rule in enumerate(compensations, 1):
        if fits(rule.when, record):
            return Standard(n, rule.amount)
    return None


def judged_by(compensations: Sequence[Compensation]) -> list[str]:
    """Return the judgements that rules name, in their order."""
    return list(dict.fromkeys(code for rule in compensations for code in rule.when.get(_JUDGEMENT, ())))


def compensation_line(register: Register, complaint: Complaint) -> str | None:
    """Return what is proposed, by which rule, and what the complaint got otherwise.

    While there is no judgement, what each judgement gives.
    """
    rules, record, texts = register.settings.compensations, complaint.record, register.texts
    if not rules or complaint.is_taken_over:
        return None
    found = standard_of(rules, record)
    if found is not None:
        cost, told = complaint.whole("cost"), standard_words(register, found)
        differs = cost is not None and cost != found.amount
        return texts("compensation.other", told=told, cost=euros(cost, texts)) if differs and cost is not None else told
    if complaint.text(_JUDGEMENT) is not None:
        return None
    parts = [each for code in judged_by(rules) if (each := _if_judged(register, record, code))]
    return texts("compensation.and").join(parts) or None


def standard_words(register: Register, standard: Standard) -> str:
    """Return an amount with its rule."""
    rule = register.settings.compensations[standard.rule - 1]
    parts = filter(None, (choice_words(register, role, codes) for role, codes in rule.when.items()))
    told = {"amount": euros(standard.amount, register.texts), "rule": standard.rule, "when": "; ".join(parts)}
    return register.texts("compensation.by_rule" if told["when"] else "compensation.always", **told)


def _if_judged(register: Register, record: Record, code: str) -> str | None:
    found = standard_of(register.settings.compensations, {**record, _JUDGEMENT: code})
    if found is None:
        return None
    return if_judged(register, found.amount, code)


def if_judged(register: Register, amount: int, code: str) -> str:
    """Return what a judgement gives."""
    field = register.definition.role(_JUDGEMENT)
    label = register.lookups.label(field.choices or "" if field else "", code)
    return register.texts("compensation.if_judged", judgement=label, amount=euros(amount, register.texts))
