"""Guesses which columns of a foreign table hold which fields, by their headings and by what stands in them.

What is not certain is asked: a guess that is not sure is never used without a person.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from rapidfuzz import fuzz, process

from registerkit.definition import Definition, Field, Lookups, fold, header_key
from registerkit.importing.synonyms import choice_names, field_names, part_names
from registerkit.reading import (
    DAY,
    EARLIER_NUMBER,
    MONTH,
    BadCell,
    DoubtfulCell,
    FoundTable,
    ParseContext,
    as_text,
    is_held,
    is_sparse,
    parse_cell,
)

__all__ = ["ChoiceGuess", "ColumnGuess", "Guess", "TableGuess", "guess_tables"]

_LOOKED_AT = 2000
"""So many filled cells of a column are looked at."""
_FITS = 0.8
"""The share of a column's cells that must be what a field holds."""
_LIKE, _VERY_LIKE = 72.0, 90.0
"""How much alike a heading and a name are, of a hundred, to be worth a question, and to be a choice misspelt."""
_SHORT = 4
"""In a text of so few letters a slip may make another word."""
_CHOICES = 60
"""A column with more different texts than this is no list of choices."""
_UNIQUE = 0.95
_ALIKE = 0.7
"""The share of headings that two sheets have in common when they hold the same kind of rows."""
_TOTALS = re.compile(r"(?i)(sub)?tota{1,2}l\b|aantal\b|gemiddelde\b|average\b|sum\b|som\b")
_IN_DIGITS = re.compile(r"\s*(\d{1,2})\s?[-/.\s]\s?(\d{1,2})\s?[-/.\s]\s?\d{2,4}")
_FREE = frozenset({"text", "memo", "choice", "person", "key", "numbers"})
"""Kinds of which what stands in the cells says little about whether the heading was understood."""


@dataclass(frozen=True)
class ChoiceGuess:
    """What stands in a column of choices: the text, how often, and the label that it most likely means."""

    text: str
    n: int
    label: str | None
    is_sure: bool
    is_known: bool
    """The register reads it as it stands."""


@dataclass(frozen=True)
class ColumnGuess:
    """One column: the field that it most likely holds, or None."""

    column: str
    filled: int
    field: Field | None = None
    is_sure: bool = False
    others: tuple[Field, ...] = ()
    """What it may be too, or instead."""
    dates: str | None = None
    is_mixed: bool = False
    """Its dates have the day first in one row and the month in another, or never tell which."""
    choices: tuple[ChoiceGuess, ...] = ()
    joined: tuple[str, ...] = ()
    """The columns that make the field together, itself among them, where there are more."""


@dataclass(frozen=True)
class TableGuess:
    """The sheets or tables that hold complaints, all with the same headings."""

    tables: tuple[FoundTable, ...]
    columns: tuple[ColumnGuess, ...]
    key: str | None
    skip: tuple[str, ...]
    missing: tuple[Field, ...]
    """What no row can do without and no column is surely about."""

    @property
    def rows(self) -> int:
        """How many rows they have together, totals aside."""
        return sum(not _is_total(cells) for table in self.tables for _, cells in table.rows)


@dataclass(frozen=True)
class Guess:
    """What was found in a file; `others` are tables that hold something else."""

    table: TableGuess
    others: tuple[FoundTable, ...] = ()


def guess_tables(found: Sequence[FoundTable], definition: Definition, lookups: Lookups) -> Guess:
    """Return which tables hold the complaints and what their columns are; there is one table at least."""
    names = field_names(definition)
    ranked = sorted(found, key=lambda table: _weight(table, names), reverse=True)
    alike = [table for table in found if _is_alike(ranked[0], table)]
    others = tuple(table for table in found if table not in alike)
    return Guess(_Guesser(tuple(alike), definition, lookups, names).table(), others)


def _weight(table: FoundTable, names: Mapping[str, str]) -> tuple[int, int]:
    return sum(header_key(header) in names for header in set(table.headers)), len(table.rows)


def _is_alike(first: FoundTable, other: FoundTable) -> bool:
    one, two = ({header_key(h) for h in table.headers if h} for table in (first, other))
    return first is other or len(one & two) >= _ALIKE * max(len(one), len(two))


