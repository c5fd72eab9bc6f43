"""Lets the building of the wheel put Jackcess in its place; without it the wheel is built too, and says so."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class JackcessHook(BuildHookInterface):  # type: ignore[type-arg]  # Generic over the builder's own configuration.
    """Runs before the wheel, or an editable install, is made."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002  # hatchling prescribes it.
        """Put the jar beside the package; `artifacts` in pyproject.toml takes it into the wheel."""
        fetch = runpy.run_path(str(Path(self.root) / "scripts" / "jackcess" / "fetch.py"))
        fault = fetch["put_in_place"](Path(self.root))
        if fault is not None:
            self.app.display_warning(f"Built without Jackcess, so this wheel writes no Access files. {fault}.")
