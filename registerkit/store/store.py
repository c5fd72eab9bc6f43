"""The store: every record of a register, its history, and what is known of the files it comes from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

import sqlalchemy as sa

from registerkit.database import CREATED, REVISION, Address, data_tables
from registerkit.definition import Definition, Record, Table, Value
from registerkit.errors import StoreError
from registerkit.register import Phase
from registerkit.store import schema
from registerkit.store.bulk import chunks
from registerkit.store.codec import created_with, decode, field_id_of
from registerkit.store.database import Database
from registerkit.store.migrations import is_current, is_of_later_version, migrate
from registerkit.store.renaming import rename_columns
from registerkit.store.write import Transaction
from registerkit.sync.state import SYSTEM

__all__ = ["COMPLETE", "COPYING", "MOVED", "MOVING", "OWN_NAMES", "Base", "Change", "Store", "sqlite_url"]

_Noted = TypeVar("_Noted")

MOVING, COPYING, COMPLETE = "moving", "copying", "complete"
"""The mark of a store that is a copy on its way: not all of it is there yet, or all but the settings' naming it."""
OWN_NAMES = ("building", "known_settings", "cut_out", "forms_made", "copies_read", "office_settings", "templates_laid")
"""What a store keeps for each office; when the store moves, the office may have another name."""
MOVED = "moved"
"""The mark of a store that was left: where it went."""
_FEW = ("choice", "person", "date")
"""Kinds of which a register has few values, each of them many times."""


@dataclass(frozen=True)
class Change:
    """One line of the history; `n` is its place."""

    n: int
    at: str
    revision: int
    source: str
    table: str
    key: str
    field: str
    old: str | None
    new: str | None
    taken: bool


@dataclass(frozen=True)
class Base:
    """What the store held at an earlier revision: `old` has the values of fields that changed since."""

    revision: int
    old: Mapping[tuple[str, str, str], Value]
    created: frozenset[tuple[str, str]]
    """Records (table, key) that did not exist then."""
    by_kit: frozenset[tuple[str, str, str]] = frozenset()
    """Fields that only the kit itself changed since: defaults and what follows from other values."""

    def value(self, table: str, key: str, field: str, now: Value) -> Value:
        """Return a field's value at the revision, when it holds `now` today."""
        return self.old.get((table, key, field), now)


def sqlite_url(path: Path) -> str:
    """Return the URL of a store in one file."""
    return f"sqlite:///{path.as_posix()}"


