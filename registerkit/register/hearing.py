"""Whether a complainant was heard before somebody judged, as the Awb wants it. Does not write."""

from __future__ import annotations

from registerkit.register.complaint import Complaint
from registerkit.register.rows import row_day, row_text
from registerkit.register.states import UNFOUNDED

__all__ = ["lacks_hearing"]

_MANIFESTLY = "kennelijk_ongegrond"


def lacks_hearing(complaint: Complaint) -> bool:
    """Tell whether nobody may judge yet: under awb not before a hearing, or one of the three grounds (9:10).

    A committee that advises hears him itself (9:15). That a complaint is manifestly unfounded fits no other judgement.
    """
    held, table = complaint.investigation or {}, complaint.rules.definition.tables.get("investigations")
    if complaint.profile.name != "awb" or table is None or "heard_on" not in table.by_id:
        return False
    if row_day(held, "heard_on") or complaint.flag("committee") is True or complaint.is_taken_over:
        return False
    if "hearing_ground" not in table.by_id:
        return row_text(held, "hearing_waived") is None
    ground = row_text(held, "hearing_ground")
    fits = ground != _MANIFESTLY or complaint.text("judgement") in UNFOUNDED
    return not (ground and fits)
