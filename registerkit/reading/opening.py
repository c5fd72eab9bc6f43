"""Opens a filled file of whatever kind people send."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from registerkit.definition import Definition
from registerkit.errors import UnsupportedFileError
from registerkit.findings import Finding, Location
from registerkit.reading.access import ACCESS, open_access
from registerkit.reading.calamine_formats import PLAIN, open_plain
from registerkit.reading.foreign import unknown_columns
from registerkit.reading.found_tables import TABLES, found_tables
from registerkit.reading.mapping import Mapped
from registerkit.reading.raw import WRITABLE, RawTable, RawWorkbook
from registerkit.reading.web_form import WEB, open_web_form
from registerkit.reading.word_form import WORD, open_word_form
from registerkit.reading.xlsx import open_xlsx

__all__ = ["READABLE", "open_workbook"]

READABLE = (*WRITABLE, *PLAIN, *ACCESS)


def open_workbook(
    path: Path, definition: Definition, name: str | None = None, mapping: Mapped | None = None
) -> RawWorkbook:
    """Read a filled file; raises a `FileError` when it cannot be used at all.

    `mapping` says what is what in a file that somebody designed.
    `MissingColumnError` is not raised here: which columns are needed depends on what the caller does.
    """
    if path.is_dir():
        raise UnsupportedFileError(path, reason="folder")
    kind, readable = path.suffix.lower(), TABLES if mapping else READABLE
    if kind == WORD and mapping is None and path.exists():
        return open_word_form(path, definition, name or path.name)
    if kind == WEB and mapping is None and path.exists():
        return open_web_form(path, definition, name or path.name)
    if kind not in readable and path.exists():
        raise UnsupportedFileError(path, kinds=", ".join(readable))
    if kind in ACCESS:
        return open_access(path, definition, name or path.name, mapping)
    if mapping is not None:
        return _open_mapped(path, definition, name or path.name, mapping)
    opened = open_plain if kind in PLAIN else open_xlsx
    return _told_whole(opened(path, definition, name or path.name), definition)


def _told_whole(raw: RawWorkbook, definition: Definition) -> RawWorkbook:
    """Tell of a register whose main sheet is gone: it is read for the single form in it, and nobody would see."""
    if definition.main_id in raw.tables or not raw.tables:
        return raw
    gone = Finding("register_sheet_gone", "error", Location(file=raw.name))
    return replace(raw, findings=(*raw.findings, gone))


def _open_mapped(path: Path, definition: Definition, name: str, mapping: Mapped) -> RawWorkbook:
    """Read the tables that a mapping names; raises `SettingsError` when it names what is not there."""
    found: dict[str, RawTable] = {}
    beside = []
    for raw in mapping.raw_tables(definition, found_tables(path)):
        if raw.table.id in found:
            beside.append(raw)
        else:
            found[raw.table.id] = raw
    findings = [finding for raw in (*found.values(), *beside) if (finding := unknown_columns(raw, name))]
    findings.append(Finding("cannot_write_kind", "info", Location(file=name), path.suffix.lower()))
    return RawWorkbook(path, name, None, found, {}, tuple(findings), beside=beside)
