"""Tells which records a file should show, as it was last written, and which of those it lacks."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from registerkit.checking import CheckContext
from registerkit.definition import Record, Table
from registerkit.findings import Finding, some_of
from registerkit.reading import TableRows, location_of
from registerkit.sync.likeness import Telling, telling_row
from registerkit.sync.plan import Knowledge
from registerkit.sync.scope import Scope
from registerkit.sync.state import RegisterState

__all__ = ["Expected", "numbers_back"]


@dataclass(frozen=True)
class Expected:
    """The records of a file at its stamp; `partial` are tables of which it never shows all."""

    state: RegisterState
    knowledge: Knowledge
    scope: Scope | None
    partial: frozenset[str]

    def not_shown(self, table: Table, shown: Collection[str]) -> Iterator[str]:
        """Return the keys of records that the file should show and that are not among `shown`."""
        shows_all = self.knowledge.stamped and self.knowledge.trust == "base" and table.id not in self.partial
        for key, record in self.state.records[table.id].items() if shows_all else ():
            here = (table.id, key)
            if key in shown or here in self.state.created or here in self.knowledge.unshown:
                continue
            if self.scope and not self._was_in_scope(self.scope, table, key, record):
                continue
            if here not in self.knowledge.newer or self.knowledge.knows(table.id, key):
                yield key

    def lost(self, rows: TableRows) -> dict[Telling, str]:
        """Return records whose numbers a sheet lacks, by what tells them apart, where rows have none of a record."""
        table, records = rows.raw.table, self.state.records[rows.raw.table.id]
        typed: set[str] = {row.key for row in rows.rows if row.key is not None}
        lacks = self.knowledge.stamped and any(row.key is None for row in rows.rows)
        if table.typed_keys or (typed <= records.keys() and not lacks):
            return {}
        gone = {key for table_id, key in self.knowledge.gone if table_id == table.id}
        shown = {f for row in rows.rows for f in row.values}
        lost = {key: records[key] for key in self.not_shown(table, typed | gone)}
        return {telling_row(table, {f: r[f] for f in r.keys() & shown}): key for key, r in lost.items()}

    def _was_in_scope(self, scope: Scope, table: Table, key: str, record: Record) -> bool:
        """Tell whether a record belongs in the file, and did so already when the file was last written."""
        if not scope.holds(table.id, record, self.state.records):
            return False
        main, records = self.state.definition.main_id, self.state.records
        owner = key if table.id == main else str(record.get(table.parent or "") or "")
        if owner not in records[main]:
            return True
        branch = self.knowledge.base(main, owner, "branch", records[main][owner].get("branch"))
        return scope.holds(main, {"branch": branch}, records)


def numbers_back(
    rows: TableRows, keys: Mapping[int, str], lost: Collection[str], check: CheckContext
) -> Iterator[Finding]:
    """Tell which rows without a number were known by what they say; a number that nobody sees is not missed."""
    table = rows.raw.table
    bare = {row.row for row in rows.rows if row.key is None} if lost and not table.hidden_key else ()
    if back := [(row, keys[row]) for row in sorted(bare) if keys.get(row) in lost]:
        where = location_of(rows.file, rows.raw, back[0][0], table.key, check.label(table.id, table.key))
        yield Finding("numbers_back", "warning", where, some_of(key for _, key in back), {"n": len(back)})
