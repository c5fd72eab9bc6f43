"""Files of a project: how they are called, and writing them whole or not at all."""

from __future__ import annotations

import errno
import os
import re
import shlex
import shutil
import unicodedata
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from copy import copy
from pathlib import Path
from typing import IO

from registerkit.errors import (
    DiskError,
    FileError,
    LockedFileError,
    MissingFileError,
    RegisterkitError,
    UnsupportedFileError,
)
from registerkit.findings import ODBC

__all__ = [
    "TEMPORARY",
    "ChangedMeanwhileError",
    "as_typed",
    "changing",
    "file_in",
    "full_path",
    "making",
    "named_from",
    "need_folder",
    "project_name",
    "read_text",
    "replacing",
    "safe_name",
    "seen",
    "system_error",
    "told_of",
    "write_when_changed",
]


_HALF = ".registerkit-"
TEMPORARY = ("~$", ".~", _HALF)
"""How the names begin of files that Excel, LibreOffice and registerkit keep only while they are at work."""
_UNSAFE = re.compile(r'(\s?)[<>:"/\\|?*]+(\s?)')
"""What Windows does not take in a file name, with the blanks beside it."""
_RESERVED = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])\s*(?:\..*)?", re.I)
"""Names of devices, which Windows takes for no file, whatever ending they have."""
_PLAIN = re.compile(r"[\w.:/\\+-]+")
"""A word that no shell of Windows takes for anything else."""
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp"})
"""Kinds of characters that show nothing, turn what follows around, or are none."""
_NAME_BYTES = 180
"""How long a name may be without its ending: file systems stop at 255 bytes, and a number may come behind it."""
_PATH_LENGTH = 250
"""How long a path may be: Windows stops at 260, and a copy or a lock beside the file has a few characters more."""
_WINDOWS_LENGTH = 255
"""From so many characters on Windows says of a path that it does not exist."""
_REFUSALS = {
    "full": {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)},
    "read_only": {errno.EROFS},
    "not_allowed": {errno.EACCES, errno.EPERM},
    "too_long": {errno.ENAMETOOLONG},
    "missing": {errno.ENOENT, errno.ENOTDIR},
    "in_the_way": {errno.EEXIST, errno.EISDIR, errno.ELOOP},
    "other": {errno.EIO},
}
"""What the system's codes mean to a person."""
_SHARING = (32, 33)
"""What Windows says of a file that a program holds."""
_SHORTEST = 24
"""What is left of a name however deep its folder lies: a number, and the beginning of what it is about."""


def seen(text: str) -> str:
    """Return text on one line, without characters that show nothing or turn the order of others around."""
    told = unicodedata.normalize("NFC", text)
    if not told.isprintable():  # Hardly any text: looking at every character takes long.
        spaced = "".join(" " if c.isspace() else c for c in told)
        told = "".join(c for c in spaced if unicodedata.category(c) not in _UNSEEN)
    return " ".join(told.split())


def as_typed(words: Iterable[str], *, windows: bool = os.name == "nt") -> str:
    """Return words of a command as they are typed, between quotation marks where the shells of a system need them."""
    if not windows:
        return shlex.join(words)
    return " ".join(word if _PLAIN.fullmatch(word) else _in_marks(word) for word in words)


def _in_marks(word: str) -> str:
    ending = len(word) - len(word.rstrip("\\"))  # Before the mark a backslash says that it is none.
    return f'"{word}{word[len(word) - ending :]}"'


def safe_name(text: str, longest: int = _NAME_BYTES) -> str:
    """Return text as it can stand in a file name on every system, without an ending; never empty and never too long."""
    name = _UNSAFE.sub(lambda run: " - " if run[1] or run[2] else "-", seen(text))
    name = name.encode()[:longest].decode(errors="ignore").strip(" .~$-")
    return f"_{name}" if _RESERVED.fullmatch(name) else name or "-"


def file_in(folder: Path, text: str, suffix: str, is_taken: Callable[[Path], bool] = lambda _: False) -> Path:
    """Return the path in a folder of a file that is called by these words; one that is taken has a number behind it.

    The whole path is kept within what Windows can open, as far as the folder leaves room for that.
    """
    room = _PATH_LENGTH - len(str(folder.absolute())) - len(suffix) - len(" (99)")
    name = safe_name(text, min(_NAME_BYTES, max(room, _SHORTEST)))
    n, path = 1, folder / f"{name}{suffix}"
    while is_taken(path):
        n += 1
        path = folder / f"{name} ({n}){suffix}"
    return path


def full_path(path: Path) -> Path:
    """Return a path in full, with links followed as far as they lead.

    A link that goes round in circles stays as it is; `Path.resolve` raises for it before Python 3.13.
    """
    return Path(os.path.realpath(path))


def project_name(path: Path, root: Path) -> str:
    """Name a file as people and JSON see it: from the project folder when it lies inside, with forward slashes."""
    whole, folder = full_path(path), full_path(root)
    return _as_text(whole.relative_to(folder) if whole.is_relative_to(folder) else whole)


def _as_text(path: Path) -> str:
    """Return a path with a question mark for what is no letter, as in names of other systems: that cannot be kept."""
    return path.as_posix().encode(errors="replace").decode()


