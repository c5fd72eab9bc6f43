"""Opens a message in a file, of whatever program; says what to do with one that cannot be read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from registerkit.errors import DamagedFileError, EmptyFileError, EncryptedFileError, UnsupportedFileError
from registerkit.messages.message import Message
from registerkit.messages.outlook import open_outlook
from registerkit.messages.parse import parse_message

__all__ = ["MAIL", "open_message"]

MAIL = (".eml", ".msg")
_LARGEST = 100 << 20
"""More than any mail server takes."""


def open_message(path: Path) -> Message:
    """Read a message; raises a `FileError` when there is nothing in it to go by."""
    size = path.stat().st_size
    if not size:
        raise EmptyFileError(path)
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
