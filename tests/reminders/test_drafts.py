"""Whatever a name or an address holds, a draft has the heads that it should have and no other."""

from __future__ import annotations

from datetime import date
from email import message_from_bytes
from email.message import Message
from typing import Any

import pytest

from registerkit.reminders.digest import Digest, Task
from registerkit.reminders.messages import alert_message, digest_message
from registerkit.texts import load_texts

ON = date(2026, 11, 20)
HEADS = {"Subject", "From", "To", "Date", "X-Unsent", "MIME-Version", "Content-Type"}
WRONG = [
    "a@x.example\nBcc: e@x.example",
    "a@x.example, e@x.example",
    "josé@x.example",
    '"><script>',
    "a@x.example; Bcc",
    "",
]


def draft(sender: str | None = "k@x.example", **told: Any) -> Message:
    task = Task("K-2026-0001", "<script>\nnazorg", date(2026, 11, 19), "", late=True)
    values = {"code": "BJ", "name": "Bo Jonker", "email": "bo@x.example", "role": "handler", **told}
    digest = Digest(overdue=(), due_soon=(), tasks=(task,), **values)
    return message_from_bytes(digest_message(digest, load_texts("nl"), ON, sender))


@pytest.mark.parametrize("email", WRONG)
def test_only_an_address_stands_in_a_head(email: str) -> None:
    for message in (draft(email=email), draft(sender=email), draft(copies=(email,))):
        assert set(message.keys()) <= HEADS
        assert "e@x.example" not in str([value for _, value in message.items()])
    data = alert_message(
        "K-1\nBcc: e@x.example", [("Naam", "<b>")], [email, "bo@x.example"], load_texts("nl"), ON, email
    )
    alert = message_from_bytes(data)
    assert (alert["To"], alert["Bcc"], alert["From"]) == ("bo@x.example", None, None)


@pytest.mark.parametrize(
    "name", ["Bo\nBcc: e@x.example", "\u202egpj.exe", " ", "<script>alert(1)</script>", "🚲" * 300]
)
def test_a_name_is_words_in_a_draft(name: str) -> None:
    message = draft(name=name)
    assert set(message.keys()) <= HEADS
    parts = [part.get_payload(decode=True) for part in message.walk() if not part.is_multipart()]
    assert b"<script" not in parts[1]  # type: ignore[operator]
