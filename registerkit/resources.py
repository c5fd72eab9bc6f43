"""Where the files that ship with registerkit lie: in the wheel, or beside the package in a checkout."""

from __future__ import annotations

from pathlib import Path

__all__ = ["resource_folder"]

_PACKAGE = Path(__file__).resolve().parent


def resource_folder(name: str) -> Path:
    """Return the folder `workbook_templates` or `letters` as shipped."""
    beside = _PACKAGE.parent / name
    shipped = _PACKAGE / "_shipped" / name
    return shipped if shipped.is_dir() else beside