def named_from(error: RegisterkitError, root: Path) -> RegisterkitError:
    """Return the error with its file, and what the system said of it, named from the project folder."""
    named = copy(error)
    named.others = tuple(named_from(other, root) for other in error.others)
    # The folder itself would be called ".", and the address of a server is no path.
    is_path = named.file not in (None, "", "…") and "://" not in named.file and not named.file.startswith(ODBC)
    if named.file and is_path and full_path(Path(named.file)) != full_path(root):
        named.file = _name_in(Path(named.file), root)
    if isinstance(problem := named.values.get("problem"), str):
        folder = f"{full_path(root)}{os.sep}"
        # Python shows the path of a system's error as a literal, on Windows with every backslash twice.
        for shown in (repr(folder)[1:-1], folder):
            problem = problem.replace(shown, "")
        named.values = {**named.values, "problem": problem}
    return named


def _name_in(path: Path, root: Path) -> str:
    """Name a file of an error: as it is called in the folder, though it be a link that leads elsewhere."""
    is_inside = path.is_relative_to(root) and ".." not in path.parts
    return _as_text(path.relative_to(root)) if is_inside else project_name(path, root)


def need_folder(target: Path) -> None:
    """Raise `MissingFileError` when the folder that a file is to be made in is not there."""
    if not target.parent.is_dir():
        raise MissingFileError(target.parent, reason="folder")


class ChangedMeanwhileError(Exception):
    """The file that was to be replaced has changed since it was read."""


@contextmanager
def making(target: Path, still: Callable[[], bool] = lambda: True) -> Iterator[Path]:
    """Return the path of a file to write, which takes the target's place at the end, whole; else nothing changes.

    Raises `ChangedMeanwhileError` when, at that very end, the target is not `still` as it was, and an `OSError` that
    names the target when the system refuses.
    """
    temporary = target.with_name(f"{_HALF}{uuid.uuid4().hex[:12]}.tmp")
    try:
        yield temporary
        if target.exists():
            shutil.copymode(target, temporary)
        if not still():
            raise ChangedMeanwhileError(target)
        temporary.replace(target)
    except OSError as error:
        # A full disk names nothing, and the passing name says nobody anything.
        if error.filename is None or _HALF in f"{error.filename}{error.filename2}":
            error.filename = str(target)
        raise
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


@contextmanager
def replacing(target: Path, still: Callable[[], bool] = lambda: True) -> Iterator[IO[bytes]]:
    """Return a file to write that takes the target's place at the end; else as `making` does."""
    with making(target, still) as temporary, temporary.open("xb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def changing(target: Path, still: Callable[[], bool] = lambda: True) -> Iterator[Path]:
    """Return the path of a copy to change, which takes the target's place at the end; else as `making` does."""
    with making(target, still) as temporary:
        shutil.copyfile(target, temporary)
        yield temporary


def write_when_changed(target: Path, content: bytes) -> bool:
    """Write a file whole; tell whether it was needed. Raises what `system_error` makes of a refusal."""
    try:
        if target.exists() and target.read_bytes() == content:
            return False
        target.parent.mkdir(parents=True, exist_ok=True)
        with replacing(target) as file:
            file.write(content)
    except OSError as error:
        raise system_error(error, target) from error
    return True


def read_text(file: Path) -> str:
    """Return the text of a file in UTF-8.

    Raises `FileNotFoundError`, `UnicodeDecodeError`, and a `FileError` for whatever else keeps it from being read.
    """
    if file.exists() and not file.is_file():  # Systems say so each in a way of its own, or wait for ever.
        raise UnsupportedFileError(file, reason="folder")
    try:
        return file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise
    except OSError as error:
        raise system_error(error, file) from error


def system_error(error: OSError, file: Path | str | None = None) -> FileError:
    """Return what a refusal of the system means; `file` is what it is about when the system does not say."""
    path = Path(error.filename or file or ".")
    if isinstance(error, PermissionError) and _is_in_use(error, path):
        return LockedFileError(path)
    if isinstance(error, FileNotFoundError) and os.name == "nt" and len(str(path.absolute())) >= _WINDOWS_LENGTH:
        return DiskError(path, reason="too_long", length=len(str(path.absolute())))
    in_the_way = next((each for each in path.absolute().parents if each.is_file()), None)
    if in_the_way is not None:  # A file has the name of a folder; systems say otherwise, each in its own way.
        return DiskError(in_the_way, reason="in_the_way")
    reason = next((reason for reason, codes in _REFUSALS.items() if error.errno in codes), "other")
    return DiskError(path, reason=reason, length=len(str(path.absolute())), problem=error.strerror or str(error))


def told_of(error: Exception, folder: Path) -> RegisterkitError:
    """Return an error as people are told of it; one of the system that is about no file or disk is raised again."""
    if isinstance(error, RegisterkitError):
        return error
    if not isinstance(error, OSError) or error.errno is None or isinstance(error, ConnectionError):
        raise error
    return system_error(error, folder)


def _is_in_use(error: PermissionError, path: Path) -> bool:
    """Tell whether a file is held by a program, and not forbidden to this user."""
    if error.errno is None or getattr(error, "winerror", None) in _SHARING:
        return True
    may_write = os.access(path, os.R_OK | os.W_OK) or not path.exists()
    return not path.is_dir() and may_write and os.access(path.parent, os.W_OK)
