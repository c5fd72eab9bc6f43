"""Puts what is wrong in a template as comments in a copy of it, at the place, for who mends it in Word."""

from __future__ import annotations

from collections.abc import Collection
from io import BytesIO
from pathlib import Path
from typing import Any

from registerkit.letters.faults import TemplateFault
from registerkit.letters.template import numbered
from registerkit.ooxml import without_times
from registerkit.texts import Texts

__all__ = ["annotated"]

_IN_TEXT = frozenset({"text", "table", "box"})
"""The parts of a place that lie in the text; Word takes no comments in headers, footers and notes."""


_UNFIT = frozenset({"damaged", "too_large", "not_word", "protected"})
"""What keeps a file from being opened at all."""


def annotated(template: Path, faults: Collection[TemplateFault], texts: Texts) -> bytes:
    """Return a copy with a comment at each paragraph that something is wrong in; what has no place stands first.

    Raises `TemplateFault` when the file is no document that Word opens.
    """
    from docx import Document
    from docx.text.paragraph import Paragraph

    if unfit := next((fault for fault in faults if fault.reason in _UNFIT), None):
        raise unfit
    try:
        document = Document(str(template))
        found = [(element, text) for element, text, *_ in numbered(document.element)]
        told: dict[int, list[str]] = {}
        for fault in faults:
            n = _nth(fault, found)
            told.setdefault(n or 0, []).append(
                texts(f"letters.fault.{fault.reason}", **fault.values) if n else fault.told(texts)
            )
        for n, words in sorted(told.items()):
            runs = Paragraph(found[max(n - 1, 0)][0], document._body).runs if found else []
            if not runs:
                runs = [document.add_paragraph().add_run()]
            document.add_comment(runs, "\n".join(dict.fromkeys(words)), author="registerkit", initials="rk")
        buffer = BytesIO()
        document.save(buffer)
    except Exception as error:  # A template that someone edited can fail in any library below.
        raise TemplateFault("damaged") from error
    return without_times(buffer.getvalue())


def _nth(fault: TemplateFault, found: list[tuple[Any, str]]) -> int | None:
    """Return which paragraph of the text a fault is in; None when it is in none of them."""
    place = fault.place
    if place is None or place.part not in _IN_TEXT or place.n > len(found):
        return None
    return place.n if found[place.n - 1][1] == place.text else None
