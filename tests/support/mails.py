"""Invented mails, saved as files."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

__all__ = ["save_mail"]


def save_mail(
    path: Path,
    text: str | None = "De lamp is stuk.",
    *,
    sender: str = "Sanne Verhoeven <s.verhoeven@mail.example>",
    subject: str = "Klacht",
    sent: str = "Tue, 03 Nov 2026 18:30:00 +0100",
    page: str | None = None,
    files: dict[str, bytes] | None = None,
    **heads: str,
) -> Path:
    """Save a mail in a file; `heads` are further lines of its head, with an underscore for a dash."""
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"], mail["Subject"], mail["Date"] = sender, "klachten@despaak.example", subject, sent
    for name, said in heads.items():
        mail[name.replace("_", "-")] = said
    if text is not None:
        mail.set_content(text)
    if page is not None and text is not None:
        mail.add_alternative(page, subtype="html")
    elif page is not None:
        mail.set_content(page, subtype="html")
    for name, data in (files or {}).items():
        mail.add_attachment(data, "application", "octet-stream", filename=name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(mail.as_bytes())
    return path
