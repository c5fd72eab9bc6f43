"""How a report looks: the calm colours and the type that an office may change in `[theme]` of register.toml."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["Theme", "theme_of"]

_COLOUR = re.compile(r"#?([0-9A-Fa-f]{6})")


@dataclass(frozen=True)
class Theme:
    """Colours as six hexadecimal digits, and the font."""

    accent: str = "2A7F86"
    font: str = "Calibri"
    ink: str = "1F2933"
    navy: str = "1F3A5F"
    paper: str = "FFFFFF"
    mist: str = "F3F6F8"
    line: str = "D5DCE2"
    quiet: str = "44546A"
    muted: str = "B4C5CF"
    """Bars beside those in the accent colour; also light in grey print."""


def theme_of(settings: Mapping[str, str]) -> Theme:
    """Give the theme with the office's own accent and font; an accent that is no colour is left aside."""
    plain = Theme()
    accent = _COLOUR.fullmatch(settings.get("accent", "").strip())
    return Theme(accent=accent[1].upper() if accent else plain.accent, font=settings.get("font") or plain.font)
