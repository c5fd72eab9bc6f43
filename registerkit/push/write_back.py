"""The second half of a sync: brings every file up to date with the store, after all sources have been merged."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from registerkit.definition import Record
from registerkit.findings import Finding, Location, Severity
from registerkit.office import TABLE as OFFICE
from registerkit.office import place_on_sheet
from registerkit.pull.merged import Merged, MergedSource
from registerkit.pull.unchanged import outcome_of, state_of
from registerkit.push.attention import Attention
from registerkit.push.lazy_tables import LazyTables
from registerkit.reading import WRITABLE, RawTable, location_of
from registerkit.register import Register
from registerkit.session.content import content_for
from registerkit.session.merge_parts import chosen_in, counters_of, keep_counters, scope_of
from registerkit.session.session import Session
from registerkit.stamp import Stamp
from registerkit.store.conflicts import StoredConflict, open_conflicts
from registerkit.store.sources import keep_outcome, reserve, reserved_keys
from registerkit.store.timeline import stamp_of
from registerkit.sync.numbers import Numbers
from registerkit.workbook import (
    HeldLine,
    WorkbookContent,
    held_cells,
    held_mark,
    kept_values,
    live_formulas,
    live_values,
    overview_cells,
)
from registerkit.writeback import (
    AccessWriteback,
    AttentionRow,
    FileEdits,
    Refused,
    WritebackInput,
    Written,
    content_hash,
    copy_from,
    forget_texts,
    plan_access_edits,
    plan_attention,
    plan_dropdowns,
    plan_lists,
    plan_writeback,
    refresh_overview,
    write_access_edits,
    write_edits,
)

__all__ = ["HeldLetters", "write_back"]

_NAMED = 10
"""So many numbers that there is no room for are named."""


HeldLetters = Callable[[Register], Sequence[HeldLine]]
"""Says which letters are held back in a register as it now stands."""


def write_back(session: Session, merged: Merged, held: HeldLetters) -> None:
    """Write into each file what the store has decided; the outcome goes into the sync's result."""
    kept = [source for source in merged.sources if source.source.kind != "form"]
    if not kept:
        return
    writer = _Writer(session, merged, held)
    for source in kept:
        if source.raw.can_write:
            writer.write_access(source)
        else:
            writer.write(source)


