"""Turns a Word template and a context into a letter, as bytes; the same input gives the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

__all__ = ["TemplateFault", "render_letter"]

_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
_LOGO_HEIGHT_MM = 16


class TemplateFault(Exception):  # noqa: N818  # It becomes a held letter at once.
    """A template cannot be filled in; the message says why."""


def render_letter(template: Path, context: Mapping[str, Any], logo: Path | None = None) -> bytes:
    """Fill in a template. Raises `TemplateFault` when it uses a name that no letter has, or is no Word file."""
    from docxtpl import DocxTemplate
    from jinja2 import Environment, StrictUndefined, TemplateError

    # One object per letter: a shared one has put one person's name in another's letter (docxtpl#394).
    try:
        document = DocxTemplate(str(template))
        filled = dict(context)
        if logo is not None and logo.is_file():
            filled["organisation"] = {**context["organisation"], "logo": _picture(document, logo)}
        document.render(filled, jinja_env=Environment(undefined=StrictUndefined), autoescape=True)
    except TemplateError as error:
        raise TemplateFault(str(error)) from error
    except Exception as error:  # A template that someone edited can fail in any library below; the others go on.
        raise TemplateFault(f"{type(error).__name__}: {error}") from error
    buffer = io.BytesIO()
    document.save(buffer)
    return _repacked(buffer.getvalue())


def _picture(document: Any, logo: Path) -> Any:
    from docx.shared import Mm
    from docxtpl import InlineImage

    return InlineImage(document, str(logo), height=Mm(_LOGO_HEIGHT_MM))


def _repacked(data: bytes) -> bytes:
    """Pack the parts again without the time of day, so that the same letter has the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            info = zipfile.ZipInfo(name, _ZIP_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, source.read(name))
    return out.getvalue()
