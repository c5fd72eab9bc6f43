"""Terms: when a complaint must be acknowledged, answered and followed up, and how it stands against that today."""

from registerkit.deadlines.aftercare import LAPSED_DAYS, aftercare_waits
from registerkit.deadlines.calendar import WorkCalendar, work_calendar
from registerkit.deadlines.complaint import (
    CLOSED_STATUSES,
    GRAVEST,
    complaint_signal,
    complaint_terms,
    has_terms,
    pause_of,
    pauses_by_complaint,
    profile_of,
    term_case,
)
from registerkit.deadlines.compute import Pause, TermCase, Terms, compute_terms, pause_warning
from registerkit.deadlines.counting import counted_values
from registerkit.deadlines.holidays import Holiday, last_known_decree, seed_holidays, top_up
from registerkit.deadlines.phases import Phase, phases_after
from registerkit.deadlines.profile import PROFILE_NAMES, Profile, TermPolicy, load_profile, profile_sources
from registerkit.deadlines.signal import SIGNAL_CODES, Signal, signal
from registerkit.deadlines.span import Span, parse_span

__all__ = [
    "CLOSED_STATUSES",
    "GRAVEST",
    "LAPSED_DAYS",
    "PROFILE_NAMES",
    "SIGNAL_CODES",
    "Holiday",
    "Pause",
    "Phase",
    "Profile",
    "Signal",
    "Span",
    "TermCase",
    "TermPolicy",
    "Terms",
    "WorkCalendar",
    "aftercare_waits",
    "complaint_signal",
    "complaint_terms",
    "compute_terms",
    "counted_values",
    "has_terms",
    "last_known_decree",
    "load_profile",
    "parse_span",
    "pause_of",
    "pause_warning",
    "pauses_by_complaint",
    "phases_after",
    "profile_of",
    "profile_sources",
    "seed_holidays",
    "signal",
    "term_case",
    "top_up",
    "work_calendar",
]
