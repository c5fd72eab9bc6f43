"""Files of a project: how they are called, and writing them whole or not at all."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from pathlib import Path
from typing import IO

from registerkit.errors import LockedFileError, MissingFileError, RegisterkitError
from registerkit.findings import ODBC

__all__ = [
    "ChangedMeanwhileError",
    "changing",
    "named_from",
    "need_folder",
    "project_name",
    "replacing",
    "safe_name",
    "write_when_changed",
]


_UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f]+')
"""What Windows does not take in a file name."""


def safe_name(text: str) -> str:
    """Return text as it can stand in a file name on every system."""
    return _UNSAFE.sub("-", text).strip(" .") or "-"


def project_name(path: Path, root: Path) -> str:
    """Name a file as people and JSON see it: from the project folder when it lies inside, with forward slashes."""
    whole, folder = path.resolve(), root.resolve()
    return (whole.relative_to(folder) if whole.is_relative_to(folder) else whole).as_posix()


def named_from(error: RegisterkitError, root: Path) -> RegisterkitError:
    """Return the error with its file, and what the system said of it, named from the project folder."""
    named = copy(error)
    named.others = tuple(named_from(other, root) for other in error.others)
    # The folder itself would be called ".", and the address of a server is no path.
    is_path = named.file and "://" not in named.file and not named.file.startswith(ODBC)
    if named.file and is_path and Path(named.file).resolve() != root.resolve():
        named.file = project_name(Path(named.file), root)
    if isinstance(problem := named.values.get("problem"), str):
        folder = f"{root.resolve()}{os.sep}"
        # Python shows the path of a system's error as a literal, on Windows with every backslash twice.
        for shown in (repr(folder)[1:-1], folder):
            problem = problem.replace(shown, "")
        named.values = {**named.values, "problem": problem}
    return named


def need_folder(target: Path) -> None:
    """Raise `MissingFileError` when the folder that a file is to be made in is not there."""
    if not target.parent.is_dir():
        raise MissingFileError(target.parent, reason="folder")


class ChangedMeanwhileError(Exception):
    """The file that was to be replaced has changed since it was read."""


@contextmanager
def replacing(target: Path, still: Callable[[], bool] = lambda: True) -> Iterator[IO[bytes]]:
    """Return a file to write that takes the target's place at the end, whole; when something fails nothing changes.

    Raises `ChangedMeanwhileError` when, at that very end, it is not `still` as it was.
    """
    handle, name = tempfile.mkstemp(prefix=".registerkit-", suffix=".tmp", dir=target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if not still():
            raise ChangedMeanwhileError(target)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


@contextmanager
def changing(target: Path, still: Callable[[], bool] = lambda: True) -> Iterator[Path]:
    """Return the path of a copy to change, which takes the target's place at the end; else as `replacing` does."""
    handle, name = tempfile.mkstemp(prefix=".registerkit-", suffix=".tmp", dir=target.parent)
    os.close(handle)
    temporary = Path(name)
    try:
        shutil.copyfile(target, temporary)
        yield temporary
        if not still():
            raise ChangedMeanwhileError(target)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def write_when_changed(target: Path, content: bytes) -> bool:
    """Write a file whole; tell whether it was needed. Raises `LockedFileError` when another program holds the file."""
    if target.exists() and target.read_bytes() == content:
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with replacing(target) as file:
            file.write(content)
    except PermissionError as error:
        raise LockedFileError(target) from error
    return True