class Store:
    """An open store. `at` is the moment that goes into the history, as ISO text.

    `client_id` tells the offices apart that share a store, whose files may have the same names; it is empty for a store
    that one project has to itself.
    """

    def __init__(self, database: Database, definition: Definition, client_id: str = "") -> None:
        self.database = database
        self.definition = definition
        self.client_id = client_id
        self.tables: Mapping[str, sa.Table] = data_tables(definition, sa.MetaData())
        self.on_change: Callable[[Transaction], None] = lambda _: None
        """Is told at the end of each step that changes the register, and may write what follows from that."""

    @classmethod
    def open(
        cls, url: str | Address, definition: Definition, at: str, client_id: str = "", *, create: bool = True
    ) -> Store:
        """Open a store, migrating its tables and, with `create`, making them where there are none.

        Raises `StoreError` when the database cannot be used, or holds no register and is not to be made one.
        """
        return cls.reach(url, definition, client_id, create=create).ready(at)

    @classmethod
    def reach(cls, url: str | Address, definition: Definition, client_id: str = "", *, create: bool = True) -> Store:
        """Open a store without bringing it up to date; raises as `open` does."""
        address = url if isinstance(url, Address) else Address.parse(url, Path())
        if not create and address.file is not None and not _is_filled(address.file):
            raise StoreError(address.shown, reason="gone")
        store = cls(Database(address, shared=bool(client_id)), definition, client_id)
        try:
            with store.reading() as connection:
                if not create and not sa.inspect(connection).has_table(schema.meta.name):
                    raise StoreError(address.shown, reason="gone")
                if is_of_later_version(connection):
                    raise StoreError(address.shown, reason="too_new")
        except BaseException:
            store.close()
            raise
        return store

    def ready(self, at: str) -> Store:
        """Bring the tables up to date, making those that are missing; gives the store."""
        try:
            self._bring_up_to_date(at)
        except BaseException:
            self.close()
            raise
        return self

    def _bring_up_to_date(self, at: str) -> None:
        with self.database.reading() as connection:
            if not _marked(connection, self.database.address) and is_current(connection, self.tables):
                return
        with self.database.exclusive(), self.database.step() as connection:
            _marked(connection, self.database.address)
            rename_columns(connection, self.definition.main)
            migrate(connection, self.tables, at)
            connection.execute(schema.meta.delete().where(schema.meta.c.name == MOVING))

    @staticmethod
    def own_name(name: str, client_id: str) -> str:
        """Return the name of a value that the store keeps for one office: `name` is one of `OWN_NAMES`."""
        if name not in OWN_NAMES:
            raise KeyError(name)
        return f"{name} {client_id}".strip()

    def close(self) -> None:
        """Let go of the database."""
        self.database.close()

    @contextmanager
    def exclusive(self) -> Iterator[None]:
        """Keep the runs of other offices out, from the reading of the state until all that follows is done.

        Raises `StoreError` when the one that was waited for moved the store.
        """
        with self.database.exclusive():
            if self.database.shared:
                with self.reading() as connection:
                    _marked(connection, self.database.address)
            yield

    @contextmanager
    def transaction(self, source: str, at: str, *, bookkeeping: bool = False) -> Iterator[Transaction]:
        """Do everything inside as one step: all of it is kept, or nothing. `source` is named in the history.

        `bookkeeping` notes what is this office's own, whatever others did meanwhile.
        """
        with self.database.step(bookkeeping=bookkeeping) as connection:
            revision = int(_meta(connection, "revision") or 0)
            transaction = Transaction(
                connection, self.definition, self.tables, source, at, revision + 1, self.client_id
            )
            yield transaction
            transaction.finish()
            if transaction.is_change or transaction.touched:
                self.on_change(transaction)

    def reading(self) -> AbstractContextManager[sa.Connection]:
        """Return a connection for reading; all that is read inside is of one moment."""
        return self.database.reading()

    def reading_anew(self) -> AbstractContextManager[sa.Connection]:
        """Return a connection for reading as of one moment, on which the steps that follow build."""
        return self.database.reading_anew()

    def revision(self) -> int:
        """Return the number of the last change."""
        with self.reading() as connection:
            return int(_meta(connection, "revision") or 0)

    def register_id(self) -> str:
        """Return what tells this register from every other."""
        with self.reading() as connection:
            return _meta(connection, "register_id") or ""

    def meta(self, name: str) -> str | None:
        """Return a named value the store keeps about itself."""
        with self.reading() as connection:
            return _meta(connection, name)

    def noted(self, name: str, understood: Callable[[str], _Noted]) -> _Noted | None:
        """Return a named value as `understood`, None when there is none; raises `StoreError` for one without sense.

        Nobody but a hand in the database writes such a value.
        """
        text = self.meta(name)
        try:
            return understood(text) if text else None
        except ValueError:
            raise StoreError(self.database.address.shown, reason="damaged") from None

    def is_empty(self, table_id: str) -> bool:
        """Tell whether a table has no records."""
        with self.reading() as connection:
            return connection.execute(sa.select(self.tables[table_id].c.rk_key).limit(1)).first() is None

    def records(
        self, table_id: str, field_id: str | None = None, values: Iterable[str] = (), *, since: int | None = None
    ) -> dict[str, Record]:
        """Return the records of a table by key, in the order they came in: all, or those with one of these values.

        With `since` only those that came or changed after a revision.
        """
        table, key = self.definition.tables[table_id], self.tables[table_id].c.rk_key
        kept = [f.id for f in table.fields if f.stored or f.id == table.key]
        columns = [self._column(table_id, name) for name in kept]
        query = sa.select(*columns).order_by(self.tables[table_id].c[CREATED], key)
        if since is not None:
            query = query.where(self.tables[table_id].c[REVISION] > since)
        decoders, at = _decoders(table), kept.index(table.key)
        blank: Record = dict.fromkeys(kept)
        found: dict[str, Record] = {}
        with self.reading() as connection:
            for part in _narrowed(query, None if field_id is None else self._column(table_id, field_id), values):
                for row in connection.execute(part):
                    found[row[at]] = record = blank.copy()  # Quicker and smaller than one that grows.
                    record.update(zip(kept, row, strict=True))
                    for name, decoded in decoders.items():
                        record[name] = decoded(record[name])
        return found

    def rows(
        self, table_id: str, fields: Sequence[str], having: Mapping[str, Value] = MappingProxyType({})
    ) -> Iterator[Any]:
        """Return these fields of every record, or of those that have these values, in the order the records came in.

        The values are as the database holds them; rows come one by one, however many there are.
        """
        layout = self.tables[table_id]
        query = sa.select(*(self._column(table_id, name) for name in fields))
        for field_id, value in having.items():
            query = query.where(self._column(table_id, field_id) == value)
        query = query.order_by(layout.c[CREATED], layout.c.rk_key)
        with self.reading() as connection:
            yield from connection.execute(query)

    def _column(self, table_id: str, field_id: str) -> sa.Column[Any]:
        layout = self.tables[table_id].c
        return layout.rk_key if field_id == self.definition.tables[table_id].key else layout[field_id]

    def all_records(self) -> dict[str, dict[str, Record]]:
        """Return all records of all tables."""
        return {table_id: self.records(table_id) for table_id in self.definition.tables}

    def base(self, revision: int) -> Base:
        """Return what is needed to know any field's value at an earlier revision."""
        if revision >= self.revision():  # Nothing can have changed since, and the history is long.
            return Base(revision, {}, frozenset())
        h = schema.history
        query = sa.select(h.c.table, h.c.key, h.c.field, h.c.old, h.c.source, h.c.new)
        query = query.where(h.c.revision > revision, h.c.taken)
        old: dict[tuple[str, str, str], Value] = {}
        created: set[tuple[str, str]] = set()
        by_others: set[tuple[str, str, str]] = set()
        with self.reading() as connection:
            for table_id, key, word, text, source in _each_field(connection.execute(query.order_by(h.c.id.desc()))):
                table = self.definition.tables.get(table_id)
                field_id = table.names.get(word, word) if table else word
                if table is None or field_id not in table.by_id:
                    continue
                old[(table_id, key, field_id)] = decode(table.by_id[field_id].value_kind, text)
                if source != SYSTEM:
                    by_others.add((table_id, key, field_id))
            for table_id, layout in self.tables.items():
                newer = sa.select(layout.c.rk_key).where(layout.c[CREATED] > revision)
                created |= {(table_id, key) for key in connection.scalars(newer)}
        return Base(revision, old, frozenset(created), frozenset(old.keys() - by_others))

    def history(self, table: str | None = None, *keys: str) -> list[Change]:
        """Return the changes in order: all, or those of a table, or of some of its records."""
        h = schema.history
        columns = (h.c.id, h.c.at, h.c.revision, h.c.source, h.c.table, h.c.key, h.c.field, h.c.old, h.c.new, h.c.taken)
        query = sa.select(*columns).order_by(h.c.id)
        if table is not None:
            query = query.where(h.c.table == table)
        with self.reading() as connection:
            parts = _narrowed(query, h.c.key if keys else None, keys)
            rows = sorted((row for part in parts for row in connection.execute(part)), key=lambda row: int(row[0]))
        return [
            Change(n, at, revision, by, table_id, key, field_id_of(self.definition, table_id, word), old, text, taken)
            for n, at, revision, source, table_id, key, field_id, old, new, taken in rows
            for word, text, by in _fields_of(field_id, new, source)
        ]

    def phases(self, complaints: Iterable[str] | None = None) -> dict[str, tuple[Phase, ...]]:
        """Return the handlings of every complaint, or of some, in order."""
        columns = [schema.phases.c[field.name] for field in fields(Phase)]
        query = sa.select(*columns).order_by(schema.phases.c.complaint, schema.phases.c.n)
        found: dict[str, list[Phase]] = {}
        with self.reading() as connection:
            narrow = None if complaints is None else schema.phases.c.complaint
            for part in _narrowed(query, narrow, complaints or ()):
                for row in connection.execute(part):
                    found.setdefault(row.complaint, []).append(Phase(*row))
        return {number: tuple(phases) for number, phases in found.items()}


