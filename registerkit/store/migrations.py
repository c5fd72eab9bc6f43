"""Brings a store's tables up to date: numbered steps for its own tables, and the columns the definition asks for."""

from __future__ import annotations

import hashlib
import secrets
import uuid
from collections.abc import Callable, Mapping, Sequence

import sqlalchemy as sa

from registerkit.store import schema

__all__ = [
    "MIGRATIONS",
    "add_columns",
    "fingerprint",
    "is_current",
    "is_of_later_version",
    "migrate",
    "new_nonce",
    "pending_migrations",
]


def _create_own_tables(connection: sa.Connection) -> None:
    schema.metadata.create_all(connection)


def _choices_and_forms(connection: sa.Connection) -> None:
    """When a conflict arose, rows that are to stay left out, and the forms that were taken in."""
    schema.forms.create(connection, checkfirst=True)
    add_columns(connection, {table.name: table for table in (schema.conflicts, schema.gone)})


def _offices(connection: sa.Connection) -> None:
    """Whose a file and a run are, for offices that share a server."""
    owned = (schema.sources, schema.outbox, schema.runs)
    add_columns(connection, {table.name: table for table in owned})
    for table in owned:
        connection.execute(table.update().where(table.c.office.is_(None)).values(office=""))


def _endings(connection: sa.Connection) -> None:
    """How each handling of a complaint ended, and what it had cost by then."""
    add_columns(connection, {schema.phases.name: schema.phases})


def _timelines(connection: sa.Connection) -> None:
    """A nonce for each change from now on, what a file had no room for, and cells that left their row."""
    for table in (schema.commits, schema.moved, schema.unshown):
        table.create(connection, checkfirst=True)
    add_columns(connection, {schema.sources.name: schema.sources})
    revision = connection.scalar(sa.select(schema.meta.c.value).where(schema.meta.c.name == "revision"))
    if revision is not None:
        connection.execute(schema.meta.insert().values(name=schema.NONCES_SINCE, value=revision))


def _persons(connection: sa.Connection) -> None:
    """Codes of persons, for complaints that are anonymised."""
    schema.persons.create(connection, checkfirst=True)


def _mails(connection: sa.Connection) -> None:
    """Which mails were taken in, and what an answer to them goes by."""
    schema.mails.create(connection, checkfirst=True)


def _facts(connection: sa.Connection) -> None:
    """What figures are counted from."""
    for table in (schema.cases, schema.handlings, schema.waits, schema.person_keys):
        table.create(connection, checkfirst=True)


MIGRATIONS: Sequence[tuple[int, str, Callable[[sa.Connection], None]]] = (
    (1, "own_tables", _create_own_tables),
    (2, "choices_and_forms", _choices_and_forms),
    (3, "offices", _offices),
    (4, "endings", _endings),
    (5, "timelines", _timelines),
    (6, "persons", _persons),
    (7, "mails", _mails),
    (8, "facts", _facts),
)
"""Steps in order; a step that has been released is never changed, a new one is added behind it."""


def pending_migrations(connection: sa.Connection) -> list[int]:
    """Return the numbers of the steps that were not taken yet. Does not write."""
    if not sa.inspect(connection).has_table(schema.migrations.name):
        return [n for n, _, _ in MIGRATIONS]
    taken = set(connection.scalars(sa.select(schema.migrations.c.n)))
    return [n for n, _, _ in MIGRATIONS if n not in taken]


def is_of_later_version(connection: sa.Connection) -> bool:
    """Tell whether a store took steps that this version does not know. Does not write."""
    if not sa.inspect(connection).has_table(schema.migrations.name):
        return False
    return bool(set(connection.scalars(sa.select(schema.migrations.c.n))) - {n for n, _, _ in MIGRATIONS})


def is_current(connection: sa.Connection, tables: Mapping[str, sa.Table]) -> bool:
    """Tell whether a store has all steps and these data tables. Does not write."""
    if pending_migrations(connection):
        return False
    rows = connection.execute(sa.select(schema.meta.c.name, schema.meta.c.value))
    kept = {name: value for name, value in rows}  # noqa: C416  # A result is no list of pairs to `dict`.
    return kept.get("layout") == fingerprint(tables) and kept.keys() >= _beginning().keys()


def migrate(connection: sa.Connection, tables: Mapping[str, sa.Table], at: str) -> None:
    """Take the steps that are missing, then add the tables and columns that the definition has and the store lacks.

    Columns are never dropped: what was entered under an earlier definition stays.
    """
    open_steps = set(pending_migrations(connection))
    for n, name, step in MIGRATIONS:
        if n in open_steps:
            step(connection)
            connection.execute(schema.migrations.insert().values(n=n, name=name, applied_at=at))
    for table in tables.values():
        table.create(connection, checkfirst=True)
    add_columns(connection, tables)
    for index in (index for table in tables.values() for index in table.indexes):
        index.create(connection, checkfirst=True)
    connection.execute(schema.meta.delete().where(schema.meta.c.name == "layout"))
    kept = set(connection.scalars(sa.select(schema.meta.c.name)))
    rows = _beginning() | {"layout": fingerprint(tables)}
    missing = [{"name": name, "value": value} for name, value in rows.items() if name not in kept]
    connection.execute(schema.meta.insert(), missing)


def new_nonce() -> str:
    """Return what tells one change from all others of its number."""
    return secrets.token_hex(4)


def fingerprint(tables: Mapping[str, sa.Table]) -> str:
    """Return a fingerprint of data tables, which tells whether a store has just these."""
    layout = [(name, [(c.name, str(c.type)) for c in table.columns]) for name, table in sorted(tables.items())]
    return hashlib.sha256(repr(layout).encode()).hexdigest()


def _beginning() -> dict[str, str]:
    """Return what a new store knows of itself."""
    return {"register_id": str(uuid.uuid4()), "revision": "0", "turn": "0"}


def add_columns(connection: sa.Connection, tables: Mapping[str, sa.Table]) -> None:
    """Add the columns that tables lack."""
    inspector = sa.inspect(connection)
    quote = connection.dialect.identifier_preparer.quote
    add = "ADD" if connection.dialect.name == "mssql" else "ADD COLUMN"
    for table in tables.values():
        there = {column["name"] for column in inspector.get_columns(table.name)}
        for column in table.columns:
            if column.name not in there:
                kind = column.type.compile(connection.dialect)
                connection.execute(sa.text(f"ALTER TABLE {quote(table.name)} {add} {quote(column.name)} {kind}"))
