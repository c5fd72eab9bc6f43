"""Tells when a new complaint may be the double of another: the same story of one person on one day, or nearly so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from registerkit.definition import Value, fold
from registerkit.findings import Finding, Location
from registerkit.sync.state import RegisterState

__all__ = ["Doubles"]

_Story = tuple[str, str, Value]


class Doubles:
    """What every complaint tells, whose it is and of when."""

    def __init__(self, state: RegisterState) -> None:
        main = state.definition.main_id
        self._told: dict[_Story, str] = {}
        for key, record in state.records[main].items():
            if (main, key) not in state.created and (story := _story(record)) is not None:
                self._told.setdefault(story, key)

    def finding(self, where: Location, key: str, values: Mapping[str, Value], like: str | None) -> Iterator[Finding]:
        """Return the finding about a new complaint, if any; `like` is one that its row was nearly taken for."""
        if (story := _story(values)) is None:
            return
        like = like or self._told.get(story)
        self._told.setdefault(story, key)
        if like is not None and like != key:
            yield Finding("possible_double", "warning", where, key, {"number": like})


def _story(values: Mapping[str, Value]) -> _Story | None:
    name, text, day = (values.get(f) for f in ("name", "description", "received_on"))
    return (fold(str(name)), fold(str(text)), day) if name and text and day else None
