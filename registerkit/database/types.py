"""The column types of registerkit's tables, each kept as exactly by one database as by another.

Keys and codes are told apart by every letter: no database may take `k-1` for `K-1`, or sort them as its country does.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import mssql, mysql

__all__ = ["LONG_TEXT", "TABLE_OPTIONS", "word"]

_BINARY = "Latin1_General_100_BIN2"
"""SQL Server's collation that tells every two letters apart."""

TABLE_OPTIONS: dict[str, Any] = {"mysql_engine": "InnoDB", "mysql_charset": "utf8mb4", "mysql_collate": "utf8mb4_bin"}
"""What MariaDB and MySQL must be told of every table: transactions, emoji, and capitals that differ."""

LONG_TEXT: Any = (
    # A cell holds up to 32,767 characters, in MariaDB's TEXT fit 16,383 emoji.
    sa.UnicodeText()
    .with_variant(mysql.LONGTEXT(), "mysql")
    .with_variant(mssql.NVARCHAR(None, collation=_BINARY), "mssql")
)
"""A text of any length."""


def word(length: int) -> Any:
    """Return the type of a text that keys and lookups go by."""
    return (
        sa.Unicode(length)
        .with_variant(sa.Unicode(length, collation="C"), "postgresql")
        .with_variant(sa.Unicode(length, collation=_BINARY), "mssql")
    )
