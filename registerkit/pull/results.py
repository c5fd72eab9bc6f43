"""What the runs give back: the values behind the contract's JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from registerkit.definition import Definition, Lookups, Value
from registerkit.findings import Finding
from registerkit.register import json_value, shown
from registerkit.store.conflicts import StoredConflict
from registerkit.sync.lists import ListChange
from registerkit.sync.plan import Conflict, SourcePlan
from registerkit.texts import Texts

__all__ = [
    "AssignedNumber",
    "Changed",
    "CheckResult",
    "CutOut",
    "FailedFile",
    "RefusedRow",
    "Settled",
    "SourceResult",
    "SyncResult",
    "Waiting",
    "refused_rows",
]


@dataclass(frozen=True)
class Settled:
    """A conflict that a person chose about: `kept` is `store` or `workbook`, `value` what the record holds now."""

    conflict: StoredConflict
    kept: str
    value: Value


@dataclass(frozen=True)
class Changed:
    """A field of a known record that a file changed."""

    file: str
    table: str
    key: str
    field: str
    old: Value
    new: Value


@dataclass(frozen=True)
class RefusedRow:
    """A row that was not registered, with the codes of its findings."""

    file: str
    sheet: str
    row: int
    codes: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the contract's refused row."""
        return asdict(self) | {"codes": list(self.codes)}


@dataclass(frozen=True)
class AssignedNumber:
    """A number that was given to a row; row 0 is a form's."""

    file: str
    sheet: str
    row: int
    number: str


@dataclass(frozen=True)
class SourceResult:
    """One source of a sync; `error` says why it could not be used."""

    path: str
    kind: str
    rows: int = 0
    error: str | None = None
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    conflicts: int = 0
    missing: int = 0
    refused: int = 0

    def as_json(self) -> dict[str, Any]:
        """Return the contract's source."""
        return asdict(self)


@dataclass(frozen=True)
class FailedFile:
    """A file of the inbox that was put aside; `why` is one line that names it."""

    path: str
    why: str


@dataclass(frozen=True)
class CutOut:
    """Closed complaints that were taken out of a file together, as offices do with a year that is over."""

    file: str
    numbers: tuple[str, ...]


@dataclass(frozen=True)
class Waiting:
    """What waits for somebody, whatever run brought it to light: files with how much of it is to be chosen there."""

    conflicts: Mapping[str, int] = field(default_factory=dict)
    gone: Mapping[str, int] = field(default_factory=dict)
    """Rows that a file no longer shows, and of which nobody has said whether that is right."""
    moved: Mapping[str, int] = field(default_factory=dict)
    """Rows of which cells are held because they left their row."""
    failed: tuple[FailedFile, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.conflicts or self.gone or self.moved or self.failed)

    def as_json(self) -> dict[str, Any]:
        """Return how much waits, and which files do."""
        counts = {"conflicts": self.conflicts, "gone": self.gone, "moved": self.moved}
        failed = {"failed_forms": [each.path for each in self.failed]}
        return {name: sum(by_file.values()) for name, by_file in counts.items()} | failed


