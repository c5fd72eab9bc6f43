"""Keeps what was wiped of a complaint out of the register, whatever file still holds it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from registerkit.definition import Record
from registerkit.findings import Finding, Location
from registerkit.reading import SourceRow, TableRows
from registerkit.sync.own_numbers import in_own_numbers
from registerkit.sync.plan import SourcePlan
from registerkit.sync.state import RegisterState

__all__ = ["rows_to_merge"]


def rows_to_merge(rows: TableRows, state: RegisterState, plan: SourcePlan) -> TableRows:
    """Return rows in our own numbers, and without what was wiped."""
    return _without_wiped(in_own_numbers(rows, plan.aliases, state.definition.main_id), state, plan)


def _without_wiped(rows: TableRows, state: RegisterState, plan: SourcePlan) -> TableRows:
    """Return rows that say nothing personal of anonymised complaints, and let the plan tell what was left out.

    The file then differs from the register in those cells, which the write-back brings to what the register holds.
    """
    table, marked = rows.raw.table, state.anonymised
    if not marked or not table.personal:
        return rows
    if table.id == state.definition.main_id:
        rows = _without_known(rows, state, plan)
    kept, numbers = [], set[str]()
    for row in rows.rows:
        known: Record = state.records[table.id].get(row.key or "", {})
        parent = known.get(table.parent) or row.values.get(table.parent) if table.parent else row.key
        if parent not in marked:
            kept.append(row)
            continue
        kept.append(bare := _bare(row, table.personal, known))
        if bare is not row:
            numbers.add(str(parent))
    if not numbers:
        return rows
    shown = ", ".join(sorted(numbers))
    where = Location(file=rows.file, sheet=rows.raw.sheet)
    plan.findings.append(Finding("wiped_left_out", "info", where, shown))
    return replace(rows, rows=tuple(kept))


def _without_known(rows: TableRows, state: RegisterState, plan: SourcePlan) -> TableRows:
    """Return rows without those that have no number and hold the text of an anonymised complaint; that is told once."""
    held = [row for row in rows.rows if row.key is None and state.wiped_rows.holds(row.values)]
    if not held:
        return rows
    if fresh := [row for row in held if state.wiped_rows.is_news(plan.name, row.values)]:
        where = Location(rows.file, rows.raw.sheet, row=fresh[0].row)
        plan.findings.append(Finding("wiped_rows", "info", where, context={"n": len(fresh)}))
    left = {row.row for row in held}
    findings = tuple(f for f in rows.findings if f.location.row not in left)
    return replace(rows, rows=tuple(row for row in rows.rows if row.row not in left), findings=findings)


def _bare(row: SourceRow, personal: frozenset[str], known: Mapping[str, object]) -> SourceRow:
    left = {f for f, value in row.values.items() if f in personal and value != known.get(f)}
    if not left and row.bad.isdisjoint(personal):
        return row
    values = {f: value for f, value in row.values.items() if f not in left}
    return replace(row, values=values, bad=row.bad - personal)
