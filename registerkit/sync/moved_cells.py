"""Finds cells that left their row: a column that was shifted, sorted or pasted apart from the rest of its rows.

By the number each row is the complaint it was, and every such cell looks like a change that somebody typed: names would
go to other people, and letters after them. So cells are compared with what the *other* rows held when the file was
last written. Rows that move as a whole, people who are corrected and complaints that are given to others do not look
like that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from registerkit.definition import Record, Table, Value
from registerkit.reading import SourceRow
from registerkit.sync.likeness import REACHED_BY, differ_in_all, own_fields
from registerkit.sync.plan import Knowledge
from registerkit.sync.state import RegisterState

__all__ = ["MovedCells", "moved_cells"]

_BLOCK = 3
"""So many rows in a row that hold what three others hold were pasted, or that hold what one does were drawn over."""
_SHIFTED, _DISTINCT, _FARTHEST = 4, 3, 5
"""So many rows that hold what the row so far away held, and so many different values, were shifted."""

Mapped = Mapping[str, str]
"""Key of a row to the key of the row whose value it holds now."""


@dataclass(frozen=True)
class MovedCells:
    """Columns that left their rows in the same way."""

    fields: tuple[str, ...]
    mapping: Mapped
    cells: frozenset[tuple[str, str]]
    """Key and field of the cells that moved, those included whose own value went elsewhere."""


@dataclass(frozen=True)
class _Sheet:
    """The rows of a sheet that stand for known records, in their order, and how they were."""

    table: Table
    own: tuple[str, ...]
    """The fields whose values hardly ever are another row's by chance."""
    is_main: bool
    keys: Sequence[str]
    said: Mapping[str, Record]
    bases: Mapping[str, Record]
    """What the rows held at the base, only for fields in which anything changed."""
    changed: Mapping[str, frozenset[str]]
    """Per field the keys of the rows in which it changed."""
    at: Mapping[str, int] = field(default_factory=dict)

    def moved_along(self, key: str, source: str, field_id: str) -> bool:
        """Tell whether everything else of its own came along from the other row: then the number moved."""
        own, other, said = self.bases[key], self.bases[source], self.said[key]
        telling = [f for f in self.own if f != field_id and f in said and own.get(f) != other.get(f)]
        return bool(telling) and all(said[f] == other.get(f) for f in telling)


def moved_cells(
    rows: Iterable[SourceRow], table: Table, state: RegisterState, knowledge: Knowledge, aliases: Mapping[str, str]
) -> list[MovedCells]:
    """Return the columns of a sheet whose cells left their rows; `aliases` has our keys for the file's."""
    if not knowledge.stamped and not knowledge.is_keyed:
        return []
    sheet = _sheet(rows, table, state, knowledge, aliases)
    if sheet is None:
        return []
    found = {f: _mapped(sheet, f) for f in sheet.own if f in sheet.changed}
    if table.parent is not None and table.parent in sheet.changed:
        found[table.parent] = _given_to_others(sheet, table.parent)
    sure = {f: mapped for f, mapped in found.items() if mapped}
    groups: list[tuple[list[str], dict[str, str]]] = []
    for field_id, mapped in sure.items():
        _join(groups, field_id, mapped)
    for field_ in table.fields:
        if field_.id in sheet.changed and field_.id not in sure:
            _add_along(groups, sheet, field_.id)
    return [MovedCells(tuple(fields), mapped, frozenset(_cells(sheet, fields, mapped))) for fields, mapped in groups]


def _sheet(
    rows: Iterable[SourceRow], table: Table, state: RegisterState, knowledge: Knowledge, aliases: Mapping[str, str]
) -> _Sheet | None:
    """Return the sheet, None when hardly anything in it changed."""
    known: dict[str, SourceRow] = {}
    for row in rows:
        key = aliases.get(row.key or "", row.key or "")
        if key not in known and key in state.records[table.id] and (table.id, key) not in state.created:
            known[key] = row
    changed: dict[str, set[str]] = {}
    for key, row in known.items():
        record = state.records[table.id][key]
        if (table.id, key) not in knowledge.touched and (row.values is record or row.values.items() <= record.items()):
            continue
        for field_id, value in row.values.items():
            is_input = field_id != table.key and field_id in table.by_id and table.by_id[field_id].is_input
            if is_input and value != knowledge.base(table.id, key, field_id, record.get(field_id)):
                changed.setdefault(field_id, set()).add(key)
    if not any(len(keys) > 1 for keys in changed.values()):
        return None
    own, is_main = own_fields(table, state.definition.main_id), table.id == state.definition.main_id
    wanted = {*own, *changed}
    bases: dict[str, Record] = {}
    for key, row in known.items():
        record = state.records[table.id][key]
        bases[key] = {f: knowledge.base(table.id, key, f, record.get(f)) for f in wanted if f in row.values}
    keys, said = list(known), {key: row.values for key, row in known.items()}
    frozen = {f: frozenset(of) for f, of in changed.items()}
    return _Sheet(table, own, is_main, keys, said, bases, frozen, {key: n for n, key in enumerate(keys)})


def _mapped(sheet: _Sheet, field_id: str) -> dict[str, str]:
    """Return which rows hold another row's value in a field of its own, empty when too few do to be sure.

    Words that more rows than one of a further table say ("Teruggebeld") are nobody's own.
    """
    holders: dict[Value, list[str]] = {}
    for key in sheet.keys:
        if (value := sheet.bases[key].get(field_id)) is not None:
            holders.setdefault(value, []).append(key)
    changed, found = sheet.changed[field_id], dict[str, str]()
    for key in sorted(changed, key=sheet.at.__getitem__):
        value = sheet.said[key].get(field_id)
        others = [other for other in holders.get(value, ()) if other != key] if value is not None else []
        others = others if sheet.is_main or len(others) == 1 else []
        source = next((other for other in others if other in changed), others[0] if others else None)
        if source is not None and not sheet.moved_along(key, source, field_id):
            found[key] = source
    exchanged = [key for key, source in found.items() if source in changed]
    return found if len(exchanged) > 1 or _is_block(sheet, found) else _drawn_over(sheet, field_id)


