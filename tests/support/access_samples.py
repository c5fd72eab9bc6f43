"""Registers with values that Access files are known to trip over, and readers of such files that are not our own."""

from __future__ import annotations

import csv
import io
import json
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from workbook_samples import complaints, varied

from registerkit.definition import Record
from registerkit.session.session import open_session

__all__ = [
    "EMPTY",
    "Reader",
    "Table",
    "hard_records",
    "mdb_reader",
    "mdbtools",
    "put_in_store",
]

EMPTY = "<leeg>"
"""How mdb-export is told to write what is empty."""
_SCRIPT = Path(__file__).with_name("read_access.mjs")


@dataclass(frozen=True)
class Table:
    """What a reader makes of a table: its columns with their types in the reader's words, and its rows."""

    columns: Mapping[str, str]
    rows: list[dict[str, Any]]


Reader = Mapping[str, Table]


def mdb_reader(path: Path) -> Reader:
    """Read a file with mdb-reader: days as ISO texts, amounts as texts with four decimals."""
    done = subprocess.run(["node", _SCRIPT, path], check=True, capture_output=True, text=True, encoding="utf-8")
    found = json.loads(done.stdout)
    return {
        name: Table({c["name"]: f"{c['type']} {c['size']}{' auto' * bool(c['auto'])}" for c in t["columns"]}, t["rows"])
        for name, t in found.items()
    }


def mdbtools(path: Path, name: str, columns: Sequence[str]) -> list[dict[str, str | None]]:
    """Read the rows of a table with mdb-export: every value a text, an emoji as two question marks.

    The columns are named by the caller, for mdb-export writes a name with a comma as if it were two.
    """
    command = ["mdb-export", "-H", "-T", "%Y-%m-%d %H:%M:%S", "-D", "%Y-%m-%d", "-0", EMPTY, str(path), name]
    told = subprocess.run(command, check=True, capture_output=True).stdout.decode("utf-8")
    rows = csv.reader(io.StringIO(told, newline=""))
    return [dict(zip(columns, (None if v == EMPTY else v for v in row), strict=True)) for row in rows]


def hard_records(count: int) -> dict[str, list[Record]]:
    """Give varied records of every table, some of which hold what is hard to keep."""
    records = complaints() | varied(count)
    main = records["complaints"]
    hard: list[Record] = [
        {"name": 'R. O\'Brien "de [snelle]" & Zn.; DROP TABLE', "subject": "100% `wol` !", "city": "'s-Hertogenbosch"},
        {"name": "Zoë 😀 Müller-Łukasz", "description": "Boos 😡.\r\nHeel boos 👩‍👩‍👧.\n\tEinde", "remarks": "日本語"},
        {"subject": "x" * 255, "organisation": "é" * 254 + "😀", "order_number": "7" * 255},
        {"description": "Een heel lang verhaal. " * 3000, "remarks": "a" * 300},
        {"incident_on": date(1899, 12, 29), "bought_on": date(1875, 6, 1)},
        {"incident_on": date(1899, 12, 30), "bought_on": date(1899, 12, 31)},
        {"incident_on": date(101, 1, 1), "bought_on": date(9999, 12, 31)},
        {"amount": 0, "cost": 1, "consumer": None, "special": False, "customer_satisfied": True},
        {"amount": 92_233_720_368_547_758, "cost": 10**12 + 7, "satisfaction": 5},
        {"name": "NULL", "city": " spaties ", "subject": "=1+1", "customer_number": "007"},
    ]
    for record in main:
        if isinstance(day := record["received_on"], date):
            record |= {"due_on": day + timedelta(days=42), "due_reason": "ontvangen + 6 weken", "priority": "normaal"}
    for record, odd in zip(main, hard, strict=False):
        record |= odd
    return records


def put_in_store(root: Path, records: Mapping[str, list[Record]]) -> None:
    """Put records in a project's store as they are, whatever rules they break."""
    session = open_session(root)
    try:
        with session.store.transaction("test", session.stamp_time) as transaction:
            for table_id, rows in records.items():
                table = session.definition.tables[table_id]
                there = session.store.records(table_id)
                for row in rows:
                    if row[table.key] not in there:
                        blank: Record = {f.id: None for f in table.fields if f.stored}
                        transaction.create(table_id, str(row[table.key]), blank | row)
    finally:
        session.close()
