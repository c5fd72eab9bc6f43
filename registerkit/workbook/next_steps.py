"""What to do next about a complaint, in the words of the workbook: as a formula, and as it is now."""

from __future__ import annotations

from collections.abc import Callable

from registerkit.definition import Field, Record
from registerkit.register import next_step_name, written
from registerkit.workbook.content import WorkbookContent
from registerkit.workbook.references import quote_text
from registerkit.workbook.state_formulas import StateCells

__all__ = ["step_formula", "step_now"]

_ENDED = ("status", "solution")
"""What is told of a complaint that is closed, in place of a step."""


def step_formula(content: WorkbookContent, place: Callable[[Field], str]) -> str:
    """Return the next step about the complaint whose cells `place` gives; of a closed one how it ended."""
    rules, texts = content.register.rules, content.texts
    cells = StateCells(rules.definition, rules.lookups, rules.sent_when_made, place)
    formula = cells.next_step(lambda name: quote_text(texts(f"workbook.step.{name}")))
    ended = cells.has_code("signal", "closed")
    status, solution = (cells.cell(role) for role in _ENDED)
    end = f'{status}&IF({solution}="","",", "&{solution})' if status and solution else status or '""'
    return f"IF({ended},{end},{formula})" if ended else f'{end}&""'


def step_now(content: WorkbookContent, record: Record) -> str | None:
    """Return what the formula gives for a record on the day."""
    complaint = content.register.complaints.get(str(record.get(content.main.key)))
    if complaint is None:
        return None
    if not complaint.state.is_open or not content.register.has("signal"):
        fields = (content.definition.role(role) for role in _ENDED)
        told = [written(f, record.get(f.id), content.lookups) for f in fields if f]
        return ", ".join(part for part in told if part)
    name = next_step_name(complaint)
    first = complaint.awaits_acknowledgement and name != "acknowledge"
    say = content.texts
    return (say("workbook.step.acknowledge_first") if first else "") + say(f"workbook.step.{name}")
