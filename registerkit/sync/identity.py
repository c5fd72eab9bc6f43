"""Tells which record a row of a file is: by its key, never by its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from registerkit.codes import FindingCode
from registerkit.definition import Record, Table, Value
from registerkit.reading import SourceRow
from registerkit.sync.likeness import (
    PERSONAL,
    Telling,
    alikeness,
    is_other_person,
    telling_in_both,
    telling_row,
    telling_values,
)
from registerkit.sync.moved_numbers import moved_numbers
from registerkit.sync.numbers import bare_number, is_number
from registerkit.sync.plan import Knowledge
from registerkit.sync.state import RegisterState

__all__ = [
    "ALIKE",
    "Hints",
    "Identity",
    "claims",
    "hints_of",
    "identify",
    "is_other_story",
    "meant_keys",
    "originals_first",
    "twins",
]

ALIKE = 0.6
"""The share of equal values from which a keyless row is taken for one that was seen before."""
_ALIKE_FOREVER = 0.8
"""The same for a file that is never given its keys: what it shows next month may be another's, of the same person."""
_DOUBTFUL = 0.34
_ENOUGH = 3
"""So many telling values must differ before a number is doubted."""


@dataclass(frozen=True)
class Identity:
    """The record a row stands for: a known one, a new one with or without a key, or a fault."""

    key: str | None
    is_new: bool = False
    fault: FindingCode | None = None
    """The code of the finding when the row cannot be placed."""
    alias_of: str | None = None
    """The key the file shows, when the record goes by another."""
    record: str | None = None
    """The key of the record that a row at fault, or a new one, seems to be."""


def claims(rows: Iterable[SourceRow], knowledge: Knowledge) -> dict[int, str]:
    """Return the rows without a key that say just what a waiting row said when last seen, and that one's key.

    They come first: a new row that stands above them and looks like one of them is no other row mended.
    """
    found: dict[int, str] = {}
    taken: set[str] = set()
    keyless = [row for row in rows if row.key is None]
    for row in keyless:
        free = (key for key in knowledge.pending_as(row.table, row.values) if key not in taken)
        if (key := next(free, None)) is not None:
            found[row.row] = key
            taken.add(key)
    left = [row for row in keyless if row.row not in found]
    return found | _changed_places(left, knowledge, taken) if len(left) > 1 else found


def _changed_places(rows: Sequence[SourceRow], knowledge: Knowledge, taken: Collection[str]) -> dict[int, str]:
    """Return the rows that differ from a waiting one in nothing but one personal field, in which they say another's.

    A column of names that was shifted makes no new complaints of known ones.
    """
    table, found = rows[0].table, dict[int, str]()
    waiting = {key: said for (name, key), said in knowledge.pending.items() if name == table and key not in taken}
    for field_id in PERSONAL:
        others = {said.get(field_id) for said in waiting.values()} - {None}
        rest: dict[frozenset[tuple[str, object]], list[str]] = {}
        for key, said in waiting.items():
            rest.setdefault(_without(said, field_id), []).append(key)
        for row in rows:
            keys = rest.get(_without(row.values, field_id), ())
            if row.row not in found and len(keys) == 1 and row.values.get(field_id) in others:
                found[row.row] = keys[0]
    return found if len(set(found.values())) == len(found) > 1 else {}


def _without(values: Mapping[str, object], field_id: str) -> frozenset[tuple[str, object]]:
    return frozenset((f, value) for f, value in values.items() if f != field_id and value is not None)


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


@dataclass(frozen=True)
class Hints:
    """What a whole sheet tells of its rows."""

    claimed: Mapping[int, str] = field(default_factory=dict)
    """What `claims` gives."""
    meant: Mapping[str, str] = field(default_factory=dict)
    """What `meant_keys` gives."""
    lost: Mapping[Telling, str] = field(default_factory=dict)
    """Records that the file should show and whose numbers it does not, by what tells them apart."""
    twins: Mapping[Telling, str] = field(default_factory=dict)
    """What `twins` gives."""
    moved: Mapping[int, str] = field(default_factory=dict)
    """What `moved_numbers` gives."""