def _narrowed(query: sa.Select[Any], column: sa.Column[Any] | None, values: Iterable[str]) -> Iterator[sa.Select[Any]]:
    """Return the query, or those that together find the rows in which a column has one of these values."""
    if column is None:
        yield query
        return
    for some in chunks(values):
        yield query.where(column.in_(some))


def _is_filled(file: Path) -> bool:
    """Tell whether there is a file with anything in it; to connect to one that is not there would make it."""
    try:
        return file.stat().st_size > 0
    except FileNotFoundError:
        return False


def _fields_of(field_id: str, new: str | None, source: str) -> Iterable[tuple[str, str | None, str]]:
    """Return the fields that a line of the history is about, with their new text and who brought it."""
    return created_with(new, source) if field_id == schema.CREATION else [(field_id, new, source)]


def _each_field(rows: Iterable[Any]) -> Iterator[tuple[str, str, str, str | None, str]]:
    """Return lines of the history field by field: table, key, field, old text and source."""
    for table_id, key, field_id, old, source, new in rows:
        for word, _, by in _fields_of(field_id, new, source):
            yield table_id, key, word, old, by


def _marked(connection: sa.Connection, address: Address) -> bool:
    """Tell whether this is the copy of a move whose last touch is missing; raises `StoreError` when it is no whole one.

    The mark of a whole copy goes as soon as somebody's settings name it.
    """
    if not sa.inspect(connection).has_table(schema.meta.name):
        return False
    if (to := _meta(connection, MOVED)) is not None:
        raise StoreError(address.shown, reason="moved", to=to)
    mark = _meta(connection, MOVING) or ""
    if mark.startswith(COPYING):
        raise StoreError(address.shown, reason="half_moved")
    return bool(mark)


def _meta(connection: sa.Connection, name: str) -> str | None:
    value: str | None = connection.scalar(sa.select(schema.meta.c.value).where(schema.meta.c.name == name))
    return value


def _shared() -> Callable[[Value], Value]:
    """Return what gives the first of equal values for each of them."""
    known: dict[Value, Value] = {}
    return lambda value: known.setdefault(value, value)


def _decoders(table: Table) -> dict[str, Callable[[Any], Value]]:
    """Return what makes the values of some fields: texts become what they mean, and what many say is held once."""
    stored = [f for f in table.fields if f.stored]
    decoders: dict[str, Callable[[Any], Value]] = {f.id: _shared() for f in stored if f.value_kind in _FEW}
    decoders |= {f.id: lambda text: decode("numbers", text) for f in stored if f.kind == "numbers"}
    if table.by_id[table.key].kind == "date":
        decoders[table.key] = date.fromisoformat
    return decoders
