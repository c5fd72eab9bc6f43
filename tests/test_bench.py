"""The benchmark scripts run: what they measure says nothing on so few rows, and is no test."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).parents[1] / "scripts" / "bench" / "sync.py"


def test_the_sides_are_measured_and_compared_with_the_goals() -> None:
    sides = ["calamine", "check", "unchanged", "identical", "changed"]
    command = [sys.executable, str(SCRIPT), "--rows", "40", "--repeat", "1", "--only", *sides]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    table = told[told.index("40 rows;") :]
    assert all(f"\n  {side} " in table for side in sides)
    assert table.count("goal:") >= 3