def hints_of(
    rows: Sequence[SourceRow], table: Table, state: RegisterState, knowledge: Knowledge, lost: Mapping[Telling, str]
) -> Hints:
    """Return what a whole sheet tells of its rows; `lost` are the records that it should show and does not."""
    known = (rows, table, state, knowledge)
    return Hints(claims(rows, knowledge), meant_keys(*known), lost, twins(*known), moved_numbers(*known))


def identify(
    row: SourceRow,
    table: Table,
    state: RegisterState,
    knowledge: Knowledge,
    placed: Mapping[str, SourceRow],
    hints: Hints = Hints(),
) -> Identity:
    """Place one row; `placed` has the rows of this file that stand already, by record key."""
    if (other := hints.moved.get(row.row)) is not None:
        is_known = row.key is not None and state.record(row.table, row.key) is not None
        fault: FindingCode = "number_of_another" if is_known else "number_changed"
        return Identity(None, fault=fault, record=other)
    if row.key is None:
        lost = _number_lost(row, table, hints)
        return Identity(lost) if lost and lost not in placed else _keyless(row, state, knowledge, placed, hints.claimed)
    own = knowledge.aliases.get((row.table, row.key))
    key = own or hints.meant.get(row.key, row.key)
    record = state.record(row.table, key)
    twin = hints.twins.get(telling_row(table, row.values))
    twin = None if twin in placed else twin
    if key in placed:
        return _second(row, key, record, table, placed, twin)
    if record is None:
        return _unknown_key(row, key, table, knowledge, hints, twin)
    if own is not None:
        return Identity(own)
    if _used_elsewhere(row, key, record, table, knowledge):
        return _another(row, twin)
    if _is_another(row, key, record, table, knowledge):
        return Identity(None, fault="number_of_another")
    return Identity(key)


def _number_lost(row: SourceRow, table: Table, hints: Hints) -> str | None:
    """Return the record that the file should show, and of which a row without a number says all that tells it apart.

    People clear or delete a column of numbers; a waiting row of which the same can be said is the one it was.
    """
    telling = telling_row(table, row.values)
    enough = 2 if table.hidden_key else _ENOUGH
    return None if row.row in hints.claimed or len(telling) < enough else hints.lost.get(telling)


def twins(rows: Iterable[SourceRow], table: Table, state: RegisterState, knowledge: Knowledge) -> dict[Telling, str]:
    """Return the records that came in here since a copy of the register went its own way, by what they tell.

    There the same complaint may have another number. What the file shows under our number too is no twin.
    """
    if not knowledge.is_foreign or not table.numbering:
        return {}
    enough, fields = 2 if table.hidden_key else _ENOUGH, {f for row in rows for f in row.values}
    shown = {row.key: telling_row(table, row.values) for row in rows if row.key is not None}
    newer = {key: state.record(name, key) for name, key in knowledge.newer if name == table.id}
    known = {
        key: {f: v for f, v in record.items() if f in fields} for key, record in newer.items() if record is not None
    }
    told = {key: telling_row(table, record) for key, record in known.items()}
    return {telling: key for key, telling in told.items() if len(telling) >= enough and shown.get(key) != telling}


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


def _another(row: SourceRow, twin: str | None) -> Identity:
    """Place a row whose number is another's here: what came in before as something else, or a new one."""
    return Identity(twin, is_new=twin is None, alias_of=row.key)


def _second(
    row: SourceRow,
    key: str,
    record: Record | None,
    table: Table,
    placed: Mapping[str, SourceRow],
    twin: str | None,
) -> Identity:
    """A key that stands twice: a copied row. A copied contact with other content is a new contact.

    A number may also stand beside the complaint that has it here: a copy of the register, where that one had to take
    another number, wrote the file.
    """
    if table.hidden_key and row.values != placed[key].values:
        return Identity(twin, is_new=twin is None, alias_of=row.key if twin else None)
    if table.hidden_key:
        return Identity(None, fault="duplicate_row")
    if table.numbering and placed[key].key != row.key and record is not None and _is_unlike(row, record):
        return _another(row, twin)
    return Identity(None, fault="duplicate_key" if table.numbering else "duplicate_own_key")


