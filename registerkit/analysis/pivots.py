"""The pivot tables of the Excel report: the complaints of the period by what a reader wants to set side by side.

Their source is a sheet of the report with a row per complaint: its number and choices, and nothing about a person.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from registerkit.analysis.charts import number_format
from registerkit.analysis.content import Content, Table
from registerkit.analysis.received import ROLES
from registerkit.analysis.words import Words
from registerkit.analysis.xlsx_parts import LABEL, begin_sheet
from registerkit.excel import Book
from registerkit.ooxml import CacheField, PivotCache, PivotTable, PivotWords, address

__all__ = ["write_pivots"]

_PIVOTS = (("category", "month"), ("cause", "causing_department"), ("category", "judgement"))
"""What goes down and across in each."""
_ROOM = 6
"""Free rows below each, for Excel refuses to refresh one that would grow over another."""
_FIRST_ROW = 3
_WIDTHS = (2, 32, *[13] * 18)


def write_pivots(book: Book, content: Content, words: Words) -> list[PivotTable]:
    """Write the sheet of pivots, as they stand before their first refresh, and that of their rows; gives the pivots."""
    data = content.received
    if data is None:
        return []
    at = begin_sheet(book, words, words("title.pivot_sheet"), _WIDTHS)
    at.title(words("title.pivot_sheet"), words("pivot.lead"))
    pivots = list(_pivots(data, words, at.sheet.name))
    for pivot in pivots:
        for cell in pivot.cells():
            style = "header" if cell.part in ("head", "caption") else "cell"
            at.sheet.write(cell.row, cell.column, cell.value, book.style(style, bold=cell.part.startswith("total")))
    at.finish(content.footer)
    _write_rows(book, data, words, content)
    return pivots


def _write_rows(book: Book, data: Table, words: Words, content: Content) -> None:
    at = begin_sheet(book, words, data.title, (2, 16, 14, 12, *[26] * (len(data.columns) - 3)))
    for n, cells in enumerate(data.rows, 1):
        for column, cell in enumerate(cells, LABEL):
            shape = {"num_format": number_format(cell.kind, words), "align": "left"} if cell.kind == "date" else {}
            at.sheet.write(n, column, cell.value, book.style("cell", **shape))
    ref = f"{address(1, LABEL)}:{address(len(data.rows) + 1, LABEL + len(data.columns) - 1)}"
    columns = [{"header": name, "header_format": book.style("header")} for name in data.columns]
    at.sheet.table(ref, {"name": words("pivot.table"), "columns": columns, "style": None})
    at.sheet.freeze_panes(1, 0)
    at.finish(content.footer)


def _pivots(data: Table, words: Words, sheet: str) -> Iterator[PivotTable]:
    cache = _cache(data, words)
    names = dict(zip(("number", "received", "month", *_roles(data, words)), data.columns, strict=True))
    told = PivotWords(words("pivot.total"), words("pivot.values"), words("pivot.all"))
    row = _FIRST_ROW
    for down, across in _PIVOTS:
        if down not in names or across not in names:
            continue
        filters = [names[role] for role in ("department", "channel") if role in names and role not in (down, across)]
        row += len(filters) + 1
        pivot = PivotTable(
            name=words("pivot.name", down=names[down], across=names[across]),
            sheet=sheet,
            row=row,
            column=LABEL,
            down=names[down],
            across=names[across],
            filters=tuple(filters),
            counted=names["received"],
            caption=words("pivot.caption"),
            cache=cache,
            words=told,
        )
        yield pivot
        row += len(pivot.rows) + 3 + _ROOM


def _roles(data: Table, words: Words) -> list[str]:
    return [role for role in ROLES if words(f"pivot.{role}") in data.columns]


def _cache(data: Table, words: Words) -> PivotCache:
    days = [row[1].value for row in data.rows]
    fields = [CacheField(data.columns[0]), CacheField(data.columns[1], days)]
    for n, name in enumerate(data.columns[2:], 2):
        fields.append(_axis(name, [str(row[n].value) for row in data.rows]))
    return PivotCache(words("pivot.table"), tuple(fields), len(data.rows))


def _axis(name: str, labels: Sequence[str]) -> CacheField:
    """Return a field with its labels in order; Excel takes two spellings by case for one."""
    same: dict[str, str] = {}
    values = [same.setdefault(label.casefold(), label) if label else None for label in labels]
    items = sorted({value for value in values if value}, key=str.casefold) or ["-"]
    return CacheField(name, values, tuple(items), ascending=True)
