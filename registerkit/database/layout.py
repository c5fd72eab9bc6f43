"""The table layout that a definition asks for, as SQLAlchemy tables: one per table of the definition."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from registerkit.database.types import LONG_TEXT, TABLE_OPTIONS, word
from registerkit.definition import Definition, Field, Table

__all__ = ["CREATED", "REVISION", "TYPES", "column_for", "data_table", "data_tables"]

CREATED = "rk_created"
"""The revision at which a record came into the store."""
REVISION = "rk_revision"
"""The revision at which it last changed."""

TYPES: Mapping[str, Any] = {
    "key": word(64),
    "text": LONG_TEXT,
    "memo": LONG_TEXT,
    "date": sa.Date(),
    "integer": sa.Integer(),
    "money": sa.BigInteger(),
    "yesno": sa.Boolean(),
    "choice": word(64),
    "person": word(64),
    "numbers": LONG_TEXT,
    "email": LONG_TEXT,
    "phone": word(64),
    "postcode": word(16),
}
"""The column type of every field kind; money is kept in cents, a set of numbers with commas between."""


def column_for(field: Field) -> sa.Column[Any]:
    """Return a field's column: called as the definition calls the field, and known within the program by its role."""
    kind = TYPES[field.value_kind]
    return sa.Column(field.name, kind, key=field.id, nullable=True, comment=field.labels["en"])


def data_table(table: Table, metadata: sa.MetaData) -> sa.Table:
    """Return a table's layout: the key, the fields, and the revisions of creation and last change.

    The rows that belong to a record are found by their parent, of which there is an index.
    """
    columns = [column_for(field) for field in table.fields if field.stored and field.id != table.key]
    for column in columns:
        column.index = column.key == table.parent and table.by_id[table.parent].value_kind == "key"
    return sa.Table(
        table.id,
        metadata,
        sa.Column("rk_key", word(64), primary_key=True),
        *columns,
        sa.Column(CREATED, sa.Integer(), nullable=False),
        sa.Column(REVISION, sa.Integer(), nullable=False, index=True),
        **TABLE_OPTIONS,
    )


def data_tables(definition: Definition, metadata: sa.MetaData) -> dict[str, sa.Table]:
    """Return the layout of every table of the definition."""
    return {table.id: data_table(table, metadata) for table in definition.tables.values()}
