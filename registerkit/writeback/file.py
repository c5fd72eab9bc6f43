"""Writes planned edits into a workbook: after a backup, through a temporary file, and never over someone's work."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from registerkit.codes import FindingCode
from registerkit.errors import FileError, LockedFileError
from registerkit.files import ChangedMeanwhileError, full_path, making, safe_name, system_error
from registerkit.ooxml import CannotEditError, Editor, Package
from registerkit.writeback.edits import FileEdits
from registerkit.writeback.growth import Refused, grow
from registerkit.writeback.locks import excel_lock

__all__ = [
    "COPY",
    "Written",
    "archive_folder",
    "backup",
    "content_hash",
    "copy_from",
    "next_copy",
    "prune",
    "write_edits",
]

_BLOCK = 1 << 20
_DAYS, _WEEKS, _MONTHS = 14, 13, 24
"""For so long a copy of each day, of each week and of each month is kept beside the newest."""
_STEM_BYTES = 200
COPY = re.compile(r"(.+)\.\d{8}-\d{6}-\d{2,}")
"""How the name of a copy in the archive is made up, without its suffix."""


_CANNOT_EDIT: Mapping[str, FindingCode] = {
    "formula_in_cell": "cannot_edit_formula_in_cell",
    "no_addresses": "cannot_edit_no_addresses",
    "prefixed": "cannot_edit_prefixed",
}
"""What to tell of a sheet that cannot be edited; all other reasons are in the way of rows that go below a table."""


@dataclass(frozen=True)
class Written:
    """How a write-back ended: done, or the code of the finding that says why it must wait."""

    done: bool
    reason: FindingCode | None = None
    cell: str | None = None
    is_shared: bool = False
    """Others could write in the file at the same moment: what it holds now is not what was read and written alone."""
    refused: tuple[Refused, ...] = ()
    """Rows for which there was no room where they belong."""


def content_hash(path: Path) -> str:
    """Return a fingerprint of a file's bytes."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def write_edits(
    path: Path, edits: FileEdits, read_hash: str, archive: Path, stamp: Mapping[str, str], at: datetime
) -> Written:
    """Write the edits into the file at `path`, and renew these properties of the stamp that it carries.

    Nothing is written while the file is open elsewhere, is read-only, or is no longer the file that was read
    (`read_hash`): then the reason is given, and a later run writes what is still needed.
    """
    if excel_lock(path) is not None:
        return Written(False, "file_open")
    if not os.access(path, os.W_OK):
        return Written(False, "file_read_only")
    try:
        if content_hash(path) != read_hash:
            return Written(False, "file_changed_meanwhile")
        with Package(path) as package:
            editor = Editor(package)
            refused = _edit(editor, edits)
            if not edits.stays and sum(not each.sheet for each in refused) == len(edits.growths):
                return Written(False, refused=tuple(refused))
            backup(path, archive, at)
            if "registerkit.revision" in package.custom_properties:
                for name, text in stamp.items():
                    editor.set_property(f"registerkit.{name}", text)
            editor.ask_recalculation()
            if content_hash(path) != read_hash:
                return Written(False, "file_changed_meanwhile")
            editor.save(path, lambda: content_hash(path) == read_hash and excel_lock(path) is None)
    except ChangedMeanwhileError:
        return Written(False, "file_changed_meanwhile")
    except CannotEditError as error:
        return Written(False, _CANNOT_EDIT.get(error.reason, "cannot_edit_below_table"), error.cell)
    except FileError:
        return Written(False, "file_open")
    except OSError as error:
        is_held = isinstance(system_error(error, path), LockedFileError)
        return Written(False, "file_open") if is_held else Written(False, "file_not_written")
    return Written(True, refused=tuple(refused))


def _edit(editor: Editor, edits: FileEdits) -> list[Refused]:
    """Make the edits and return what there was no room for."""
    for part in {*edits.cells, *edits.refreshed}:
        editor.set_cells(part, edits.refreshed.get(part, {}) | edits.cells.get(part, {}))
    for part, cells in edits.owned.items():
        editor.set_cells(part, cells, whatever=True)
    for part, formulas in edits.column_formulas.items():
        editor.set_column_formulas(part, formulas)
    for name, formula in edits.names.items():
        editor.set_name(name, formula)
    for lost in edits.dropdowns:
        editor.put_back(lost.part, lost.column, lost.first, lost.last, lost.dropdown)
    for sheet in edits.unhidden:
        editor.show_sheet(sheet)
    refused = grow(editor, edits.growths)
    for part, heights in edits.heights.items():
        editor.set_heights(part, heights)
    for printed in edits.printed:
        editor.set_printed_rows(printed.table, printed.last, printed.last_row)
    return refused


