"""R41: a copy of the register beside it is named at every run, whatever it is called, with what it holds."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

from office import COMPLAINT, Office

from registerkit.pull import copies as copies_module

NAMES = (
    "klachtenregister-PC-BALIE.xlsx", "Kopie van klachtenregister.xlsx", "klachtenregister (1).xlsx", "klachtenregister - kopie.xlsx",
    "klachtenregister (Els's conflicted copy 2026-11-02).xlsx", "klachtenregister.sync-conflict-20261102-101500-ABCDEFG.xlsx",
    "Copy of klachtenregister.xlsx", "oud.XLSM",
)  # fmt: skip


def told(office: Office) -> dict[str, Any]:
    return {f["file"]: f for f in office.run("sync").json["findings"] if f["code"].startswith("copy_")}


def test_r41_copies_are_named_with_their_day_and_what_they_hold(office: Office, monkeypatch: Any) -> None:
    office.type(COMPLAINT)
    office.run("sync")
    for name in NAMES:
        shutil.copy(office.workbook, office.root / name)
    shutil.copy(office.workbook, office.root / "~$klachtenregister.xlsx")
    (office.root / "van iemand anders.xlsx").write_bytes(b"geen werkmap")
    os.utime(office.root / NAMES[0], (1_780_000_000, 1_780_000_000))
    office.type({**COMPLAINT, "Naam": "E. Mol", "Omschrijving": "Alleen op de balie."}, path=office.root / NAMES[2])
    found = told(office)
    assert found.keys() == set(NAMES)
    assert {name for name, each in found.items() if each["code"] == "copy_with_news"} == {NAMES[2]}
    assert 'sync "klachtenregister (1).xlsx"' in found[NAMES[2]]["fix"]
    assert "van 28-05-2026" in found[NAMES[0]]["message"]

    read: list[Any] = []
    monkeypatch.setattr(copies_module, "merge_sources", lambda *a, **_: read.append(a))
    assert (told(office).keys(), read) == (found.keys(), [])  # They are read once only.
    monkeypatch.undo()
    office.run("sync", str(office.root / NAMES[2]))
    assert {each["code"] for each in told(office).values()} == {"copy_without_news"}


def test_r41_a_copy_that_was_saved_as_another_kind_of_file_is_named_too(
    office: Office, libreoffice: Any, tmp_path: Path
) -> None:
    """LibreOffice offers .ods, and Excel leaves .xlsb versions: what is typed there would never reach the register."""
    office.type(COMPLAINT)
    office.run("sync")
    libreoffice.convert(office.workbook, office.root / "klachtenregister.ods")
    (row,) = office.rows()
    assert {"klachtenregister.ods": "copy_without_news"} == {name: f["code"] for name, f in told(office).items()}
    shutil.copy(office.workbook, typed := tmp_path / "typed.xlsx")
    office.change(row, {"Woonplaats": "Zeist"}, path=typed)
    libreoffice.convert(typed, office.root / "klachtenregister.ods")
    found = told(office)["klachtenregister.ods"]
    assert ("copy_with_news", "warning") == (found["code"], found["severity"])
    (office.root / "jaarcijfers.ods").write_bytes((office.root / "klachtenregister.ods").read_bytes())
    assert {"klachtenregister.ods"} == told(office).keys()


def test_r41_a_copy_that_cannot_be_read_is_named_too(office: Office, monkeypatch: Any) -> None:
    shutil.copy(office.workbook, office.root / NAMES[0])

    def refuse(*_: Any, **__: Any) -> None:
        raise PermissionError

    monkeypatch.setattr(copies_module, "merge_sources", refuse)
    assert [each["code"] for each in told(office).values()] == ["copy_not_read"]


def test_r41_a_lock_that_was_left_is_told_at_every_run_until_it_is_gone(office: Office) -> None:
    office.type(COMPLAINT)
    lock = office.root / "~$klachtenregister.xlsx"
    lock.write_bytes(b"\x04Noor" + b" " * 160)
    os.utime(lock, (1_780_000_000, 1_780_000_000))
    for _ in range(2):
        (found,) = office.run("sync").json["findings"]
        assert (found["code"], found["file"], found["value"]) == (
            "lock_left_over", "klachtenregister.xlsx", "~$klachtenregister.xlsx",
        )  # fmt: skip
        assert "van Noor" in found["message"]
        assert "28-05-2026" in found["message"]
    assert "~$klachtenregister.xlsx" in office.run("workbook", "--replace").json["error"]["fix"]
    lock.unlink()
    after = office.run("sync").json
    assert (after["findings"], after["written_back"]) == ([], ["klachtenregister.xlsx"])
