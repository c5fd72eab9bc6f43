"""How every sheet looks: named cell styles in the colours of the theme."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from registerkit.theme import Theme

__all__ = ["SIGNAL_COLOURS", "styles"]

_PLAIN = Theme()
INK, NAVY, TEAL, PAPER = (f"#{colour}" for colour in (_PLAIN.ink, _PLAIN.navy, _PLAIN.accent, _PLAIN.paper))
LINK = f"#{_PLAIN.accent_ink}"
MIST, LINE, QUIET, INPUT = (f"#{colour}" for colour in (_PLAIN.mist, _PLAIN.line, _PLAIN.quiet, _PLAIN.input))

SIGNAL_COLOURS: Mapping[str, tuple[str, str]] = {
    "overdue": (f"#{_PLAIN.late}", "#FDECEA"),
    "due_soon": (f"#{_PLAIN.soon}", "#FFF3D6"),
    "on_time": ("#1E6B3A", "#E7F4EB"),
    "answered": ("#1B5E7A", "#E1F0F6"),
    "paused": ("#44546A", "#E9EDF2"),
    "closed": ("#616D78", "#F3F6F8"),
}
"""Text and fill per signal code; the word stands in the cell too."""

HAIR = "#E6EBEF"
ATTENTION = ("#7A2E00", "#FFD8B8")
RESERVED = "#6B7680"

ONE_LINE, TWO_LINES, THREE_LINES, FOUR_LINES = 20.0, 33.0, 45.0, 60.0
"""Row heights in points: so a longer text is cut between lines, of 15 points in Excel and 11 in LibreOffice."""


def styles(theme: Theme) -> dict[str, dict[str, Any]]:
    """Return the properties of every named cell style, as XlsxWriter's formats take them."""
    own = {TEAL: f"#{theme.accent}", LINK: f"#{theme.accent_ink}", NAVY: f"#{theme.navy}"}
    return {
        name: {key: own.get(value, value) for key, value in properties.items()} for name, properties in _STYLES.items()
    }


_BOX = {"border": 1, "border_color": LINE}
_BELOW = {"bottom": 1, "bottom_color": LINE}
_CARD = {"bg_color": MIST, "right": 5, "right_color": PAPER}
_WRAPPED = {"text_wrap": True, "valign": "top"}

