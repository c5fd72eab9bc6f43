"""Changes settings in `register.toml` and leaves everything else in it as the office wrote it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

__all__ = ["with_settings", "without_entries"]

_MARK = "\ufeff"


def with_settings(text: str, changes: Mapping[str, Mapping[str, Any] | Sequence[Mapping[str, Any]]]) -> str:
    """Return the text of `register.toml` with keys of sections changed, and with sections that are listed put in place.

    Comments, order and line ends stay; what is new comes at the end of its section.
    """
    import tomlkit  # Only who changes settings needs it.

    document = tomlkit.parse(text.removeprefix(_MARK))
    for section, values in changes.items():
        if isinstance(values, Mapping):
            document.setdefault(section, {}).update(values)
        else:
            document[section] = listed = tomlkit.aot()
            for entry in values:
                listed.append(tomlkit.item(dict(entry)))
    return _as_before(tomlkit.dumps(document), text)


def without_entries(text: str, section: str, places: Sequence[int]) -> str:
    """Return the text of `register.toml` without some entries of a section that is a list, by their places from 0."""
    import tomlkit

    document = tomlkit.parse(text.removeprefix(_MARK))
    for place in sorted(places, reverse=True):
        del document[section][place]
    return _as_before(tomlkit.dumps(document), text)


def _as_before(changed: str, text: str) -> str:
    """Return a changed text the line ends and the mark that it had before."""
    if "\r\n" in text:
        changed = changed.replace("\r\n", "\n").replace("\n", "\r\n")
    return _MARK * text.startswith(_MARK) + changed
