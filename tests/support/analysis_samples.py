"""Small registers for the tests of the analysis: a handful of complaints that can be counted by hand."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from registers import make_register

from registerkit.definition import Definition, Record, load_definition
from registerkit.register import Phase, Register

__all__ = ["HANDFUL", "MEASURES", "day", "incident_sample", "make_sample", "year_of_complaints"]

STAFF: dict[str, Record] = {
    "EV": {"code": "EV", "name": "Eva Verhoef", "department": "klantenservice"},
    "BJ": {"code": "BJ", "name": "Bram Jonker", "department": "logistiek"},
}


def day(text: str) -> date:
    """Give the day of an ISO text."""
    return date.fromisoformat(text)


def make_sample(
    *complaints: dict[str, Any],
    on: str = "2026-11-22",
    language: str = "nl",
    measures: dict[str, Record] | None = None,
    phases: dict[str, tuple[Phase, ...]] | None = None,
    pauses: tuple[Record, ...] = (),
    definition: Definition | None = None,
    theme: dict[str, str] | None = None,
    organisation: str = "De Spaak BV",
) -> Register:
    """Give a register of the complaints; text in fields of days is read as ISO. Phases follow from the records."""
    definition = definition or _shipped()
    main = definition.main
    records = []
    for i, given in enumerate(complaints, 1):
        values = {key: _value(main, key, value) for key, value in given.items()}
        records.append(values | {main.key: str(values.get(main.key) or f"K-2026-{i:04}")})
    tables: dict[str, Any] = {main.id: records, "staff": STAFF.values()}
    if "measures" in definition.tables:
        tables["measures"] = [{"number": number, **row} for number, row in (measures or {}).items()]
        tables["pauses"] = [{"row_key": f"P{i:06}", **row} for i, row in enumerate(pauses)]
    office = {"organisation": {"name": organisation}, "theme": theme or {}}
    return make_register(tables, day(on), definition=definition, language=language, phases=phases, **office)


@cache
def _shipped() -> Definition:
    return load_definition()


def _value(table: Any, field_id: str, value: Any) -> Any:
    is_day = table.field(field_id).value_kind == "date" and isinstance(value, str)
    return day(value) if is_day else value


HANDFUL: tuple[dict[str, Any], ...] = (
    # Closed in October, in time, founded; a complainant who had been here in March.
    {"number": "K-2026-0001", "received_on": "2026-03-10", "name": "A. Bos", "email": "a.bos@voorbeeld.nl",
     "category": "PL", "channel": "telefoon", "department": "logistiek", "handler": "BJ", "status": "afgehandeld",
     "acknowledge_by": "2026-03-17", "acknowledged_on": "2026-03-12", "due_on": "2026-04-07",
     "answered_on": "2026-03-20", "closed_on": "2026-03-20", "judgement": "gegrond", "solution": "excuses",
     "answer_channel": "email"},
    {"number": "K-2026-0002", "received_on": "2026-10-01", "name": "A. Bos", "email": "A.Bos@voorbeeld.nl",
     "category": "PL", "subcategory": "PL1", "channel": "telefoon", "department": "logistiek", "handler": "BJ",
     "status": "afgehandeld", "causing_department": "logistiek", "cause": "levering", "responsible": "vervoerder",
     "acknowledge_by": "2026-10-08", "acknowledged_on": "2026-10-08", "due_on": "2026-10-29",
     "answered_on": "2026-10-29", "closed_on": "2026-10-30", "judgement": "gegrond", "solution": "terugbetaling",
     "answer_channel": "email",
     "cost": 12345, "satisfaction": 4, "aftercare_on": "2026-11-05"},
    # Closed in October, one day late, unfounded.
    {"number": "K-2026-0003", "received_on": "2026-09-07", "name": "C. Kaya", "phone": "+31612345678",
     "category": "SF", "channel": "email", "department": "administratie", "handler": "EV", "status": "afgehandeld",
     "acknowledge_by": "2026-09-14", "acknowledged_on": "2026-09-16", "due_on": "2026-10-05",
     "answered_on": "2026-10-06", "closed_on": "2026-10-06", "judgement": "ongegrond", "solution": "uitleg",
     "answer_channel": "brief", "cost": 0, "satisfaction": 2, "aftercare_on": "2026-10-16"},
    # Received in October, open; acknowledged late.
    {"number": "K-2026-0004", "received_on": "2026-10-05", "name": "D. Smit", "phone": "0611111111",
     "category": "PL", "subcategory": "PL1", "channel": "email", "department": "logistiek", "handler": "BJ",
     "status": "in_behandeling", "acknowledge_by": "2026-10-12", "acknowledged_on": "2026-10-13",
     "due_on": "2026-10-30", "agreement_by": "2026-10-20"},
    # Received in October, open, not late on the 31st, never acknowledged.
    {"number": "K-2026-0005", "received_on": "2026-10-20", "name": "E. Prins", "postcode": "1234 AB",
     "category": "PL", "subcategory": "PL1", "channel": "email", "status": "nieuw", "acknowledge_by": "2026-10-27", "due_on": "2026-11-17"},
    # Of a crisis in October: apart from every other figure.
    {"number": "K-2026-0007", "received_on": "2026-10-21", "name": "G. Vos", "category": "PL", "channel": "email",
     "status": "nieuw", "special": True, "acknowledge_by": "2026-10-28", "due_on": "2026-11-18"},
    # Received in November: not in October's figures.
    {"number": "K-2026-0006", "received_on": "2026-11-20", "name": "F. Blom", "email": "f.blom@voorbeeld.nl",
     "category": "SB", "channel": "balie", "status": "nieuw", "acknowledge_by": "2026-11-27", "due_on": "2026-12-18"},
)  # fmt: skip

MEASURES: dict[str, Record] = {
    "M-2026-01": {"description": "Bezorger belt vooraf", "owner": "BJ", "ready_by": day("2026-09-01"),
                  "done_on": day("2026-08-28"), "evaluate_by": day("2026-10-20")},
    "M-2026-02": {"description": "Factuur na levering", "owner": "EV", "ready_by": day("2026-10-15")},
    "M-2026-03": {"description": "Nieuwe kettingen", "owner": None, "ready_by": day("2027-01-15")},
    "M-2026-04": {"description": "Folder herzien", "done_on": day("2026-05-01"), "evaluated_on": day("2026-06-01")},
    "M-2026-05": {"description": "Balie langer open", "done_on": day("2026-05-01"),
                  "evaluated_on": day("2026-06-01"), "told_on": day("2026-06-08")},
}  # fmt: skip


def year_of_complaints() -> tuple[dict[str, Any], ...]:
    """Give 120 invented complaints, one every third day from 27 November 2025 on, with every kind of outcome."""
    made = []
    for i in range(120):
        received = date(2025, 11, 27) + timedelta(days=3 * i)
        department, category, cause = _PLACES[i % len(_PLACES)]
        row: dict[str, Any] = {
            "received_on": received, "name": f"{'ABCDEFGHJK'[i % 10]}. Voorbeeld-{i % 37}",
            "email": f"klant{i % 37}@voorbeeld.nl", "category": category, "subcategory": f"{category}1",
            "channel": ("telefoon", "email", "webformulier")[i % 3], "department": department,
            "handler": ("BJ", "EV")[i % 2], "severity": ("normaal", "ernstig")[i % 5 == 0], "branch": "hoofd",
            "subject": ("Stadsfiets <Zwaluw> & zonen", "E-bike $Merel$")[i % 2], "status": "in_behandeling",
            "acknowledge_by": received + timedelta(days=7), "acknowledged_on": received + timedelta(days=3),
            "due_on": received + timedelta(days=28),
        }  # fmt: skip
        if i % 9:
            closed = received + timedelta(days=10 + i % 25)
            row |= {
                "status": "afgehandeld", "answered_on": closed, "answer_channel": "email", "supplier": "Fietsfabriek", "closed_on": closed, "cause": cause,
                "causing_department": department, "responsible": ("eigen", "vervoerder", "leverancier")[i % 3],
                "judgement": ("gegrond", "deels", "ongegrond", "twijfelachtig")[i % 4],
                "solution": ("terugbetaling", "excuses", "vervanging", "uitleg")[i % 4], "cost": 2550 * (i % 3),
                "aftercare_by": closed + timedelta(days=14),
                "aftercare_on": closed + timedelta(days=9) if i % 2 else None,
                "satisfaction": 1 + i % 5 if i % 2 else None,
            }  # fmt: skip
        made.append(row)
    return tuple(made)


_PLACES = (
    ("logistiek", "PL", "levering"),
    ("logistiek", "PL", "levering"),
    ("techniek", "PG", "service"),
    ("administratie", "SF", "administratie"),
    ("klantenservice", "SB", "personeel"),
)


def incident_sample() -> Register:
    """Give a register that is no complaint register: three incidents, one of them finished."""
    definition = load_definition(Path(__file__).parents[1] / "definitions" / "incidents.toml")
    return make_sample(
        {"number": "I-2026-001", "received_on": "2026-09-30", "place": "Hal", "category": "val", "status": "klaar"},
        {"number": "I-2026-002", "received_on": "2026-10-02", "place": "Hal", "category": "brand", "status": "nieuw"},
        {"number": "I-2026-003", "received_on": "2026-10-09", "place": "Kantine", "category": "val", "status": "klaar"},
        definition=definition,
    )
