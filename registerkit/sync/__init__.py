"""The three-way sync as a pure plan: which record each row is, what changed on which side, and what follows."""

from registerkit.sync.complaints import Complaints
from registerkit.sync.complete import Completion, Origin, route
from registerkit.sync.compute import EndedOn, Recount, recompute
from registerkit.sync.identity import Identity, identify
from registerkit.sync.lists import ListChange, ListMerge, merge_list
from registerkit.sync.merge import Merger
from registerkit.sync.numbers import Numbers, bare_number
from registerkit.sync.plan import Conflict, Knowledge, OpenConflict, Refusal, SourcePlan
from registerkit.sync.scope import Scope
from registerkit.sync.state import SYSTEM, RegisterState

__all__ = [
    "SYSTEM",
    "Complaints",
    "Completion",
    "Conflict",
    "EndedOn",
    "Identity",
    "Knowledge",
    "ListChange",
    "ListMerge",
    "Merger",
    "Numbers",
    "OpenConflict",
    "Origin",
    "Recount",
    "Refusal",
    "RegisterState",
    "Scope",
    "SourcePlan",
    "bare_number",
    "identify",
    "merge_list",
    "recompute",
    "route",
]
