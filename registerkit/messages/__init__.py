"""E-mail messages as people save them: who wrote, what is new in it, and what came along."""

from registerkit.messages.message import Attachment, Automatic, Message, Sender
from registerkit.messages.open import MAIL, in_order, open_message
from registerkit.messages.parse import parse_message
from registerkit.messages.phrases import FORWARD_SUBJECT

__all__ = [
    "FORWARD_SUBJECT",
    "MAIL",
    "Attachment",
    "Automatic",
    "Message",
    "Sender",
    "in_order",
    "open_message",
    "parse_message",
]
