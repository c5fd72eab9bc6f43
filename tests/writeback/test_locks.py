"""The locks that programs keep beside a file: whose they are, since when, and which were left over."""

from __future__ import annotations

import os
import socket
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from registerkit.writeback import lock_of
from registerkit.writeback import locks as locks_module

NOW = datetime(2026, 11, 20, 9, 30)


def excel_file(name: str, wide: str | None = None) -> bytes:
    narrow = name.encode("cp1252", "replace")
    written = bytes((len(name),)) + narrow.ljust(54)
    return written + (bytes((len(name), 0)) + wide.encode("utf-16-le") if wide else b"").ljust(110, b" ")


def made(folder: Path, book: str, lock: str, content: bytes, age: timedelta) -> Path:
    (folder / book).write_bytes(b"")
    (folder / lock).write_bytes(content)
    at = (NOW - age).timestamp()
    os.utime(folder / lock, (at, at))
    return folder / book


@pytest.mark.parametrize(
    ("book", "lock", "content", "owner"),
    [
        ("r.xlsx", "~$r.xlsx", excel_file("Noor Smit"), "Noor Smit"),
        ("r.xlsx", "~$r.xlsx", excel_file("Ayşe Yıldız", "Ayşe Yıldız"), "Ayşe Yıldız"),
        ("r.xlsx", "~$r.xlsx", b"", None),
        ("r.xlsm", ".~lock.r.xlsm#", b"Noor\\, S. Smit,noor,pc-balie,01.11.2026 10:20,file:///x;", "Noor, S. Smit"),
        ("r.xlsx", ".~lock.r.xlsx#", b",noor,pc-balie,01.11.2026 10:20,file:///x;", "noor"),
        ("r.accdb", "r.laccdb", b"PC-BALIE".ljust(32, b"\0") + b"Admin".ljust(32, b"\0"), "PC-BALIE"),
        ("r.mdb", "r.ldb", b"PC-BALIE".ljust(32, b"\0") + b"Admin".ljust(32, b"\0"), "PC-BALIE"),
    ],
)
@pytest.mark.parametrize(("hours", "left"), [(1, False), (23, False), (25, True), (9000, True)])
def test_a_lock_names_its_owner_and_is_left_over_after_a_day(
    tmp_path: Path, book: str, lock: str, content: bytes, owner: str | None, hours: int, left: bool
) -> None:
    found = lock_of(made(tmp_path, book, lock, content, timedelta(hours=hours)), NOW)
    assert found is not None
    assert (found.path.name, found.owner, found.is_left_over) == (lock, owner, left)
    assert found.since == NOW - timedelta(hours=hours)


@pytest.mark.parametrize("is_free", [True, False])
@pytest.mark.parametrize("host", ["here", "elsewhere"])
def test_a_young_lock_of_this_computer_is_left_over_when_no_program_holds_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_free: bool, host: str
) -> None:
    monkeypatch.setattr(locks_module, "_is_free", lambda _: is_free)
    name = socket.gethostname() if host == "here" else "een-andere-pc"
    content = f"Noor,noor,{name},20.11.2026 09:00,file:///x;".encode()
    found = lock_of(made(tmp_path, "r.xlsx", ".~lock.r.xlsx#", content, timedelta(minutes=5)), NOW)
    assert found is not None
    assert found.is_left_over == (is_free and host == "here")


def test_a_file_without_a_lock_has_none(tmp_path: Path) -> None:
    assert lock_of(tmp_path / "r.xlsx") is None


def test_a_name_that_leaves_no_room_for_a_lock_has_none(tmp_path: Path) -> None:
    assert lock_of(tmp_path / f"{'n' * 250}.eml") is None
