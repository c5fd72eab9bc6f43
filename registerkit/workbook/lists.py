"""Writes the sheet of choice lists: one Excel table per list side by side, most with blank rows for additions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from registerkit.definition import Choice
from registerkit.excel import Book, Sheet
from registerkit.ooxml import address
from registerkit.workbook.columns import READABLE, pixels
from registerkit.workbook.content import WorkbookContent
from registerkit.workbook.list_places import (
    FIRST_ROW,
    HEADER_ROW,
    INDEX_COLUMN,
    TITLE_ROW,
    ListPlace,
    list_entries,
    list_places,
)
from registerkit.workbook.references import list_name, list_table, print_area, span

__all__ = ["write_lists"]

_INDENT = 3
"""How much wider a column is than its longest text has letters: cells have an indent, and letters like m and w."""
_BETWEEN = 2
"""How wide the column between two lists is, in characters."""
_PAGE_ROWS, _PAGE_PIXELS = 33, 1115
"""So many entries below the headers, and so many pixels of columns as LibreOffice draws them, go on a printed page."""


def write_lists(book: Book, content: WorkbookContent, name: str) -> None:
    """Write the sheet."""
    sheet, texts = book.sheet(name), content.texts
    sheet.columns(2)
    sheet.height(0, 30)
    sheet.write(0, 1, name, book.style("title"))
    sheet.write(1, 1, texts("workbook.hint.lists"), book.style("hint"))
    places = list(list_places(content).values())
    _write_index(book, content, sheet, places)
    # The index stays in view, so that every list is a click away.
    sheet.freeze_panes(FIRST_ROW, INDEX_COLUMN + 2)
    for place in places:
        _write_list(book, content, sheet, place)
    sheet.page(texts("workbook.page.footer", sheet=name.replace("&", "&&")))
    sheet.set_print_scale(READABLE)
    sheet.repeat_rows(0, HEADER_ROW)
    sheet.set_v_pagebreaks(_page_breaks(content, places))
    book.name(print_area(name), _print_areas(name, places))


def _write_index(book: Book, content: WorkbookContent, sheet: Sheet, places: Sequence[ListPlace]) -> None:
    """Write a link to every list, one below the other."""
    labels = {place.list_id: content.definition.lists[place.list_id].labels[content.language] for place in places}
    sheet.set_column(INDEX_COLUMN, INDEX_COLUMN, _index_width(labels.values()))
    sheet.set_column(INDEX_COLUMN + 1, INDEX_COLUMN + 1, 2)
    sheet.write(HEADER_ROW, INDEX_COLUMN, content.texts("workbook.lists.index"), book.style("header"))
    for n, place in enumerate(places):
        # The heading of a list whose codes are hidden stands one column further.
        at = address(TITLE_ROW + 1, place.column + content.definition.lists[place.list_id].fixed)
        sheet.link(FIRST_ROW + n, INDEX_COLUMN, sheet.name, labels[place.list_id], book.style("link", indent=1), at)


def _page_breaks(content: WorkbookContent, places: Sequence[ListPlace]) -> list[int]:
    """Return the columns that begin a printed page: no list is cut in two."""
    labels = (content.definition.lists[place.list_id].labels[content.language] for place in places)
    breaks, used = [], pixels(_index_width(labels))
    for place in places:
        wide = sum(pixels(width) for width, _ in _shown_columns(content, place)) + pixels(_BETWEEN)
        if used + wide > _PAGE_PIXELS:
            breaks.append(place.column)
            used = 0
        used += wide
    return breaks


def _print_areas(name: str, places: Sequence[ListPlace]) -> str:
    """Return what prints: a page's height of all lists side by side, and of those that are longer the rest.

    Below the other lists nothing is printed: Excel prints the blank pages of an area too.
    """
    rows = min(_PAGE_ROWS, max((place.rows for place in places), default=1))
    last_column = max((place.last_column for place in places), default=INDEX_COLUMN)
    areas = [span(name, 0, FIRST_ROW + rows - 1, INDEX_COLUMN, last_column)]
    areas += [
        span(name, FIRST_ROW + rows, FIRST_ROW + place.rows - 1, place.column, place.last_column)
        for place in places
        if place.rows > rows
    ]
    return ",".join(areas)


def _index_width(labels: Iterable[str]) -> int:
    """Return the width of the index, in characters."""
    return max([12, *map(len, labels)]) + 2


def _shown_columns(content: WorkbookContent, place: ListPlace) -> list[tuple[float, str]]:
    return _columns(content, place, _rows(content, place))[content.definition.lists[place.list_id].fixed :]


def _write_list(book: Book, content: WorkbookContent, sheet: Sheet, place: ListPlace) -> None:
    declared = content.definition.lists[place.list_id]
    # The codes of a fixed list say nothing to an office; a column that is hidden still brings them back at a sync.
    title = place.column + declared.fixed
    sheet.write(TITLE_ROW, title, declared.labels[content.language], book.style("group", indent=1))
    rows = _rows(content, place)
    shown = _columns(content, place, rows)
    for column, (width, _) in enumerate(shown, place.column):
        sheet.set_column(column, column, width, None, {"hidden": declared.fixed and column == place.column})
    sheet.set_column(place.last_column + 1, place.last_column + 1, _BETWEEN)
    headers = [header for _, header in shown]
    last = FIRST_ROW + place.rows - 1
    ref = f"{address(HEADER_ROW + 1, place.column)}:{address(last + 1, place.last_column)}"
    style = book.style("header")
    columns = [{"header": header, "header_format": style} for header in headers]
    options: dict[str, Any] = {"name": list_table(place.list_id), "style": None, "autofilter": False}
    sheet.table(ref, {**options, "columns": columns})
    text = book.style("cell", num_format="@", align="left", indent=1, text_wrap=False)
    for n, row in enumerate(rows):
        for column, value in enumerate(row, place.column):
            sheet.write(FIRST_ROW + n, column, value, text)
    _validate(content, sheet, place, last)


def _columns(content: WorkbookContent, place: ListPlace, rows: list[list[str | None]]) -> list[tuple[float, str]]:
    """Return width and header of each column of a list."""
    texts = content.texts
    headers = [texts("workbook.lists.code"), texts("workbook.lists.label")]
    headers += [texts("workbook.lists.parent")] if place.parent else []
    headers.append(texts("workbook.lists.in_use"))
    longest = [max([len(row[i] or "") for row in rows] + [len(header)]) for i, header in enumerate(headers)]
    return [(min(44, max(8, n + _INDENT)), header) for n, header in zip(longest, headers, strict=True)]


def _rows(content: WorkbookContent, place: ListPlace) -> list[list[str | None]]:
    """Return the cells of a list, with blank rows for what an office adds."""
    rows = [_row(content, place, entry) for entry in list_entries(content, place.list_id)[: place.rows]]
    blank: list[str | None] = [None] * (4 if place.parent else 3)
    return rows + [blank] * (place.rows - len(rows))


def _row(content: WorkbookContent, place: ListPlace, entry: Choice) -> list[str | None]:
    parent = [content.lookups.label(place.parent, entry.parent)] if place.parent else []
    in_use = content.texts("value.yes" if entry.in_use else "value.no")
    return [entry.code, entry.labels[content.language], *parent, in_use]


def _validate(content: WorkbookContent, sheet: Sheet, place: ListPlace, last: int) -> None:
    texts = content.texts
    words = [texts("value.yes"), texts("value.no")]
    column = place.last_column
    ref = f"{address(FIRST_ROW + 1, column)}:{address(last + 1, column)}"
    message = texts("workbook.refuse.yesno")
    sheet.validate(ref, {"validate": "list", "source": words, "error_message": message})
    if place.parent:
        ref = f"{address(FIRST_ROW + 1, place.column + 2)}:{address(last + 1, place.column + 2)}"
        message = texts("workbook.refuse.choice")
        sheet.validate(ref, {"validate": "list", "source": f"={list_name(place.parent)}", "error_message": message})
