"""Tells which record a row of a file is: by its key, never by its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from registerkit.definition import Record, Table, Value
from registerkit.reading import SourceRow
from registerkit.sync.numbers import bare_number
from registerkit.sync.plan import Knowledge
from registerkit.sync.state import RegisterState

__all__ = [
    "ALIKE",
    "Identity",
    "Telling",
    "alikeness",
    "claims",
    "identify",
    "meant_keys",
    "originals_first",
    "telling_values",
]

ALIKE = 0.6
"""The share of equal values from which a keyless row is taken for one that was seen before."""
_ALIKE_FOREVER = 0.8
"""The same for a file that is never given its keys: what it shows next month may be another's, of the same person."""
_DOUBTFUL = 0.34
_ENOUGH = 3
"""So many telling values must differ before a number is doubted."""
_TELLING = ("received_on", "name", "description", "email", "phone", "category", "on", "from", "summary")
"""Fields that tell two records apart."""

Telling = frozenset[tuple[str, Value]]
"""What tells a record apart from others: the telling fields that it has, with their values."""


@dataclass(frozen=True)
class Identity:
    """The record a row stands for: a known one, a new one with or without a key, or a fault."""

    key: str | None
    is_new: bool = False
    fault: str | None = None
    """The code of the finding when the row cannot be placed."""
    alias_of: str | None = None
    """The key the file shows, when the record goes by another."""
    record: str | None = None
    """The key of the record that a row at fault seems to be."""


def claims(rows: Iterable[SourceRow], knowledge: Knowledge) -> dict[int, str]:
    """Return the rows without a key that say just what a waiting row said when last seen, and that one's key.

    They come first: a new row that stands above them and looks like one of them is no other row mended.
    """
    found: dict[int, str] = {}
    taken: set[str] = set()
    for row in rows:
        if row.key is None:
            free = (key for key in knowledge.pending_as(row.table, row.values) if key not in taken)
            if (key := next(free, None)) is not None:
                found[row.row] = key
                taken.add(key)
    return found


def originals_first(
    rows: Sequence[SourceRow], table: Table, state: RegisterState, knowledge: Knowledge
) -> Sequence[SourceRow]:
    """Return the rows in their order, but of rows with one number those behind that look least like its record.

    A row that was copied to fill in something else may stand above the one that it was copied from.
    """
    typed = Counter(row.key for row in rows if row.key is not None)
    if typed.total() == len(typed):
        return rows
    best: dict[str, tuple[int, SourceRow]] = {}
    for row in rows:
        if row.key is not None and typed[row.key] > 1:
            share = _shared(row, state.record(table.id, row.key) or {}, knowledge)
            if row.key not in best or share > best[row.key][0]:
                best[row.key] = (share, row)
    behind = {row.row for row in rows if row.key in best and best[row.key][1] is not row}
    return sorted(rows, key=lambda row: row.row in behind)


def _shared(row: SourceRow, record: Record, knowledge: Knowledge) -> int:
    """Count the values that a row has in common with its record as the file last had it."""
    bases = {f: knowledge.base(row.table, row.key or "", f, record.get(f)) for f in row.values}
    return sum(value is not None and value == bases[f] for f, value in row.values.items())


def identify(
    row: SourceRow,
    table: Table,
    state: RegisterState,
    knowledge: Knowledge,
    placed: Mapping[str, SourceRow],
    claimed: Mapping[int, str] | None = None,
    meant: Mapping[str, str] | None = None,
    lost: Mapping[Telling, str] | None = None,
) -> Identity:
    """Place one row; `placed` has the rows of this file that stand already, by record key.

    `claimed` and `meant` are what `claims` and `meant_keys` give; `lost` has the records that the file should show
    and whose numbers it does not, by what tells them apart.
    """
    if row.key is None:
        return _keyless(row, state, knowledge, placed, claimed or {})
    key = knowledge.aliases.get((row.table, row.key)) or (meant or {}).get(row.key, row.key)
    if key in placed:
        return _second(row, key, table, placed)
    record = state.record(row.table, key)
    if record is None:
        return _unknown_key(row, key, table, knowledge, lost or {})
    if _used_elsewhere(row, key, record, table, knowledge):
        return Identity(None, is_new=True, alias_of=row.key)
    if _is_another(row, key, record, table, knowledge):
        return Identity(None, fault="number_of_another")
    return Identity(key)


