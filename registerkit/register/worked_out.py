"""Lets what follows from a complaint alone be worked out once, however many stages ask for it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from registerkit.register.complaint import Complaint

__all__ = ["per_complaint"]

_Result = TypeVar("_Result")


def per_complaint(work: Callable[[Complaint], _Result]) -> Callable[[Complaint], _Result]:
    """Let a function of a complaint give again what it gave before; it may look at nothing else that can change."""

    @wraps(work)
    def known(complaint: Complaint) -> _Result:
        found = complaint.worked_out
        if work not in found:
            found[work] = work(complaint)
        result: _Result = found[work]
        return result

    return known
