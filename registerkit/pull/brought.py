"""Rows that come from another register: known by the number they had there, and closed if they were closed there."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from registerkit.definition import Definition, Record, fold
from registerkit.findings import Finding, Location
from registerkit.reading import EARLIER_NUMBER, RawTable, RawWorkbook, SourceRow, TableRows, as_text
from registerkit.register import CLOSED, ENDED
from registerkit.sync.plan import Refusal, SourcePlan

__all__ = ["earlier_numbers", "is_keyed", "taken_over", "with_leftovers", "with_own_numbers"]


def is_keyed(raw: RawWorkbook, main: str) -> bool:
    """Tell whether a file's rows carry the numbers that they have where they come from."""
    return any(place.is_keyed for place in raw.places(main))


def earlier_numbers(records: Mapping[str, Record]) -> list[tuple[str, str]]:
    """Return the numbers that complaints had where they came from, each with the one that it has here."""
    return [(_key(number), key) for key, record in records.items() if (number := record.get(EARLIER_NUMBER))]


def with_own_numbers(
    raw: RawWorkbook, main: str, records: Mapping[str, Record], brought: Collection[str], plan: SourcePlan
) -> RawWorkbook:
    """Return a file whose rows carry the numbers that they have here; new ones have none.

    `brought` are the complaints that this source brought before. Another register may have given the same number to
    somebody else: what came from elsewhere is known again by its number and name together. A row without a number of
    its own, or with one that another row has, is refused.
    """
    numbering = _Numbering(raw.name, records, brought, plan)
    tables = {name: numbering.of(place) if name == main else place for name, place in raw.tables.items()}
    beside = [numbering.of(place) if place.table.id == main else place for place in raw.beside]
    return replace(raw, tables=tables, beside=beside)


class _Numbering:
    def __init__(self, file: str, records: Mapping[str, Record], brought: Collection[str], plan: SourcePlan) -> None:
        self.file, self.records, self.brought, self.plan = file, records, brought, plan
        self.known: dict[str, list[str]] = {}
        for number, key in earlier_numbers(records):
            self.known.setdefault(number, []).append(key)
        self.met: dict[str, tuple[str, int]] = {}

    def of(self, place: RawTable) -> RawTable:
        if not place.is_keyed:
            return place
        rows = [(n, made) for n, cells in place.rows if (made := self._row(place, n, cells)) is not None]
        return replace(place, rows=rows)

    def _row(self, place: RawTable, n: int, cells: Sequence[Any]) -> list[Any] | None:
        key = _key(as_text(cells[place.columns[EARLIER_NUMBER]]))
        if not key or key in self.met:
            code = "key_twice" if key else "key_missing"
            where = Location(
                self.file, place.sheet, place.cell(n, EARLIER_NUMBER), n, place.headers.get(EARLIER_NUMBER)
            )
            told = {"sheet": self.met[key][0], "row": self.met[key][1]} if key else {}
            self.plan.findings.append(Finding(code, "error", where, key or None, told))  # type: ignore[arg-type]
            self.plan.refused.append(Refusal(place.sheet, n, (code,)))
            return None
        self.met[key] = place.sheet, n
        made, at = list(cells), place.columns[place.table.key]
        made[at] = self._number(place, key, cells)
        return made

    def _number(self, place: RawTable, key: str, cells: Sequence[Any]) -> str:
        """Return the number that a row has here; empty for a new one."""
        known = self.known.get(key, [])
        if own := [number for number in known if number in self.brought]:
            return own[0]
        at = place.columns.get("name")
        name = fold(as_text(cells[at])) if at is not None else ""
        same = (number for number in known if name and fold(str(self.records[number].get("name") or "")) == name)
        return next(same, "")


def taken_over(rows: TableRows, on: date, definition: Definition) -> TableRows:
    """Return the rows of an earlier register: those that are new here and were closed there say that they were."""
    if not rows.raw.is_history or not definition.role("taken_over_on"):
        return rows
    return replace(rows, rows=tuple(
        replace(row, values={**row.values, "taken_over_on": on}) if row.key is None and _has_ended(row.values) else row
        for row in rows.rows
    ))  # fmt: skip


def with_leftovers(rows: TableRows) -> TableRows:
    """Return rows that say in the field for the rest what cells hold that cannot be used: nothing typed is lost."""
    rest, raw = rows.raw.rest, rows.raw
    if rest is None or not any(row.bad for row in rows.rows):
        return rows
    cells = dict(raw.rows)
    return replace(rows, rows=tuple(_with_leftovers(row, rest, raw, cells[row.row]) for row in rows.rows))


def _with_leftovers(row: SourceRow, rest: str, raw: RawTable, cells: Sequence[Any]) -> SourceRow:
    lost = [f for f in raw.columns if f in row.bad and f != rest and raw.table.by_id[f].when != "intake"]
    if not lost:
        return row
    lines = [f"{raw.headers.get(f, f)}: {as_text(cells[raw.columns[f]])}" for f in lost]
    told = "\n".join(filter(None, [str(row.values.get(rest) or ""), *lines]))
    return replace(row, values={**row.values, rest: told})


def _has_ended(values: Record) -> bool:
    return values.get("status") in (CLOSED, *ENDED) or values.get("closed_on") is not None


def _key(number: object) -> str:
    return str(number).strip().upper()
