"""Reads the examples whose complaints are written out one by one: what happened on a day stands as days ago."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from registerkit.commands.demo_data import DemoYear, workday
from registerkit.definition import Record

__all__ = ["told_year"]

_WHO = ("salutation", "name", "address", "postcode", "city", "phone", "email")
_PARTS = ("contacts", "pauses", "investigations")


def told_year(told: Mapping[str, Any], on: date) -> DemoYear:
    """Return the rows of every table, as of a day; what belongs to a complaint names it by its place, from 0."""
    year = DemoYear({"complaints": [], "measures": [_dated(entry, on) for entry in told.get("measures", ())]})
    year.rows["holidays"] = [_dated(entry, on) for entry in told.get("holidays", ())]
    for n, entry in enumerate(told["complaints"]):
        plain = {name: value for name, value in entry.items() if name not in ("who", *_PARTS)}
        who = dict(zip(_WHO, (word.strip() or None for word in entry["who"].split("|")), strict=True))
        if "measure" in plain:
            plain["measure"] = f"M-{on.year}-{plain['measure']:02}"
        year.rows["complaints"].append({"consumer": True, **who, **_dated(plain, on)})
        for table in _PARTS:
            rows = [{"complaint": str(n), **_dated(row, on)} for row in entry.get(table, ())]
            year.rows.setdefault(table, []).extend(rows)
    return year


def _dated(entry: Mapping[str, Any], on: date) -> Record:
    """Return a row with days in place of days ago; amounts are in euros, and what is not there yet is left out."""
    row = {name: value for name, value in entry.items() if name not in ("ago", "euros")}
    days = {name: workday(on - timedelta(days=ago)) for name, ago in entry.get("ago", {}).items()}
    return {**row, **{name: round(amount * 100) for name, amount in entry.get("euros", {}).items()}, **days}
