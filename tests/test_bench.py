"""The benchmark scripts run: what they measure says nothing on so few rows, and is no test."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent / "support"))

SCRIPT = Path(__file__).parents[1] / "scripts" / "bench" / "sync.py"


def test_the_sides_are_measured_and_compared_with_the_goals() -> None:
    sides = ["calamine", "check", "unchanged", "identical", "changed"]
    command = [sys.executable, str(SCRIPT), "--rows", "40", "--repeat", "1", "--only", *sides]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    table = told[told.index("40 rows;") :]
    assert all(f"\n  {side} " in table for side in sides)
    assert table.count("goal:") >= 3


def test_the_ways_into_postgresql_are_measured_and_compared(postgresql_server: Any) -> None:
    server = postgresql_server.address("postgres", "beheer", "beheer")
    command = [sys.executable, str(SCRIPT.with_name("database.py")), "--rows", "60", "--server", server]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert told.startswith("60 complaints into PostgreSQL")
    assert told.count("faster") == 2
