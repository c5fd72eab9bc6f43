"""The signals about very serious complaints that nobody took up yet, and sending those that are new at once."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from registerkit.commands.send import Mail, send_mails
from registerkit.errors import MailError
from registerkit.findings import Finding
from registerkit.pull.alert import alert_draft
from registerkit.register import Register
from registerkit.session.session import Session

__all__ = ["alert_mails", "send_alerts"]


def alert_mails(session: Session, register: Register) -> Iterator[tuple[Path, Mail]]:
    """Return the signals that hold now, each with its place."""
    staff = {code: dict(row) for code, row in register.table("staff").items()}
    for number, complaint in register.complaints.items():
        if complaint.awaits_attention:
            path, data = alert_draft(session, number, dict(complaint.record), staff, register.lookups)
            yield path, Mail(f"alert {number}", session.relative(path), data)


def send_alerts(session: Session, numbers: Collection[str]) -> list[Finding]:
    """Send the signals about these complaints where the office has mail sent for it; tells of what did not go out."""
    if not numbers or not session.settings.mail.get("send"):
        return []
    wanted = {f"alert {number}" for number in numbers}
    mails = [mail for _, mail in alert_mails(session, session.register()) if mail.key in wanted]
    try:
        result = send_mails(session, mails)
    except MailError as error:
        return [_not_sent(mail, error.message(session.texts)) for mail in mails]
    failed = result.error.message(session.texts) if result.error is not None else ""
    return [
        _not_sent(u.mail, failed or session.texts(f"cli.mail.{u.reason}", file=u.mail.file, to=u.mail.to, code=u.code))
        for u in result.unsent
        if u.reason != "before"
    ]


def _not_sent(mail: Mail, problem: str) -> Finding:
    number = mail.key.partition(" ")[2]
    return Finding("alert_not_sent", "error", value=number, context={"file": mail.file, "problem": problem})
