"""A workbook file as the format packs it: parts, relations, sheets, tables, names and custom properties.

Only reads.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import TracebackType
from xml.sax.saxutils import unescape

from registerkit.errors import DamagedFileError, NotAWorkbookError, UnsupportedFileError
from registerkit.ooxml.archive import BROKEN, HEAD, check_parts, open_zip
from registerkit.ooxml.table import SheetTable, parse_table

__all__ = ["Package", "Sheet"]

_BLOCK = 1 << 20
_ROOT = re.compile(rb"<([\w.-]+:)?\w[^<>]*>")
_STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
_RELATION = re.compile(rb"<Relationship\b[^<>]*>")
_SHEET = re.compile(rb"<sheet\b[^<>]*>")
_RELATION_ID = re.compile(rb'\s\w+:id="([^"]*)"')
"""Excel writes `r:id`; other programs may call the prefix otherwise."""
_NAME = re.compile(rb"<definedName\b([^<>]*)>([^<]*)</definedName>")
_PROPERTY = re.compile(rb'<property\b[^<>]*?\bname="([^"<>]*)"[^<>]*>\s*<[^<>]*>([^<]*)</')


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name, the part it is kept in, and whether people see it."""

    name: str
    part: str
    visible: bool


def attribute(tag: bytes, name: str) -> str | None:
    """Return the value of an attribute in the text of a tag."""
    match = re.search(rb"\b" + name.encode() + rb'="([^"]*)"', tag)
    return None if match is None else unescape(match[1].decode(errors="replace"), {"&quot;": '"', "&apos;": "'"})


class Package:
    """An open `.xlsx` or `.xlsm` file.

    Raises one of the file errors when it cannot be read as a workbook: missing, empty, locked, encrypted,
    another kind of file, or damaged.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._zip = open_zip(path)
        try:
            self._check()
        except BROKEN as error:
            self._zip.close()
            raise DamagedFileError(path, problem=str(error)) from error
        except BaseException:
            self._zip.close()
            raise

    def __enter__(self) -> Package:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._zip.close()

    def _check(self) -> None:
        check_parts(self._zip, self.path)
        if "xl/workbook.xml" not in self._zip.namelist():
            raise NotAWorkbookError(self.path)
        for part in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels"):
            self._check_dialect(part)
        for sheet in self.sheets:
            self._check_dialect(sheet.part)

    def _check_dialect(self, part: str) -> None:
        """Raise `UnsupportedFileError` when a part is XML that says the same in another way than Excel does.

        Some programs put a prefix before every name (`<x:worksheet>`), and Strict Open XML has its own namespace.
        """
        if not self.has(part):
            return
        with self._zip.open(part) as file:
            root = _ROOT.search(file.read(HEAD))
        if root is not None and root[1]:
            raise UnsupportedFileError(self.path, reason="prefixed")
        if root is not None and _STRICT in root[0]:
            raise UnsupportedFileError(self.path, reason="strict")

    @property
    def infos(self) -> list[zipfile.ZipInfo]:
        """The parts in the order of the file."""
        return self._zip.infolist()

    def has(self, part: str) -> bool:
        """Tell whether the package has a part."""
        return part in self._zip.NameToInfo

    def read(self, part: str) -> bytes:
        """Return a part's bytes; raises `DamagedFileError` when it is not there or broken."""
        try:
            return self._zip.read(part)
        except BROKEN as error:
            raise DamagedFileError(self.path, problem=str(error)) from error

    def blocks(self, part: str) -> Iterator[bytes]:
        """Return a part's bytes block by block, as large parts need; raises as `read` does."""
        try:
            with self._zip.open(part) as file:
                while block := file.read(_BLOCK):
                    yield block
        except BROKEN as error:
            raise DamagedFileError(self.path, problem=str(error)) from error

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Return a part's relations: id to kind (the last word of the type) and target part."""
        folder, name = posixpath.split(part)
        rels = f"{folder}/_rels/{name}.rels"
        if not self.has(rels):
            return {}
        found = {}
        for tag in _RELATION.findall(self.read(rels)):
            target, kind = attribute(tag, "Target") or "", attribute(tag, "Type") or ""
            whole = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found[attribute(tag, "Id") or ""] = (kind.rsplit("/", 1)[-1], whole)
        return found

    @cached_property
    def workbook_xml(self) -> bytes:
        """The workbook part."""
        return self.read("xl/workbook.xml")

    @cached_property
    def sheets(self) -> tuple[Sheet, ...]:
        """The worksheets in their order."""
        relations = self.relations("xl/workbook.xml")
        if not relations:
            raise DamagedFileError(self.path, problem="xl/_rels/workbook.xml.rels")
        sheets = []
        for tag in _SHEET.findall(self.workbook_xml):
            relation = _RELATION_ID.search(tag)
            kind, part = relations.get(relation[1].decode(errors="replace") if relation else "", ("", ""))
            if kind == "worksheet":  # A module of an old Excel has no part at all.
                sheets.append(Sheet(attribute(tag, "name") or "", part, attribute(tag, "state") in (None, "visible")))
        return tuple(sheets)

    @cached_property
    def tables(self) -> tuple[SheetTable, ...]:
        """The Excel tables of all sheets."""
        found = []
        for sheet in self.sheets:
            for kind, part in self.relations(sheet.part).values():
                if kind != "table":
                    continue
                self._check_dialect(part)
                if table := parse_table(self.read(part), part, sheet.name, sheet.part):
                    found.append(table)
        return tuple(found)

    @cached_property
    def date1904(self) -> bool:
        """Whether days count from 1904."""
        return bool(re.search(rb'date1904="(?:1|true)"', self.workbook_xml))

    @cached_property
    def defined_names(self) -> dict[str, str]:
        """The workbook's names and what they refer to."""
        found = _NAME.findall(self.workbook_xml)
        return {attribute(head, "name") or "": unescape(body.decode(errors="replace")) for head, body in found}

    @cached_property
    def custom_properties(self) -> dict[str, str]:
        """The properties of `docProps/custom.xml`."""
        if not self.has("docProps/custom.xml"):
            return {}
        return {
            unescape(name.decode(errors="replace")): unescape(value.decode(errors="replace"))
            for name, value in _PROPERTY.findall(self.read("docProps/custom.xml"))
        }
