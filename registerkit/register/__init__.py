"""The register as it stands on a day, read by role: complaints with their state, staff, and how values read."""

from registerkit.register.cases import Case, Handling
from registerkit.register.closing import is_taken_over, lacking_to_close
from registerkit.register.compensation import (
    Standard,
    compensation_line,
    if_judged,
    judged_by,
    standard_of,
    standard_words,
)
from registerkit.register.complaint import GRAVEST, Complaint, Rules, has_terms, role_label
from registerkit.register.counted import counted_values
from registerkit.register.country import is_abroad
from registerkit.register.display import CELL_VALUES, cell_value, euros, json_value, shown, written
from registerkit.register.facts import CaseFacts, Facts, HandlingFacts, Standing, Wait, a_year_back, facts_of
from registerkit.register.granting import APPROVAL, limits_for
from registerkit.register.hearing import lacks_hearing
from registerkit.register.persons import PERSON, Groups, comparable, group_persons, person_keys
from registerkit.register.phases import Phase, closing_is_earlier, phases_after
from registerkit.register.precedents import Precedents
from registerkit.register.recurring import ALIKE, WITHIN, Recurrence, kind_of, recurring, recurring_now
from registerkit.register.register import Register
from registerkit.register.routing import (
    ROUTED,
    Routed,
    choice_words,
    first_rule,
    fits,
    fits_rule,
    named_by,
    routed,
    routed_lines,
    rule_condition,
)
from registerkit.register.rows import (
    is_reopened_again,
    pause_of,
    pauses_by_complaint,
    row_day,
    row_text,
    rows_by_complaint,
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
from registerkit.register.worked_out import per_complaint

__all__ = [
    "ALIKE",
    "APPROVAL",
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
    "Case",
    "CaseFacts",
    "Complaint",
    "Deciding",
    "Facts",
    "Groups",
    "Handling",
    "HandlingFacts",
    "Phase",
    "Precedents",
    "Recurrence",
    "Register",
    "Routed",
    "Rules",
    "Staff",
    "Standard",
    "Standing",
    "State",
    "Wait",
    "a_year_back",
    "cell_value",
    "choice_words",
    "closing_is_earlier",
    "comparable",
    "compensation_line",
    "counted_values",
    "euros",
    "facts_of",
    "first_rule",
    "fits",
    "fits_rule",
    "group_persons",
    "has_terms",
    "if_judged",
    "is_abroad",
    "is_reopened_again",
    "is_taken_over",
    "json_value",
    "judged_by",
    "kind_of",
    "lacking_to_close",
    "lacks_hearing",
    "limits_for",
    "named_by",
    "next_step_name",
    "pause_of",
    "pauses_by_complaint",
    "per_complaint",
    "person_keys",
    "phases_after",
    "recurring",
    "recurring_now",
    "role_label",
    "routed",
    "routed_lines",
    "row_day",
    "row_text",
    "rows_by_complaint",
    "rule_condition",
    "same_person",
    "shown",
    "standard_of",
    "standard_words",
    "state_of",
    "written",
]