_STYLES: dict[str, dict[str, Any]] = {
    "plain": {"font_color": INK, "valign": "vcenter"},
    "title": {"font_color": NAVY, "font_size": 18, "bold": True, "valign": "vcenter"},
    "alert_line": {"font_color": SIGNAL_COLOURS["overdue"][0], "bold": True, "valign": "vcenter"},
    "chart_title": {"font_color": INK, "bold": True, "valign": "vcenter"},
    "subtitle": {"font_color": QUIET, "font_size": 11, "valign": "vcenter"},
    "section": {"font_color": NAVY, "font_size": 12, "bold": True, "bottom": 2, "bottom_color": TEAL},
    "section_told": {"font_color": INK, "bold": True, "bottom": 2, "bottom_color": TEAL},
    "section_rule": {"bottom": 2, "bottom_color": TEAL},
    "hint": {"font_color": QUIET, "font_size": 10},
    "hint_wrapped": {"font_color": QUIET, "font_size": 10, **_WRAPPED},
    "body": {"font_color": INK, **_WRAPPED},
    "body_bold": {"font_color": INK, "bold": True, **_WRAPPED},
    "link": {"font_color": LINK, "underline": 1, "valign": "vcenter"},
    "date": {"font_color": QUIET, "align": "left", "valign": "vcenter"},
    "group": {"font_color": NAVY, "font_size": 12, "bold": True, "valign": "vcenter", "indent": 1},
    "header": {
        "font_color": NAVY, "bold": True, "bottom": 2, "bottom_color": TEAL, "bg_color": MIST, "text_wrap": True,
        "valign": "vcenter", "align": "left", "indent": 1,
    },
    "cell": {"font_color": INK, "text_wrap": True, "valign": "vcenter", **_BELOW},
    "card_label": {"font_color": QUIET, "font_size": 10, "indent": 1, "top": 5, "top_color": TEAL, **_CARD},
    "card_number": {"font_color": NAVY, "font_size": 28, "bold": True, "align": "left", "indent": 1, **_CARD},
    "card_alert": {"font_color": NAVY, "font_size": 28, "bold": True, "align": "left", "indent": 1, **_CARD},
    "card_note": {"font_color": QUIET, "font_size": 10, "align": "left", "indent": 1, **_WRAPPED, **_CARD},
    "table_head": {"font_color": NAVY, "bold": True, "bottom": 1, "bottom_color": NAVY, "text_wrap": True},
    "table_number_head": {
        "font_color": NAVY, "bold": True, "bottom": 1, "bottom_color": NAVY, "align": "right", "text_wrap": True,
    },
    "table_label": {"font_color": INK, "valign": "vcenter", **_BELOW},
    "table_month": {"font_color": INK, "align": "left", "valign": "vcenter", **_BELOW},
    "table_number": {"font_color": INK, "num_format": "0", "align": "right", "valign": "vcenter", **_BELOW},
    "table_total": {"font_color": NAVY, "bold": True, "bg_color": MIST, **_BELOW},
    "table_total_number": {"font_color": NAVY, "bold": True, "bg_color": MIST, "num_format": "0", **_BELOW},
    "list_value": {"font_color": INK, "align": "left", "valign": "vcenter"},
    "list_what": {"font_color": INK, "align": "left", "valign": "vcenter", "indent": 1},
    "list_link": {"font_color": LINK, "underline": 1, "align": "left", "valign": "vcenter"},
    "list_head": {
        "font_color": NAVY, "bold": True, "bottom": 2, "bottom_color": TEAL, "bg_color": MIST, "valign": "vcenter",
        "align": "left",
    },
    "list_title": {"font_color": NAVY, "font_size": 12, "bold": True, "valign": "vcenter"},
    "list_count": {"font_color": QUIET, "font_size": 9, "align": "right", "valign": "vcenter"},
    "ask_label": {"font_color": QUIET, "valign": "vcenter"},
    "ask_count": {"font_color": QUIET, "valign": "vcenter", "indent": 1},
    "label": {"font_color": QUIET, "font_size": 10, "valign": "vcenter", **_BELOW},
    "value": {"font_color": INK, "align": "left", "valign": "vcenter", "text_wrap": True, **_BELOW},
    "file_title": {
        "font_color": NAVY, "font_size": 18, "bold": True, "bg_color": MIST, "top": 5, "top_color": TEAL, "indent": 1,
        "valign": "vcenter",
    },
    "file_summary": {"font_color": INK, "bg_color": MIST, "indent": 1, "align": "left", "valign": "vcenter"},
    "file_step": {
        "font_color": LINK, "bold": True, "bg_color": MIST, "indent": 1, "align": "left", "valign": "vcenter",
    },
    "file_signal": {
        "font_color": INK, "font_size": 12, "bold": True, "bg_color": MIST, "top": 5, "top_color": TEAL,
        "align": "center", "valign": "vcenter",
    },
    "file_key": {"font_color": QUIET, "bg_color": MIST, "valign": "vcenter"},
    "file_value": {"font_color": INK, "bold": True, "bg_color": MIST, "align": "left", "valign": "vcenter"},
    "line_label": {"font_color": QUIET, "align": "left", "valign": "vcenter", "shrink": True},
    "line_text": {"font_color": INK, "align": "left", "valign": "vcenter"},
    "form_band": {
        "font_color": PAPER, "bg_color": NAVY, "font_size": 16, "bold": True, "valign": "vcenter", "indent": 1,
    },
    "form_band_right": {"font_color": PAPER, "bg_color": NAVY, "align": "right", "valign": "vcenter", "indent": 1},
    "form_block": {
        "font_color": NAVY, "font_size": 12, "bold": True, "valign": "bottom", "bottom": 2,
        "bottom_color": TEAL,
    },
    "form_label": {"font_color": QUIET, "font_size": 9, "valign": "bottom"},
    "form_note": {"font_color": QUIET, "font_size": 9, "text_wrap": True, "valign": "vcenter"},
    "form_box": {
        "font_color": INK, "bg_color": INPUT, "valign": "vcenter", "align": "left", "indent": 1,
        "locked": False, **_BOX,
    },
    "form_area": {
        "font_color": INK, "bg_color": INPUT, "align": "left", "indent": 1, "locked": False, **_WRAPPED, **_BOX,
    },
    "form_status": {
        "font_color": "#8A5A00", "bg_color": "#FFF3D6", "bold": True, "valign": "vcenter", "indent": 1,
        "text_wrap": True,
    },
    "choice_box": {"font_color": INK, "bg_color": INPUT, "bold": True, "align": "left", "indent": 1, **_BOX},
}  # fmt: skip
