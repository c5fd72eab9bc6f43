"""Who writes for whom: a representative, somebody who complains for another, and what they have to show.

Does not write. Who acts for somebody by law, such as a parent, has no authorisation to show, and in a business of its
own nobody asks one of a household: there no law wants it.
"""

from __future__ import annotations

from registerkit.register import WRITTEN_BY_LAW, Complaint

__all__ = ["HOUSEHOLD", "concerned", "lacks_authorisation", "representative"]

_BY_LAW = frozenset({"ouder", "wettelijk", "nabestaande"})
"""Relations by which somebody acts for another without being asked to by him (BW 1:245, 7:465)."""
HOUSEHOLD = "huisgenoot"


def representative(complaint: Complaint) -> str | None:
    """Return who acts for the complainant and gets the letters, as it was typed."""
    return _other(complaint.text("represented_by"), complaint.text("name"))


def concerned(complaint: Complaint) -> str | None:
    """Return whom somebody else complains for, as it was typed; None for who complains for himself."""
    writer = representative(complaint)
    return _other(complaint.text("concerned"), writer or complaint.text("name")) or (
        complaint.text("name") if writer else None
    )


def lacks_authorisation(complaint: Complaint) -> bool:
    """Tell whether who complains for another is still to show that he may.

    Under awb and wkkgz everybody is asked who does not act by law (Awb 2:1 lid 2, BW 7:457); elsewhere only who is
    known to stand outside the household.
    """
    if complaint.rules.definition.role("authorised_on") is None or complaint.day("authorised_on") is not None:
        return False
    relation = complaint.text("relation")
    if concerned(complaint) is None or relation in _BY_LAW:
        return False
    return complaint.profile.name in WRITTEN_BY_LAW or relation not in (None, HOUSEHOLD)


def _other(name: str | None, than: str | None) -> str | None:
    """Return a name, unless it is the same as another."""
    is_same = name is not None and than is not None and name.casefold() == than.casefold()
    return None if is_same else name
