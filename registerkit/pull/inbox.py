"""The inbox: the files that wait there, and where they go once they have been read."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from registerkit.errors import UnsupportedFileError
from registerkit.files import file_in
from registerkit.pull.results import FailedFile
from registerkit.session.session import Session
from registerkit.texts import LANGUAGES, load_texts
from registerkit.writeback import excel_lock

__all__ = [
    "OTHER_KINDS",
    "clear_notes",
    "closed",
    "failed_files",
    "in_use",
    "links",
    "need_form",
    "put_away",
    "waiting",
]

_LEFT_BY_SYSTEMS = frozenset({"thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r", "__macosx", "$recycle.bin"})
_PASSING = ("~$", ".", "~lock")
"""How names begin of files that a program keeps only while it is at work."""
_UNFINISHED = (".tmp", ".part", ".partial", ".crdownload", ".download")
"""How names end of files that a program has not finished."""
OTHER_KINDS = {
    "picture": "jpg jpeg jfif png gif bmp tif tiff heic heif webp svg",
    "pdf": "pdf xps oxps",
    "email": "mbox oft pst ost",
    "sound": "mp3 m4a wav wma ogg opus amr aac flac mp4 mov avi mkv webm 3gp",
    "archive": "zip rar 7z tar gz tgz",
    "shortcut": "lnk url webloc desktop",
    "page": "htm html mht mhtml",
    "text": "doc docm dotx odt rtf md pages",
}
"""Kinds of files that people hand in and that are no form: a person has to take over what they say."""
_LONGEST_NOTE = 1 << 20
_KIND_OF = {f".{ending}": kind for kind, endings in OTHER_KINDS.items() for ending in endings.split()}


# ------------------------------------------------------------------------------------------------------ what is there
def waiting(session: Session) -> list[Path]:
    """Return the files that people put in the inbox, of whatever kind; one that is open in a program waits."""
    return [path for path in _handed_in(session) if excel_lock(path) is None]


def in_use(session: Session) -> list[Path]:
    """Return the files in the inbox that are open in a program."""
    return [path for path in _handed_in(session) if excel_lock(path) is not None]


def links(session: Session) -> list[Path]:
    """Return what only points to a file or folder elsewhere; nobody handed that in, so it is not read."""
    return sorted(path for path in _entries(session) if _is_link(path))


def closed(session: Session) -> list[Path]:
    """Return the folders in the inbox that registerkit cannot look into; the inbox itself, when a file has its name."""
    inbox = session.settings.paths.inbox
    if inbox.exists() and not _opens(inbox):
        return [inbox]
    return sorted(path for path in _entries(session) if path.is_dir() and not _is_link(path) and not _opens(path))


def _opens(folder: Path) -> bool:
    try:
        next(folder.iterdir(), None)
    except (PermissionError, NotADirectoryError):
        return False
    return True


def need_form(path: Path) -> None:
    """Raise `UnsupportedFileError`, which says what to do with it, for a file that can be neither form nor list."""
    if kind := _KIND_OF.get(path.suffix.casefold()):
        raise UnsupportedFileError(path, reason=kind)


def _handed_in(session: Session) -> list[Path]:
    files = (path for path in _entries(session) if path.is_file() and not _is_link(path))
    return sorted(
        path for path in files if not _is_note(session, path)
    )  # One that was put back with its file is no input.


def _entries(session: Session) -> Iterator[Path]:
    """Return what lies in the inbox and in the folders that people made in it, however deep."""
    paths = session.settings.paths
    own = {paths.done.name.casefold(), paths.failed.name.casefold()}
    for path in _inside(paths.inbox):
        if path.name.casefold() not in own or not path.is_dir():
            yield from _with_all_inside(path)


def _with_all_inside(path: Path) -> Iterator[Path]:
    yield path
    if path.is_dir() and not _is_link(path):
        for inner in _inside(path):
            yield from _with_all_inside(inner)


def _inside(folder: Path) -> list[Path]:
    """Return what lies in a folder, but for what programs keep there; nothing when nobody may look into it."""
    try:
        return [path for path in folder.iterdir() if _is_of_people(path.name)] if folder.is_dir() else []
    except PermissionError:
        return []


def _is_of_people(name: str) -> bool:
    folded = name.casefold()
    return not folded.startswith(_PASSING) and not folded.endswith(_UNFINISHED) and folded not in _LEFT_BY_SYSTEMS


def _is_link(path: Path) -> bool:
    """Tell whether a path only points elsewhere; on Windows a folder can do that as a junction too."""
    is_junction = getattr(os.path, "isjunction", lambda _: False)
    return path.is_symlink() or is_junction(path)


# --------------------------------------------------------------------------------------------------- where it goes
def put_away(session: Session, form: Path, number: str | None, reasons: Sequence[str], *, taken: bool) -> Path | None:
    """Move a file out of the inbox, with what there is to say of it in a text beside it; gives where it is now.

    What was taken in goes to done, a form under its number, and anything else to failed; in a folder of the name that
    it had in the inbox. None when another program holds the file: the next run moves it.
    """
    paths = session.settings.paths
    folder = (paths.done if taken else paths.failed) / form.parent.relative_to(paths.inbox)
    folder.mkdir(parents=True, exist_ok=True)
    stem, suffix = (form.stem, form.suffix) if form.suffix[1:].isalnum() else (form.name, "")
    is_named = number is None or stem.split(" ")[0] == number
    # The note has the longest name of the two.
    ending = _ending(session.settings.language) if suffix.casefold() == ".txt" else suffix

    def target_of(path: Path) -> Path:
        return path.with_name(path.name.removesuffix(ending) + suffix)

    def is_there(path: Path) -> bool:
        target = target_of(path)
        return os.path.lexists(target) or os.path.lexists(_note_of(session, target))

    target = target_of(file_in(folder, stem if is_named else f"{number} {stem}", ending, is_there))
    note = _note_of(session, target)
    if reasons:  # The text comes first: without it nobody would hear of a file that was moved.
        note.write_text("\r\n".join(reasons) + "\r\n", encoding="utf-8-sig", newline="")
    try:
        form.replace(target)
    except PermissionError:
        note.unlink(missing_ok=True)
        return None
    return target


def _note_of(session: Session, path: Path) -> Path:
    """Return where the text about a file stands: beside it; of a file that is a text itself the name says which is."""
    if path.suffix.casefold() != ".txt":
        return path.with_suffix(".txt")
    first, *others = (path.with_name(path.stem + _ending(each)) for each in (session.settings.language, *LANGUAGES))
    before = path.with_name(f"{path.stem} (2).txt")
    there = [note for note in (first, *others, before) if note.is_file()]
    return next((note for note in there if note != before or _is_note(session, note)), first)


def _ending(language: str) -> str:
    return load_texts(language, "cli")("cli.sync.note_ending")


# --------------------------------------------------------------------------------------------------- what failed
def failed_files(session: Session) -> list[FailedFile]:
    """Return the files that were put aside and wait for somebody, each with why; a link is no file of anybody's."""
    return [
        FailedFile(session.relative(path), _why(session, path))
        for path in _put_aside(session)
        if _note_of(session, path).is_file() and not _is_link(path)
    ]


