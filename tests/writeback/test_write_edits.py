"""Writing into somebody's file: never while it is in use, never over newer work, never without a backup."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from ooxml_samples import SHEET, by_calamine, parts, xlsxwriter_book

from registerkit.ooxml import Package
from registerkit.ooxml import editor as editor_module
from registerkit.writeback import (
    FileEdits,
    Growth,
    archive_folder,
    backup,
    content_hash,
    excel_lock,
    prune,
    write_edits,
)
from registerkit.writeback import file as file_module

AT = datetime(2026, 11, 20, 9, 30, 15)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return xlsxwriter_book(tmp_path / "klachten.xlsx")


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return tmp_path / "archief"


EDITS = FileEdits({SHEET: {(2, 0): "nieuw"}})


def write(book: Path, archive: Path, edits: FileEdits = EDITS, read: str | None = None) -> tuple[bool, str | None]:
    written = write_edits(
        book, edits, read or content_hash(book), archive, {"revision": "42", "commits.1": "42:aa"}, AT
    )
    return written.done, written.reason


def test_the_edits_and_the_revision_stand_in_the_file(book: Path, archive: Path) -> None:
    assert write(book, archive) == (True, None)
    assert by_calamine(book)[1][0] == "nieuw"
    with Package(book) as package:
        assert package.custom_properties["registerkit.revision"] == "42"
        assert package.custom_properties["registerkit.commits.1"] == "42:aa"
        assert b"fullCalcOnLoad" in package.workbook_xml


def test_other_parts_stay(book: Path, archive: Path) -> None:
    before = parts(book)
    write(book, archive)
    after = parts(book)
    assert {n for n in before if before[n] != after[n]} <= {SHEET, "docProps/custom.xml", "xl/workbook.xml"}


def test_a_backup_of_what_was_there_comes_first(book: Path, archive: Path) -> None:
    before = book.read_bytes()
    write(book, archive)
    (copy,) = archive.iterdir()
    assert copy.name.startswith("klachten.20261120-093015")
    assert (copy.suffix, copy.read_bytes()) == (".xlsx", before)


def test_values_written_along_and_growth_go_in_too(book: Path, archive: Path) -> None:
    from registerkit.ooxml import Cached

    with Package(book) as package:
        table = package.tables[0]
    edits = FileEdits({SHEET: {(2, 0): "nieuw"}}, [Growth(table, [{0: "K-4"}])], {SHEET: {(3, 3): Cached(99)}})
    assert write(book, archive, edits) == (True, None)
    found = by_calamine(book)
    assert (found[1][0], found[2][3], found[4][0]) == ("nieuw", 99.0, "K-4")


@pytest.mark.parametrize("lock", ["~$klachten.xlsx", ".~lock.klachten.xlsx#"])
def test_a_file_that_is_open_waits(book: Path, archive: Path, lock: str) -> None:
    (book.parent / lock).write_bytes(b"x")
    before = book.read_bytes()
    assert write(book, archive) == (False, "file_open")
    assert excel_lock(book) == book.parent / lock
    assert (book.read_bytes(), archive.exists()) == (before, False)


def test_another_file_s_lock_does_not_matter(book: Path, archive: Path) -> None:
    (book.parent / "~$andere.xlsx").write_bytes(b"x")
    assert write(book, archive) == (True, None)


@pytest.mark.skipif(sys.platform != "win32" and os.geteuid() == 0, reason="root may write everything")
def test_a_read_only_file_waits(book: Path, archive: Path) -> None:
    book.chmod(0o444)
    assert write(book, archive) == (False, "file_read_only")


def test_a_read_only_file_waits_whoever_asks(book: Path, archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_module.os, "access", lambda *_: False)
    before = book.read_bytes()
    assert write(book, archive) == (False, "file_read_only")
    assert book.read_bytes() == before


def test_a_file_saved_since_it_was_read_waits(book: Path, archive: Path) -> None:
    before = book.read_bytes()
    assert write(book, archive, read="0" * 64) == (False, "file_changed_meanwhile")
    assert (book.read_bytes(), archive.exists()) == (before, False)


def test_a_file_saved_while_the_edits_are_made_waits(
    book: Path, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    newer = xlsxwriter_book(book.parent / "nieuwer.xlsx", rows=5).read_bytes()
    whole: Callable[..., None] = file_module._edit

    def save_meanwhile(*given: object) -> None:
        whole(*given)
        book.write_bytes(newer)

    monkeypatch.setattr(file_module, "_edit", save_meanwhile)
    assert write(book, archive) == (False, "file_changed_meanwhile")
    assert book.read_bytes() == newer


def test_a_file_saved_while_the_new_one_is_packed_waits(
    book: Path, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At the very last moment, when all of the new file lies ready beside it."""
    newer = xlsxwriter_book(book.parent / "nieuwer.xlsx", rows=5).read_bytes()
    packed: Callable[..., None] = editor_module.rewrite

    def save_meanwhile(*given: object) -> None:
        packed(*given)
        book.write_bytes(newer)

    monkeypatch.setattr(editor_module, "rewrite", save_meanwhile)
    assert write(book, archive) == (False, "file_changed_meanwhile")
    assert book.read_bytes() == newer
    assert list(book.parent.glob(".registerkit-*")) == []


