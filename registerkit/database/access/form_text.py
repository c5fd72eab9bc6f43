"""The intake form and a report as texts that Access itself loads (`LoadFromText`): no file of Access's is needed.

The text is what Access writes when it saves a form as text: blocks with properties, one a line, and blocks within.
Measures are twips, of which 567 make a centimetre. None of it has been opened in Access itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from registerkit.database.access.layout import AccessColumn, AccessPlan, AccessTable
from registerkit.database.access.queries import AccessQuery
from registerkit.definition import Definition
from registerkit.texts import Texts
from registerkit.workbook.form_plan import LEFT, Box, block_title, form_plan

__all__ = ["form_text", "report_text"]

_YES = "NotDefault"
"""How a property is written that is simply so, or simply not so, otherwise than usual."""
_HEAD = "Version =20\nVersionRequired =20\n"
_EDGE, _HALF, _WHOLE = 300, 4600, 9500
_LABEL, _LINE, _GAP, _TITLE = 260, 340, 100, 420
_TWIPS = 15
"""A box of the workbook's form is so many points high; a point is 20 twips, and Access needs less."""
_STRIP = 1700
"""How wide a column of the report is."""


@dataclass(frozen=True)
class _Block:
    kind: str
    properties: Mapping[str, str | int]
    blocks: Sequence[_Block] = field(default_factory=tuple)

    def lines(self, indent: int = 0) -> Iterator[str]:
        pad = " " * indent
        yield f"{pad}Begin {self.kind}".rstrip()
        for name, value in self.properties.items():
            yield f"{pad}    {name} ={_written(value)}"
        if self.blocks:
            yield f"{pad}    Begin"
            for block in self.blocks:
                yield from block.lines(indent + 8)
            yield f"{pad}    End"
        yield f"{pad}End"


def _written(value: str | int) -> str:
    if isinstance(value, int):
        return str(value)
    if value == _YES:
        return f" {value}"
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\r\n", "\n").replace("\n", "\\015\\012")
    return f'"{escaped}"'


def form_text(definition: Definition, plan: AccessPlan, texts: Texts) -> str:
    """Give the intake form: the boxes and blocks of the form in the workbook, one record at a time."""
    table = plan.table(definition.main_id)
    layout = form_plan(definition)
    tops = _tops(layout.boxes, [row for row, _ in layout.blocks])
    controls: list[_Block] = []
    for row, block in layout.blocks:
        controls.append(
            _label(f"rk_{block}", block_title(texts, block), _EDGE, tops[row], _WHOLE, _TITLE - _GAP, bold=True)
        )
    for n, box in enumerate(layout.boxes):
        controls.append(_control(table.by_field[box.field.id], box, tops[box.row], n))
    height = max((tops[box.row] + _height(box) for box in layout.boxes), default=0) + _EDGE
    title = _label("rk_title", plan.title, _EDGE, _GAP, _WHOLE, _TITLE, bold=True, size=16)
    properties: dict[str, str | int] = {
        "RecordSelectors": _YES,
        "DefaultView": 0,
        "Width": _EDGE + _WHOLE + _EDGE,
        "RecordSource": table.name,
        "Caption": plan.title,
    }
    sections = [
        _Block("FormHeader", {"Height": 700, "Name": "FormHeader"}, [title]),
        _Block("Section", {"Height": height, "Name": "Detail"}, controls),
    ]
    return _text(_Block("Form", properties, sections))


def report_text(query: AccessQuery, table: AccessTable, title: str) -> str:
    """Give a report of a query on a table: its columns side by side, a record a line."""
    by_name = {column.name: column for column in table.columns}
    places = {name: _EDGE + n * _STRIP for n, name in enumerate(query.columns)}
    heads = [
        _label(f"rk_{n}", by_name[name].caption, left, _GAP, _STRIP - _GAP, _LABEL, bold=True)
        for n, (name, left) in enumerate(places.items())
    ]
    cells = [_bound(by_name[name], _place(left, 40, _STRIP - _GAP, _LABEL)) for name, left in places.items()]
    width = 2 * _EDGE + _STRIP * len(places)
    head = _label("rk_title", query.name, _EDGE, _GAP, width - 2 * _EDGE, _TITLE, bold=True, size=16)
    sections = [
        _Block("FormHeader", {"Height": 700, "Name": "ReportHeader"}, [head]),
        _Block("PageHeader", {"Height": 460, "Name": "PageHeaderSection"}, heads),
        _Block("Section", {"Height": _LINE, "Name": "Detail"}, cells),
    ]
    return _text(_Block("Report", {"Width": width, "RecordSource": query.name, "Caption": title}, sections))


def _text(block: _Block) -> str:
    return _HEAD + "\n".join(block.lines()) + "\n"


def _tops(boxes: Sequence[Box], titles: Sequence[int]) -> dict[int, int]:
    """Give where each row of the workbook's form starts, from the top down; boxes with the label above them."""
    heights = dict.fromkeys(titles, _TITLE)
    for box in boxes:
        heights[box.row] = max(heights.get(box.row, 0), _height(box))
    tops, top = {}, _GAP
    for row in sorted(heights):
        tops[row] = top
        top += heights[row] + _GAP
    return tops


def _height(box: Box) -> int:
    return _LABEL + max(_LINE, round(box.height * _TWIPS))


def _control(column: AccessColumn, box: Box, top: int, n: int) -> _Block:
    """Give the control of a box, with its label above it."""
    left = _EDGE if box.column == LEFT else _EDGE + _WHOLE - _HALF
    width = _WHOLE if box.last_column != box.column else _HALF
    needed = f"{column.caption} *" if column.required else column.caption
    label = _label(f"rk_label_{n}", needed, left, top, width, _LABEL)
    place = _place(left, top + _LABEL, width, _height(box) - _LABEL)
    told: dict[str, str | int] = {"StatusBarText": column.description} if column.description else {}
    if column.type == "memo":
        told |= {"EnterKeyBehavior": _YES, "ScrollBars": 2}
    return _bound(column, place | {"TabIndex": n} | told, [label])


def _bound(column: AccessColumn, properties: dict[str, str | int], blocks: Sequence[_Block] = ()) -> _Block:
    """Give a control that shows a column, of the kind that its values are chosen or typed in."""
    own = properties | {"Name": column.name, "ControlSource": column.name}
    if column.combo is None:
        return _Block("TextBox", own | ({"Format": column.format} if column.format else {}), blocks)
    combo = column.combo
    chosen: dict[str, str | int] = {
        "LimitToList": _YES,
        "ColumnCount": combo.count,
        "RowSourceType": combo.source_type,
        "RowSource": combo.source,
        "ColumnWidths": combo.column_widths,
    }
    return _Block("ComboBox", own | {name: value for name, value in chosen.items() if value}, blocks)


def _place(left: int, top: int, width: int, height: int) -> dict[str, str | int]:
    return {"Left": left, "Top": top, "Width": width, "Height": height}


def _label(
    name: str, caption: str, left: int, top: int, width: int, height: int, *, bold: bool = False, size: int = 0
) -> _Block:
    # An ampersand would underline the letter behind it.
    shown: dict[str, str | int] = {"Name": name, "Caption": caption.replace("&", "&&")}
    look = {name: value for name, value in (("FontWeight", 700 * bold), ("FontSize", size)) if value}
    return _Block("Label", _place(left, top, width, height) | look | shown)
