"""Makes Access files as people design them: tables and columns of their own, through Jackcess itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

__all__ = ["C", "Design", "encrypt", "make_access", "put_password"]

FORMATS = {".accdb": "V2010", ".mdb": "V2003"}
_KEY_PLACE, _PASSWORD_PLACE = 0x3E, 0x42
"""Where the header of a file says that it is encrypted, and where it has its password, both masked with XOR."""


@dataclass(frozen=True)
class C:
    """A column: its name, its type as Jackcess calls it, what a form shows in its place, and if it counts by itself."""

    name: str
    type: str = "TEXT"
    caption: str = ""
    counts: bool = False
    looks: Mapping[str, Any] = field(default_factory=dict)
    """Properties that say how it is shown; `link` makes it one of links."""


@dataclass(frozen=True)
class Design:
    """A table with its rows; a cell that counts by itself is left out of them as None."""

    name: str
    columns: Sequence[C]
    rows: Sequence[Sequence[Any]] = field(default_factory=tuple)


def make_access(path: Path, *tables: Design, version: str = "") -> Path:
    """Make a file; none of its tables has a key of any kind."""
    from registerkit.database.access.java import jackcess  # Only to start Java.

    library = jackcess()
    import jpype

    builder = library.DatabaseBuilder().withFile(jpype.JClass("java.io.File")(str(path)))
    chosen = version or FORMATS[path.suffix]
    database = builder.withFileFormat(getattr(library.Database.FileFormat, chosen)).create()
    try:
        database.setDateTimeType(library.DateTimeType.LOCAL_DATE_TIME)
        for table in tables:
            made = library.TableBuilder(table.name)
            for column in table.columns:
                made.addColumn(_column(library, column))
            built = made.toTable(database)
            for row in table.rows:
                built.addRow(*[_java(value) for value in row])
    finally:
        database.close()
    return path


def put_password(path: Path, password: str) -> None:
    """Let an `.mdb` file ask for a password, as Access does: its header has it, and nothing is encrypted."""
    content = bytearray(path.read_bytes())
    for n, byte in enumerate(password.encode("utf-16-le"), _PASSWORD_PLACE):
        content[n] ^= byte
    path.write_bytes(content)


def encrypt(path: Path) -> None:
    """Let a file say that it is encrypted, as Access does with a password on an `.accdb` file."""
    content = bytearray(path.read_bytes())
    content[_KEY_PLACE] ^= 1
    path.write_bytes(content)


def _column(library: Any, column: C) -> Any:
    made = library.ColumnBuilder(column.name, getattr(library.DataType, column.type))
    if column.type == "TEXT":
        made.withLengthInUnits(255)
    for name, value in column.looks.items():
        if name == "link":
            made.withHyperlink(True)
        else:
            kind = "BYTE" if name == "TextFormat" else "INT" if isinstance(value, int) else "TEXT"
            made.withProperty(name, getattr(library.DataType, kind), value)
    if column.counts:
        made.withAutoNumber(True)
    if column.caption:
        made.withProperty("Caption", library.DataType.TEXT, column.caption)
    return made


def _java(value: Any) -> Any:
    import jpype

    if isinstance(value, date):
        return jpype.JClass("java.time.LocalDateTime").of(value.year, value.month, value.day, 0, 0)
    if isinstance(value, bytes):
        return jpype.JArray(jpype.JByte)(value)
    return jpype.JClass("java.math.BigDecimal")(str(value)) if isinstance(value, float) else value
