"""Registers made from records alone, for tests of the stages that only look: no store, no workbook."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from registerkit.deadlines import WorkCalendar, load_profile
from registerkit.definition import Definition, Lookups, Record, load_definition
from registerkit.register import Complaint, Phase, Register, has_terms, phases_after
from registerkit.settings import Settings, project_paths
from registerkit.texts import load_texts

__all__ = ["make_complaint", "make_register"]


def make_register(
    records: Mapping[str, Iterable[Record]],
    on: date,
    *,
    definition: Definition | None = None,
    language: str = "nl",
    terms: Mapping[str, Any] | None = None,
    calendar: WorkCalendar | None = None,
    phases: Mapping[str, tuple[Phase, ...]] | None = None,
    **settings: Any,
) -> Register:
    """Give a register of these rows per table; terms are stored and phases follow, where they are not given."""
    definition = definition or load_definition()
    keyed = {table: _keyed(definition, table, rows) for table, rows in records.items()}
    register = Register(
        definition=definition,
        settings=Settings(paths=project_paths(Path("project"), language), language=language, **settings),
        texts=load_texts(language),
        lookups=Lookups.of(definition, language).with_staff(keyed.get("staff", {})),
        records={table: keyed.get(table, {}) for table in definition.tables},
        phases={},
        policy=load_profile(terms or {}),
        calendar=calendar or WorkCalendar({}),
        on=on,
    )
    if has_terms(definition):
        for complaint in register.complaints.values():
            _store_terms(complaint)
        register = replace(register)  # Complaints are read anew, with the terms in them.
    found = {number: phases_after(complaint) for number, complaint in register.complaints.items()}
    return replace(register, phases=found | dict(phases or {}))


def make_complaint(values: Mapping[str, Any], on: date, **given: Any) -> Complaint:
    """Give one complaint of a register that holds nothing else."""
    record = {"number": "K-2026-0001", "name": "J. Jansen", **values}
    return make_register({"complaints": [record], **given.pop("tables", {})}, on, **given).complaints["K-2026-0001"]


def _store_terms(complaint: Complaint) -> None:
    """Fill in what sync would have stored, unless the record says otherwise."""
    if (terms := complaint.terms) is not None:
        for role in ("acknowledge_by", "due_on", "due_reason", "aftercare_by"):
            if complaint.record.get(role) is None:
                complaint.record[role] = getattr(terms, role)


def _keyed(definition: Definition, table_id: str, rows: Iterable[Record]) -> dict[str, Record]:
    table = definition.tables[table_id]
    empty: Record = {field.id: None for field in table.fields if field.stored}
    key = (lambda row: row[table.key].isoformat()) if table_id == "holidays" else (lambda row: str(row[table.key]))
    return {key(row): {**empty, **row} for row in rows}
