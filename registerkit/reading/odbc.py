"""Opens a table of somebody's own database, which is read through ODBC, as a filled file."""

from __future__ import annotations

from pathlib import Path

from registerkit.database.odbc import OdbcTable
from registerkit.definition import Definition
from registerkit.errors import NoRegisterTableError
from registerkit.findings import Finding, Location
from registerkit.reading.foreign import foreign_tables
from registerkit.reading.mapping import Mapped, no_mapping
from registerkit.reading.raw import RawWorkbook

__all__ = ["open_odbc"]


def open_odbc(source: OdbcTable, definition: Definition, mapping: Mapped | None = None) -> RawWorkbook:
    """Read the table; raises `OdbcError`, `SettingsError` for a mapping that is wrong, or `NoRegisterTableError`."""
    name, read = source.shown, source.content
    found, findings = foreign_tables(definition, name, {read.name: read}, mapping or no_mapping())
    if definition.main_id not in found:
        raise NoRegisterTableError(name, reason="database", tables=read.name)
    findings.append(Finding("cannot_write_database", "info", Location(file=name)))
    return RawWorkbook(Path(name), name, None, found, {}, tuple(findings))
