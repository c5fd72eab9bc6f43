"""What the live columns of a file hold: today's formulas by their names, or whole in a file of before names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from registerkit.reading import RawTable, RawWorkbook
from registerkit.workbook import refers_to, row_names, same_formula

__all__ = ["LiveColumns"]


@dataclass(frozen=True)
class LiveColumns:
    """The formulas of one table in one file; `formulas` are today's, whole, by live field."""

    raw: RawTable
    file: RawWorkbook
    formulas: Mapping[str, str]
    language: str
    is_main: bool

    @cached_property
    def texts(self) -> Mapping[str, str]:
        """Today's formula of each live field as the file's cells hold it."""
        return {**self.formulas, **self._named}

    @cached_property
    def _named(self) -> Mapping[str, str]:
        """The names that the file has for formulas, by live field."""
        names = row_names(self.raw.table, self.language, is_main=self.is_main)
        return {f: name for f, name in names.items() if f in self.formulas and name in self.file.names}

    @cached_property
    def outdated(self) -> frozenset[str]:
        """The live fields whose column has another formula than today's; a program that keeps none tells nothing."""
        excel = self.raw.excel
        if excel is None or not self.file.stamp:
            return frozenset()
        there = dict(enumerate(excel.formulas, excel.first_column))
        own = {f: there.get(column) for f, column in self.raw.columns.items()}
        return frozenset(f for f, text in self.texts.items() if own.get(f) and own[f] != text)

    def renewed_names(self) -> dict[str, str]:
        """Return the names that stand for another formula than today's, for the columns as this file has them."""
        renewed = {}
        for field_id, name in self._named.items():
            wanted = refers_to(self.formulas[field_id], self.raw.table, self.language, self.raw.sheet, self.raw.columns)
            if wanted is not None and not same_formula(self.file.names[name], wanted):
                renewed[name] = wanted
        return renewed
