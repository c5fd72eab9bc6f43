"""The list of complaints that were anonymised, which lies beside the store and outlives every copy of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from registerkit.errors import DamagedFileError
from registerkit.files import write_when_changed
from registerkit.settings import Paths
from registerkit.sync.wiped_rows import WipedRows

__all__ = ["Anonymised", "keep_list", "known_rows", "read_list"]


@dataclass(frozen=True)
class Anonymised:
    """Which complaints were wiped on which day, the codes of their persons, and whether that came to its end."""

    numbers: Mapping[str, date] = field(default_factory=dict)
    codes: Mapping[str, str] = field(default_factory=dict)
    is_done: bool = True
    run: Mapping[str, Any] = field(default_factory=dict)
    """What the last run is to declare that it destroyed: the rule, and counts by year and group of endings."""
    secret: str = field(default="", repr=False)
    """The key of the hashes in `rows`."""
    rows: frozenset[str] = frozenset()
    """What rows without a number are known by that still hold the text of one of them."""


def read_list(paths: Paths) -> Anonymised:
    """Return the list; a project in which nothing was anonymised has none."""
    try:
        said = json.loads(paths.anonymised.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Anonymised()
    except (OSError, ValueError) as error:
        raise DamagedFileError(paths.anonymised, reason="list", problem=str(error)) from error
    if not isinstance(said, dict) or not {"numbers", "codes", "done"} <= said.keys():
        raise DamagedFileError(paths.anonymised, reason="list", problem="JSON")
    days = {number: date.fromisoformat(day) for number, day in said["numbers"].items()}
    rows = frozenset(said.get("rows", ()))
    return Anonymised(days, said["codes"], said["done"], said.get("run", {}), said.get("secret", ""), rows)


def keep_list(paths: Paths, each: Anonymised) -> None:
    """Write the list, whole or not at all."""
    days = {number: day.isoformat() for number, day in each.numbers.items()}
    said = {"numbers": days, "codes": dict(each.codes), "done": each.is_done, "run": dict(each.run)}
    said |= {"secret": each.secret, "rows": sorted(each.rows)}
    write_when_changed(paths.anonymised, json.dumps(said, indent=1).encode())


def known_rows(paths: Paths, told: str | None) -> WipedRows:
    """Return what a sync knows rows of anonymised complaints by; `told` are those that it told of before."""
    listed = read_list(paths)
    return WipedRows(listed.secret, listed.rows, frozenset((told or "").split()))
