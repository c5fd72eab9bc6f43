"""Says how long a complaint is kept by how it ended, and which are past their term. Does not write."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from registerkit.register import DISPUTE, Complaint, Register
from registerkit.setting_kinds import RETENTION

__all__ = ["group_of", "in_the_way", "kept_until", "last_day", "past_term"]

_PAID = frozenset({"schadevergoeding", "terugbetaling", "korting"})
"""The solutions by which money went to the complainant."""


def group_of(complaint: Complaint) -> str:
    """Return the group of endings whose term holds: of more than one the longest is told first."""
    reasons = {complaint.text("reopen_reason"), *(phase.reason for phase in complaint.phases)}
    if DISPUTE in reasons:
        return "ombudsman"
    costs = (complaint.whole("cost"), *(phase.cost for phase in complaint.phases))
    if any(costs) or complaint.text("solution") in _PAID:
        return "money"
    return "not_taken_up" if complaint.state.code == "not_taken_up" else "closed"


def last_day(complaint: Complaint) -> date | None:
    """Return the day that a complaint's age counts from: that of its end, or that it came in while it is open."""
    ended = complaint.day("closed_on") or complaint.day("answered_on")
    return complaint.received_on if complaint.state.is_open or ended is None else ended


def kept_until(complaint: Complaint, told: Mapping[str, int]) -> date | None:
    """Return the first day on which it need not be kept any more; `told` are the terms of the settings."""
    group, ended = group_of(complaint), last_day(complaint)
    if ended is None:
        return None
    year = ended.year + told.get(group, RETENTION[group])
    return date(year, 3, 1) if (ended.month, ended.day) == (2, 29) else ended.replace(year=year)


def in_the_way(complaint: Complaint) -> str | None:
    """Return the code of why a complaint is not done with; None when it is."""
    if complaint.state.is_open:
        return "open"
    if complaint.day("agreement_by") and not complaint.day("agreement_kept_on"):
        return "agreement"
    measure = complaint.measure
    return "measure" if measure and not measure.get("done_on") else None


def past_term(register: Register) -> list[str]:
    """Return the numbers of the complaints that are done with and need not be kept any more."""
    told = register.settings.privacy
    closed = (c for c in register.complaints.values() if c.day("anonymised_on") is None and not c.state.is_open)
    days = ((c, kept_until(c, told)) for c in closed)
    return [c.number for c, day in days if day is not None and day <= register.on and in_the_way(c) is None]
