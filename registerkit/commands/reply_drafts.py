"""Makes of letters to people who wrote by e-mail the draft of an answer, which lies beside the letter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from registerkit.commands.pdf_letters import ReadyFile
from registerkit.mail import reply_draft, thread_id
from registerkit.register import Complaint, Register
from registerkit.session.session import Session
from registerkit.store.mails import StoredMail, known_mails

if TYPE_CHECKING:
    from registerkit.word.plain import Paragraph

__all__ = ["reply_drafts"]

_ANSWERED = frozenset({"acknowledgement", "information_request"})
"""The kinds of letters that answer a mail."""
_HEAD = frozenset({"Letterhead", "Address", "ReferenceFirst", "Reference"})
"""What stands above a letter on paper, and not in a mail."""
_END = "Closing"
_OFFICE = "kantoor"


def reply_drafts(
    session: Session, register: Register, ready: Iterable[ReadyFile], greetings: Mapping[Path, str]
) -> dict[Path, bytes]:
    """Return the drafts by their place; `greetings` tells with which words each letter begins."""
    wanted = [file for file in ready if file.letter.kind in _ANSWERED]
    first = {mail.complaint: mail for mail in reversed(known_mails(session.store)) if mail.is_first} if wanted else {}
    return {
        file.target.with_suffix(".eml"): _draft(session, register, file, first[file.letter.number], greetings)
        for file in wanted
        if _goes_by_mail(register.complaints[file.letter.number], first.get(file.letter.number))
    }


def _goes_by_mail(complaint: Complaint, mail: StoredMail | None) -> bool:
    """Tell whether a mail is answered by one; a public body asks first whether that is all right (Awb art. 2:14)."""
    allowed = complaint.flag("email_allowed")
    return (
        mail is not None
        and bool(mail.address)
        and (allowed is True or (allowed is None and complaint.profile.name != "awb"))
    )


def _draft(
    session: Session, register: Register, file: ReadyFile, mail: StoredMail, greetings: Mapping[Path, str]
) -> bytes:
    from registerkit.word.plain import paragraphs_of  # Only who answers a mail needs it; every sync loads this module.

    number = file.letter.number
    paragraphs = list(paragraphs_of(file.data))
    asked = list(_asked(register, register.complaints[number]))
    return reply_draft(
        _text(paragraphs, greetings.get(file.target, ""), asked, session.texts("letters.reply.asks")),
        to=mail.address,
        subject=mail.subject,
        number=number,
        answers=mail.message_id,
        sender=session.settings.organisation.get("email"),
        own_id=thread_id(number, session.store.register_id()),
        on=session.on,
    )


def _asked(register: Register, complaint: Complaint) -> Iterator[str]:
    """Return the questions of the form about what a complaint cannot do without and a mail did not say."""
    for field in register.definition.main.needed:
        held = complaint.record.get(field.id)
        is_address = field.id == "name" and held == complaint.record.get("email")
        if field.form and field.form != _OFFICE and (held is None or is_address):
            yield field.asked(register.texts.language)


def _text(paragraphs: list[Paragraph], greeting: str, asked: list[str], intro: str) -> str:
    """Return a letter as a mail says it: from the greeting on, with what is asked before it ends."""
    start = next((n for n, p in enumerate(paragraphs) if greeting and p.text == greeting), None)
    body = paragraphs[start:] if start is not None else [p for p in paragraphs if p.style not in _HEAD]
    end = next((n for n, p in enumerate(body) if p.style == _END), len(body))
    said = [f"> {p.text}".replace("\n", "\n> ") if p.style == "Quote" else p.text for p in body]
    questions = ["\n".join([intro, *(f"- {each}" for each in asked)])] if asked else []
    return "\n\n".join(text for text in (*said[:end], *questions, *said[end:]) if text)
