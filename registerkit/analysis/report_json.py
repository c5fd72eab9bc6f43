"""The report as one JSON document, in the shape that scripts rely on."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath
from typing import Any

from registerkit.analysis.figures import Figures
from registerkit.analysis.period import Period

__all__ = ["report_json"]

_PLAIN = (
    *("received", "closed", "open_at_end", "overdue_open", "acknowledged_in_time", "closed_in_time"),
    *("median_days_to_close", "reopened", "repeat_complainants", "satisfaction_mean", "satisfaction_n"),
)
_COUNTS = (
    *("by_category", "by_subcategory", "by_cause", "by_channel", "by_department", "by_causing_department"),
    *("by_branch", "by_handler", "by_judgement", "by_severity", "by_responsible", "by_month", "by_process"),
)
_MORE = ("special", "complainants", "repeat_share", "unseen_low", "unseen_high")


def report_json(
    period: Period,
    figures: Figures,
    previous_period: Period,
    previous_figures: Figures,
    files: Iterable[PurePath | str],
) -> dict[str, Any]:
    """Give the document; `files` relative to the project folder, money in euros, shares 0..1 or None."""
    return {
        "period": _period(period),
        "figures": _figures(figures),
        "previous": {"period": _period(previous_period), "figures": _figures(previous_figures)},
        "files": [file.as_posix() if isinstance(file, PurePath) else file for file in files],
    }


def _period(period: Period) -> dict[str, str]:
    return {"label": period.label, "from": period.first.isoformat(), "until": period.last.isoformat()}


def _figures(figures: Figures) -> dict[str, Any]:
    return {
        **{name: getattr(figures, name) for name in _PLAIN},
        "cost_total": _euros(figures.cost_total),
        **{name: dict(getattr(figures, name)) for name in _COUNTS},
        **{name: getattr(figures, name) for name in _MORE},
        "amount_total": _euros(figures.amount_total),
        "founded_share": figures.closings.founded_share,
        "unfounded_share": figures.closings.unfounded_share,
        "recurring": [{"label": r.label, "n": r.n} for r in figures.recurring],
    }


def _euros(cents: int | None) -> float | None:
    return None if cents is None else round(cents / 100, 2)
