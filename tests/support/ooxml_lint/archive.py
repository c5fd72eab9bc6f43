"""The zip file under a workbook: its parts, their XML, their relations and their content types. Only reads."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser

from ooxml_lint.fault import Faults

__all__ = ["CONTENT_TYPES", "Archive", "Relation"]

CONTENT_TYPES = "[Content_Types].xml"
_CHUNK = 1 << 18
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_CONTROLS = bytes(n for n in range(32) if n not in (9, 10, 13))
_BAD_REFERENCE = 14
"""Expat's number for a reference such as `&#1;` to a character that XML does not have."""


@dataclass(frozen=True)
class Relation:
    """A relation of a part: `kind` is the last word of its type, `target` a part, or an address outside the file."""

    id: str
    kind: str
    target: str
    external: bool


class Archive:
    """The parts of an open zip file; XML that cannot be read is one fault, and nothing of that part is read."""

    def __init__(self, file: zipfile.ZipFile, faults: Faults) -> None:
        self._zip = file
        self._faults = faults
        self._trees: dict[str, Element | None] = {}
        self.entries = [info.filename for info in file.infolist() if not info.is_dir()]

    @cached_property
    def parts(self) -> frozenset[str]:
        """The names of all parts."""
        return frozenset(self.entries)

    def tree(self, part: str) -> Element | None:
        """Give the whole XML of a part; None when it is missing or broken."""
        if part not in self._trees:
            self._trees[part] = self.feed(part, TreeBuilder())
        return self._trees[part]

    def known_trees(self) -> Iterator[tuple[str, Element]]:
        """Give all XML read so far, and what was put in by `keep`."""
        yield from ((part, tree) for part, tree in sorted(self._trees.items()) if tree is not None)

    def keep(self, part: str, tree: Element | None) -> None:
        """Keep what a stream left of a part, so that checks on all XML see it too."""
        self._trees[part] = tree

    def feed(self, part: str, target: Any) -> Any:
        """Stream a part's XML to a parser's target and give what its `close` gives; None when missing or broken."""
        if part not in self.parts:
            return None
        parser = XMLParser(target=target)
        try:
            with self._zip.open(part) as file:
                while chunk := file.read(_CHUNK):
                    parser.feed(chunk)
            return parser.close()
        except ParseError as error:
            bad = error.code == _BAD_REFERENCE or self._has_controls(part)
            self._faults.add("control_character" if bad else "xml_broken", part, str(error.position), str(error))
        except zipfile.BadZipFile as error:
            self._faults.add("xml_broken", part, "", str(error))
        return None

    def _has_controls(self, part: str) -> bool:
        data = self._zip.read(part)
        return len(data.translate(None, _CONTROLS)) != len(data)

    def relations(self, part: str) -> tuple[Relation, ...]:
        """Give a part's relations in the order of the file; those of the package for an empty name."""
        folder, name = posixpath.split(part)
        root = self.tree(posixpath.join(folder, "_rels", f"{name}.rels"))
        return () if root is None else tuple(_relation(element, folder) for element in root)

    @cached_property
    def overrides(self) -> dict[str, str]:
        """The content types given part by part."""
        root = self.tree(CONTENT_TYPES)
        found = [] if root is None else root.findall(f"{_TYPES}Override")
        return {e.get("PartName", "").removeprefix("/"): e.get("ContentType", "") for e in found}

    @cached_property
    def defaults(self) -> dict[str, str]:
        """The content types given by extension."""
        root = self.tree(CONTENT_TYPES)
        found = [] if root is None else root.findall(f"{_TYPES}Default")
        return {e.get("Extension", "").lower(): e.get("ContentType", "") for e in found}

    def content_type(self, part: str) -> str | None:
        """Give a part's content type."""
        extension = part.rpartition(".")[2].lower()
        return self.overrides.get(part) or self.defaults.get(extension)


def _relation(element: Element, folder: str) -> Relation:
    target = element.get("Target", "")
    external = element.get("TargetMode") == "External"
    if not external:
        target = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
    return Relation(element.get("Id", ""), element.get("Type", "").rpartition("/")[2], target, external)
