"""Lets a definition call a field otherwise: the column with the field's values is renamed, and nothing moves."""

from __future__ import annotations

import sqlalchemy as sa

from registerkit.definition import Table

__all__ = ["rename_columns"]


def rename_columns(connection: sa.Connection, main: Table) -> None:
    """Rename the columns that are still called by a field's role where the definition has another id for it now."""
    inspector = sa.inspect(connection)
    if not inspector.has_table(main.id):
        return
    there = {column["name"] for column in inspector.get_columns(main.id)}
    for field in main.fields:
        if field.declared and field.id in there and field.name not in there:
            _rename(connection, main, field.id, field.name)


def _rename(connection: sa.Connection, main: Table, old: str, new: str) -> None:
    quote = connection.dialect.identifier_preparer.quote
    if connection.dialect.name == "mssql":
        told = {"old": f"{quote(main.id)}.{quote(old)}", "new": new}
        connection.execute(sa.text("EXEC sp_rename :old, :new, 'COLUMN'"), told)
    else:
        connection.execute(sa.text(f"ALTER TABLE {quote(main.id)} RENAME COLUMN {quote(old)} TO {quote(new)}"))
