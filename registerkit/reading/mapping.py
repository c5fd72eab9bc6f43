"""Reads a mapping file: which table and which columns of somebody's own database hold which fields of the register.

[tables.Meldingen]
table = "complaints"
[tables.Meldingen.columns]
"Naam melder" = "name"
"Datum" = "received_on"
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

from registerkit.definition import Definition, Table, header_fields, header_key
from registerkit.errors import MissingFileError, SettingsError
from registerkit.reading.headers import HeaderColumns
from registerkit.suggest import nearest
from registerkit.toml_place import toml_place

__all__ = ["Mapped", "load_mapping", "no_mapping"]

_KEYS = ("table", "columns")
_SHOWN = 12
"""So many names a message shows of those that would do."""


@dataclass(frozen=True)
class Mapped:
    """What a mapping file says; `path` is named in messages."""

    path: Path
    tables: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def __contains__(self, name: object) -> bool:
        return name in self.tables

    def places(
        self, definition: Definition, columns: Mapping[str, Sequence[str]]
    ) -> dict[str, tuple[Table, HeaderColumns]]:
        """Return what each mapped table of a database holds, by its name; `columns` has the columns of all its tables.

        Raises `SettingsError` when the mapping names a table, a column or a field that is not there, or one twice.
        """
        found: dict[str, tuple[Table, HeaderColumns]] = {}
        for name, told in self.tables.items():
            self._one_of(name, columns, "tables")
            where = f"tables.{name}"
            table = definition.tables[self._one_of(told.get("table"), definition.tables, f"{where}.table")]
            if any(table is other for other, _ in found.values()):
                self._twice(f"{where}.table", table.id)
            found[name] = table, self._columns(table, told.get("columns", {}), columns[name], f"{where}.columns")
        return found

    def _columns(self, table: Table, told: Mapping[str, Any], columns: Sequence[str], where: str) -> HeaderColumns:
        found: dict[str, int] = {}
        for column, name in told.items():
            place = columns.index(self._one_of(column, columns, where))
            field_id = self._field(table, name, f"{where}.{column}")
            if field_id in found:
                self._twice(f"{where}.{column}", field_id)
            found[field_id] = place
        by_label = header_fields(table)
        for n, column in enumerate(columns):  # What carries the register's own name needs no mapping.
            own = by_label.get(header_key(column))
            if own is not None and own not in found and n not in found.values():
                found[own] = n
        headers = {field_id: columns[n] for field_id, n in found.items()}
        strange = [column for n, column in enumerate(columns) if n not in found.values()]
        return HeaderColumns(found, headers, (), strange)

    def _field(self, table: Table, name: object, where: str) -> str:
        """Return a field by its id or by its label in any language."""
        by_label = header_fields(table).get(header_key(name))
        if by_label or name in table.by_id:
            return by_label or str(name)
        labels = [label for field in table.inputs for label in field.labels.values()]
        near = nearest(str(name), (*labels, *table.by_id))
        raise self._unknown(name, [near] if near else labels[:_SHOWN], where)

    def _one_of(self, value: object, known: Iterable[str], where: str) -> str:
        if isinstance(value, str) and value in known:
            return value
        near = nearest(str(value), known)
        raise self._unknown(value, [near] if near else sorted(known), where)

    def _unknown(self, value: object, shown: Sequence[str], where: str) -> SettingsError:
        return SettingsError(self.path, reason="value", where=where, value=value, known=", ".join(shown))

    def _twice(self, where: str, value: str) -> NoReturn:
        raise SettingsError(self.path, reason="twice", where=where, value=value)


def no_mapping() -> Mapped:
    """Return the mapping that maps nothing."""
    return Mapped(Path())


def load_mapping(path: Path) -> Mapped:
    """Read a mapping file; raises `MissingFileError` or `SettingsError`."""
    try:
        tree = tomllib.loads(text := path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise MissingFileError(path, reason="mapping") from None
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(path, reason="unreadable", problem=str(error)) from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(path, reason="syntax", **toml_place(error, text)) from None
    for key in tree:
        if key != "tables":
            raise SettingsError(path, reason="unknown_key", where=key, nearest="tables")
    tables = _section(tree.get("tables"), "tables", path)
    for name, told in tables.items():
        _check_table(_section(told, f"tables.{name}", path), f"tables.{name}", path)
    return Mapped(path, tables)


def _check_table(told: Mapping[str, Any], where: str, path: Path) -> None:
    for key in told:
        if key not in _KEYS:
            raise SettingsError(path, reason="unknown_key", where=f"{where}.{key}", nearest=nearest(key, _KEYS))
    _section(told.get("columns", {}), f"{where}.columns", path)


def _section(value: object, where: str, path: Path) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise SettingsError(path, reason="value", where=where, value=value, known=f"[{where}]")
    return value