def _why(session: Session, path: Path) -> str:
    """Return the first line of the text beside a file; the file is named where it lies now."""
    paths = session.settings.paths
    try:
        said = _note_of(session, path).read_text(encoding="utf-8-sig", errors="replace").splitlines()
    except OSError:  # Somebody has it open.
        said = []
    first, now = "".join(said[:1]), session.relative(path)
    handed_in = session.relative(paths.inbox / path.relative_to(paths.failed))
    if first.startswith(f"{handed_in} "):
        return now + first.removeprefix(handed_in)
    return f"{now}: {first.removeprefix(f'{handed_in}, ').removeprefix(f'{handed_in}: ')}"


def clear_notes(session: Session, mended: Callable[[Path], bool]) -> None:
    """Remove the texts about files that were mended, or are not there any more: put back in the inbox, or taken away.

    A text that was put back with its file goes as well. `mended` tells of a file that is there
    still whether a better one was taken in.
    """
    paths = session.settings.paths
    about = {_note_of(session, path): path for path in _put_aside(session)}
    for note, path in about.items():
        if note.is_file() and mended(path):
            _remove(note)
    for path in list(paths.failed.rglob("*.txt")) if paths.failed.is_dir() else ():
        if path not in about and _is_note(session, path):
            _remove(path)
    for path in [path for path in _entries(session) if _is_note(session, path)]:
        _remove(path)


def _put_aside(session: Session) -> list[Path]:
    """Return the files in the folder of what failed that are no note about another."""
    failed = session.settings.paths.failed
    there = sorted(p for p in failed.rglob("*") if _is_link(p) or p.is_file()) if failed.is_dir() else []
    found = [path for path in there if _is_of_people(path.name)]
    notes = {_note_of(session, path) for path in found if path.suffix.casefold() != ".txt"}
    return [path for path in found if path not in notes and not _is_note(session, path)]


def _is_note(session: Session, path: Path) -> bool:
    """Tell whether a file is a text that was put beside one that failed, in whatever language."""
    if path.suffix.casefold() != ".txt" or _is_link(path):
        return False
    try:
        is_short = path.stat().st_size <= _LONGEST_NOTE
        said = path.read_text(encoding="utf-8-sig").splitlines() if is_short else []
    except (OSError, ValueError):
        return False
    endings = {
        load_texts(each, "cli")(f"cli.sync.{name}") for each in LANGUAGES for name in ("try_again", "until_gone")
    }
    inbox = session.relative(session.settings.paths.inbox)
    return bool(said) and (said[-1] in endings or said[0].startswith(f"{inbox}/"))


def _remove(note: Path) -> None:
    try:
        note.unlink(missing_ok=True)
    except PermissionError:  # Somebody has it open; the next run removes it.
        return
