"""Which cells of the workbook are to be filled in for a letter that is held back. Does not write."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from registerkit.excel import day_number
from registerkit.letters.bars import HeldLetter
from registerkit.letters.representation import representative
from registerkit.office import LETTERHEAD, NAMED_BY_LAW, TABLE, key_of
from registerkit.register import Complaint, Register, cell_value, is_abroad
from registerkit.workbook import HeldCell, HeldLine

__all__ = ["WAYS", "held_lines"]

_Ways = Callable[["_Cells"], Iterator[Sequence[HeldCell | None]]]


def held_lines(register: Register, held: Sequence[HeldLetter]) -> tuple[HeldLine, ...]:
    """Return letters that are held back as lines of the first sheet: those with the earliest term first."""
    complaints = register.complaints
    found = sorted(held, key=lambda letter: (complaints[letter.number].due_on or date.max, letter.number))
    return tuple(_line(register, complaints[letter.number], letter) for letter in found)


def _line(register: Register, complaint: Complaint, letter: HeldLetter) -> HeldLine:
    label = register.lookups.label("letter_kind", letter.kind) or letter.kind
    told = register.texts("letters.held_line", letter=label, summary=letter.summary)
    told = told[:1].upper() + told[1:]
    wanted = WAYS.get(letter.code, _nothing)(_Cells(register, complaint))
    ways = (tuple(cell for cell in way if cell is not None) for way in wanted)
    return HeldLine(letter.number, told, tuple(way for way in ways if way))


class _Cells:
    """Finds the cells of a complaint and what stands in them; None where the register has no such column."""

    def __init__(self, register: Register, complaint: Complaint) -> None:
        self.register = register
        self.complaint = complaint

    def own(self, role: str) -> HeldCell | None:
        """Return a cell of the complaint's own row."""
        main, field = self.register.definition.main, self.register.definition.role(role)
        number = self.complaint.number
        return self._cell(main.id, main.key, number, field.id, self.complaint.record) if field else None

    def blank(self, *roles: str) -> list[HeldCell | None]:
        """Return those cells of the complaint's own row that are empty."""
        return [cell for role in roles if (cell := self.own(role)) and not cell.was]

    def office(self, *codes: str) -> list[HeldCell | None]:
        """Return the cells of details of the office that are not filled in."""
        found = (self.row(TABLE, key_of(code, ""), "value") for code in codes)
        return [cell for cell in found if cell and not cell.was]

    def row(self, table_id: str, key: str, field: str) -> HeldCell | None:
        """Return a cell of another table's row, which may still have to be made."""
        table = self.register.definition.tables.get(table_id)
        if table is None or not table.in_sheet or field not in table.by_id:
            return None
        rows = self.register.records[table_id].values()
        record = next((row for row in rows if row.get(table.key) == key), {})
        return self._cell(table_id, table.key, key, field, record)

    def _cell(self, table_id: str, key_field: str, key: str, field_id: str, record: Mapping[str, object]) -> HeldCell:
        field = self.register.definition.tables[table_id].by_id[field_id]
        value = cell_value(field, record.get(field_id), self.register.lookups)  # type: ignore[arg-type]
        shown = day_number(value) if isinstance(value, date) else value
        return HeldCell(table_id, key_field, key, field_id, "" if shown is None else str(shown))


def _nothing(_: _Cells) -> Iterator[Sequence[HeldCell | None]]:
    return iter(())


def _own(*roles: str) -> _Ways:
    """Return cells of the complaint's own row, of which each mends it."""
    return lambda cells: ([cells.own(role)] for role in roles)


def _address(cells: _Cells) -> Iterator[Sequence[HeldCell | None]]:
    parts = ("address", "city") if is_abroad(cells.complaint.text("country")) else ("address", "postcode", "city")
    yield cells.blank(*parts)
    yield cells.blank("email")
    yield [cells.own("email_allowed")] if cells.complaint.text("email") else []
    yield cells.blank("representative_address") if representative(cells.complaint) else []


def _letterhead(cells: _Cells) -> Iterator[Sequence[HeldCell | None]]:
    yield cells.office(*(f"organisation.{part}" for part in LETTERHEAD))


def _bodies(cells: _Cells) -> Iterator[Sequence[HeldCell | None]]:
    bodies = NAMED_BY_LAW.get(cells.complaint.profile.name, ())
    yield cells.office(*(f"external.{body}.name" for body in bodies))


def _handler_role(cells: _Cells) -> Iterator[Sequence[HeldCell | None]]:
    code = cells.register.staff.known(cells.complaint.handled_by)
    yield [cells.row("staff", code, "role") if code else None]
    yield [cells.own("handler")]


def _hearing(cells: _Cells) -> Iterator[Sequence[HeldCell | None]]:
    number = cells.complaint.number
    known = cells.register.definition.tables["investigations"].by_id
    for field in ("heard_on", "hearing_ground" if "hearing_ground" in known else "hearing_waived"):
        yield [cells.row("investigations", number, field)]
    yield [cells.own("committee")]


def _measure(cells: _Cells) -> Iterator[Sequence[HeldCell | None]]:
    yield [cells.row("measures", str((cells.complaint.measure or {}).get("number")), "normal_from")]


WAYS: Mapping[str, _Ways] = {
    "cells_moved": _nothing,
    "handler_involved": _own("handler_confirmed", "handler"),
    "organisation_incomplete": _letterhead,
    "no_address": _address,
    "no_postal_address": _address,
    "no_authorisation": _own("authorised_on", "relation"),
    "not_heard": _hearing,
    "no_advice": _own("advice_followed"),
    "no_amount": _own("cost"),
    "no_approval": _own("approved_by", "cost"),
    "no_handler": _own("handler"),
    "no_role": _handler_role,
    "no_reasons": _own("reasons"),
    "no_destination": _own("reasons"),
    "no_ground": _own("ground"),
    "no_ombudsman": _bodies,
    "no_disputes_body": _bodies,
    "term_past": _own("due_on"),
    "already_extended": _own("extended_on"),
    "answered_before": _own("answered_on"),
    "no_question": _own("asked"),
    "no_reply_day": _own("reply_by"),
    "reply_day_past": _own("reply_by"),
    "no_proposal": _own("proposal"),
    "no_agreements": _own("agreements"),
    "no_agreement_day": _own("agreement_by", "agreement_kept_on"),
    "no_hearing_place": _own("hearing_place"),
    "new_day_past": _own("promised_by"),
    "no_normal_day": _measure,
    "agreement_open": _own("agreement_kept_on"),
    "no_related": _own("related_to"),
    "no_template": _nothing,
    "template_lookalike": _nothing,
    "template_fault": _nothing,
}
"""By what a letter lacks the cells that mend it: any of the ways does, and takes all of its cells."""
