"""How a complaint counts in tables of figures: month and quarter of receipt, days, and whether it was in time."""

from __future__ import annotations

from registerkit.definition import Value
from registerkit.register.complaint import Complaint

__all__ = ["counted_values"]


def counted_values(complaint: Complaint) -> dict[str, Value]:
    """Return how a complaint counts in tables of figures, by role.

    Month and quarter of receipt (`2026-03`, `2026-Q1`), the calendar days from the start of the present phase to its
    answer, and a code of `in_time`. `due_on` must be up to date. One that ended without an answer, or that none is owed
    for (`State.owes_answer`), has neither days nor `in_time`.
    """
    received, start = complaint.received_on, complaint.started_on
    if received is None or start is None:
        return dict.fromkeys(("month", "quarter", "days_to_close", "in_time"))
    state, due = complaint.state, complaint.due_on
    end = complaint.answer_day if state.owes_answer else None
    in_time = "open" if state.is_open else None
    if end is not None and due is not None:
        in_time = "on_time" if end <= due else "late"
    return {
        "month": f"{received:%Y-%m}",
        "quarter": f"{received:%Y}-Q{(received.month + 2) // 3}",
        "days_to_close": (end - start).days if end else None,
        "in_time": in_time,
    }
