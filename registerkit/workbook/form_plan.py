"""Plans the intake form: which boxes stand where, in titled blocks of two columns, and what must be filled in."""

from __future__ import annotations

from dataclasses import dataclass

from registerkit.definition import Definition, Field
from registerkit.texts import Texts
from registerkit.workbook.references import quote_text

__all__ = ["Box", "FormPlan", "block_title", "form_plan", "missing_formula", "missing_text"]

LEFT, RIGHT = 1, 3
"""The two columns of boxes, from 0; a narrow one stands between."""

_OFFICE = "kantoor"
"""The block that the office fills in; it comes last."""
_FIRST_ROW = 4
_LARGE = 150.0
_SMALL = 44.0
_BOX = 22.0


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

    def box(self, field_id: str) -> Box | None:
        """Return the box of a field, or None when it is not on the form."""
        return next((box for box in self.boxes if box.field.id == field_id), None)


def form_plan(definition: Definition) -> FormPlan:
    """Lay the form out."""
    fields = [f for f in definition.main.fields if f.form and f.is_input]
    blocks = sorted(dict.fromkeys(f.form for f in fields), key=lambda block: block == _OFFICE)
    boxes: list[Box] = []
    titles: list[tuple[int, str]] = []
    row = _FIRST_ROW
    for block in blocks:
        titles.append((row, block))
        row = _place(boxes, [f for f in fields if f.form == block], row + 1)
    return FormPlan(tuple(boxes), tuple(titles), row + 1)


def _place(boxes: list[Box], fields: list[Field], row: int) -> int:
    """Place a block's boxes, a row of labels above each row of boxes; gives the next free row."""
    column = LEFT
    # Long texts come last in a block, so that short boxes stand side by side.
    for field in sorted(fields, key=lambda f: f.kind == "memo"):
        if field.kind == "memo":
            row += 2 if column == RIGHT else 0
            height = _LARGE if field.when == "intake" else _SMALL
            boxes.append(Box(field, row + 1, LEFT, RIGHT, height))
            row, column = row + 2, LEFT
        else:
            boxes.append(Box(field, row + 1, column, column, _BOX))
            row, column = (row, RIGHT) if column == LEFT else (row + 2, LEFT)
    return row + (2 if column == RIGHT else 0)


def missing_formula(plan: FormPlan, definition: Definition, texts: Texts) -> str:
    """Return the formula of what is still missing, each part with a comma and a space before it; "" when complete."""
    parts = [f'IF({box.name}="",{quote_text(", " + _small(box.field, texts))},"")' for box in _required(plan)]
    parts += [_any_of_formula(plan, groups, texts) for groups in _any_of(plan, definition)]
    return "&".join(parts) or '""'


def missing_text(plan: FormPlan, definition: Definition, texts: Texts) -> str:
    """Return what an empty form still misses."""
    words = [_small(box.field, texts) for box in _required(plan)]
    words += [_any_of_words(plan, groups, texts) for groups in _any_of(plan, definition)]
    return ", ".join(words)


def _required(plan: FormPlan) -> list[Box]:
    return [box for box in plan.boxes if box.field.when == "intake"]


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
        names.append(" + ".join(_small(box.field, texts) for box in boxes))
    return texts("workbook.form.or").join(names)


def _small(field: Field, texts: Texts) -> str:
    label = field.labels[texts.language]
    return label[0].lower() + label[1:]


def block_title(texts: Texts, block: str) -> str:
    """Return the title above a block of the form; a block the texts do not know is named as the definition has it."""
    name = f"workbook.form.block.{block}"
    return texts(name) if name in texts else block.capitalize()
