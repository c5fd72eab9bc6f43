"""All tables that a store has, those and columns of earlier definitions included."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import mysql

from registerkit.database import CREATED, LONG_TEXT, REVISION, TABLE_OPTIONS, word
from registerkit.store import schema
from registerkit.store.migrations import add_columns

__all__ = ["kept_tables", "make_tables"]

_OF_A_RECORD = frozenset({"rk_key", CREATED, REVISION})
"""The columns by which a table of records is known, whatever definition it came of."""


def kept_tables(connection: sa.Connection, tables: Mapping[str, sa.Table]) -> dict[str, sa.Table]:
    """Return the tables of a store: its own, the data tables given, and what earlier definitions left behind."""
    inspector, metadata = sa.inspect(connection), sa.MetaData()
    found: dict[str, sa.Table] = {}
    for name in sorted(inspector.get_table_names()):
        there = {column["name"]: column["type"] for column in inspector.get_columns(name)}
        known = schema.metadata.tables.get(name)
        if known is None:
            known = tables.get(name)
        if known is not None:
            table: sa.Table = known.to_metadata(metadata)
        elif there.keys() >= _OF_A_RECORD:
            table = _record_table(name, metadata)
        else:
            continue
        for column, kind in there.items():
            if column not in {known.name for known in table.columns}:
                table.append_column(sa.Column(column, _as_ours(kind)))
        found[name] = table
    return found


def make_tables(connection: sa.Connection, tables: Mapping[str, sa.Table]) -> None:
    """Make the tables and columns that are not there yet."""
    for table in tables.values():
        table.create(connection, checkfirst=True)
    add_columns(connection, tables)


def _record_table(name: str, metadata: sa.MetaData) -> sa.Table:
    return sa.Table(
        name,
        metadata,
        sa.Column("rk_key", word(64), primary_key=True),
        sa.Column(CREATED, sa.Integer(), nullable=False),
        sa.Column(REVISION, sa.Integer(), nullable=False, index=True),
        **TABLE_OPTIONS,
    )


def _as_ours(kind: Any) -> Any:
    """Return the type of a column that no definition tells of any more."""
    if isinstance(kind, sa.Boolean) or (isinstance(kind, mysql.TINYINT) and kind.display_width == 1):
        return sa.Boolean()
    if isinstance(kind, sa.Date):
        return sa.Date()
    return sa.BigInteger() if isinstance(kind, sa.Integer) else LONG_TEXT
