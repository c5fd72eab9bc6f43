"""Complaint registers in Excel and Access: build them, sync them, and make letters, reminders and reports."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from registerkit.project import Project as Project

__all__ = ["Project"]


def __getattr__(name: str) -> Any:
    """Load the facade only when it is asked for, so that `registerkit --help` stays quick."""
    if name == "Project":
        return importlib.import_module("registerkit.project").Project
    raise AttributeError(name)