@dataclass(frozen=True)
class _Guesser:
    tables: tuple[FoundTable, ...]
    definition: Definition
    lookups: Lookups
    names: Mapping[str, str]
    taken: dict[str, str] = field(default_factory=dict)
    """The columns that surely hold a field, by its id."""

    def table(self) -> TableGuess:
        headers = [header for header in dict.fromkeys(self.tables[0].headers) if header]
        cells = {header: self._cells(header) for header in headers}
        key = self._key(headers, cells)
        exact: dict[str, list[str]] = {}
        for header in headers:
            if header != key and (field_id := self.names.get(header_key(header))):
                exact.setdefault(field_id, []).append(header)
        for field_id, columns in exact.items():
            fitting = [c for c in columns if self._fits(self._field(field_id), cells[c])]
            if len(fitting) == 1:
                self.taken[field_id] = fitting[0]
        joined = dict(self._joined(headers))
        self.taken.update((field_id, columns[-1]) for field_id, columns in joined.items())
        parts = {column for columns in joined.values() for column in columns[:-1]}
        guessed = tuple(self._column(h, cells[h]) for h in headers if h != key and h not in parts)
        guessed = tuple(replace(c, joined=joined.get(c.field.id, ())) if c.field else c for c in guessed)
        sure = {c.field.id for c in guessed if c.field and c.is_sure}
        missing = tuple(f for f in self.definition.main.needed if f.is_input and f.id not in sure)
        return TableGuess(self.tables, guessed, key, self._skip(), missing)

    def _joined(self, headers: Sequence[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Return the fields that no column holds and several make together, the last of them at least."""
        for field_id, parts in part_names(self.definition).items():
            columns = [next((h for h in headers if header_key(h) in names), None) for names in parts]
            found = tuple(column for column in columns if column is not None)
            if field_id not in self.taken and columns[-1] is not None and len(found) > 1:
                yield field_id, found

    def _field(self, field_id: str) -> Field:
        return self.definition.main.by_id[field_id]

    def _cells(self, header: str) -> list[Any]:
        found = []
        for table in self.tables:
            at = table.headers.index(header) if header in table.headers else None
            rows = [row for row in table.rows if not _is_total(row[1])] if at is not None else []
            found += [cells[at] for _, cells in rows if at is not None and at < len(cells) and is_held(cells[at])]
        return found

    def _key(self, headers: Sequence[str], cells: Mapping[str, list[Any]]) -> str | None:
        """Return the column with a number for every row that no other row has."""
        if EARLIER_NUMBER not in self.definition.main.by_id:
            return None
        rows = sum(not _is_total(cells) for table in self.tables for _, cells in table.rows)
        own = {header_key(label) for label in self._field(self.definition.main.key).labels.values()}
        for header in headers:
            is_number = header_key(header) in own or self.names.get(header_key(header)) == EARLIER_NUMBER
            told = [as_text(cell) for cell in cells[header]]
            if is_number and len(told) >= _UNIQUE * rows and len(set(told)) >= _UNIQUE * len(told):
                return header
        return None

    def _column(self, header: str, cells: list[Any]) -> ColumnGuess:
        field_id = next((f for f, column in self.taken.items() if column == header), None)
        if field_id is not None:
            return self._told(header, cells, self._field(field_id), is_sure=True)
        likely = [f for f in self._likely(header, cells) if f.id not in self.taken]
        if not likely:
            return ColumnGuess(header, len(cells))
        return self._told(header, cells, likely[0], is_sure=False, others=tuple(likely[1:3]))

    def _told(
        self, header: str, cells: list[Any], field: Field, *, is_sure: bool, others: tuple[Field, ...] = ()
    ) -> ColumnGuess:
        dates, is_mixed = _first_in(cells) if field.kind == "date" else (None, False)
        choices = self._choices(field, cells) if field.kind in ("choice", "person") else ()
        return ColumnGuess(header, len(cells), field, is_sure, others, dates, is_mixed, choices)

    def _likely(self, header: str, cells: list[Any]) -> list[Field]:
        """Return the fields that a column may hold, the likeliest first."""
        key = header_key(header)
        if (field_id := self.names.get(key)) is not None:
            return [self._field(field_id)]
        found: dict[str, float] = {}
        for name, score, _ in process.extract(key, list(self.names), scorer=_alikeness, limit=8, score_cutoff=_LIKE):
            found[self.names[name]] = max(found.get(self.names[name], 0.0), score)
        for kind in ("email", "phone", "postcode"):
            fields = [f for f in self.definition.main.inputs if f.kind == kind]
            if fields and cells and self._share(fields[0], cells) >= _FITS:
                found.setdefault(fields[0].id, _LIKE)
        fitting = [f for f in found if self._fits(self._field(f), cells)]
        return [self._field(f) for f in sorted(fitting, key=lambda f: -found[f])]

    def _fits(self, field: Field, cells: Sequence[Any]) -> bool:
        if not cells or field.kind == "person":
            return True
        if field.kind == "choice":
            return len({fold(as_text(cell)) for cell in cells[:_LOOKED_AT]}) <= _CHOICES
        if field.kind in _FREE:
            return not all(isinstance(cell, date) for cell in cells[:_LOOKED_AT])
        return self._share(field, cells) >= _FITS

    def _share(self, field: Field, cells: Sequence[Any]) -> float:
        looked = cells[:_LOOKED_AT]
        return sum(self._is_read(field, cell) for cell in looked) / len(looked) if looked else 0.0

    def _is_read(self, field: Field, cell: Any) -> bool:
        try:
            parse_cell(cell, ParseContext(field, self.lookups))
        except DoubtfulCell:
            return False
        except BadCell as bad:
            return field.kind == "date" and (bad.code == "ambiguous_date" or bool(_IN_DIGITS.match(as_text(cell))))
        return True

    def _choices(self, field: Field, cells: Sequence[Any]) -> tuple[ChoiceGuess, ...]:
        told = Counter(as_text(cell) for cell in cells)
        known = choice_names(field, self.lookups) if field.kind == "choice" else _people(self.lookups)
        return tuple(self._choice(field, text, n, known) for text, n in told.most_common(_CHOICES))

    def _choice(self, field: Field, text: str, n: int, known: Mapping[str, str]) -> ChoiceGuess:
        if field.kind == "choice":
            is_known = self.lookups.code(field.choices or "", text) is not None
        else:
            is_known = self.lookups.person(text) is not None
        if is_known or fold(text) in known:
            return ChoiceGuess(text, n, known.get(fold(text), text), True, is_known)
        best = process.extractOne(fold(text), list(known), scorer=_alikeness, score_cutoff=_LIKE)
        if best is None:
            return ChoiceGuess(text, n, None, False, False)
        is_sure = len(text) > _SHORT and fuzz.ratio(fold(text), best[0]) >= _VERY_LIKE
        return ChoiceGuess(text, n, known[best[0]], is_sure, False)

    def _skip(self) -> tuple[str, ...]:
        """Return how rows begin that are totals."""
        rows = (cells for table in self.tables for _, cells in table.rows)
        return tuple(dict.fromkeys(match[0] for cells in rows if is_sparse(cells) and (match := _total(cells))))


def _total(cells: Sequence[Any]) -> re.Match[str] | None:
    """Return how a row begins that is a total; None when it is none."""
    return _TOTALS.match(next((as_text(cell) for cell in cells if is_held(cell)), ""))


def _is_total(cells: Sequence[Any]) -> bool:
    return _total(cells) is not None and is_sparse(cells)


def _alikeness(one: str, two: str, **_: Any) -> float:
    return max(fuzz.ratio(one, two), 0.92 * fuzz.token_sort_ratio(one, two), 0.85 * fuzz.token_set_ratio(one, two))


def _people(lookups: Lookups) -> dict[str, str]:
    return {fold(name): name for name in lookups.names()}


def _first_in(cells: Sequence[Any]) -> tuple[str | None, bool]:
    """Return what comes first in the dates of a column that are written in digits, and whether that stays in doubt."""
    pairs = list(_pairs(cells))
    if not pairs:
        return None, False
    day = any(first > 12 for first, _ in pairs)
    month = any(second > 12 for _, second in pairs)
    return (MONTH if month and not day else DAY), day == month


def _pairs(cells: Sequence[Any]) -> Iterator[tuple[int, int]]:
    for cell in cells:
        match = _IN_DIGITS.match(cell) if isinstance(cell, str) else None
        if match and int(match[1]) != int(match[2]):
            yield int(match[1]), int(match[2])
