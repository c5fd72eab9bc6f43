"""Makes the draft of an answer to a mail: in the same conversation, and known again when somebody answers it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from email.message import EmailMessage
from email.policy import SMTP

from registerkit.files import seen
from registerkit.setting_kinds import is_address

__all__ = ["bare_subject", "number_in", "reply_draft", "thread_id"]

_HOST = "registerkit.invalid"
_OURS = re.compile(rf"<(?P<number>[^<>@\s]+)\.(?P<mark>[0-9a-f]{{16}})@{re.escape(_HOST)}>")
_PREFIX = re.compile(r"^(?:\s*(?:re|fwd?|antw|doorst|doorgestuurd|wg|aw)\s*:)+\s*", re.IGNORECASE)


def thread_id(number: str, register_id: str) -> str:
    """Return the name that an answer about a complaint has among messages; another register's is another."""
    plain = re.sub(r"[^\w.-]", "_", number, flags=re.ASCII)
    return f"<{plain}.{_mark(plain, register_id)}@{_HOST}>"


def number_in(told: str, register_id: str, numbers: Iterable[str]) -> str | None:
    """Return the complaint that a name among messages was made for, when this register made it."""
    if not (match := _OURS.fullmatch(told)) or match["mark"] != _mark(match["number"], register_id):
        return None
    return next((number for number in numbers if thread_id(number, register_id) == told), None)


def _mark(plain: str, register_id: str) -> str:
    return hashlib.sha256(f"{register_id} {plain}".encode()).hexdigest()[:16]


def bare_subject(subject: str) -> str:
    """Return what a message is about, without the words for an answer to it or for passing it on."""
    return _PREFIX.sub("", subject)


def reply_draft(
    text: str, *, to: str, subject: str, number: str, answers: str, sender: str | None, own_id: str, on: date
) -> bytes:
    """Return an answer that a mail program opens ready to send; `answers` is the name of the message it answers."""
    message = EmailMessage(policy=SMTP)
    about = bare_subject(subject)
    message["Subject"] = seen(f"Re: {about}" if number in about else f"Re: {about} [{number}]")
    if sender and is_address(sender):
        message["From"] = sender
    if is_address(to):
        message["To"] = to
    message["Date"] = datetime.combine(on, time(8), UTC)  # The same run gives the same file.
    message["Message-ID"] = own_id
    if answers:
        message["In-Reply-To"] = answers
        message["References"] = answers
    message["X-Unsent"] = "1"  # Outlook opens it as a draft.
    message.set_content(text.rstrip("\n") + "\n")
    return message.as_bytes()
