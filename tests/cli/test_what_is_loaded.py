"""A command loads what it needs: what a look-up does not use costs whoever waits half a second."""

from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.parametrize("command", ["show", "find", "history"])
def test_looking_up_loads_nothing_that_writes_a_workbook(command: str) -> None:
    code = f"import registerkit.commands.{command}, sys; print(*sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.split()
    assert {"xlsxwriter", "docxtpl", "jpype", "holidays", "python_calamine"}.isdisjoint(loaded)
