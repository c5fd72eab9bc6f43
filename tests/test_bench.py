"""The benchmark scripts run: what they measure says nothing on so few rows, and is no test."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent / "support"))

import pytest

BENCH = Path(__file__).parents[1] / "scripts" / "bench"


@pytest.mark.slow
def test_the_sides_are_measured_and_compared_with_the_goals() -> None:
    sides = ["calamine", "check", "unchanged", "identical", "changed"]
    command = [sys.executable, str(BENCH / "sync.py"), "--rows", "40", "--repeat", "1", "--only", *sides]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    table = told[told.index("40 rows;") :]
    assert all(f"\n  {side} " in table for side in sides)
    assert table.count("goal:") >= 3


@pytest.mark.slow
@pytest.mark.usefixtures("access_writer")
def test_writing_an_access_file_is_measured_beside_jackcess() -> None:
    command = [sys.executable, str(BENCH / "access.py"), "--rows", "40", "--repeat", "1"]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert all(f"\n  {side} " in told[told.index("40 rows;") :] for side in ("jackcess", "database"))
    assert "x Jackcess alone   goal: under 3 x" in told


def test_the_ways_into_postgresql_are_measured_and_compared(postgresql_server: Any) -> None:
    server = postgresql_server.address("postgres", "beheer", "beheer")
    command = [sys.executable, str(BENCH / "database.py"), "--rows", "60", "--server", server]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert told.startswith("60 complaints into PostgreSQL")
    assert told.count("faster") == 2


@pytest.mark.slow
def test_letters_are_measured_beside_docxtpl_and_are_the_same() -> None:
    command = [sys.executable, str(BENCH / "letters.py"), "--rows", "8", "--repeat", "1"]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert all(f"\n  {side} " in told[told.index("8 letters;") :] for side in ("docxtpl", "letters"))
    assert told.rstrip().endswith("canonical XML: yes")
