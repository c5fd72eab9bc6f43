"""What an Access file is made of, in plain values: tables, columns with their properties, indexes and relations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

__all__ = ["LONGEST", "AccessColumn", "AccessIndex", "AccessPlan", "AccessTable", "Combo", "Relation", "Type"]

LONGEST = 255
"""The most characters of a property. Access itself takes more of some; the library that writes them does not."""

Type = Literal["autonumber", "long", "text", "memo", "date", "money", "boolean"]
"""The types that columns have, in Access's own words: long is a whole number, memo a long text."""


@dataclass(frozen=True)
class Combo:
    """The list that a column is chosen from; the first column of its rows is what is kept, and is not shown."""

    source: str
    """A SELECT, or for a list of words the words themselves, quoted, with semicolons between."""
    widths: tuple[int, ...] = ()
    """How wide each shown column is, in twips; empty for a list of words."""

    @property
    def source_type(self) -> str:
        """What Access calls the source: rows of tables, or a list of words."""
        return "Table/Query" if self.widths else "Value List"

    @property
    def count(self) -> int:
        """How many columns the rows have."""
        return 1 + len(self.widths)

    @property
    def column_widths(self) -> str:
        """The widths as Access writes them, with the code's column of no width; empty for a list of words."""
        return ";".join(map(str, (0, *self.widths))) if self.widths else ""


@dataclass(frozen=True)
class AccessColumn:
    """One column with what Access shows of it and how it is filled in."""

    name: str
    type: Type
    field: str = ""
    """The field of the definition that it holds; empty for a column of the file's own."""
    size: int = 0
    """For a text: the most characters."""
    required: bool = False
    default: str = ""
    """An expression; empty for none."""
    rule: str = ""
    """What a value must meet, as an expression about the column itself."""
    refusal: str = ""
    """What Access says when the rule is broken."""
    caption: str = ""
    description: str = ""
    format: str = ""
    combo: Combo | None = None
    hidden: bool = False


@dataclass(frozen=True)
class AccessIndex:
    """An index over one column; one that is unique lets rows without a value be. A relation brings its own index."""

    column: str
    unique: bool = False
    primary: bool = False


@dataclass(frozen=True)
class AccessTable:
    """One table; `id` is the table of the definition, or `lists.<id>` for a choice list."""

    id: str
    name: str
    columns: tuple[AccessColumn, ...]
    indexes: tuple[AccessIndex, ...]
    description: str = ""
    rule: str = ""
    """What a row as a whole must meet."""
    refusal: str = ""
    hidden: bool = False

    @cached_property
    def by_field(self) -> Mapping[str, AccessColumn]:
        """Columns by the field that they hold."""
        return {column.field: column for column in self.columns if column.field}


@dataclass(frozen=True)
class Relation:
    """Rows of `table` point with `column` at a row of `to_table`; `enforced` when no other value is let in."""

    table: str
    column: str
    to_table: str
    to_column: str
    enforced: bool = True


@dataclass(frozen=True)
class AccessPlan:
    """A whole file; tables stand in an order in which each can be filled after those it points at."""

    title: str
    tables: tuple[AccessTable, ...]
    relations: tuple[Relation, ...]

    def table(self, table_id: str) -> AccessTable:
        """Return a table by its id."""
        return next(table for table in self.tables if table.id == table_id)