def _given_to_others(sheet: _Sheet, field_id: str) -> dict[str, str]:
    """Return the rows that belong to the complaints of other rows, when their numbers were sorted or shifted apart.

    Who puts one row or two where they belong leaves the others as they are.
    """
    changed = sorted(sheet.changed[field_id], key=sheet.at.__getitem__)
    now = Counter(sheet.said[key].get(field_id) for key in changed)
    before = Counter(sheet.bases[key].get(field_id) for key in changed)
    del now[None]
    if len(changed) < _BLOCK or len(now) == 1 or now - before:
        return _drawn_over(sheet, field_id)
    found = dict[str, str]()
    for key in changed:
        value = sheet.said[key].get(field_id)
        others = [other for other in changed if other != key and sheet.bases[other].get(field_id) == value]
        if others and not any(sheet.moved_along(key, other, field_id) for other in others):
            found[key] = others[0]
    return found if len(found) > 1 else {}


def _drawn_over(sheet: _Sheet, field_id: str) -> dict[str, str]:
    """Return the rows that hold what the row next to them does: it was drawn over what three others had of their own.

    Rows that share anything with that one by which people are reached may well be the same person's.
    """
    changed, found = sheet.changed[field_id], dict[str, str]()
    for keys in (sheet.keys, sheet.keys[::-1]):
        source, run = "", dict[str, str]()
        for key in keys:
            if source and key in changed and _is_drawn(sheet, field_id, key, source):
                run[key] = source
                continue
            found |= _if_block(sheet, field_id, run)
            source, run = "" if key in changed else key, {}
        found |= _if_block(sheet, field_id, run)
    return found


def _is_drawn(sheet: _Sheet, field_id: str, key: str, source: str) -> bool:
    value, own = sheet.bases[source].get(field_id), sheet.bases[key].get(field_id)
    if value is None or own is None or sheet.said[key].get(field_id) != value:
        return False
    if field_id == sheet.table.parent:
        return True
    told = (f for f in (("name", "organisation", *REACHED_BY) if sheet.is_main else sheet.own) if f != field_id)
    return differ_in_all(sheet.said[key], sheet.said[source], told)


def _if_block(sheet: _Sheet, field_id: str, run: Mapped) -> Mapped:
    return run if len({sheet.bases[key].get(field_id) for key in run}) >= _BLOCK else {}


def _is_block(sheet: _Sheet, mapped: Mapped) -> bool:
    """Tell whether three rows in a row hold what three others do."""
    for key in mapped:
        at = sheet.at[key]
        run = [mapped.get(other) for other in sheet.keys[at : at + _BLOCK]]
        if None not in run and len(set(run)) == _BLOCK:
            return True
    return False


def _join(groups: list[tuple[list[str], dict[str, str]]], field_id: str, mapped: dict[str, str]) -> None:
    """Put a column with those that moved as it did: one thing happened, and is told once."""
    for fields, others in groups:
        shared = mapped.keys() & others.keys()
        if len(shared) > 1 and all(mapped[key] == others[key] for key in shared):
            fields.append(field_id)
            others |= mapped
            return
    groups.append(([field_id], mapped))


def _add_along(groups: list[tuple[list[str], dict[str, str]]], sheet: _Sheet, field_id: str) -> None:
    """Add a column of choices, persons or days: to the group that it moved with, or by itself when it was shifted."""
    changed = sheet.changed[field_id]
    for fields, mapped in groups:
        moved = [k for k in changed & mapped.keys() if sheet.said[k][field_id] == sheet.bases[mapped[k]].get(field_id)]
        if len(moved) > 1:
            fields.append(field_id)
            return
    if shifted := _shifted(sheet, field_id):
        groups.append(([field_id], shifted))


def _shifted(sheet: _Sheet, field_id: str) -> dict[str, str]:
    """Return the rows that hold what the row some places further held, where enough follow each other."""
    for far in (n for size in range(1, _FARTHEST + 1) for n in (size, -size)):
        run: dict[str, str] = {}
        for at, key in enumerate(sheet.keys):
            source = sheet.keys[at + far] if 0 <= at + far < len(sheet.keys) else None
            value = sheet.said[key].get(field_id)
            is_others = source is not None and value is not None and value == sheet.bases[source].get(field_id)
            if source is not None and is_others and not sheet.moved_along(key, source, field_id):
                run[key] = source
                continue
            if _is_shift(sheet, field_id, run):
                break
            run = {}
        if _is_shift(sheet, field_id, run):
            return run
    return {}


def _is_shift(sheet: _Sheet, field_id: str, run: Mapped) -> bool:
    moved = [key for key in run if key in sheet.changed[field_id]]
    return len(moved) >= _SHIFTED and len({sheet.said[key][field_id] for key in moved}) >= _DISTINCT


def _cells(sheet: _Sheet, fields: Iterable[str], mapped: Mapped) -> Iterator[tuple[str, str]]:
    """Return the changed cells that hold another row's value, and those whose own value another row holds now."""
    sources = set(mapped.values())
    for field_id in fields:
        for key in sheet.changed[field_id]:
            source = mapped.get(key)
            holds_another = source is not None and sheet.said[key].get(field_id) == sheet.bases[source].get(field_id)
            if holds_another or key in sources:
                yield key, field_id
