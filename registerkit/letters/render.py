"""Turns a Word template and a context into a letter, as bytes; the same input gives the same bytes."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from registerkit.ooxml import without_times

__all__ = ["TemplateFault", "render_letter"]

_LOGO_HEIGHT_MM = 16


class TemplateFault(Exception):  # noqa: N818  # It becomes a held letter at once.
    """A template cannot be filled in; the message says why."""


def render_letter(template: Path, context: Mapping[str, Any], logo: Path | None = None) -> bytes:
    """Fill in a template. Raises `TemplateFault` when it uses what no letter has or may use, or is no Word file."""
    from docxtpl import DocxTemplate
    from jinja2 import TemplateError

    from registerkit.letters.sandbox import LetterEnvironment

    # One object per letter: a shared one has put one person's name in another's letter (docxtpl#394).
    try:
        document = DocxTemplate(str(template))
        filled = dict(context)
        if logo is not None and logo.is_file():
            filled["organisation"] = {**context["organisation"], "logo": _picture(document, logo)}
        document.render(filled, jinja_env=LetterEnvironment(), autoescape=True)
    except TemplateError as error:
        raise TemplateFault(str(error)) from error
    except Exception as error:  # A template that someone edited can fail in any library below; the others go on.
        raise TemplateFault(f"{type(error).__name__}: {error}") from error
    buffer = io.BytesIO()
    document.save(buffer)
    return without_times(buffer.getvalue())


def _picture(document: Any, logo: Path) -> Any:
    from docx.shared import Mm
    from docxtpl import InlineImage

    return InlineImage(document, str(logo), height=Mm(_LOGO_HEIGHT_MM))
