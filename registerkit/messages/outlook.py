"""Reads a message as Outlook for Windows saves it (`.msg`)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

from registerkit.messages.message import Message
from registerkit.messages.parse import parse_message

__all__ = ["as_mail", "open_outlook"]


def open_outlook(path: Path) -> Message:
    """Read a message; raises a `ValueError` or `OSError` of whatever kind for what is none."""
    from oxmsg import Message as OutlookMessage  # Loads slowly, and few messages come so.

    saved = OutlookMessage.load(str(path))
    message = parse_message(as_mail(saved).as_bytes())
    is_rich = not (saved.body or saved.html_body)
    return replace(message, unreadable=message.unreadable | {"rich"}) if is_rich else message


def as_mail(saved: Any) -> EmailMessage:
    """Return it as it went over the line, so that all messages are read in one way."""
    mail = EmailMessage(policy=default.clone(raise_on_defect=False))
    heads = saved.message_headers or {}
    for name in (
        "From",
        "To",
        "Date",
        "Message-ID",
        "In-Reply-To",
        "References",
        "Reply-To",
        "Auto-Submitted",
        "List-Id",
    ):
        said = next((value for key, value in heads.items() if key.casefold() == name.casefold()), None)
        if said:
            mail[name] = " ".join(str(said).split())
    if "From" not in mail and (sender := saved.sender):
        mail["From"] = " ".join(str(sender).split())
    mail["Subject"] = " ".join(str(saved.subject or "").split())
    if "Date" not in mail and (sent := saved.sent_date):
        mail["Date"] = sent if sent.tzinfo else sent.replace(tzinfo=UTC)
    if body := saved.body:
        mail.set_content(body)
    if page := saved.html_body:
        mail.add_alternative(page, subtype="html") if body else mail.set_content(page, subtype="html")
    for each in saved.attachments:
        if each.attached_by_value and each.file_bytes:
            main, _, sub = (each.mime_type or "application/octet-stream").partition("/")
            main, sub = (
                (main, sub) if main not in ("text", "message", "multipart") and sub else ("application", "octet-stream")
            )
            mail.add_attachment(each.file_bytes, main, sub, filename=each.file_name or "bijlage")
    return mail
