"""The three-way sync as a pure plan: which record each row is, what changed on which side, and what follows."""

from registerkit.sync.complete import Completion, Origin, deputy_for, route
from registerkit.sync.compute import Recount, recompute
from registerkit.sync.identity import Identity, identify
from registerkit.sync.lists import ListChange, ListMerge, merge_list
from registerkit.sync.merge import Merger
from registerkit.sync.numbers import Numbers, bare_number
from registerkit.sync.plan import Conflict, Knowledge, OpenConflict, Refusal, SourcePlan
from registerkit.sync.scope import Scope
from registerkit.sync.state import SYSTEM, RegisterState

__all__ = [
    "SYSTEM",
    "Completion",
    "Conflict",
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
    "deputy_for",
    "identify",
    "merge_list",
    "recompute",
    "route",
]
