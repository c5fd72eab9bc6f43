"""Making a report: both files, named in the register's language, left alone when nothing would differ."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from pathlib import Path

from analysis_samples import HANDFUL, make_sample

from registerkit.analysis import compare, make_report, parse_period
from registerkit.register import Register


def test_report(handful: Register, tmp_path: Path) -> None:
    report = make_report(handful, compare(handful, parse_period("2026-10")), tmp_path / "uitvoer" / "2026-10")
    assert [file.name for file in report.files] == [
        f"klachtenrapport-2026-10.{kind}" for kind in ("xlsx", "docx", "html")
    ]
    assert all(file.is_file() for file in report.files)
    assert (report.figures.received, report.previous.received, report.previous_period.label) == (3, 1, "2026-09")


def test_english_names(tmp_path: Path) -> None:
    register = make_sample(*HANDFUL, language="en")
    report = make_report(register, compare(register, parse_period("2026-Q3")), tmp_path)
    assert [file.name for file in report.files] == [
        f"complaints-report-2026-Q3.{kind}" for kind in ("xlsx", "docx", "html")
    ]


def test_a_second_time_writes_nothing(handful: Register, tmp_path: Path) -> None:
    """An ended period stays as it was, also on a later day; a change in it is written."""
    period = parse_period("2026-09")
    files = make_report(handful, compare(handful, period), tmp_path).files
    for file in files:
        os.utime(file, (1, 1))
    later = replace(handful, on=date(2026, 12, 1))
    make_report(later, compare(later, period), tmp_path)
    assert [file.stat().st_mtime for file in files] == [1, 1, 1]
    fewer = make_sample(*HANDFUL[:2])
    make_report(fewer, compare(fewer, period), tmp_path)
    assert all(file.stat().st_mtime > 1 for file in files)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(file.name for file in files)
