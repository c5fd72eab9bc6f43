"""What a letter template can use: the complaint, the organisation, the terms and the people, ready to print."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from registerkit.deadlines import Profile, Span
from registerkit.letters.addressee import complainant_words, greeting, printed
from registerkit.letters.agenda import DueLetter, agenda
from registerkit.letters.kinds import KINDS
from registerkit.letters.names import read_name
from registerkit.letters.status_text import standing
from registerkit.letters.words import day_in_words, letter_value
from registerkit.register import WRITTEN_BY_LAW, Complaint, Register, row_day, same_person
from registerkit.texts import Texts

__all__ = ["letter_context"]

_ORGANISATION = ("name", "address", "postcode", "city", "phone", "email", "website", "kvk", "reply_address")
_BODIES = {
    "ombudsman": ("name", "address", "website"),
    "officer": ("name", "phone", "email"),
    "committee": ("name", "address", "website", "term", "fee", "takes_part"),
}
_LATER = (
    "asked", "reply_by", "hearing_on", "hearing_place", "promised_by", "proposal", "agreements", "related_to",
    "agreed_on", "agreement_by", "agreement_kept_on", "cost", "file_needed", "committee", "advice_followed",
    "consumer",
)  # fmt: skip
"""Roles that templates of the kit ask for, and that a definition of an office's own may lack."""
_REPLY = timedelta(days=14)
"""What a complainant or an employee has to answer in, where no day is filled in."""
_ON_PAPER = frozenset({"email", "brief", "webformulier", "klachtenbriefje", "fax"})
"""Channels by which a complaint comes in as a text that can be copied."""


def letter_context(register: Register, letter: DueLetter) -> dict[str, Any]:
    """Return the context of one letter; every name that templates know is there, empty ones as None."""
    complaint = register.complaints[letter.number]
    record, profile = complaint.record, complaint.profile
    texts, lookups = register.texts, register.lookups
    fields = register.definition.main.fields
    return {
        "complaint": dict.fromkeys(_LATER)
        | {word: letter_value(f, record.get(f.id), lookups, texts) for f in fields for word in (f.id, f.name)}
        | _no_story(register, complaint)
        | _last_days(register, complaint),
        "code": {
            word: record.get(f.id) for f in fields if f.value_kind in ("choice", "person") for word in (f.id, f.name)
        },
        "organisation": organisation_words(register),
        "profile": profile.name,
        "terms": {
            "answer": profile.answer_span(complaint.flag("committee") is True).show(texts),
            "extension": profile.extension.show(texts),
            "reopen": _reopening_window(profile, texts),
            "due_on": _to_come(complaint, register),
        },
        "complainant": complainant_words(register, complaint),
        "employee": _employee(register, complaint),
        "handler": _handler(register, complaint),
        "signer": _signer(register, complaint),
        "letter": {
            "date": day_in_words(register.on, texts),
            "number": letter.number,
            "enclosures": _enclosures(register, complaint, letter.kind),
            "reply_by": day_in_words(register.on + _REPLY, texts),
            "standing": standing(register, complaint),
        },
        "extension": _extension(register, complaint),
        "pause": _pause(register, complaint),
        "measures": _measures(register, complaint),
        "joined": _joined(register, complaint),
        "external": {body: _body(register, body) for body in _BODIES},
    }


def organisation_words(register: Register) -> dict[str, Any]:
    """Return what a template can use of the organisation; the logo comes with the template that has a place for it."""
    return {key: printed(register.settings.organisation.get(key)) for key in _ORGANISATION} | {"logo": None}


def _no_story(register: Register, complaint: Complaint) -> dict[str, str]:
    """Return what stands in place of the story of who wrote without telling it: a letter quotes what he wrote."""
    field = register.definition.main.by_id.get("description")
    if field is None or complaint.record.get("description") is not None:
        return {}
    return dict.fromkeys((field.id, field.name), register.texts("letters.no_story"))


def _person(register: Register, code: str) -> dict[str, Any]:
    member, settings = register.staff.of(code), register.settings
    return {
        "name": printed(member.get("name")),
        "role": _position(register, str(member["role"])) if member.get("role") else None,
        "phone": printed(member.get("phone")) or printed(settings.organisation.get("phone")),
        "email": printed(member.get("email")) or printed(settings.organisation.get("email")),
    }


def _position(register: Register, role: str) -> str | None:
    """Return what a role is called outside the office: its position, unless the office has a word of its own for it."""
    label, texts, kept = register.lookups.label("role", role), register.texts, register.definition.lists.get("role")
    names = (f"letters.position.{role}_{register.policy.default.name}", f"letters.position.{role}")
    known = next((name for name in names if name in texts), None)
    shipped = kept.by_code[role].labels[texts.language] if kept and role in kept.by_code else None
    return texts(known) if known and label == shipped else label


def _handler(register: Register, complaint: Complaint) -> dict[str, Any]:
    """Return who does the work now; `uninvolved` when another is named as the one it is about, or it was confirmed.

    Neither the handler nor the deputy whom the letter names may be the employee concerned.
    """
    code, employee = register.staff.worker(complaint.handled_by or ""), complaint.text("employee")
    told = employee is not None or complaint.flag("handler_confirmed") is True
    concerned = complaint.is_own_handler or same_person(code, employee, register.lookups)
    return _person(register, code) | {"uninvolved": told and not concerned}


