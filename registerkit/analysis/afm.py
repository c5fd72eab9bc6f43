"""What the AFM wants a financial firm to have of every complaint, and what of it is missing, as a workbook.

The record that a firm keeps holds at least name and address of the client, the complaint with the day it came in, a
description, and how it was handled (afm.nl, klachtenadministratie; Bgfo art. 41). What is reported each year has a code
for every complaint that stays the same over the years and says nothing of anybody.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import sqlalchemy as sa

from registerkit.analysis.comparison import Comparison
from registerkit.analysis.content import Cell, Table
from registerkit.analysis.period import Period
from registerkit.analysis.scope import Scope
from registerkit.analysis.tally import Tally
from registerkit.analysis.view import View
from registerkit.analysis.words import Words
from registerkit.analysis.xlsx_parts import begin_sheet, styles
from registerkit.excel import Book
from registerkit.ooxml import without_times
from registerkit.register import Case, Complaint, Register, Standing, row_text, rows_by_complaint
from registerkit.store.schema import cases, handlings
from registerkit.theme import theme_of

__all__ = ["WANTED", "afm_book", "code_of", "missing"]

WANTED = ("name", "address", "received", "description", "handled")
"""The parts of the record, as `analysis.afm.<part>`."""
_HANDLED = ("reasons", "agreements", "proposal")
_INVESTIGATED = ("facts", "conclusion")
_WIDTHS = (2, 24, 18, 14, 46, 15, 15)


def code_of(number: str, register_id: str) -> str:
    """Return the code of a complaint for the AFM: the same every year, and another in another register.

    It is made from the number alone: nothing about a person is in it, nor changes it.
    """
    told = hashlib.sha256(f"afm {register_id} {number}".encode()).hexdigest()[:16].upper()
    return "-".join(told[at : at + 4] for at in range(0, len(told), 4))


def missing(complaint: Complaint, contacts: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the parts of the record that a complaint lacks; `contacts` are what was said in its contacts.

    How it was handled is asked for once it has ended. Of one that was anonymised nothing is asked any more.
    """
    if complaint.day("anonymised_on") is not None:
        return ()
    there = {
        "name": complaint.text("name"),
        "address": complaint.text("address") and (complaint.text("postcode") or complaint.text("city")),
        "received": complaint.received_on,
        "description": complaint.text("description"),
        "handled": complaint.state.is_open or _handled(complaint, contacts),
    }
    return tuple(part for part in WANTED if not there[part])


def _handled(complaint: Complaint, contacts: Sequence[str]) -> bool:
    investigation = complaint.investigation or {}
    told = [complaint.text(role) for role in _HANDLED]
    told += [row_text(investigation, field_id) for field_id in _INVESTIGATED]
    return any((*told, *contacts))


@dataclass(frozen=True)
class _Row:
    """One complaint that was there in the period."""

    number: str
    received: date
    closed: date | None
    missing: tuple[str, ...]
    wiped: date | None


def afm_book(register: Register, told: Comparison, register_id: str) -> tuple[str, bytes]:
    """Return the name of the workbook, and what it holds: every complaint of a period, with its code."""
    view = View(register, told)
    words, rows = view.words, sorted(_rows(view), key=lambda row: row.number)
    title = words("afm.title", period=words.period(view.period))
    theme = theme_of(register.settings.theme)
    with TemporaryDirectory(prefix="registerkit-") as folder:
        file = Path(folder) / "afm.xlsx"
        with Book(file, theme, styles(theme)) as book:
            book.describe(title, register.settings.name, told.figures.as_of)
            at = begin_sheet(book, words, words("afm.sheet"), _WIDTHS)
            at.title(title, words.clean(register.settings.name))
            for name in ("what", "code", "kept"):
                at.text(words(f"afm.{name}"))
            at.table(_counted(words, rows))
            at.skip()
            at.table(_listed(words, rows, register_id))
            at.finish(title)
        return words("afm.file", label=view.period.label), without_times(file.read_bytes())


def _rows(view: View) -> Iterator[_Row]:
    tally, period = view.told.tally, Scope(view.told.tally, view.period).period
    for register, numbers in tally.whole(_there(tally, period)):
        contacts = rows_by_complaint(register.table("contacts").values())
        for number in numbers:
            complaint = register.complaints[number]
            case = Case(complaint, complaint.received_on or period.last)
            closed = _closed(case, period.last)
            if closed is None or closed >= period.first:
                told = [row_text(row, "summary") or row_text(row, "agreed") for row in contacts.get(number, ())]
                lacking = missing(complaint, [said for said in told if said])
                yield _Row(number, case.received_on, closed, lacking, complaint.day("anonymised_on"))


def _there(tally: Tally, period: Period) -> list[str]:
    """Return the complaints that came in by the end of a period and may have been open in it.

    A crisis changes nothing; an objection or a request is no complaint.
    """
    h, c = handlings.c, cases.c
    lasted = sa.exists(
        sa.select(h.complaint)
        .where(h.complaint == c.complaint, sa.or_(h.ended_on.is_(None), h.ended_on >= period.first))
        .correlate(cases)
    )
    there = sa.and_(c.received_on <= period.last, c.standing != Standing.APART.value, lasted)
    return [each.number for each in tally.came(there)]


def _closed(case: Case, on: date) -> date | None:
    """Return the day on which it had ended by a day; None while it was open then."""
    if case.open_phase(on) is not None:
        return None
    return max((each.closed_on for each in case.handlings if each.closed_on <= on), default=None)


def _counted(words: Words, rows: Sequence[_Row]) -> Table:
    counts = Counter(part for row in rows for part in row.missing)
    whole = sum(not row.missing for row in rows)
    told = [(words("afm.whole"), whole), *((words(f"afm.{part}"), counts[part]) for part in WANTED if counts[part])]
    lines = tuple((Cell(label), Cell(n, "number")) for label, n in told)
    return Table(words("afm.counts", n=len(rows)), (words("afm.head.missing"), words("table.number")), lines)


def _listed(words: Words, rows: Sequence[_Row], register_id: str) -> Table:
    names = ("code", "number", "state", "missing", "received", "closed")
    told = tuple(
        (
            Cell(code_of(row.number, register_id)),
            Cell(row.number),
            Cell(words("afm.open" if row.closed is None else "afm.closed")),
            Cell(_said(words, row)),
            Cell(row.received, "date"),
            Cell(row.closed, "date"),
        )
        for row in rows
    )
    return Table(words("afm.list"), tuple(words(f"afm.head.{name}") for name in names), told)


def _said(words: Words, row: _Row) -> str:
    if row.wiped is not None:
        return words("afm.wiped", day=words.day(row.wiped))
    return words.capital(words.join([words(f"afm.{part}") for part in row.missing])) or "–"
