"""A thin layer over XlsxWriter: formats made once, every return code checked, user text never taken for a formula."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from xlsxwriter.exceptions import FileCreateError, XlsxInputError, XlsxWriterException
from xlsxwriter.image import Image

from registerkit.errors import FileError
from registerkit.excel.theme_part import theme_part
from registerkit.excel.worksheet import (
    CellContent,
    CellRefusedError,
    KitSheet,
    KitWorkbook,
    Row,
    as_written,
    cached,
)
from registerkit.ooxml import address
from registerkit.theme import Theme

__all__ = ["Book", "BuildError", "Sheet", "checked"]


class BuildError(FileError):
    """A workbook cannot be built, because a value or a name does not fit in the file format."""

    code = "build"


def checked(code: Any, where: str) -> None:
    """Turn a return code of XlsxWriter that says "not written" into an error."""
    if isinstance(code, int) and code < 0:
        raise BuildError(where=where, problem=code)


def _guarded(method: Callable[..., Any], sheet: str) -> Callable[..., Any]:
    """Return a method of XlsxWriter that says where, when it refuses, warns or fails."""

    def call(*arguments: Any, **options: Any) -> Any:
        where = sheet if method.__name__.startswith("set_") else f"{sheet} {_place(arguments)}".strip()
        try:
            code = method(*arguments, **options)
        except (Warning, XlsxWriterException, ValueError) as problem:
            raise BuildError(where=f"{where} ({problem})", problem=str(problem)) from problem
        checked(code, where)
        return code

    return call


def _place(arguments: tuple[Any, ...]) -> str:
    """Name the cells that a call is about: a reference, or a row and a column in front."""
    match arguments:
        case (str() as ref, *_):
            return ref
        case (int() as row, int() as column, *_):
            return address(row + 1, column)
    return ""


def _internal(sheet: str, cell: str) -> str:
    return "internal:'" + sheet.replace("'", "''") + f"'!{cell}"


class Book:
    """The workbook being built; formats are made once per set of properties.

    To be used in a `with` block, which writes the file at its end. XlsxWriter only warns when it leaves something out;
    in the block that is a `BuildError`. `styles` are the user's own, by name; `target` is the file that messages name.
    """

    def __init__(
        self,
        out: Path | BytesIO,
        theme: Theme,
        styles: Mapping[str, Mapping[str, Any]] | None = None,
        target: Path | None = None,
    ) -> None:
        self.theme = theme
        self._styles = styles or {}
        self._target = target
        options = {
            "default_format_properties": {"font_name": theme.font, "font_size": 11},
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "in_memory": isinstance(out, BytesIO),
        }
        self.file = KitWorkbook(out, options)
        self.file.use_custom_theme(theme_part(theme))
        self._warnings = warnings.catch_warnings()
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}

    def __enter__(self) -> Self:
        self._warnings.__enter__()
        warnings.simplefilter("error", UserWarning)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, at: TracebackType | None
    ) -> None:
        try:
            if problem is None:
                self.file.close()
        except (Warning, XlsxInputError) as found:
            problem = found
        except FileCreateError as found:
            if found.args and isinstance(found.args[0], OSError):
                raise found.args[0] from None
            raise
        finally:
            self._warnings.__exit__(kind, problem, at)
        if isinstance(problem, Warning | XlsxInputError):
            raise BuildError(self._target, where=str(problem), problem=str(problem)) from problem
        if isinstance(problem, BuildError) and self._target is not None:
            problem.file = str(self._target)

    def describe(self, title: str, author: str, made: date, properties: Mapping[str, str] | None = None) -> None:
        """Fill in the file's own properties, and others that only programs look at."""
        created = datetime.combine(made, time())
        self.file.set_properties({"title": title, "company": author, "author": author, "created": created})
        for name, value in (properties or {}).items():
            checked(self.file.set_custom_property(name, value, "text"), name)

    def style(self, name: str, **changes: Any) -> Any:
        """Return the format of a named style, with changes."""
        return self.format({**self._styles[name], **changes})

    def format(self, properties: Mapping[str, Any]) -> Any:
        """Return the format with these properties."""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self.file.add_format(dict(properties))
        return self._formats[key]

    def sheet(self, name: str) -> Sheet:
        """Add a sheet."""
        return Sheet(self, self.file.add_worksheet(name, KitSheet), name)

    def chart(self, kind: str) -> Any:
        """Make a chart, "bar" or "column", to be put on a sheet."""
        return self.file.add_chart({"type": kind})

    def name(self, name: str, formula: str) -> None:
        """Define a name in the whole workbook; `formula` comes without the leading `=`."""
        _guarded(self.file.define_name, "")(name, f"={formula}")


