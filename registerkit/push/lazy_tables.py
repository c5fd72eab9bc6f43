"""Values of tables that are counted only when somebody asks for one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property

from registerkit.definition import Value

__all__ = ["LazyTables"]


class LazyTables(Mapping[str, Mapping[str, Mapping[str, Value]]]):
    """A mapping that is worked out when it is first looked at: most runs write no file."""

    def __init__(self, make: Callable[[], Mapping[str, Mapping[str, Mapping[str, Value]]]]) -> None:
        self._make = make

    @cached_property
    def _made(self) -> Mapping[str, Mapping[str, Mapping[str, Value]]]:
        return self._make()

    def __getitem__(self, table: str) -> Mapping[str, Mapping[str, Value]]:
        return self._made[table]

    def __iter__(self) -> Iterator[str]:
        return iter(self._made)

    def __len__(self) -> int:
        return len(self._made)
