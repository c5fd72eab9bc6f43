"""Remembers by which settings a register was kept, so that a settings file that lost a line is no other register."""

from __future__ import annotations

import json
import tomllib

from registerkit.deadlines import load_profile
from registerkit.definition import Definition
from registerkit.errors import SettingsError, StoreError
from registerkit.settings import Settings
from registerkit.store import Store
from registerkit.store.codec import json_object

__all__ = ["check_known", "remember_known"]

_KNOWN = "known_settings"


def check_known(store: Store, settings: Settings, definition: Definition) -> None:
    """Raise an error when the settings lack what the register is kept by, or name another register's definition.

    `SettingsError` for a key that is gone while its value was not the default, `StoreError` for the definition. What
    was changed on purpose is taken for what holds from now on. Does not write.
    """
    now, known = _kept_by(settings, definition), _known(store)
    if known.get("definition", definition.id) != definition.id:
        file = settings.definition or settings.paths.settings
        raise StoreError(file, reason="other_definition", known=known["definition"], value=definition.id)
    for key, value in known.items():
        if key != "definition" and now[key] != value and not _stands_there(settings, key):
            raise SettingsError(settings.paths.settings, reason="lost_key", where=key, value=value)


def remember_known(store: Store, settings: Settings, definition: Definition, at: str) -> None:
    """Note what the register is kept by, when that is news."""
    now = _kept_by(settings, definition)
    if _known(store) != now:
        with store.exclusive(), store.transaction("registerkit", at, bookkeeping=True) as transaction:
            transaction.set_meta(store.own_name(_KNOWN, store.client_id), json.dumps(now))


def _kept_by(settings: Settings, definition: Definition) -> dict[str, str]:
    return {
        "definition": definition.id,
        "register.language": settings.language,
        "register.prefix": settings.prefix,
        "terms.profile": load_profile(settings.terms).default.name,
    }


def _known(store: Store) -> dict[str, str]:
    return store.noted(store.own_name(_KNOWN, store.client_id), json_object) or {}


def _stands_there(settings: Settings, key: str) -> bool:
    section, _, name = key.partition(".")
    tree = tomllib.loads(settings.paths.settings.read_text(encoding="utf-8-sig"))
    return name in tree.get(section, {})
