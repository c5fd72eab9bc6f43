"""Lets a copy of the definition that was made before fields could be personal have them as the shipped one does."""

from __future__ import annotations

from dataclasses import replace

from registerkit.definition.model import Definition, Field, Table

__all__ = ["MARK", "with_personal"]

MARK = "anonymised_on"
"""The role of the field that says when a complaint was anonymised."""


def with_personal(definition: Definition, shipped: Definition) -> Definition:
    """Return a copy that knows what is personal, and that has a field for the day on which that was wiped.

    A copy that says of one field that it is personal says it of all; it is by role, or in the kit's own tables.
    """
    says = any(table.personal for table in definition.tables.values())
    tables = {
        table.id: table
        if says
        else _like(table, shipped.main if table.id == definition.main_id else shipped.tables.get(table.id))
        for table in definition.tables.values()
    }
    main = tables.get(definition.main_id)
    if main and main.personal and MARK not in main.by_id:
        mark = shipped.main.by_id[MARK]
        known = any(group.id == mark.group for group in main.groups)
        field = replace(mark, table=main.id, group=mark.group if known else "")
        tables[main.id] = replace(main, fields=(*main.fields, field))
    return replace(definition, tables=tables)


def _like(table: Table, shipped: Table | None) -> Table:
    if shipped is None or not shipped.personal:
        return table
    return replace(table, fields=tuple(_field(field, shipped) for field in table.fields))


def _field(field: Field, shipped: Table) -> Field:
    own = shipped.by_id.get(field.id)
    is_same = own is not None and own.personal and own.kind == field.kind
    return replace(field, personal=True) if is_same else field
