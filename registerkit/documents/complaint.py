"""Plans the analysis of one complaint: what happened, why, what was judged and done, and what is learnt. No blame."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from registerkit.definition import Record
from registerkit.documents.content import Content, Gap, Grid, Line, Part, Writer
from registerkit.register import Complaint, Precedents, Register
from registerkit.workbook.cell_texts import shown_text

__all__ = ["complaint_paper"]

_DAYS = (
    "bought_on", "incident_on", "received_on", "acknowledged_on", "employee_told_on", "hearing_on", "extended_on",
    "agreed_on", "agreement_kept_on", "solved_on", "answered_on", "closed_on", "reopened_on", "aftercare_on",
)  # fmt: skip
"""The days of a complaint that make its story."""
_ROWS = {
    "contacts": ("on", ("channel", "summary", "agreed")),
    "letters": ("made_on", ("kind",)),
    "pauses": ("from", ("reason",)),
}
"""The tables whose rows are part of the story: their day, and what is told. Nobody is named in it."""
_SECTIONS: dict[str, tuple[tuple[str, str], ...]] = {
    "about": (
        ("main", "received_on"), ("main", "category"), ("main", "subcategory"), ("main", "subject"),
        ("main", "process"), ("main", "severity"), ("main", "status"), ("main", "due_on"), ("main", "handler"),
    ),
    "facts": (("main", "description"), ("main", "consequence"), ("investigations", "facts"),
              ("investigations", "circumstances")),
    "causes": (("investigations", "possible_causes"), ("main", "cause"), ("main", "nature"), ("main", "responsible"),
               ("main", "causing_department"), ("main", "supplier")),
    "judgement": (("investigations", "conclusion"), ("main", "judgement"), ("main", "ground"), ("main", "reasons")),
    "measures": (("main", "solution"), ("main", "agreements"), ("main", "agreement_by"), ("measures", "description"),
                 ("measures", "temporary"), ("measures", "ready_by"), ("measures", "done_on")),
    "costs": (("investigations", "damage"), ("investigations", "damage_amount"), ("main", "amount"), ("main", "cost")),
    "learnt": (("measures", "cause"), ("measures", "process"), ("measures", "evaluate_by"),
               ("measures", "evaluated_on"), ("measures", "effect")),
}  # fmt: skip
"""The fields that a section tells, by table."""
_NEEDED: dict[str, tuple[tuple[str, str], ...]] = {
    "facts": (("investigations", "facts"), ("investigations", "circumstances")),
    "causes": (("investigations", "possible_causes"), ("main", "cause")),
    "judgement": (("investigations", "conclusion"), ("main", "judgement"), ("main", "reasons")),
    "measures": (("main", "solution"),),
    "learnt": (("measures", "description"),),
}
"""What an analysis cannot do without; it is a gap where it is empty."""


def complaint_paper(register: Register, number: str) -> Content:
    """Plan the analysis of a complaint."""
    texts, complaint = register.texts, register.complaints[number]
    content = Content(texts("documents.analysis.title", number=number), texts("documents.analysis.file", number=number))
    teller = _Teller(register, complaint, Writer(content, texts, {}, {}, {}))
    content.parts.append(Line(texts("documents.analysis.intro")))
    for section in ("about", "facts", "course", "causes", "judgement", "measures", "costs", "earlier", "learnt"):
        content.parts.append(Line(texts(f"documents.analysis.head.{section}"), "heading"))
        content.parts += list(teller.section(section)) or [Line(texts(f"documents.analysis.none.{section}"))]
    return content


class _Teller:
    """Tells of one complaint, section by section."""

    def __init__(self, register: Register, complaint: Complaint, writer: Writer) -> None:
        self.register, self.complaint, self.writer = register, complaint, writer
        self.texts, self.language = register.texts, register.texts.language
        self.rows: dict[str, Record] = {
            "main": complaint.record,
            "investigations": complaint.investigation or {},
            "measures": complaint.measure or {},
        }

    def section(self, name: str) -> Iterable[Part]:
        """Return what a section tells."""
        if name == "course":
            return self._course()
        if name == "earlier":
            return self._earlier()
        rows = [row for place in _SECTIONS[name] if (row := self._row(place, place in _NEEDED.get(name, ())))]
        known = {place for place in _NEEDED.get(name, ()) if place in _SECTIONS[name]}
        rows += [row for place in _NEEDED.get(name, ()) if place not in known and (row := self._row(place, True))]
        head = [self.texts(f"documents.head.analysis.{column}") for column in ("left", "right")]
        parts: list[Part] = [Grid(head, rows, (1, 2.6))] if rows else []
        if name == "learnt":
            parts += [Line(line, "bullet") for line in self.texts("documents.analysis.questions").splitlines()]
        return parts

    def _row(self, place: tuple[str, str], needed: bool) -> tuple[str, str] | None:
        """Return a label and its value; a gap where it is needed and empty, None where it is only empty."""
        table_id, role = place
        tables, definition = self.register.definition.tables, self.register.definition
        table = definition.main if table_id == "main" else tables.get(table_id)
        field = table.by_id.get(role) if table else None
        if table is None or field is None:
            return None
        text = shown_text(field, self.rows[table_id].get(role), self.register.lookups)
        label = field.labels[self.language]
        if table_id == "measures":
            label = f"{table.labels[self.language]}: {label.lower()}"
        if text or not needed:
            return (label, text) if text else None
        return label, self.writer.gap(Gap(label, table_id))

    # ------------------------------------------------------------------------------------------------------- story
    def _course(self) -> Sequence[Part]:
        """Return what happened, by day."""
        events = sorted([*self._own_days(), *self._other_days()], key=lambda event: event[0])
        head = [self.texts(f"documents.head.course.{column}") for column in ("left", "right")]
        return [Grid(head, [(f"{day:%d-%m-%Y}", told) for day, told in events], (1, 4))] if events else []

    def _own_days(self) -> Iterable[tuple[date, str]]:
        for role in _DAYS:
            field, day = self.register.definition.role(role), self.complaint.day(role)
            if field is not None and day is not None:
                name = f"workbook.file.event.{role}"
                yield day, (self.texts(name) if name in self.texts else field.labels[self.language]).capitalize()

    def _other_days(self) -> Iterable[tuple[date, str]]:
        for table_id, (day_id, shown) in _ROWS.items():
            table = self.register.definition.tables.get(table_id)
            for row in self.register.table(table_id).values() if table else ():
                day = row.get(day_id)
                if table is None or row.get(table.parent or "") != self.complaint.number or not isinstance(day, date):
                    continue
                if table_id == "letters" and not (row.get("file") or row.get("sent_on")):
                    continue  # A letter that was said not to come.
                fields = [table.by_id[name] for name in shown if name in table.by_id]
                told = [shown_text(field, row.get(field.id), self.register.lookups) for field in fields]
                yield day, ": ".join(filter(None, (table.labels[self.language], ", ".join(filter(None, told)))))

    # ----------------------------------------------------------------------------------------------------- earlier
    def _earlier(self) -> Sequence[Part]:
        """Return the other complaints of the same person, and like ones that were solved."""
        register, complaint = self.register, self.complaint
        parts: list[Part] = []
        if row := self._row(("investigations", "earlier"), False):
            parts.append(Line(": ".join(row)))
        same = register.others_of_complainant(complaint.number)
        alike = [each.number for each in Precedents(register.complaints.values()).solved_alike(complaint)]
        for name, numbers in (("same_person", same), ("alike", alike)):
            if numbers:
                parts.append(Line(self.texts(f"documents.analysis.{name}")))
                parts += [Line(self._told(register.complaints[n]), "bullet") for n in numbers]
        return parts

    def _told(self, other: Complaint) -> str:
        day = f"{other.received_on:%d-%m-%Y}" if other.received_on else None
        parts = (day, other.label("category"), other.label("judgement"), other.label("solution"))
        return f"{other.number}: {', '.join(filter(None, parts))}"
