"""Invented complaints, and the content of workbooks made from them."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from registers import make_register

from registerkit.deadlines import load_profile, seed_holidays, work_calendar
from registerkit.definition import Definition, Record, load_definition
from registerkit.register import counted_values
from registerkit.stamp import Stamp
from registerkit.texts import load_texts
from registerkit.workbook import WorkbookContent

__all__ = ["TODAY", "MakeContent", "complaints", "make_content", "varied"]

TODAY = date.today()
NAMES = (
    "J. Bakker", "S. de Vries", "A. Yıldız", "M. van den Berg", "F. Haddad", "P. Janssen",
    "L. Smit", "R. O'Brien", "T. Visser", "K. Mulder", "E. Bos", "C. Dekker & Zn.",
)  # fmt: skip
CATEGORIES = ("PL", "PK", "PL", "SF", "SB", "PL", "PK", "SI", "PL", "PO", "SF", "PK")
SUBCATEGORIES = ("PL1", "PK1", "PL2", "SF1", "SB1", "PL1", "PK3", "SI1", None, "PO1", "SF3", "PK2")

MakeContent = Callable[..., WorkbookContent]


def _complaint(n: int) -> Record:
    received = TODAY - timedelta(days=(3, 12, 33, 24, 45, 60, 75, 120, 8, 1, 27, 200)[n])
    record: Record = {
        "number": f"K-2026-{n + 1:04}",
        "received_on": received,
        "channel": ("telefoon", "email", "brief")[n % 3],
        "receiver": "AB",
        "branch": "hoofd",
        "name": NAMES[n],
        "address": "Lindelaan 12a" if n % 2 else None,
        "postcode": "1234 AB" if n % 2 else None,
        "city": "Utrecht" if n % 2 else None,
        "phone": "06 12345678",
        "email": f"klant{n}@voorbeeld.nl",
        "consumer": n % 4 != 0,
        "category": CATEGORIES[n],
        "subcategory": SUBCATEGORIES[n],
        "subject": ("stadsfiets", "=fietstas", "levering", "factuur")[n % 4],
        "description": "De fiets kwam drie dagen te laat.\nDe doos was open en het slot ontbrak." if n % 2 else "Stuk.",
        "remedy_sought": "vervanging",
        "amount": 12950 + n,
        "severity": "zeer_ernstig" if n == 4 else "normaal",
        "handler": ("AB", "CD")[n % 2],
        "department": "klantenservice",
        "status": "in_behandeling" if n else "nieuw",
        "settlement": "formeel",
    }
    if n in (2, 5, 6, 7, 11):
        answered = received + timedelta(days=20 + n)
        record |= {
            "status": "afgehandeld",
            "judgement": ("gegrond", "deels", "ongegrond")[n % 3],
            "solution": "vervanging",
            "answered_on": answered,
            "closed_on": answered,
            "closed_by": "AB",
            "cost": 2500,
            "reasons": "De bon klopt.",
            "acknowledged_on": received + timedelta(days=2),
            "related_to": ("K-2026-0001", "K-2026-0002"),
        }
    return record


def _other_tables() -> dict[str, list[Record]]:
    return {
        "contacts": [
            {
                "row_key": "C000001",
                "complaint": "K-2026-0002",
                "on": TODAY - timedelta(days=2),
                "by": "CD",
                "channel": "telefoon",
                "with_whom": "S. de Vries",
                "summary": "Gebeld over de levering.",
            },
        ],
        "pauses": [
            {
                "row_key": "P000001",
                "complaint": "K-2026-0004",
                "from": TODAY - timedelta(days=10),
                "until": TODAY - timedelta(days=6),
                "reason": "Foto's gevraagd",
            },
            {
                "row_key": "P000002",
                "complaint": "K-2026-0004",
                "from": TODAY - timedelta(days=8),
                "until": TODAY - timedelta(days=4),
                "reason": "Bon gevraagd",
            },
            {
                "row_key": "P000003",
                "complaint": "K-2026-0009",
                "from": TODAY - timedelta(days=3),
                "reason": "Wacht op klant",
            },
        ],
        "investigations": [
            {"complaint": "K-2026-0005", "by": "AB", "facts": "Twee getuigen gehoord.", "damage_amount": 5000}
        ],
        "measures": [
            {"number": "M-2026-01", "kind": "preventief", "description": "Dozen dubbel verpakken", "owner": "CD"}
        ],
        "letters": [
            {"row_key": "B000001", "complaint": "K-2026-0003", "phase": 1, "kind": "acknowledgement", "made_on": TODAY}
        ],
        "staff": [
            {
                "code": "AB",
                "name": "Anna Blom",
                "department": "klantenservice",
                "role": "coordinator",
                "email": "a.blom@voorbeeld.nl",
            },
            {
                "code": "CD",
                "name": "Cas Dijkstra",
                "department": "klantenservice",
                "role": "behandelaar",
                "deputy": "AB",
            },
        ],
    }


def complaints(count: int = 12) -> dict[str, list[Record]]:
    """Give invented records for every table."""
    return {
        "complaints": [_complaint(n % 12) | {"number": f"K-2026-{n + 1:04}"} for n in range(count)],
        **_other_tables(),
    }


def varied(count: int, seed: int = 7) -> dict[str, list[Record]]:
    """Give complaints of every status and age: extended, reopened, waiting, with and without an answer or consent."""
    chance = random.Random(seed)
    records = complaints(count)
    lists = load_definition().lists
    codes = {name: [c.code for c in entries.choices] for name, entries in lists.items()}

    def day(start: date, low: int, high: int) -> date:
        return start + timedelta(days=chance.randint(low, high))

    for record in records["complaints"]:
        received = day(TODAY, -700, 0)
        record |= {"received_on": received, "answered_on": None, "closed_on": None, "acknowledged_on": None}
        for name in ("channel", "category", "severity", "status", "department", "cause", "responsible", "judgement"):
            record[name] = chance.choice([*codes[name], None] if name in ("cause", "judgement") else codes[name])
        subcategories = [c for c in lists["subcategory"].choices if c.parent == record["category"]]
        record["subcategory"] = chance.choice([*(c.code for c in subcategories), None])
        record["name"], record["email"] = chance.choice(NAMES), f"klant{chance.randint(1, count // 2)}@voorbeeld.nl"
        record["phone"] = chance.choice(["06 12345678", "030 1234567", None])
        record["handler"] = chance.choice(["AB", "CD", None])
        if chance.random() < 0.3:
            record |= {"extended_on": day(received, 1, 40), "extended_weeks": chance.choice([1, 2, 4, None])}
        if chance.random() < 0.2:
            record |= {
                "consent_until": day(received, 30, 120),
                "consent_on": chance.choice([day(received, 5, 30), None]),
            }
        if chance.random() < 0.6:
            answered = day(received, 0, 70)
            record |= {"answered_on": answered, "closed_on": answered, "solution": chance.choice(codes["solution"])}
        if record["status"] == "afgehandeld" and record["closed_on"] is None:
            record["closed_on"] = received + timedelta(days=30)  # None is closed without.
        if chance.random() < 0.1:
            record |= {"reopened_on": day(received, 20, 100), "reopen_reason": "niet_tevreden"}
        if chance.random() < 0.5:
            record["acknowledged_on"] = day(received, 0, 9)
        record["committee"] = chance.choice([True, False, None])
    numbers = [str(record["number"]) for record in records["complaints"]]
    records["pauses"] = [
        {"row_key": f"P{n:06}", "complaint": chance.choice(numbers), "from": (start := day(TODAY, -300, -1)), "reason": "foto's",
         "until": chance.choice([day(start, 0, 30), None]), "consent_on": chance.choice([start, None])}
        for n in range(1, count // 5)
    ]  # fmt: skip
    return records


def make_content(
    language: str = "nl",
    records: dict[str, list[Record]] | None = None,
    definition: Definition | None = None,
    terms: dict[str, Any] | None = None,
    prepared: int = 40,
    **settings: Any,
) -> WorkbookContent:
    """Give the content of a workbook, with stored terms filled in."""
    definition = definition or load_definition()
    texts, policy = load_texts(language), load_profile(terms or {})
    rows = dict(records or {})
    holidays = seed_holidays(range(2024, 2029), texts, policy.default)
    if "holidays" in definition.tables:
        rows["holidays"] = [{"on": h.day, "name": h.name, "origin": h.origin, "in_use": h.in_use} for h in holidays]
    office = {"organisation": {"name": "De Spaak BV"}, "prepared": prepared, **settings}
    calendar = work_calendar(holidays, policy.default)
    register = make_register(
        rows, TODAY, definition=definition, language=language, terms=terms, calendar=calendar, **office
    )
    for complaint in register.complaints.values() if register.has_terms else ():
        complaint.record.update({"priority": "normaal", **counted_values(complaint)})
    used = len(rows.get(definition.main_id, []))
    reserved = {definition.main_id: [f"K-2026-{used + n:04}" for n in range(1, 26)]}
    return WorkbookContent(register, Stamp("register-1", "workbook-1", 7), reserved)
