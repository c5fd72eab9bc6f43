"""The complaints that came in, a row for each: its number and choices, and nothing about a person."""

from __future__ import annotations

from registerkit.analysis.content import Cell, Table
from registerkit.analysis.counting import month_label
from registerkit.analysis.scope import RECEIVED, Scope
from registerkit.analysis.view import View

__all__ = ["ROLES", "received_table"]

ROLES = ("department", "category", "cause", "causing_department", "channel", "judgement")
"""The roles whose labels stand beside each number."""
_LONGEST = 255
"""So many signs a pivot table takes of a label."""


def received_table(view: View) -> Table | None:
    """Return a row per complaint that came in; None without one."""
    words, register = view.words, view.snapshot
    roles = [role for role in ROLES if register.has(role)]
    scope = Scope(view.told.tally, view.period)
    received = list(scope.tally.came(RECEIVED, roles, scope.days))
    if not received:
        return None
    rows = tuple(
        (
            Cell(case.number),
            Cell(case.received_on, "date"),
            Cell(month_label(case.received_on)),
            *(Cell(words.clean(register.label(role, case.values.get(role)) or "")[:_LONGEST]) for role in roles),
        )
        for case in received
    )
    columns = (
        words("column.number"),
        words("pivot.received"),
        words("column.month"),
        *(words(f"pivot.{role}") for role in roles),
    )
    return Table(words("title.data_sheet"), columns, rows)
