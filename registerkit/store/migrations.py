"""Brings a store's tables up to date: numbered steps for its own tables, and the columns the definition asks for."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from registerkit.database import data_tables
from registerkit.definition import Definition
from registerkit.store import schema

__all__ = ["MIGRATIONS", "migrate", "pending_migrations"]


def _create_own_tables(connection: sa.Connection) -> None:
    schema.metadata.create_all(connection)


def _choices_and_forms(connection: sa.Connection) -> None:
    """When a conflict arose, rows that are to stay left out, and the forms that were taken in."""
    schema.forms.create(connection, checkfirst=True)
    _add_columns(connection, {table.name: table for table in (schema.conflicts, schema.gone)})


MIGRATIONS: Sequence[tuple[int, str, Callable[[sa.Connection], None]]] = (
    (1, "own_tables", _create_own_tables),
    (2, "choices_and_forms", _choices_and_forms),
)
"""Steps in order; a step that has been released is never changed, a new one is added behind it."""


def pending_migrations(connection: sa.Connection) -> list[int]:
    """Give the numbers of the steps that were not taken yet. Does not write."""
    if not sa.inspect(connection).has_table(schema.migrations.name):
        return [n for n, _, _ in MIGRATIONS]
    taken = set(connection.scalars(sa.select(schema.migrations.c.n)))
    return [n for n, _, _ in MIGRATIONS if n not in taken]


def migrate(connection: sa.Connection, definition: Definition, at: str) -> Mapping[str, sa.Table]:
    """Take the steps that are missing, then add the tables and columns that the definition has and the store lacks.

    Columns are never dropped: what was entered under an earlier definition stays. Gives the data tables.
    """
    open_steps = set(pending_migrations(connection))
    for n, name, step in MIGRATIONS:
        if n in open_steps:
            step(connection)
            connection.execute(schema.migrations.insert().values(n=n, name=name, applied_at=at))
    metadata = sa.MetaData()
    tables = data_tables(definition, metadata)
    if _stored(connection, "layout") != (wanted := _fingerprint(tables)):
        metadata.create_all(connection)
        _add_columns(connection, tables)
        connection.execute(schema.meta.delete().where(schema.meta.c.name == "layout"))
        connection.execute(schema.meta.insert().values(name="layout", value=wanted))
    return tables


def _stored(connection: sa.Connection, name: str) -> Any:
    return connection.scalar(sa.select(schema.meta.c.value).where(schema.meta.c.name == name))


def _fingerprint(tables: Mapping[str, sa.Table]) -> str:
    layout = [(name, [(c.name, str(c.type)) for c in table.columns]) for name, table in sorted(tables.items())]
    return hashlib.sha256(repr(layout).encode()).hexdigest()


def _add_columns(connection: sa.Connection, tables: Mapping[str, sa.Table]) -> None:
    inspector = sa.inspect(connection)
    quote = connection.dialect.identifier_preparer.quote
    add = "ADD" if connection.dialect.name == "mssql" else "ADD COLUMN"
    for table in tables.values():
        there = {column["name"] for column in inspector.get_columns(table.name)}
        for column in table.columns:
            if column.name not in there:
                kind = column.type.compile(connection.dialect)
                connection.execute(sa.text(f"ALTER TABLE {quote(table.name)} {add} {quote(column.name)} {kind}"))
