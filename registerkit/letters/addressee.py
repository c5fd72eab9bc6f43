"""Whom a letter goes to: how it greets them, their address, and for whom they complain."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from registerkit.letters.names import Name, read_name
from registerkit.letters.representation import concerned, lacks_authorisation, representative
from registerkit.letters.words import clean
from registerkit.register import Complaint, Register, is_abroad
from registerkit.texts import Texts

__all__ = ["complainant_words", "greeting", "printed"]

_NO_TITLE = "geen"
"""The salutation of who wants none."""
_POSTCODE = re.compile(r"(\d{4})\s?([A-Z]{2})\s+")


def printed(value: Any) -> str | None:
    """Return a value as text for a letter; None when there is nothing to read."""
    return clean(str(value)) if value else None


def complainant_words(register: Register, complaint: Complaint) -> dict[str, Any]:
    """Return the address and the salutation of who gets the letters, and for whom that is when it is another."""
    record, language = complaint.record, register.texts.language
    acts, other = representative(complaint), concerned(complaint)
    typed = printed(acts or record.get("name")) or ""
    name = read_name(typed, language)
    # How somebody is addressed was chosen of the complainant.
    title = _title(name, None if acts else record.get("salutation"), register)
    own = other is not None and other == complaint.text("name")
    return {
        "salutation": greeting(name, title, register.texts),
        "lines": [line for line in _lines(register, complaint, name, title) if line] or [typed],
        "noun": register.settings.word,
        "acts_for": _named(other, record.get("salutation") if own else None, register) if other else None,
        "lacks_authorisation": lacks_authorisation(complaint),
    }


def _lines(register: Register, complaint: Complaint, name: Name, title: str) -> Iterator[str | None]:
    record, texts = complaint.record, register.texts
    word = f"letters.title.{title}"
    shown = texts(word) if word in texts else "" if title == _NO_TITLE else title
    addressed, own = f"{shown} {name.full}".strip(), printed(record.get("representative_address"))
    if own and representative(complaint):
        yield addressed
        yield from (_POSTCODE.sub(r"\1 \2  ", part.strip()) for part in re.split(r"[\n,]", own))
        return
    country = printed(record.get("country"))
    yield printed(record.get("organisation"))
    yield addressed
    yield printed(record.get("address"))
    yield "  ".join(part for part in (printed(record.get("postcode")), printed(record.get("city"))) if part)
    yield country.upper() if country and is_abroad(country) else None


def _named(typed: str, salutation: object, register: Register) -> str:
    """Return how a sentence names somebody: mevrouw A. Bos."""
    texts = register.texts
    name = read_name(clean(typed), texts.language)
    title = _title(name, salutation, register)
    if f"letters.named.{title}" in texts:
        return texts(f"letters.named.{title}", name=name.full)
    return name.full if title in ("", _NO_TITLE) else f"{_in_text(title, texts)} {name.full}"


def _title(name: Name, salutation: object, register: Register) -> str:
    """Return what somebody is addressed by: as chosen in the register, else as it stands before the name.

    An entry that the office added to the list is its own title; `geen` is none at all.
    """
    if salutation is None:
        return name.title or ""
    code = str(salutation)
    if code in ("heer", "mevrouw", _NO_TITLE):
        return code
    label = register.lookups.label("salutation", code) or code
    return label[:1].upper() + label[1:]


def greeting(name: Name, title: str, texts: Texts) -> str:
    """Return how a letter greets somebody; where no title is known English has the whole name."""
    if f"letters.dear.{title}" in texts:
        return texts(f"letters.dear.{title}", name=name.full if title == _NO_TITLE else name.surname)
    if title:
        return texts("letters.dear.titled", title=_in_text(title, texts), name=name.surname)
    return texts("letters.dear.unknown", name=name.surname if texts.language == "nl" else name.full)


def _in_text(title: str, texts: Texts) -> str:
    return title if texts.language == "en" else title[:1].lower() + title[1:]