def meant_keys(rows: Iterable[SourceRow], table: Table, state: RegisterState, knowledge: Knowledge) -> dict[str, str]:
    """Return the numbers that numbers typed with other capitals, blanks or zeros stand for, where it can be only one.

    A number that stands in the file as it should is never meant by another row too.
    """
    typed = {row.key for row in rows if row.key is not None}
    known = state.records[table.id].keys() | {key for name, key in knowledge.reserved if name == table.id}
    strange = typed - known
    if not strange or not table.numbering:
        return {}
    meant: dict[str, list[str]] = {}
    for key in known - typed:
        meant.setdefault(bare_number(key), []).append(key)
    found = {key: meant.get(bare_number(key), []) for key in strange}
    return {key: keys[0] for key, keys in found.items() if len(keys) == 1}


def _second(row: SourceRow, key: str, table: Table, placed: Mapping[str, SourceRow]) -> Identity:
    """A key that stands twice: a copied row. A copied contact with other content is a new contact."""
    if table.hidden_key and row.values != placed[key].values:
        return Identity(None, is_new=True)
    if table.hidden_key:
        return Identity(None, fault="duplicate_row")
    return Identity(None, fault="duplicate_key" if table.numbering else "duplicate_own_key")


def _unknown_key(row: SourceRow, key: str, table: Table, knowledge: Knowledge, lost: Mapping[Telling, str]) -> Identity:
    telling = telling_values(row.values)
    if table.numbering and len(telling) >= _ENOUGH and telling in lost:
        return Identity(None, fault="number_changed", record=lost[telling])
    if (row.table, key) in knowledge.reserved or not table.numbering or table.typed_keys:
        return Identity(key, is_new=True)
    if table.hidden_key:
        return Identity(None, is_new=True)
    return Identity(None, fault="unknown_key")


def _used_elsewhere(row: SourceRow, key: str, record: Record, table: Table, knowledge: Knowledge) -> bool:
    """Tell whether a reserved key was used for another record since the file was stamped."""
    if not knowledge.stamped or not table.numbering or table.typed_keys:
        return False
    if (row.table, key) not in knowledge.newer or knowledge.knows(row.table, key):
        return False
    return alikeness(row.values, record) < ALIKE


def _is_another(row: SourceRow, key: str, record: Record, table: Table, knowledge: Knowledge) -> bool:
    """Tell whether a row says something else altogether than the record of its number, now and when last written.

    A number that was mistyped, or a column of numbers that was sorted by itself, would write over other people.
    """
    if not knowledge.stamped or not table.numbering or table.typed_keys or table.hidden_key:
        return False
    before = {field_id: knowledge.base(row.table, key, field_id, value) for field_id, value in record.items()}
    return all(
        len(_telling(row.values, other)) >= _ENOUGH and alikeness(row.values, other) < _DOUBTFUL
        for other in (record, before)
    )


def telling_values(values: Mapping[str, Value]) -> Telling:
    """Return what tells a record apart from others."""
    return frozenset((f, values[f]) for f in _TELLING if values.get(f) is not None)


def _telling(values: Mapping[str, object], other: Mapping[str, object]) -> list[str]:
    """Return the fields that tell two records apart, as far as both have them."""
    return [f for f in _TELLING if values.get(f) is not None and other.get(f) is not None]


def _keyless(
    row: SourceRow,
    state: RegisterState,
    knowledge: Knowledge,
    placed: Mapping[str, SourceRow],
    claimed: Mapping[int, str],
) -> Identity:
    """Recognise a row by what it said when last seen, until its key stands in the file."""
    own = claimed.get(row.row)
    if own is not None and own not in placed and state.record(row.table, own) is not None:
        return Identity(own)
    others = set(claimed.values())
    waiting = {
        key: said
        for (table, key), said in knowledge.pending.items()
        if table == row.table and key not in placed and key not in others and state.record(table, key) is not None
    }
    scores = sorted(((alikeness(row.values, said), key) for key, said in waiting.items()), reverse=True)
    if not scores or scores[0][0] < _DOUBTFUL:
        return Identity(None, is_new=True)
    best = scores[0]
    clear = len(scores) == 1 or scores[1][0] < best[0] or best[0] == 1.0
    if best[0] >= (ALIKE if knowledge.stamped else _ALIKE_FOREVER) and clear:
        return Identity(best[1])
    return Identity(None, fault="unclear_row")


def alikeness(values: Mapping[str, object], other: Mapping[str, object]) -> float:
    """Return the share of telling values that two records have in common, 0 to 1; nothing to compare is 1."""
    if telling := _telling(values, other):
        return sum(values[f] == other[f] for f in telling) / len(telling)
    both = [f for f, value in values.items() if value is not None and other.get(f) is not None]
    return sum(values[f] == other[f] for f in both) / len(both) if both else 1.0
