"""Turns a draft into the message that is sent: from whom, when, and by a name that the same message always has."""

from __future__ import annotations

import hashlib
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, getaddresses

__all__ = ["outgoing", "recipients"]

_DRAFT_ONLY = ("X-Unsent", "Date", "From", "Message-ID")


def recipients(draft: bytes) -> list[str]:
    """Return the addresses that a draft goes to."""
    return [address for _, address in getaddresses(_read(draft).get_all("To", [])) if address]


def outgoing(draft: bytes, key: str, sender: str, at: datetime) -> bytes:
    """Return a draft as it is sent; `key` is what it is known by, so that a second copy shows itself as one."""
    message = _read(draft)
    for head in _DRAFT_ONLY:
        del message[head]
    name = hashlib.sha256(key.encode()).hexdigest()[:32]
    message["From"] = sender
    message["Date"] = format_datetime(at)
    message["Message-ID"] = f"<{name}@{sender.rpartition('@')[2]}>"
    # A server need not take more than plain letters and lines that are not too long.
    return message.as_bytes(policy=SMTP.clone(cte_type="7bit"))


def _read(draft: bytes) -> EmailMessage:
    return message_from_bytes(draft, policy=SMTP)
