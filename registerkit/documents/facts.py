"""What an office has laid down about complaints, as words: its own details, its terms, its limits and its people."""

from __future__ import annotations

from collections.abc import Mapping

from registerkit.deadlines import Span
from registerkit.documents.content import Gap
from registerkit.office import DETAILS, values_of
from registerkit.register import APPROVAL, COORDINATOR, Register
from registerkit.texts.formats import euros, listed

__all__ = ["facts_of", "gaps_of", "span_of_days"]

_WEEK = 7


def span_of_days(days: int) -> Span:
    """Return a number of days as people say it: in weeks where it comes out even."""
    return Span(days // _WEEK, "weeks") if days % _WEEK == 0 else Span(days, "days")


def facts_of(register: Register) -> dict[str, str]:
    """Return the values that the texts can use; what is not filled in is empty."""
    settings, texts, lookups = register.settings, register.texts, register.lookups
    language = texts.language
    told = {code.replace(".", "_"): value or "" for code, value in values_of(settings).items()}
    for code, detail in DETAILS.items():
        if detail.is_person and (value := told[code.replace(".", "_")]):
            told[code.replace(".", "_")] = lookups.person_name(lookups.person(value)) or value
    coordinators = (lookups.person_name(code) for code in register.staff.with_role(COORDINATOR))
    told["responsible_coordinator"] = told["responsible_coordinator"] or listed([*filter(None, coordinators)], language)
    profile = register.policy.default
    town = f"{told['organisation_postcode']} {told['organisation_city']}".strip()
    address = ", ".join(filter(None, (told["organisation_address"], town))) if told["organisation_address"] else ""
    limit = settings.limits.get(APPROVAL)
    labels = {role: lookups.label("role", lookups.code("role", role)) or role for role in settings.grants}
    amounts = {labels[role]: euros(cents, language) for role, cents in settings.grants.items()}
    grants = [texts("documents.grant", role=role, limit=amount) for role, amount in amounts.items()]
    acknowledge = profile.acknowledge_working_days
    return told | {
        "word": settings.word,
        "address": address,
        "reply": told["organisation_reply_address"] or address,
        "answer": profile.answer.show(texts),
        "answer_with_committee": profile.answer_with_committee.show(texts) if profile.answer_with_committee else "",
        "extension": profile.extension.show(texts) if profile.extension.number else "",
        "acknowledge": Span(acknowledge, "working_days").show(texts) if acknowledge else "",
        "reopen": span_of_days(profile.reopen_window_days).show(texts) if profile.reopen_window_days else "",
        "ground_notice": profile.ground_notice.show(texts) if profile.ground_notice else "",
        "grants": listed(grants, language),
        "limit": euros(limit, language) if limit is not None else "",
        "solutions": listed(lookups.labels("solution"), language),
        "intake": _labels(register, "intake"),
        "close": _labels(register, "close"),
        "committee": _reached(told, "external_committee", ("name", "address", "website")),
        "ombudsman": _reached(told, "external_ombudsman", ("name", "address", "website")),
        "officer": _reached(told, "external_officer", ("name", "phone", "email")),
    }


def gaps_of(register: Register) -> Mapping[str, Gap]:
    """Return by value what is lacking when it is empty, and where that is filled in."""
    texts = register.texts
    names = {code.replace(".", "_"): texts(f"office.name.{code}") for code in DETAILS}
    names |= {"address": names["organisation_address"], "reply": names["organisation_address"]}
    names |= {body: names[f"external_{body}_name"] for body in ("committee", "ombudsman", "officer")}
    found = {name: Gap(label, "office") for name, label in names.items()}
    return found | {"limit": Gap(texts("documents.limit"), "settings")}


def _labels(register: Register, when: str) -> str:
    language = register.texts.language
    labels = [field.labels[language] for field in register.definition.main.fields if field.when == when]
    return listed([f"\u2018{label}\u2019" for label in labels], language)


def _reached(told: Mapping[str, str], body: str, keys: tuple[str, ...]) -> str:
    """Return a body with how it is reached; nothing while it has no name."""
    return ", ".join(filter(None, (told[f"{body}_{key}"] for key in keys))) if told[f"{body}_name"] else ""
