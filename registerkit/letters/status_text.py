"""Says to whoever complained how the complaint stands: in plain words, and with nothing of anybody else."""

from __future__ import annotations

from collections.abc import Iterator

from registerkit.letters.words import day_in_words
from registerkit.register import WRITTEN_BY_LAW, Complaint, Register
from registerkit.setting_kinds import is_address

__all__ = ["standing", "status_text"]

_BODIES = ("ombudsman", "officer", "committee")


def status_text(register: Register, complaint: Complaint) -> list[str]:
    """Return the sentences: received when, what happens now, by which day an answer, and where else to go."""
    if complaint.day("anonymised_on") is not None:
        return [register.texts("letters.status.wiped", number=complaint.number)]
    told = [*_received(register, complaint), standing(register, complaint), *_answer(register, complaint)]
    return [*told, *_elsewhere(register, complaint), *_contact(register)]


def _received(register: Register, complaint: Complaint) -> Iterator[str]:
    texts, received, reopened = register.texts, complaint.received_on, complaint.day("reopened_on")
    name = register.settings.name
    if received is not None:
        told = {"number": complaint.number, "day": day_in_words(received, texts), "organisation": name}
        yield texts("letters.status.received" if name else "letters.status.received_bare", **told)
    if reopened is not None:
        yield texts("letters.status.reopened_on", day=day_in_words(reopened, texts))


def standing(register: Register, complaint: Complaint) -> str:
    """Return what happens now with a complaint, in plain words."""
    texts, code = register.texts, complaint.state.code
    ended = complaint.day("answered_on") or complaint.day("solved_on") or complaint.day("closed_on")
    day = day_in_words(ended, texts) if ended else ""
    name = f"letters.status.state.{code}"
    dated = f"{name}_on"
    return texts(dated, day=day) if day and dated in texts else texts(name)


def _answer(register: Register, complaint: Complaint) -> Iterator[str]:
    """Tell by which day an answer comes, and by what that day was moved; nothing once none is owed."""
    texts, due, on = register.texts, complaint.due_on, register.on
    if (
        not complaint.state.is_open
        or not complaint.state.owes_answer
        or due is None
        or complaint.state.code == "external"
    ):
        return
    if complaint.is_extended:
        yield texts("letters.status.extended")
    pause = complaint.running_pause
    if pause is not None:
        yield texts("letters.status.paused_since", day=day_in_words(pause.start, texts))
        if pause.until is None:
            yield texts("letters.status.paused_open")
            return
    if complaint.deciding.answered:
        return
    late = due < on
    promised = complaint.day("promised_by")
    if late:
        yield texts("letters.status.late", day=day_in_words(due, texts))
    if late and promised is not None and promised >= on:
        yield texts("letters.status.promised", day=day_in_words(promised, texts))
    elif not late:
        yield texts("letters.status.by", day=day_in_words(due, texts))


def _elsewhere(register: Register, complaint: Complaint) -> Iterator[str]:
    """Tell where to go when the answer satisfies nobody or does not come, as far as the office named it."""
    late = complaint.due_on is not None and complaint.due_on < register.on
    ended = not complaint.state.is_open and complaint.state.code not in (
        "merged",
        "referred",
        "no_complaint",
        "withdrawn",
    )
    if not ended and not (late and complaint.state.is_open and complaint.profile.name in WRITTEN_BY_LAW):
        return
    for body in _BODIES:
        told = register.settings.external.get(body, {})
        if name := str(told.get("name") or "").strip():
            ways = (str(told.get(key) or "").strip() for key in ("website", "phone", "email", "address"))
            way = next((way for way in ways if way), "")
            shown = {"name": name, "way": way}
            yield register.texts(f"letters.status.{'elsewhere' if way else 'elsewhere_bare'}", **shown)


def _contact(register: Register) -> Iterator[str]:
    organisation = register.settings.organisation
    email = organisation.get("email") or ""
    ways = [organisation.get("phone") or "", email if is_address(email) else ""]
    if told := register.texts("letters.status.or").join(way for way in ways if way):
        yield register.texts("letters.status.contact", ways=told)
