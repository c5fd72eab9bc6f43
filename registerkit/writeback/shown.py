"""Whether a cell shows a value already: the one comparison behind what is written into workbooks and Access files."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from registerkit.ooxml import date_serial

__all__ = ["is_shown"]

_NEAR = 1e-6
"""Programs keep numbers in binary, and amounts have four decimals at most."""


def is_shown(raw: Any, wanted: Any) -> bool:
    """Tell whether a cell as it was read shows a value, however its program keeps days, numbers and line ends."""
    if raw in ("", None) or wanted in ("", None):
        return raw in ("", None) and wanted in ("", None)
    if isinstance(raw, date) and isinstance(wanted, int | float):
        raw = float(date_serial(raw))  # A number in a cell that shows days.
    if isinstance(raw, datetime):
        raw = raw.date()
    if isinstance(raw, float) and isinstance(wanted, int | float | Decimal):
        return abs(raw - float(wanted)) < _NEAR
    if isinstance(raw, str) and isinstance(wanted, str):
        return raw.replace("\r\n", "\n").strip() == wanted.strip()
    return bool(raw == wanted)
