"""Invents a year of complaints: the same every time, told as an office would have filled them in."""

from __future__ import annotations

import random
import tomllib
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from registerkit.definition import Record
from registerkit.errors import UsageError
from registerkit.resources import resource_folder
from registerkit.setting_kinds import PROFILES
from registerkit.texts import LANGUAGES

__all__ = ["DemoYear", "demo_texts", "invent_year", "workday"]

_HOW_MANY = 120
_CHANNELS = {
    "telefoon": 34, "email": 28, "webformulier": 16, "balie": 10, "brief": 5, "klachtenbriefje": 3, "chat": 6,
    "social": 4, "servicelijn": 3, "bezoek": 2, "fax": 1,
}  # fmt: skip
_JUDGEMENTS = {"gegrond": 48, "deels": 20, "ongegrond": 18, "twijfelachtig": 6, "geen_oordeel": 3}
_SOLUTIONS = {
    "gegrond": ("excuses", "uitleg"),
    "deels": ("korting", "excuses"),
    "ongegrond": ("uitleg", "afwijzing"),
    "twijfelachtig": ("coulance", "korting"),
    "geen_oordeel": ("excuses", "uitleg"),
    "te_kwader_trouw": ("afwijzing",),
}
"""What is offered by judgement; who is right gets what he asked for, unless he only told of it."""
_ONLY_TOLD = "melden"
_MONEY = {
    "terugbetaling": (2500, 14000),
    "schadevergoeding": (1500, 12000),
    "korting": (1000, 7500),
    "coulance": (1000, 5000),
    "vervanging": (4000, 14500),
    "reparatie": (1500, 9000),
}
"""What a solution costs, in cents, from and up to."""
_SHARE = {"korting": 0.2, "coulance": 0.3}
"""What part of the amount at stake a solution gives, where that is not all."""
_APPROVED = 15_000
_MANAGERS = {"techniek": "TD", "logistiek": "EW"}
_CAUSING = {"levering": "logistiek", "artikel": "techniek", "administratie": "administratie"}
_HANDLERS = {"PL": "JB", "PO": "JB", "PK": "FY", "PG": "FY", "PI": "FY", "SF": "PH"}
_PROCESSES = {"PL": "levering", "PO": "levering", "PK": "inkoop", "PG": "reparatie", "PI": "inkoop", "SF": "facturatie"}
_INITIALS = "ABCDEFGHJKLMNPRSTVW"
_REPEATING = 6
"""As many people complain more than once."""


@dataclass
class DemoYear:
    """The rows of every table, in the order an office would have typed them."""

    rows: dict[str, list[Record]] = field(default_factory=dict)


def demo_texts(profile: str = PROFILES[0], language: str = LANGUAGES[0]) -> dict[str, Any]:
    """Return an example: the office, and its complaints or the people, products and stories that they are made of.

    Raises `UsageError` when there is none for the profile in the language.
    """
    folder = resource_folder("workbook_templates")
    path = folder / (f"demo.{language}.toml" if profile == PROFILES[0] else f"demo.{profile}.{language}.toml")
    if not path.is_file():
        raise UsageError(path.name, reason="demo", profile=profile, language=language)
    return tomllib.loads(path.read_text(encoding="utf-8"))


def invent_year(on: date) -> DemoYear:
    """Invent the complaints of the year up to a day; the day decides the dates, nothing else varies."""
    return _Inventor(on).year()


def workday(day: date) -> date:
    """Return the day, or the Friday before a weekend."""
    return day - timedelta(days=max(0, day.weekday() - 4))


