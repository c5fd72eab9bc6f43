"""How everything looks that an office sees: the colours and the font, declared once."""

from __future__ import annotations

import colorsys
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

__all__ = ["READABLE", "Theme", "contrast", "darkened", "theme_of"]

READABLE, _DARK = 4.5, 9.0
"""The contrast that words need (WCAG 2.2, 1.4.3), and that of a band with white words."""
_COLOUR = re.compile(r"#?([0-9A-Fa-f]{6})\Z")


@dataclass(frozen=True)
class Theme:
    """Colours as six hexadecimal digits, the font and the logo; an office may change accent, font and logo."""

    accent: str = "2A7F86"
    accent_ink: str = "297B82"
    """The accent for words, dark enough to be read on paper and on mist."""
    font: str = "Calibri"
    logo: Path | None = None
    ink: str = "1F2933"
    navy: str = "1F3A5F"
    """Titles, headers and bands: a dark colour that goes with the accent."""
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
    told = _COLOUR.match(settings.get("accent", "").strip())
    accent = told[1].upper() if told else plain.accent
    logo = folder / settings["logo"] if settings.get("logo") else None
    return Theme(
        accent=accent,
        accent_ink=darkened(accent, plain.mist, READABLE),
        navy=plain.navy if accent == plain.accent else darkened(accent, plain.paper, _DARK),
        font=settings.get("font") or plain.font,
        logo=logo if logo and logo.is_file() else None,
    )


def contrast(one: str, other: str) -> float:
    """Return how well two colours are told apart, from 1 for the same through 21 for black and white (WCAG 2.2)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def darkened(colour: str, behind: str, wanted: float) -> str:
    """Return a colour, as dark as it must be to have a contrast with what is behind it."""
    hue, light, saturation = colorsys.rgb_to_hls(*_parts(colour))
    while contrast(colour, behind) < wanted and light > 0:
        light = max(0.0, light - 0.01)
        colour = "".join(f"{round(255 * part):02X}" for part in colorsys.hls_to_rgb(hue, light, saturation))
    return colour


def _parts(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[n : n + 2], 16) / 255 for n in (0, 2, 4))
    return red, green, blue


def _luminance(colour: str) -> float:
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