def _unknown_key(
    row: SourceRow, key: str, table: Table, knowledge: Knowledge, hints: Hints, twin: str | None
) -> Identity:
    telling = telling_values(row.values)
    if twin is not None:
        return Identity(twin, alias_of=key)
    if table.numbering and not table.hidden_key and len(telling) >= _ENOUGH and telling in hints.lost:
        return Identity(None, fault="number_changed", record=hints.lost[telling])
    if (row.table, key) in knowledge.reserved or not table.numbering or table.typed_keys:
        return Identity(key, is_new=True)
    if table.hidden_key:
        return Identity(None, is_new=True, alias_of=key if knowledge.is_foreign else None)
    if knowledge.is_foreign and is_number(key, table.numbering):
        return Identity(key, is_new=True)
    return Identity(None, fault="unknown_key")


def _used_elsewhere(row: SourceRow, key: str, record: Record, table: Table, knowledge: Knowledge) -> bool:
    """Tell whether a reserved key was used for another record since the file was stamped."""
    if not knowledge.stamped or not table.numbering or table.typed_keys:
        return False
    if (row.table, key) not in knowledge.newer or knowledge.knows(row.table, key):
        return False
    if table.hidden_key and row.values.get(table.parent or "") != record.get(table.parent or ""):
        return True
    return _is_unlike(row, record)


def _is_unlike(row: SourceRow, record: Record) -> bool:
    return is_other_person(row.values, record) or alikeness(row.values, record) < ALIKE


def _is_another(row: SourceRow, key: str, record: Record, table: Table, knowledge: Knowledge) -> bool:
    """Tell whether a row says something else altogether than the record of its number, now and when last written.

    In a file of which nobody can tell the timeline, another person is enough.

    A number that was mistyped, or a column of numbers that was sorted by itself, would write over other people.
    """
    if not (knowledge.stamped or knowledge.is_keyed) or not table.numbering or table.typed_keys or table.hidden_key:
        return False
    if row.values is record or row.values.items() <= record.items():
        return False  # It says what the record holds.
    before = {field_id: knowledge.base(row.table, key, field_id, value) for field_id, value in record.items()}
    if sum(value != before.get(field_id) for field_id, value in row.values.items()) == 1:
        return False  # Somebody wrote one thing anew.
    if knowledge.is_early and all(is_other_person(row.values, other) for other in (record, before)):
        return True
    return all(is_other_story(row.values, other) for other in (record, before))


def is_other_story(values: Mapping[str, Value], other: Mapping[str, Value]) -> bool:
    """Tell whether two rows have enough that tells them apart, and hardly anything of it in common."""
    return len(telling_in_both(values, other)) >= _ENOUGH and alikeness(values, other) < _DOUBTFUL


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
        if table == row.table
        and key not in placed
        and key not in others
        and state.record(table, key) is not None
        and key not in state.anonymised  # What is left of it tells nobody apart.
    }
    alike = {key: alikeness(row.values, said) for key, said in waiting.items() if not is_other_person(row.values, said)}
    scores = sorted(((score, key) for key, score in alike.items()), reverse=True)
    if not scores or scores[0][0] < _DOUBTFUL:
        return Identity(None, is_new=True)
    best = scores[0]
    clear = len(scores) == 1 or scores[1][0] < best[0] or best[0] == 1.0
    if best[0] >= _needed(row.table, knowledge, others) and clear:
        return Identity(best[1])
    if knowledge.stamped:
        return Identity(None, fault="unclear_row")
    # Nobody can give a row of such a file its number: it is taken in, and what it looks like is told.
    return Identity(None, is_new=True, record=best[1] if best[0] >= ALIKE else None)


def _needed(table: str, knowledge: Knowledge, claimed: Collection[str]) -> float:
    """Return how much a row must be like one of before to be that one.

    A file that is never given its keys and shows what it showed before is a list that goes on: the row that misses is
    the one that was mended. One that shows other rows each time has other people's, or others of the same people.
    """
    before = sum(name == table for name, _ in knowledge.pending)
    return ALIKE if knowledge.stamped or 2 * len(claimed) >= before > 1 else _ALIKE_FOREVER
