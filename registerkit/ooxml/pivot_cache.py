"""The pivot cache: the fields of a table as pivots see them, and its records (ECMA-376 part 1, 18.10).

Only fields that a pivot shows carry their values; the others stand as blank, so that names and stories are not kept a
second time where nobody sees them. Excel fills the cache anew when it opens the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import repeat
from xml.sax.saxutils import quoteattr

from registerkit.ooxml.cells import guard_text

__all__ = ["MAIN", "XML_HEAD", "CacheField", "CacheValue", "PivotCache", "attribute_text"]

CacheValue = str | int | float | date | None

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
XML_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_REFRESHED = 45658
"""A fixed day, so that the same content makes the same bytes; Excel puts its own there at the first refresh."""


@dataclass(frozen=True)
class CacheField:
    """One column of the source table; `values` holds one value per row, or nothing when no pivot shows the column."""

    name: str
    values: Sequence[CacheValue] = ()
    items: tuple[str, ...] | None = None
    """For a field on an axis: its labels in order, also those that no row has; a blank comes behind them."""
    ascending: bool = False
    """Sorted by label, so that what comes in later finds its place."""

    @cached_property
    def index(self) -> dict[CacheValue, int]:
        """The place of each label among the items; None is the blank."""
        items = self.items or ()
        return {**{item: n for n, item in enumerate(items)}, None: len(items)}

    @cached_property
    def used(self) -> frozenset[CacheValue]:
        """The labels that rows have."""
        return frozenset(self.values)


@dataclass(frozen=True)
class PivotCache:
    """What all pivots of a workbook count over; `source` is the name of an Excel table of `rows` rows."""

    source: str
    fields: tuple[CacheField, ...]
    rows: int

    @cached_property
    def by_name(self) -> dict[str, CacheField]:
        """Fields by their name."""
        return {field.name: field for field in self.fields}

    def place(self, name: str) -> int:
        """Return a field's place."""
        return next(n for n, field in enumerate(self.fields) if field.name == name)

    def definition_xml(self) -> bytes:
        """Return the part `pivotCacheDefinition`; its records have the relation `rId1`."""
        fields = "".join(_field_xml(field) for field in self.fields)
        return (
            f'{XML_HEAD}<pivotCacheDefinition xmlns="{MAIN}" xmlns:r="{_RELATIONS}" r:id="rId1" refreshOnLoad="1"'
            f' refreshedBy="registerkit" refreshedDate="{_REFRESHED}" createdVersion="6" refreshedVersion="6"'
            f' minRefreshableVersion="3" recordCount="{self.rows}"><cacheSource type="worksheet">'
            f"<worksheetSource name={attribute_text(self.source)}/></cacheSource>"
            f'<cacheFields count="{len(self.fields)}">{fields}</cacheFields></pivotCacheDefinition>'
        ).encode()

    def records_xml(self) -> bytes:
        """Return the part `pivotCacheRecords`."""
        columns = (_column(field, self.rows) for field in self.fields)
        records = "".join(f"<r>{''.join(row)}</r>" for row in zip(*columns, strict=True))
        return f'{XML_HEAD}<pivotCacheRecords xmlns="{MAIN}" count="{self.rows}">{records}</pivotCacheRecords>'.encode()


def attribute_text(text: str) -> str:
    """Return text as the value of an attribute, its quotes included."""
    return quoteattr(guard_text(text))


def _column(field: CacheField, rows: int) -> Iterable[str]:
    if not field.values:
        return repeat("<m/>", rows)
    if field.items is not None:
        places = {value: f'<x v="{place}"/>' for value, place in field.index.items()}
        return map(places.__getitem__, field.values)
    return map(_value_xml, field.values)


def _value_xml(value: CacheValue) -> str:
    if value is None:
        return "<m/>"
    if isinstance(value, date):
        return f'<d v="{value:%Y-%m-%d}T00:00:00"/>'
    if isinstance(value, str):
        return f"<s v={attribute_text(value)}/>"
    return f'<n v="{value!r}"/>'


def _field_xml(field: CacheField) -> str:
    head = f'<cacheField name={attribute_text(field.name)} numFmtId="{14 if _days(field) else 0}">'
    if field.items is None:
        return f"{head}<sharedItems{_hints(field)}/></cacheField>"
    items = "".join(f"<s v={attribute_text(item)}/>" for item in field.items)
    count, long = len(field.items) + 1, ' longText="1"' if any(len(item) > 255 for item in field.items) else ""
    return f'{head}<sharedItems containsBlank="1" count="{count}"{long}>{items}<m/></sharedItems></cacheField>'


def _days(field: CacheField) -> list[date]:
    return [value for value in field.values if isinstance(value, date)]


def _hints(field: CacheField) -> str:
    """Tell which types the values have, as Excel wants it for values that stand in the records themselves."""
    days = _days(field)
    numbers = [v for v in field.values if isinstance(v, int | float)]
    blank = not field.values or None in field.values
    hints = {} if blank else {"containsSemiMixedTypes": 0}
    if days:
        hints |= {"containsNonDate": 0, "containsDate": 1, "containsString": 0}
    elif numbers:
        hints |= {"containsString": 0}
    else:
        hints |= {"containsNonDate": 0, "containsString": 0}
    if blank:
        hints["containsBlank"] = 1
    told = "".join(f' {name}="{value}"' for name, value in hints.items())
    if days:
        last = max(days) + timedelta(days=1)
        return f'{told} minDate="{min(days):%Y-%m-%d}T00:00:00" maxDate="{last:%Y-%m-%d}T00:00:00"'
    if numbers:
        whole = ' containsInteger="1"' if all(isinstance(n, int) for n in numbers) else ""
        return f'{told} containsNumber="1"{whole} minValue="{min(numbers)!r}" maxValue="{max(numbers)!r}"'
    return told
