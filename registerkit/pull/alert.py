"""The signal about a very serious complaint, written the moment it comes in."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from registerkit.definition import Lookups, Record
from registerkit.files import file_in
from registerkit.register import COORDINATOR, Staff, cell_value
from registerkit.reminders import alert_message, colleague_texts
from registerkit.session.session import Session, week_folder
from registerkit.theme import theme_of

__all__ = ["alert_draft", "alert_folder"]

_ALERT_FIELDS = (
    *("received_on", "name", "phone", "category", "subject", "description", "handler", "department", "due_on"),
)


def alert_draft(
    session: Session, number: str, record: Record, staff: dict[str, Record], lookups: Lookups
) -> tuple[Path, bytes]:
    """Return the signal about a very serious complaint and its place.

    It is for the handler and the deputy, the managers of its department and the coordinator.
    """
    main, texts = session.definition.main, session.texts
    told = []
    for field_id in _ALERT_FIELDS:
        if field := main.by_id.get(field_id):
            value = texts.show(cell_value(field, record.get(field_id), lookups)) if record.get(field_id) else ""
            told.append((field.labels[session.settings.language], str(value)))
    recipients = list(_recipients(session, record, staff, lookups))
    sender, theme = session.settings.organisation.get("email"), theme_of(session.settings.theme)
    spoken = colleague_texts(texts, session.settings)
    data = alert_message(number, told, recipients, spoken, session.on, sender, theme)
    return file_in(alert_folder(session), texts("reminders.file.alert", number=number), ".eml"), data


def alert_folder(session: Session) -> Path:
    """Return where the signals of the week lie."""
    return week_folder(session) / session.texts("reminders.file.alerts")


def _recipients(session: Session, record: Record, members: dict[str, Record], lookups: Lookups) -> Iterable[str]:
    staff = Staff.on_day(members, session.on, lookups, session.settings.responsible.get("coordinator"))
    codes = {*staff.with_role(COORDINATOR), *staff.managers_of(record.get("department"))}
    people = [*staff.hearers(record.get("handler")), *(staff.worker(code) for code in members if code in codes)]
    for code in dict.fromkeys(people):
        if email := staff.of(code).get("email"):
            yield str(email)
