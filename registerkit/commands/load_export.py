"""Puts an export (`.json`) back into a register without complaints, with every number it had."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from registerkit.definition import Field, Record, Table, Value
from registerkit.errors import StoreError
from registerkit.findings import Finding, Location
from registerkit.pull.results import SourceResult, SyncResult
from registerkit.reading import PARSERS, BadCell, DoubtfulCell, ParseContext
from registerkit.session.merge_parts import counters_of, recount_for, write_state
from registerkit.session.session import Session
from registerkit.sync.compute import recompute
from registerkit.sync.numbers import Numbers, counted_as
from registerkit.sync.state import RegisterState

__all__ = ["export_in", "load_export"]

_FIRST = ("staff",)
"""Tables that others name the rows of."""


def export_in(path: Path, main: Table) -> dict[str, Any] | None:
    """Return what an export holds; None for any other file."""
    if path.suffix.lower() != ".json" or not path.is_file():
        return None
    try:
        tree = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    rows = tree.get(main.id) if isinstance(tree, dict) else None
    needed = {f.name for f in main.fields if f.stored and (f.id == main.key or f.when == "intake")}
    is_whole = isinstance(tree, dict) and all(
        isinstance(those, list) and all(isinstance(row, dict) for row in those) for those in tree.values()
    )
    is_export = isinstance(rows, list) and is_whole and all(needed <= row.keys() for row in rows)
    return tree if is_export else None


def load_export(session: Session, path: Path, tree: Mapping[str, Any], *, dry_run: bool = False) -> SyncResult:
    """Take in everything that an export holds. Raises `StoreError` when the register has complaints already."""
    if not session.store.is_empty(session.definition.main_id):
        raise StoreError(session.settings.paths.root, reason="import_not_empty")
    work = _Load(session, session.relative(path), tree)
    work.run()
    if not dry_run:
        with session.store.transaction(work.name, session.stamp_time) as transaction:
            write_state(transaction, work.state)
    n = sum(table == session.definition.main_id for table, _ in work.state.created)
    source = SourceResult(work.name, "export", n, new=n)
    return SyncResult([source], new=n, findings=work.findings)


_AS_KEPT = frozenset({"text", "memo", "email", "phone", "postcode", "key"})
"""Kinds of which an export holds the very text that the register had."""


@dataclass
class _Load:
    session: Session
    name: str
    tree: Mapping[str, Any]
    findings: list[Finding] = field(default_factory=list)

    def __post_init__(self) -> None:
        counters, records = counters_of(self.session), self.session.store.all_records()
        numbers = Numbers(counters, self.session.settings.prefix, lambda table, key: key in self.state.records[table])
        self.state = RegisterState(self.session.definition, records, {}, numbers, self.session.on)
        self.lookups = self.session.lookups()

    def run(self) -> None:
        definition = self.session.definition
        for table_id in (*_FIRST, *(t for t in definition.tables if t not in _FIRST)):
            if table_id in definition.tables:
                self._take(definition.tables[table_id])
        recount = recount_for(self.session, self.state, self.lookups)
        recompute(self.state, recount, list(self.state.records[definition.main_id]))

    def _take(self, table: Table) -> None:
        rows = self.tree.get(table.id, ())
        if table.id == "staff":  # They name each other as deputies: who is called what must be known before.
            named = {str(row.get("code")): {"code": row.get("code"), "name": row.get("name")} for row in rows}
            self.lookups = self.lookups.with_staff(named)
        met = dict[str, int]()
        for n, row in enumerate(rows, 1):
            record: Record = {}
            for each in table.fields:
                if each.stored:
                    record[each.id] = self._value(table, each, row.get(each.name), record, n)
            key = str(row.get(table.by_id[table.key].name) or "")
            if not key or key in met:
                where = Location(self.name, table.id, row=n, label=table.by_id[table.key].labels[self.lookups.language])
                told = {"sheet": table.id, "row": met.get(key)}
                self.findings.append(Finding("key_twice" if key else "key_missing", "error", where, key or None, told))
                continue
            met[key] = n
            self._keep(table, key, record)

    def _value(self, table: Table, each: Field, raw: Any, values: Record, n: int) -> Value:
        if raw is None or raw == "" or raw == []:
            return None
        if each.value_kind in _AS_KEPT and isinstance(raw, str):
            return raw
        told = ", ".join(map(str, raw)) if isinstance(raw, list) else float(raw) if type(raw) is int else raw
        parent = values.get(each.parent) if each.parent else None
        context = ParseContext(each, self.lookups, parent if isinstance(parent, str) else None)
        try:
            return PARSERS[each.value_kind](told, context)
        except DoubtfulCell as doubt:
            return doubt.value
        except BadCell as bad:
            where = Location(self.name, table.id, row=n, label=each.labels[self.lookups.language])
            self.findings.append(Finding(bad.code, "error", where, str(raw), dict(bad.context)))
            return None

    def _keep(self, table: Table, key: str, record: Record) -> None:
        if key in self.state.records[table.id]:
            for field_id, value in record.items():
                if field_id != table.key:
                    self.state.change(table.id, key, field_id, value, self.name)
            return
        self.state.create(table.id, key, record, self.name, set())
        if table.numbering and (counted := counted_as(table.id, table.numbering, key)):
            name, n = counted
            self.state.numbers.counters[name] = max(self.state.numbers.counters.get(name, 0), n)
