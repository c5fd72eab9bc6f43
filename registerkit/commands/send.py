"""Sends what was made for people: each message once a day, also when a run breaks off and the next one goes on."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from registerkit.errors import MailError
from registerkit.mail import MailServer, MailSetting, Refused, Unknown, mail_setting, outgoing, recipients
from registerkit.session.session import Session
from registerkit.store.codec import json_object
from registerkit.texts import Texts

__all__ = ["Mail", "SentMails", "Unsent", "send_mails"]

_LOG = "mails"
"""Under what name the store keeps what was sent."""
_KEPT = timedelta(days=62)
_BEGUN, _SENT = "begun", "sent"


@dataclass(frozen=True)
class Mail:
    """A draft that can be sent; `key` is what it is known by on a day."""

    key: str
    file: str
    data: bytes

    @property
    def to(self) -> str:
        """Whom it goes to."""
        return ", ".join(recipients(self.data))


@dataclass(frozen=True)
class Unsent:
    """A draft that did not go out; `reason` is `no_address`, `before`, `refused`, `unknown` or `failed`."""

    mail: Mail
    reason: str
    code: int | None = None
    """What the server said, as a number."""


@dataclass
class SentMails:
    """What came of sending."""

    texts: Texts
    is_trial: bool = False
    sent: list[Mail] = field(default_factory=list)
    """What went out (or, in a trial, would)."""
    unsent: list[Unsent] = field(default_factory=list)
    error: MailError | None = None
    """Why the server could not be used."""

    @property
    def needs_person(self) -> bool:
        """Whether somebody has to look: not when a message went out before."""
        return self.error is not None or any(each.reason != "before" for each in self.unsent)

    def as_json(self) -> dict[str, Any]:
        """Return what a document shows of it."""
        return {
            "sent": [{"file": mail.file, "to": mail.to} for mail in self.sent],
            "unsent": [{"file": u.mail.file, "to": u.mail.to, "reason": u.reason, "code": u.code} for u in self.unsent],
            "error": self.error.as_json(self.texts) if self.error is not None else None,
        }


def send_mails(session: Session, mails: Iterable[Mail], *, dry_run: bool = False) -> SentMails:
    """Send drafts that were not sent on this day; a server that cannot be used is told, and the drafts stay.

    Raises `MailError` when no server is set. A trial asks no server.
    """
    setting, log = mail_setting(session.settings), _Log(session)
    result = SentMails(session.texts, dry_run)
    todo = []
    for mail in mails:
        if (reason := log.reason(mail)) is not None:
            result.unsent.append(Unsent(mail, reason))
        else:
            todo.append(mail)
    if dry_run:
        result.sent = todo
    elif todo:
        _send(session, setting, log, todo, result)
    return result


def _send(session: Session, setting: MailSetting, log: _Log, todo: list[Mail], result: SentMails) -> None:
    waiting = list(todo)
    try:
        with MailServer(setting) as server:
            while waiting:
                mail = waiting[0]
                message = outgoing(mail.data, f"{setting.sender}:{log.key(mail)}", setting.sender, session.at)
                log.note(mail, _BEGUN)
                try:
                    server.send(recipients(mail.data), message)
                except Unknown:
                    result.unsent.append(Unsent(waiting.pop(0), "unknown"))
                    raise MailError(setting.shown, reason="lost") from None
                except Refused as refusal:
                    log.note(mail, None)
                    result.unsent.append(Unsent(waiting.pop(0), "refused", refusal.code))
                    continue
                except MailError:
                    log.note(mail, None)
                    raise
                log.note(mail, _SENT)
                result.sent.append(waiting.pop(0))
    except MailError as error:
        result.error = error
        result.unsent += [Unsent(mail, "failed") for mail in waiting]


class _Log:
    """What was sent, in the store: noted before a message is handed over, and again when the server has it.

    A message that was begun and of which nobody knows how it ended is not sent again by itself: it is told.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: dict[str, str] = session.store.noted(_LOG, json_object) or {}

    def key(self, mail: Mail) -> str:
        """Return what a message is known by: the same on another day is another."""
        return f"{self._session.on.isoformat()} {mail.key}"

    def reason(self, mail: Mail) -> str | None:
        """Return why a message is not sent now, or None."""
        known = self._known.get(self.key(mail))
        if known is not None:
            return "before" if known == _SENT else "unknown"
        return None if mail.to else "no_address"

    def note(self, mail: Mail, state: str | None) -> None:
        """Note how it stands with a message; with None it was not sent after all."""
        self._known[self.key(mail)] = state or ""
        oldest = self._session.on - _KEPT
        self._known = {k: v for k, v in self._known.items() if v and date.fromisoformat(k[:10]) >= oldest}
        with self._session.store.transaction("registerkit", self._session.stamp_time, bookkeeping=True) as transaction:
            transaction.set_meta(_LOG, json.dumps(self._known, ensure_ascii=False))
