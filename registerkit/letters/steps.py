"""When the letters are due that belong to a step of the handling, and to what follows an answer. Does not write.

A step is taken when the field that tells of it is filled in; in a register without that field nobody is written to.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from registerkit.letters.due import TALKED, Due, awaits_answer, standing
from registerkit.register import Complaint, row_day

__all__ = [
    "aftercare",
    "agreement",
    "employee_extension",
    "employee_notice",
    "ended_as",
    "hearing_invitation",
    "improvement",
    "information_request",
    "late_answer",
    "pause",
    "proposal",
]

_QUIET = timedelta(days=7)
"""Between an answer and the question how it went."""
_ASKED_WITHIN = timedelta(days=14)
"""After its day the question comes as a surprise: somebody calls, or lets it rest."""


def information_request(complaint: Complaint) -> Due | None:
    """What is asked of the complainant is told once the complaint waits for him."""
    if standing(complaint) != "waiting_customer" or not _knows(complaint, "asked"):
        return None
    return Due("information_request", _step_day(complaint, "asked"), {"reply": complaint.day("reply_by")})


def proposal(complaint: Complaint) -> Due | None:
    """A proposal is put in writing, with the choice; an agreement is told in a letter of its own."""
    if standing(complaint) != "proposed" or not _knows(complaint, "proposal"):
        return None
    return Due("proposal", _step_day(complaint, "reply_by"), {"reply": complaint.day("reply_by")})


def agreement(complaint: Complaint) -> Due | None:
    """What was agreed is confirmed, until an answer tells it."""
    agreed = complaint.day("agreed_on")
    if standing(complaint) != "agreed" or agreed is None or not _knows(complaint, "agreements"):
        return None
    return Due("agreement", agreed, {"agreed": agreed})


def hearing_invitation(complaint: Complaint) -> Due | None:
    """An invitation goes out for a meeting that is to come."""
    day = complaint.day("hearing_on")
    if day is None or day <= complaint.rules.on or standing(complaint) in (None, "external"):
        return None
    return Due("hearing_invitation", complaint.rules.on, {"hearing": day})


def late_answer(complaint: Complaint) -> Due | None:
    """Who waits longer than the term hears the new day, once somebody promises one."""
    due, promised, on = complaint.due_on, complaint.day("promised_by"), complaint.rules.on
    if not awaits_answer(complaint) or complaint.state.clock != "running" or promised is None:
        return None
    return Due("late_answer", on, {"due": due, "promised": promised}) if due is not None and due < on else None


def pause(complaint: Complaint) -> Due | None:
    """Who waits hears of each pause once: since when the term stands still, why, and from when it goes on."""
    running = complaint.running_pause
    if running is None or not awaits_answer(complaint):
        return None
    rows = (row for row in complaint.letters if row.get("kind") == "pause")
    days = (row_day(row, "sent_on") or row_day(row, "made_on") for row in rows)
    if any(day is not None and day >= running.start for day in days):
        return None
    return Due("pause", running.start, {"start": running.start})


def employee_notice(complaint: Complaint) -> Due | None:
    """Whom a complaint is about gets a copy of it, where the law wants that (Awb art. 9:9)."""
    received = complaint.received_on
    told = complaint.day("employee_told_on") or complaint.is_reopened
    if received is None or told or not _concerns_another(complaint) or standing(complaint) is None:
        return None
    return Due("employee_notice", received, {"employee": complaint.label("employee")})


def employee_extension(complaint: Complaint) -> Due | None:
    """Whom a complaint is about hears of an extension too (Awb art. 9:11)."""
    extended = complaint.day("extended_on")
    if extended is None or not complaint.is_extended or not _concerns_another(complaint):
        return None
    told = {"employee": complaint.label("employee"), "extended": extended, "due": complaint.due_on}
    return Due("extension_employee", extended, told) if awaits_answer(complaint) else None


def aftercare(complaint: Complaint) -> Due | None:
    """On the day of aftercare who was answered in writing is asked how it went, when nobody has asked by then.

    Never after a rejection, nor of who said it already; who was answered in a talk is called.
    """
    by, on = complaint.day("aftercare_by"), complaint.rules.on
    if by is None or not by <= on <= by + _ASKED_WITHIN or not complaint.has_aftercare or _was_asked(complaint):
        return None
    if complaint.is_refused:
        return None
    given = complaint.outcome_given_on
    if complaint.text("answer_channel") in TALKED or given is None or given > on - _QUIET:
        return None
    return Due("aftercare", by, {"by": by})


def _was_asked(complaint: Complaint) -> bool:
    told = complaint.whole("satisfaction"), complaint.flag("customer_satisfied"), complaint.own_day("aftercare_on")
    return any(each is not None for each in told)


def improvement(complaint: Complaint) -> Due | None:
    """Who was answered hears when the measure was carried out that his complaint led to, unless it was told already."""
    measure, answered = complaint.measure, complaint.own_day("answered_on")
    if measure is None or answered is None or complaint.state.is_open:
        return None
    done = row_day(measure, "done_on")
    if done is None or done <= answered or row_day(measure, "told_on") is not None:
        return None
    return Due("improvement", done, {"measure": measure.get("number"), "done": done})


def ended_as(state: str, reason: str) -> Callable[[Complaint], Due | None]:
    """Return when a complaint is told that it ended in a state without an answer."""

    def due(complaint: Complaint) -> Due | None:
        if complaint.state.code != state:
            return None
        ended = complaint.own_day("closed_on") or complaint.rules.on
        return Due(reason, ended, {"closed": ended})

    return due


def _knows(complaint: Complaint, role: str) -> bool:
    return complaint.rules.definition.role(role) is not None


def _step_day(complaint: Complaint, role: str) -> date:
    """Return the day of a step that has none of its own: today when this value is there, else as the handling began."""
    if complaint.record.get(role) is not None:
        return complaint.rules.on
    return complaint.day("acknowledged_on") or complaint.started_on or complaint.rules.on


def _concerns_another(complaint: Complaint) -> bool:
    """Tell whether the law wants somebody told who does not handle the complaint himself."""
    known = complaint.text("employee") is not None
    return complaint.profile.name == "awb" and known and not complaint.is_own_handler
