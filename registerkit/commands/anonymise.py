"""Anonymises complaints: in the store and its copies, in letters and forms; files follow at their next write-back.

The list beside the store comes first. What it says is done again until it is done, so that a run that was broken off
is finished by the next one.
"""

from __future__ import annotations

import re
import secrets
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from registerkit.commands.records import known_number
from registerkit.database import Address
from registerkit.errors import RegisterkitError, UsageError
from registerkit.privacy import Kept, plan_wiping
from registerkit.session.anonymised import Anonymised, keep_list, read_list
from registerkit.session.session import Session
from registerkit.store import Store
from registerkit.store.anonymise import tidy, wipe
from registerkit.store.copies import copies_in
from registerkit.writeback import copies_of_files

__all__ = ["AnonymiseResult", "anonymise", "finish_anonymising"]


@dataclass(frozen=True)
class AnonymiseResult:
    """What was wiped, or would be, and what stays for now."""

    numbers: tuple[str, ...]
    kept: tuple[Kept, ...]
    endings: Mapping[str, int]
    files: tuple[str, ...]
    """Files that were changed or removed, relative to the project."""

    def as_json(self) -> dict[str, Any]:
        """Return it as a document."""
        kept = [{"number": each.number, "reason": each.reason} for each in self.kept]
        told = {"numbers": list(self.numbers), "n": len(self.numbers), "by_ending": dict(self.endings), "kept": kept}
        return told | {"files": list(self.files)}


def anonymise(
    session: Session, *, before: date | None = None, person: str | None = None, dry_run: bool = False
) -> AnonymiseResult:
    """Wipe the complaints that ended before a day, or those of one person; those that are not over stay, and are told.

    Raises `UsageError` unless one of the two is said.
    """
    if (before is None) == (person is None):
        raise UsageError(reason="anonymise")
    register = session.register()
    number = known_number(register.complaints, person) if person is not None else None
    plan = plan_wiping(register, lambda: secrets.token_hex(8), before=before, person=number)
    endings = {session.texts(f"state.{code}"): n for code, n in plan.endings.items()}
    found = AnonymiseResult(plan.numbers, plan.kept, endings, ())
    if not plan.numbers:
        return found
    if dry_run:
        files = [*_own_files(session, plan.numbers), *_copies(session)]
        return replace(found, files=tuple(session.relative(path) for path in files))
    known, fresh = read_list(session.settings.paths), dict.fromkeys(plan.numbers, session.on)
    wanted = Anonymised({**known.numbers, **fresh}, {**known.codes, **plan.codes}, is_done=False)
    keep_list(session.settings.paths, wanted)
    return replace(found, files=finish_anonymising(session))


def finish_anonymising(session: Session) -> tuple[str, ...]:
    """Do what the list says and was not done yet; gives the files that were changed or removed."""
    paths = session.settings.paths
    listed = read_list(paths)
    if listed.is_done:
        return ()
    done = [session.relative(path) for path in _own_files(session, listed.numbers)]
    for path in _own_files(session, listed.numbers):
        path.unlink(missing_ok=True)
    _wipe(session, session.store, listed)
    for path in _copies(session):
        done.append(session.relative(path))
        if path.suffix != paths.store.suffix or not _wipe_copy(session, path, listed):
            path.unlink(missing_ok=True)
    keep_list(paths, replace(listed, is_done=True))
    return tuple(dict.fromkeys(done))


def _wipe(session: Session, store: Store, listed: Anonymised) -> None:
    wipe(store, listed.numbers, listed.codes, session.texts("value.wiped"), session.stamp_time)
    tidy(store)


def _wipe_copy(session: Session, copy: Path, listed: Anonymised) -> bool:
    """Wipe a copy of the store, in a file beside it that takes its place; tells whether that could be done."""
    half = copy.with_name(f".{copy.name}.tmp")
    shutil.copyfile(copy, half)
    try:
        store = Store.open(Address.of_file(half), session.definition, session.stamp_time, create=False)
        try:
            _wipe(session, store, listed)
        finally:
            store.close()
        half.replace(copy)
    except RegisterkitError:
        return False
    finally:
        half.unlink(missing_ok=True)
    return True


def _copies(session: Session) -> list[Path]:
    """Return the copies in the archive: those of the store, and those of workbooks and Access files, which all go."""
    paths = session.settings.paths
    of_store = [copy.file for copy in copies_in(paths.archive, session.definition.main_id)]
    return [*of_store, *copies_of_files(paths.archive, paths.store)]


def _own_files(session: Session, numbers: Iterable[str]) -> list[Path]:
    """Return the letters made for complaints and the forms that they came in with, by the numbers in their names.

    All letters of a run in one file go too, where a letter of the complaints was made in that run.
    """
    paths, wanted = session.settings.paths, set(numbers)
    letters = [path for path in _files(paths.output) if _number_of(path) in wanted]
    every = session.store.records(session.definition.main_id).keys()
    together = {p for letter in letters for p in letter.parent.glob("*.pdf") if _number_of(p) not in every}
    rows = session.store.records("letters").values() if "letters" in session.definition.tables else ()
    logged = [paths.root / str(row["file"]) for row in rows if row.get("complaint") in wanted and row.get("file")]
    also = [path for path in logged if path.is_file() and path.resolve().is_relative_to(paths.output.resolve())]
    forms = [path for folder in (paths.done, paths.failed) for path in _files(folder) if _number_of(path) in wanted]
    return sorted({*letters, *together, *also, *forms})


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else iter(())


def _number_of(path: Path) -> str:
    return re.split(r"\s", path.stem, maxsplit=1)[0]
