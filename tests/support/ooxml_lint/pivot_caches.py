"""Checks of pivot caches: their fields, the items they share, and their records."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from ooxml_lint.archive import Archive
from ooxml_lint.areas import area_of
from ooxml_lint.book import Book
from ooxml_lint.fault import Faults
from ooxml_lint.tags import MAIN, is_true, local, main, number, unescape

__all__ = ["CacheField", "check_cache"]

_LONG = 255
"""Characters above which a field must say that it holds long texts."""
_KINDS = {"m": "containsBlank", "n": "containsNumber", "d": "containsDate"}


@dataclass
class CacheField:
    """A field of a cache: how many items it shares, and the kinds of value that it and the records hold."""

    element: Element
    items: int
    kinds: set[str] = field(default_factory=set)
    longest: int = 0

    @property
    def name(self) -> str:
        """The field's name."""
        return unescape(self.element.get("name", ""))

    @property
    def of_source(self) -> bool:
        """Whether the field is a column of the source; others are computed or grouped, and not in the records."""
        return is_true(self.element.get("databaseField"), True)

    @property
    def listed(self) -> int:
        """How many items a pivot table lists: the groups, where the field is grouped."""
        groups = self.element.find(main("fieldGroup/groupItems"))
        return self.items if groups is None else len(groups)

    def take(self, kind: str, value: str) -> None:
        """Take in a value that the cache holds."""
        self.kinds.add(kind)
        if kind == "s":
            self.longest = max(self.longest, len(value))


def check_cache(part: str, archive: Archive, book: Book, faults: Faults) -> list[CacheField]:
    """Check one cache and give its fields; none when its part cannot be read."""
    root = archive.tree(part)
    if root is None:
        return []
    fields = []
    for element in root.findall(main("cacheFields/cacheField")):
        shared = element.find(f"{MAIN}sharedItems")
        cached = CacheField(element, 0 if shared is None else len(shared))
        for item in () if shared is None else shared:
            cached.take(local(item), item.get("v", ""))
        fields.append(cached)
    _check_source(part, root, fields, book, faults)
    _check_records(part, root, fields, archive, faults)
    for cached in fields:
        _check_shared(part, cached, faults)
    for name, count in Counter(cached.name.casefold() for cached in fields).items():
        if count > 1:
            faults.add("pivot_field_duplicate", part, name, f"{count} fields are called so")
    return fields


def _check_source(part: str, root: Element, fields: list[CacheField], book: Book, faults: Faults) -> None:
    source = root.find(main("cacheSource/worksheetSource"))
    if source is None:
        return
    name, sheet, ref = source.get("name"), source.get("sheet"), source.get("ref")
    if name is None:
        if sheet not in {each.name for each in book.sheets} or area_of(ref) is None:
            faults.add("pivot_source", part, f"{sheet}!{ref}", "there is no such range")
        return
    table = next((each for each in book.tables if each.name.casefold() == name.casefold()), None)
    if table is None:
        if name.casefold() not in {each.name.casefold() for each in book.names}:
            faults.add("pivot_source", part, name, "there is no such table or name")
        return
    found = [cached.name for cached in fields if cached.of_source]
    if found != list(table.columns):
        pairs = zip(found, table.columns, strict=False)
        first = next((f"{one!r} for {other!r}" for one, other in pairs if one != other), "too many or too few")
        faults.add("pivot_fields", part, name, f"the fields are not the table's columns: {first}")


def _check_records(part: str, root: Element, fields: list[CacheField], archive: Archive, faults: Faults) -> None:
    relation = next((each for each in archive.relations(part) if each.kind == "pivotCacheRecords"), None)
    if relation is None:
        return
    target = _Records(relation.target, [cached for cached in fields if cached.of_source], faults)
    archive.keep(relation.target, archive.feed(relation.target, target))
    for place, said in ((part, root.get("recordCount")), (relation.target, target.said)):
        if said is not None and said != str(target.count):
            faults.add("pivot_record_count", place, "", f"says {said}, there are {target.count} records")


def _check_shared(part: str, cached: CacheField, faults: Faults) -> None:
    shared = cached.element.find(f"{MAIN}sharedItems")
    if shared is None or cached.element.find(f"{MAIN}fieldGroup") is not None:
        return
    seen = Counter((local(item), item.get("v", "").casefold()) for item in shared)
    for (kind, value), count in seen.items():
        if count > 1:
            faults.add("pivot_shared_duplicate", part, cached.name, f"<{kind} v={value[:40]!r}> stands {count} times")
    kinds = cached.kinds - {"n"} if "d" in cached.kinds else cached.kinds  # Excel counts numbers among days as days.
    missing = [flag for kind, flag in _KINDS.items() if kind in kinds and not is_true(shared.get(flag))]
    if "s" in cached.kinds and not is_true(shared.get("containsString"), True):
        missing.append("containsString")
    if len(cached.kinds & {"s", "n", "d", "b", "e"}) > 1 and not is_true(shared.get("containsMixedTypes")):
        missing.append("containsMixedTypes")
    if cached.longest > _LONG and not is_true(shared.get("longText")):
        missing.append("longText")
    for flag in missing:
        faults.add("pivot_shared_kinds", part, cached.name, f"{flag} must be 1")


class _Records:
    """Takes the parser's events of the records part."""

    def __init__(self, part: str, fields: list[CacheField], faults: Faults) -> None:
        self.said: str | None = None
        self.count = 0
        self._part, self._fields, self._faults = part, fields, faults
        self._depth = 0
        self._width = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth == 1:
            self.said = attributes.get("count")
        elif self._depth == 2 and tag == f"{MAIN}r":
            self.count += 1
            self._width = 0
        elif self._depth == 3:
            self._value(tag.rpartition("}")[2], attributes.get("v", ""))
            self._width += 1

    def data(self, data: str) -> None:
        """Text between the values means nothing."""

    def end(self, tag: str) -> None:
        if self._depth == 2 and tag == f"{MAIN}r" and self._width != len(self._fields):
            detail = f"{self._width} values for {len(self._fields)} fields"
            self._faults.add("pivot_record_width", self._part, f"record {self.count}", detail)
        self._depth -= 1

    def close(self) -> None:
        """Nothing is kept but the counts."""

    def _value(self, kind: str, value: str) -> None:
        if self._width >= len(self._fields):
            return
        cached = self._fields[self._width]
        if kind != "x":
            cached.take(kind, value)
        elif not 0 <= number(value) < cached.items:
            detail = f"{cached.name}: item {value} of {cached.items}"
            self._faults.add("pivot_record_index", self._part, f"record {self.count}", detail)
