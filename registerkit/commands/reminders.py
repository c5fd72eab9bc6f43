"""Writes the reminders of a day: drafts per person and one list to print."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from registerkit.files import file_in, write_when_changed
from registerkit.reminders import Digest, Digests, digest_message, make_digests, reminder_list
from registerkit.session.session import Session, week_folder
from registerkit.theme import theme_of

__all__ = ["RemindersResult", "make_reminders"]


@dataclass(frozen=True)
class RemindersResult:
    """The digests of one day and the files they were written to."""

    digests: Digests
    files: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the contract's reminders document."""
        coordinator = self.digests.coordinator
        return {
            "handlers": [digest.as_json() for digest in self.digests.handlers],
            "managers": [digest.as_json() for digest in self.digests.managers],
            "coordinator": coordinator.as_json() if coordinator is not None else None,
            "answered": self.digests.told(lambda digest: (item.number for item in digest.answered)),
            "waiting": [vars(each) for each in self.digests.told(lambda digest: digest.waiting)],
            "remarks": self.digests.told(lambda digest: digest.remarks),
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
            files[_place(files, folder, digest, session)] = digest_message(digest, texts, session.on, sender)
    name = f"{texts('reminders.file.list')}.docx"
    settings = session.settings
    files[folder / name] = reminder_list(digests, texts, session.on, settings.name, theme_of(settings.theme))
    for path, content in files.items():
        write_when_changed(path, content)
    for stale in folder.glob("*.eml"):
        if stale not in files:
            stale.unlink()
    return RemindersResult(digests, tuple(session.relative(path) for path in files))


def _place(files: dict[Path, bytes], folder: Path, digest: Digest, session: Session) -> Path:
    """Return where a digest goes; of two people with one name the second has the code behind it."""
    taken = {path.name.casefold() for path in files}
    name = session.texts(f"reminders.file.{digest.role}", name=digest.name)
    path = file_in(folder, name, ".eml")
    if path.name.casefold() not in taken:
        return path
    return file_in(folder, f"{digest.code} {name}", ".eml", lambda other: other.name.casefold() in taken)
