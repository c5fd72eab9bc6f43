"""What stands in an Access file, table by table, for tests that compare two files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from registerkit.database.access import read_access

__all__ = ["access_tables"]


def access_tables(path: Path) -> dict[str, tuple[list[str], list[list[Any]]]]:
    """Give the columns and the rows of every table."""
    file = read_access(path)
    return {
        name: ([column.name for column in table.columns], [list(cells) for _, cells in table.rows])
        for name, table in file.tables.items()
    }
