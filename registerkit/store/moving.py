"""Copies a store whole into another database: every table with every row, under the same numbers.

The copy carries a mark until the project's settings name it. With the mark a copy that was broken off is known for
what it is, and is begun anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from registerkit.database import Address
from registerkit.errors import StoreError, WriteRefusedError
from registerkit.office import TABLE as OFFICE
from registerkit.office import code_in, key_of
from registerkit.store import schema
from registerkit.store.bulk import insert_rows
from registerkit.store.database import Database
from registerkit.store.layout import kept_tables, make_tables
from registerkit.store.migrations import migrate
from registerkit.store.store import COMPLETE, COPYING, MOVED, MOVING, OWN_NAMES, Store

__all__ = ["Copied", "copy_store", "copy_to_file", "finish_move", "leave_moved", "replace_store"]

_OF_THE_DATABASE = frozenset({MOVING, MOVED, "turn"})
"""Names under which a store keeps what is of this one database, and is not copied."""
_SOME = 1000
"""So many rows are read at a time."""


@dataclass(frozen=True)
class Copied:
    """What was copied."""

    tables: int
    rows: int


def copy_store(source: Store, target: Database, office: str, at: str) -> Copied:
    """Copy a store into a database that holds no register yet; `office` is the name that its own office has there.

    Raises `WriteRefusedError` when the database holds a register or other tables of these names, and `StoreError` when
    what arrived is not what was sent; then nothing has changed but that the database holds empty tables.
    """
    with source.reading() as connection:
        tables = kept_tables(connection, source.tables)
        _make_room(target, tables, source.register_id())
        with target.step() as into:
            migrate(into, source.tables, at)
            make_tables(into, tables)
        rows = 0
        with target.step() as into:
            for table in tables.values():
                rows += _copy_table(_Way(connection, into, source.client_id, office, target), table)
            _set_mark(into, f"{COMPLETE} {source.register_id()}")
    return Copied(len(tables), rows)


def copy_to_file(source: Store, file: Path, at: str) -> None:
    """Copy a store, whatever database it is in, into a SQLite file that is not there yet; raises as `copy_store`."""
    half = file.with_suffix(".tmp")
    half.unlink(missing_ok=True)
    target = Database(Address.of_file(half), shared=False)
    try:
        copy_store(source, target, source.client_id, at)
        finish_move(target)
    finally:
        target.close()
    half.replace(file)


def replace_store(source: Store, target: Database, at: str) -> None:
    """Let a database hold what a store in another place does, in place of what it holds, as one step."""
    with source.reading() as connection:
        tables = kept_tables(connection, source.tables)
        with target.step() as into:
            migrate(into, source.tables, at)
            make_tables(into, tables)
        with target.step() as into:
            for table in tables.values():
                _copy_table(_Way(connection, into, "", "", target), table)


def finish_move(target: Database) -> None:
    """Take the mark away: from now on the copy is the register."""
    with target.step() as connection:
        connection.execute(schema.meta.delete().where(schema.meta.c.name == MOVING))


def leave_moved(source: Store, to: str) -> None:
    """Note in a store that other offices may still go to where the register is now, so that none goes on there."""
    with source.database.step() as connection:
        connection.execute(schema.meta.delete().where(schema.meta.c.name == MOVED))
        connection.execute(schema.meta.insert().values(name=MOVED, value=to))


# ------------------------------------------------------------------------------------------------------ making room
def _make_room(target: Database, tables: Mapping[str, sa.Table], register_id: str) -> None:
    """Empty what a move that was broken off left behind, or tables that were made and never used; set the mark."""
    with target.step() as connection:
        there = set(sa.inspect(connection).get_table_names())
        if schema.meta.name not in there and there & tables.keys():
            name = min(there & tables.keys())
            raise WriteRefusedError(target.address.shown, reason="other_tables", table=name)
        schema.meta.create(connection, checkfirst=True)
        ours = [table for name, table in tables.items() if name in there]
        if _mark_of(connection) not in (f"{COPYING} {register_id}", f"{COMPLETE} {register_id}"):
            _need_unused(connection, target, ours)
        for table in ours:
            connection.execute(table.delete())
        _set_mark(connection, f"{COPYING} {register_id}")


def _need_unused(connection: sa.Connection, target: Database, tables: Sequence[sa.Table]) -> None:
    for table in tables:
        is_record = table.name not in (schema.meta.name, schema.migrations.name, schema.commits.name)
        if is_record and connection.execute(sa.select(sa.literal(1)).select_from(table).limit(1)).first():
            raise WriteRefusedError(target.address.shown, reason="register_there")


def _mark_of(connection: sa.Connection) -> str | None:
    mark: str | None = connection.scalar(sa.select(schema.meta.c.value).where(schema.meta.c.name == MOVING))
    return mark


def _set_mark(connection: sa.Connection, mark: str) -> None:
    connection.execute(schema.meta.delete().where(schema.meta.c.name == MOVING))
    connection.execute(schema.meta.insert().values(name=MOVING, value=mark))


# ---------------------------------------------------------------------------------------------------------- copying
@dataclass(frozen=True)
class _Way:
    """From where to where rows go."""

    source: sa.Connection
    into: sa.Connection
    old_office: str
    new_office: str
    target: Database


def _copy_table(way: _Way, table: sa.Table) -> int:
    """Copy the rows of a table, and see to it that the same rows have arrived; gives how many."""
    kept = () if table.name != schema.meta.name else (table.c.name.in_(_OF_THE_DATABASE),)
    way.into.execute(table.delete().where(*(~one for one in kept)))
    sent = _Sum()
    for rows in _read(way.source, table, *(~one for one in kept)):
        moved = [_renamed(table, row, way) for row in rows]
        sent.add(moved)
        insert_rows(way.into, table, moved)
    arrived = _Sum()
    for rows in _read(way.into, table, *(~one for one in kept)):
        arrived.add(rows)
    if sent != arrived:
        raise StoreError(way.target.address.shown, reason="copy_differs", table=table.name)
    _count_on(way.into, table)
    return sent.rows


def _read(connection: sa.Connection, table: sa.Table, *which: sa.ColumnElement[bool]) -> Iterator[list[dict[str, Any]]]:
    names = [c.key for c in table.columns]
    query = sa.select(*table.columns).where(*which).execution_options(yield_per=_SOME)
    for some in connection.execute(query).partitions():
        yield [dict(zip(names, row, strict=True)) for row in some]


def _renamed(table: sa.Table, row: dict[str, Any], way: _Way) -> dict[str, Any]:
    """Return a row with the name that its office has at the other side."""
    if table.name == schema.meta.name:
        names = {Store.own_name(name, way.old_office): Store.own_name(name, way.new_office) for name in OWN_NAMES}
        return row | {"name": names.get(row["name"], row["name"])}
    if row.get("office") == way.old_office:
        return row | {"office": way.new_office}
    own = next((name for name, of in (("rk_key", table.name), ("key", row.get("table"))) if of == OFFICE), None)
    code = code_in(row[own], way.old_office) if own and own in row else None
    return row | {own: key_of(code, way.new_office)} if own and code else row


@dataclass
class _Sum:
    """A fingerprint of rows, whatever their order."""

    rows: int = 0
    total: int = 0

    def add(self, rows: Sequence[Mapping[str, Any]]) -> None:
        self.rows += len(rows)
        for row in rows:
            digest = hashlib.blake2b(repr(tuple(row.values())).encode(), digest_size=16).digest()
            self.total = (self.total + int.from_bytes(digest, "big")) % 2**128


def _count_on(connection: sa.Connection, table: sa.Table) -> None:
    """Let PostgreSQL give out numbers behind those that were copied; other databases see to that themselves."""
    if connection.dialect.name != "postgresql" or table.autoincrement_column is None:
        return
    column = table.autoincrement_column
    last = connection.scalar(sa.select(sa.func.max(column)))
    if last is not None:
        sequence = sa.func.pg_get_serial_sequence(table.name, column.name)
        connection.execute(sa.select(sa.func.setval(sequence, last)))