class _Writer:
    def __init__(self, session: Session, merged: Merged, held: HeldLetters) -> None:
        self.session = session
        self._held_letters = held
        self.merged = merged
        with session.store.reading_anew():
            self.stamp = stamp_of(session.store, "")
            # What was merged is what the store holds, unless anything came into the store since it was read.
            unchanged = self.stamp.revision == merged.revision
            self.records = merged.state.records if unchanged else session.records()
            self.lookups = session.lookups()
            self.register = session.register_with(self.records)
            counters = counters_of(session)
        self.live = LazyTables(lambda: live_values(self.register))
        self.formulas = {table: live_formulas(self.register.rules, table) for table in session.definition.tables}
        self.numbers = Numbers(counters, session.settings.prefix, lambda table, key: key in self.records[table])

    def write(self, source: MergedSource) -> None:
        """Bring one file up to date; one of a kind that is only read stays as it is."""
        if not source.raw.is_writable:
            self._keep(source, source.content, None)
            return
        fresh: list[str] = []
        edits, told = plan_writeback(self._given(source, fresh)), []
        if source.stamp is not None:
            told = self._attention(source, edits)
            plan_lists(edits, source.raw, self.lookups, self.session.definition)
            plan_attention(edits, source.raw.attention, told)
            plan_dropdowns(edits, source.raw, self.session.definition, self.session.texts)
            self._plan_held(source, edits)
        if not edits:
            self._keep(source, source.content, None)
            return
        self._reserve(source, fresh)
        content = dataclasses.replace(self._content(source, edits), attention=len(told))
        refresh_overview(edits, overview_cells(content), source.raw)
        self._write(source, edits)

    def write_access(self, source: MergedSource) -> None:
        """Bring an Access file up to date."""
        given = AccessWriteback(
            definition=self.session.definition,
            texts=self.session.texts,
            lookups=self.lookups,
            rows=source.rows,
            lists=source.raw.lists,
            row_keys=source.plan.row_keys,
            kept_cells=frozenset(source.plan.kept_cells),
            records=self.records,
            add={table: self._absent(source, table) for table in source.rows},
        )
        edits = plan_access_edits(given)
        if source.stamp is None or not edits:
            self._keep(source, source.content, None)
            return
        path, archive = source.source.path, self.session.archive_for(source.source.path)
        is_wiped = any(f.code == "wiped_left_out" for f in source.plan.findings)
        written, left_out = write_access_edits(
            path, edits, source.content, archive, self.stamp.moving(), self.session.at, forget=is_wiped
        )
        if written.done and is_wiped:
            self._forget(path, archive)
        if written.is_shared and is_wiped:
            self.merged.result.findings.append(Finding("wiped_remains", "warning", Location(source.name)))
        for text in left_out:
            where = Location(source.name, text.table, row=text.row, label=text.column)
            self.merged.result.findings.append(Finding("no_room_in_column", "warning", where, text.value))
        self._note_written(source, written)

    def _attention(self, source: MergedSource, edits: FileEdits) -> list[AttentionRow]:
        """Return what the file's attention sheet should say; the project's own also speaks for files that have none."""
        own = source.source.path == self.session.settings.paths.workbook
        conflicts = [c for c in self.conflicts if source.name in (c.source, chosen_in(self.session, c.source))]
        places: dict[tuple[str, str], tuple[RawTable, int]] = {}
        open_rows = self._left_open(source)
        wanted = {conflict.table for conflict in conflicts} | {self.session.definition.main_id for _ in open_rows}
        for table in wanted & source.rows.keys():
            for rows in source.beside:
                keys = source.plan.row_keys[rows.raw.place] if rows.raw.table.id == table else {}
                places |= {(table, key): (rows.raw, row) for row, key in keys.items()}
            raw = source.rows[table].raw
            shown = enumerate(self._places(source, table, edits), raw.header_row + 1)
            places |= {(table, key): (raw, row) for row, key in shown if key}
        session = self.session
        source.plan.findings += _at_cells(open_rows, places, source, session)
        others = [o for o in self.merged.sources if own and chosen_in(session, o.name) == source.name != o.name]
        return Attention(
            source, session.definition, self.records, self.lookups, session.texts, conflicts, places, others
        ).rows()

    def _left_open(self, source: MergedSource) -> dict[str, list[str]]:
        """Return the complaints that came in now without all that is needed, and that the file did not show yet."""
        main = self.session.definition.main
        found = {
            key: [field.id for field in main.needed if self.records[main.id][key].get(field.id) is None]
            for table, key in self.merged.state.created
            if table == main.id and (table, key) not in source.plan.shown and key in self.records[table]
        }
        return {key: fields for key, fields in found.items() if fields}

    @cached_property
    def conflicts(self) -> list[StoredConflict]:
        """The conflicts of all files that nobody has chosen about yet."""
        return list(open_conflicts(self.session.store).values())

    @cached_property
    def held(self) -> Sequence[HeldLine]:
        """The letters that are held back."""
        return self._held_letters(self.register)

    def _held_in(self, source: MergedSource) -> Sequence[HeldLine]:
        """Return the held letters of the complaints that belong in a file."""
        scope, main = scope_of(self.session, source.source, self.lookups), self.session.definition.main_id
        return [line for line in self.held if scope.holds(main, self.records[main][line.number], self.records)]

    def _plan_held(self, source: MergedSource, edits: FileEdits) -> None:
        """Add the edits of the held letters that the first sheet lists; none when it lists these."""
        box = source.raw.held
        if box is None:
            return
        content = dataclasses.replace(self.content, held=self._held_in(source))
        if held_mark(content) == box.content:
            return
        part = edits.owned.setdefault(box.sheet_part, {})
        part.update({(box.row + row, box.column + column): value for row, column, value in held_cells(content)})

    @cached_property
    def kept(self) -> Mapping[str, frozenset[str]]:
        """The live fields of closed complaints that stay as they were."""
        return kept_values(self.register)

    @cached_property
    def content(self) -> WorkbookContent:
        """What the cells count over that stand outside the tables; needed only when a file is written."""
        return content_for(self.session, "", self.register)

    def _content(self, source: MergedSource, edits: FileEdits) -> WorkbookContent:
        """Return what the file's own cells count over: the records it shows, each in the place where it shows them."""
        scope = scope_of(self.session, source.source, self.lookups)
        records: dict[str, list[Record]] = {}
        for table, rows in self.records.items():
            own = {key: record for key, record in rows.items() if scope.holds(table, record, self.records)}
            places = self._places(source, table, edits) if table in source.rows else list(own)
            records[table] = [own.get(key or "", {}) for key in places]
        held = self._held_in(source) if source.raw.held is not None else ()
        return dataclasses.replace(self.content, asked=source.raw.asked, shown=records, held=held)

    def _places(self, source: MergedSource, table: str, edits: FileEdits) -> list[str | None]:
        """Return the key in each row of a table as it will be written; None for a row that shows no record."""
        rows = source.rows[table]
        absent = self._absent(source, table)
        excel = rows.raw.excel
        end = excel.last_row if excel else max((n for n, _ in rows.raw.rows), default=rows.raw.header_row)
        # Rows that were typed right below the table move down for those that come in.
        grown = sum(len(g.rows) for g in edits.growths if g.table and g.table == excel)
        known = source.plan.row_keys.get(rows.raw.place, {})
        places = {row + grown if excel and row > end else row: key for row, key in known.items()}
        after = range(end + 1, end + 1 + len(absent))
        free = [row for row, _ in rows.prepared if row <= end] + list(after)
        places |= dict(zip(free, absent, strict=False))
        first, last = rows.raw.header_row + 1, max(places, default=rows.raw.header_row)
        return [places.get(row) for row in range(first, last + 1)]

    def _given(self, source: MergedSource, fresh: list[str]) -> WritebackInput:
        main = self.session.definition.main
        workbook_id = source.raw.stamp.workbook_id if source.raw.stamp else ""
        pattern, prefix = main.numbering or "", source.source.prefix
        ready = [k for t, k in reserved_keys(self.session.store, workbook_id) if t == main.id] if workbook_id else []

        def more(count: int) -> Sequence[str]:
            keys = self.numbers.give_many(main.id, pattern, self.session.on.year, count, prefix)
            fresh.extend(keys)
            return keys

        settings = self.session.settings
        return WritebackInput(
            definition=self.session.definition,
            lookups=self.lookups,
            raw=source.raw,
            rows=source.rows,
            beside=source.beside,
            row_keys=source.plan.row_keys,
            kept_cells=frozenset(source.plan.kept_cells),
            records=self.records,
            live=self.live,
            formulas=self.formulas,
            kept=self.kept,
            add={table: self._absent(source, table) for table in source.rows},
            # A copy that became a branch's register shares what stands ready with the file it was copied from.
            reserved=[k for k in ready if k not in self.records[main.id] and self.numbers.carries(k, pattern, prefix)],
            reserve=more,
            reserve_wanted=settings.reserved if workbook_id and main.numbering else 0,
            prepared_wanted=settings.prepared,
            empty_form=source.form_key is not None,
        )

    def _absent(self, source: MergedSource, table: str) -> list[str]:
        """Return the records that the file should show and does not: never those that someone took out of it."""
        if not source.rows or (source.raw.stamp is None and source.source.path != self.session.settings.paths.workbook):
            return []
        if table in source.raw.partial:
            return []
        plan, scope = source.plan, scope_of(self.session, source.source, self.lookups)
        absent = [
            key
            for key, record in self.records[table].items()
            if (table, key) not in plan.shown
            and (table, key) not in plan.gone
            and scope.holds(table, record, self.records)
        ]
        return sorted(absent, key=place_on_sheet) if table == OFFICE else absent

    def _reserve(self, source: MergedSource, fresh: Sequence[str]) -> None:
        """Keep the keys that will stand ready before they stand in the file, so that none is given out twice."""
        stamp = source.raw.stamp
        if not fresh or stamp is None:
            return
        with self.session.store.transaction("registerkit", self.session.stamp_time) as transaction:
            reserve(transaction, self.session.definition.main_id, fresh, stamp.workbook_id)
            keep_counters(transaction, self.numbers)

    def _write(self, source: MergedSource, edits: FileEdits) -> None:
        archive = self.session.archive_for(source.source.path)
        written = write_edits(source.source.path, edits, source.content, archive, self.stamp.moving(), self.session.at)
        if written.done and any(f.code == "wiped_left_out" for f in source.plan.findings):
            self._forget(source.source.path, archive)
        self._note_written(source, written)

    def _forget(self, path: Path, archive: Path) -> None:
        """Leave nothing behind of what was wiped: neither in the file nor in the copy that was made of it just now."""
        if path.suffix.lower() in WRITABLE:
            forget_texts(path)
        if (copy := copy_from(path, archive, None)) is not None:
            copy.unlink(missing_ok=True)

    def _note_written(self, source: MergedSource, written: Written) -> None:
        for refused in written.refused:
            self._note_refused(source, refused)
        if written.done:
            self.merged.result.written_back.append(source.name)
            # What others typed in a shared file since it was read is read the next time.
            content = "" if written.is_shared else content_hash(source.source.path)
            stamp = dataclasses.replace(self.stamp, workbook_id=source.stamp.workbook_id) if source.stamp else None
            self._keep(source, content, stamp)
            return
        if written.reason is None:
            self._keep(source, source.content, None)
            return
        where, reason = Location(file=source.name, cell=written.cell), written.reason
        told = {(f.code, f.location.file) for f in self.merged.result.findings}
        if reason == "file_open" and ("lock_left_over", source.name) in told:
            return
        severity: Severity = "error" if reason == "file_not_written" else "warning"  # The others pass by themselves.
        self.merged.result.findings.append(Finding(reason, severity, where))

    def _note_refused(self, source: MergedSource, refused: Refused) -> None:
        """Tell, once for a table, what is in the way of rows and which records are not shown, or stand elsewhere."""
        keys = [key for _, key in refused.growth.records]
        if not keys:
            return
        texts, n = self.session.texts, len(keys)
        shown = ", ".join(keys[:_NAMED])
        shown = shown if n <= _NAMED else texts("value.and_more", value=shown, n=n - _NAMED)
        raw = source.raw.tables[refused.growth.records[0][0]]
        where, told = Location(source.name, raw.sheet, refused.cell), {"many": n, "reason": self._obstacle(refused)}
        if refused.sheet is not None:
            found = Finding("rows_on_own_sheet", "info", where, shown, told | {"sheet": refused.sheet})
        else:
            source.unshown += refused.growth.records
            found = Finding("no_room", "warning", where, shown, told)
            source.plan.findings.append(found)  # It is told until there is room, also while nothing changes.
        self.merged.result.findings.append(found)

    def _obstacle(self, refused: Refused) -> str:
        name = f"obstacle.{refused.reason}"
        return self.session.texts(name) if name in self.session.texts else ""

    def _keep(self, source: MergedSource, content: str, stamped: Stamp | None) -> None:
        """Keep how the file ended up, for the case that it is the very same next time."""
        state = state_of(self.session)
        if stamped is None and source.info is not None and (source.info.content, source.info.state) == (content, state):
            return
        outcome = outcome_of(self.session, source.plan)
        stamp = self.session.stamp_time
        moved = {where: said for where, said in source.plan.moved.items() if where not in source.plan.put_back}
        kept: dict[str, Any] = {"stamped": stamped, "unshown": source.unshown, "moved": moved}
        with self.session.store.transaction("registerkit", stamp, bookkeeping=True) as transaction:
            keep_outcome(transaction, source.name, content=content, state=state, outcome=outcome, **kept)


def _at_cells(
    left_open: Mapping[str, Sequence[str]],
    places: Mapping[tuple[str, str], tuple[RawTable, int]],
    source: MergedSource,
    session: Session,
) -> Iterator[Finding]:
    """Return what is to be filled in of complaints that the file shows from now on."""
    main, language = session.definition.main, session.settings.language
    for key, fields in left_open.items():
        if (main.id, key) not in places:
            continue
        raw, row = places[main.id, key]
        for field_id in fields:
            label = main.by_id[field_id].labels[language]
            where = location_of(source.name, raw, row, field_id, raw.headers.get(field_id, label))
            yield Finding("left_open", "warning", where, context={"label": label})