@dataclass
class SyncResult:
    """The outcome of a sync over all its sources."""

    sources: list[SourceResult] = field(default_factory=list)
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    changes: list[Changed] = field(default_factory=list)
    missing: list[tuple[str, str]] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)
    conflicts: list[tuple[str, Conflict]] = field(default_factory=list)
    settled: list[Settled] = field(default_factory=list)
    """Conflicts of earlier runs that a person chose about."""
    findings: list[Finding] = field(default_factory=list)
    assigned: list[AssignedNumber] = field(default_factory=list)
    written_back: list[str] = field(default_factory=list)
    moved: list[tuple[str, str]] = field(default_factory=list)
    """Files that left the inbox, with where they went."""
    recounted: list[tuple[str, Value, Value]] = field(default_factory=list)
    """Complaints whose day to answer by changed without their row being edited: number, old, new."""
    list_changes: list[tuple[str, ListChange]] = field(default_factory=list)
    """Entries of choice lists that a file added or changed, with the file."""
    alerts: list[str] = field(default_factory=list)
    """Numbers of very serious complaints that came in or became so."""
    waiting: Waiting = field(default_factory=Waiting)
    cut_out: list[CutOut] = field(default_factory=list)
    """Closed complaints that left a file together, told once: nobody has to choose about them."""

    @property
    def needs_person(self) -> bool:
        """Whether somebody has to look: findings of severity error, a source that failed, or what waits since long."""
        return bool(
            self.waiting
            or self.conflicts
            or self.refused
            or any(s.error for s in self.sources)
            or any(f.severity == "error" for f in self.findings)
        )

    def as_json(self, definition: Definition, lookups: Lookups, texts: Texts) -> dict[str, Any]:
        """Return the contract's sync document."""
        return {
            "sources": [source.as_json() for source in self.sources],
            "new": self.new,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "changes": [_changed_json(each, definition, lookups) for each in self.changes],
            "missing": [{"number": number, "file": file} for number, file in self.missing],
            "refused": [row.as_json() for row in self.refused],
            "conflicts": [_conflict_json(c, definition, lookups) | {"file": file} for file, c in self.conflicts],
            "settled": [_settled_json(each, definition, lookups) for each in self.settled],
            "findings": [finding.as_json(texts) for finding in self.findings],
            "assigned": [asdict(each) for each in self.assigned],
            "written_back": self.written_back,
            "moved": [{"file": file, "to": to} for file, to in self.moved],
            "recounted": [
                {"number": number, "old": json_value(old), "new": json_value(new)}
                for number, old, new in self.recounted
            ],
            "lists": [
                {"file": file, "list": c.list_id, "code": c.code, "old": c.old, "new": c.new}
                for file, c in self.list_changes
            ],
            "alerts": self.alerts,
            "waiting": self.waiting.as_json(),
            "cut_out": [{"file": each.file, "numbers": list(each.numbers)} for each in self.cut_out],
        }


@dataclass(frozen=True)
class CheckResult:
    """The outcome of checking files."""

    sources: tuple[SourceResult, ...]
    rows: int
    findings: tuple[Finding, ...]

    @property
    def files(self) -> int:
        """How many files could be read."""
        return sum(source.error is None for source in self.sources)

    @property
    def needs_person(self) -> bool:
        """Whether somebody has to look: findings of severity error, or a file that could not be read."""
        return self.files < len(self.sources) or any(f.severity == "error" for f in self.findings)

    def as_json(self, texts: Texts) -> dict[str, Any]:
        """Return the contract's check document."""
        return {
            "files": self.files,
            "rows": self.rows,
            "findings": [f.as_json(texts) for f in self.findings],
            "sources": [source.as_json() for source in self.sources],
        }


def refused_rows(plan: SourcePlan) -> list[RefusedRow]:
    """Return the rows of a source that were not registered."""
    return [RefusedRow(plan.name, each.sheet, each.row, each.codes) for each in plan.refused]


def _conflict_json(conflict: Conflict, definition: Definition, lookups: Lookups) -> dict[str, Any]:
    def value(of: Value) -> Any:
        return shown(definition, conflict.table, conflict.field, of, lookups)

    return {
        "number": conflict.key,
        "field": definition.tables[conflict.table].by_id[conflict.field].name,
        "label": definition.tables[conflict.table].by_id[conflict.field].labels[lookups.language],
        "base": value(conflict.base),
        "workbook": value(conflict.file_value),
        "store": value(conflict.store_value),
        "kept": conflict.kept,
    }


def _changed_json(each: Changed, definition: Definition, lookups: Lookups) -> dict[str, Any]:
    table = definition.tables[each.table]
    return {
        "file": each.file,
        "table": each.table,
        "number": each.key,
        "field": table.by_id[each.field].name,
        "label": table.by_id[each.field].labels[lookups.language],
        "old": shown(definition, each.table, each.field, each.old, lookups),
        "new": shown(definition, each.table, each.field, each.new, lookups),
    }


def _settled_json(settled: Settled, definition: Definition, lookups: Lookups) -> dict[str, Any]:
    conflict = settled.conflict
    return {
        "number": conflict.key,
        "field": definition.tables[conflict.table].by_id[conflict.field].name,
        "label": definition.tables[conflict.table].by_id[conflict.field].labels[lookups.language],
        "value": shown(definition, conflict.table, conflict.field, settled.value, lookups),
        "kept": settled.kept,
        "file": conflict.source,
    }
