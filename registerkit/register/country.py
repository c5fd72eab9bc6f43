"""Whether somebody lives in another country, by what was typed as the country."""

from __future__ import annotations

from registerkit.definition import fold

__all__ = ["is_abroad"]

_HERE = frozenset({"nl", "nederland", "holland", "netherlands", "the netherlands"})


def is_abroad(country: object) -> bool:
    """Tell whether a country is named that is not ours; nothing typed means here."""
    name = fold(str(country or ""))
    return bool(name) and name not in _HERE
