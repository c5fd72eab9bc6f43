"""The tables of a definition as SQL that Access takes, statement by statement, through ODBC too.

That leaves out what only Access itself can add: captions, validation texts and dropdowns. Records carry Access's own
row number beside their key, so that a row can be typed, and pointed at, before it has one; lists and staff are pointed
at by their code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from registerkit.definition import ChoiceList, Definition, Field, Table

__all__ = ["ACCESS_TYPES", "access_sql"]

ACCESS_TYPES: Mapping[str, str] = {
    "key": "VARCHAR(64)",
    "text": "VARCHAR(255)",
    "memo": "LONGCHAR",
    "date": "DATETIME",
    "integer": "LONG",
    "money": "CURRENCY",
    "yesno": "VARCHAR(10)",  # Access's own yes/no cannot be empty.
    "choice": "VARCHAR(64)",
    "person": "VARCHAR(64)",
    "numbers": "LONGCHAR",
    "email": "VARCHAR(255)",
    "phone": "VARCHAR(64)",
    "postcode": "VARCHAR(16)",
}
"""The column type of every field kind."""
_MOST_INDEXES = 29
"""Access takes 32 in one table, relations included; the rest is left for what an office adds itself."""
_NOT_IN_NAMES = re.compile(r"[.!`\[\]\"\x00-\x1f]")
_LONGEST_NAME = 64


def access_sql(definition: Definition, language: str) -> str:
    """Return the statements that make the tables of a register in an empty Access file, in a language."""
    writer = _Writer(definition, language)
    return "\n\n".join(f"{statement};" for statement in writer.statements()) + "\n"


class _Writer:
    def __init__(self, definition: Definition, language: str) -> None:
        self.definition = definition
        self.language = language
        self.staff = definition.tables.get("staff")
        # A list may be called like a table, such as that of the measures.
        tables = {_folded(table.excel[language]) for table in definition.tables.values()}
        labels = {list_id: choices.labels[language] for list_id, choices in definition.lists.items()}
        self.lists = {i: f"{label} (lijst)" if _folded(label) in tables else label for i, label in labels.items()}

    def statements(self) -> Iterator[str]:
        lists, tables, main = self.definition.lists, self.definition.tables.values(), self.definition.main_id
        for list_id in sorted(lists, key=lambda name: self.definition.parent_list(name) is not None):
            yield from self._list(lists[list_id])
        for table in sorted(tables, key=lambda t: (t.id != "staff", t.id != main)):
            yield self._table(table)

    # ------------------------------------------------------------------------------------------------------- a list
    def _list(self, choices: ChoiceList) -> Iterator[str]:
        name, parent = self.lists[choices.id], self.definition.parent_list(choices.id)
        lines = [
            f"[code] {ACCESS_TYPES['choice']} NOT NULL CONSTRAINT {_named('pk', choices.id)} PRIMARY KEY",
            "[label] VARCHAR(255) NOT NULL",
        ]
        if parent is not None:
            refers = f"REFERENCES {_quote_identifier(self.lists[parent])} ([code])"
            lines.append(f"[parent] {ACCESS_TYPES['choice']} CONSTRAINT {_named('fk', choices.id, 'parent')} {refers}")
        yield _create(name, lines)
        for choice in choices.choices:
            values = [choice.code, choice.labels[self.language], *([choice.parent] if parent is not None else [])]
            yield f"INSERT INTO {_quote_identifier(name)} VALUES ({', '.join(map(_literal, values))})"

    # ------------------------------------------------------------------------------------------------------ a table
    def _table(self, table: Table) -> str:
        fields = [field for field in table.fields if field.stored]
        lines = [self._column(table, field) for field in fields]
        if table is not self.staff:
            lines.insert(0, f"[id] COUNTER CONSTRAINT {_named('pk', table.id)} PRIMARY KEY")
        key = self._name(table, table.key)
        if table.key != table.parent:
            kind = "PRIMARY KEY" if table is self.staff else "UNIQUE"
            lines.append(f"CONSTRAINT {_named('key', table.id)} {kind} ({key})")
        return _create(table.excel[self.language], [*lines, *self._relations(table, fields)])

    def _column(self, table: Table, field: Field) -> str:
        kind = "LONG" if field.id == table.parent else ACCESS_TYPES[field.value_kind]
        needed = field.when == "intake" or field.id == table.parent or (table is self.staff and field.id == table.key)
        return f"{self._name(table, field.id)} {kind}{' NOT NULL' if needed else ''}"

    def _relations(self, table: Table, fields: list[Field]) -> Iterator[str]:
        """Return what a table points at; the least needed ones are left out where Access has no room for them."""
        pointing = sum(t.parent is not None for t in self.definition.tables.values())
        room = _MOST_INDEXES - 2 - (pointing if table.id == self.definition.main_id else 0)
        found = {f.id: target for f in fields if (target := self._target(table, f))}
        by_need = sorted(found, key=lambda f: (not table.by_id[f].is_input, table.by_id[f].when != "intake"))[:room]
        for field_id in (f for f in found if f in by_need):
            name, key = self._name(table, field_id), _named("fk", table.id, table.by_id[field_id].name)
            yield f"CONSTRAINT {key} FOREIGN KEY ({name}) REFERENCES {found[field_id]}"

    def _target(self, table: Table, field: Field) -> str | None:
        if field.id == table.parent:
            return f"{_quote_identifier(self.definition.main.excel[self.language])} ([id])"
        if field.value_kind == "person" and self.staff is not None:
            return f"{_quote_identifier(self.staff.excel[self.language])} ({self._name(self.staff, self.staff.key)})"
        if field.value_kind == "choice" and field.choices:
            return f"{_quote_identifier(self.lists[field.choices])} ([code])"
        return None

    def _name(self, table: Table, field_id: str) -> str:
        return _quote_identifier(table.by_id[field_id].labels[self.language])


def _create(name: str, lines: list[str]) -> str:
    return f"CREATE TABLE {_quote_identifier(name)} (\n  " + ",\n  ".join(lines) + "\n)"


def _quote_identifier(name: str) -> str:
    return f"[{_NOT_IN_NAMES.sub(' ', name).strip()[:_LONGEST_NAME]}]"


def _named(*parts: str) -> str:
    return _quote_identifier("_".join(parts))


def _folded(name: str) -> str:
    return _quote_identifier(name).casefold()


def _literal(value: str | None) -> str:
    return "NULL" if value is None else "'" + value.replace("'", "''") + "'"
