"""Writing files so that they are whole or not there, and left alone when they would not differ."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from registerkit.errors import LockedFileError

__all__ = ["replacing", "safe_name", "write_when_changed"]

_UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f]+')
"""What Windows does not take in a file name."""


def safe_name(text: str) -> str:
    """Give text as it can stand in a file name on every system."""
    return _UNSAFE.sub("-", text).strip(" .") or "-"


@contextmanager
def replacing(target: Path) -> Iterator[IO[bytes]]:
    """Give a file to write that takes the target's place at the end, whole; when something fails nothing changes."""
    handle, name = tempfile.mkstemp(prefix=".registerkit-", suffix=".tmp", dir=target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
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