@pytest.mark.parametrize(("error", "reason"), [(PermissionError, "file_open"), (OSError, "file_not_written")])
def test_a_disk_that_refuses_leaves_the_file(
    book: Path, archive: Path, monkeypatch: pytest.MonkeyPatch, error: type[OSError], reason: str
) -> None:
    before = book.read_bytes()

    def refuse(self: Path, target: Path) -> Path:
        if target == book:
            raise error
        return self.rename(target)

    monkeypatch.setattr(Path, "replace", refuse)
    assert write(book, archive) == (False, reason)
    assert book.read_bytes() == before
    assert not list(book.parent.glob(".registerkit-*"))


def test_a_formula_in_the_way_is_told_with_its_cell(book: Path, archive: Path) -> None:
    before = book.read_bytes()
    written = write_edits(
        book,
        FileEdits({SHEET: {(2, 3): "x"}}),
        content_hash(book),
        archive,
        {"revision": "42", "commits.1": "42:aa"},
        AT,
    )
    assert (written.done, written.reason, written.cell) == (False, "cannot_edit_formula_in_cell", "D2")
    assert book.read_bytes() == before


# ---------------------------------------------------------------------------------------------------------- backups
def test_the_same_content_is_kept_once(book: Path, archive: Path) -> None:
    first = backup(book, archive, AT)
    assert backup(book, archive, AT + timedelta(days=1)) == first
    book.write_bytes(b"anders")
    assert backup(book, archive, AT + timedelta(days=2)) != first
    assert len(list(archive.iterdir())) == 2


def test_two_backups_in_one_second_are_two_files(book: Path, archive: Path) -> None:
    backup(book, archive, AT)
    book.write_bytes(b"anders")
    backup(book, archive, AT)
    assert sorted(p.read_bytes() == b"anders" for p in archive.iterdir()) == [False, True]


def fill(archive: Path, book: Path, days: int) -> None:
    for n in range(days):
        book.write_bytes(str(n).encode())
        backup(book, archive, AT + timedelta(days=n))


LATER = AT + timedelta(days=1100)
"""When every copy but the newest has had its time."""


@pytest.mark.parametrize(("keep", "kept"), [(2, ["3", "4"]), (9, list("01234")), (0, list("01234"))])
def test_only_so_many_are_kept_and_the_newest_stay(book: Path, archive: Path, keep: int, kept: list[str]) -> None:
    fill(archive, book, 5)
    prune(archive, keep, LATER)
    assert [p.read_text() for p in sorted(archive.iterdir())] == kept


