"""Holds cells that left their row until somebody says what is right, and tells of them once for each column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from registerkit.checking import CheckContext
from registerkit.definition import Table, Value
from registerkit.findings import Finding
from registerkit.reading import Place, SourceRow, TableRows
from registerkit.sync.moved_cells import MovedCells, moved_cells
from registerkit.sync.plan import Knowledge, SourcePlan
from registerkit.sync.state import RegisterState

__all__ = ["AS_MEANT", "PUT_BACK", "hold_moved"]

AS_MEANT, PUT_BACK = "as_meant", "restore"
"""What a person can say of cells that left their row."""


def hold_moved(
    rows: TableRows,
    state: RegisterState,
    knowledge: Knowledge,
    plan: SourcePlan,
    check: CheckContext,
    said: Mapping[tuple[str, str], str],
) -> None:
    """Note in the plan which cells of a sheet are held, and what to tell.

    `said` has what a person chose, by table and field; it counts for cells that were told before and stand as they did.
    """
    table = rows.raw.table
    aliases = {shown: key for (name, shown), key in plan.aliases.items() if name == table.id}
    groups = moved_cells(rows.rows, table, state, knowledge, aliases)
    if not groups and not knowledge.moved:
        return
    by_key = {aliases.get(row.key, row.key): row for row in rows.rows if row.key is not None}
    before = {
        (key, f)
        for (name, key, f), value in knowledge.moved.items()
        if name == table.id and key in by_key and by_key[key].values.get(f, _NOTHING) == value
    }
    for cells in _Groups(table, state, knowledge, groups, by_key, before).found():
        told = {cell for cell in cells.cells if cell not in before or said.get((table.id, cell[1])) is None}
        for key, f in cells.cells:
            word = said.get((table.id, f)) if (key, f) in before else None
            where = (table.id, key, f)
            if word != AS_MEANT:
                plan.moved[where] = by_key[key].values[f]
            if word == PUT_BACK:
                plan.put_back.add(where)
        if told:
            plan.findings.append(_finding(rows, state, cells, by_key, check))


_NOTHING = object()
_NAMED = 10
"""So many numbers a message names."""


@dataclass(frozen=True)
class _Groups:
    table: Table
    state: RegisterState
    knowledge: Knowledge
    groups: Sequence[MovedCells]
    by_key: Mapping[str, SourceRow]
    before: set[tuple[str, str]]

    def found(self) -> Iterator[MovedCells]:
        """Return the groups with the cells that were held before: a column that is mended by halves is held still."""
        left = {cell for cell in self.before if self._differs(cell)} - {c for g in self.groups for c in g.cells}
        for group in self.groups:
            own = {cell for cell in left if cell[1] in group.fields}
            left -= own
            yield MovedCells(group.fields, group.mapping, group.cells | own)
        if left:
            yield MovedCells(tuple(sorted({f for _, f in left})), {}, frozenset(left))

    def _differs(self, cell: tuple[str, str]) -> bool:
        key, field_id = cell
        record = self.state.records[self.table.id].get(key, {})
        value: Value = self.by_key[key].values.get(field_id)
        return value != self.knowledge.base(self.table.id, key, field_id, record.get(field_id))


def _finding(
    rows: TableRows, state: RegisterState, cells: MovedCells, by_key: Mapping[str, SourceRow], check: CheckContext
) -> Finding:
    table = rows.raw.table
    key, field_id = min(cells.cells, key=lambda cell: (by_key[cell[0]].row, cells.fields.index(cell[1])))
    where = Place.of_row(rows, by_key[key]).locate(field_id)
    value = by_key[key].values.get(field_id)
    keys = sorted({key for key, _ in cells.cells}, key=lambda each: by_key[each].row)
    numbers = list(dict.fromkeys(_known_as(rows, state, by_key, each) for each in keys))
    told = {
        "columns": [check.label(table.id, f) for f in cells.fields],
        "numbers": numbers if len(numbers) <= _NAMED else [*numbers[:_NAMED], "…"],
        "of": f"{table.id}:{','.join(cells.fields)}",
    }
    return Finding("cells_moved", "error", where, check.written(table.id, field_id, value), told)


def _known_as(rows: TableRows, state: RegisterState, by_key: Mapping[str, SourceRow], key: str) -> object:
    """Return what people know a row by: its number or day, that of its complaint, or where it stands."""
    table, record = rows.raw.table, state.records[rows.raw.table.id][key]
    if table.hidden_key and table.parent is None:
        return Place.of_row(rows, by_key[key]).locate(table.inputs[0].id).cell or key
    return record[table.parent if table.hidden_key and table.parent else table.key] or key
