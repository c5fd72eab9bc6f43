"""Reads the files that Excel, LibreOffice and Access keep beside one that they have open: whose, since when, left over.

Does not write: a lock that was left over is told, and a person throws it away.
"""

from __future__ import annotations

import os
import re
import socket
import sys
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from registerkit.database.access import access_lock
from registerkit.errors import WriteRefusedError

__all__ = ["Lock", "excel_lock", "lock_of", "need_closed"]

_OLD = timedelta(days=1)
"""So long nobody keeps a file open: computers are shut down or restarted in between."""
_MOST = 4096
_EXCEL, _LIBREOFFICE = "~$", ".~lock."
_UTF16_AT = (55, 54)
"""Where the name begins once more, as UTF-16 with its length before it: in Excel's file, and in Word's."""
_FIELD = re.compile(r"((?:[^\\,;]|\\.)*)[,;]?")
_ACCESS_ENTRY = 64
"""Bytes for everybody in an Access file: the computer's name and the user's, 32 each."""


@dataclass(frozen=True)
class Lock:
    """The lock beside a file: who made it and when, as far as it says, and whether it was left over."""

    path: Path
    owner: str | None
    since: datetime
    is_left_over: bool


def excel_lock(path: Path) -> Path | None:
    """Return the lock file that Excel or LibreOffice keeps while it has a workbook open, or None."""
    for lock in (path.with_name(f"{_EXCEL}{path.name}"), path.with_name(f"{_LIBREOFFICE}{path.name}#")):
        if os.path.exists(lock):  # noqa: PTH110 - `Path.exists` raises for a name that is too long to be one.
            return lock
    return None


def lock_of(path: Path, now: datetime | None = None) -> Lock | None:
    """Return what the lock beside a file says, None without one; `now` is the moment that its age is counted to."""
    lock = _lock_beside(path)
    if lock is None:
        return None
    try:
        since, content = datetime.fromtimestamp(lock.stat().st_mtime), _read(lock)
    except OSError:  # It went away, or the program lets nobody look: it is at work.
        return None
    owner, host = _told(lock, content)
    is_old = (now or datetime.now()) - since > _OLD
    return Lock(lock, owner, since, is_old or (_is_here(host) and _is_free(lock) and _is_free(path)))


def need_closed(path: Path) -> None:
    """Raise `WriteRefusedError`, which names the lock, for a workbook or an Access file that somebody has open."""
    if (lock := _lock_beside(path)) is not None:
        raise WriteRefusedError(path, reason="open", lock=lock.name)


def _lock_beside(path: Path) -> Path | None:
    return access_lock(path) if path.suffix.lower() in (".accdb", ".mdb") else excel_lock(path)


def _read(lock: Path) -> bytes:
    try:
        with lock.open("rb") as file:
            return file.read(_MOST)
    except PermissionError:
        return b""


def _told(lock: Path, content: bytes) -> tuple[str | None, str | None]:
    """Return who and which computer a lock names."""
    if lock.name.startswith(_LIBREOFFICE):
        fields = [re.sub(r"\\(.)", r"\1", m[1]) for m in _FIELD.finditer(content.decode("utf-8", "replace"))]
        name, user, host = (*fields, "", "", "")[:3]
        return _shown(name or user), host or None
    if lock.name.startswith(_EXCEL):
        return _excel_owner(content), socket.gethostname() if sys.platform == "win32" else None
    entry = content[:_ACCESS_ENTRY]
    computer = _shown(entry[: _ACCESS_ENTRY // 2].split(b"\0")[0].decode("latin-1"))
    return computer, computer


def _excel_owner(content: bytes) -> str | None:
    length = content[0] if content else 0
    for at in _UTF16_AT:
        if length and content[at : at + 2] == bytes((length, 0)):
            return _shown(content[at + 2 : at + 2 + 2 * length].decode("utf-16-le", "replace"))
    return _shown(content[1 : 1 + length].decode("cp1252", "replace"))


def _shown(name: str) -> str | None:
    """Return a name without what no screen shows; None for none."""
    return "".join(c for c in name if c.isprintable()).strip() or None


def _is_here(host: str | None) -> bool:
    own = socket.gethostname()
    return host is not None and host.casefold() in {own.casefold(), own.partition(".")[0].casefold()}


def _is_free(path: Path) -> bool:
    """Tell whether no program has a file open; only Windows tells, elsewhere it counts as open."""
    if sys.platform != "win32":
        return False
    import ctypes

    # Asked for alone: with share mode 0 it opens only when nobody else has it open, on a share of the network too.
    create = ctypes.windll.kernel32.CreateFileW
    create.restype = ctypes.c_void_p
    handle = create(os.fspath(path), 0x80000000, 0, None, 3, 0, None)
    if handle is None or handle == ctypes.c_void_p(-1).value:
        return False
    ctypes.windll.kernel32.CloseHandle(ctypes.c_void_p(handle))
    return True
