"""The next step about an open complaint, by name: the choice that reminders and workbook tell in their words."""

from __future__ import annotations

from registerkit.register.complaint import Complaint

__all__ = ["next_step_name"]

_STEPS = {
    "waiting_customer": "ask_customer",
    "waiting_others": "ask_others",
    "proposed": "ask_choice",
    "referring": "tell_referral",
    "refusing": "tell_refusal",
    "answered_incomplete": "fill_in",
    "answered_unsent": "send_answer",
    "closed_unanswered": "fill_in_answer",
}
"""What to do in a state, where that does not depend on more."""


def next_step_name(complaint: Complaint) -> str:
    """Return the name of the next step; its words stand in the catalogues."""
    if (name := _STEPS.get(complaint.state.code)) is not None:
        return name
    if complaint.awaits_acknowledgement:
        return "acknowledge"
    if not complaint.lacking and not complaint.is_reopened:
        return "send_answer"
    signal = complaint.signal.code if complaint.signal is not None else None
    if signal in ("paused", "overdue"):
        return "await_reply" if signal == "paused" else "answer_today"
    return "answer_or_extend" if complaint.day("extended_on") is None else "answer"
