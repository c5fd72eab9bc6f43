"""Which columns of the register are folded away at first, so that a click on a plus opens a group."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from registerkit.definition import Table

__all__ = ["Fold", "column_folds", "folded"]


@dataclass(frozen=True)
class Fold:
    """How a column takes part in the outline."""

    level: int = 0
    hidden: bool = False
    collapsed: bool = False
    """A folded run stands at its left, so the plus is shown here."""

    def options(self) -> dict[str, Any]:
        """Return it as XlsxWriter takes it."""
        return {"level": self.level, "hidden": self.hidden, "collapsed": self.collapsed}


def column_folds(table: Table) -> dict[str, Fold]:
    """Return for each field of a table how its column folds; "" is the column after the last.

    Groups that are folded side by side take turns between two levels, so that each has a plus of its own.
    """
    if not any(field.visible for field in table.fields):
        return {}
    levels = _levels(table)
    folds: dict[str, Fold] = {}
    before = 0
    for field, level in zip(table.fields, levels, strict=True):
        folds[field.id] = Fold(level, hidden=level > 0, collapsed=level < before)
        before = level
    folds[""] = Fold(0, collapsed=before > 0)
    return folds


def folded(table: Table) -> frozenset[str]:
    """Return the fields of a table whose columns are folded away at first."""
    return frozenset(field_id for field_id, fold in column_folds(table).items() if fold.hidden)


def _levels(table: Table) -> list[int]:
    levels: list[int] = []
    for n, field in enumerate(table.fields):
        before = table.fields[n - 1] if n else None
        if field.visible:
            levels.append(0)
        elif before is None or before.visible:
            levels.append(1)
        elif before.group == field.group:
            levels.append(levels[-1])
        else:
            levels.append(3 - levels[-1])
    return levels
