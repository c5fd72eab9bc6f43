"""The tables of a store as SQL, for an administrator who makes them himself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import sqlalchemy as sa
from sqlalchemy.schema import CreateIndex, CreateTable, SetColumnComment

from registerkit.store import schema
from registerkit.store.migrations import MIGRATIONS, fingerprint

__all__ = ["DIALECTS", "layout_sql"]

DIALECTS: Mapping[str, str] = {
    "sqlite": "sqlite://",
    "postgresql": "postgresql+psycopg://",
    "mysql": "mysql+pyodbc://",
    "mssql": "mssql+pyodbc://",
}
"""The kinds of database, and what SQLAlchemy calls them."""


def layout_sql(tables: Mapping[str, sa.Table], dialect: str, at: str) -> str:
    """Return the statements that make a store's tables, empty, in a kind of database.

    They say of themselves that they are up to date: whoever then uses the store need not be allowed to make tables.
    """
    made = sa.make_url(DIALECTS[dialect]).get_dialect()()
    if dialect == "mssql":
        # What SQL Server itself would tell: its newer versions have a type for days.
        made.default_schema_name, made.server_version_info = "dbo", (16,)
    told = [
        *(schema.migrations.insert().values(n=n, name=name, applied_at=at) for n, name, _ in MIGRATIONS),
        schema.meta.insert().values(name="layout", value=fingerprint(tables)),
    ]
    every = (*schema.metadata.sorted_tables, *tables.values())
    statements = [*(statement for table in every for statement in _statements(table, made)), *told]
    compiled = (one.compile(dialect=made, compile_kwargs={"literal_binds": True}) for one in statements)
    return "\n\n".join(f"{_tidy(str(sql))};" for sql in compiled) + "\n"


def _statements(table: sa.Table, dialect: sa.Dialect) -> Iterator[sa.schema.ExecutableDDLElement]:
    """Return what makes a table with its indexes, and what its columns are for where that is said apart."""
    yield CreateTable(table)
    for index in sorted(table.indexes, key=lambda index: str(index.name)):
        yield CreateIndex(index)
    if dialect.supports_comments and not dialect.inline_comments:
        for column in table.columns:
            if column.comment:
                yield SetColumnComment(column)


def _tidy(statement: str) -> str:
    return "\n".join(line.replace("\t", "  ").rstrip() for line in statement.strip().splitlines())
