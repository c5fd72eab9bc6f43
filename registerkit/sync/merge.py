"""The three-way merge: what a file says, what it said before, and what the store holds now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

from registerkit.checking import CheckContext, Fault, check_record
from registerkit.definition import Lookups, Record, Table, Value
from registerkit.findings import Finding
from registerkit.reading import Place, SourceRow, TableRows
from registerkit.sync.anonymised import rows_to_merge
from registerkit.sync.complete import Completion, Origin
from registerkit.sync.doubles import Doubles
from registerkit.sync.expected import Expected, numbers_back
from registerkit.sync.held_cells import hold_moved
from registerkit.sync.identity import Identity, hints_of, identify, is_other_story, originals_first
from registerkit.sync.moved_rows import Earlier, moved_rows
from registerkit.sync.plan import CellValues, Conflict, Knowledge, SourcePlan
from registerkit.sync.refusals import refuse, refuse_as
from registerkit.sync.scope import Scope
from registerkit.sync.state import SYSTEM, RegisterState, Replaced
from registerkit.sync.unique_values import UniqueValues

__all__ = ["Merger", "Prefer"]

Prefer = Literal["workbook", "store"] | None
"""Whose value stays where both were changed; None leaves the store's until somebody chooses."""


@dataclass
class Merger:
    """Merges the tables of one source into the state, one after the other."""

    state: RegisterState
    knowledge: Knowledge
    plan: SourcePlan
    completion: Completion
    check: CheckContext
    origin: Origin
    prefer: Prefer = None
    prefix: str | None = None
    scope: Scope | None = None
    partial: frozenset[str] = frozenset()
    """Tables of which the file never shows all records."""
    said: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """What somebody chose about cells that left their row, by table and field."""
    earlier: Earlier = lambda *_: {}  # A default of a field.

    def __post_init__(self) -> None:
        self._unique = UniqueValues(self.state)
        values = self._unique.held
        self.check = replace(self.check, records=self.state.records, values=values)  # They follow the state.
        self.plan.seen = CellValues(self.knowledge.seen)
        self.plan.aliases = dict(self.knowledge.aliases)
        self.plan.left_out = set(self.knowledge.left_out)
        if not self.knowledge.stamped:  # Its rows are never given a number; one that is away for a while is not new.
            self.plan.pending = dict(self.knowledge.pending)

    def merge_table(self, rows: TableRows, beside: Sequence[TableRows] = ()) -> list[TableRows]:
        """Merge one table; the outcome goes into the plan.

        `beside` are its rows on further sheets; gives those of them that were moved there, which alone are merged.
        """
        table, moved, placed = rows.raw.table, list[TableRows](), dict[str, SourceRow]()
        self._unique.note(table)
        self._merge_rows(rows, placed)
        for each in beside:
            moved.append(moved_rows(each, rows.raw.sheet, placed, self.state, self.knowledge, self.earlier))
            self._merge_rows(moved[-1], placed)
        self._report_gone(table)
        return moved

    def _merge_rows(self, rows: TableRows, placed: dict[str, SourceRow]) -> None:
        """Merge the rows of one sheet; `placed` has the rows of the file that stand already, by record key."""
        table = rows.raw.table
        keys = self.plan.row_keys.setdefault(rows.raw.place, {})
        rows = rows_to_merge(rows, self.state, self.plan)
        self.plan.findings += rows.findings
        self.plan.rows += len(rows.rows) if table.id == self.state.definition.main_id else 0
        hold_moved(rows, self.state, self.knowledge, self.plan, self.check, self.said)
        known = (rows.rows, table, self.state, self.knowledge)
        if self.knowledge.is_foreign:
            self.state.numbers.elsewhere |= {(table.id, row.key) for row in rows.rows if row.key is not None}
        lost = self._expected.lost(rows)
        hints = hints_of(*known, lost)
        for row in originals_first(*known):
            identity = identify(row, table, self.state, self.knowledge, placed, hints)
            before = self.state.record(table.id, identity.key) if identity.key else None
            if self._has_news(table, row, identity, before):
                key = self._merge_row(Place.of_row(rows, row), table, row, identity)
                if key is not None:
                    self._unique.move(table, key, before or {})
            else:
                key = identity.key
                self.plan.unchanged += table.id == self.state.definition.main_id
            if key is not None:
                placed[key] = row
                keys[row.row] = key
                self.plan.shown.add((table.id, key))
            else:  # They stand there, if in a row of their own no longer.
                seen = {identity.record, row.key if identity.fault == "number_of_another" else None} - {None}
                self.plan.shown |= {(table.id, str(each)) for each in seen}
        self.plan.findings += numbers_back(rows, keys, set(lost.values()), self.check)

    def merge_late(self, before: TableRows, after: TableRows) -> None:
        """Take in the cells of a table that could only be understood with its own rows: a deputy who is new too.

        `before` is the table as it was merged, `after` as it is understood now.
        """
        table = after.raw.table
        bad = {row.row: row.bad for row in before.rows}
        self.plan.findings = [f for f in self.plan.findings if f not in before.findings or f in after.findings]
        told = list(self.plan.findings)
        for row in after.rows:
            late = bad[row.row] - row.bad
            key = self.plan.row_keys[after.raw.place].get(row.row)
            if not late or key is None:
                continue
            self.plan.kept_cells -= {(after.raw.place, row.row, field_id) for field_id in late}
            values = {field_id: row.values[field_id] for field_id in late}
            if self.knowledge.stamped or (table.id, key) in self.state.created:
                self._update(Place.of_row(after, row), table, replace(row, values=values), key)
        self.plan.findings = told + [f for f in self.plan.findings[len(told) :] if f not in told]

    def merge_form(self, row: SourceRow, place: Place, *, may_lack: bool = False) -> str | None:
        """Register a filled form as a new record; gives its key, or None when it was refused.

        What `may_lack` was filled in by nobody who knew what is needed: that stays open, and is asked for.
        """
        self.plan.rows += 1
        return self._create(place, self.state.definition.main, row, Identity(None, is_new=True), may_lack=may_lack)

    def choose(self, table_id: str, key: str, field_id: str, value: Value, source: str) -> list[Fault]:
        """Put the value that lost a conflict in its record after all; gives what holds it back, and then leaves it."""
        store, table = self.state.records[table_id][key], self.state.definition.tables[table_id]
        self._unique.note(table)
        completed = self.completion.complete(table_id, {**store, field_id: value}, self.origin)
        held = [f for f in self._check(table_id, completed, key) if f.holds_back and f.field == field_id]
        if held:
            return held
        changed = False
        for each, wanted in completed.items():
            if each in table.by_id and table.by_id[each].kind != "computed":
                changed |= self.state.change(table_id, key, each, wanted, source if each == field_id else SYSTEM)
        if table_id == self.state.definition.main_id:
            self.plan.changed += changed
        return []

    def renew(self, lookups: Lookups) -> None:
        """Go on with other lists and staff: those that an earlier table of the file brought."""
        self.check = replace(self.check, lookups=lookups)
        self.completion = replace(self.completion, lookups=lookups)

    def _has_news(self, table: Table, row: SourceRow, identity: Identity, record: Record | None) -> bool:
        """Tell whether there is anything to do about a row; most rows say what their record holds, and are right."""
        if identity.is_new or identity.fault or record is None or row.key != identity.key or row.bad:
            return True
        if not self.knowledge.stamped or (table.id, identity.key) in self.knowledge.touched:
            return True
        is_same = row.values is record or row.values.items() <= record.items()
        return not is_same or bool(self._check(table.id, record, identity.key))

    def _merge_row(self, place: Place, table: Table, row: SourceRow, identity: Identity) -> str | None:
        if identity.fault:
            refuse_as(identity.fault, *self._of, place, table, row, identity.record)
            return None
        if identity.is_new:
            key = self._create(place, table, row, identity)
            if key is not None and table.id == self.state.definition.main_id:
                self.plan.findings += self._doubles.finding(place.locate(table.key), key, row.values, identity.record)
            return key
        assert identity.key is not None
        if row.key is None:
            self.plan.pending[(table.id, identity.key)] = row.values
        if not self.knowledge.stamped and not self.knowledge.is_keyed:
            return self._compare_unstamped(place, row, identity.key)
        if identity.alias_of:
            self.plan.aliases[(table.id, identity.alias_of)] = identity.key
        if row.key and self.plan.aliases.get((table.id, row.key)) == identity.key:
            self._tell_other_number(place, table, row.key, identity.key)  # The file could not be written until now.
        self._update(place, table, row, identity.key)
        return identity.key

    # ------------------------------------------------------------------------------------------------- new rows
    def _create(
        self, place: Place, table: Table, row: SourceRow, identity: Identity, *, may_lack: bool = False
    ) -> str | None:
        record: Record = {f.id: None for f in table.fields if f.stored} | row.values
        record = self.completion.complete(table.id, record, self.origin)
        record[table.key] = row.values.get(table.key) if table.by_id[table.key].kind == "date" else identity.key
        faults = self._faults(table, record, row, identity.key)
        faults = [f for f in faults if not may_lack or f.finding.code != "required"]
        held, needed = {f.field for f in faults if f.holds_back}, {f.id for f in table.needed if not may_lack}
        self._report(place, row, faults)
        if held & needed or row.bad & needed:
            refuse(self.plan, place, row, [f.finding.code for f in faults if f.holds_back and f.field in needed])
            return None
        key = identity.key or self._new_key(table, record)
        record = self._without(table, record, held, row)
        if table.by_id[table.key].kind != "date":
            record[table.key] = key
        own = {f for f, value in record.items() if value is not None and row.values.get(f) != value}
        self.state.create(table.id, key, record, self.plan.name, own)
        self._note_new(place, table, row, key, identity)
        for field_id in held & row.values.keys():  # Tried again at the next sync.
            self.plan.seen[(table.id, key, field_id)] = record.get(field_id)
        self._keep_cells(place, row, held)
        return key

    def _new_key(self, table: Table, record: Record) -> str:
        received = record.get("received_on")
        year = received.year if hasattr(received, "year") else self.plan.on.year  # type: ignore[union-attr]
        return self.state.numbers.give(table.id, table.numbering or "R{n:06}", year, self.prefix)

    def _without(self, table: Table, record: Record, held: set[str], row: SourceRow) -> Record:
        """Take held-back values out, and complete again what they may have set off."""
        if not held:
            return record
        rest: Record = {f.id: None for f in table.fields if f.stored} | row.values
        rest |= dict.fromkeys(held)
        done = self.completion.complete(table.id, rest, self.origin)
        # What only followed from a held-back value must not come back by itself.
        return {f: (rest.get(f) if f in held and f in row.values else value) for f, value in done.items()} | {
            f: table.by_id[f].default if f in table.by_id else None
            for f in held
            if f in self.state.definition.closing_fields
        }

    def _note_new(self, place: Place, table: Table, row: SourceRow, key: str, identity: Identity) -> None:
        if table.id == self.state.definition.main_id:
            self.plan.new += 1
        self.plan.seen.set_record(table.id, key, row.values)
        if identity.alias_of:
            self.plan.aliases[(table.id, identity.alias_of)] = key
            self._tell_other_number(place, table, identity.alias_of, key)
        if row.key is None:
            self.plan.pending[(table.id, key)] = row.values
        if row.key != key and table.numbering and not table.hidden_key:
            self.plan.assigned.append((place.sheet, row.row, key))

    def _tell_other_number(self, place: Place, table: Table, shown: str, key: str) -> None:
        if table.hidden_key:  # Nobody sees it.
            return
        where = place.locate(table.key)
        self.plan.findings.append(Finding("number_used_elsewhere", "warning", where, shown, {"number": key}))

    # ----------------------------------------------------------------------------------------------- known rows
    def _update(self, place: Place, table: Table, row: SourceRow, key: str) -> None:
        store = self.state.records[table.id][key]
        merged = dict(store)
        taken: set[str] = set()
        moved = {f for f in row.values if (table.id, key, f) in self.plan.moved}
        for field_id, value in row.values.items():
            if field_id == table.key or field_id not in store or not table.by_id[field_id].is_input:
                continue
            if field_id not in moved and self._take(table, key, field_id, value, store[field_id]):
                merged[field_id] = value
                taken.add(field_id)
        completed = self.completion.complete(table.id, merged, self.origin) if taken else merged
        faults = self._faults(table, completed, row, key)
        held = {f.field for f in faults if f.holds_back}
        if held & {f for f in completed if completed[f] != store.get(f)}:
            for field_id in held:
                merged[field_id] = store.get(field_id)
            completed = self.completion.complete(table.id, merged, self.origin)
            completed |= {f: store.get(f) for f in held}
        self._report(place, row, faults)
        self._apply(table, row, key, completed, taken - held)
        self._remember_held(table, row, key, held | moved, store)
        self._keep_cells(place, row, held | {f for f in moved if (table.id, key, f) not in self.plan.put_back})

    def _remember_held(self, table: Table, row: SourceRow, key: str, held: set[str], store: Record) -> None:
        """Let a held-back value be told and tried again at the next sync, and never pass for one that was taken."""
        mine = {c.field for c in self.plan.conflicts if (c.table, c.key) == (table.id, key)} & held
        if mine:
            self.plan.conflicts = [
                replace(c, kept="store") if (c.table, c.key) == (table.id, key) and c.field in mine else c
                for c in self.plan.conflicts
            ]
        for field_id in (held & row.values.keys()) - mine:
            if row.values[field_id] != store.get(field_id):
                self.plan.seen[(table.id, key, field_id)] = store.get(field_id)

    def _keep_cells(self, place: Place, row: SourceRow, held: set[str]) -> None:
        """Leave cells whose value was not taken as they were typed, so that they can be mended."""
        self.plan.kept_cells |= {((row.table, place.sheet), row.row, f) for f in {*held, *row.bad}}

    def _take(self, table: Table, key: str, field_id: str, value: Value, now: Value) -> bool:
        """Tell whether the file's value goes into the store, and note what the file was seen to say."""
        where = (table.id, key, field_id)
        base = self.knowledge.base(table.id, key, field_id, now)
        waiting = self.knowledge.conflicts.get(where)
        if where in self.knowledge.seen or value != base:
            self.plan.seen[where] = value
        if value == base:
            # The file still says what lost a conflict, and is given the right now.
            settles = waiting is not None and self.prefer == "workbook" and value == waiting.file_value != now
            if settles:
                self.plan.closed_conflicts.add(where)
            return settles
        as_told = waiting is not None and now in (waiting.store_value, base)
        if waiting is not None and (as_told or value == now):
            self.plan.closed_conflicts.add(where)
        if value == now:
            return False
        # Edited again after a conflict, while the register stood still: the new value is the answer.
        if as_told or ((now == base or where in self.knowledge.by_kit) and self._is_news(where, value)):
            return True
        kept = "workbook" if self.prefer == "workbook" else "store"
        self.plan.conflicts.append(Conflict(table.id, key, field_id, base, value, now, kept))
        return kept == "workbook"

    def _is_news(self, where: tuple[str, str, str], value: Value) -> bool:
        """Tell whether a value that differs from the base was typed, as far as the base is to be trusted.

        What a file says that was never the register's was typed by somebody; what was, may be of an older file.
        """
        table, key, field_id = where
        if self.knowledge.is_keyed or self.knowledge.trust == "base":
            return not self.knowledge.is_keyed or where in self.knowledge.seen
        return self.knowledge.trust == "guess" and value not in self.earlier(table, key).get(field_id, ())

    def _apply(self, table: Table, row: SourceRow, key: str, completed: Record, taken: set[str]) -> None:
        changed = False
        for field_id, value in completed.items():
            if field_id in table.by_id and table.by_id[field_id].kind != "computed":
                source = self.plan.name if field_id in taken and row.values.get(field_id) == value else SYSTEM
                changed |= self.state.change(table.id, key, field_id, value, source)
        if table.id == self.state.definition.main_id:
            self.plan.changed += changed
            self.plan.unchanged += not changed

    def _compare_unstamped(self, place: Place, row: SourceRow, key: str) -> str:
        """A file without this register's stamp has no base: differences are told, nothing is overwritten."""
        store, table = self.state.records[row.table][key], self.state.definition.tables[row.table]
        if table.numbering and not table.typed_keys and row.key and is_other_story(row.values, store):
            refuse_as("number_of_another", *self._of, place, table, row)
            return key
        differing = [f for f, v in row.values.items() if f in store and v is not None and v != store[f]]
        if differing:
            labels = [self.check.label(row.table, f) for f in differing]
            where = place.locate(table.key)
            self.plan.findings.append(Finding("unstamped_difference", "warning", where, key, {"labels": labels}))
        if self.plan.kind == "form":  # It is put away after this: what it said is kept in the history.
            here = (row.table, key)
            self.state.replaced += [Replaced(*here, f, row.values[f], self.plan.name) for f in differing]
        self._keep_cells(place, row, set(differing))
        if row.table == self.state.definition.main_id:
            self.plan.unchanged += 1
        return key

    # ------------------------------------------------------------------------------------------------- findings
    def _faults(self, table: Table, record: Record, row: SourceRow, key: str | None) -> list[Fault]:
        """Check a record; a field whose cell was unusable is not reported as empty too."""
        faults = self._check(table.id, record, key)
        return [f for f in faults if f.field not in row.bad or f.finding.code != "required"]

    def _check(self, table_id: str, record: Record, key: str | None) -> list[Fault]:
        return check_record(table_id, record, self.check, key)

    def _report(self, place: Place, row: SourceRow, faults: list[Fault]) -> None:
        told: set[tuple[str, str]] = set()
        for fault in faults:
            held_for_other = fault.holds_back and fault.field in self.state.definition.closing_fields
            label = fault.finding.context.get("label")
            if held_for_other and label != self.check.label(row.table, fault.field):
                continue  # The finding stands with the field that is missing.
            if (fault.field, fault.finding.code) not in told:
                told.add((fault.field, fault.finding.code))
                where = place.locate(fault.field, label)
                self.plan.findings.append(fault.finding.at(where))

    def _report_gone(self, table: Table) -> None:
        """Note records that the file had at its stamp and no longer shows."""
        for key in self._expected.not_shown(table, {key for name, key in self.plan.shown if name == table.id}):
            here = (table.id, key)
            if here not in self.knowledge.gone:
                self.plan.missing.append(here)
            self.plan.gone.add(here)

    @property
    def _of(self) -> tuple[SourcePlan, CheckContext, Knowledge]:
        return self.plan, self.check, self.knowledge

    @cached_property
    def _doubles(self) -> Doubles:
        return Doubles(self.state)

    @property
    def _expected(self) -> Expected:
        return Expected(self.state, self.knowledge, self.scope, self.partial)
