"""What the system refuses is told as what it means for a person, with the file that it was about."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from registerkit.definition import load_definition
from registerkit.errors import UnsupportedFileError
from registerkit.files import full_path, making, named_from, system_error, told_of
from registerkit.paths import find_project
from registerkit.reading.mapping import load_mapping
from registerkit.session.folder_lock import held
from registerkit.settings import LOCK_FILE, SETTINGS_FILE, load_settings


@pytest.mark.parametrize(
    ("code", "name"),
    [
        (errno.ENOSPC, "disk.full"),
        (errno.EROFS, "disk.read_only"),
        (errno.ENAMETOOLONG, "disk.too_long"),
        (errno.ENOENT, "disk.missing"),
        (errno.EISDIR, "disk.in_the_way"),
        (errno.ELOOP, "disk.in_the_way"),
        (errno.EIO, "disk.other"),
        (errno.EXDEV, "disk.other"),
    ],
)
def test_each_refusal_has_its_name_and_its_file(tmp_path: Path, code: int, name: str) -> None:
    told = system_error(OSError(code, os.strerror(code)), tmp_path / "a.xlsx")
    assert (told.name, told.file) == (name, str(tmp_path / "a.xlsx"))


def test_a_file_that_a_program_holds_is_in_use_and_a_folder_is_forbidden(tmp_path: Path) -> None:
    held = tmp_path / "a.xlsx"
    held.write_bytes(b"")
    assert system_error(PermissionError(errno.EACCES, "x"), held).name == "locked"
    assert system_error(PermissionError(errno.EACCES, "x"), tmp_path).name == "disk.not_allowed"


def test_what_is_about_no_file_is_raised_again() -> None:
    for error in (BrokenPipeError(errno.EPIPE, "x"), OSError("x"), ValueError("x")):
        with pytest.raises(type(error)):
            told_of(error, Path())


def test_a_file_that_could_not_be_made_is_named_and_leaves_nothing(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    target.write_text("zoals het was", encoding="utf-8")
    with pytest.raises(OSError, match="vol") as caught, making(target) as temporary:
        temporary.write_text("half", encoding="utf-8")
        raise OSError(errno.ENOSPC, "vol")
    assert caught.value.filename == str(target)
    assert [(path.name, path.read_text(encoding="utf-8")) for path in tmp_path.iterdir()] == [
        ("a.txt", "zoals het was")
    ]


@pytest.mark.parametrize("path", ["uitvoer/a.xlsx", "uitvoer/2026-10/a.xlsx", "uitvoer/2026-W49/herinneringen"])
@pytest.mark.parametrize("code", [errno.ENOENT, errno.ENOTDIR, errno.EEXIST])
def test_a_file_with_the_name_of_a_folder_is_named_itself(tmp_path: Path, path: str, code: int) -> None:
    """Whatever the system says of the path below it, which was never there."""
    (tmp_path / "uitvoer").write_text("x", encoding="utf-8")
    told = system_error(OSError(code, "x", str(tmp_path / path)))
    assert (told.name, told.file) == ("disk.in_the_way", str(tmp_path / "uitvoer"))


def test_a_folder_with_the_name_of_the_lock_is_named_itself(tmp_path: Path) -> None:
    (tmp_path / LOCK_FILE).mkdir()
    with pytest.raises(OSError) as caught, held(tmp_path):  # noqa: PT011
        pass
    assert caught.value.filename == str(tmp_path / LOCK_FILE)


def test_a_folder_with_the_name_of_a_file_is_told_as_a_folder(tmp_path: Path) -> None:
    """Settings, definition and mapping are read in one way."""
    for name in (SETTINGS_FILE, "eigen.toml"):
        (tmp_path / name).mkdir()
    for read, file in (
        (load_settings, tmp_path),
        (load_definition, tmp_path / "eigen.toml"),
        (load_mapping, tmp_path / "eigen.toml"),
    ):
        with pytest.raises(UnsupportedFileError) as caught:
            read(file)
        assert caught.value.reason == "folder"


def test_a_folder_in_place_of_the_settings_is_told_and_no_register_above_it_is_taken(tmp_path: Path) -> None:
    inner = tmp_path / "binnen"
    (inner / SETTINGS_FILE).mkdir(parents=True)
    (tmp_path / SETTINGS_FILE).write_text("[organisation]\n", encoding="utf-8")
    assert inner == find_project(inner)
    with pytest.raises(UnsupportedFileError) as told:
        load_settings(find_project(inner))
    assert "folder" == told.value.reason


@pytest.mark.skipif(os.name == "nt", reason="takes rights on Windows")
@pytest.mark.parametrize("target", ["uitvoer", "weg/uitvoer"])
def test_a_link_that_leads_nowhere_or_round_in_circles_is_told_by_its_own_name(tmp_path: Path, target: str) -> None:
    link = tmp_path / "uitvoer"
    link.symlink_to(target)
    with pytest.raises(OSError) as caught:  # noqa: PT011 - systems differ in which.
        (link / "2026-W49").mkdir(exist_ok=True)
    with pytest.raises(FileExistsError) as made:
        link.mkdir(exist_ok=True)
    for error in (caught.value, made.value):
        assert named_from(system_error(error), tmp_path).file in ("uitvoer", "uitvoer/2026-W49")
    assert full_path(link / "a").is_relative_to(tmp_path)
