"""Types in an Access file as a person would, through Jackcess itself and none of registerkit's own code."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

__all__ = ["TYPED", "add_row", "change_row", "delete_row", "java", "opened", "rows_of"]

TYPED = {
    "Ontvangen op": date(2026, 11, 3), "Wijze van melding": "telefoon", "Naam": "P. Pieters",
    "E-mail": "p.pieters@voorbeeld.example", "Categorie": "PL", "Omschrijving": "De rekening klopt niet 🚲.",
}  # fmt: skip
"""A complaint that can be registered, by the columns of the file."""


@contextmanager
def opened(path: Path) -> Iterator[Any]:
    """Open a file to write in."""
    from registerkit.database.access.java import jackcess  # Only to start Java.

    library = jackcess()
    import jpype

    database = library.DatabaseBuilder().withFile(jpype.JClass("java.io.File")(str(path))).open()
    try:
        database.setDateTimeType(library.DateTimeType.LOCAL_DATE_TIME)
        yield database
    finally:
        database.close()


def java(value: Any) -> Any:
    """Give a value as Java has it."""
    import jpype

    if isinstance(value, date):
        return jpype.JClass("java.time.LocalDateTime").of(value.year, value.month, value.day, 0, 0)
    return jpype.JClass("java.math.BigDecimal")(str(value)) if isinstance(value, float) else value


def add_row(path: Path, table: str, values: dict[str, Any]) -> int:
    """Add a row; gives the number that Access gives it, 0 where it gives none."""
    import jpype

    with opened(path) as database:
        made = database.getTable(table)
        given = jpype.JClass("java.util.HashMap")()
        for name, value in values.items():
            given.put(name, java(value))
        made.addRowFromMap(given)
        return int(given.get("Id") or 0)


def change_row(path: Path, table: str, key: tuple[str, Any], values: dict[str, Any]) -> None:
    """Change the row whose column `key[0]` holds `key[1]`."""
    with opened(path) as database:
        made = database.getTable(table)
        for row in made:
            if row.get(key[0]) == key[1]:
                for name, value in values.items():
                    row.put(name, java(value))
                made.updateRow(row)


def delete_row(path: Path, table: str, key: tuple[str, Any]) -> None:
    """Delete the row whose column `key[0]` holds `key[1]`."""
    with opened(path) as database:
        made = database.getTable(table)
        for row in made:
            if row.get(key[0]) == key[1]:
                made.deleteRow(row)


def rows_of(path: Path, table: str) -> list[dict[str, Any]]:
    """Give the rows of a table, days and amounts as texts."""
    with opened(path) as database:
        return [
            {str(c.getName()): _plain(row.get(c.getName())) for c in database.getTable(table).getColumns()}
            for row in database.getTable(table)
        ]


def _plain(value: Any) -> Any:
    return value if value is None or type(value) in (str, bool, int, float) else str(value)
