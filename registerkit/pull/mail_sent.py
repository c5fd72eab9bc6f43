"""Says of a mail who wrote it first and on which day, also when colleagues passed it on before it came here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from registerkit.mail import bare_subject
from registerkit.messages import Message
from registerkit.texts import Texts

__all__ = ["Incoming", "day_of", "incoming"]

Doubt = Literal["none", "future", "forwarded"]


@dataclass(frozen=True)
class Incoming:
    """A mail as its writer sent it."""

    message: Message
    day: date
    """The day on which it was sent, in the office's own time; never one that is still to come."""
    doubt: Doubt | None = None
    """Why that day is not what the mail says."""
    notes: tuple[str, ...] = ()
    """What colleagues wrote when they passed it on: not the writer's words, and not meant for him."""


def incoming(message: Message, is_colleague: Callable[[str], bool], on: date, texts: Texts) -> Incoming:
    """Return a mail as who wrote it first sent it, with what colleagues wrote when they passed it on."""
    notes = list[str]()
    doubt: Doubt | None = None
    while message.forwarded is not None and is_colleague(message.sender.address):
        if message.note:
            who = message.sender.name or message.sender.address
            notes.append(texts("mail.note", who=who, note=message.note))
        first, own, told = message.forwarded, day_of(message.sent), day_of(message.forwarded.sent)
        is_known = told is not None and told <= (own or on)
        doubt = None if is_known else "forwarded"
        message = replace(
            first,
            subject=bare_subject(message.subject),
            sent=first.sent if is_known else message.sent,
            attachments=(*message.attachments, *first.attachments),
            message_id=first.message_id or message.message_id,
            references=(*first.references, *message.references),
            unreadable=message.unreadable | first.unreadable,
        )
    day = day_of(message.sent)
    if day is None or day > on:
        return Incoming(message, on, "none" if day is None else "future", tuple(notes))
    return Incoming(message, day, doubt, tuple(notes))


def day_of(moment: datetime | None) -> date | None:
    """Return the day of a moment in the office's own time; None for one that cannot be told."""
    try:
        return moment.astimezone().date() if moment else None
    except (OverflowError, ValueError, OSError):
        return None
