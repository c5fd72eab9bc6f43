"""Anonymises complaints: in the store and its copies, in letters and forms; files follow at their next write-back.

The list beside the store comes first. What it says is done again until it is done, so that a run that was broken off
is finished by the next one.
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from registerkit.commands.personal_files import (
    Remaining,
    copies,
    naming_files,
    own_files,
    remaining_files,
    remove_folders,
)
from registerkit.commands.records import known_number
from registerkit.database import Address
from registerkit.errors import RegisterkitError, UsageError
from registerkit.files import file_in, write_when_changed
from registerkit.privacy import Kept, Wanted, Wiping, declaration, plan_wiping
from registerkit.session.anonymised import Anonymised, keep_list, read_list
from registerkit.session.session import Session
from registerkit.store import Store
from registerkit.store.anonymise import said_of, tidy, wipe
from registerkit.sync.wiped_rows import hashes_of

__all__ = ["AnonymiseResult", "Files", "anonymise", "finish_anonymising"]


@dataclass(frozen=True)
class Files:
    """What became of files, or would, each named from the project folder."""

    removed: tuple[str, ...] = ()
    cleaned: tuple[str, ...] = ()
    declaration: str | None = None
    """The declaration of destruction that was written."""
    waiting: tuple[str, ...] = ()
    """Files that the next sync cleans."""
    left: tuple[str, ...] = ()
    """Files that name the people, and that the office must clean or throw away itself."""
    unread: tuple[str, ...] = ()
    """Files that could not be searched."""


@dataclass(frozen=True)
class AnonymiseResult:
    """What was wiped, or would be, and what stays for now."""

    numbers: tuple[str, ...]
    kept: tuple[Kept, ...]
    endings: Mapping[str, int]
    files: Files = Files()
    early: int = 0
    """How many of them go before their term is over."""

    def as_json(self) -> dict[str, Any]:
        """Return it as a document."""
        kept = [{"number": e.number, "reason": e.reason, "until": e.until and e.until.isoformat()} for e in self.kept]
        told = {"numbers": list(self.numbers), "n": len(self.numbers), "by_ending": dict(self.endings), "kept": kept}
        told |= {"early": self.early}
        removed, cleaned = list(self.files.removed), list(self.files.cleaned)
        told |= {"files": [*removed, *cleaned], "removed": removed, "cleaned": cleaned}
        told |= {name: list(getattr(self.files, name)) for name in ("waiting", "left", "unread")}
        return told | {"declaration": self.files.declaration}


def anonymise(session: Session, wanted: Wanted, *, dry_run: bool = False) -> AnonymiseResult:
    """Wipe the complaints that are wanted; those that are not over, or are to be kept still, stay and are told.

    Raises `UsageError` unless it is clear which are wanted, or for a day to come.
    """
    if not wanted.is_clear:
        raise UsageError(reason="anonymise")
    if wanted.before is not None and wanted.before > session.on:
        raise UsageError(reason="anonymise_future", value=wanted.before)
    register = session.register()
    if wanted.person is not None:
        wanted = replace(wanted, person=known_number(register.complaints, wanted.person))
    plan = plan_wiping(register, lambda: secrets.token_hex(8), wanted)
    endings = {session.texts(f"state.{code}"): n for code, n in plan.endings.items()}
    found = AnonymiseResult(plan.numbers, plan.kept, endings, early=plan.early)
    if not plan.numbers:
        return found
    if dry_run:
        return replace(found, files=_would(session, plan))
    _keep(session, wanted, plan)
    return replace(found, files=finish_anonymising(session))


def _would(session: Session, plan: Wiping) -> Files:
    """Return what would become of files."""
    store = session.settings.paths.store.suffix
    kept, gone = (
        [session.relative(path) for path in copies(session) if (path.suffix == store) is of_store]
        for of_store in (True, False)
    )
    going = (*own_files(session, plan.numbers), *naming_files(session, plan.numbers))
    own = map(session.relative, going)
    remaining = remaining_files(session, plan.numbers, going)
    return _with(session, remaining, Files(tuple(dict.fromkeys([*own, *gone])), tuple(kept)))


def _with(session: Session, remaining: Remaining, files: Files) -> Files:
    """Tell of the files that remain beside those that went."""
    waiting, left, unread = (
        tuple(map(session.relative, paths)) for paths in (remaining.waiting, remaining.left, remaining.unread)
    )
    return replace(files, waiting=waiting, left=left, unread=unread)


def _keep(session: Session, wanted: Wanted, plan: Wiping) -> None:
    """Put into the list what is to be done."""
    known, fresh = read_list(session.settings.paths), dict.fromkeys(plan.numbers, session.on)
    secret = known.secret or secrets.token_hex(32)
    hashes = (hashes_of(secret, said) for said in said_of(session.store, plan.numbers))
    day = wanted.before.isoformat() if wanted.before else None
    told = replace(
        known,
        numbers={**known.numbers, **fresh},
        codes={**known.codes, **plan.codes},
        is_done=False,
        run={"rule": wanted.rule, "day": day, "counts": plan.counts},
        secret=secret,
        rows=known.rows.union(*hashes),
    )
    keep_list(session.settings.paths, told)


def finish_anonymising(session: Session) -> Files:
    """Do what the list says and was not done yet; gives what became of files."""
    paths = session.settings.paths
    listed = read_list(paths)
    if listed.is_done:
        return Files()
    removed, cleaned = [*own_files(session, listed.numbers), *naming_files(session, listed.numbers)], list[Path]()
    remaining = remaining_files(session, listed.numbers, removed)
    for path in removed:
        path.unlink(missing_ok=True)
    remove_folders(session, listed.numbers)
    _wipe(session, session.store, listed)
    for path in copies(session):
        if path.suffix == paths.store.suffix and _wipe_copy(session, path, listed):
            cleaned.append(path)
        else:
            removed.append(path)
            path.unlink(missing_ok=True)
    declared = _declare(session, listed)
    keep_list(paths, replace(listed, is_done=True, run={}))
    gone, clean = (tuple(dict.fromkeys(map(session.relative, each))) for each in (removed, cleaned))
    return _with(session, remaining, Files(gone, clean, declared))


def _declare(session: Session, listed: Anonymised) -> str | None:
    """Write the declaration of destruction of a run into the output folder; a second of a day is numbered."""
    if not listed.run:
        return None
    called = session.texts("privacy.declaration.file", on=session.on)
    path = file_in(session.settings.paths.output, called, ".docx", Path.exists)
    write_when_changed(path, declaration(listed.run, session.settings, session.texts, session.on))
    return session.relative(path)


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
