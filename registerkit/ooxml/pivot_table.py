"""A pivot table: one field down, one across, filters above, and a count or an average (ECMA-376 part 1, 18.10).

The cells it covers are written beside it, for Excel fills them only after a refresh and other programs show them as is.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from registerkit.ooxml.cells import address
from registerkit.ooxml.pivot_cache import MAIN, XML_HEAD, CacheField, CacheValue, PivotCache, attribute_text

__all__ = ["PivotCell", "PivotTable", "PivotWords"]

Part = Literal["filter", "filter_value", "caption", "head", "label", "value", "total_label", "total"]
"""What a cell of a pivot is, for whoever styles it."""


@dataclass(frozen=True)
class PivotCell:
    """A cell that a pivot covers; row and column count from 0."""

    row: int
    column: int
    value: str | int | float | None
    part: Part


@dataclass(frozen=True)
class PivotWords:
    """The words of a pivot that Excel would else put in its own language."""

    total: str
    values: str
    all: str


@dataclass(frozen=True)
class PivotTable:
    """One pivot over a cache, by the names of its fields; row and column, from 0, are those of its first head.

    Filters stand above, one blank row between: the first of them at `row - len(filters) - 1`.
    """

    name: str
    sheet: str
    row: int
    column: int
    down: str
    across: str
    filters: tuple[str, ...]
    counted: str
    """The field whose values are counted or averaged; another than those of the axes."""
    caption: str
    cache: PivotCache
    words: PivotWords
    average: bool = False

    @cached_property
    def _figures(self) -> dict[tuple[str | None, str | None], float | int]:
        """The figure of each pair of labels; None stands for the total."""
        down, across, counted = (self.cache.by_name[name] for name in (self.down, self.across, self.counted))
        found: dict[tuple[str | None, str | None], list[float]] = defaultdict(list)
        for row, column, value in zip(down.values, across.values, counted.values, strict=True):
            # A blank on either axis is hidden, and what is hidden counts in no total.
            if value is None or not isinstance(row, str) or not isinstance(column, str):
                continue
            number = float(value) if isinstance(value, int | float) else 1.0
            for key in ((row, column), (row, None), (None, column), (None, None)):
                found[key].append(number)
        return {key: sum(values) / len(values) if self.average else len(values) for key, values in found.items()}

    def _shown(self, name: str, *, down: bool) -> list[str]:
        """Return the labels that have a figure, in the order of the items."""
        has = {key[0 if down else 1] for key in self._figures}
        return [item for item in self.cache.by_name[name].items or () if item in has]

    @cached_property
    def rows(self) -> list[str]:
        """The labels shown down."""
        return self._shown(self.down, down=True)

    @cached_property
    def columns(self) -> list[str]:
        """The labels shown across."""
        return self._shown(self.across, down=False)

    @property
    def ref(self) -> str:
        """The cells it covers, its filters left out."""
        last_row, last_column = self.row + 2 + len(self.rows), self.column + 1 + len(self.columns)
        return f"{address(self.row + 1, self.column)}:{address(last_row + 1, last_column)}"

    def cells(self) -> list[PivotCell]:
        """Return every cell it covers, as it stands before the first refresh."""
        top, left = self.row, self.column
        cells = [
            cell
            for n, name in enumerate(self.filters)
            for cell in (
                PivotCell(top - len(self.filters) - 1 + n, left, name, "filter"),
                PivotCell(top - len(self.filters) - 1 + n, left + 1, self.words.all, "filter_value"),
            )
        ]
        cells += [
            PivotCell(top, left, self.caption, "caption"),
            PivotCell(top, left + 1, self.across, "caption"),
            PivotCell(top + 1, left, self.down, "caption"),
        ]
        heads: list[str | None] = [*self.columns, None]
        for n, head in enumerate(heads, left + 1):
            cells.append(PivotCell(top + 1, n, head or self.words.total, "head"))
        for row, label in enumerate([*self.rows, None], top + 2):
            kind: Part = "total_label" if label is None else "label"
            cells.append(PivotCell(row, left, label or self.words.total, kind))
            for column, head in enumerate(heads, left + 1):
                figure = self._figures.get((label, head))
                cells.append(PivotCell(row, column, figure, "total" if label is None or head is None else "value"))
        return cells

    def xml(self, cache_id: int) -> bytes:
        """Return the part `pivotTable`."""
        words = self.words
        fields = "".join(self._field_xml(field) for field in self.cache.fields)
        pages = "".join(f'<pageField fld="{self.cache.place(name)}" hier="-1"/>' for name in self.filters)
        paged = f' rowPageCount="{len(self.filters)}" colPageCount="1"' if self.filters else ""
        return (
            f'{XML_HEAD}<pivotTableDefinition xmlns="{MAIN}" name={attribute_text(self.name)} cacheId="{cache_id}"'
            ' applyNumberFormats="0" applyBorderFormats="0" applyFontFormats="0" applyPatternFormats="0"'
            ' applyAlignmentFormats="0" applyWidthHeightFormats="1"'
            f" dataCaption={attribute_text(words.values)} grandTotalCaption={attribute_text(words.total)}"
            ' updatedVersion="6" minRefreshableVersion="3" itemPrintTitles="1" createdVersion="6" indent="0"'
            ' outline="1" outlineData="1" multipleFieldFilters="0"'
            f" rowHeaderCaption={attribute_text(self.down)} colHeaderCaption={attribute_text(self.across)}>"
            f'<location ref="{self.ref}" firstHeaderRow="1" firstDataRow="2" firstDataCol="1"{paged}/>'
            f'<pivotFields count="{len(self.cache.fields)}">{fields}</pivotFields>'
            f"{self._axis_xml('row', self.down, self.rows)}{self._axis_xml('col', self.across, self.columns)}"
            + (f'<pageFields count="{len(self.filters)}">{pages}</pageFields>' if pages else "")
            + f'<dataFields count="1">{self._data_xml()}</dataFields>'
            '<pivotTableStyleInfo name="PivotStyleLight1" showRowHeaders="1" showColHeaders="1" showRowStripes="0"'
            ' showColStripes="0" showLastColumn="1"/></pivotTableDefinition>'
        ).encode()

    def _data_xml(self) -> str:
        kind = "average" if self.average else "count"
        shape = ' numFmtId="1"' if self.average else ""
        name = attribute_text(self.caption)
        place = self.cache.place(self.counted)
        return f'<dataField name={name} fld="{place}" subtotal="{kind}" baseField="0" baseItem="0"{shape}/>'

    def _field_xml(self, field: CacheField) -> str:
        axes = {self.down: "axisRow", self.across: "axisCol", **dict.fromkeys(self.filters, "axisPage")}
        axis = axes.get(field.name)
        if axis is None:
            data = ' dataField="1"' if field.name == self.counted else ""
            return f'<pivotField{data} showAll="0"/>'
        items = "".join(
            f'<item{"" if item in field.used else " m=" + chr(34) + "1" + chr(34)} x="{n}"/>'
            for n, item in enumerate(field.items or ())
        )
        # Prepared rows are blank; Excel would show them as an item of their own.
        blank = "" if axis == "axisPage" else ' h="1"'
        items += f'<item{blank} x="{len(field.items or ())}"/><item t="default"/>'
        count = len(field.items or ()) + 2
        order = ' sortType="ascending"' if field.ascending else ""
        return (
            f'<pivotField axis="{axis}" showAll="0" includeNewItemsInFilter="1"{order}>'
            f'<items count="{count}">{items}</items></pivotField>'
        )

    def _axis_xml(self, kind: str, name: str, shown: list[str]) -> str:
        index = self.cache.by_name[name].index
        items = "".join(f"<i><x{_v(index[item])}/></i>" for item in shown) + '<i t="grand"><x/></i>'
        return (
            f'<{kind}Fields count="1"><field x="{self.cache.place(name)}"/></{kind}Fields>'
            f'<{kind}Items count="{len(shown) + 1}">{items}</{kind}Items>'
        )


def _v(index: CacheValue) -> str:
    return f' v="{index}"' if index else ""
