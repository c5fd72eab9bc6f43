"""What an e-mail is: who wrote when about what, what is new in it, and what came along. Nothing in it is run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

__all__ = ["Attachment", "Automatic", "Line", "Message", "Sender"]

Automatic = Literal["reply", "failure", "receipt", "list"]
"""What no person wrote to the office: a reply of a machine, an undelivered message, a receipt, a mailing."""


@dataclass(frozen=True)
class Line:
    """One line of a message, with what its program says of it."""

    text: str
    depth: int = 0
    """How many times it was quoted."""
    is_lead: bool = False
    """Whether it was marked as what says whose words follow."""
    is_signature: bool = False
    is_coloured: bool = False
    """Whether it stands in a bright colour, as people answer between the lines of somebody else."""


@dataclass(frozen=True)
class Sender:
    """A name as its program shows it, empty when there is none, and an address in small letters."""

    name: str
    address: str


@dataclass(frozen=True)
class Attachment:
    """A file that came along; its name can stand in any folder."""

    name: str
    data: bytes
    kind: str
    is_program: bool = False
    """Whether opening it would run something."""


@dataclass(frozen=True)
class Message:
    """A message as read; what is not known is empty."""

    sender: Sender
    subject: str
    sent: datetime | None
    """With its time zone, where the message says one."""
    text: str
    """What is new in it: not what it quotes, nor who signed it."""
    quoted: str = ""
    signature: str = ""
    reply_to: Sender | None = None
    message_id: str = ""
    references: Sequence[str] = ()
    """The messages that it answers, the nearest one last."""
    attachments: Sequence[Attachment] = ()
    signed_by: str = ""
    """The name below it, where it ends as a letter does."""
    phone: str = ""
    """The one telephone number below it."""
    automatic: Automatic | None = None
    recipients: Sequence[str] = ()
    """The addresses that it went to, in small letters."""
    forwarded: Message | None = None
    """What somebody passed on, as its writer sent it, where that is told."""
    note: str = ""
    """What who passed it on wrote himself."""
    unreadable: frozenset[str] = frozenset()
    """What could not be read of it: `encrypted`, `winmail`, `rich` or `damaged`."""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it to go by."""
        return not (self.text or self.quoted or self.subject or self.attachments)
