"""The three-way sync as a pure plan: which record each row is, what changed on which side, and what follows."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
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

_PARTS = {
    "complete": ("Completion", "Origin", "deputy_for", "route"),
    "compute": ("Recount", "recompute"),
    "identity": ("Identity", "identify"),
    "lists": ("ListChange", "ListMerge", "merge_list"),
    "merge": ("Merger",),
    "numbers": ("Numbers", "bare_number"),
    "plan": ("Conflict", "Knowledge", "OpenConflict", "Refusal", "SourcePlan"),
    "scope": ("Scope",),
    "state": ("SYSTEM", "RegisterState"),
}
_PART_OF = {name: part for part, names in _PARTS.items() for name in names}


def __getattr__(name: str) -> Any:
    """Load a part only when it is asked for: the store keeps plans, and need not know how files are read."""
    if name not in _PART_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_PART_OF[name]}"), name)
