"""Writes an Access file as it was planned, through Jackcess: beside the target first, then put in its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from registerkit.database.access.java import jackcess, java_class
from registerkit.database.access.kinds import Cell
from registerkit.database.access.layout import AccessColumn, AccessIndex, AccessPlan, AccessTable, Relation
from registerkit.database.access.properties import properties_of
from registerkit.database.access.rows import Row
from registerkit.errors import AccessError
from registerkit.files import making, system_error

__all__ = ["FORMATS", "java_rows", "java_value", "write_access", "write_plan"]

FORMATS: Mapping[str, str] = {".accdb": "V2010", ".mdb": "V2003"}
"""The version of Access that each kind of file is written for; every later one opens it."""

_TYPES: Mapping[str, str] = {
    "autonumber": "LONG",
    "long": "LONG",
    "text": "TEXT",
    "memo": "MEMO",
    "date": "SHORT_DATE_TIME",
    "money": "MONEY",
    "boolean": "BOOLEAN",
}
_HIDDEN_FLAG = 8
_AT_ONCE = 2000
"""Rows that go over to Java in one step."""


def write_access(target: Path, plan: AccessPlan, rows: Mapping[str, Sequence[Row]]) -> None:
    """Write the file; replaces `target` in one step. The suffix tells the version, see `FORMATS`.

    Raises `AccessError` when Jackcess or Java is missing, or refuses something, and `LockedFileError` when another
    program holds the file; nothing has changed then.
    """
    jackcess()
    import jpype

    try:
        with making(target) as temporary:
            ready = {table.id: java_rows(table, rows.get(table.id, ())) for table in plan.tables}
            write_plan(temporary, FORMATS[target.suffix.lower()], plan, ready)
    except jpype.JException as error:
        raise AccessError(target, reason="refused", problem=str(error)) from error
    except OSError as error:
        raise system_error(error, target) from error


def write_plan(path: Path, version: str, plan: AccessPlan, rows: Mapping[str, Iterable[Any]]) -> None:
    """Write a file at `path` itself; `rows` has lists of Java's own for every table, see `java_rows`."""
    library = jackcess()
    builder = library.DatabaseBuilder().withFile(java_class("java.io.File")(str(path)))
    builder = builder.withFileFormat(getattr(library.Database.FileFormat, version))
    builder = builder.putDatabaseProperty("AppTitle", library.DataType.TEXT, plan.title)
    database = builder.create()
    try:
        # What is in the store has been checked; the rules are for what people type.
        database.setEvaluateExpressions(False)
        database.setEnforceForeignKeys(False)
        database.setDateTimeType(library.DateTimeType.LOCAL_DATE_TIME)
        made = {table.id: _make_table(library, database, table) for table in plan.tables}
        for n, relation in enumerate(plan.relations, 1):
            _make_relation(library, database, relation, n)
        _hide(database, {table.name for table in plan.tables if table.hidden})
        for table in plan.tables:
            for some in rows[table.id]:
                made[table.id].addRows(some)
    finally:
        database.close()


# ----------------------------------------------------------------------------------------------------------- layout
def _make_table(library: Any, database: Any, table: AccessTable) -> Any:
    builder = library.TableBuilder(table.name)
    for column in table.columns:
        builder.addColumn(_column(library, column))
    # An index that is added to a table later makes mdbtools show no columns at all; those of relations do not.
    for index in table.indexes:
        builder.addIndex(_index(library, index))
    if table.description:
        builder.putProperty("Description", table.description)
    if table.rule:
        builder.putProperty("ValidationRule", table.rule).putProperty("ValidationText", table.refusal)
    return builder.toTable(database)


def _column(library: Any, column: AccessColumn) -> Any:
    types = library.DataType
    made = library.ColumnBuilder(column.name, getattr(types, _TYPES[column.type]))
    if column.type == "autonumber":
        made.withAutoNumber(True)
    if column.type == "text":
        made.withLengthInUnits(column.size)
    if column.type in ("text", "memo"):
        made.withCompressedUnicode(True)
        made.withProperty("AllowZeroLength", False)
    for name, kind, value in properties_of(column):
        made.withProperty(name, getattr(types, kind), value)
    return made


def _index(library: Any, index: AccessIndex) -> Any:
    made = library.IndexBuilder("PrimaryKey" if index.primary else index.column).withColumns(index.column)
    if index.primary:
        return made.withPrimaryKey()
    return made.withUnique().withIgnoreNulls() if index.unique else made


def _make_relation(library: Any, database: Any, relation: Relation, n: int) -> None:
    made = library.RelationshipBuilder(relation.to_table, relation.table)
    made.addColumns(relation.to_column, relation.column).withName(f"rk_{n:02}")
    if relation.enforced:
        made.withReferentialIntegrity()
    made.toRelationship(database)


def _hide(database: Any, names: set[str]) -> None:
    """Keep tables of the file's own out of the list that Access shows, as its command Hide does."""
    objects = database.getSystemTable("MSysObjects")
    for row in objects:
        if row.getString("Name") in names:
            row.put("Flags", row.getInt("Flags") | _HIDDEN_FLAG)
            objects.updateRow(row)


# ------------------------------------------------------------------------------------------------------------- rows
def java_rows(table: AccessTable, rows: Sequence[Row]) -> Iterator[Any]:
    """Return rows as lists of Java's own, so many at once that going over to Java costs little."""
    from jpype import JArray, JObject

    matrix, as_list = JArray(JObject, 2), java_class("java.util.Arrays").asList
    for start in range(0, len(rows), _AT_ONCE):
        yield as_list(matrix(_as_java(table, rows[start : start + _AT_ONCE])))


def _as_java(table: AccessTable, rows: Sequence[Row]) -> list[tuple[Any, ...]]:
    """Return rows whose days and amounts are Java's own; all else is turned over as it is."""
    cells: list[Sequence[Any]] = list(zip(*rows, strict=True))
    for n, column in enumerate(table.columns):
        if column.type in ("date", "money"):
            cells[n] = [None if value is None else java_value(value) for value in cells[n]]
    return list(zip(*cells, strict=True))


@cache
def java_value(value: Cell) -> Any:
    """Return a cell as Java has it: days and amounts have classes of their own there."""
    if isinstance(value, date):
        return java_class("java.time.LocalDateTime").of(value.year, value.month, value.day, 0, 0)
    return java_class("java.math.BigDecimal")(str(value)) if isinstance(value, Decimal) else value
