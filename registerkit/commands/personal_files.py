"""Finds the files of a project that hold what is personal of complaints: letters, forms, digests, reports, copies."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from email import message_from_bytes
from email.policy import default as as_people_read
from html import unescape
from pathlib import Path

from registerkit.definition import Record
from registerkit.session.session import Session
from registerkit.store.copies import copies_in
from registerkit.writeback import copies_of_files

__all__ = ["copies", "naming_files", "own_files", "remove_folders"]

_TOLD = frozenset({".eml", ".ics", ".docx", ".xlsx", ".html", ".csv", ".json", ".txt"})
"""The kinds of files in the output folder that tell of complaints of more people than one."""
_NAMES = ("name", "email", "organisation", "represented_by", "concerned")
"""The roles by which a digest or a report names somebody."""
_SHORTEST = 2
_ENDS = re.compile(r"</(?:w:p|w:tc|a:p|si|is|td|th|p|li|tr)>|<(?:w:)?(?:br|tab)\b[^>]*>")
"""Where a word ends although no blank stands there."""
_MARKUP = re.compile(r"<[^>]*>")


def copies(session: Session) -> list[Path]:
    """Return the copies in the archive: those of the store, and those of workbooks and Access files, which all go."""
    paths = session.settings.paths
    of_store = [copy.file for copy in copies_in(paths.archive, session.definition.main_id)]
    return [*of_store, *copies_of_files(paths.archive, paths.store)]


def own_files(session: Session, numbers: Iterable[str]) -> list[Path]:
    """Return the letters made for complaints, and the forms and mails that they came in with and all along with these.

    All letters of a run in one file go too, where a letter of the complaints was made in that run.
    """
    paths, wanted = session.settings.paths, set(numbers)
    letters = [path for path in _files(paths.output) if not wanted.isdisjoint(path.stem.split())]
    every = session.store.records(session.definition.main_id).keys()
    together = {p for letter in letters for p in letter.parent.glob("*.pdf") if _number_of(p) not in every}
    rows = session.store.records("letters").values() if "letters" in session.definition.tables else ()
    logged = [paths.root / str(row["file"]) for row in rows if row.get("complaint") in wanted and row.get("file")]
    also = [path for path in logged if path.is_file() and path.resolve().is_relative_to(paths.output.resolve())]
    forms = [path for folder in (paths.done, paths.failed) for path in _files(folder) if _number_of(path) in wanted]
    came_along = [path for number in wanted for path in _files(paths.attachments_of(number))]
    return sorted({*letters, *together, *also, *forms, *came_along})


def remove_folders(session: Session, numbers: Iterable[str]) -> None:
    """Remove the folders of what came along with complaints, once they are empty."""
    for number in numbers:
        with suppress(OSError):
            session.settings.paths.attachments_of(number).rmdir()


def naming_files(session: Session, numbers: Collection[str]) -> list[Path]:
    """Return the digests, lists, calendars and reports in the output folder that name the people of complaints.

    They can be made anew; letters of others, who may have the same name, stay.
    """
    records = session.store.records(session.definition.main_id)
    if (names := _names(records[number] for number in numbers if number in records)) is None:
        return []
    told = (path for path in _files(session.settings.paths.output) if path.suffix.lower() in _TOLD)
    return sorted(path for path in told if _number_of(path) not in records and names.search(_text_of(path)))


def _names(records: Iterable[Record]) -> re.Pattern[str] | None:
    """Return what finds the names of people who were not wiped yet; None when there are none."""
    people = (record for record in records if record.get("anonymised_on") is None)
    words = {" ".join(str(record.get(role) or "").split()).casefold() for record in people for role in _NAMES}
    found = sorted(re.escape(word) for word in words if len(word) >= _SHORTEST)
    return re.compile(rf"(?<!\w)(?:{'|'.join(found)})(?!\w)") if found else None


def _text_of(path: Path) -> str:
    """Return what a reader sees of a file, in small letters; nothing of one that cannot be read."""
    try:
        if path.suffix.lower() in (".docx", ".xlsx"):
            with zipfile.ZipFile(path) as packed:
                parts = [
                    packed.read(name).decode(errors="replace") for name in packed.namelist() if name[-4:] == ".xml"
                ]
        elif path.suffix.lower() == ".eml":
            message = message_from_bytes(path.read_bytes(), policy=as_people_read)
            parts = [str(each.get_content()) for each in message.walk() if each.get_content_maintype() == "text"]
        else:
            parts = [path.read_text(encoding="utf-8", errors="replace").replace("\r\n ", "").replace("\n ", "")]
    except (OSError, zipfile.BadZipFile, LookupError):
        return ""
    return " ".join(unescape(_MARKUP.sub("", _ENDS.sub(" ", part))) for part in parts).casefold()


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else iter(())


def _number_of(path: Path) -> str:
    return re.split(r"\s", path.stem, maxsplit=1)[0]
