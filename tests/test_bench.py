"""The benchmark scripts run: what they measure says nothing on so few rows, and is no test."""

from __future__ import annotations

import importlib
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import fromstring

sys.path.insert(0, str(Path(__file__).parents[1] / "scripts" / "bench"))

import pytest

BENCH = Path(__file__).parents[1] / "scripts" / "bench"


CHEAP = ("build", "xlsxwriter_memo", "edit", "check", "calamine", "letters", "docxtpl", "help", "find")
"""Cases that cost little, and what peers make of the same."""


def test_the_cases_run_and_what_they_make_is_the_same() -> None:
    told = _quick("--only", *CHEAP)
    assert all(f"\n{case} " in told for case in CHEAP)
    assert "render 1,000 letters" in told
    assert "NOT THE SAME" not in told


@pytest.mark.slow
@pytest.mark.usefixtures("access_writer")
def test_every_case_runs() -> None:
    told = _quick()
    assert "x Jackcess alone" in told
    assert "NOT THE SAME" not in told


def _quick(*words: str) -> str:
    command = [sys.executable, str(BENCH / "run.py"), "--quick", *words]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


@pytest.mark.slow
def test_the_figures_of_many_complaints_are_measured() -> None:
    command = [sys.executable, str(BENCH / "figures.py"), "--rows", "100"]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert told.startswith("100 complaints in SQLite")
    assert told.count("on the clock") == 3


def test_the_picture_of_growth_has_a_line_for_each_case() -> None:
    figures = {size: {"build": _figures(size / 1000), "check": _figures(size / 5000)} for size in (1_000, 10_000)}
    drawn = fromstring(_growth().draw(figures, ("build", "check")))
    names = [text.text for text in drawn.iter("{http://www.w3.org/2000/svg}text")]
    assert {"build", "check", "1,000", "10,000"} <= set(names)
    assert len(list(drawn.iter("{http://www.w3.org/2000/svg}polyline"))) == 2


def _figures(cpu: float) -> Any:
    return importlib.import_module("_measure").Figures(cpu, None, {})


def _growth() -> Any:
    return importlib.import_module("_growth")


def test_the_ways_into_postgresql_are_measured_and_compared(postgresql_server: Any) -> None:
    server = postgresql_server.address("postgres", "beheer", "beheer")
    command = [sys.executable, str(BENCH / "database.py"), "--rows", "60", "--server", server]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert told.startswith("60 complaints into PostgreSQL")
    assert told.count("faster") == 2