def test_of_older_copies_one_a_day_a_week_and_a_month_stay(archive: Path) -> None:
    """Two years of two copies a day: the newest, then ever fewer."""
    archive.mkdir()
    for day in range(730):
        for n, hour in enumerate((9, 15), 1):
            at = AT.replace(hour=hour) - timedelta(days=day)
            (archive / f"klachten.{at:%Y%m%d-%H%M%S}-{n:02}.xlsx").write_text("x")
    prune(archive, 4, AT)
    ages = [(AT.date() - datetime.strptime(p.name[9:17], "%Y%m%d").date()).days for p in sorted(archive.iterdir())]
    assert [age for age in ages if age < 2] == [1, 1, 0, 0]
    assert [age for age in ages if 2 <= age <= 14] == list(range(14, 1, -1))
    assert 10 <= len([age for age in ages if 14 < age <= 91]) <= 12
    assert 20 <= len([age for age in ages if age > 91]) <= 22
    assert all(p.name[18:20] == "15" for p in archive.iterdir() if p.name[9:17] < f"{AT - timedelta(days=2):%Y%m%d}")


def test_a_file_with_a_very_long_name_has_copies_too(tmp_path: Path, archive: Path) -> None:
    path = tmp_path / f"{'é' * 120}.xlsx"
    path.write_bytes(b"x")
    first = backup(path, archive, AT)
    assert len(first.name.encode()) < 255
    assert backup(path, archive, AT) == first


def test_every_file_keeps_its_own_copies(book: Path, archive: Path) -> None:
    fill(archive, book, 3)
    fill(archive, book.with_name("klachten.noord.xlsx"), 3)
    fill(archive / "noord", book, 3)
    (archive / "klachten van vorig jaar.xlsx").touch()
    prune(archive, 2, LATER)
    names = sorted(p.relative_to(archive).as_posix().split("2", 1)[0] for p in archive.rglob("*.xlsx"))
    assert names == [
        "klachten van vorig jaar.xlsx", "klachten.", "klachten.", "klachten.noord.", "klachten.noord.",
        "noord/klachten.", "noord/klachten.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("file", "folder"),
    [
        ("project/klachten.xlsx", "archief"),
        ("project/noord/klachten.xlsx", "archief/noord"),
        ("project/vestigingen/zuid/klachten.xlsx", "archief/vestigingen/zuid"),
    ],
)
def test_copies_of_files_in_the_project_go_by_their_folder(tmp_path: Path, file: str, folder: str) -> None:
    root = tmp_path / "project"
    assert archive_folder(tmp_path / file, root, root / "archief") == root / folder


def test_copies_of_files_from_elsewhere_are_told_apart(tmp_path: Path) -> None:
    root = tmp_path / "project"
    files = [tmp_path / where / "noord" / "klachten.xlsx" for where in ("a", "b")]
    first, second = (archive_folder(file, root, root / "archief") for file in files)
    assert first != second
    assert first.parent == second.parent == root / "archief"
    assert first.name.startswith("noord-")


def test_a_name_with_brackets_is_a_name(tmp_path: Path, archive: Path) -> None:
    """A file that was downloaded twice is called klachten[1].xlsx."""
    book = xlsxwriter_book(tmp_path / "klachten[1].xlsx")
    fill(archive, book, 4)
    prune(archive, 2, LATER)
    assert len(list(archive.iterdir())) == 2


def test_the_newest_of_one_second_is_the_newest(book: Path, archive: Path) -> None:
    for n in range(3):
        book.write_bytes(str(n).encode())
        backup(book, archive, AT)
    prune(archive, 1, LATER)
    assert [p.read_text() for p in archive.iterdir()] == ["2"]


def test_a_copy_is_named_as_the_newest_also_when_the_clock_was_set_back(book: Path, archive: Path) -> None:
    names = []
    for n, at in enumerate([AT, AT - timedelta(days=3), AT - timedelta(days=2), AT + timedelta(days=1)]):
        book.write_bytes(b"%d" % n)
        names.append(backup(book, archive, at).name)
    assert names == [
        "klachten.20261120-093015-01.xlsx", "klachten.20261120-093015-02.xlsx", "klachten.20261120-093015-03.xlsx",
        "klachten.20261121-093015-01.xlsx",
    ]  # fmt: skip
