"""What the help texts name: the office's own terms, and how fields and sheets are called in this register."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from registerkit.deadlines import Profile, Span
from registerkit.texts import Texts
from registerkit.workbook.content import WorkbookContent

__all__ = ["help_values", "own_terms"]


def help_values(content: WorkbookContent) -> Mapping[str, str]:
    """Return the values by name; a term that the profile does not have is not among them."""
    texts, profile, language = content.texts, content.policy.default, content.language
    values = {f"f_{name}": f"‘{field.labels[language]}’" for name, field in content.main.by_id.items()}
    values |= {f"s_{table.id}": table.sheet[language] for table in content.definition.tables.values()}
    values |= _spans(profile, texts)
    return values | {
        "profile": texts(f"terms.profile.{profile.name}"),
        "pauses": texts(f"help.value.pauses_{profile.pauses}"),
        "roll": texts(f"help.value.roll_{'on' if profile.roll_forward else 'off'}"),
        "consent": texts(f"help.value.consent_{_consent(profile)}"),
    }


def own_terms(content: WorkbookContent) -> Iterator[tuple[str, str]]:
    """Return the categories and severities that have terms of their own: which, and their terms in one line."""
    policy = content.policy
    cases = [("category", code, policy.for_case(code, None)) for code in policy.categories]
    cases += [("severity", code, policy.for_case(None, code)) for code in policy.severities]
    for role, code, profile in cases:
        field = content.definition.role(role)
        if field:
            label = content.lookups.label(field.choices or "", code) or code
            spans = {"extension": content.texts("help.no_term"), **_spans(profile, content.texts)}
            text = content.texts("help.own_term", **spans)
            yield f"{field.labels[content.language]}: {label}", text


def _spans(profile: Profile, texts: Texts) -> dict[str, str]:
    acknowledge = _working_days(profile.acknowledge_working_days)
    spans = {
        "answer": profile.answer,
        "committee": profile.answer_with_committee,
        "extension": profile.extension,
        "ground": profile.ground_notice,
        "warn": _working_days(profile.warn_working_days),
        "aftercare": _working_days(profile.aftercare_working_days),
        "reopen": Span(profile.reopen_window_days, "days"),
    }
    shown = {name: span.show(texts) for name, span in spans.items() if span and span.number}
    shown["acknowledge"] = acknowledge.show(texts) if acknowledge.number else texts("help.at_once")
    return shown


def _working_days(number: int) -> Span:
    return Span(number, "working_days")


def _consent(profile: Profile) -> str:
    if not profile.consent_allowed:
        return "none"
    return "dated" if profile.consent_needs_date else "free"
