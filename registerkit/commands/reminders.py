"""Writes the reminders of a day: drafts per person and one list to print."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from registerkit.definition import Lookups, Record
from registerkit.files import safe_name, write_when_changed
from registerkit.register import COORDINATOR, Staff, cell_value
from registerkit.reminders import Digest, Digests, alert_message, digest_message, make_digests, reminder_list
from registerkit.session.session import Session, week_folder
from registerkit.theme import theme_of

__all__ = ["RemindersResult", "alert_draft", "make_reminders"]

_ALERT_FIELDS = ("received_on", "category", "subject", "description", "handler", "department", "due_on")


@dataclass(frozen=True)
class RemindersResult:
    """The digests of one day and the files they were written to."""

    digests: Digests
    files: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Give the contract's reminders document."""
        coordinator = self.digests.coordinator
        return {
            "handlers": [digest.as_json() for digest in self.digests.handlers],
            "managers": [digest.as_json() for digest in self.digests.managers],
            "coordinator": coordinator.as_json() if coordinator is not None else None,
            "files": list(self.files),
        }


def make_reminders(session: Session) -> RemindersResult:
    """Write the digests into the week's folder; drafts of an earlier run of this week that no longer hold go."""
    register = session.register()
    if not register.has_terms:
        return RemindersResult(Digests((), (), None), ())
    digests, texts = make_digests(register), session.texts
    folder = week_folder(session) / texts("reminders.file.folder")
    sender = session.settings.organisation.get("email")
    files: dict[Path, bytes] = {}
    everyone = [*digests.handlers, *digests.managers, *([digests.coordinator] if digests.coordinator else [])]
    for digest in everyone:
        if digest:
            files[_free(files, folder, digest, session)] = digest_message(digest, texts, session.on, sender)
    name = f"{texts('reminders.file.list')}.docx"
    settings = session.settings
    files[folder / name] = reminder_list(digests, texts, session.on, settings.name, theme_of(settings.theme))
    for path, content in files.items():
        write_when_changed(path, content)
    for stale in folder.glob("*.eml"):
        if stale not in files:
            stale.unlink()
    return RemindersResult(digests, tuple(session.relative(path) for path in files))


def _free(files: dict[Path, bytes], folder: Path, digest: Digest, session: Session) -> Path:
    name = safe_name(session.texts(f"reminders.file.{digest.role}", name=digest.name))
    path = folder / f"{name}.eml"
    return folder / f"{name} {digest.code}.eml" if path in files else path


def alert_draft(
    session: Session, number: str, record: Record, staff: dict[str, Record], lookups: Lookups
) -> tuple[Path, bytes]:
    """Give the signal about a very serious complaint, for its managers and the coordinator, with its place."""
    main, texts = session.definition.main, session.texts
    told = []
    for field_id in _ALERT_FIELDS:
        if field := main.by_id.get(field_id):
            value = texts.show(cell_value(field, record.get(field_id), lookups)) if record.get(field_id) else ""
            told.append((field.labels[session.settings.language], str(value)))
    recipients = list(_recipients(session, record, staff))
    sender = session.settings.organisation.get("email")
    data = alert_message(number, told, recipients, texts, session.on, sender)
    folder = week_folder(session) / texts("reminders.file.alerts")
    return folder / f"{safe_name(texts('reminders.file.alert', number=number))}.eml", data


def _recipients(session: Session, record: Record, members: dict[str, Record]) -> Iterable[str]:
    staff = Staff(members, session.on)
    codes = {*staff.with_role(COORDINATOR), *staff.managers_of(record.get("department"))}
    for code in members:
        if code in codes and (email := staff.of(staff.worker(code)).get("email")):
            yield str(email)
