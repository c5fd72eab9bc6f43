"""Sources after their merge: what write-back and the findings about whole records need to know of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from registerkit.definition import Lookups
from registerkit.errors import FileError, SettingsError
from registerkit.findings import Finding
from registerkit.pull.results import SyncResult
from registerkit.reading import RawWorkbook, TableRows
from registerkit.session.merge_parts import SourceFile
from registerkit.stamp import Stamp
from registerkit.store.mails import StoredMail
from registerkit.store.sources import SourceInfo
from registerkit.sync.plan import SourcePlan
from registerkit.sync.state import RegisterState

__all__ = ["ALIKE_TOLD", "FIELDS", "WIPED_TOLD", "Merged", "MergedSource"]

FIELDS = "fields"
"""Where the store remembers which fields the definition had."""
ALIKE_TOLD = "alike_told"
"""Where the store remembers what was told to come in time and again: the last day by what it is about."""

WIPED_TOLD = "wiped_told"
"""Where the store remembers which rows of anonymised complaints were told, by hashes."""


@dataclass
class MergedSource:
    """One source after its merge, with what write-back needs to know of it."""

    source: SourceFile
    name: str
    raw: RawWorkbook
    stamp: Stamp | None
    """The file's stamp, when it is this register's."""
    content: str
    info: SourceInfo | None
    plan: SourcePlan
    base: int | None = None
    """The revision of the store that the file is compared with, when it carries its stamp."""
    rows: dict[str, TableRows] = field(default_factory=dict)
    beside: list[TableRows] = field(default_factory=list)
    """Rows that were moved to further sheets."""
    unshown: list[tuple[str, str]] = field(default_factory=list)
    """Records (table, key) that the file has no room for."""
    form_key: str | None = None
    """The number that the filled intake form was registered under."""

    @property
    def known_as(self) -> str:
        """What the store knows the source by."""
        return self.source.known_as or self.name

    def places(self, table: str) -> list[TableRows]:
        """Return the rows of a table, those of its own sheet first."""
        own = [self.rows[table]] if table in self.rows else []
        return own + [rows for rows in self.beside if rows.raw.table.id == table]


@dataclass
class Merged:
    """All sources after their merge."""

    state: RegisterState
    lookups: Lookups
    sources: list[MergedSource] = field(default_factory=list)
    result: SyncResult = field(default_factory=SyncResult)
    failures: list[tuple[SourceFile, FileError | SettingsError]] = field(default_factory=list)
    """Files that could not be used, and why."""
    dismissed: list[tuple[str, str]] = field(default_factory=list)
    """Letters (number, kind) that are not made any more, for they come from long ago."""
    fields: list[str] = field(default_factory=list)
    """The stored fields of the main table, as the definition has them now."""
    alike: dict[str, str] = field(default_factory=dict)
    """What came in three times or more, with the last day that this was told of."""
    mails: list[StoredMail] = field(default_factory=list)
    """Mails that were taken in now."""
    attachments: list[tuple[Path, bytes]] = field(default_factory=list)
    """What came along with them, with its place."""
    unread: tuple[SourceFile, ...] = ()
    """Files that were not read, for nothing has changed since they were last synced."""
    revision: int = 0
    """The store's revision that the records of `state` were read at, and at which `unread` still holds."""

    def tell(self, source: MergedSource, found: Iterable[Finding]) -> None:
        """Add findings about a source to its plan and to the result."""
        told = list(found)
        source.plan.findings += told
        self.result.findings += told

    def need_one(self) -> None:
        """Raise the first failure, with the others, when no source at all could be used."""
        if self.failures and not self.sources and not self.unread:
            first, *others = (error for _, error in self.failures)
            first.others = tuple(others)
            raise first
