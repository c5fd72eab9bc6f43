"""Finds the boxes of a complaint form that somebody saved as `.ods` or `.xls`, by the names that its cells kept."""

from __future__ import annotations

import re
import struct
import zipfile
from collections.abc import Mapping, Sequence
from html import unescape
from pathlib import Path
from typing import Any

from registerkit.definition import Table
from registerkit.ooxml import parse_ref
from registerkit.reading.old_formats import xls_names
from registerkit.reading.raw import FormBox

__all__ = ["form_boxes"]

Grid = Sequence[Sequence[Any]]
_BOX = "in_"
_NAMED = re.compile(rb"<table:named-range\b[^<>]*>")
_ATTRIBUTE = re.compile(r'\btable:(name|cell-range-address)="([^"]*)"')
_UNREADABLE = (struct.error, LookupError, ValueError, ArithmeticError, OSError, zipfile.BadZipFile)


def form_boxes(path: Path, grids: Mapping[str, Grid], main: Table) -> dict[str, FormBox]:
    """Return the boxes of a form with what is in them, by field id; none where the file keeps no names of cells."""
    read = {".ods": _ods_names, ".xls": xls_names}.get(path.suffix.lower())
    try:
        names = read(path) if read else {}
    except _UNREADABLE:
        return {}
    boxes = {}
    for name, (sheet, row, column) in names.items():
        field_id = main.names.get(name.removeprefix(_BOX), name.removeprefix(_BOX))
        if name.startswith(_BOX) and field_id in main.by_id and sheet in grids:
            cells = grids[sheet][row - 1] if row <= len(grids[sheet]) else []
            boxes[field_id] = FormBox(sheet, "", row, column, cells[column] if column < len(cells) else "")
    return boxes


def _ods_names(path: Path) -> dict[str, tuple[str, int, int]]:
    """Return the named cells of an `.ods` file: sheet, row from 1 and column from 0; areas by their first cell."""
    with zipfile.ZipFile(path) as archive:
        xml = archive.read("content.xml")
    found = {}
    for tag in _NAMED.findall(xml):
        told = {key: unescape(value) for key, value in _ATTRIBUTE.findall(tag.decode("utf-8", "replace"))}
        sheet, _, cell = told.get("cell-range-address", "").partition(":")[0].rpartition(".")
        if told.get("name", "").startswith(_BOX) and sheet:
            row, column, _, _ = parse_ref(cell.replace("$", ""))
            found[told["name"]] = (_plain(sheet), row, column)
    return found


def _plain(sheet: str) -> str:
    name = sheet.removeprefix("$")
    return name[1:-1].replace("''", "'") if name.startswith("'") else name
