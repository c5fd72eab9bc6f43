"""Changes rows of an Access file and adds new ones, through Jackcess; all else in the file stays as it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from registerkit.database.access.kinds import Cell
from registerkit.database.access.leftovers import forget_leftovers
from registerkit.database.access.names import ROW_ID
from registerkit.database.access.plan import META
from registerkit.database.access.read import opened
from registerkit.database.access.truncate import text_length
from registerkit.database.access.write import java_value

__all__ = ["AccessEdits", "LeftOut", "edit_access", "stamp_edits"]


_REQUIRED = "Required"
"""The property by which Access refuses a row that lacks a value."""


@dataclass
class AccessEdits:
    """What changes in a file: per table by the number of the row, and rows to add; cells by the column's name."""

    changed: dict[str, dict[int, dict[str, Cell]]] = field(default_factory=dict)
    added: dict[str, list[dict[str, Cell]]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return any(self.changed.values()) or any(self.added.values())

    def set(self, table: str, row: int, column: str, value: Cell) -> None:
        """Change one cell."""
        self.changed.setdefault(table, {}).setdefault(row, {})[column] = value


def stamp_edits(
    names: Sequence[str], stamp: Mapping[str, str]
) -> tuple[dict[int, dict[str, Cell]], list[dict[str, Cell]]]:
    """Return the rows of the stamp's table that change, by number, and those to add; `names` are those it has."""
    there: dict[int, dict[str, Cell]] = {names.index(n) + 1: {"value": v} for n, v in stamp.items() if n in names}
    return there, [{"name": n, "value": v} for n, v in stamp.items() if n not in names]


@dataclass(frozen=True)
class LeftOut:
    """A text that was longer than its column takes, and was not written."""

    table: str
    row: int | None
    column: str
    value: str


def edit_access(path: Path, edits: AccessEdits, stamp: Mapping[str, str], *, forget: bool = False) -> list[LeftOut]:
    """Make the edits and renew these properties of the stamp; gives what had no room.

    With `forget` nothing is left behind of the texts that were changed. The rows are numbered as `read_access` does.
    Rules and relations are not looked at: what the store holds has been checked. Raises as `read_access` does.
    """
    left_out, gone, live = list[LeftOut](), set[str](), list[str]()
    with opened(path, read_only=False) as database:
        database.setEvaluateExpressions(False)
        database.setEnforceForeignKeys(False)
        database.setAllowAutoNumberInsert(True)
        for name in {*edits.changed, *edits.added}:
            table = _Table(database.getTable(name), left_out)
            table.change(edits.changed.get(name, {}))
            gone |= table.gone
            for row in edits.added.get(name, ()):
                table.add(row)
        meta = _Table(database.getTable(META), left_out)
        changed, added = stamp_edits([str(row.getString("name")) for row in meta.table], stamp)
        meta.change(changed)
        for row in added:
            meta.add(row)
        if forget and gone:
            live += _long_texts(database)
    if forget and gone:
        forget_leftovers(path, gone, live)
    return left_out


def _long_texts(database: Any) -> Iterator[str]:
    """Return every long text that some row of the file shows."""
    for name in database.getTableNames():
        meta = database.getTableMetaData(name)
        if meta is None or meta.isLinked() or (table := database.getTable(name)) is None:
            continue
        long = [column.getName() for column in table.getColumns() if str(column.getType()) == "MEMO"]
        for row in table if long else ():
            yield from (str(value) for column in long if (value := row.get(column)) is not None)


class _Table:
    def __init__(self, table: Any, left_out: list[LeftOut]) -> None:
        self.table = table
        self.gone: set[str] = set()
        """The long texts that were changed, as they were."""
        self._left_out = left_out
        columns = {str(column.getName()): column for column in table.getColumns()}
        self._sizes = {n: c.getLengthInUnits() for n, c in columns.items() if str(c.getType()) == "TEXT"}
        self._long = {name for name, column in columns.items() if str(column.getType()) == "MEMO"}
        self._has_ids = ROW_ID in columns
        self._required = {n: c for n, c in columns.items() if bool(c.getProperties().getValue(_REQUIRED))}

    def change(self, rows: Mapping[int, Mapping[str, Cell]]) -> None:
        left = dict(rows)
        for n, row in enumerate(self.table, 1) if left else ():
            number = row.getInt(ROW_ID) if self._has_ids else n
            if (cells := left.pop(number, None)) is not None:
                for column, value in self._fitting(cells, number):
                    if column in self._long and (before := row.get(column)) is not None:
                        self.gone.add(str(before))
                    row.put(column, value)
                self.table.updateRow(row)
            if not left:
                return

    def add(self, cells: Mapping[str, Cell]) -> None:
        given = dict(self._fitting(cells, None))
        for name in [name for name in self._required if given.get(name) is None]:
            # A complaint that came in by mail may lack it; whoever types one in Access is asked by the next sync.
            properties = self._required.pop(name).getProperties()
            properties.put(_REQUIRED, False)
            properties.save()
        self.table.addRow(*[given.get(str(column.getName())) for column in self.table.getColumns()])

    def _fitting(self, cells: Mapping[str, Cell], row: int | None) -> list[tuple[str, Any]]:
        found = []
        for column, value in cells.items():
            if isinstance(value, str) and text_length(value) > self._sizes.get(column, len(value) * 2):
                self._left_out.append(LeftOut(str(self.table.getName()), row, column, value))
            else:
                found.append((column, java_value(value)))
        return found
