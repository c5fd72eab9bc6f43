"""What a sync will do with one source: the outcome of every row, as values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import chain
from types import MappingProxyType
from typing import Literal

from registerkit.definition import Record, Value
from registerkit.findings import Finding

__all__ = ["CellValues", "Conflict", "Knowledge", "OpenConflict", "Refusal", "SourcePlan"]

CellKey = tuple[str, str, str]
"""Table, record key, field."""


class CellValues(Mapping[CellKey, Value]):
    """Values by cell, kept by record: of a file that is new every cell of every row is one."""

    def __init__(self, values: Mapping[CellKey, Value] = MappingProxyType({})) -> None:
        self._records: dict[tuple[str, str], Record] = {}
        if isinstance(values, CellValues):
            self._records = dict(values._records)
        else:
            for where, value in values.items():
                self[where] = value

    def set_record(self, table: str, key: str, values: Record) -> None:
        """Take what a record's cells say, in place of all that it had; it may stay in use elsewhere."""
        self._records[(table, key)] = values

    @property
    def records(self) -> Mapping[tuple[str, str], Record]:
        """The values by table and record key, and then by field."""
        return self._records

    def __getitem__(self, where: CellKey) -> Value:
        return self._records[where[:2]][where[2]]

    def __setitem__(self, where: CellKey, value: Value) -> None:
        self._records[where[:2]] = {**self._records.get(where[:2], {}), where[2]: value}

    def __iter__(self) -> Iterator[CellKey]:
        return ((table, key, field_id) for (table, key), said in self._records.items() for field_id in said)

    def __len__(self) -> int:
        return sum(map(len, self._records.values()))


@dataclass(frozen=True)
class OpenConflict:
    """A conflict that was told before and waits for a choice."""

    file_value: Value
    store_value: Value


@dataclass(frozen=True)
class Conflict:
    """A field that the file and the store changed to different values."""

    table: str
    key: str
    field: str
    base: Value
    file_value: Value
    store_value: Value
    kept: str
    """`store` or `workbook`."""


@dataclass(frozen=True)
class Refusal:
    """A row that was not registered, with the codes of its findings."""

    sheet: str
    row: int
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Knowledge:
    """What the store knows of a source: its base, and what it was last seen to say."""

    source_id: int | None
    stamped: bool
    """The file carries this register's stamp, so that its rows can be compared."""
    old: Mapping[CellKey, Value] = field(default_factory=dict)
    """Values at the stamped revision of fields that changed since."""
    newer: frozenset[tuple[str, str]] = frozenset()
    """Records that came into the store after the stamp."""
    by_kit: frozenset[CellKey] = frozenset()
    """Fields that only the kit changed since the stamp: what a person types there is no conflict."""
    seen: Mapping[CellKey, Value] = field(default_factory=dict)
    aliases: Mapping[tuple[str, str], str] = field(default_factory=dict)
    pending: Mapping[tuple[str, str], Record] = field(default_factory=dict)
    gone: frozenset[tuple[str, str]] = frozenset()
    left_out: frozenset[tuple[str, str]] = frozenset()
    """Records among `gone` that a person chose to leave out of this file."""
    conflicts: Mapping[CellKey, OpenConflict] = field(default_factory=dict)
    reserved: frozenset[tuple[str, str]] = frozenset()
    """Keys (table, key) that stand ready in this workbook or one it was copied from."""
    trust: Literal["base", "guess", "nothing"] = "base"
    """What is known of the base: all of it; what it most likely is, for a file that lost its stamp; or nothing."""
    is_foreign: bool = False
    """The file was last written by a copy of the store that went on by itself: numbers unknown here are new."""
    is_early: bool = False
    """The file is of a version before there were timelines: it may be of a copy that went on by itself."""
    is_keyed: bool = False
    """Its rows carry the numbers that they have where they come from: what they said before is their base."""
    moved: Mapping[CellKey, Value] = field(default_factory=dict)
    """Cells that are held because they left their row, with what they say."""
    unshown: frozenset[tuple[str, str]] = frozenset()
    """Records that the file never had room for."""

    def knows(self, table: str, key: str) -> bool:
        """Tell whether this source has shown the record since its stamp."""
        return (table, key) in self._known

    @cached_property
    def touched(self) -> frozenset[tuple[str, str]]:
        """Records (table, key) of which a field's base can be another value than the store holds now."""
        cells = chain(self.seen, self.old, self.by_kit, self.conflicts)
        return self.newer | {(table, key) for table, key, _ in cells}

    @cached_property
    def _known(self) -> frozenset[tuple[str, str]]:
        return frozenset((table, key) for table, key, _ in self.seen)

    def pending_as(self, table: str, said: Mapping[str, Value]) -> Sequence[str]:
        """Return the keys of the waiting rows that said just this when they were last seen."""
        return self._pending_as.get((table, _held(said)), ())

    @cached_property
    def _pending_as(self) -> Mapping[tuple[str, frozenset[tuple[str, Value]]], Sequence[str]]:
        found: dict[tuple[str, frozenset[tuple[str, Value]]], list[str]] = {}
        for (table, key), said in self.pending.items():
            found.setdefault((table, _held(said)), []).append(key)
        return found

    def base(self, table: str, key: str, field_id: str, now: Value) -> Value:
        """Return the value that the file's is compared with, when the store holds `now`."""
        where = (table, key, field_id)
        if where in self.seen:
            return self.seen[where]
        if (table, key) in self.newer:
            return None
        return self.old.get(where, now)


def _held(said: Mapping[str, Value]) -> frozenset[tuple[str, Value]]:
    return frozenset((field_id, value) for field_id, value in said.items() if value is not None)


@dataclass
class SourcePlan:
    """The outcome for one source; `merge_table` fills it."""

    name: str
    kind: str
    on: date
    rows: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    missing: list[tuple[str, str]] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    assigned: list[tuple[str, int, str]] = field(default_factory=list)
    """Sheet, row and the key that the row was given."""
    row_keys: dict[tuple[str, str], dict[int, str]] = field(default_factory=dict)
    """Per table and sheet: row to the key of its record."""
    kept_cells: set[tuple[tuple[str, str], int, str]] = field(default_factory=set)
    """Table and sheet, row and field of cells that stay as typed although the store holds something else."""
    seen: CellValues = field(default_factory=CellValues)
    """What the file says where that differs from its base."""
    moved: dict[CellKey, Value] = field(default_factory=dict)
    """Cells that left their row, and are held as typed until somebody says what is right."""
    put_back: set[CellKey] = field(default_factory=set)
    """Those of them that are to show again what the store holds."""
    pending: dict[tuple[str, str], Record] = field(default_factory=dict)
    aliases: dict[tuple[str, str], str] = field(default_factory=dict)
    gone: set[tuple[str, str]] = field(default_factory=set)
    left_out: set[tuple[str, str]] = field(default_factory=set)
    closed_conflicts: set[CellKey] = field(default_factory=set)
    settled: set[int] = field(default_factory=set)
    """Conflicts, of this file or another, that a person chose about on this file's attention sheet."""
    shown: set[tuple[str, str]] = field(default_factory=set)
    """Records that the file shows."""
