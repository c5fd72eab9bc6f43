"""What the case file tells of a record, in items: story by day, texts, what is like it, and its other fields."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from registerkit.definition import Field, Table
from registerkit.excel import day_number
from registerkit.register import ROUTED
from registerkit.texts import Texts
from registerkit.workbook.case_file_compensation import compensation_items
from registerkit.workbook.case_file_finds import Finder, Found
from registerkit.workbook.case_file_lines import EVENT, HEADING, PAIR, Item
from registerkit.workbook.case_file_routed import routed_items
from registerkit.workbook.cell_texts import date_text, shown_text, text_formula
from registerkit.workbook.content import WorkbookContent
from registerkit.workbook.hidden_plan import HiddenPlanner
from registerkit.workbook.looked_up import looked_up
from registerkit.workbook.references import quote_text, run_of

__all__ = ["Story", "Told"]

_FIELD_EVENTS = {
    "received_on": "channel",
    "acknowledged_on": None,
    "extended_on": None,
    "agreed_on": None,
    "agreement_kept_on": None,
    "solved_on": None,
    "answered_on": "judgement",
    "closed_on": "closed_by",
    "reopened_on": "reopen_reason",
    "aftercare_on": None,
}
"""The days of a record that make its story, with what is told beside each."""
_ROW_EVENTS = {
    "contacts": ("on", 15, ("channel", "with_whom", "summary", "agreed")),
    "letters": ("made_on", 10, ("kind", "sent_on")),
    "pauses": ("from", 5, ("until", "reason")),
}
"""The tables whose rows are part of the story: the day, how many rows at most, and what is told of each."""
_SUMMARY = ("name", "signal", "days_left", "due_on", "handler", "status", "category", "subject", "phone", "email")
_COMPLAINT = ("description", "consequence", "remedy_sought", "remedy_note")
_OUTCOME = (
    "proposal", "agreements", "agreement_by", "judgement", "reasons", "ground", "solution", "cost", "remarks",
)  # fmt: skip
_LIKE = {
    "same_person": ("received_on", "category", "status", "solution"),
    "similar": ("received_on", "subcategory", "judgement", "solution"),
}
_TIE = 1000
"""Days carry their place among the events behind the comma."""


@dataclass(frozen=True)
class Told:
    """A formula for a text, and the text now."""

    formula: str
    value: str


class Story:
    """Makes the items of the chosen record."""

    def __init__(self, content: WorkbookContent, finder: Finder, hidden: HiddenPlanner) -> None:
        self.content = content
        self.finder = finder
        self.hidden = hidden
        self.texts: Texts = content.texts
        self.language = content.language
        self.main = content.main
        self._values: dict[str, str] = {}
        self._value_block = hidden.block()
        self._used: set[str] = {self.main.key}

    # ----------------------------------------------------------------------------------------------------- values
    def cell(self, field: Field) -> str:
        """Return the cell of the hidden sheet that holds the chosen record's value of a field, as it is."""
        if field.id not in self._values:
            place, record = self.finder.chosen.cells[0], self.finder.record
            value, formula, shape = looked_up(self.content, self.main, field, place, record)
            self._values[field.id] = self._value_block.add(value, formula, number_format=shape)
        return self._values[field.id]

    def told(self, role: str) -> Told | None:
        """Return the text of a role's field; None where the register has no such field."""
        field = self.content.definition.role(role)
        return self._of_main(field) if field else None

    def _of_main(self, field: Field) -> Told:
        value = shown_text(field, self.finder.record.get(field.id), self.content.lookups)
        return self._kept(field, self.cell(field), value)

    def _kept(self, field: Field, cell: str, value: str) -> Told:
        """Return a text that other formulas may repeat: one that takes long is worked out on the hidden sheet."""
        formula = text_formula(field, cell, self.language)
        if field.value_kind not in ("date", "money", "memo"):
            return Told(formula, value)
        return Told(self._value_block.add(value or None, formula), value)

    def _of_row(self, table: Table, field: Field, found: Found, n: int) -> Told:
        """Return the text of a field of a row that was found; the cell that looks it up stands on the hidden sheet."""
        record = found.records[n] if n < len(found.records) else {}
        value, formula, shape = looked_up(self.content, table, field, found.cells[n], record)
        at = self._value_block.add(value, formula, number_format=shape)
        return self._kept(field, at, shown_text(field, record.get(field.id), self.content.lookups))

    # ------------------------------------------------------------------------------------------------------ streams
    def text_items(self) -> list[Item]:
        """Return the left stream: what it is about, its story, the inquiry, how it ended, and what is like it."""
        items = [self._heading("complaint"), *self._fields(_COMPLAINT)]
        items += [Item(HEADING, self.texts("routing.file.head")), *self._routed()]
        items += [self._heading("story"), *self._events()]
        for table in self.content.definition.tables.values():
            if table.in_sheet and table.parent and table.parent == table.key and table.id != self.main.id:
                items += [Item(HEADING, table.sheet[self.language]), *self._whole_row(table)]
        items += [self._heading("outcome"), *self._fields(_OUTCOME)]
        items += compensation_items(self.content, self.hidden, self.finder.record, self.cell)
        items += self._measure()
        for name, found in (("same_person", self.finder.same_person()), ("similar", self.finder.similar())):
            if found is not None:
                about = self.texts(f"workbook.file.{name}.about", many=self.content.many)
                head = Item(HEADING, self.texts(f"workbook.file.{name}.head"), about, quote_text(about))
                items += [head, *self._others(name, found)]
        return items

    def fact_items(self) -> list[Item]:
        """Return the right stream: the fields that are filled in and told nowhere else, group by group."""
        self._used |= {f.id for role in _SUMMARY if (f := self.content.definition.role(role))}
        items: list[Item] = []
        groups = [(g.id, g.labels[self.language]) for g in self.main.groups] or [("", self.main.labels[self.language])]
        for group, label in groups:
            fields = [f for f in self.main.fields if f.group == group and f.id not in self._used and not f.hidden]
            if any(f.kind != "computed" for f in fields):
                # What only counts along is for the figures, not for who reads one record.
                items.append(Item(HEADING, label))
                items += [self._pair(f.labels[self.language], self._of_main(f)) for f in fields]
        return items or [Item(HEADING, "")]

    def _routed(self) -> list[Item]:
        items = routed_items(self.content, self.hidden, self.finder.record, self.cell)
        told = {item.label for item in items}
        fields = (self.content.definition.role(role) for role in ROUTED)
        self._used |= {field.id for field in fields if field and field.labels[self.language] in told}
        return items

    def _heading(self, name: str) -> Item:
        return Item(HEADING, self.texts(f"workbook.file.head.{name}"))

    def _fields(self, roles: Sequence[str]) -> list[Item]:
        fields = [f for role in roles if (f := self.content.definition.role(role))]
        self._used |= {f.id for f in fields}
        return [self._pair(f.labels[self.language], self._of_main(f)) for f in fields]

    def _pair(self, label: str, told: Told) -> Item:
        return Item(PAIR, label, told.value, told.formula)

    def _whole_row(self, table: Table) -> list[Item]:
        found = self.finder.one(table)
        fields = [f for f in table.fields if f.id != table.key and not f.hidden]
        return [self._pair(f.labels[self.language], self._of_row(table, f, found, 0)) for f in fields]

    def _measure(self) -> list[Item]:
        found = self.finder.measure()
        if found is None:
            return []
        table, field = self.content.definition.tables["measures"], self.content.definition.role("measure")
        self._used |= {field.id} if field else set()
        number, *others = (
            self._of_row(table, table.field(name), found, 0)
            for name in (table.key, "description", "done_on")
            if name in table.by_id
        )
        return [self._pair(table.labels[self.language], _joined([number, *others], ": ", ", "))]

    def _others(self, name: str, found: Found) -> list[Item]:
        key = self.main.field(self.main.key)
        items = []
        for n in range(len(found.cells)):
            number = self._of_row(self.main, key, found, n)
            fields = [f for role in _LIKE[name] if (f := self.content.definition.role(role))]
            told = _joined([self._of_row(self.main, f, found, n) for f in fields], ": ", ", ")
            items.append(Item(EVENT, number.value, told.value, told.formula, number.formula))
        return items

    # ------------------------------------------------------------------------------------------------------- events
    def _events(self) -> list[Item]:
        """Return what happened, by day; each a day and a text, both worked out on the hidden sheet."""
        events = [*self._field_events(), *self._row_events()]
        days, texts, keys, sorted_keys = (self.hidden.block() for _ in range(4))
        day_cells, text_cells, key_cells, now = [], [], [], []
        for n, (day, day_now, told) in enumerate(events):
            number = day_number(day_now) if day_now else 0
            day_cells.append(days.add(number, f"N({day})"))
            text_cells.append(texts.add(told.value or None, told.formula))
            key = number + n / _TIE if number else None
            key_cells.append(keys.add(key, f'IF({day_cells[n]}=0,"",{day_cells[n]}+{n}/{_TIE})'))
            if day_now:
                now.append((number, n))
        now.sort()
        all_keys, all_texts = run_of(key_cells), run_of(text_cells)
        items = []
        for n in range(len(events)):
            number, at = now[n] if n < len(now) else (0, 0)
            smallest = sorted_keys.add(number + at / _TIE if number else 0, f"IFERROR(SMALL({all_keys},{n + 1}),0)")
            shown = f"{events[at][1]:%d-%m-%Y}" if number else ""
            label = f'IF({smallest}=0,"",{date_text(smallest)})'
            picked = f"INDEX({all_texts},ROUND(MOD({smallest},1)*{_TIE},0)+1)"
            text = events[at][2].value if number else ""
            items.append(Item(EVENT, shown, text, f'IF({smallest}=0,"",{picked})', label))
        return items

    def _field_events(self) -> list[tuple[str, date | None, Told]]:
        events = []
        for role, beside in _FIELD_EVENTS.items():
            field = self.content.definition.role(role)
            if field is None:
                continue
            self._used.add(field.id)
            word = self.texts(f"workbook.file.event.{role}")
            told = Told(quote_text(word), word)
            other = self.content.definition.role(beside) if beside else None
            if other is not None:
                self._used |= {other.id} if beside in ("channel", "closed_by", "reopen_reason") else set()
                told = _joined([told, self._of_main(other)], ": ", ", ")
            day = self.finder.record.get(field.id)
            events.append((self.cell(field), day if isinstance(day, date) else None, told))
        return events

    def _row_events(self) -> list[tuple[str, date | None, Told]]:
        events = []
        for table_id, (day_id, most, shown) in _ROW_EVENTS.items():
            table = self.content.definition.tables.get(table_id)
            if table is None or not table.in_sheet or day_id not in table.by_id:
                continue
            found = self.finder.many(table, most)
            for n in range(most):
                record = found.records[n] if n < len(found.records) else {}
                day = table.field(day_id)
                value, formula, shape = looked_up(self.content, table, day, found.cells[n], record)
                at = self._value_block.add(value, formula, number_format=shape)
                parts = [
                    self._of_row(table, table.field(f), found, n) if f in table.by_id else Told('""', "") for f in shown
                ]
                told = self._row_text(table_id, parts)
                on = record.get(day_id)
                if table_id == "letters" and {"file", "sent_on"} <= table.by_id.keys():
                    # A letter that is neither made nor sent was said not to come: nothing happened that day.
                    file = self._of_row(table, table.field("file"), found, n)
                    at = f'IF({parts[1].formula}&{file.formula}="",0,{at})'
                    on = on if file.value or parts[1].value else None
                events.append((at, on if isinstance(on, date) else None, told))
        return events

    def _row_text(self, table_id: str, parts: Sequence[Told]) -> Told:
        """Return the words of a row: a contact, a letter or a pause."""

        def worded(name: str, told: Told) -> Told:
            before, _, after = self.texts(f"workbook.file.event.{name}", about="\n").partition("\n")
            formula = f'IF({told.formula}="","",{quote_text(before)}&{told.formula}&{quote_text(after)})'
            return Told(formula, f"{before}{told.value}{after}" if told.value else "")

        if table_id == "contacts":
            channel, whom, summary, agreed = parts
            kind = worded("contact", channel)
            head = _joined([kind, worded("contact_with", whom)], "", "")
            return _joined([head, summary, worded("contact_agreed", agreed)], ": ", " ")
        if table_id == "letters":
            return _joined([worded("letter", parts[0]), worded("letter_sent", parts[1])], "", "")
        word = self.texts("workbook.file.event.pause")
        head = _joined([Told(quote_text(word), word), worded("pause_until", parts[0])], "", "")
        return _joined([head, parts[1]], ": ", ", ")


def _joined(parts: Sequence[Told], first: str, between: str) -> Told:
    """Join texts: `first` comes behind the first, `between` between the others; those that are empty are left out."""
    formula, value = parts[0].formula, parts[0].value
    if not parts[1:]:
        return parts[0]
    rest_now, rest = "", ""
    for part in parts[1:]:
        if part.value:
            rest_now += (between if rest_now else "") + part.value
        own = f'IF({part.formula}="","",{quote_text(between)}&{part.formula})'
        rest = f"{rest}&{own}" if rest else own
    # What is between stands before each; before the first of them it is taken off again.
    tail = f"MID({rest},{len(between) + 1},9999)"
    shown = f'IF({tail}="","",{quote_text(first)}&{tail})'
    return Told(f"{formula}&{shown}", value + (first + rest_now if rest_now else ""))
