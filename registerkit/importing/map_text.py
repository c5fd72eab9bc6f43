"""Writes a mapping file with what was guessed, for a person to look over: what is not sure stands behind `# ?`."""

from __future__ import annotations

import json
from collections.abc import Iterator

from registerkit.definition import Definition, Field, Lookups
from registerkit.files import seen
from registerkit.importing.guess import ColumnGuess, Guess, TableGuess
from registerkit.texts import Texts

__all__ = ["map_text"]

_ASK = "# ? "
_SHOWN = 12
"""So many choices are named in a remark."""


def map_text(guess: Guess, texts: Texts, lookups: Lookups, definition: Definition, file: str, again: str) -> str:
    """Return the text of a mapping file about `file`, which is imported by the command `again`."""
    writer, file, again = _Writer(guess.table, texts, lookups, definition), seen(file), seen(again)
    head = [texts("import.map.head", file=file), texts("import.map.ask"), texts("import.map.try", again=again)]
    others = [texts("import.map.other", table=seen(each.name), n=len(each.rows)) for each in guess.others]
    return "\n".join([*(f"# {line}" for line in (*head, *others)), "", *writer.lines(), ""])


class _Writer:
    def __init__(self, table: TableGuess, texts: Texts, lookups: Lookups, definition: Definition) -> None:
        self.table, self.texts, self.lookups = table, texts, lookups
        self.main, self.rest = definition.main_id, definition.role("remarks")
        self.where = f"tables.{_quoted(table.tables[0].name)}"

    def lines(self) -> Iterator[str]:
        table = self.table
        yield f"[{self.where}]"
        yield f"table = {_quoted(self.main)}"
        if len(table.tables) > 1:
            yield f"sheets = [{', '.join(_quoted(each.name) for each in table.tables)}]"
        if table.tables[0].header_row > 1:
            yield self._line(f"header = {table.tables[0].header_row}", "header")
        if table.key is not None:
            yield self._line(f"key = {_quoted(table.key)}", "key")
        else:
            yield f'{_ASK}key = ""   # {self.texts("import.map.no_key")}'
        yield self._line("history = true", "history")
        if self.rest is not None:
            yield self._line(f"rest = {_quoted(self._label(self.rest))}", "rest")
        if table.skip:
            yield self._line(f"skip = [{', '.join(map(_quoted, table.skip))}]", "skip")
        yield ""
        yield f"[{self.where}.columns]"
        plain = [c for c in table.columns if c.field is not None and not self._has_more(c)]
        for column in plain:
            yield self._column(column)
        for column in (c for c in table.columns if c.field is None):
            yield f"# {_quoted(column.column)}: {self.texts('import.map.nowhere', n=column.filled)}"
        for column in (c for c in table.columns if c.field is not None and self._has_more(c)):
            yield from self._field(column)
        for field in table.missing:
            if not any(c.field is field and self._has_more(c) for c in table.columns):
                yield from self._missing(field)

    def _line(self, setting: str, remark: str) -> str:
        return f"{setting}   # {self.texts(f'import.map.{remark}')}"

    @staticmethod
    def _has_more(column: ColumnGuess) -> bool:
        return bool(column.joined or column.dates or any(not choice.is_known for choice in column.choices))

    def _label(self, field: Field) -> str:
        return field.labels[self.lookups.language]

    def _column(self, column: ColumnGuess) -> str:
        assert column.field is not None
        told = self.texts("import.map.filled", n=column.filled)
        if column.others:
            told += "; " + self.texts("import.map.or", fields=", ".join(map(self._label, column.others)))
        ask = "" if column.is_sure else _ASK
        return f"{ask}{_quoted(column.column)} = {_quoted(self._label(column.field))}   # {told}"

    def _field(self, column: ColumnGuess) -> Iterator[str]:
        assert column.field is not None
        ask = "" if column.is_sure else _ASK
        where = f"{self.where}.fields.{_quoted(self._label(column.field))}"
        yield ""
        yield f"{ask}[{where}]"
        told = f"   # {self.texts('import.map.filled', n=column.filled)}"
        if column.joined:
            yield f"{ask}columns = [{', '.join(map(_quoted, column.joined))}]{told}"
        else:
            yield f"{ask}column = {_quoted(column.column)}{told}"
        if column.dates:
            in_doubt = _ASK if column.is_mixed and not ask else ask
            yield self._line(f"{in_doubt}dates = {_quoted(column.dates)}", "mixed" if column.is_mixed else column.dates)
        unknown = [choice for choice in column.choices if not choice.is_known]
        if unknown:
            yield f"{ask}[{where}.values]"
            if any(not choice.is_sure for choice in unknown) and self._choices(column.field):
                yield f"# {self.texts('import.map.choose', choices=self._choices(column.field))}"
        for choice in unknown:
            sure = "" if choice.is_sure and not ask else _ASK
            told = self.texts("import.map.times", n=choice.n)
            yield f"{sure}{_quoted(choice.text)} = {_quoted(choice.label or '')}   # {told}"

    def _choices(self, field: Field) -> str:
        labels = self.lookups.labels(field.choices or "") if field.kind == "choice" else self.lookups.names()
        return ", ".join(labels[:_SHOWN]) + (", …" if len(labels) > _SHOWN else "")

    def _missing(self, field: Field) -> Iterator[str]:
        where = f"{self.where}.fields.{_quoted(self._label(field))}"
        yield ""
        yield f"# {self.texts('import.map.missing', label=self._label(field))}"
        yield f"{_ASK}[{where}]"
        told = f"   # {self.texts('import.map.choose', choices=self._choices(field))}" if field.kind == "choice" else ""
        yield f'{_ASK}value = ""{told}'


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
