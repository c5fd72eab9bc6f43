"""By which rule of the office the chosen record came to its department, its handler and its priority, as formulas."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from registerkit.definition import Field, Record
from registerkit.register import ROUTED, fits_rule, is_taken_over, named_by, rule_condition
from registerkit.settings import Routing
from registerkit.workbook.case_file_lines import PAIR, Item
from registerkit.workbook.cell_texts import shown_text
from registerkit.workbook.content import WorkbookContent
from registerkit.workbook.hidden_plan import HiddenPlanner
from registerkit.workbook.references import quote_text as text

__all__ = ["Cells", "routed_items", "tests_as_one", "when_tests"]

Cells = Callable[[Field], str]


def routed_items(content: WorkbookContent, hidden: HiddenPlanner, record: Record, cell: Cells) -> list[Item]:
    """Return what rules can say of the record, each with its rule; `cell` gives the cell of its value of a field."""
    items = []
    for role in ROUTED:
        field = content.definition.role(role)
        rules = [(n, rule) for n, rule in enumerate(content.register.settings.routing, 1) if getattr(rule, role)]
        if field is not None and rules:
            items.append(_Chain(content, hidden, record, cell, field).item(rules))
    return items


class _Chain:
    """The rules about one field: each cell tells what its rule says when that fits, else what the next one told."""

    def __init__(
        self, content: WorkbookContent, hidden: HiddenPlanner, record: Record, cell: Cells, field: Field
    ) -> None:
        self.content = content
        self.block = hidden.block()
        self.record = record
        self.cell = cell
        self.field = field
        self.shown = cell(field)
        self.now = shown_text(field, record.get(field.id), content.lookups)

    def item(self, rules: Sequence[tuple[int, Routing]]) -> Item:
        """Return what is told in the end."""
        told, chain = self.now, f'{self.shown}&""'
        for n, rule in reversed(rules):
            named, test = named_by(self.content.register, rule, self.field.id), self._test(rule)
            if named is None or test is None:
                continue
            if fits_rule(rule, self.record):
                told = self._words("by_rule" if self.now == named else "chosen", n, rule, named).replace("\n", self.now)
            by_rule, chosen = (self._formula(name, n, rule, named) for name in ("by_rule", "chosen"))
            formula = f"IF({test},IF({self.shown}={text(named)},{by_rule},{chosen}),{chain})"
            chain = self.block.add(told or None, formula)
        if is_taken_over(self.record) or not self.now:
            told = self.now
        # What an earlier register said, no rule said.
        tests = [f'{self.shown}=""']
        days = [field for role in ("taken_over_on", "reopened_on") if (field := self.content.definition.role(role))]
        if len(days) > 1:
            tests.append(f'AND({self.cell(days[0])}<>"",{self.cell(days[1])}="")')
        formula = f'IF(OR({",".join(tests)}),{self.shown}&"",{chain})'
        return Item(PAIR, self.field.labels[self.content.language], told, formula)

    def _words(self, name: str, n: int, rule: Routing, named: str) -> str:
        """Return the sentence, with a line break where the value stands."""
        when = rule_condition(self.content.register, rule)
        return self.content.texts(f"routing.file.{name}", to="\n", rule=n, when=when, named=named)

    def _formula(self, name: str, n: int, rule: Routing, named: str) -> str:
        before, _, after = self._words(name, n, rule, named).partition("\n")
        parts = [text(before)] if before else []
        return "&".join([*parts, self.shown, text(after)])

    def _test(self, rule: Routing) -> str | None:
        """Return the test that a rule fits; None for one that names what the register has not."""
        if rule_condition(self.content.register, rule) is None:
            return None
        tests = when_tests(self.content, rule.when, self.cell)
        amount = self.content.definition.role("amount")
        if rule.amount_from is not None or rule.amount_below is not None:
            if amount is None:
                return None
            tests.append(f"ISNUMBER({self.cell(amount)})")
            tests.append(f"N({self.cell(amount)})>={(rule.amount_from or 0) / 100:g}")
            tests += [f"N({self.cell(amount)})<{rule.amount_below / 100:g}"] if rule.amount_below is not None else []
        return tests_as_one(tests)


def when_tests(content: WorkbookContent, when: Mapping[str, Collection[str]], cell: Cells) -> list[str]:
    """Return a test for each field of a rule: that it holds one of the labels."""
    tests = []
    for role, codes in when.items():
        field = content.definition.role(role)
        labels = (content.lookups.label(field.choices or "", code) for code in codes) if field else ()
        cells = [f"{cell(field)}={text(label)}" for label in labels if label and field]
        tests.append(cells[0] if len(cells) == 1 else f"OR({','.join(cells)})" if cells else "FALSE")
    return tests


def tests_as_one(tests: Sequence[str]) -> str:
    """Return the test that all of them hold."""
    return f"AND({','.join(tests)})" if tests else "TRUE"
