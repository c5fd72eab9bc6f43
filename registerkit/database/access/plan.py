"""Plans an Access file from a definition: which tables, columns, keys, relations and rules it has. Touches no file.

Records of the tables that people add to carry Access's own row number, `Id`, as their primary key, beside a number
that is unique but may be empty: a complaint typed in Access has none until sync gives it one, and a contact of that
complaint can point at it all the same, because relations go over `Id`. Lists and staff are pointed at by their code.
No relation cascades: nothing disappears or changes because something else did.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from registerkit.database.access.combos import ListColumns, choice_combo, number_combo, person_combo, words_combo
from registerkit.database.access.expressions import quote_access_text
from registerkit.database.access.kinds import ACCESS_KINDS
from registerkit.database.access.layout import (
    LONGEST,
    AccessColumn,
    AccessIndex,
    AccessPlan,
    AccessTable,
    Combo,
    Relation,
)
from registerkit.database.access.names import ROW_ID, AccessNames, access_names
from registerkit.database.access.rules import RuleMaker
from registerkit.definition import Definition, Field, Table
from registerkit.texts import Texts

__all__ = ["COLUMNS", "META", "plan_access"]

META = "rk_meta"
"""The hidden table that says which register a file belongs to and how far it was brought up to date."""
COLUMNS = "rk_columns"
"""The hidden table that says which column holds which field."""
_MOST_INDEXES = 29
"""Access takes 32 in one table, and one goes to each relation, on both sides; the rest is left to the office."""


def plan_access(definition: Definition, texts: Texts) -> AccessPlan:
    """Plan the file of a register in a language."""
    return _Planner(definition, texts).plan()


class _Planner:
    def __init__(self, definition: Definition, texts: Texts) -> None:
        self.definition = definition
        self.texts = texts
        self.language = texts.language
        self.names: AccessNames = access_names(definition, texts)
        self.list_columns = ListColumns(texts)
        self.rules = RuleMaker(definition, self.names, texts)

    def plan(self) -> AccessPlan:
        tables = [*(self._list(list_id) for list_id in self._lists_in_order()), *map(self._table, self._in_order())]
        relations = [*self._list_relations(), *(r for table in self._in_order() for r in self._relations(table))]
        title = self.definition.labels[self.language]
        return AccessPlan(title, (*tables, _meta(), _columns()), tuple(relations))

    # ------------------------------------------------------------------------------------------------- which tables
    def _lists_in_order(self) -> list[str]:
        """Return the lists, one that others belong to before them."""
        lists = self.definition.lists
        return sorted(lists, key=lambda list_id: self.definition.parent_list(list_id) is not None)

    def _in_order(self) -> list[Table]:
        """Return the tables: staff first, for others point at it, then the main table and what belongs to that."""
        # What an office says of itself stands in its own workbook alone.
        tables, main = (t for t in self.definition.tables.values() if not t.fixed), self.definition.main_id
        return sorted(tables, key=lambda t: (t.id != "staff", t.id != main))

    # ---------------------------------------------------------------------------------------------------- the tables
    def _table(self, table: Table) -> AccessTable:
        fields = [field for field in table.fields if field.stored]
        columns = [self._column(table, field) for field in fields]
        if self._has_row_id(table):
            columns.insert(0, AccessColumn(ROW_ID, "autonumber", hidden=True))
        refusal, label = self.rules.for_row(table), table.labels.get(self.language, "")
        name, keys = self.names.table(table.id), tuple(self._keys(table))
        return AccessTable(table.id, name, tuple(columns), keys, label, refusal.rule, refusal.text)

    def _keys(self, table: Table) -> list[AccessIndex]:
        """Return the indexes over columns whose values are all different."""
        keys = [AccessIndex(ROW_ID, unique=True, primary=True)] if self._has_row_id(table) else []
        keys.append(AccessIndex(self.names.column(table.id, table.key), unique=True, primary=not keys))
        for rule in self.definition.rules_by_table[table.id]:
            if rule.kind == "unique" and rule.severity == "error":
                short = [f for f in rule.fields if ACCESS_KINDS[table.by_id[f].value_kind].type != "memo"]
                keys += [AccessIndex(self.names.column(table.id, f), unique=True) for f in short]
        return keys

    def _has_row_id(self, table: Table) -> bool:
        """Tell whether rows may be typed before their key is known; not staff, whom everything points at."""
        key = table.by_id[table.key]
        return table.id != "staff" and (key.when != "intake" or table.key == table.parent)

    def _column(self, table: Table, field: Field) -> AccessColumn:
        name, label = self.names.column(table.id, field.id), field.labels[self.language]
        help_text = field.help.get(self.language, "")[:LONGEST]
        if field.id == table.parent:
            combo = number_combo(self.definition, self.names, self.texts)
            return AccessColumn(
                name, "long", field.id, required=True, combo=combo, caption=label, description=help_text
            )
        kind = ACCESS_KINDS[field.value_kind]
        refusal = self.rules.for_field(field)
        return AccessColumn(
            name,
            kind.type,
            field.id,
            size=kind.size,
            required=field.when == "intake" or (field.id == table.key and not self._has_row_id(table)),
            default=self._default(field),
            rule=refusal.rule,
            refusal=refusal.text,
            caption=label,
            description=help_text,
            format=kind.format,
            combo=self._combo(field),
            hidden=field.hidden,
        )

    def _default(self, field: Field) -> str:
        if field.default is None:
            return ""
        if field.kind == "yesno":
            return quote_access_text(self.texts("value.yes" if field.default in ("ja", "yes", "true") else "value.no"))
        return quote_access_text(field.default)

    def _combo(self, field: Field) -> Combo | None:
        if field.value_kind == "yesno":
            return words_combo(self.texts)
        if field.value_kind == "person" and "staff" in self.definition.tables:
            return person_combo(self.definition, self.names)
        if field.choices and field.value_kind == "choice":
            parent = self.definition.parent_list(field.choices)
            return choice_combo(self.names, self.list_columns, field.choices, parent)
        return None

    def _list(self, list_id: str) -> AccessTable:
        own, size = self.list_columns, ACCESS_KINDS["choice"].size
        parent = self.definition.parent_list(list_id)
        columns = [
            AccessColumn(own.code, "text", "code", size=size, required=True),
            AccessColumn(own.label, "text", "label", size=255, required=True),
            AccessColumn(own.explanation, "memo", "explanation"),
            AccessColumn(own.position, "long", "position"),
            AccessColumn(own.in_use, "boolean", "in_use", default="True"),
        ]
        if parent is not None:
            combo = choice_combo(self.names, own, parent, None)
            columns.insert(2, AccessColumn(own.parent, "text", "parent", size=size, combo=combo))
        name, label = self.names.table(f"lists.{list_id}"), self.definition.lists[list_id].labels[self.language]
        key = AccessIndex(own.code, unique=True, primary=True)
        return AccessTable(f"lists.{list_id}", name, tuple(columns), (key,), label)

    # ------------------------------------------------------------------------------------------ relations and indexes
    def _list_relations(self) -> Iterator[Relation]:
        for list_id in self.definition.lists:
            if parent := self.definition.parent_list(list_id):
                own, other = (self.names.table(f"lists.{name}") for name in (list_id, parent))
                yield Relation(own, self.list_columns.parent, other, self.list_columns.code)

    def _relations(self, table: Table) -> list[Relation]:
        """Return what a table points at; the least needed ones are not enforced where Access has no room for them."""
        fields = [field for field in table.fields if field.stored]
        found = {field.id: relation for field in fields if (relation := self._relation(table, field))}
        room = _MOST_INDEXES - len(self._keys(table)) - self._pointing_at(table)
        by_need = sorted(found, key=lambda f: (not table.by_id[f].is_input, table.by_id[f].when != "intake"))
        return [dataclasses.replace(found[f], enforced=by_need.index(f) < room) for f in found]

    def _pointing_at(self, table: Table) -> int:
        """Count the relations that point at a table: those of children at the main table, those of persons at staff."""
        children = sum(other.parent is not None for other in self.definition.tables.values())
        persons = sum(f.value_kind == "person" for f in self.definition.fields())
        return {self.definition.main_id: children, "staff": persons}.get(table.id, 0)

    def _relation(self, table: Table, field: Field) -> Relation | None:
        own, column = self.names.table(table.id), self.names.column(table.id, field.id)
        if field.id == table.parent:
            return Relation(own, column, self.names.table(self.definition.main_id), ROW_ID)
        if field.value_kind == "person" and "staff" in self.definition.tables:
            staff = self.definition.tables["staff"]
            return Relation(own, column, self.names.table("staff"), self.names.column("staff", staff.key))
        if field.choices and field.value_kind == "choice":
            return Relation(own, column, self.names.table(f"lists.{field.choices}"), self.list_columns.code)
        return None


def _meta() -> AccessTable:
    columns = (AccessColumn("name", "text", size=64, required=True), AccessColumn("value", "memo"))
    return AccessTable(META, META, columns, (AccessIndex("name", unique=True, primary=True),), hidden=True)


def _columns() -> AccessTable:
    names = ("table_id", "field_id", "table_name", "column_name")
    columns = tuple(AccessColumn(name, "text", size=128, required=True) for name in names)
    row_id = AccessColumn(ROW_ID, "autonumber")
    indexes = (AccessIndex(ROW_ID, unique=True, primary=True),)
    return AccessTable(COLUMNS, COLUMNS, (row_id, *columns), indexes, hidden=True)
