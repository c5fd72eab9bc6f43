"""Opens a message in a file, of whatever program; says what to do with one that cannot be read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from pathlib import Path

from registerkit.errors import DamagedFileError, EmptyFileError, EncryptedFileError, UnsupportedFileError
from registerkit.messages.message import Message
from registerkit.messages.outlook import open_outlook
from registerkit.messages.parse import parse_message, sent_of

__all__ = ["MAIL", "in_order", "open_message"]

MAIL = (".eml", ".msg")
_LARGEST = 100 << 20
"""More than any mail server takes."""


def open_message(path: Path) -> Message:
    """Read a message; raises a `FileError` when there is nothing in it to go by."""
    size = path.stat().st_size
    if not size:
        raise EmptyFileError(path, reason="email")
    if size > _LARGEST:
        raise UnsupportedFileError(path, reason="email_large")
    try:
        message = open_outlook(path) if path.suffix.lower() == ".msg" else parse_message(path.read_bytes())
    except OSError:
        if path.suffix.lower() != ".msg":
            raise
        raise DamagedFileError(path, reason="email", problem="") from None  # No Outlook file, whatever its name says.
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError, AssertionError) as error:
        raise DamagedFileError(path, reason="email", problem=str(error)) from error
    if message.is_empty or (message.unreadable and not message.text):
        if "encrypted" in message.unreadable or "signed" in message.unreadable:
            raise EncryptedFileError(path, reason="email")
        if "winmail" in message.unreadable:
            raise UnsupportedFileError(path, reason="winmail")
    return replace(message, unreadable=message.unreadable - {"signed"} if message.text else message.unreadable)


def in_order(paths: Iterable[Path]) -> list[Path]:
    """Return files with the mails among them last, as they were sent: an answer comes after what it answers."""
    moments = {path: _sent(path) if path.suffix.lower() in MAIL else (0, 0.0) for path in paths}
    return sorted(moments, key=lambda path: (moments[path], path))


def _sent(path: Path) -> tuple[int, float]:
    try:
        with path.open("rb") as file:
            head = BytesParser(policy=default).parse(file, headersonly=True) if path.suffix.lower() == ".eml" else None
        sent = sent_of(head) if isinstance(head, EmailMessage) else None
        return (1, sent.timestamp()) if sent else (2, 0.0)
    except (OSError, ValueError, LookupError, TypeError, RecursionError, OverflowError):
        return 2, 0.0