def _signer(register: Register, complaint: Complaint) -> dict[str, str | None]:
    told = register.settings.letters
    wanted = told.get("signer")
    code = register.lookups.person(str(wanted)) if wanted else None
    signer = _person(register, code or complaint.handled_by or "")
    position = signer["role"] and signer["role"][:1].upper() + signer["role"][1:]  # It stands on a line of its own.
    role = printed(told.get("signer_role")) or position
    return {"name": signer["name"], "role": role, "on_behalf_of": printed(told.get("on_behalf_of"))}


def _enclosures(register: Register, complaint: Complaint, kind: str) -> list[str]:
    """Return what goes with a letter: the complaint, or the advice of a committee (Awb 9:9, 9:16)."""
    if kind == "employee_notice" and complaint.text("channel") in _ON_PAPER:
        return [register.texts("letters.enclosure.complaint")]
    advised = complaint.profile.name == "awb" and complaint.flag("committee") is True
    return [register.texts("letters.enclosure.advice")] if advised and KINDS[kind].is_judgement else []


def _extension(register: Register, complaint: Complaint) -> dict[str, Any]:
    """Return the day that it was to be answered by, the new one, and why."""
    terms, due = complaint.terms, complaint.due_on
    days = (terms.unextended_due_on, due) if terms is not None and due is not None else (None, None)
    old, new = (_last_day(day, register) if day else None for day in days)
    return {"old_due_on": old, "new_due_on": new, "reason": printed(complaint.text("extension_reason"))}


def _pause(register: Register, complaint: Complaint) -> dict[str, str | None]:
    """Return the pause that runs: why, since when, from when the term goes on, and when the complainant agreed."""
    pause = complaint.running_pause
    if pause is None:
        return dict.fromkeys(("reason", "from_on", "resumes_on", "consent_on"))
    resumes = pause.until + timedelta(days=1) if pause.until else None
    days = {"from_on": pause.start, "resumes_on": resumes, "consent_on": pause.consent_on}
    shown = {name: day_in_words(day, register.texts) if day else None for name, day in days.items()}
    return {"reason": printed(pause.reason), **shown}


def _measures(register: Register, complaint: Complaint) -> list[dict[str, Any]]:
    measure = complaint.measure
    if measure is None:
        return []
    fields = register.definition.tables["measures"].by_id
    wanted = ("description", "owner", "ready_by", "temporary", "done_on", "normal_from")
    shown = {
        f: letter_value(fields[f], measure.get(f), register.lookups, register.texts) if f in fields else None
        for f in wanted
    }
    normal = row_day(measure, "normal_from")
    return [{f: str(value) if value is not None else None for f, value in shown.items()}
            | {"is_normal": normal is not None and normal <= register.on}]  # fmt: skip


def _joined(register: Register, complaint: Complaint) -> dict[str, str | None]:
    """Return under which number a complaint that was joined to another goes on, and the day of its answer."""
    other = complaint.joined_to(register.complaints)
    if other is None:
        return {"number": None, "due_on": None}
    return {"number": other.number, "due_on": _to_come(other, register)}


def _to_come(complaint: Complaint, register: Register) -> str | None:
    """Return the day that an open complaint is answered by, while it is not past."""
    due = complaint.due_on
    is_to_come = due is not None and due >= register.on and complaint.state.is_open
    return _last_day(due, register) if due is not None and is_to_come else None


def _last_days(register: Register, complaint: Complaint) -> dict[str, str]:
    """Return the day to answer by as letters tell it, under each of its names."""
    field, due = register.definition.role("due_on"), complaint.day("due_on")
    return dict.fromkeys((field.id, field.name), _last_day(due, register)) if field and due else {}


def _last_day(day: date, register: Register) -> str:
    """Return a last day as people count on it: where it is no working day, the last one before it that is to come.

    The register keeps the day of the term itself beside it.
    """
    told = day
    while not register.calendar.is_working_day(told):
        told -= timedelta(days=1)
    is_past = told < register.on <= day
    return day_in_words(day if is_past else told, register.texts)


def _reopening_window(profile: Profile, texts: Texts) -> str | None:
    """Return in what time somebody can ask for another look; where the law has its way on, this is no step of it."""
    days = profile.reopen_window_days
    if profile.name in WRITTEN_BY_LAW or not days:
        return None
    return (Span(days // 7, "weeks") if days % 7 == 0 else Span(days, "days")).show(texts)


def _employee(register: Register, complaint: Complaint) -> dict[str, Any]:
    """Return whom the complaint is about, at the office's address, and which of their letters go or went there."""
    name, told = printed(complaint.label("employee")), register.settings.organisation
    place = "  ".join(part for part in (printed(told.get("postcode")), printed(told.get("city"))) if part)
    lines = [name, printed(told.get("name")), printed(told.get("address")), place]
    letters = _that_come(register, complaint, "employee_notice", "extension_employee") if name is not None else set()
    return {
        "name": name,
        "salutation": greeting(read_name(name or "", register.texts.language), "", register.texts),
        "lines": [line for line in lines if line],
        "is_told": "employee_notice" in letters,
        "hears_extension": "extension_employee" in letters,
        "has_copy": complaint.text("channel") in _ON_PAPER,
    }


def _that_come(register: Register, complaint: Complaint, *kinds: str) -> set[str]:
    """Return which letters were made or sent for the present phase, or are made today: not those that are held back."""
    due = {each.kind for each in agenda(register, number=complaint.number).due}
    return {kind for kind in kinds if kind in due or complaint.was_written(kind)}


def _body(register: Register, body: str) -> dict[str, str | bool | None] | None:
    told = register.settings.external.get(body, {})
    shown: dict[str, str | bool | None] = {}
    for part in _BODIES[body]:
        value = told.get(part)
        shown[part] = value if isinstance(value, bool) else printed(value)
    return shown if told.get("name") else None