class Sheet:
    """One sheet; rows and columns count from 0. It has XlsxWriter's other methods too, checked like its own."""

    def __init__(self, book: Book, file: Any, name: str) -> None:
        self.book = book
        self.file = file
        self.name = name

    def __getattr__(self, method: str) -> Any:
        return _guarded(getattr(self.file, method), self.name)

    def write(self, row: int, column: int, value: CellContent, style: Any) -> None:
        """Write a value as what it is: text always as text, even when it begins with `=`."""
        if code := self._write(row, column, value, style):
            checked(code, self.at(row, column))

    def _write(self, row: int, column: int, value: CellContent, style: Any) -> Any:
        written = as_written(value)
        if written == "":
            return self.file.write_blank(row, column, None, style)
        if isinstance(written, str):
            return self.file.write_string(row, column, written, style)
        return self.file.write_number(row, column, written, style)

    def formula(self, row: int, column: int, formula: str, value: CellContent, style: Any) -> None:
        """Write a formula, without the leading `=`, with the value it has now."""
        if code := self.file.write_formula(row, column, f"={formula}", style, cached(value)):
            checked(code, self.at(row, column))

    def rows(self, first: int, rows: Iterable[Row], blanks: Sequence[bool]) -> None:
        """Write the rows of a table, with the height of each; `blanks` names the columns whose empty cells are kept.

        The other empty cells are not in the file: they look as their column does.
        """
        try:
            self.file.write_block(first, rows, blanks)
        except CellRefusedError as refused:
            raise BuildError(where=self.at(refused.row, refused.column), problem=str(refused)) from refused

    def array_formula(self, row: int, column: int, formula: str, value: CellContent, style: Any) -> None:
        """Write a formula that looks at ranges cell by cell, with the value it has now."""
        code = self.file.write_array_formula(row, column, row, column, f"{{={formula}}}", style, cached(value))
        checked(code, self.at(row, column))

    def merge(self, row: int, column: int, last_row: int, last_column: int, value: CellContent, style: Any) -> None:
        """Merge a block of cells and write its value; one cell alone is just written."""
        if (row, column) != (last_row, last_column):
            self.merge_range(row, column, last_row, last_column, "", style)
        self.write(row, column, value, style)

    def picture(self, row: int, column: int, path: Path, most: tuple[int, int], description: str) -> float:
        """Put a picture near the corner of a cell, as large as it may be; gives how wide it is, in pixels."""
        picture = Image(str(path))
        width, height = picture.width / picture.x_dpi * 96, picture.height / picture.y_dpi * 96
        scale = min(most[0] / width, most[1] / height)
        place = {"object_position": 1, "x_scale": scale, "y_scale": scale, "x_offset": 4, "y_offset": 2}
        self.insert_image(row, column, str(path), {**place, "description": description})
        return float(width * scale)

    def link(
        self, row: int, column: int, sheet: str, text: str, style: Any, cell: str = "A1", tip: str | None = None
    ) -> None:
        """Write a link to a cell of a sheet, its top when none is named; `tip` shows when the mouse rests on it."""
        self.write_url(row, column, _internal(sheet, cell), style, text, tip)

    def floating_link(self, row: int, column: int, sheet: str, text: str, cell: str, place: Mapping[str, int]) -> None:
        """Put a link in a text box over the cells: on a protected sheet a cell that is locked cannot be clicked."""
        options = {
            **place,
            "url": _internal(sheet, cell),
            "font": {
                "name": self.book.theme.font,
                "size": 10,
                "underline": True,
                "color": f"#{self.book.theme.accent_ink}",
            },
            "align": {"vertical": "bottom", "text": "right"},
            "fill": {"none": True},
            "line": {"none": True},
            "description": text,
        }
        self.insert_textbox(row, column, text, options)

    def columns(self, *widths: float) -> None:
        """Set the widths of the first columns, in characters."""
        for column, width in enumerate(widths):
            self.set_column(column, column, width)

    def height(self, row: int, points: float, *, hidden: bool = False) -> None:
        """Set the height of a row, which a filter may hide."""
        self.set_row(row, points, None, {"hidden": True} if hidden else None)

    def validate(self, ref: str, options: Mapping[str, Any]) -> None:
        """Add a data validation."""
        self.data_validation(ref, dict(options))

    def highlight(self, ref: str, condition: str, properties: Mapping[str, Any], *, stop: bool = False) -> None:
        """Colour cells for which a formula holds, written for the first cell of `ref`, without the leading `=`."""
        options = {
            "type": "formula",
            "criteria": f"={condition}",
            "format": self.book.format(properties),
            "stop_if_true": stop,
        }
        self.conditional_format(ref, options)

    def table(self, ref: str, options: Mapping[str, Any]) -> None:
        """Make a range an Excel table."""
        self.add_table(ref, dict(options))

    def page(self, footer: str, *, landscape: bool = True, one_page: bool = False) -> None:
        """Set the sheet up for printing: A4, one page wide, with page numbers; hides the grid lines."""
        self.file.set_paper(9)
        if landscape:
            self.file.set_landscape()
        self.file.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        self.file.fit_to_pages(1, 1 if one_page else 0)
        self.file.set_footer(footer, {"scale_with_doc": False})
        self.file.hide_gridlines(2)

    def at(self, row: int, column: int) -> str:
        """Name a cell for a message."""
        return f"{self.name} {address(row + 1, column)}"
