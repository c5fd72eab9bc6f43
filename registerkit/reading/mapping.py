"""Reads a mapping file: which tables and columns of somebody's own file hold which fields of the register.

[tables.Meldingen]
table = "complaints"
key = "Nr"
[tables.Meldingen.columns]
"Naam melder" = "name"
[tables.Meldingen.fields.received_on]
column = "Datum"
dates = "day"
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

from registerkit.definition import Definition, Table, header_key
from registerkit.errors import MissingFileError, SettingsError
from registerkit.files import read_text
from registerkit.reading.found_tables import FoundTable, found_in
from registerkit.reading.raw import RawTable
from registerkit.reading.table_map import DAY, EARLIER_NUMBER, MONTH, FieldMap, TableMap, mapped_table, tells_day
from registerkit.suggest import nearest
from registerkit.toml_place import TomlError, line_of, read_toml

__all__ = ["Mapped", "load_mapping", "no_mapping"]

_TEXT, _TEXTS, _FLAG, _NUMBER, _TABLE = "text", "texts", "flag", "number", "table"
_TABLE_KEYS = {
    "table": _TEXT, "sheets": _TEXTS, "header": _NUMBER, "key": _TEXT, "history": _FLAG, "rest": _TEXT,
    "ignore": _TEXTS, "skip": _TEXTS, "columns": _TABLE, "fields": _TABLE,
}  # fmt: skip
_FIELD_KEYS = {
    "column": _TEXT, "columns": _TEXTS, "join": _TEXT, "split": _TEXT, "part": _NUMBER, "dates": _TEXT,
    "values": _TABLE, "default": _TEXT, "value": _TEXT,
}  # fmt: skip
_IS_KIND = {
    _TEXT: lambda value: isinstance(value, str),
    _TEXTS: lambda value: isinstance(value, list) and all(isinstance(each, str) for each in value),
    _FLAG: lambda value: isinstance(value, bool),
    _NUMBER: lambda value: type(value) is int,
    _TABLE: lambda value: isinstance(value, dict),
}
_KNOWN = {_TEXT: '"…"', _TEXTS: '["…", "…"]', _FLAG: "true, false", _NUMBER: "1, 2, 3 …"}
_MUST_BE: Mapping[str, tuple[Callable[[Any], bool], str]] = {
    "split": (bool, '"," , ";" , "-"'),
    "part": (bool, "1, 2, 3 …, -1"),
    "dates": (lambda told: told in (DAY, MONTH) or tells_day(told), 'day, month, "%Y%m%d"'),
}
"""What a value must be beside its kind, and what would do."""
_SHOWN = 12
"""So many names a message shows of those that would do."""


@dataclass(frozen=True)
class Mapped:
    """What a mapping file says; `path` is named in messages."""

    path: Path
    tables: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    text: str = field(default="", repr=False)

    def __contains__(self, name: object) -> bool:
        return any(name == each or name in told.get("sheets", ()) for each, told in self.tables.items())

    @property
    def is_keyed(self) -> bool:
        """Whether rows are known again by a number of their own."""
        return any("key" in told for told in self.tables.values())

    def raw_tables(self, definition: Definition, found: Sequence[FoundTable]) -> list[RawTable]:
        """Return the tables of a file that are mapped, as cells of the register's fields.

        Raises `SettingsError` when the mapping names a table, a column or a field that is not there, or one twice.
        """
        made, held = list[RawTable](), set[str]()
        for name, told in self.tables.items():
            where = f"tables.{name}"
            table = definition.tables[self._one_of(told.get("table"), definition.tables, f"{where}.table")]
            if table.id in held:
                self._twice(f"{where}.table", table.id)
            held.add(table.id)
            for sheet in told.get("sheets") or [name]:
                self._one_of(sheet, [each.name for each in found], "tables" if sheet == name else f"{where}.sheets")
                place = found_in(found, sheet)
                assert place is not None
                if "header" in told and place.grid and not 0 < told["header"] <= len(place.grid):
                    raise self._unknown(told["header"], [f"1 … {len(place.grid)}"], f"{where}.header")
                place = place.headed_at(told["header"]) if "header" in told else place
                made.append(mapped_table(self._planned(table, told, place, where), table, place))
        return made

    def _planned(self, table: Table, told: Mapping[str, Any], place: FoundTable, where: str) -> TableMap:
        fields: dict[str, FieldMap] = {}
        for field_id, each, at in self._told_fields(table, told, place.headers, where):
            if field_id in fields:
                self._twice(at, field_id)
            fields[field_id] = each
        used = {column.casefold() for each in fields.values() for column in each.columns}
        by_label, ignored = table.by_header, {name.casefold() for name in told.get("ignore", ())}
        for column in place.headers:  # What carries the register's own name needs no mapping.
            own = by_label.get(header_key(column))
            if (own == table.key and "key" in told) or column.casefold() in ignored:
                continue
            if own is not None and own not in fields and column.casefold() not in used:
                fields[own] = FieldMap((column,))
        key = self._column(told["key"], place.headers, f"{where}.key") if "key" in told else None
        if key and EARLIER_NUMBER not in table.by_id:  # Only complaints keep the number that they had.
            raise self._unknown(told["key"], [], f"{where}.key")
        return TableMap(
            fields,
            key=key,
            history=told.get("history", False),
            rest=self._text_field(table, told["rest"], f"{where}.rest") if "rest" in told else None,
            ignore=tuple(told.get("ignore", ())),
            skip=tuple(told.get("skip", ())),
        )  # fmt: skip

    def _told_fields(
        self, table: Table, told: Mapping[str, Any], headers: Sequence[str], where: str
    ) -> Iterator[tuple[str, FieldMap, str]]:
        for column, name in told.get("columns", {}).items():
            at = f"{where}.columns"
            yield self._field(table, name, f"{at}.{column}"), FieldMap((self._column(column, headers, at),)), at
        for name, said in told.get("fields", {}).items():
            at = f"{where}.fields.{name}"
            columns = [*([said["column"]] if "column" in said else []), *said.get("columns", [])]
            named = tuple(self._column(column, headers, at) for column in columns)
            given = {key: said[key] for key in ("join", "split", "part", "dates", "values", "default", "value")
                     if key in said}  # fmt: skip
            yield self._field(table, name, at), FieldMap(named, **given), at

    def _column(self, name: str, headers: Sequence[str], where: str) -> str:
        """Return a heading as the file has it, whatever its capitals and blanks."""
        keys = {header_key(header): header for header in reversed(headers) if header}
        if (known := keys.get(header_key(name))) is not None:
            return known
        return self._one_of(name, keys.values(), where)

    def _field(self, table: Table, name: object, where: str) -> str:
        """Return a field that people fill in, by its id or by its label in any language."""
        field_id = table.by_header.get(header_key(name)) or name
        known = table.by_id.get(str(field_id))
        if known is not None and known.is_input:
            return known.id
        labels = [label for field in table.inputs for label in field.labels.values()]
        near = nearest(str(name), (*labels, *table.by_id))
        raise self._unknown(name, [near] if near else labels[:_SHOWN], where)

    def _text_field(self, table: Table, name: object, where: str) -> str:
        """Return a field that any text can be added to."""
        field_id = self._field(table, name, where)
        fitting = [field for field in reversed(table.inputs) if field.kind == "memo"]
        if field_id not in {field.id for field in fitting}:
            raise self._unknown(name, [label for field in fitting for label in field.labels.values()], where)
        return field_id

    def _one_of(self, value: object, known: Iterable[str], where: str) -> str:
        if isinstance(value, str) and value in known:
            return value
        near = nearest(str(value), known)
        raise self._unknown(value, [near] if near else sorted(known), where)

    def _unknown(self, value: object, shown: Sequence[str], where: str) -> SettingsError:
        line = line_of(self.text, where)
        return SettingsError(
            self.path, reason="value", where=where, value=value, known=", ".join(shown[:_SHOWN]), line=line
        )

    def _twice(self, where: str, value: str) -> NoReturn:
        raise SettingsError(self.path, reason="twice", where=where, value=value)


def no_mapping() -> Mapped:
    """Return the mapping that maps nothing."""
    return Mapped(Path())


def load_mapping(path: Path) -> Mapped:
    """Read a mapping file; raises `MissingFileError` or `SettingsError`."""
    try:
        tree = read_toml(text := read_text(path))
    except FileNotFoundError:
        raise MissingFileError(path, reason="mapping") from None
    except UnicodeDecodeError:
        raise SettingsError(path, reason="not_utf8") from None
    except TomlError as error:
        raise SettingsError(path, reason="syntax", **error.place) from None
    for key in tree:
        if key != "tables":
            raise SettingsError(path, reason="unknown_key", where=key, nearest="tables", line=line_of(text, key))
    if not tree.get("tables"):
        raise SettingsError(path, reason="no_tables")
    tables = _section(tree["tables"], "tables", path)
    for name, told in tables.items():
        where = f"tables.{name}"
        _check(_section(told, where, path), _TABLE_KEYS, where, path, text)
        for field_id, said in told.get("fields", {}).items():
            at = f"{where}.fields.{field_id}"
            _check(_section(said, at, path), _FIELD_KEYS, at, path, text)
    return Mapped(path, tables, text)


def _check(told: Mapping[str, Any], known: Mapping[str, str], where: str, path: Path, text: str) -> None:
    for key, value in told.items():
        at = f"{where}.{key}"
        line = line_of(text, at)
        if key not in known:
            raise SettingsError(path, reason="unknown_key", where=at, nearest=nearest(key, known), line=line)
        if not _IS_KIND[known[key]](value):
            shown = _KNOWN.get(known[key], f"[{at}]")
            raise SettingsError(path, reason="value", where=at, value=value, known=shown, line=line)
        if key in _MUST_BE and not _MUST_BE[key][0](value):
            raise SettingsError(path, reason="value", where=at, value=value, known=_MUST_BE[key][1], line=line)
        if known[key] == _TABLE and key in ("columns", "values"):
            for name, each in value.items():
                if not isinstance(each, str):
                    raise SettingsError(path, reason="value", where=f"{at}.{name}", value=each, known='"…"', line=line)


def _section(value: object, where: str, path: Path) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise SettingsError(path, reason="value", where=where, value=value, known=f"[{where}]")
    return value
