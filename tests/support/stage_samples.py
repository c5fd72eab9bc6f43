"""Small registers and tables in memory, for the tests of reading, checking, sync, store and write-back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from registerkit.checking import CheckContext
from registerkit.deadlines import load_profile
from registerkit.definition import Definition, Lookups, Record, load_definition
from registerkit.reading import RawTable, SourceRow, TableRows
from registerkit.settings import Routing
from registerkit.sync.complete import Completion, Origin
from registerkit.sync.merge import Merger
from registerkit.sync.numbers import Numbers
from registerkit.sync.plan import Knowledge, SourcePlan
from registerkit.sync.state import RegisterState

__all__ = [
    "COMPLAINT", "DEFINITION", "INCIDENTS", "LOOKUPS", "ON", "STAFF", "completion", "knowledge", "make_merger",
    "make_state", "raw_table", "record", "rows_of",
]  # fmt: skip

ON = date(2026, 11, 20)
DEFINITION = load_definition()
INCIDENTS = load_definition(Path(__file__).parents[1] / "definitions" / "incidents.toml")
STAFF: dict[str, Record] = {
    "EV": {"code": "EV", "name": "Eva Verhoef", "department": "klantenservice", "role": "coordinator"},
    "BJ": {"code": "BJ", "name": "Bram Jonker", "department": "logistiek", "role": "behandelaar"},
    "DS": {"code": "DS", "name": "Daan Smit", "department": "logistiek", "role": "behandelaar"},
}
LOOKUPS = Lookups.of(DEFINITION, "nl").with_staff(STAFF)
COMPLAINT: Record = {
    "received_on": date(2026, 11, 2),
    "channel": "telefoon",
    "name": "J. Jansen",
    "phone": "030 123 4567",
    "category": "PL",
    "description": "De fiets is niet geleverd.",
}
"""What is enough to register a complaint."""


def record(number: str | None = None, definition: Definition = DEFINITION, **values: Any) -> Record:
    """Give a whole stored complaint."""
    main = definition.main
    base = COMPLAINT if definition is DEFINITION else {}
    found: Record = {f.id: None for f in main.fields if f.stored} | base
    found |= {"severity": "normaal", "status": "nieuw", "settlement": "formeel"} if definition is DEFINITION else {}
    return found | {main.key: number} | values


def completion(
    definition: Definition = DEFINITION, lookups: Lookups = LOOKUPS, routing: tuple[Routing, ...] = (), on: date = ON
) -> Completion:
    """Give what fills in defaults and derived values."""
    return Completion(definition, lookups, routing, load_profile({}), on)


def make_state(
    records: Mapping[str, Mapping[str, Record]] | None = None, definition: Definition = DEFINITION
) -> RegisterState:
    """Give a working copy with these records."""
    every = {table: dict((records or {}).get(table, {})) for table in definition.tables}
    state: RegisterState
    numbers = Numbers({}, "K", lambda table, key: key in state.records[table])
    state = RegisterState(definition, every, {}, numbers, ON)
    return state


def make_merger(
    state: RegisterState,
    known: Knowledge | None = None,
    prefer: Any = None,
    name: str = "klachtenregister.xlsx",
    lookups: Lookups = LOOKUPS,
    origin: Origin | None = None,
    prefix: str | None = None,
) -> Merger:
    """Give the merger of one file."""
    return Merger(
        state=state,
        knowledge=known or knowledge(),
        plan=SourcePlan(name, "workbook", ON),
        completion=completion(state.definition, lookups),
        check=CheckContext(state.definition, lookups, ON),
        origin=origin or Origin(),
        prefer=prefer,
        prefix=prefix,
    )


def knowledge(**given: Any) -> Knowledge:
    """Give what is known of a stamped file."""
    return Knowledge(**({"source_id": 1, "stamped": True} | given))


def raw_table(
    table: str = "complaints",
    headers: list[str] | None = None,
    rows: list[tuple[int, list[Any]]] | None = None,
    definition: Definition = DEFINITION,
    **given: Any,
) -> RawTable:
    """Give a table as it lies in a file, with the Dutch headers of these fields from column A on."""
    found = definition.tables[table]
    fields = headers if headers is not None else [f.id for f in found.fields]
    columns = {f: n for n, f in enumerate(fields)}
    labels = {f: found.by_id[f].labels["nl"] for f in fields}
    values = {"sheet_part": "xl/worksheets/sheet1.xml", "excel": None, "header_row": 1} | given
    return RawTable(found, found.sheet["nl"], columns=columns, headers=labels, rows=rows or [], **values)


def rows_of(
    *said: Mapping[str, Any],
    table: str = "complaints",
    definition: Definition = DEFINITION,
    bad: Mapping[int, set[str]] | None = None,
) -> TableRows:
    """Give the rows of a file as understood: each says the key under the table's key field, and values by field."""
    found = definition.tables[table]
    fields = [f.id for f in found.fields]
    rows = []
    for n, values in enumerate(said, 2):
        key = values.get(found.key)
        inputs = {f: v for f, v in values.items() if f != found.key or found.by_id[found.key].kind == "date"}
        wrong = frozenset((bad or {}).get(n, set()))
        rows.append(SourceRow(table, n, key, {f: v for f, v in inputs.items() if f not in wrong}, wrong))
    return TableRows(raw_table(table, fields, definition=definition), "klachtenregister.xlsx", tuple(rows))
