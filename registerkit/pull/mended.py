"""Says whether a file that was put aside has been mended and taken in, while the faulty one still lies there."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from registerkit.errors import FileError
from registerkit.pull.merged import MergedSource
from registerkit.reading import open_workbook, parse_form
from registerkit.session.session import Session
from registerkit.sync.likeness import PERSONAL, alikeness
from registerkit.writeback import content_hash

__all__ = ["is_mended"]

_HALF = 0.5
_COUNTED = re.compile(r" \(\d+\)$")
"""What stands behind a name that was taken already."""


def is_mended(session: Session, failed: Path, taken: Iterable[MergedSource]) -> bool:
    """Tell whether one of the files that were taken in is the same as one that was put aside under that name.

    All forms may be called alike, so the name alone says nothing: what stands in it must be the same too. One of
    another kind was saved anew, unless it has the name that every form has.
    """
    paths, is_file = session.settings.paths, failed.is_file()
    is_named = _stem(failed) != _stem(paths.form_xlsx)
    for source in taken:
        path = source.source.path
        if is_file and content_hash(failed) == source.content:  # Mended where it lay, and copied.
            return True
        is_same = _stem(path) == _stem(failed) and path.parent.relative_to(paths.inbox) == failed.parent.relative_to(
            paths.failed
        )
        is_converted = is_named and path.suffix.casefold() != failed.suffix.casefold()
        if is_same and (is_converted or _says_the_same(session, failed, source)):
            return True
    return False


def _stem(path: Path) -> str:
    return _COUNTED.sub("", path.stem).casefold()


def _says_the_same(session: Session, failed: Path, taken: MergedSource) -> bool:
    main = session.definition.main
    record = session.store.records(main.id, main.key, [taken.form_key or ""]).get(taken.form_key or "")
    try:
        raw = open_workbook(failed, session.definition)
        row = parse_form(raw, main, session.lookups())[0] if raw.form else None
    except (FileError, OSError, ValueError, ArithmeticError, LookupError):
        return False
    if record is None or row is None:
        return False
    both = [f for f in PERSONAL if row.values.get(f) is not None and record.get(f) is not None]
    story = "description"
    is_other = story in both and row.values[story] != record[story]
    return bool(both) and not is_other and alikeness(row.values, record) >= _HALF
