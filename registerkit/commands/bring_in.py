"""Brings the complaints of somebody's own register in, by a mapping file; and takes that back."""

from __future__ import annotations

import io
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from registerkit.commands.csv_text import ENCODING, write_rows
from registerkit.commands.load_export import export_in, load_export
from registerkit.commands.restore import restore_copy
from registerkit.database import OdbcTable
from registerkit.errors import MissingFileError, SettingsError, StoreError
from registerkit.files import as_typed, file_in, project_name, safe_name, write_when_changed
from registerkit.findings import ODBC, SEVERITIES, Finding
from registerkit.importing import Guess, guess_tables, map_text
from registerkit.pull.merge import merge_sources
from registerkit.pull.merged import Merged
from registerkit.pull.results import RefusedRow, SyncResult
from registerkit.reading import found_tables, is_held
from registerkit.session.copies import keep_copy
from registerkit.session.gc_pause import gc_pause
from registerkit.session.merge_parts import SourceFile, name_of, source_of, table_source
from registerkit.session.session import Session
from registerkit.store.codec import json_object
from registerkit.store.sources import written_since
from registerkit.sync.merge import Prefer
from registerkit.sync.state import SYSTEM
from registerkit.texts import Texts

__all__ = [
    "Brought",
    "BroughtColumn",
    "FindingGroup",
    "Suggested",
    "bring_in",
    "suggest_map",
    "take_back",
]

_LAST = "last_import"
"""Where the store remembers the import that can be taken back: file, copy, and the revision that it led to."""
_MAP = ".toml"
_EXAMPLES = 3
_NO_NEWS = frozenset({"cannot_write_kind", "cannot_write_database"})
"""Nobody expects that a file which is taken over is written in."""
_HEADS = ("severity", "sheet", "row", "cell", "label", "value", "message")


@dataclass(frozen=True)
class BroughtColumn:
    """A column of the file: its heading, the field that it went to, and how many of its cells hold something."""

    label: str
    field: str | None
    values: int


@dataclass(frozen=True)
class FindingGroup:
    """What was found of one kind in one column: how often, with some examples."""

    code: str
    severity: str
    label: str | None
    n: int
    examples: tuple[Finding, ...]
    left_out: int = 0
    """So many of them stand in rows that were not registered."""


@dataclass(frozen=True)
class Brought:
    """What came in; `map` is the mapping file, `told` the file with every finding."""

    file: str
    result: SyncResult
    columns: tuple[BroughtColumn, ...]
    groups: tuple[FindingGroup, ...]
    map: str | None = None
    told: str | None = None
    copy: str | None = None
    """The copy of the store from before, which `take_back` puts back."""

    @property
    def rows(self) -> int:
        """How many rows were read, those that were left out before anything else too: with a number of another row."""
        result = self.result
        told = result.new + result.changed + result.unchanged + len(result.refused)
        return max(told, sum(source.rows for source in result.sources))

    @property
    def needs_person(self) -> bool:
        """Whether somebody has to look."""
        return self.result.needs_person

    def as_json(self, texts: Texts) -> dict[str, Any]:
        """Return the contract's import document."""
        result = self.result
        return {
            "file": self.file,
            "rows": self.rows,
            "new": result.new,
            "changed": result.changed,
            "unchanged": result.unchanged,
            "refused": [{"sheet": row.sheet, "row": row.row, "codes": list(row.codes)} for row in result.refused],
            "columns": [vars(column) for column in self.columns],
            "conflicts": len(result.conflicts),
            "findings": [finding.as_json(texts) for group in self.groups for finding in group.examples],
            "counts": [{"code": g.code, "label": g.label, "n": g.n} for g in self.groups],
            "map": self.map,
            "files": [self.told] if self.told else [],
        }


@dataclass(frozen=True)
class Suggested:
    """A mapping file that was written, and what it was guessed from."""

    source: SourceFile
    file: str
    """How the source is called."""
    map: Path
    guess: Guess = field(repr=False)
    is_found: bool = False
    """The next import of the file finds it without being told where it is."""

    def again(self, target: Path | None = None, project: Path | None = None) -> str:
        """Return how the import by this map is typed, by whoever named where it goes and the project's folder."""
        at = target.with_name(self.map.name) if target else project_name(self.map, Path.cwd())
        named = None if self.is_found else at
        return _typed(self.source, str(self.source.path), named, project)

    def as_json(self, name: str) -> dict[str, Any]:
        """Return what was guessed as a document."""
        columns = [
            {"label": c.column, "field": c.field.id if c.field else None, "values": c.filled, "sure": c.is_sure}
            for c in self.guess.table.columns
        ]
        return {"file": self.file, "rows": self.guess.table.rows, "columns": columns, "map": name, "files": [name]}


