"""Plans the intake form: which boxes stand where, in titled blocks of four columns, and what must be filled in."""

from __future__ import annotations

from dataclasses import dataclass

from registerkit.definition import Definition, Field
from registerkit.texts import Texts
from registerkit.workbook.references import quote_text

__all__ = ["Box", "FormPlan", "block_title", "form_plan", "missing_formula", "missing_text", "office_open"]

COLUMNS = (1, 3, 5, 7)
"""The columns of boxes, from 0; narrow ones stand between."""
LEFT, HALF, RIGHT = COLUMNS[0], COLUMNS[2], COLUMNS[-1]

OFFICE = "kantoor"
"""The block that the office fills in; it comes last."""
LABEL = 13.0
"""The height of a row of labels, in points. All of the form is to be seen on one screen."""
_FIRST_ROW = 4
_LARGE = 76.0
_SMALL = 32.0
_BOX = 18.0


@dataclass(frozen=True)
class Box:
    """One box of the form, from `column` to `last_column`, with its label in the row above; counted from 0."""

    field: Field
    row: int
    column: int
    last_column: int
    height: float

    @property
    def name(self) -> str:
        """The defined name by which the box is read."""
        return f"in_{self.field.id}"


@dataclass(frozen=True)
class FormPlan:
    """The whole form; `blocks` are rows with the title's text name."""

    boxes: tuple[Box, ...]
    blocks: tuple[tuple[int, str], ...]
    status_row: int
    """What is still missing: below what whoever complains fills in, and above the office's part."""

    @property
    def last_row(self) -> int:
        """The last row that prints."""
        return max([self.status_row, *(box.row for box in self.boxes)])

    def box(self, field_id: str) -> Box | None:
        """Return the box of a field, or None when it is not on the form."""
        return next((box for box in self.boxes if box.field.id == field_id), None)


def form_plan(definition: Definition) -> FormPlan:
    """Lay the form out."""
    fields = [f for f in definition.main.fields if f.form and f.is_input]
    blocks = sorted(dict.fromkeys(f.form for f in fields), key=lambda block: block == OFFICE)
    boxes: list[Box] = []
    titles: list[tuple[int, str]] = []
    row, status_row = _FIRST_ROW, 0
    for block in blocks:
        if block == OFFICE:
            row, status_row = row + 3, row + 1
        titles.append((row, block))
        row = _place(boxes, [f for f in fields if f.form == block], row + 1)
    return FormPlan(tuple(boxes), tuple(titles), status_row or row + 1)


def _place(boxes: list[Box], fields: list[Field], row: int) -> int:
    """Place a block's boxes, a row of labels above each row of boxes; gives the next free row."""
    at = 0
    # Long texts come last in a block, so that short boxes stand side by side.
    for field in sorted(fields, key=lambda f: f.kind == "memo"):
        is_large = field.kind == "memo" and field.when == "intake"
        if at and (is_large or (field.kind == "memo" and COLUMNS[at] > HALF)):
            row, at = row + 2, 0
        last = RIGHT if field.kind == "memo" else COLUMNS[at]
        height = _LARGE if is_large else _SMALL if field.kind == "memo" else _BOX
        boxes.append(Box(field, row + 1, COLUMNS[at], last, height))
        row, at = (row + 2, 0) if last == RIGHT else (row, at + 1)
    return row + (2 if at else 0)


def missing_formula(plan: FormPlan, definition: Definition, texts: Texts, *, alone: bool) -> str:
    """Return the formula of what is still missing, each part with a comma and a space before it; "" when complete.

    On a form that stands `alone` the office's part is left to the office.
    """
    required = _required(plan, alone=alone)
    parts = [f'IF({box.name}="",{quote_text(", " + _named(box.field, texts))},"")' for box in required]
    parts += [_any_of_formula(plan, groups, texts) for groups in _any_of(plan, definition)]
    return "&".join(parts) or '""'


def missing_text(plan: FormPlan, definition: Definition, texts: Texts, *, alone: bool) -> str:
    """Return what an empty form still misses."""
    words = [_named(box.field, texts) for box in _required(plan, alone=alone)]
    words += [_any_of_words(plan, groups, texts) for groups in _any_of(plan, definition)]
    return ", ".join(words)


def office_open(plan: FormPlan) -> str | None:
    """Return the test that the office has something to fill in still; None when nothing is asked of it."""
    tests = [f'{box.name}=""' for box in plan.boxes if box.field.form == OFFICE and box.field.when == "intake"]
    return f"OR({','.join(tests)})" if tests else None


def _required(plan: FormPlan, *, alone: bool) -> list[Box]:
    asked = [box for box in plan.boxes if box.field.when == "intake"]
    return [box for box in asked if not alone or box.field.form != OFFICE]


def _any_of(plan: FormPlan, definition: Definition) -> list[tuple[tuple[str, ...], ...]]:
    rules = [r for r in definition.rules if r.kind == "any_of" and r.table == definition.main_id and r.when.is_empty]
    shown = {box.field.id for box in plan.boxes}
    return [rule.groups for rule in rules if all(f in shown for group in rule.groups for f in group)]


def _any_of_formula(plan: FormPlan, groups: tuple[tuple[str, ...], ...], texts: Texts) -> str:
    blank = []
    for group in groups:
        tests = [f'in_{field_id}=""' for field_id in group]
        blank.append(tests[0] if len(tests) == 1 else f"OR({','.join(tests)})")
    words = quote_text(", " + _any_of_words(plan, groups, texts))
    return f'IF(AND({",".join(blank)}),{words},"")'


def _any_of_words(plan: FormPlan, groups: tuple[tuple[str, ...], ...], texts: Texts) -> str:
    names = []
    for group in groups:
        boxes = [box for field_id in group if (box := plan.box(field_id))]
        names.append(" + ".join(_named(box.field, texts) for box in boxes))
    return texts("workbook.form.or").join(names)


def _named(field: Field, texts: Texts) -> str:
    return texts("workbook.form.asked", label=field.asked(texts.language))


def block_title(texts: Texts, block: str) -> str:
    """Return the title above a block of the form; a block the texts do not know is named as the definition has it."""
    name = f"workbook.form.block.{block}"
    return texts(name) if name in texts else block.capitalize()
