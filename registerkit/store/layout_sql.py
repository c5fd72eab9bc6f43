"""The tables of a store as SQL, for an administrator who makes them himself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

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
    """Give the statements that make a store's tables, empty, in a kind of database.

    They say of themselves that they are up to date: whoever then uses the store need not be allowed to make tables.
    """
    statements: list[str] = []

    def keep(statement: Any, *_: Any, **__: Any) -> None:
        compiled = statement.compile(dialect=engine.dialect, compile_kwargs={"literal_binds": True})
        statements.append(f"{str(compiled).strip()};")

    engine = sa.create_mock_engine(DIALECTS[dialect], keep)
    if dialect == "mssql":
        # What SQL Server itself would tell: its newer versions have a type for days.
        engine.dialect.default_schema_name, engine.dialect.server_version_info = "dbo", (16,)
    for metadata in (schema.metadata, *{id(t.metadata): t.metadata for t in tables.values()}.values()):
        metadata.create_all(engine, checkfirst=False)
    for n, name, _ in MIGRATIONS:
        keep(schema.migrations.insert().values(n=n, name=name, applied_at=at))
    keep(schema.meta.insert().values(name="layout", value=fingerprint(tables)))
    return "\n\n".join(_tidy(statement) for statement in statements) + "\n"


def _tidy(statement: str) -> str:
    return "\n".join(line.replace("\t", "  ").rstrip() for line in statement.splitlines())
