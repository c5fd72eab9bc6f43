"""What a letter template can use: the complaint, the organisation, the terms and the people, ready to print."""

from __future__ import annotations

from typing import Any

from registerkit.deadlines import complaint_terms
from registerkit.definition import Record
from registerkit.letters.agenda import DueLetter
from registerkit.letters.words import clean, day_in_words, letter_value
from registerkit.store import Snapshot
from registerkit.sync import deputy_for

__all__ = ["letter_context"]

_ORGANISATION = ("name", "address", "postcode", "city", "phone", "email", "website", "kvk", "reply_address")
_BODIES = {
    "ombudsman": ("name", "address", "website"),
    "officer": ("name", "phone", "email"),
    "committee": ("name", "address", "website"),
}


def letter_context(snapshot: Snapshot, letter: DueLetter) -> dict[str, Any]:
    """Give the context of one letter; every name that templates know is there, empty ones as None."""
    record = snapshot.complaints[letter.number]
    texts, lookups, settings = snapshot.texts, snapshot.lookups, snapshot.settings
    profile = snapshot.profile(record)
    fields = snapshot.definition.main.fields
    return {
        "complaint": {
            word: letter_value(f, record.get(f.id), lookups, texts) for f in fields for word in (f.id, f.name)
        },
        "code": {
            word: record.get(f.id) for f in fields if f.value_kind in ("choice", "person") for word in (f.id, f.name)
        },
        "organisation": {key: _text(settings.organisation.get(key)) for key in _ORGANISATION} | {"logo": None},
        "profile": profile.name,
        "terms": {
            "answer": profile.answer_span(record.get("committee") is True).show(texts),
            "extension": profile.extension.show(texts),
        },
        "complainant": _complainant(snapshot, record),
        "handler": _person(snapshot, deputy_for(str(record.get("handler")), snapshot.table("staff"), snapshot.on)),
        "signer": _signer(snapshot, record),
        "letter": {"date": day_in_words(snapshot.on, texts), "number": letter.number, "enclosures": []},
        "extension": _extension(snapshot, letter.number, record),
        "measures": _measures(snapshot, record),
        "external": {body: _body(snapshot, body) for body in _BODIES},
    }


def _text(value: Any) -> str | None:
    return clean(str(value)) if value else None


def _complainant(snapshot: Snapshot, record: Record) -> dict[str, Any]:
    name, salutation = _text(record.get("name")) or "", record.get("salutation")
    title = snapshot.texts(f"letters.title.{salutation}") if salutation in ("heer", "mevrouw") else ""
    surname = _surname(name)
    greeting = f"letters.dear.{salutation}" if salutation in ("heer", "mevrouw") else "letters.dear.unknown"
    lines = [
        _text(record.get("organisation")),
        f"{title} {name}".strip(),
        _text(record.get("address")),
        "  ".join(part for part in (_text(record.get("postcode")), _text(record.get("city"))) if part),
    ]
    return {
        "salutation": snapshot.texts(greeting, name=surname),
        "lines": [line for line in lines if line] or [name],
        "noun": snapshot.settings.word,
    }


_PARTICLES = frozenset(
    {"aan", "de", "den", "der", "di", "el", "het", "la", "le", "op", "te", "ten", "ter", "van", "von"}
)
"""Words that a surname begins with, however they are written."""


def _surname(name: str) -> str:
    """Give the surname with a capital, as a salutation has it: J. van den Berg becomes Van den Berg."""
    words = name.split()
    rest = [w for n, w in enumerate(words) if not ("." in w and n < len(words) - 1)]
    starts = next((n for n, w in enumerate(rest) if w[:1].islower() or w.casefold() in _PARTICLES), None)
    surname = " ".join(rest[starts:] if starts is not None else rest[-1:])
    return surname[:1].upper() + surname[1:]


def _person(snapshot: Snapshot, code: str) -> dict[str, str | None]:
    member = snapshot.table("staff").get(code, {})
    role = snapshot.lookups.label("role", str(member["role"])) if member.get("role") else None
    return {
        "name": _text(member.get("name")),
        "role": role,
        "phone": _text(member.get("phone")) or _text(snapshot.settings.organisation.get("phone")),
        "email": _text(member.get("email")) or _text(snapshot.settings.organisation.get("email")),
    }


def _signer(snapshot: Snapshot, record: Record) -> dict[str, str | None]:
    wanted = snapshot.settings.letters.get("signer")
    code = snapshot.lookups.person(str(wanted)) if wanted else None
    signer = _person(snapshot, code or str(record.get("handler")))
    role = _text(snapshot.settings.letters.get("signer_role"))
    return {"name": signer["name"], "role": role or signer["role"]}


def _extension(snapshot: Snapshot, number: str, record: Record) -> dict[str, str | None]:
    pauses = snapshot.pauses.get(number, ())
    terms = complaint_terms(record, pauses, snapshot.policy, snapshot.calendar, snapshot.texts)
    if terms is None:
        return {"old_due_on": None, "new_due_on": None, "reason": None}
    return {
        "old_due_on": day_in_words(terms.unextended_due_on, snapshot.texts),
        "new_due_on": day_in_words(terms.due_on, snapshot.texts),
        "reason": None,
    }


def _measures(snapshot: Snapshot, record: Record) -> list[dict[str, str | None]]:
    measure = snapshot.table("measures").get(str(record.get("measure")).upper())
    if measure is None:
        return []
    fields = snapshot.definition.tables["measures"].by_id
    wanted = ("description", "owner", "ready_by")
    shown = {f: letter_value(fields[f], measure.get(f), snapshot.lookups, snapshot.texts) for f in wanted}
    return [{f: str(value) if value is not None else None for f, value in shown.items()}]


def _body(snapshot: Snapshot, body: str) -> dict[str, str | None] | None:
    told = snapshot.settings.external.get(body, {})
    return {part: _text(told.get(part)) for part in _BODIES[body]} if told.get("name") else None
