"""Writes the reminders of a day: drafts per person and one list to print."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from registerkit.commands.alerts import alert_mails
from registerkit.commands.send import Mail, SentMails, send_mails
from registerkit.documents import put_output
from registerkit.files import file_in, seen, write_when_changed
from registerkit.mail import mail_setting
from registerkit.privacy import past_term
from registerkit.pull.alert import alert_folder
from registerkit.reminders import (
    Digests,
    calendar_file,
    colleague_texts,
    digest_message,
    make_digests,
    reminder_list,
)
from registerkit.session.session import Session, week_folder
from registerkit.texts import Texts
from registerkit.theme import theme_of

__all__ = ["RemindersResult", "make_reminders", "send_reminders"]


@dataclass(frozen=True)
class RemindersResult:
    """The digests of one day and the files they were written to."""

    digests: Digests
    files: tuple[str, ...]
    mails: tuple[Mail, ...] = ()
    """What can be sent: the digests and the signals."""
    sent: SentMails | None = None
    """What came of sending, where that was asked for."""
    past_term: int = 0
    """How many complaints are past their retention term."""

    @property
    def needs_person(self) -> bool:
        """Whether somebody has to look: a message could not be sent."""
        return self.sent is not None and self.sent.needs_person

    def as_json(self) -> dict[str, Any]:
        """Return the contract's reminders document; `mails` only where sending was asked for."""
        coordinator = self.digests.coordinator
        sent = {} if self.sent is None else {"mails": self.sent.as_json()}
        return sent | {
            "handlers": [digest.as_json() for digest in self.digests.handlers],
            "managers": [digest.as_json() for digest in self.digests.managers],
            "coordinator": coordinator.as_json() if coordinator is not None else None,
            "answered": self.digests.told(lambda digest: (item.number for item in digest.answered)),
            "waiting": [vars(each) for each in self.digests.told(lambda digest: digest.waiting)],
            "alerts": self.digests.told(lambda digest: (item.number for item in digest.alerts)),
            "remarks": self.digests.told(lambda digest: digest.remarks),
            "files": list(self.files),
        }


def make_reminders(session: Session, *, send: bool = False, dry_run: bool = False) -> RemindersResult:
    """Write the digests into the week's folder; drafts of an earlier run of this week that no longer hold go.

    With `send` the drafts go out as mail: raises `MailError` when no server is set. A trial writes and sends nothing.
    """
    if send:
        mail_setting(session.settings)
    register = session.register()
    if not register.has_terms:
        return RemindersResult(Digests((), (), None), ())
    texts, settings, past = session.texts, session.settings, past_term(register)
    digests = make_digests(register, [texts("privacy.past_term", n=len(past))] if past else ())
    theme, sender = theme_of(settings.theme), settings.organisation.get("email")
    folder = week_folder(session) / texts("reminders.file.folder")
    domain = (sender or "").rpartition("@")[2] or "registerkit"
    calendars = {code: calendar_file(told, texts, session.on, domain) for code, told in digests.calendars.items()}
    mails: dict[Path, Mail] = {}
    spoken = colleague_texts(texts, settings)
    for digest in filter(None, digests.everyone):
        place = _place(mails, folder, digest.role, digest.name, digest.code, ".eml", texts)
        calendar = calendars.get(digest.code) if digest.role == "handler" else None
        data = digest_message(digest, spoken, session.on, sender, theme, calendar)
        mails[place] = Mail(f"{digest.role} {digest.code}", session.relative(place), data)
    agendas: dict[Path, bytes] = {}
    for code, data in calendars.items():
        name = seen(register.lookups.person_name(code) or "") or code
        agendas[_place(agendas, folder, "calendar", name, code, ".ics", texts)] = data
    paper = folder / f"{texts('reminders.file.list')}.docx"
    papers = {**agendas, paper: reminder_list(digests, texts, session.on, settings.name, theme)}
    alerts = dict(alert_mails(session, register))
    if not dry_run:
        _write(session, folder, {path: mail.data for path, mail in (mails | alerts).items()} | papers)
    files = tuple(session.relative(path) for path in (*mails, *papers, *alerts))
    made = RemindersResult(digests, files, (*mails.values(), *alerts.values()), past_term=len(past))
    return send_reminders(session, made, dry_run=dry_run) if send else made


def send_reminders(session: Session, made: RemindersResult, *, dry_run: bool = False) -> RemindersResult:
    """Send the drafts that were made, each once a day."""
    return replace(made, sent=send_mails(session, made.mails, dry_run=dry_run))


def _write(session: Session, folder: Path, files: Mapping[Path, bytes]) -> None:
    """Write the files of a run, and take away those of an earlier one that no longer hold."""
    for path, content in files.items():
        if path.suffix == ".docx":
            put_output(path, content, session.texts)
        else:
            write_when_changed(path, content)
    for stale in (*folder.glob("*.eml"), *folder.glob("*.ics"), *alert_folder(session).glob("*.eml")):
        if stale not in files:
            stale.unlink()


def _place(files: Collection[Path], folder: Path, kind: str, name: str, code: str, suffix: str, texts: Texts) -> Path:
    """Return where a file of somebody goes; of two people with one name the second has the code behind it."""
    taken = {path.name.casefold() for path in files}
    called = texts(f"reminders.file.{kind}", name=name)
    path = file_in(folder, called, suffix)
    if path.name.casefold() not in taken:
        return path
    return file_in(folder, f"{code} {called}", suffix, lambda other: other.name.casefold() in taken)
