"""What figures are counted from: the facts of complaints in a database, beside their records, as of one moment.

The store keeps them; a register in memory gets them in a database of its own, so that there is one way of counting.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import Any

import sqlalchemy as sa
from sqlalchemy.schema import CreateIndex, CreateTable

from registerkit.analysis.counting import EMPTY, Counts, by_size
from registerkit.analysis.period import Period
from registerkit.database import CREATED, REVISION, data_table
from registerkit.definition import Definition
from registerkit.register import Complaint, Register, Standing, facts_of
from registerkit.store import encode
from registerkit.store.bulk import chunks, insert_rows
from registerkit.store.facts import FACTS, write_facts
from registerkit.store.same_person import hashed_keys
from registerkit.store.schema import cases, handlings, person_keys

__all__ = [
    "BEFORE",
    "COUNTS",
    "FIRST",
    "HANDLED",
    "LAST",
    "TODAY",
    "Came",
    "Days",
    "Tally",
    "how_many",
    "steps_of",
    "tally_of",
]

COUNTS, HANDLED = cases.c.standing == Standing.COUNTS.value, handlings.c.standing == Standing.COUNTS.value
"""Which complaints, and which handlings, are in the totals."""
Days = Mapping[str, date]
NO_DAYS: Days = MappingProxyType({})
FIRST, LAST, BEFORE, TODAY = (sa.bindparam(name, type_=sa.Date()) for name in ("first", "last", "before", "today"))
"""The days that statements are asked with: those of a period, the one before it, and the present day."""
_SOME = 500
"""So many rows are fetched at a time."""


@dataclass(frozen=True)
class Came:
    """A complaint as lists show it: `values` holds what stands behind the roles that were asked for."""

    number: str
    received_on: date
    values: dict[str, Any]


@dataclass(frozen=True, eq=False)
class Tally:
    """An open connection to what is counted. `register` holds no complaints but those of a register in memory."""

    connection: sa.Connection = field(repr=False)
    main: sa.Table = field(repr=False)
    """The records of complaints."""
    register: Register = field(repr=False)
    few: Callable[[Collection[str]], Register] = field(repr=False)
    """Gives the register with some complaints and what belongs to them."""

    def rows(self, query: sa.Select[Any], days: Days = NO_DAYS) -> Sequence[Any]:
        """Return the rows of a query."""
        return self.connection.execute(query, days).all()

    def stream(self, query: sa.Select[Any], days: Days = NO_DAYS) -> Iterator[Any]:
        """Return the rows of a query one by one, however many there are."""
        yield from self.connection.execute(query.execution_options(yield_per=_SOME), days)

    def one(self, query: sa.Select[Any], days: Days = NO_DAYS) -> tuple[int, ...]:
        """Return the one row of sums and counts; what there is none of is nought."""
        found = self.connection.execute(query, days).one()
        return tuple(int(value or 0) for value in found)

    def role(self, name: str) -> sa.ColumnElement[Any]:
        """Return the column behind a role; one that is always empty when there is none."""
        column = self.main.c.get(name)
        return sa.null() if column is None else column

    def beside(self, facts: sa.Table) -> sa.Join:
        """Return facts beside the records that they are of."""
        return _beside(self.main, facts)

    def groups(
        self,
        roles: Sequence[str],
        where: sa.ColumnElement[bool],
        *beside: sa.ColumnElement[Any],
        facts: sa.Table = cases,
        sums: tuple[sa.ColumnElement[Any], ...] = (),
        days: Days = NO_DAYS,
    ) -> Iterator[tuple[Any, ...]]:
        """Group by what stands behind roles, and by columns; gives the values, how many, and sums."""
        there = tuple(role for role in roles if role in self.main.c)
        at = {role: n for n, role in enumerate(there)}
        for row in self.rows(_grouped(self.main, there, where, beside, facts, sums), days):
            yield (*(row[at[role]] if role in at else None for role in roles), *row[len(there) :])

    def count(self, role: str, where: sa.ColumnElement[bool], days: Days) -> Counts:
        """Count complaints by the label of a field; a register without the field gives nothing."""
        if not self.register.has(role):
            return {}
        return by_size(self.labelled(role, self.groups([role], where, days=days)))

    def labelled(self, role: str, counts: Any) -> Counter[str]:
        """Add up the counts of codes by their labels."""
        found: Counter[str] = Counter()
        for code, n in counts:
            found[self.register.label(role, code) or EMPTY] += n
        return found

    def by_step(self, roles: Sequence[str], steps: Sequence[Period]) -> Iterator[tuple[Any, ...]]:
        """Group the complaints that count and came in within steps; gives the place of the step, values, how many."""
        known = [column for role in roles if (column := self.main.c.get(role)) is not None]
        came = cases.c.received_on.between(steps[0].first, steps[-1].last)
        inner = sa.select(steps_of(cases.c.received_on, steps), *known).where(COUNTS, came)
        told = inner.select_from(self.beside(cases) if known else cases).subquery()
        query = sa.select(*told.c, sa.func.count()).group_by(*told.c)
        at = {column.key: n for n, column in enumerate(known, 1)}
        for row in self.rows(query):
            yield (row[0], *(row[at[role]] if role in at else None for role in roles), row[-1])

    def came(self, where: sa.ColumnElement[bool], roles: Sequence[str] = (), days: Days = NO_DAYS) -> Iterator[Came]:
        """Return complaints one by one, in the order they came into the register."""
        known = [role for role in roles if role in self.main.c]
        query = sa.select(cases.c.complaint, cases.c.received_on, *(self.main.c[role] for role in known))
        query = query.select_from(self.beside(cases)).where(where).order_by(self.main.c[CREATED], self.main.c.rk_key)
        for number, received_on, *values in self.stream(query, days):
            yield Came(number, received_on, dict(zip(known, values, strict=True)))

    def whole(self, numbers: Iterable[str]) -> Iterator[tuple[Register, Sequence[str]]]:
        """Return complaints with all that belongs to them, some at a time."""
        for some in chunks(numbers):
            yield self.few(some), some

    @cached_property
    def begun(self) -> date | None:
        """The first day of receipt in the register."""
        return self._first()

    @cached_property
    def counted_from(self) -> date | None:
        """The first day of receipt of a complaint that counts."""
        return self._first(COUNTS)

    def _first(self, *where: sa.ColumnElement[bool]) -> date | None:
        found: date | None = self.connection.scalar(sa.select(sa.func.min(cases.c.received_on)).where(*where))
        return found


@lru_cache(maxsize=256)  # What SQLAlchemy finds out about a statement it keeps with the statement.
def _grouped(
    main: sa.Table,
    roles: tuple[str, ...],
    where: sa.ColumnElement[bool],
    beside: tuple[sa.ColumnElement[Any], ...],
    facts: sa.Table,
    sums: tuple[sa.ColumnElement[Any], ...],
) -> sa.Select[Any]:
    by = (*(main.c[role] for role in roles), *beside)
    of = _beside(main, facts) if roles else facts
    query = sa.select(*by, sa.func.count(), *sums).select_from(of).where(where)
    return query.group_by(*by) if by else query


def _beside(main: sa.Table, facts: sa.Table) -> sa.Join:
    return facts.join(main, main.c.rk_key == facts.c.complaint)


def how_many(condition: sa.ColumnElement[bool], value: Any = 1) -> sa.ColumnElement[Any]:
    """Return how many rows meet a condition, or the sum of a value over those."""
    return sa.func.sum(sa.case((condition, value), else_=0))


def steps_of(day: sa.ColumnElement[Any], steps: Sequence[Period]) -> sa.ColumnElement[Any]:
    """Return the place of the step that a day is in, of steps that follow each other."""
    return sa.case(*((day <= step.last, n) for n, step in enumerate(steps))).label("step")


def tally_of(register: Register) -> Tally:
    """Return what is counted of a register in memory."""
    memory = _memory_for(register.definition)
    connection = memory.engine.connect()
    for statement in memory.made_by:
        connection.exec_driver_sql(statement)
    every, main = register.complaints, memory.main
    insert_rows(connection, main, _rows(main, every))
    keys = {number: hashed_keys(c.record, register.codes.get(number), "") for number, c in every.items()}
    write_facts(connection, [facts_of(complaint) for complaint in every.values()], keys)
    return Tally(connection, main, register, lambda _: register)


def _rows(main: sa.Table, every: Mapping[str, Complaint]) -> list[dict[str, Any]]:
    """Return the records of complaints as rows, with the columns that are filled in any of them."""
    filled = {name for c in every.values() for name, value in c.record.items() if value is not None}
    there = [column.key for column in main.columns if column.key in filled]
    return [
        {name: encode(value) if isinstance(value := c.record.get(name), tuple) else value for name in there}
        | {"rk_key": number, CREATED: n, REVISION: n}
        for n, (number, c) in enumerate(every.items(), 1)
    ]


@dataclass(frozen=True)
class _Memory:
    """Where registers of one definition are counted: each connection is a database of its own."""

    engine: sa.Engine
    main: sa.Table
    made_by: tuple[str, ...]


_MEMORIES: dict[str, _Memory] = {}
"""Those that were made, by the layout of their records: what a statement is compiled to is kept with each."""


def _memory_for(definition: Definition) -> _Memory:
    key = repr([(f.id, f.name, f.value_kind, f.stored) for f in definition.main.fields]) + definition.main.id
    if key not in _MEMORIES:
        engine, main = sa.create_engine("sqlite://", poolclass=sa.NullPool), data_table(definition.main, sa.MetaData())
        tables = (main, *FACTS, person_keys)
        made = (
            [CreateTable(table) for table in tables],
            [CreateIndex(each) for table in tables for each in table.indexes],
        )
        _MEMORIES[key] = _Memory(engine, main, tuple(str(one.compile(engine)) for some in made for one in some))
    return _MEMORIES[key]
