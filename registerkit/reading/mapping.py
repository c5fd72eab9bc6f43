"""Reads a mapping file: which table and which columns of somebody's own database hold which fields of the register.

[tables.Meldingen]
table = "complaints"
[tables.Meldingen.columns]
"Naam melder" = "name"
"Datum" = "received_on"
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from registerkit.definition import Definition, Table, header_fields, header_key
from registerkit.errors import MissingFileError, SettingsError
from registerkit.reading.headers import HeaderColumns
from registerkit.suggest import nearest
from registerkit.toml_place import toml_place

__all__ = ["Mapped", "load_mapping", "no_mapping"]


@dataclass(frozen=True)
class Mapped:
    """What a mapping file says; `path` is named in messages."""

    path: Path
    tables: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def __contains__(self, name: object) -> bool:
        return name in self.tables

    def columns_of(self, definition: Definition, name: str, columns: Sequence[str]) -> tuple[Table, HeaderColumns]:
        """Give the table of the definition that `name` is mapped to, and its columns.

        Raises `SettingsError` when the mapping names a table, a field or a column that is not there.
        """
        told = self.tables[name]
        table = definition.tables.get(self._one_of(told.get("table"), definition.tables, f"tables.{name}.table"))
        assert table is not None
        places = {column: n for n, column in enumerate(columns)}
        found: dict[str, int] = {}
        for column, field_name in told.get("columns", {}).items():
            where = f"tables.{name}.columns"
            column = self._one_of(column, places, where)
            found[self._field(table, field_name, f"{where}.{column}")] = places[column]
        headers = {field_id: columns[n] for field_id, n in found.items()}
        strange = [column for n, column in enumerate(columns) if n not in found.values()]
        return table, HeaderColumns(found, headers, (), strange)

    def _field(self, table: Table, name: object, where: str) -> str:
        """Give a field by its id or by its label in any language."""
        by_label = header_fields(table).get(header_key(name))
        return by_label or self._one_of(name, table.by_id, where)

    def _one_of(self, value: object, known: Mapping[str, Any], where: str) -> str:
        if isinstance(value, str) and value in known:
            return value
        near = nearest(str(value), known)
        shown = [near] if near else sorted(known)
        raise SettingsError(self.path, reason="value", where=where, value=value, known=", ".join(shown))


def no_mapping() -> Mapped:
    """Give the mapping that maps nothing."""
    return Mapped(Path())


def load_mapping(path: Path) -> Mapped:
    """Read a mapping file; raises `MissingFileError` or `SettingsError`."""
    try:
        tree = tomllib.loads(text := path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise MissingFileError(path) from None
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(path, reason="unreadable", problem=str(error)) from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(path, reason="syntax", **toml_place(error, text)) from None
    tables = tree.get("tables")
    if not isinstance(tables, dict) or not all(isinstance(told, dict) for told in tables.values()):
        raise SettingsError(path, reason="value", where="tables", value=tables, known="[tables.NAAM]")
    return Mapped(path, tables)
