"""Plans the sheet that shows one record as a case file: a summary, its story by day, and what else is filled in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from registerkit.workbook.case_file_finds import Finder
from registerkit.workbook.case_file_lines import Line, set_lines
from registerkit.workbook.case_file_story import Story, Told
from registerkit.workbook.content import WorkbookContent
from registerkit.workbook.figures import Facts
from registerkit.workbook.hidden_plan import HiddenPlanner
from registerkit.workbook.next_steps import step_formula, step_now
from registerkit.workbook.plan import PlacedCell
from registerkit.workbook.references import quote_text as text
from registerkit.workbook.references import run_of
from registerkit.workbook.sheet_names import SheetNames
from registerkit.workbook.start_plan import StartPlan

__all__ = ["ASK_NUMBER", "FIRST_LINE", "LEFT", "LINES", "RIGHT", "SUMMARY_ROW", "FilePlan", "file_plan"]

ASK_NUMBER = "ask_number"
"""The name of the cell in which one types what to show."""
SUMMARY_ROW, FIRST_LINE = 3, 8
LINES = 100
"""As many lines as two pages hold."""
LEFT, RIGHT = (1, 2), (4, 5)
"""The columns of label and text of both streams, from 0."""
_WIDE = (53, 24)
"""How many characters a line of each stream takes."""


@dataclass
class FilePlan:
    """The sheet's cells, what was typed, and the cells that say what each line is."""

    name: str
    typed: str | None
    cells: list[PlacedCell] = field(default_factory=list)
    kinds: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
    """Per stream the cells of the hidden sheet with the kind of each line."""
    last: tuple[str, int] = ("1", 1)
    """The cell with how many lines are filled, and how many there are now."""


def file_plan(content: WorkbookContent, facts: Facts, hidden: HiddenPlanner, start: StartPlan) -> FilePlan:
    """Plan the sheet for what was asked for, else for the most urgent record."""
    finder = Finder(content, facts, hidden.block(), ASK_NUMBER, start)
    name = SheetNames(content.definition, content.texts).file
    plan = FilePlan(name, content.asked.get("number"))
    story = Story(content, finder, hidden)
    _Planner(content, finder, story, plan).summary()
    left = set_lines(hidden, story.text_items(), _WIDE[0], LINES)
    right = set_lines(hidden, story.fact_items(), _WIDE[1], LINES)
    for lines, columns in ((left, LEFT), (right, RIGHT)):
        for n, line in enumerate(lines):
            _place(plan, FIRST_LINE + n, columns, line)
    plan.kinds = (tuple(line.kind[0] for line in left), tuple(line.kind[0] for line in right))
    plan.last = _last(hidden, left, right)
    return plan


def _place(plan: FilePlan, row: int, columns: tuple[int, int], line: Line) -> None:
    for column, (formula, value), style in zip(
        columns, (line.label, line.text), ("line_label", "line_text"), strict=True
    ):
        plan.cells.append(PlacedCell(row, column, value or None, style, f'{formula}&""'))


def _last(hidden: HiddenPlanner, left: Sequence[Line], right: Sequence[Line]) -> tuple[str, int]:
    """Plan the cell that says how many lines are filled."""
    found = [max((n for n, line in enumerate(lines, 1) if line.kind[1]), default=1) for lines in (left, right)]
    spans = [run_of([line.kind[0] for line in lines]) for lines in (left, right)]
    ends = [f'IFERROR(MAX(({span}<>"")*(ROW({span})-1)),0)' for span in spans]
    block = hidden.block()
    return block.add(max(1, *found), f"MAX(1,{','.join(ends)})", array=True), max(1, *found)


