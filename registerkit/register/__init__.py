"""The register as it stands on a day, read by role: complaints with their state, staff, and how values read."""

from registerkit.register.closing import is_taken_over, lacking_to_close
from registerkit.register.complaint import (
    GRAVEST,
    Complaint,
    Rules,
    has_terms,
    is_reopened_again,
    pause_of,
    row_day,
    row_text,
)
from registerkit.register.counted import counted_values
from registerkit.register.country import is_abroad
from registerkit.register.display import CELL_VALUES, cell_value, euros, written
from registerkit.register.hearing import lacks_hearing
from registerkit.register.persons import PERSON, group_persons, person_keys
from registerkit.register.phases import Phase, closing_is_earlier, phases_after
from registerkit.register.precedents import Precedents
from registerkit.register.recurring import ALIKE, WITHIN, Recurrence, recurring, recurring_now
from registerkit.register.register import Register, pauses_by_complaint, rows_by_complaint
from registerkit.register.routing import (
    ROUTED,
    Routed,
    choice_words,
    first_rule,
    fits_rule,
    named_by,
    routed,
    routed_lines,
    rule_condition,
)
from registerkit.register.staff import COORDINATOR, MANAGER, Staff, same_person
from registerkit.register.states import (
    CLOSED,
    DISPUTE,
    ENDED,
    NO_COMPLAINT,
    NOTICES,
    ORAL,
    REOPENED,
    STATES,
    UNANSWERED,
    WRITTEN,
    WRITTEN_BY_LAW,
    Deciding,
    State,
    state_of,
)
from registerkit.register.steps import next_step_name

__all__ = [
    "ALIKE",
    "CELL_VALUES",
    "CLOSED",
    "COORDINATOR",
    "DISPUTE",
    "ENDED",
    "GRAVEST",
    "MANAGER",
    "NOTICES",
    "NO_COMPLAINT",
    "ORAL",
    "PERSON",
    "REOPENED",
    "ROUTED",
    "STATES",
    "UNANSWERED",
    "WITHIN",
    "WRITTEN",
    "WRITTEN_BY_LAW",
    "Complaint",
    "Deciding",
    "Phase",
    "Precedents",
    "Recurrence",
    "Register",
    "Routed",
    "Rules",
    "Staff",
    "State",
    "cell_value",
    "choice_words",
    "closing_is_earlier",
    "counted_values",
    "euros",
    "first_rule",
    "fits_rule",
    "group_persons",
    "has_terms",
    "is_abroad",
    "is_reopened_again",
    "is_taken_over",
    "lacking_to_close",
    "lacks_hearing",
    "named_by",
    "next_step_name",
    "pause_of",
    "pauses_by_complaint",
    "person_keys",
    "phases_after",
    "recurring",
    "recurring_now",
    "routed",
    "routed_lines",
    "row_day",
    "row_text",
    "rows_by_complaint",
    "rule_condition",
    "same_person",
    "state_of",
    "written",
]
