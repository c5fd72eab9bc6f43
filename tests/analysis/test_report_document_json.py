"""The JSON of a report has the keys and shapes that scripts rely on."""

from __future__ import annotations

import json
from pathlib import Path

from analysis_samples import incident_sample

from registerkit.analysis import parse_period, report_json
from registerkit.analysis.comparison import compare
from registerkit.register import Register

KEYS = {
    "received", "closed", "open_at_end", "overdue_open", "acknowledged_in_time", "closed_in_time",
    "median_days_to_close", "reopened", "repeat_complainants", "satisfaction_mean", "satisfaction_n", "cost_total",
    "by_category", "by_subcategory", "by_cause", "by_channel", "by_department", "by_causing_department", "by_branch",
    "by_handler", "by_judgement", "by_severity", "by_responsible", "by_month",
}  # fmt: skip


def document(snapshot: Register, label: str = "2026-10") -> dict:
    period = parse_period(label)
    files = [Path("uitvoer") / "2026-10" / "klachtenrapport-2026-10.xlsx", "uitvoer/b.docx"]
    made = report_json(compare(snapshot, period), files)
    return json.loads(json.dumps(made))


def test_shape(handful: Register) -> None:
    found = document(handful)
    assert set(found) == {"period", "figures", "previous", "year_ago", "files"}
    assert found["period"] == {"label": "2026-10", "from": "2026-10-01", "until": "2026-10-31"}
    assert found["previous"]["period"] == {"label": "2026-09", "from": "2026-09-01", "until": "2026-09-30"}
    assert found["year_ago"]["period"] == {"label": "2025-10", "from": "2025-10-01", "until": "2025-10-31"}
    assert found["files"] == ["uitvoer/2026-10/klachtenrapport-2026-10.xlsx", "uitvoer/b.docx"]
    assert set(found["figures"]) >= KEYS
    assert set(found["previous"]["figures"]) == set(found["figures"]) - {"signals"}


def test_values(handful: Register) -> None:
    """Money in euros, shares 0..1 or null, choices as labels, an empty choice under "-"."""
    found = document(handful)["figures"]
    assert (found["cost_total"], found["closed_in_time"], found["received"]) == (123.45, 0.5, 3)
    assert found["by_cause"] == {"levering": 1, "-": 2}
    assert document(handful, "2025")["figures"]["closed_in_time"] is None


def test_other_register() -> None:
    """Figures that a register cannot give are null or empty, and the keys are there."""
    found = document(incident_sample())["figures"]
    assert set(found) >= KEYS
    assert (found["received"], found["closed"], found["by_cause"]) == (2, None, {})
