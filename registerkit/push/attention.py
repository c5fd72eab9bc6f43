"""What the attention sheet of a file should say: open conflicts, findings, and rows that are gone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from registerkit.definition import Definition, Lookups, Record, Value
from registerkit.findings import TOLD_ONCE, Finding
from registerkit.ooxml import address, column_letters, parse_ref
from registerkit.pull.merged import MergedSource
from registerkit.reading import RawTable
from registerkit.store.conflicts import StoredConflict
from registerkit.texts import Texts
from registerkit.workbook import ATTENTION_CELL, ATTENTION_LENGTH, attention_text, choice_kind, hyperlink, quote_sheet
from registerkit.workbook.references import quote_text as text
from registerkit.writeback import AttentionRow

__all__ = ["Attention"]

_IS_CELL = re.compile(r"[A-Z]{1,3}[1-9]\d{0,6}")
_EACH_GONE = 20
"""Up to so many rows that are gone are told one by one."""
_LITERAL = 200
"""So long a text may be in a formula; Excel takes 255 characters."""


@dataclass(frozen=True)
class Attention:
    """Makes the rows of one file's attention sheet; `places` tells where records will stand."""

    source: MergedSource
    definition: Definition
    records: Mapping[str, Mapping[str, Record]]
    lookups: Lookups
    texts: Texts
    conflicts: Sequence[StoredConflict]
    places: Mapping[tuple[str, str], tuple[RawTable, int]]
    """By table and key: where in the file a record stands, and in which row."""
    others: Sequence[MergedSource] = ()
    """Sources without a sheet to choose on, which this one speaks for."""

    def rows(self) -> list[AttentionRow]:
        """Return the rows, those that lead to a cell first, in the order in which the cells stand."""
        found = [*self._conflicts(), *self._findings(), *self._moved_elsewhere(), *self._noted(), *self._gone()]
        found.sort(key=self._place)
        raw = self.source.raw.attention
        most = ATTENTION_LENGTH if raw is None or raw.can_grow else len(raw.rows)
        if len(found) <= most:
            return found
        more = self._say("more", n=len(found) - most + 1)
        return [*found[: most - 1], AttentionRow("", self._say("about.info"), more)]

    def _place(self, row: AttentionRow) -> tuple[bool, int, int, int]:
        """Return what rows are sorted by: sheets in the definition's order, and on a sheet from top to bottom."""
        if not _IS_CELL.fullmatch(row.cell):  # What stands in a note is somebody's own.
            return True, 0, 0, 0
        sheets = [table.sheet[self.texts.language] for table in self.definition.tables.values()]
        line, column, _, _ = parse_ref(row.cell)
        return False, sheets.index(row.sheet) if row.sheet in sheets else len(sheets), line, column

    # ---------------------------------------------------------------------------------------------------- conflicts
    def _conflicts(self) -> Iterator[AttentionRow]:
        for conflict in self.conflicts:
            record = self.records[conflict.table].get(conflict.key)
            if record is None:
                continue
            place = self.places.get((conflict.table, conflict.key))
            yield AttentionRow(
                ref=f"conflict:{conflict.id}",
                what=self._say("about.conflict"),
                nr=self._number(conflict.table, conflict.key),
                **(self._where(place[0], conflict.key, place[1], conflict.field) if place else {}),
                field=self.definition.tables[conflict.table].by_id[conflict.field].labels[self.texts.language],
                register=self._shown(conflict.table, conflict.field, record.get(conflict.field)),
                file=self._shown(conflict.table, conflict.field, conflict.file_value),
                note=self._say("conflict", file=conflict.source, day=_day(conflict.at)),
                choose=self._chosen.get(f"conflict:{conflict.id}", ""),
            )

    @cached_property
    def _chosen(self) -> Mapping[str, str]:
        """Return what stands chosen, by what the row is about; a choice that could not be carried out stays."""
        raw = self.source.raw.attention
        return {cells["ref"]: cells["choose"] for cells in raw.rows.values()} if raw else {}

    # ----------------------------------------------------------------------------------------------------- findings
    def _findings(self) -> Iterator[AttentionRow]:
        found = [f for f in self.source.plan.findings if f.location.file == self.source.name]
        for finding in sorted(found, key=lambda f: f.rank):
            row = self._finding(finding)
            if finding.code == "cells_moved":
                ref = f"moved:{finding.context['of']}"
                row = replace(row, ref=ref, choose=self._chosen.get(ref, ""))
            yield _as_note(row) if finding.code in TOLD_ONCE else row

    def _moved_elsewhere(self) -> Iterator[AttentionRow]:
        """Return what is to be chosen about cells that left their row in a file without such a sheet."""
        told = ((other.name, f) for other in self.others for f in other.plan.findings if f.code == "cells_moved")
        for name, finding in told:
            ref = f"moved:{finding.context['of']}@{name}"
            note = f"{finding.row_place(self.texts)}: {finding.full_message(self.texts)}"
            about, field, file = self._say("about.error"), finding.location.label or "", finding.value or ""
            yield AttentionRow(ref, about, note, field=field, file=file, choose=self._chosen.get(ref, ""))

    def _finding(self, finding: Finding) -> AttentionRow:
        where = finding.location
        about = {
            "ref": "",
            "what": self._say(f"about.{finding.severity}"),
            "note": finding.full_message(self.texts),
            "field": where.label or "",
            "file": (finding.value or "")[:ATTENTION_CELL],
        }
        raw = next((raw for raw in self.source.raw.places() if raw.sheet == where.sheet), None)
        key = self.source.plan.row_keys.get(raw.place, {}).get(where.row or 0) if raw else None
        key = key or (self._coming.get((raw.place, where.row or 0)) if raw else None)
        if raw is None or key is None:
            return AttentionRow(**about, **self._fixed(where.sheet or "", where.cell or ""))
        field = next((f for f, header in raw.headers.items() if header == where.label), None)
        placed = self._where(raw, key, where.row, field) if field and where.cell else {}
        held = self.records[raw.table.id][key].get(field) if field else None
        return AttentionRow(
            **about,
            **placed or self._fixed(where.sheet or "", where.cell or ""),
            nr=self._number(raw.table.id, key),
            register=self._shown(raw.table.id, field, held) if field else "",
        )

    def _noted(self) -> Iterator[AttentionRow]:
        """Return the notes that stand on the sheet and that nobody has seen yet."""
        raw, seen = self.source.raw.attention, self._say("choice.seen").casefold()
        for cells in raw.rows.values() if raw else ():
            if choice_kind(cells["ref"]) == "note" and cells["choose"].casefold() != seen:
                fixed = self._fixed(cells["sheet"], cells["cell"])
                told = {name: cells[name] for name in ("ref", "what", "note", "nr", "field", "register", "file")}
                yield AttentionRow(**told, **fixed)

    # --------------------------------------------------------------------------------------------------------- gone
    def _gone(self) -> Iterator[AttentionRow]:
        plan = self.source.plan
        gone = sorted(plan.gone - plan.left_out)
        if len(gone) > _EACH_GONE:
            note = self._say("gone_many", n=len(gone))
            yield AttentionRow("gone:*", self._say("about.gone"), note)
            return
        for table, key in gone:
            sheet = self.definition.tables[table].sheet[self.texts.language]
            number = self._number(table, key)
            note = self._say("gone", sheet=sheet)
            yield AttentionRow(f"gone:{table}:{key}", self._say("about.gone"), note, nr=number, sheet=sheet)

    # -------------------------------------------------------------------------------------------------------- cells
    def _where(self, raw: RawTable, key: str, row: int | None, field: str) -> dict[str, str]:
        """Return sheet, address and link of a record's cell; the link finds the record again when rows were sorted."""
        if row is None or field not in raw.columns:
            return {}
        letters = column_letters(raw.columns[field])
        key_field = raw.table.by_id[raw.table.key]
        number = str(row)
        if raw.table.key in raw.columns and key_field.kind != "date" and len(key) < _LITERAL:
            keys = column_letters(raw.columns[raw.table.key])
            number = f"IFERROR(MATCH({text(key)},{quote_sheet(raw.sheet)}!${keys}:${keys},0),{row})"
        cell = f'"{letters}"&{number}'
        link = hyperlink(raw.sheet, cell, cell)
        return {"sheet": self._built.get(raw.sheet, raw.sheet), "cell": address(row, raw.columns[field]), "link": link}

    def _fixed(self, sheet: str, cell: str) -> dict[str, str]:
        """Return sheet, address and link of a cell that no record tells."""
        if not sheet or not cell:
            return {"sheet": sheet}
        named = next((now for now, was in self._built.items() if was == sheet), sheet)
        link = hyperlink(named, text(cell), text(cell))
        return {"sheet": self._built.get(sheet, sheet), "cell": cell, "link": link}

    @cached_property
    def _coming(self) -> Mapping[tuple[tuple[str, str], int], str]:
        """The keys of records by the rows in which they will stand."""
        return {(raw.place, row): key for (_, key), (raw, row) in self.places.items()}

    @cached_property
    def _built(self) -> Mapping[str, str]:
        """The names that the tables' sheets were built with, by the names they have now."""
        return {raw.sheet: raw.table.sheet[self.texts.language] for raw in self.source.raw.tables.values()}

    def _number(self, table: str, key: str) -> str:
        """Return what people know a record by: its number, or that of the complaint it belongs to."""
        definition = self.definition.tables[table]
        record = self.records[table].get(key, {})
        return str(record.get(definition.parent) or "") if definition.parent and definition.hidden_key else key

    def _shown(self, table: str, field: str, value: Value) -> str:
        return attention_text(self.definition.tables[table].by_id[field], value, self.lookups)

    def _say(self, name: str, **values: object) -> str:
        return self.texts(f"workbook.attention.{name}", **values)


def _as_note(row: AttentionRow) -> AttentionRow:
    """Let a row stay until someone has seen it."""
    return replace(row, ref=f"note:{row.nr or row.cell}")


def _day(at: str) -> date | str:
    return date.fromisoformat(at[:10]) if at else ""
