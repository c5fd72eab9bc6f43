"""Gives a letter template the office's colours and font where it has the kit's own; the rest stays as it is."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from xml.sax.saxutils import quoteattr

from registerkit.theme import READABLE, Theme, darkened

__all__ = ["PLAIN", "dressed"]

PLAIN = Theme()
"""How the kit's own templates look."""
_PART = re.compile(r"word/[^/]+\.xml")
_FONT = re.compile(rf'(\bw:(?:ascii|hAnsi|eastAsia|cs)=)"{PLAIN.font}"'.encode())


def dressed(template: Path, theme: Theme) -> str | io.BytesIO:
    """Return what a template is opened by: its path, or itself with the theme's colours and font in it.

    A colour that an office chose in Word stays. The accent is made dark enough to be read on white paper.
    """
    accent = theme.accent if theme.accent == PLAIN.accent else darkened(theme.accent, theme.paper, READABLE)
    changes = {PLAIN.accent: accent, PLAIN.accent_ink: theme.accent_ink, PLAIN.navy: theme.navy}
    colours = {old: new for old, new in changes.items() if old != new}
    if not colours and theme.font == PLAIN.font:
        return str(template)
    colour = re.compile(f'="({"|".join(colours)})"'.encode(), re.I) if colours else None
    font = quoteattr(theme.font).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(template) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            data = old.read(info)
            if _PART.fullmatch(info.filename):
                if colour is not None:
                    data = colour.sub(lambda found: f'="{colours[found[1].decode().upper()]}"'.encode(), data)
                data = _FONT.sub(lambda found: found[1] + font, data)
            new.writestr(info, data)
    return out