class _Inventor:
    def __init__(self, on: date) -> None:
        self.on = on
        self.told = demo_texts()
        self.random = random.Random(20261)  # Not for secrets: the same year every time.
        self.people = [self._person(n) for n in range(3 * len(self.told["people"]))]
        self.year_rows = DemoYear(
            {"complaints": [], "measures": self._dated("measures"), "holidays": self._dated("holidays")}
        )

    def year(self) -> DemoYear:
        days = sorted(self.random.randint(1, 364) for _ in range(_HOW_MANY - 22))
        days = sorted([*days, *(self.random.randint(0, 40) for _ in range(22))], reverse=True)
        for n, ago in enumerate(days):
            received = workday(self.on - timedelta(days=ago))
            self.year_rows.rows["complaints"].append(self._complaint(n, received))
        return self.year_rows

    def _person(self, n: int) -> Record:
        """Invent person n; after a round of surnames other initials make other people."""
        turn, place = divmod(n, len(self.told["people"]))
        salutation, name = self.told["people"][place].split("|")
        if turn:
            name = f"{_INITIALS[(n * 7) % len(_INITIALS)]}. {name.split(' ', 1)[1]}"
        street, postcode, city = self.told["addresses"][n % len(self.told["addresses"])].split("|")
        surname = name.split()[-1].lower()
        return {
            "salutation": salutation,
            "name": name,
            "address": f"{street} {7 + 3 * n}",
            "postcode": postcode,
            "city": city,
            "phone": f"06 {55501000 + n * 37}",
            "email": f"{name[0].lower()}.{surname}@voorbeeld.example",
            "consumer": True,
            "customer_number": f"{10400 + n * 13}",
        }

    def _complaint(self, n: int, received: date) -> Record:
        person = self.people[self.random.randrange(_REPEATING) if n % 9 == 0 else _REPEATING + n]
        story = self.random.choice(self.told["stories"]).split("|")
        subcategory, subjects, description, consequence, remedy, cause, responsible, at_stake = story
        product = self.random.choice(subjects.split(", "))
        category = subcategory[:2]
        record: Record = {
            **person,
            "received_on": received,
            "channel": self._weighted(_CHANNELS),
            "receiver": self.random.choice(("AN", "MK", "SV")),
            "category": category,
            "subcategory": subcategory,
            "subject": product,
            "description": description.format(product=product),
            "consequence": consequence,
            "remedy_sought": remedy,
            "process": _PROCESSES.get(category, "klantenservice"),
            "severity": self._severity(subcategory),
            "order_number": f"{26000 + self.random.randint(100, 9900)}" if category.startswith("P") else None,
            "customer_kind": self._weighted({"vast": 40, "nieuw": 45, "top": 5, "overig": 10}),
            "handler": _HANDLERS.get(category, "MK"),
            "amount": self._amount(at_stake, product) if remedy in _MONEY else None,
            "special": True if n in (61, 62, 63) else None,
        }
        if n % 7 == 3:
            record["email"] = None
        self._handle(n, record, cause, responsible)
        return record

    def _amount(self, at_stake: str, product: str) -> int:
        """Return what a story is about, in cents: the price of the product, an amount, or one between two."""
        draw = (self.random.randint(20, 600) - 20) / 580
        if at_stake == "prijs":
            price: float = self.told["prices"][product]
            return round(price * 100)
        low, _, high = at_stake.partition("-")
        return round(float(low) * 100) if not high else round(float(low) + draw * (float(high) - float(low))) * 100

    # ---------------------------------------------------------------------------------------------------- handling
    def _handle(self, n: int, record: Record, cause: str, responsible: str) -> None:
        received, age = _day(record["received_on"]), (self.on - _day(record["received_on"])).days
        if age >= 4:
            record["acknowledged_on"] = self._after(received, self.random.choice((0, 1, 1, 2, 3, 4, 8)))
        if n % 17 == 5 and age > 30:
            record["extended_on"] = self._after(received, 24)
        takes = self.random.choice((3, 6, 9, 12, 15, 18, 21, 24, 26, 33, 41)) + (12 if record.get("extended_on") else 0)
        if n % 23 == 7 and age > 20:
            self._pause(n, received, str(record["category"]))
        if age > takes and n % 19 != 11:
            self._close(n, record, self._after(received, takes), cause, responsible)
        else:
            record["status"] = self._open_status(age)
            if record["status"] == "voorstel":
                known, category = self.told["proposals"], str(record["category"])
                record["proposal"] = known.get(category) or known[category[:1]]
            if record["status"] == "in_behandeling" and n % 5 == 0:
                place = "10.30 uur, Oude Singel 48 in Utrecht"
                record |= {"hearing_on": workday(self.on + timedelta(days=8)), "hearing_place": place}
            if age > 7:
                self._contact(n, record, self._after(received, 6), "Situatie besproken en termijn uitgelegd.")

    def _open_status(self, age: int) -> str | None:
        if age < 4:
            return None
        return self._weighted({"in_behandeling": 55, "wacht_klant": 15, "wacht_derden": 15, "voorstel": 15})

    def _close(self, n: int, record: Record, answered: date, cause: str, responsible: str) -> None:
        if n % 31 == 4:
            record |= {"status": "ingetrokken", "closed_on": answered, "closed_by": record["handler"]}
            return
        if n % 41 == 9:
            record |= {"status": "doorgestuurd", "remarks": "Doorgestuurd naar de fabrikant."}
            record |= {"answered_on": answered, "answer_channel": "email", "closed_on": answered}
            return
        if n % 13 == 6:
            self._settle_informally(record, answered)
            return
        judgement = "te_kwader_trouw" if n == 58 else self._weighted(_JUDGEMENTS)
        solution = self.random.choice(_SOLUTIONS[judgement])
        if judgement == "gegrond" and record["remedy_sought"] != _ONLY_TOLD:
            solution = str(record["remedy_sought"])
        record |= {
            "status": "afgehandeld",
            "settlement": "formeel",
            "judgement": judgement,
            "nature": self._weighted({"objectief": 75, "subjectief": 25}),
            "cause": cause,
            "responsible": responsible,
            "causing_department": _CAUSING.get(cause, "klantenservice"),
            "supplier": "Frameland BV" if responsible == "leverancier" else None,
            "reasons": self.random.choice(self.told["reasons"][judgement]),
            "solution": solution,
            "cost": self._cost(record, solution) if solution in _MONEY else None,
            "answer_channel": self._weighted({"email": 50, "brief": 20, "telefoon": 25, "bezoek": 5}),
            "answered_on": answered,
            "closed_on": answered,
            "closed_by": record["handler"],
        }  # fmt: skip
        if isinstance(cost := record["cost"], int) and cost > _APPROVED:
            record["approved_by"] = _MANAGERS.get(str(record["causing_department"]), "SV")
        if n % 8 == 1:
            self._investigation(n, record, answered, cause)
        if cause == "levering" and responsible != "klant" and n % 2:
            record["measure"] = _measure_number(self.on, 1)
        self._aftercare(n, record, answered)
        if n % 27 == 12:
            self._reopen(record, answered)

    def _cost(self, record: Record, solution: str) -> int:
        """Return what a solution costs, in cents: of what is at stake, or a little where nothing is."""
        draw = self.random.randint(*_MONEY[solution])
        at_stake = record["amount"]
        if not isinstance(at_stake, int):
            return 1000 + draw % 1500 // 100 * 100
        share = _SHARE.get(solution, 1)
        return at_stake if share == 1 else max(500, round(at_stake * share / 100) * 100)

    def _investigation(self, n: int, record: Record, answered: date, cause: str) -> None:
        received = _day(record["received_on"])
        day = max(received, workday(answered - timedelta(days=3)))
        row: Record = {
            "complaint": str(n),
            "by": record["handler"],
            "facts": record["reasons"],
            "possible_causes": self.told["causes"].get(cause),
            "damage": record["consequence"],
            "damage_amount": record["amount"],
            "finished_on": day,
        }
        if n % 16 == 1:
            row["heard_on"] = day
            self._contact(n, record, day, self.told["heard"], "Het antwoord volgt schriftelijk.")
        else:
            row["hearing_waived"] = "Telefonisch besproken."
        self.year_rows.rows.setdefault("investigations", []).append(row)

    def _settle_informally(self, record: Record, answered: date) -> None:
        record |= {
            "settlement": "informeel",
            "solved_on": answered,
            "customer_satisfied": True,
            "solution": "excuses",
            "answer_channel": "telefoon",
            "status": "afgehandeld",
            "closed_by": record["handler"],
        }

    def _aftercare(self, n: int, record: Record, answered: date) -> None:
        day = self._after(answered, 9)
        if day > self.on or n % 3 == 0:
            return
        happy = record["judgement"] in ("gegrond", "deels", "twijfelachtig")
        score = self.random.choice((3, 4, 4, 5, 5)) if happy else self.random.choice((1, 2, 2, 3))
        record |= {"aftercare_on": day, "satisfaction": score, "customer_satisfied": score >= 3}

    def _reopen(self, record: Record, answered: date) -> None:
        day = self._after(answered, 12)
        if day > self.on:
            return
        record |= {"reopened_on": day, "reopen_reason": "niet_tevreden", "status": "heropend"}

    def _pause(self, n: int, received: date, category: str) -> None:
        start = self._after(received, 8)
        row: Record = {
            "complaint": str(n),
            "from": start,
            "until": start + timedelta(days=6),
            "reason": self.told["waits"][category[:1]],
        }
        self.year_rows.rows.setdefault("pauses", []).append(row)

    def _contact(self, n: int, record: Record, day: date, summary: str, agreed: str = "") -> None:
        row: Record = {
            "complaint": str(n),
            "on": min(day, self.on),
            "by": record["handler"],
            "channel": "telefoon",
            "with_whom": record["name"],
            "summary": summary,
            "agreed": agreed or "We bellen binnen een week terug.",
        }
        self.year_rows.rows.setdefault("contacts", []).append(row)

    def _dated(self, table: str) -> list[Record]:
        """Return rows whose days count from four months ago."""
        start = self.on - timedelta(days=120)
        rows: list[Record] = []
        for entry in self.told[table]:
            days = {f: workday(start + timedelta(days=n)) for f, n in entry["days"].items()}
            rows.append({f: value for f, value in entry.items() if f != "days"} | days)
        return rows

    # ------------------------------------------------------------------------------------------------------- helpers
    def _severity(self, subcategory: str) -> str:
        if subcategory in ("PK5", "SP2"):
            return "zeer_ernstig"
        return self._weighted({"licht": 25, "normaal": 60, "ernstig": 15})

    def _weighted(self, weights: dict[str, int]) -> str:
        return self.random.choices(list(weights), list(weights.values()))[0]

    def _after(self, day: date, days: int) -> date:
        return min(workday(day + timedelta(days=days)), self.on)


def _measure_number(on: date, n: int) -> str:
    return f"M-{on.year}-{n:02}"


def _day(value: Any) -> date:
    assert isinstance(value, date)
    return value
