"""Checks of formulas, wherever they stand."""

from __future__ import annotations

import re

from ooxml_lint.fault import Faults
from ooxml_lint.formula_grammar import Problem, check_grammar
from ooxml_lint.formula_references import Known, check_references
from ooxml_lint.formula_tokens import tokens_of

__all__ = ["LONGEST", "FormulaChecks", "same_formula", "without_rows"]

LONGEST = 8192
"""Characters that a formula can have."""

_ROW = re.compile(r"(?<![\w.'\[])(\$?[A-Z]{1,3})\$?[1-9][0-9]{0,5}(?![\w(.!'\[])")


def without_rows(formula: str) -> str:
    """Give a formula with the rows of its cells left out: equal for the formulas of one column."""
    return _ROW.sub(r"\1#", formula)


class FormulaChecks:
    """Checks formulas against what the workbook holds; one text is looked at once."""

    def __init__(self, known: Known, faults: Faults) -> None:
        self._known, self._faults = known, faults
        self._problems: dict[tuple[str, int | None, str], list[Problem]] = {}
        self._told: set[tuple[str, str, str, str]] = set()

    def check(
        self, text: str, part: str, place: str, scope: int | None, structured: bool = True, totals_of: str = ""
    ) -> None:
        """Check one formula on the sheet `scope`; what is wrong with a text is told once per part.

        `structured` tells whether Excel takes structured references where it stands, `totals_of` the table whose
        totals row it stands in.
        """
        for code, detail in self._problems_of(text, scope, totals_of):
            self._tell(code, part, place, detail, text)
        if not structured and any(token.kind == "structured" for token in tokens_of(text)):
            self._tell("structured_place", part, place, text[:120], text)

    def _tell(self, code: str, part: str, place: str, detail: str, text: str) -> None:
        if (key := (code, part, detail, without_rows(text))) not in self._told:
            self._told.add(key)
            self._faults.add(code, part, place, detail)

    def _problems_of(self, text: str, scope: int | None, totals_of: str) -> list[Problem]:
        key = text, scope, totals_of
        if key not in self._problems:
            self._problems[key] = self._find(text, scope, totals_of)
        return self._problems[key]

    def _find(self, text: str, scope: int | None, totals_of: str) -> list[Problem]:
        problems: list[Problem] = []
        if len(text) > LONGEST:
            problems.append(("formula_length", f"{len(text)} characters"))
        tokens = tokens_of(text)
        return problems + check_grammar(tokens) + check_references(tokens, self._known, scope, totals_of)


def same_formula(one: str, other: str) -> bool:
    """Tell whether two formulas of a table's column differ in no more than how they spell structured references."""
    return _plain(one) == _plain(other)


def _plain(formula: str) -> str:
    tokens = [token for token in tokens_of(without_rows(formula)) if token.kind != "space"]
    return "".join(_short(t.text) if t.kind == "structured" else t.text.casefold() for t in tokens)


def _short(reference: str) -> str:
    """Give a structured reference in its shortest form: `[@x]` for a cell of the same row."""
    text = "[" + reference.partition("[")[2].casefold()
    return text.replace("[#this row],", "@").replace("[", "").replace("]", "")
