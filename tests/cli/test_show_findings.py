"""Findings on the screen: by their row, and behind their kind where they are of no row."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from registerkit.cli.common import Runner
from registerkit.findings import Finding, Location
from registerkit.texts import load_texts


def test_what_is_of_no_row_stands_behind_its_kind(capsys: pytest.CaptureFixture[str]) -> None:
    runner = Runner(Path(), date(2026, 11, 2), as_json=False, quiet=False)
    found = [
        Finding("no_pdf", "warning", context={"problem": "LibreOffice is er niet."}),
        Finding("required", "error", Location("a.xlsx", "Register", "C4", 4, "Naam")),
    ]
    runner.show_findings(found, load_texts("nl"))
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("FOUT: a.xlsx, blad Register, rij 4")
    assert lines[1].startswith("   C4, Naam: ")
    assert lines[2].startswith("LET OP: ")
    assert "LibreOffice is er niet." in lines[2]
    assert len(lines) == 3
