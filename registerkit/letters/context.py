"""What a letter template can use: the complaint, the organisation, the terms and the people, ready to print."""

from __future__ import annotations

from typing import Any

from registerkit.definition import Record
from registerkit.letters.agenda import DueLetter
from registerkit.letters.words import clean, day_in_words, letter_value
from registerkit.register import Complaint, Register, is_abroad, same_person
from registerkit.texts import Texts

__all__ = ["letter_context"]

_ORGANISATION = ("name", "address", "postcode", "city", "phone", "email", "website", "kvk", "reply_address")
_BODIES = {
    "ombudsman": ("name", "address", "website"),
    "officer": ("name", "phone", "email"),
    "committee": ("name", "address", "website"),
}


def letter_context(register: Register, letter: DueLetter) -> dict[str, Any]:
    """Return the context of one letter; every name that templates know is there, empty ones as None."""
    complaint = register.complaints[letter.number]
    record, profile = complaint.record, complaint.profile
    texts, lookups, settings = register.texts, register.lookups, register.settings
    fields = register.definition.main.fields
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
            "answer": profile.answer_span(complaint.flag("committee") is True).show(texts),
            "extension": profile.extension.show(texts),
        },
        "complainant": _complainant(register, record),
        "handler": _handler(register, complaint),
        "signer": _signer(register, complaint),
        "letter": {"date": day_in_words(register.on, texts), "number": letter.number, "enclosures": []},
        "extension": _extension(complaint, texts),
        "measures": _measures(register, complaint),
        "external": {body: _body(register, body) for body in _BODIES},
    }


def _text(value: Any) -> str | None:
    return clean(str(value)) if value else None


def _complainant(register: Register, record: Record) -> dict[str, Any]:
    name, salutation = _text(record.get("name")) or "", record.get("salutation")
    title = register.texts(f"letters.title.{salutation}") if salutation in ("heer", "mevrouw") else ""
    surname, country = _surname(name), _text(record.get("country"))
    greeting = f"letters.dear.{salutation}" if salutation in ("heer", "mevrouw") else "letters.dear.unknown"
    lines = [
        _text(record.get("organisation")),
        f"{title} {name}".strip(),
        _text(record.get("address")),
        "  ".join(part for part in (_text(record.get("postcode")), _text(record.get("city"))) if part),
        country.upper() if country and is_abroad(country) else None,
    ]
    return {
        "salutation": register.texts(greeting, name=surname),
        "lines": [line for line in lines if line] or [name],
        "noun": register.settings.word,
    }


_PARTICLES = frozenset(
    {"aan", "de", "den", "der", "di", "el", "het", "la", "le", "op", "te", "ten", "ter", "van", "von"}
)
"""Words that a surname begins with, however they are written."""


def _surname(name: str) -> str:
    """Return the surname with a capital, as a salutation has it: J. van den Berg becomes Van den Berg."""
    words = name.split()
    rest = [w for n, w in enumerate(words) if not ("." in w and n < len(words) - 1)]
    starts = next((n for n, w in enumerate(rest) if w[:1].islower() or w.casefold() in _PARTICLES), None)
    surname = " ".join(rest[starts:] if starts is not None else rest[-1:])
    return surname[:1].upper() + surname[1:]


def _person(register: Register, code: str) -> dict[str, Any]:
    member, settings = register.staff.of(code), register.settings
    role = register.lookups.label("role", str(member["role"])) if member.get("role") else None
    return {
        "name": _text(member.get("name")),
        "role": role,
        "phone": _text(member.get("phone")) or _text(settings.organisation.get("phone")),
        "email": _text(member.get("email")) or _text(settings.organisation.get("email")),
    }


def _handler(register: Register, complaint: Complaint) -> dict[str, Any]:
    """Return who does the work now; `uninvolved` when another is named as the one it is about, or it was confirmed.

    Neither the handler nor the deputy whom the letter names may be the employee concerned.
    """
    code, employee = register.staff.worker(complaint.text("handler") or ""), complaint.text("employee")
    told = employee is not None or complaint.flag("handler_confirmed") is True
    concerned = complaint.is_own_handler or same_person(code, employee, register.lookups)
    return _person(register, code) | {"uninvolved": told and not concerned}


def _signer(register: Register, complaint: Complaint) -> dict[str, str | None]:
    wanted = register.settings.letters.get("signer")
    code = register.lookups.person(str(wanted)) if wanted else None
    signer = _person(register, code or complaint.text("handler") or "")
    role = _text(register.settings.letters.get("signer_role"))
    return {"name": signer["name"], "role": role or signer["role"]}


_FORMER_EXTENSION: dict[str, str | None] = {"reason": None}
"""What templates of earlier versions ask for, which offices have in their folders; nothing fills it in."""


def _extension(complaint: Complaint, texts: Texts) -> dict[str, str | None]:
    if complaint.terms is None or complaint.due_on is None:
        return {"old_due_on": None, "new_due_on": None, **_FORMER_EXTENSION}
    return {
        "old_due_on": day_in_words(complaint.terms.unextended_due_on, texts),
        "new_due_on": day_in_words(complaint.due_on, texts),
        **_FORMER_EXTENSION,
    }


def _measures(register: Register, complaint: Complaint) -> list[dict[str, str | None]]:
    measure = register.table("measures").get((complaint.text("measure") or "").upper())
    if measure is None:
        return []
    fields = register.definition.tables["measures"].by_id
    wanted = ("description", "owner", "ready_by")
    shown = {f: letter_value(fields[f], measure.get(f), register.lookups, register.texts) for f in wanted}
    return [{f: str(value) if value is not None else None for f, value in shown.items()}]


def _body(register: Register, body: str) -> dict[str, str | None] | None:
    told = register.settings.external.get(body, {})
    return {part: _text(told.get(part)) for part in _BODIES[body]} if told.get("name") else None
