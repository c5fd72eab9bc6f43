"""The standard compensation of the chosen record, as formulas that say what `register/compensation.py` does."""

from __future__ import annotations

from registerkit.definition import Record
from registerkit.register import Standard, compensation_line, fits, if_judged, judged_by, standard_words
from registerkit.workbook.case_file_lines import PAIR, Item
from registerkit.workbook.case_file_routed import Cells, tests_as_one, when_tests
from registerkit.workbook.cell_texts import text_formula
from registerkit.workbook.content import WorkbookContent
from registerkit.workbook.hidden_plan import Block, HiddenPlanner
from registerkit.workbook.references import quote_text as text

__all__ = ["compensation_items"]

_JUDGEMENT = "judgement"


def compensation_items(content: WorkbookContent, hidden: HiddenPlanner, record: Record, cell: Cells) -> list[Item]:
    """Return the proposal with its rule, and what the record has otherwise; nothing where the office set none."""
    register, judgement, cost = content.register, content.definition.role("judgement"), content.definition.role("cost")
    rules = register.settings.compensations
    if not rules or judgement is None or cost is None:
        return []
    block, amount, words, now = hidden.block(), '""', '""', None
    for n in reversed(range(1, len(rules) + 1)):
        standard = Standard(n, rules[n - 1].amount)
        now = standard if record and fits(rules[n - 1].when, record) else now
        test = tests_as_one(when_tests(content, rules[n - 1].when, cell))
        amount = block.add(now.amount / 100 if now else None, f"IF({test},{standard.amount / 100:g},{amount})")
        told = standard_words(register, now) if now else None
        words = block.add(told, f"IF({test},{text(standard_words(register, standard))},{words})")
    shown = text_formula(cost, cell(cost), content.language)
    before, _, after = content.texts("compensation.other", told="", cost="\n").partition("\n")
    other = f'IF(OR({cell(cost)}="",{cell(cost)}={amount}),"",{text(before)}&{shown}&{text(after)})'
    formula = f'IF({words}<>"",{words}&{other},IF({cell(judgement)}="",{_if_judged(content, block, record, cell)},""))'
    taken, reopened = (content.definition.role(role) for role in ("taken_over_on", "reopened_on"))
    if taken and reopened:
        formula = f'IF(AND({cell(taken)}<>"",{cell(reopened)}=""),"",{formula})'
    complaint = register.complaints.get(str(record.get(content.main.key)))
    line = (compensation_line(register, complaint) if complaint else None) or ""
    return [Item(PAIR, content.texts("compensation.label"), line, formula)]


def _if_judged(content: WorkbookContent, block: Block, record: Record, cell: Cells) -> str:
    """Return the formula of what each judgement would give."""
    rules, between = content.register.settings.compensations, content.texts("compensation.and")
    parts = []
    for code in judged_by(rules):
        formula, now = '""', ""
        for rule in reversed(rules):
            if code in rule.when.get(_JUDGEMENT, (code,)):
                others = {role: codes for role, codes in rule.when.items() if role != _JUDGEMENT}
                told = between + if_judged(content.register, rule.amount, code)
                now = told if record and fits(others, record) else now
                formula = f"IF({tests_as_one(when_tests(content, others, cell))},{text(told)},{formula})"
        parts.append(block.add(now or None, formula))
    return f"MID({'&'.join(parts)},{len(between) + 1},9999)" if parts else '""'
