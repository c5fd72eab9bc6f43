"""How everything looks that an office sees: the colours and the font, declared once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Theme", "theme_of"]

_COLOUR = re.compile(r"#?([0-9A-Fa-f]{6})\Z")


@dataclass(frozen=True)
class Theme:
    """Colours as six hexadecimal digits, the font and the logo; an office may change accent, font and logo."""

    accent: str = "2A7F86"
    font: str = "Calibri"
    logo: Path | None = None
    ink: str = "1F2933"
    navy: str = "1F3A5F"
    paper: str = "FFFFFF"
    mist: str = "F3F6F8"
    line: str = "D5DCE2"
    quiet: str = "44546A"
    input: str = "FFF9E3"
    late: str = "B42318"
    soon: str = "8A5A00"
    muted: str = "B4C5CF"
    """Bars beside those in the accent colour; also light in grey print."""


def theme_of(settings: Mapping[str, str], folder: Path = Path()) -> Theme:
    """Read the `[theme]` settings; a colour or logo (a path in `folder`) that cannot be used is left out."""
    plain = Theme()
    accent = _COLOUR.match(settings.get("accent", "").strip())
    logo = folder / settings["logo"] if settings.get("logo") else None
    return Theme(
        accent=accent[1].upper() if accent else plain.accent,
        font=settings.get("font") or plain.font,
        logo=logo if logo and logo.is_file() else None,
    )