class _Planner:
    def __init__(self, content: WorkbookContent, finder: Finder, story: Story, plan: FilePlan) -> None:
        self.content = content
        self.finder = finder
        self.story = story
        self.plan = plan

    def summary(self) -> None:
        """Write who, what, how it stands and the next step, with what decides about it at the right."""
        number = Told(self.finder.asked, self.finder.number or "")
        self._line(SUMMARY_ROW, self._or_nothing(self._joined([number, self.story.told("name")], "   ")), "file_title")
        self._line(SUMMARY_ROW + 1, self._joined([self.story.told(r) for r in ("category", "subject")], ", "))
        self._line(SUMMARY_ROW + 2, self._joined([self.story.told(r) for r in ("phone", "email")], "   "))
        self._line(SUMMARY_ROW + 3, self._step(), "file_step")
        self._put(SUMMARY_ROW, RIGHT[0], self._signal(), "file_signal", RIGHT[1])
        for n, role in enumerate(("due_on", "handler", "status"), 1):
            told, found = self.story.told(role), self.content.definition.role(role)
            label = found.labels[self.content.language] if found else None
            self.plan.cells.append(PlacedCell(SUMMARY_ROW + n, RIGHT[0], label, "file_key"))
            self._put(SUMMARY_ROW + n, RIGHT[1], told or Told('""', ""), "file_value")
        self._hint()

    def _or_nothing(self, told: Told) -> Told:
        """Return who it is about; in a register without records, that there are none yet."""
        none = self.content.texts("workbook.overview.none", many=self.content.many)
        shown = f'IF(AND({self.finder.typed}="",{self.finder.chosen.cells[0]}=0),{text(none)},{told.formula})'
        is_none = not self.content.asked.get("number", "").strip() and not self.finder.record
        return Told(shown, none if is_none else told.value)

    def _line(self, row: int, told: Told, style: str = "file_summary") -> None:
        self._put(row, LEFT[0], told, style, LEFT[1])
        self.plan.cells.append(PlacedCell(row, LEFT[1] + 1, None, "file_summary"))

    def _put(self, row: int, column: int, told: Told, style: str, last: int | None = None) -> None:
        self.plan.cells.append(PlacedCell(row, column, told.value or None, style, told.formula, last_column=last))

    def _joined(self, parts: Sequence[Told | None], between: str) -> Told:
        known = [part for part in parts if part is not None]
        formula, value = known[0].formula if known else '""', known[0].value if known else ""
        for part in known[1:]:
            both = f'IF(OR({formula}="",{part.formula}=""),"",{text(between)})'
            formula = f"{formula}&{both}&{part.formula}"
            value += (between if value and part.value else "") + part.value
        return Told(formula, value)

    def _signal(self) -> Told:
        signal, days = self.story.told("signal"), self.content.definition.role("days_left")
        if signal is None or days is None:
            return signal or Told('""', "")
        texts, cell = self.content.texts, self.story.cell(days)
        late, left, one = (texts(f"workbook.file.{name}") for name in ("days_late", "days_left", "one_day"))
        before, _, after = left.partition("\n")
        number = f"IF(ABS({cell})=1,{text(one)},IF({cell}<0,-{cell}&{text(late)},{text(before)}&{cell}&{text(after)}))"
        formula = f'{signal.formula}&IF(N({cell})=0,"",": "&{number})'
        record = self.content.live_row(self.finder.record) if self.finder.record else {}
        now = record.get(days.id)
        if not isinstance(now, int) or now == 0:
            return Told(formula, signal.value)
        told = one if abs(now) == 1 else f"{-now}{late}" if now < 0 else f"{before}{now}{after}"
        return Told(formula, f"{signal.value}: {told}")

    def _step(self) -> Told:
        if self.content.definition.role("signal") is None:
            return Told('""', "")
        told = self.content.texts("workbook.file.step")
        formula = step_formula(self.content, self.story.cell)
        shown = f'IF({self.finder.chosen.cells[0]}=0,"",{text(told + " ")}&{formula})'
        return Told(shown, f"{told} {step_now(self.content, self.finder.record)}" if self.finder.record else "")

    def _hint(self) -> None:
        """Say what stands here, or that nothing was found."""
        texts, asked = self.content.texts, self.finder.typed
        none, usual = texts("workbook.file.nothing"), texts("workbook.hint.file", one=self.content.one)
        shown = f'IF(AND({asked}<>"",{self.finder.chosen.cells[0]}=0),{text(none)},{text(usual)})'
        value = none if self.content.asked.get("number", "").strip() and not self.finder.record else usual
        self.plan.cells.append(PlacedCell(1, LEFT[0], value, "hint", shown))