def archive_folder(path: Path, root: Path, archive: Path) -> Path:
    """Return the folder of the archive that a file's copies go to; files of one name in two folders never share it.

    Files of the project folder itself go to the archive, those of a folder inside it to a folder of that name, and
    those from elsewhere to one that names their folder, with a mark that tells it from others of that name.
    """
    folder = full_path(path).parent
    if folder.is_relative_to(full_path(root)):
        return archive / folder.relative_to(full_path(root))
    mark = hashlib.sha256(folder.as_posix().encode()).hexdigest()[:8]
    return archive / f"{safe_name(folder.name)}-{mark}"


def backup(path: Path, archive: Path, at: datetime) -> Path:
    """Copy a file to the archive, unless its newest copy there is the same; gives the copy."""
    archive.mkdir(parents=True, exist_ok=True)
    earlier = _copies(archive, _stem(path), path.suffix)
    if earlier and content_hash(earlier[-1]) == content_hash(path):
        return earlier[-1]
    target = next_copy(path, archive, at)
    with making(target) as temporary:
        shutil.copy2(path, temporary)
    return target


def next_copy(path: Path, archive: Path, at: datetime) -> Path:
    """Return how the next copy of a file is called in the archive: as the newest, also when the clock was set back."""
    stem, earlier = _stem(path), [_moment(copy) for copy in _copies(archive, _stem(path), path.suffix)]
    moment = (f"{at:%Y%m%d-%H%M%S}", 0)
    last, n = max([moment, *earlier])
    return archive / f"{stem}.{last}-{n + 1:02}{path.suffix}"


def copy_from(path: Path, archive: Path, at: datetime | None) -> Path | None:
    """Return the last copy of a file up to a moment, else the first there is; without a moment the newest."""
    copies = _copies(archive, _stem(path), path.suffix)
    before = [copy for copy in copies if at is None or _moment(copy)[0] <= f"{at:%Y%m%d-%H%M%S}"]
    return next(iter(before[-1:] or copies), None)


def _moment(copy: Path) -> tuple[str, int]:
    """Return the moment that a copy names, and which of that moment it is."""
    moment, _, n = copy.stem.rsplit(".", 1)[1].rpartition("-")
    return moment, int(n)


def _stem(path: Path) -> str:
    """Return how the names of a file's copies begin: its own may be as long as a file system holds."""
    return path.stem.encode()[:_STEM_BYTES].decode(errors="ignore")


def prune(archive: Path, keep: int, at: datetime) -> None:
    """Delete the copies in the archive that have had their time.

    Of every file the newest `keep` stay, 0 for all; of those before, the last of each day for two weeks, of each week
    for a quarter and of each month for two years.
    """
    files = {(p.parent, m[1], p.suffix) for p in archive.rglob("*") if (m := COPY.fullmatch(p.stem))} if keep else set()
    for folder, stem, suffix in files:
        copies = _copies(folder, stem, suffix)
        seen = {_span(_day_of(copy), at) for copy in copies[-keep:]}
        for old in reversed(copies[:-keep]):
            span = _span(_day_of(old), at)
            if span is None or span in seen:
                old.unlink(missing_ok=True)
            else:
                seen.add(span)


def _day_of(copy: Path) -> datetime:
    return datetime.strptime(copy.stem.rsplit(".", 1)[1][:8], "%Y%m%d")


def _span(day: datetime, at: datetime) -> str | None:
    """Return the day, week or month of which one copy is kept; None when it is too long ago."""
    age = (at.date() - day.date()).days
    kinds = ((_DAYS, "%Y-%m-%d"), (_WEEKS * 7, "%G-W%V"), (_MONTHS * 31, "%Y-%m"))
    return next((day.strftime(form) for most, form in kinds if age <= most), None)


def _copies(archive: Path, stem: str, suffix: str) -> list[Path]:
    """Return the copies of one file in the archive, oldest first; never those of a file whose name begins alike."""
    name = re.compile(rf"{re.escape(stem)}\.\d{{8}}-\d{{6}}-\d{{2,}}{re.escape(suffix)}\Z")
    found = [path for path in archive.iterdir() if name.match(path.name)] if archive.is_dir() else []
    return sorted(found, key=_moment)