def suggest_map(session: Session, file: Path | str, target: Path | None = None, table: str | None = None) -> Suggested:
    """Write a mapping file with what is guessed of the columns of a file or table; never over one that is there.

    Raises a `FileError` when it cannot be read, or nothing in it looks like rows.
    """
    lookups, definition = session.lookups(), session.definition
    source = _source(session, file, table)
    session.progress("read", file=name_of(session, source))
    found = found_tables(source.path, source.odbc)
    session.progress("guess", n=sum(len(table.rows) for table in found))
    guess = guess_tables(found, definition, lookups)
    wanted = target or session.settings.paths.root / f"{_stem(source)}{_MAP}"
    if target is None or wanted.exists():
        wanted = file_in(wanted.parent, wanted.stem, _MAP, Path.exists)
    called = source.odbc.shown if source.odbc else source.path.name
    again = _typed(source, name_of(session, source), session.relative(wanted))
    text = map_text(guess, session.texts, lookups, definition, called, again)
    write_when_changed(wanted, text.encode())
    return Suggested(source, name_of(session, source), wanted, guess, _beside(session, source) == [wanted])


def bring_in(
    session: Session,
    file: Path | str,
    mapping: Path | None = None,
    prefer: Prefer = None,
    table: str | None = None,
    *,
    dry_run: bool = False,
) -> Brought:
    """Take in the complaints of a file or table, by its mapping or by its headings. A dry run writes nothing.

    Raises a `FileError` or `SettingsError` when the file or the mapping cannot be used; nothing has changed then.
    """
    source = _source(session, file, table)
    source = replace(source, mapping=mapping or source.mapping or _only_map(session, source))
    tree = None if source.mapping or source.odbc else export_in(source.path, session.definition.main)
    if tree is not None:
        load = partial(load_export, session, source.path, tree, dry_run=dry_run)
        return _brought(session, source, lambda: (load(), ()), dry_run=dry_run)

    def merged() -> tuple[SyncResult, tuple[BroughtColumn, ...]]:
        with gc_pause():
            found = merge_sources(session, [source], prefer, commit=not dry_run)
            found.need_one()
        return found.result, tuple(_columns(found))

    return _brought(session, source, merged, dry_run=dry_run)


def _source(session: Session, file: Path | str, table: str | None) -> SourceFile:
    """Return what is imported as the settings know it, a file or a table of a database; all of its rows come in."""
    if table is None:
        return replace(source_of(session, path := Path(file)), path=path, kind="import", scope="all")
    odbc = OdbcTable(str(file).removeprefix(ODBC), table)
    known = (table_source(setting) for setting in session.settings.odbc_tables)
    source = next((each for each in known if each.odbc == odbc), SourceFile(Path(odbc.shown), odbc=odbc))
    return replace(source, kind="import", scope="all")


def _typed(source: SourceFile, file: str, mapping: Path | str | None = None, project: Path | None = None) -> str:
    """Return how the import of a source is typed, without a password."""
    words = [source.odbc.typed, "--table", source.odbc.table] if source.odbc else [file]
    words += ["--map", str(mapping)] if mapping else []
    words += ["--project", str(project)] if project else []
    return as_typed(["registerkit", "import", *words])


def _stem(source: SourceFile) -> str:
    """Return what the files that are about a source are called after."""
    return safe_name(source.odbc.table) if source.odbc else source.path.stem


def _brought(
    session: Session,
    source: SourceFile,
    take_in: Callable[[], tuple[SyncResult, tuple[BroughtColumn, ...]]],
    *,
    dry_run: bool,
) -> Brought:
    """Take something in so that it can be taken back, and return what came of it."""
    copy, before = None if dry_run else keep_copy(session), session.store.revision()
    result, columns = take_in()
    if copy is not None and session.store.revision() != before:
        _remember(session, name_of(session, source), copy)
    findings = [finding for finding in result.findings if finding.code not in _NO_NEWS]
    told = None if dry_run else _told(session, _stem(source), findings)
    map_name, kept = (session.relative(each) if each else None for each in (source.mapping, copy))
    return Brought(name_of(session, source), result, columns, _grouped(findings, result.refused), map_name, told, kept)


