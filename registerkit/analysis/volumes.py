"""What complaints are set against: how many orders, treatments or inhabitants there were in a period."""

from __future__ import annotations

from collections.abc import Mapping

from registerkit.analysis.period import Period, parts_of

__all__ = ["per_thousand", "volume_of"]


def volume_of(period: Period, volumes: Mapping[str, int]) -> int | None:
    """Return the volume of a period: as it was given, or of all quarters or months in it together; None if unknown."""
    if period.label in volumes:
        return volumes[period.label]
    for kind in ("quarter", "month"):
        parts = [part.label for part in parts_of(period, kind)]
        if parts and all(label in volumes for label in parts):
            return sum(volumes[label] for label in parts)
    return None


def per_thousand(received: int | None, volume: int | None) -> float | None:
    """Return complaints per thousand; None without a volume."""
    return received * 1000 / volume if received is not None and volume else None
