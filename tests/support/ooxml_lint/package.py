"""Checks of the package: parts, content types and relations."""

from __future__ import annotations

import posixpath
from collections import Counter

from ooxml_lint.archive import CONTENT_TYPES, Archive
from ooxml_lint.fault import Faults
from ooxml_lint.tags import RELATION

__all__ = ["check_package", "check_relation_ids"]

_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_PACKAGE = "application/vnd.openxmlformats-"
_EXPECTED = {
    "worksheet": f"{_SHEET}worksheet+xml",
    "chartsheet": f"{_SHEET}chartsheet+xml",
    "styles": f"{_SHEET}styles+xml",
    "sharedStrings": f"{_SHEET}sharedStrings+xml",
    "table": f"{_SHEET}table+xml",
    "pivotTable": f"{_SHEET}pivotTable+xml",
    "pivotCacheDefinition": f"{_SHEET}pivotCacheDefinition+xml",
    "pivotCacheRecords": f"{_SHEET}pivotCacheRecords+xml",
    "comments": f"{_SHEET}comments+xml",
    "calcChain": f"{_SHEET}calcChain+xml",
    "theme": f"{_PACKAGE}officedocument.theme+xml",
    "drawing": f"{_PACKAGE}officedocument.drawing+xml",
    "chart": f"{_PACKAGE}officedocument.drawingml.chart+xml",
    "vmlDrawing": f"{_PACKAGE}officedocument.vmlDrawing",
    "core-properties": f"{_PACKAGE}package.core-properties+xml",
    "extended-properties": f"{_PACKAGE}officedocument.extended-properties+xml",
    "custom-properties": f"{_PACKAGE}officedocument.custom-properties+xml",
}
"""The content type that the target of a kind of relation must have."""


def check_package(archive: Archive, faults: Faults) -> None:
    """Check what the zip holds, before any part is understood."""
    for name, count in Counter(entry.lower() for entry in archive.entries).items():
        if count > 1:
            faults.add("zip_duplicate", name, "", f"{count} entries of one name")
    _check_content_types(archive, faults)
    for part in sorted(archive.parts):
        if not _is_relations(part):
            _check_relations(archive, part, faults)
    _check_relations(archive, "", faults)
    _check_orphans(archive, faults)


def check_relation_ids(archive: Archive, faults: Faults) -> None:
    """Check that every `r:id` and its like in the XML read so far is one of the part's relations."""
    for part, tree in archive.known_trees():
        known = {relation.id for relation in archive.relations(part)}
        for element in tree.iter():
            for name, value in element.attrib.items():
                if name.startswith(RELATION) and value and value not in known:
                    faults.add("relation_missing", part, value, f"{element.tag.rpartition('}')[2]} names no relation")


def _is_relations(part: str) -> bool:
    return part.endswith(".rels") and posixpath.basename(posixpath.dirname(part)) == "_rels"


def _check_content_types(archive: Archive, faults: Faults) -> None:
    for part in sorted(archive.parts - {CONTENT_TYPES}):
        if archive.content_type(part) is None:
            faults.add("content_type_missing", part, "", "neither an override nor a default")
    for part in sorted(set(archive.overrides) - archive.parts):
        faults.add("content_type_stray", CONTENT_TYPES, part, "there is no such part")


def _check_relations(archive: Archive, part: str, faults: Faults) -> None:
    relations = archive.relations(part)
    for name, count in Counter(relation.id for relation in relations).items():
        if count > 1:
            faults.add("relation_id", part, name, f"{count} relations with one id")
    for relation in relations:
        if relation.external or relation.target.rpartition("/")[2].startswith("#"):
            continue  # A link of a drawing to a place in the workbook is written `#Sheet!A1`.
        if relation.target not in archive.parts:
            faults.add("relation_target", part, relation.id, f"{relation.target} is not in the file")
            continue
        expected, found = _EXPECTED.get(relation.kind), archive.content_type(relation.target)
        if expected and found != expected:
            faults.add("content_type_wrong", relation.target, "", f"{found} for a {relation.kind}")


def _check_orphans(archive: Archive, faults: Faults) -> None:
    reached: set[str] = set()
    waiting = [""]
    while waiting:
        targets = {relation.target for relation in archive.relations(waiting.pop()) if not relation.external}
        waiting += (targets - reached) & archive.parts
        reached |= targets
    for part in sorted(archive.parts - reached - {CONTENT_TYPES, "_rels/.rels"}):
        source = posixpath.join(posixpath.dirname(posixpath.dirname(part)), posixpath.basename(part)[: -len(".rels")])
        if not (_is_relations(part) and source in archive.parts):
            faults.add("part_orphan", part, "", "no relation leads to it")
