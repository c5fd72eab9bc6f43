"""A command loads what it needs: what a look-up does not use costs whoever waits half a second."""

from __future__ import annotations

import subprocess
import sys

import pytest

_WRITES = {"xlsxwriter", "docxtpl", "jpype", "holidays", "python_calamine"}
_LEFT_OUT = {
    "show": _WRITES,
    "find": _WRITES,
    "history": _WRITES,
    "sync": {"docx", "docxtpl", "jpype", "python_calamine"},
}
"""What a command does without when it begins."""


@pytest.mark.parametrize("command", _LEFT_OUT)
def test_a_command_begins_without_what_it_may_not_need(command: str) -> None:
    code = f"import registerkit.commands.{command}, sys; print(*sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.split()
    assert _LEFT_OUT[command].isdisjoint(loaded)
