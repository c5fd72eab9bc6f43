"""Tells rows that were moved to a further sheet of a file from those of a copy that lies there.

People move closed complaints to a sheet of their own, and they copy a whole sheet before they try something. A row
that was moved is read where it stands now; one that stands in the register's own table too, or shows what a record
was like before, is a copy, and would bring back what has been changed since.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

from registerkit.definition import Value
from registerkit.findings import Finding, Location
from registerkit.reading import SourceRow, TableRows
from registerkit.sync.identity import ALIKE
from registerkit.sync.likeness import Telling, alikeness, telling_values
from registerkit.sync.plan import Knowledge
from registerkit.sync.state import RegisterState

__all__ = ["Earlier", "moved_rows"]

Earlier = Callable[[str, str], Mapping[str, Collection[Value]]]
"""Gives what a record (table, key) has held before, per field."""


def moved_rows(
    rows: TableRows,
    first: str,
    placed: Mapping[str, SourceRow],
    state: RegisterState,
    knowledge: Knowledge,
    old: Earlier,
) -> TableRows:
    """Return the rows of a further sheet that are no copies, and their findings; one more says what was not read.

    `placed` has the rows that stand already by record key, those of the sheet `first` among them.
    """
    if knowledge.is_keyed:  # Its rows have a number each, whatever sheet they stand on.
        return rows
    shown = {telling_values(row.values) for row in placed.values()}
    kept = [row for row in rows.rows if not _is_copy(row, shown, placed, state, knowledge, old)]
    numbers = {row.row for row in kept}
    findings = [f for f in rows.findings if f.location.row in numbers or f.location.row is None]
    if copies := len(rows.rows) - len(kept):
        where = Location(rows.file, rows.raw.sheet, row=rows.raw.header_row)
        findings.append(Finding("copied_rows", "info", where, str(copies), {"first": first}))
    return replace(rows, rows=tuple(kept), findings=tuple(findings))


def _is_copy(
    row: SourceRow,
    shown: Collection[Telling],
    placed: Mapping[str, SourceRow],
    state: RegisterState,
    knowledge: Knowledge,
    old: Earlier,
) -> bool:
    if row.key is None:
        telling = telling_values(row.values)
        return bool(telling) and telling in shown
    key = knowledge.aliases.get((row.table, row.key), row.key)
    if key in placed:
        return alikeness(row.values, placed[key].values) >= ALIKE
    record = state.record(row.table, key)
    if record is None or row.values.items() <= record.items():
        return False
    bases = {f: knowledge.base(row.table, key, f, record.get(f)) for f in row.values}
    differing = {f: value for f, value in row.values.items() if value != bases[f]}
    if not differing:
        return False
    before = old(row.table, key)
    return all(value in before.get(field_id, ()) for field_id, value in differing.items())
