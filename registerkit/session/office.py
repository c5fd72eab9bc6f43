"""The office's own details in the store: how `register.toml` comes into them, and what holds of both."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from registerkit.definition import Record, Table, Value
from registerkit.office import (
    TABLE,
    Detail,
    as_text,
    code_in,
    detail_of,
    details_asked,
    in_order,
    is_same,
    key_of,
    values_of,
    with_values,
)
from registerkit.settings import Settings
from registerkit.store import Store, Transaction
from registerkit.store.codec import json_object
from registerkit.texts import Texts

__all__ = ["OfficeSeed", "Unlike", "former_words", "held_settings", "shown_rows", "unlike_settings"]

_WORD = "register.word"
_READ = "office_settings"
"""Where the store keeps what `register.toml` said of the details when it was last taken in."""


@dataclass(frozen=True)
class Unlike:
    """A detail that was changed in `register.toml` and in the register to different values."""

    code: str
    settings: str | None
    register: str | None


def shown_rows(rows: Mapping[str, Record], client_id: str) -> dict[str, Record]:
    """Return the rows of this office as its sheet shows them: by keys that stay when the register moves."""
    own = _own_rows(rows, client_id)
    return {key_of(code, client_id): row | {"row_key": key_of(code, "")} for code, row in own.items()}


def held_settings(settings: Settings, rows: Mapping[str, Record], client_id: str) -> Settings:
    """Return the settings of `register.toml` with the details as the register has them."""
    return with_values(settings, held) if (held := _held(rows, client_id)) else settings


def unlike_settings(store: Store, settings: Settings, rows: Mapping[str, Record]) -> list[Unlike]:
    """Return the details about which `register.toml` and the register have not agreed since both were changed."""
    told, read = values_of(settings), _read(store)
    return [
        Unlike(code, told.get(code), value)
        for code, value in _held(rows, store.client_id).items()
        if read.get(code) != told.get(code) and not is_same(code, told.get(code), value)
    ]


def former_words(store: Store) -> list[str]:
    """Return the words for the complainant that this office had: workbooks that were made with them are about still."""
    history = store.history(TABLE, key_of(_WORD, store.client_id))
    said = (word for change in history if change.field == "value" for word in (change.old, change.new))
    return sorted({str(word) for word in said if word})


@dataclass
class OfficeSeed:
    """What `register.toml` newly says of the details, and rows and words that the store does not have yet."""

    new: dict[str, Record] = field(default_factory=dict)
    changed: dict[str, dict[str, tuple[Value, Value]]] = field(default_factory=dict)
    read: dict[str, str | None] | None = None
    """What is remembered of `register.toml` from now on, where that is another than before."""

    @classmethod
    def of(cls, store: Store, table: Table, settings: Settings, texts: Texts, on: date) -> OfficeSeed:
        """Work out what is to be taken in on a day."""
        seed, told, read = cls(), values_of(settings), _read(store)
        rows, now = store.records(TABLE), dict(read)
        for code, detail in _asked(rows, store.client_id, settings, on).items():
            key = key_of(code, store.client_id)
            words = {"part": texts(f"office.part.{detail.part}")}
            words |= {name: texts(f"office.{name}.{detail.words}", year=detail.key) for name in ("name", "purpose")}
            if key not in rows:
                blank: Record = {f.id: None for f in table.fields}
                seed.new[key] = blank | words | {table.key: key, "value": told.get(code)}
                now[code] = told.get(code)
                continue
            changes: dict[str, tuple[Value, Value]] = {
                name: (rows[key].get(name), word) for name, word in words.items() if rows[key].get(name) != word
            }
            held = as_text(rows[key].get("value"))
            said = told.get(code)
            if said != read.get(code) and any(is_same(code, held, each) for each in (read.get(code), said)):
                now[code] = said
                changes |= {} if is_same(code, held, said) else {"value": (held, said)}
            if changes:
                seed.changed[key] = changes
        seed.read = now if now != read else None
        return seed

    def __bool__(self) -> bool:
        return bool(self.new or self.changed or self.read is not None)

    def sow(self, transaction: Transaction, store: Store) -> None:
        """Put it into the store."""
        for key, record in self.new.items():
            transaction.create(TABLE, key, record)
        for key, changes in self.changed.items():
            transaction.update(TABLE, key, changes)
        if self.read is not None:
            transaction.set_meta(store.own_name(_READ, store.client_id), json.dumps(self.read))


def _read(store: Store) -> dict[str, str | None]:
    return store.noted(store.own_name(_READ, store.client_id), json_object) or {}


def _own_rows(rows: Mapping[str, Record], client_id: str) -> dict[str, Record]:
    """Return the rows of this office by code, in the order of the sheet: others may share the store."""
    own = {code: row for key, row in rows.items() if (code := code_in(key, client_id))}
    return {code: own[code] for code in in_order(own)}


def _asked(rows: Mapping[str, Record], client_id: str, settings: Settings, on: date) -> Mapping[str, Detail]:
    """Return the details that the sheet has rows for: those that it has one for already too."""
    codes = in_order({*details_asked(settings, on), *_own_rows(rows, client_id)})
    return {code: detail for code in codes if (detail := detail_of(code))}


def _held(rows: Mapping[str, Record], client_id: str) -> dict[str, str | None]:
    """Return what the register says of each detail."""
    return {code: as_text(row.get("value")) for code, row in _own_rows(rows, client_id).items()}
