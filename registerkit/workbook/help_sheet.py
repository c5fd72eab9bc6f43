"""Writes the help sheet as it is planned, with links from the contents to each section and back."""

from __future__ import annotations

from typing import Any

from registerkit.excel import Book, Sheet
from registerkit.workbook.content import WorkbookContent
from registerkit.workbook.help_plan import LEFT_COLUMN, WIDTHS, HelpRow, HelpRows, help_anchors, page_breaks

__all__ = ["write_help"]

_LEFT, _MIDDLE, _RIGHT = range(LEFT_COLUMN, LEFT_COLUMN + 3)
_SCALE = 90
"""With this the three columns fit on the page, in LibreOffice too, whose columns are somewhat wider."""


def write_help(book: Book, content: WorkbookContent, name: str, rows: HelpRows) -> None:
    """Write the sheet."""
    sheet, texts = book.sheet(name), content.texts
    sheet.columns(2, *WIDTHS)
    sheet.height(0, 30)
    sheet.write(0, _LEFT, name, book.style("title"))
    sheet.write(1, _LEFT, texts("workbook.hint.help"), book.style("hint"))
    anchors = help_anchors(rows)
    for n, row in rows:
        sheet.height(n, row.height)
        _WRITERS[row.kind](book, sheet, n, row, anchors)
    sheet.page(texts("workbook.page.footer", sheet=name.replace("&", "&&")), landscape=False)
    # Excel leaves out page breaks of our own when it fits the sheet to the page by itself.
    sheet.set_print_scale(_SCALE)
    sheet.print_area(0, _LEFT, rows[-1][0], _RIGHT)
    sheet.set_h_pagebreaks(page_breaks(rows))


def _contents(book: Book, sheet: Sheet, n: int, row: HelpRow, anchors: dict[str, str]) -> None:
    sheet.write(n, _LEFT, row.texts[0], book.style("body_bold", valign="vcenter"))
    for column, text, anchor in zip((_MIDDLE, _RIGHT), row.texts[1:], row.links, strict=False):
        sheet.link(n, column, sheet.name, text, book.style("link"), anchors[anchor])


def _heading(book: Book, sheet: Sheet, n: int, row: HelpRow, anchors: dict[str, str]) -> None:
    look: dict[str, Any] = {"valign": "bottom"}
    if row.kind == "group":
        look = {"valign": "vcenter", "bottom": 0, "bg_color": f"#{row.tint}"}
    style = book.style("section", **look)
    sheet.write(n, _LEFT, row.texts[0], style)
    sheet.write(n, _MIDDLE, None, style)
    sheet.write(n, _RIGHT, None, style)
    if row.links:
        back = book.style(
            "section", **look, font_size=10, bold=False, align="right", font_color=f"#{book.theme.accent_ink}"
        )
        sheet.link(n, _RIGHT, sheet.name, row.texts[1], back, anchors[row.links[0]])


def _pair(book: Book, sheet: Sheet, n: int, row: HelpRow, _: dict[str, str]) -> None:
    sheet.write(n, _LEFT, row.texts[0], book.style("body_bold"))
    sheet.merge(n, _MIDDLE, n, _RIGHT, row.texts[1], book.style("body"))


def _grid(book: Book, sheet: Sheet, n: int, row: HelpRow, _: dict[str, str]) -> None:
    head = row.kind == "grid_head"
    for column, text in enumerate(row.texts, _LEFT):
        name = "table_head" if head else "body_bold" if column == _LEFT else "body"
        edge = {} if head else {"bottom": 1, "bottom_color": f"#{book.theme.line}"}
        sheet.write(n, column, text, book.style(name, **edge, valign="vcenter"))


def _wide(book: Book, sheet: Sheet, n: int, row: HelpRow, _: dict[str, str]) -> None:
    style = book.style("hint_wrapped" if row.kind == "source" else "body")
    sheet.merge(n, _LEFT, n, _RIGHT, row.texts[0], style)


def _gap(*_: Any) -> None:
    """Leave the row blank."""


_WRITERS = {
    "contents": _contents, "section": _heading, "group": _heading, "pair": _pair, "grid_head": _grid, "grid": _grid,
    "wide": _wide, "source": _wide, "gap": _gap,
}  # fmt: skip