def take_back(session: Session) -> tuple[str, dict[str, Any]]:
    """Put the store back as it was before the last import; gives the copy that was put back, and what was imported.

    Raises `StoreError` when there was no import, or something changed since. The session must be opened anew.
    """
    told = session.store.noted(_LAST, json_object) or {}
    database = session.settings.paths.root
    if not told:
        raise StoreError(database, reason="no_import")
    if session.store.revision() != told["revision"] or written_since(session.store, told["revision"]):
        raise StoreError(database, reason="import_followed", source=told["file"])
    copy = session.settings.paths.root / told["copy"]
    if not copy.is_file():
        raise MissingFileError(copy, reason="copy", known="-", archive=session.settings.paths.archive.name)
    root, at = session.settings.paths.root, session.at
    session.close()
    restore_copy(root, str(copy), at)
    return told["copy"], told


def _only_map(session: Session, source: SourceFile) -> Path | None:
    """Return the mapping file of a source; raises `SettingsError` when it has more than one."""
    found = _beside(session, source)
    if len(found) > 1:
        known = ", ".join(path.name for path in found)
        raise SettingsError(found[0], reason="two_maps", source=name_of(session, source), known=known)
    return found[0] if found else None


def _beside(session: Session, source: SourceFile) -> list[Path]:
    """Return the mapping files that were suggested for a source, which lie in the project under its name."""
    paths, named = session.settings.paths, re.compile(rf"{re.escape(_stem(source))}(?: \(\d+\))?")
    places = sorted(paths.root.glob(f"*{_MAP}"), key=lambda place: (len(place.name), place.name))
    return [place for place in places if place != paths.settings and named.fullmatch(place.stem)]


def _remember(session: Session, name: str, copy: Path) -> None:
    """Remember what `take_back` needs; it counts as no change of the register."""
    told = {"file": name, "copy": session.relative(copy), "revision": session.store.revision()}
    with session.store.transaction(SYSTEM, session.stamp_time, bookkeeping=True) as transaction:
        transaction.set_meta(_LAST, json.dumps(told, ensure_ascii=False))


def _columns(merged: Merged) -> list[BroughtColumn]:
    """Return the columns of all sheets together."""
    found: Counter[tuple[str, str | None]] = Counter()
    for raw in (raw for source in merged.sources for raw in source.raw.places(merged.state.definition.main_id)):
        for field_id, label in raw.headers.items():
            at = raw.columns[field_id]
            found[(label, field_id)] += sum(at < len(cells) and is_held(cells[at]) for _, cells in raw.rows)
        found.update(dict.fromkeys(((label, None) for label in raw.strange), 0))
    return [BroughtColumn(label, field_id, n) for (label, field_id), n in found.items()]


def _grouped(findings: Iterable[Finding], refused: Iterable[RefusedRow]) -> tuple[FindingGroup, ...]:
    """Return the findings by kind and column, the most pressing and frequent first."""
    groups: dict[tuple[str, str, str | None], list[Finding]] = {}
    for finding in findings:
        label = finding.location.label if finding.location.row else None
        groups.setdefault((finding.severity, finding.code, label), []).append(finding)
    because = {(row.sheet, row.row, code) for row in refused for code in row.codes}
    made = []
    for (severity, code, label), found in groups.items():
        left_out = sum((f.location.sheet, f.location.row, code) in because for f in found)
        made.append(FindingGroup(code, severity, label, len(found), tuple(found[:_EXAMPLES]), left_out))
    return tuple(sorted(made, key=lambda g: (SEVERITIES.index(g.severity), -g.left_out, -g.n)))


def _told(session: Session, name: str, findings: Sequence[Finding]) -> str | None:
    """Write every finding to a file that Excel opens, and return its name; None when there is nothing to tell."""
    if not findings:
        return None
    texts = session.texts
    session.progress("told", n=len(findings))
    rows = [[texts(f"import.told.{name}") for name in _HEADS]]
    for f in findings:
        where = f.location
        rows.append([texts(f"severity.{f.severity}"), where.sheet or "", str(where.row or ""), where.cell or "",
                     where.label or "", f.value or "", f.full_message(texts)])  # fmt: skip
    text = io.StringIO()
    write_rows(text, rows)
    target = file_in(session.settings.paths.output, texts("import.told.file", file=name, day=session.on), ".csv")
    write_when_changed(target, text.getvalue().encode(ENCODING))
    return session.relative(target)
