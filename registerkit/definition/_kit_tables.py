"""Checks the tables that registerkit reads by fixed ids, such as staff and holidays: a copy may add to them only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from registerkit.definition.headers import header_key
from registerkit.definition.model import Definition, Field, Table
from registerkit.faults import Faults

__all__ = ["NEEDED", "check_kit_tables", "with_kit_choices"]

NEEDED: Mapping[str, frozenset[str]] = {
    "contacts": frozenset({"complaint", "on"}),
    "pauses": frozenset({"complaint", "from", "until"}),
    "investigations": frozenset({"complaint"}),
    "measures": frozenset({"number", "description", "owner", "ready_by", "done_on"}),
    "letters": frozenset({"complaint", "phase", "kind", "made_on", "file"}),
    "staff": frozenset({"code", "name"}),
    "holidays": frozenset({"on", "name", "origin", "in_use"}),
    "office": frozenset({"row_key", "part", "name", "value", "purpose"}),
}
"""Per table the fields that it cannot do without; every other field of the shipped definition may be left out."""


def check_kit_tables(definition: Definition, shipped: Definition, faults: Faults) -> None:
    """Note every table and field that goes by another id than the kit reads it by, and those that are missing."""
    strange = [t for t in definition.tables.values() if t.id not in shipped.tables and t.id != definition.main_id]
    for table_id in NEEDED:
        if table := definition.tables.get(table_id):
            _check_fields(table, shipped.tables[table_id], faults)
        elif renamed := next((t for t in strange if _same_labels(t.labels, shipped.tables[table_id].labels)), None):
            faults.add("kit_table_renamed", f"tables.{renamed.id}", word=renamed.id, nearest=table_id)


def with_kit_choices(definition: Definition, shipped: Definition) -> Definition:
    """Return a copy of a definition with the codes of the kit's own lists that it was made too early to have."""
    lists = dict(definition.lists)
    for own in shipped.lists.values():
        if own.fixed and (mine := lists.get(own.id)):
            missing = tuple(choice for choice in own.choices if choice.code not in mine.by_code)
            lists[own.id] = replace(mine, choices=mine.choices + missing)
    return replace(definition, lists=lists)


def _check_fields(table: Table, shipped: Table, faults: Faults) -> None:
    where = f"tables.{table.id}.fields"
    own = [field for field in table.fields if field.id not in shipped.by_id]
    for field in shipped.fields:
        if field.id in table.by_id:
            continue
        if renamed := _renamed(field, own):
            faults.add("kit_field_renamed", f"{where}.{renamed.id}", word=renamed.id, nearest=field.id)
        elif field.id in NEEDED[table.id]:
            faults.add("kit_field_missing", where, word=field.id)


def _renamed(field: Field, own: list[Field]) -> Field | None:
    """Return the field of the copy that stands in a kit field's place: one with its label, of its kind."""
    return next((f for f in own if f.value_kind == field.value_kind and _same_labels(f.labels, field.labels)), None)


def _same_labels(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    return any(header_key(one.get(language)) == header_key(label) for language, label in other.items())
