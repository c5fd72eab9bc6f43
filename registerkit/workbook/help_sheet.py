"""Writes the help: the procedure with the office's own terms, good habits, and what each field is for."""

from __future__ import annotations

from math import ceil

from registerkit.terms import has_terms
from registerkit.workbook.book import Book, Sheet
from registerkit.workbook.content import WorkbookContent

__all__ = ["write_help"]

_TITLE, _TEXT = 1, 2
_TITLE_WIDTH, _TEXT_WIDTH = 30, 92
_LINE = 15.0
_SECTIONS = ("procedure", "phone", "gift", "guidelines", "cooling", "fuelling", "techniques")


def write_help(book: Book, content: WorkbookContent, name: str) -> None:
    """Write the sheet."""
    sheet, texts = book.sheet(name), content.texts
    sheet.columns(2, _TITLE_WIDTH, _TEXT_WIDTH)
    sheet.height(0, 30)
    sheet.write(0, 1, name, book.style("title"))
    sheet.write(1, 1, texts("workbook.hint.help"), book.style("hint"))
    writer = _Writer(book, content, sheet)
    writer.rows("using")
    if has_terms(content.definition):
        for section in _SECTIONS:
            writer.rows(section)
    writer.fields()
    sheet.page(texts("workbook.page.footer", sheet=name), landscape=False)


class _Writer:
    def __init__(self, book: Book, content: WorkbookContent, sheet: Sheet) -> None:
        self.book = book
        self.content = content
        self.sheet = sheet
        self.row = 3

    def rows(self, section: str) -> None:
        """Write a section of the help texts: a title, a line of introduction where there is one, numbered entries."""
        texts, values = self.content.texts, self._values()
        self._section(texts(f"help.{section}.title", **values))
        intro = f"help.{section}.intro"
        if intro in texts:
            self._wide(texts(intro, **values))
        n = 1
        while f"help.{section}.{n}.title" in texts:
            name, text = f"help.{section}.{n}.title", f"help.{section}.{n}.text"
            self._pair(texts(name, **values), texts(text, **values))
            n += 1
        source = f"help.{section}.source"
        if source in texts:
            self._wide(texts(source), quiet=True)
        self.row += 1

    def fields(self) -> None:
        """Write what each field of each table is for."""
        language = self.content.language
        for table in self.content.definition.tables.values():
            explained = [f for f in table.fields if f.help.get(language) and not f.hidden]
            if not table.in_sheet or not explained:
                continue
            self._section(self.content.texts("help.fields.title", sheet=table.sheet[language]))
            for field in explained:
                self._pair(field.labels[language], field.help[language])
            self.row += 1

    def _values(self) -> dict[str, str]:
        texts, profile = self.content.texts, self.content.policy.default
        none = texts("help.no_term")
        acknowledge = texts("help.working_days", number=profile.acknowledge_working_days)
        return {
            "many": self.content.main.excel[self.content.language].lower(),
            "one": self.content.main.labels[self.content.language].lower(),
            "acknowledge": acknowledge if profile.acknowledge_working_days else texts("help.at_once"),
            "answer": profile.answer.show(texts),
            "extension": profile.extension.show(texts) if profile.extension.number else none,
            "aftercare": texts("help.working_days", number=profile.aftercare_working_days),
            "warn": texts("help.working_days", number=profile.warn_working_days),
            "profile": texts(f"terms.profile.{profile.name}"),
        }

    def _section(self, title: str) -> None:
        self.sheet.height(self.row, 26)
        for column in (_TITLE, _TEXT):
            style = self.book.style("section", valign="bottom")
            self.sheet.write(self.row, column, title if column == _TITLE else None, style)
        self.sheet.height(self.row + 1, 5)
        self.row += 2

    def _pair(self, title: str, text: str) -> None:
        lines = max(_lines(title, _TITLE_WIDTH), _lines(text, _TEXT_WIDTH))
        self.sheet.height(self.row, lines * _LINE + 3)
        self.sheet.write(self.row, _TITLE, title, self.book.style("body_bold"))
        self.sheet.write(self.row, _TEXT, text, self.book.style("body"))
        self.row += 1

    def _wide(self, text: str, *, quiet: bool = False) -> None:
        lines = _lines(text, _TITLE_WIDTH + _TEXT_WIDTH)
        self.sheet.height(self.row, lines * _LINE + 3)
        style = self.book.style("hint_wrapped" if quiet else "body")
        self.sheet.merge(self.row, _TITLE, self.row, _TEXT, text, style)
        self.row += 1


def _lines(text: str, width: float) -> int:
    """Estimate how many lines a text takes in a cell of so many characters."""
    return sum(max(1, ceil(len(line) / (width * 1.2))) for line in text.split("\n"))
