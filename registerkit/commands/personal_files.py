"""Finds the files of a project that hold what is personal of complaints: letters, forms, digests, reports, copies.

Does not write, but for folders that are empty.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from email import message_from_bytes
from email.policy import default as as_people_read
from html import unescape
from pathlib import Path

from registerkit.definition import Record
from registerkit.files import full_path
from registerkit.pdf import words_of
from registerkit.session.session import Session
from registerkit.store.copies import copies_in
from registerkit.store.sources import source_info
from registerkit.writeback import copies_of_files

__all__ = ["Remaining", "copies", "naming_files", "own_files", "remaining_files", "remove_folders"]

_PACKED = frozenset({".docx", ".xlsx", ".xlsm", ".ods", ".odt"})
"""Kinds that hold their text in XML parts."""
_BINARY = frozenset({".accdb", ".mdb", ".xls", ".xlsb", ".doc", ".msg", ".db", ".sqlite", ".sqlite3"})
"""Kinds whose text stands in them in one or two bytes a letter."""
_TOLD = frozenset({".eml", ".ics", ".docx", ".xlsx", ".html", ".csv", ".json", ".txt", ".pdf"})
"""The kinds of files in the output folder that tell of complaints of more people than one."""
_NAMES = ("name", "email", "organisation", "represented_by", "concerned")
"""The roles by which a digest or a report names somebody."""
_ABOUT = "employee"
"""The role of whom a complaint is about: staff are named everywhere, so only beside the number it tells of them."""
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
    output = full_path(paths.output)
    also = [path for path in logged if path.is_file() and full_path(path).is_relative_to(output)]
    forms = [path for folder in (paths.done, paths.failed) for path in _files(folder) if _number_of(path) in wanted]
    came_along = [path for number in wanted for path in _files(paths.attachments_of(number))]
    return sorted({*letters, *together, *also, *forms, *came_along})


def remove_folders(session: Session, numbers: Iterable[str]) -> None:
    """Remove the folders of what came along with complaints, once they are empty."""
    for number in numbers:
        with suppress(OSError):
            session.settings.paths.attachments_of(number).rmdir()


def naming_files(session: Session, numbers: Collection[str]) -> list[Path]:
    """Return the digests, lists, calendars, memos and reports in the output folder that name the people of complaints.

    They can be made anew; letters of others, who may have the same name, stay.
    """
    records = session.store.records(session.definition.main_id)
    if (names_them := _naming({number: records[number] for number in numbers if number in records})) is None:
        return []
    told = (path for path in _files(session.settings.paths.output) if path.suffix.lower() in _TOLD)
    return sorted(path for path in told if _number_of(path) not in records and names_them(_text_of(path) or ""))


@dataclass(frozen=True)
class Remaining:
    """The files that hold what is personal still, or may do so."""

    waiting: tuple[Path, ...] = ()
    """Those that the next sync cleans."""
    left: tuple[Path, ...] = ()
    """Those that name the people, and that an office must clean or throw away itself."""
    unread: tuple[Path, ...] = ()
    """PDF files in the output folder that cannot be searched."""


def remaining_files(session: Session, numbers: Collection[str], gone: Collection[Path]) -> Remaining:
    """Return what is not among the files that go (`gone`); what is wiped must not be wiped yet."""
    paths, records = session.settings.paths, session.store.records(session.definition.main_id)
    names_them = _naming({number: records[number] for number in numbers if number in records})
    if names_them is None:
        return Remaining()
    cleaned = {full_path(path) for path in _cleaned_by_sync(session)}
    ours = {paths.store, paths.settings, paths.anonymised, *gone, *copies(session)}
    known = {full_path(path) for path in ours} | cleaned
    sources = (each.path for each in session.settings.sources)
    every = dict.fromkeys((*_files(paths.root), *(path for path in sources if path.is_file())))
    told = {
        path: _text_of(path)
        for path in every
        if path.suffix.lower() in _TOLD | _PACKED | _BINARY
        and full_path(path) not in known
        and _number_of(path) not in records
    }
    left = (path for path, text in told.items() if text and names_them(text))
    unread = (path for path, text in told.items() if text is None)
    return Remaining(tuple(sorted(cleaned)), tuple(sorted(left)), tuple(sorted(unread)))


def _cleaned_by_sync(session: Session) -> Iterator[Path]:
    """Return the workbook, and the workbooks and Access files of the register that sync brings up to date."""
    paths = session.settings.paths
    for path in (paths.workbook, *(each.path for each in session.settings.sources)):
        info = source_info(session.store, session.relative(path))
        if path.is_file() and (path == paths.workbook or (info is not None and info.workbook_id is not None)):
            yield path


def _naming(records: Mapping[str, Record]) -> Callable[[str], bool] | None:
    """Return what tells whether a text names people of complaints that were not wiped yet; None when nobody is left."""
    left = {number: record for number, record in records.items() if record.get("anonymised_on") is None}
    names = _words({_plain(record.get(role)) for record in left.values() for role in _NAMES})
    about = [(_words({number.casefold()}), _words({_plain(record.get(_ABOUT))})) for number, record in left.items()]
    pairs = [(number, employee) for number, employee in about if number and employee]
    if names is None and not pairs:
        return None

    def names_them(text: str) -> bool:
        by_name = names is not None and names.search(text) is not None
        return by_name or any(employee.search(text) and number.search(text) for number, employee in pairs)

    return names_them


def _plain(value: object) -> str:
    return " ".join(str(value or "").split()).casefold()


def _words(words: Collection[str]) -> re.Pattern[str] | None:
    """Return what finds one of some words as a whole; None when there are none."""
    found = sorted(re.escape(word) for word in words if len(word) >= _SHORTEST)
    return re.compile(rf"(?<!\w)(?:{'|'.join(found)})(?!\w)") if found else None


def _text_of(path: Path) -> str | None:
    """Return what a reader sees of a file, in small letters; None of a PDF file or another that cannot be read."""
    kind = path.suffix.lower()
    try:
        if kind == ".pdf":
            text = words_of(path.read_bytes())
            return None if text is None else " ".join(text.split()).casefold()
        if kind in _BINARY:
            return _in_bytes(path.read_bytes())
        if kind in _PACKED:
            with zipfile.ZipFile(path) as packed:
                parts = [
                    packed.read(name).decode(errors="replace") for name in packed.namelist() if name[-4:] == ".xml"
                ]
        elif kind == ".eml":
            message = message_from_bytes(path.read_bytes(), policy=as_people_read)
            parts = [str(each.get_content()) for each in message.walk() if each.get_content_maintype() == "text"]
        else:
            parts = [path.read_text(encoding="utf-8", errors="replace").replace("\r\n ", "").replace("\n ", "")]
    except (OSError, zipfile.BadZipFile, LookupError):
        return None
    return " ".join(unescape(_MARKUP.sub("", _ENDS.sub(" ", part))) for part in parts).casefold()


def _in_bytes(data: bytes) -> str:
    """Return the text of a file that holds its letters in one byte each or in two, wherever they begin."""
    readings = (data.decode("latin-1"), *(data[at:].decode("utf-16-le", "ignore") for at in (0, 1)))
    return " ".join(readings).casefold()


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else iter(())


def _number_of(path: Path) -> str:
    return re.split(r"\s", path.stem, maxsplit=1)[0]
