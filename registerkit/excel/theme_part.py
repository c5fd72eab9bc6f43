"""The theme part of a workbook: what charts, pivots and cells that an office adds itself look like."""

from __future__ import annotations

import re
from io import StringIO
from xml.sax.saxutils import escape

from xlsxwriter.theme import THEME_XML_2007

from registerkit.theme import Theme

__all__ = ["theme_part"]

_PALETTE = {
    "dk2": "navy", "lt2": "mist", "accent1": "accent", "accent2": "navy", "accent3": "soon", "accent4": "late",
    "accent5": "quiet", "accent6": "muted", "hlink": "accent_ink", "folHlink": "quiet",
}  # fmt: skip
"""Which colour of ours stands at each place of Excel's palette."""


def theme_part(theme: Theme) -> StringIO:
    """Return Excel's own theme with the office's colours and font."""
    part = THEME_XML_2007.replace('name="Office Theme"', 'name="registerkit"', 1)
    for place, name in _PALETTE.items():
        part = re.sub(rf'(<a:{place}><a:srgbClr val=")[0-9A-F]{{6}}', rf"\g<1>{getattr(theme, name)}", part)
    font = escape(theme.font, {'"': "&quot;"})
    return StringIO(re.sub(r'(<a:m(?:aj|in)orFont><a:latin typeface=")[^"]*', lambda found: found[1] + font, part))
