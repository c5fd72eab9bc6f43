"""Tells which records a source shows: all, or those of its own branch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from registerkit.definition import Definition, Record
from registerkit.office import code_in

__all__ = ["Scope"]


@dataclass(frozen=True)
class Scope:
    """The records that belong in a file; without a branch that is every record of the register."""

    definition: Definition
    branch: str | None = None
    client_id: str = ""
    """Whose own details are shown: the name that the office has in the store."""

    def holds(self, table_id: str, record: Record, records: Mapping[str, Mapping[str, Record]]) -> bool:
        """Tell whether a record belongs in the file: by its branch, or by that of the main record it belongs to."""
        if self.definition.tables[table_id].fixed:
            key = record.get(self.definition.tables[table_id].key)
            # As a sheet shows them they carry no office's name.
            return any(code_in(key, name) for name in (self.client_id, ""))
        if self.branch is None:
            return True
        parent = self.definition.tables[table_id].parent
        if table_id == self.definition.main_id:
            return record.get("branch") == self.branch
        if parent is None:
            return True
        owner = records[self.definition.main_id].get(str(record.get(parent) or ""), {})
        return owner.get("branch") == self.branch
