"""One change of the store: records, history, keys given out, and what is known of the sources."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

import sqlalchemy as sa

from registerkit.database import CREATED, REVISION
from registerkit.definition import Choice, Definition, Record, Value
from registerkit.store import schema
from registerkit.store.bulk import insert_rows
from registerkit.store.codec import encode
from registerkit.store.migrations import new_nonce

__all__ = ["Transaction"]

_MANY = 2000
"""So many new records are written at once."""


class Transaction:
    """Collects changes of records and writes them at the end in few statements; `Store.transaction` makes it."""

    def __init__(
        self,
        connection: sa.Connection,
        definition: Definition,
        tables: Mapping[str, sa.Table],
        source: str,
        at: str,
        revision: int,
        client_id: str = "",
    ) -> None:
        self.connection = connection
        self.revision = revision
        self.client_id = client_id
        self.definition = definition
        self._tables = tables
        self._source = source
        self.at = at
        self._inserts: dict[str, list[dict[str, Any]]] = {}
        self._updates: list[tuple[str, str, dict[str, Any]]] = []
        self._history: list[dict[str, Any]] = []
        self.is_change = False
        """Whether this counts as a change of the register."""
        self.touched: set[str] = set()
        """Complaints of which something else changed than their records: phases, and whose they are."""

    def create(
        self,
        table_id: str,
        key: str,
        record: Record,
        source: str | None = None,
        others: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """Add a record that `source` brought; `others` says who filled in its other fields."""
        row = self._row(table_id, record) | {"rk_key": key, CREATED: self.revision, REVISION: self.revision}
        self._inserts.setdefault(table_id, []).append(row)
        table = self.definition.tables[table_id]
        own = source or self._source
        said = {
            field_id: text if (by := others.get(field_id, own)) == own else [text, by]
            for field_id, value in record.items()
            if field_id != table.key and table.by_id[field_id].stored and (text := encode(value)) is not None
        }
        self._note(table_id, key, schema.CREATION, None, json.dumps(said, ensure_ascii=False), source)
        if len(self._history) >= _MANY:  # A first sync may bring any number of them.
            self._write_new()

    def update(
        self, table_id: str, key: str, changes: Mapping[str, tuple[Value, Value]], source: str | None = None
    ) -> None:
        """Change fields of a record; `changes` has the old and the new value per field."""
        self.is_change = True
        row = self._row(table_id, {f: new for f, (_, new) in changes.items()})
        self._updates.append((table_id, key, row | {REVISION: self.revision}))
        for field_id, (old, new) in changes.items():
            self._note(table_id, key, field_id, old, new, source)

    def note_lost(self, table_id: str, key: str, field_id: str, value: Value, source: str) -> None:
        """Put a value that lost a conflict in the history; the record keeps what it holds."""
        self._note(table_id, key, field_id, None, value, source, taken=False)

    def finish(self) -> None:
        """Write what was collected, and count the revision when anything changed."""
        self._write_new()
        self._write_updates()
        if self.is_change:
            self.set_meta("revision", str(self.revision))
            self.connection.execute(schema.commits.insert().values(revision=self.revision, nonce=new_nonce()))

    def _write_new(self) -> None:
        """Write the new records so far, and the history."""
        for table_id, rows in self._inserts.items():
            insert_rows(self.connection, self._tables[table_id], rows)
        insert_rows(self.connection, schema.history, self._history)
        self._inserts.clear()
        self._history.clear()

    def _write_updates(self) -> None:
        """Write changed fields, together those of records in which the same fields change."""
        alike: dict[tuple[str, tuple[str, ...]], list[dict[str, Any]]] = {}
        for table_id, key, row in self._updates:
            values = {f"to_{name}": value for name, value in row.items()} | {"of_key": key}
            alike.setdefault((table_id, tuple(sorted(row))), []).append(values)
        for (table_id, names), rows in alike.items():
            layout = self._tables[table_id]
            update = layout.update().where(layout.c.rk_key == sa.bindparam("of_key"))
            self.connection.execute(update.values({name: sa.bindparam(f"to_{name}") for name in names}), rows)

    def set_meta(self, name: str, value: str) -> None:
        """Keep a named value about the store itself."""
        self.replace(schema.meta, {"name": name}, [{"name": name, "value": value}])

    def replace(self, table: sa.Table, where: Mapping[str, Any], rows: Iterable[Mapping[str, Any]]) -> None:
        """Replace the bookkeeping rows that match `where`."""
        conditions = [table.c[name] == value for name, value in where.items()]
        self.connection.execute(table.delete().where(*conditions))
        insert_rows(self.connection, table, rows)

    def replace_each(self, table: sa.Table, column: str, rows: Mapping[str, Iterable[Mapping[str, Any]]]) -> None:
        """Replace the bookkeeping rows of each value of a column, all in two statements."""
        if rows:
            self.connection.execute(
                table.delete().where(table.c[column] == sa.bindparam("of_value")),
                [{"of_value": value} for value in rows],
            )
        insert_rows(self.connection, table, (row for each in rows.values() for row in each))

    def note_list(self, list_id: str, code: str, old: str | None, new: str, source: str) -> None:
        """Put a changed entry of a choice list in the history."""
        self._note("lists", f"{list_id}:{code}", "label", old, new, source)

    def set_lists(self, list_id: str, choices: Iterable[Choice]) -> None:
        """Keep a choice list."""
        rows = [
            {
                "list": list_id,
                "code": choice.code,
                "labels": json.dumps(dict(choice.labels), ensure_ascii=False),
                "parent": choice.parent,
                "explanation": json.dumps(dict(choice.explanation), ensure_ascii=False),
                "in_use": choice.in_use,
                "aliases": "\n".join(choice.aliases),
                "position": n,
            }
            for n, choice in enumerate(choices)
        ]
        self.replace(schema.lists, {"list": list_id}, rows)

    def _row(self, table_id: str, record: Mapping[str, Value]) -> dict[str, Any]:
        table = self.definition.tables[table_id]
        return {
            field_id: encode(value) if table.by_id[field_id].kind == "numbers" else value
            for field_id, value in record.items()
            if field_id != table.key and table.by_id[field_id].stored
        }

    def _note(
        self,
        table_id: str,
        key: str,
        field_id: str,
        old: Value,
        new: Value,
        source: str | None,
        *,
        taken: bool = True,
    ) -> None:
        self.is_change = True
        self._history.append(
            {
                "revision": self.revision,
                "at": self.at,
                "source": source or self._source,
                "table": table_id,
                "key": key,
                "field": field_id,
                "old": encode(old),
                "new": encode(new),
                "taken": taken,
            }
        )
