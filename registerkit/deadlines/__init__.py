"""Terms: when a complaint must be acknowledged, answered and followed up, and how it stands against that today."""

from registerkit.deadlines.aftercare import LAPSED_DAYS, aftercare_waits
from registerkit.deadlines.calendar import WorkCalendar, work_calendar
from registerkit.deadlines.compute import Pause, TermCase, Terms, compute_terms, pause_warning
from registerkit.deadlines.holidays import Holiday, is_as_seeded, last_known_decree, seed_holidays, top_up
from registerkit.deadlines.profile import PROFILE_NAMES, Profile, TermPolicy, load_profile, profile_sources
from registerkit.deadlines.signal import SIGNAL_CODES, Signal
from registerkit.deadlines.span import Span, parse_span

__all__ = [
    "LAPSED_DAYS",
    "PROFILE_NAMES",
    "SIGNAL_CODES",
    "Holiday",
    "Pause",
    "Profile",
    "Signal",
    "Span",
    "TermCase",
    "TermPolicy",
    "Terms",
    "WorkCalendar",
    "aftercare_waits",
    "compute_terms",
    "is_as_seeded",
    "last_known_decree",
    "load_profile",
    "parse_span",
    "pause_warning",
    "profile_sources",
    "seed_holidays",
    "top_up",
    "work_calendar",
]
