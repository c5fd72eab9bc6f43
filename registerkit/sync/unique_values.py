"""Who holds the values of unique fields, kept up while rows are merged."""

from __future__ import annotations

from registerkit.definition import Record, Table, Value
from registerkit.sync.state import RegisterState

__all__ = ["UniqueValues"]


class UniqueValues:
    """The values in use; `held` has for each table and field the key that holds a value."""

    def __init__(self, state: RegisterState) -> None:
        self._state = state
        self.held: dict[tuple[str, str], dict[Value, str]] = {}

    def note(self, table: Table) -> None:
        """Look up who holds what in a table."""
        records = self._state.records[table.id].items()
        for rule in self._state.definition.rules:
            for field_id in rule.fields if rule.kind == "unique" and rule.table == table.id else ():
                self.held[(table.id, field_id)] = {record.get(field_id): key for key, record in records}

    def move(self, table: Table, key: str, before: Record) -> None:
        """Keep up with a record that changed from what it was before."""
        record = self._state.records[table.id][key]
        for (table_id, field_id), held in self.held.items():
            if table_id == table.id:
                if held.get(before.get(field_id)) == key:
                    del held[before.get(field_id)]
                held.setdefault(record.get(field_id), key)
