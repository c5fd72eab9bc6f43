"""Opens the file that the web form saved: what stands beneath each question, by the question's name.

Only what a complainant is asked is read. Whatever else somebody wrote in it is told, and never fills the office's part.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from registerkit.definition import Definition, Field
from registerkit.errors import DamagedFileError, UnsupportedFileError
from registerkit.ooxml import first_bytes
from registerkit.reading.encodings import decoded
from registerkit.reading.raw import FormBox, RawWorkbook
from registerkit.webform import Answer, saved_answers
from registerkit.webform.plan import asked_fields
from registerkit.webform.saved import code_in

__all__ = ["WEB", "open_web_form", "web_form_in"]

WEB = ".txt"
_LARGEST = 4_000_000
"""So many bytes: every answer as long as can be comes nowhere near."""
_CHANNEL = "webformulier"
"""The entry of the list of channels that such a form comes by."""


def open_web_form(path: Path, definition: Definition, name: str) -> RawWorkbook:
    """Read a saved form; raises a `FileError` when no web form made it, or when it is not whole."""
    first_bytes(path)
    data = path.read_bytes() if path.stat().st_size <= _LARGEST else b""
    found = web_form_in(decoded(data).text, path, definition, name, _day_of(path))
    if found is None:
        raise UnsupportedFileError(path, reason="text")
    return found


def web_form_in(text: str, path: Path, definition: Definition, name: str, came_on: date) -> RawWorkbook | None:
    """Read the text of a saved form, wherever it came in; None when no web form made it.

    Raises `DamagedFileError` for one that is not whole; `path` is the file that it stands in.
    """
    saved = saved_answers(text)
    if saved is None:
        return None
    if not saved.is_whole:
        raise DamagedFileError(path, reason="web_form")
    form: dict[str, Any] = {}
    loose = []
    for answer, field in _with_fields(saved.answers, definition):
        if field is None or field.id in form:
            loose += [(answer.question, answer.text)] if answer.text else []
        else:
            form[field.id] = code_in(answer.text) if field.kind == "choice" else answer.text
    channel = definition.role("channel")
    if channel is not None and _CHANNEL in definition.lists[channel.choices or ""].by_code:
        form.setdefault(channel.id, _CHANNEL)
    boxes = {field_id: FormBox("", "", 0, n, content) for n, (field_id, content) in enumerate(form.items())}
    return RawWorkbook(path, name, None, {}, boxes, (), loose=loose, came_on=came_on)


def _with_fields(answers: Iterable[Answer], definition: Definition) -> Iterable[tuple[Answer, Field | None]]:
    asked = asked_fields(definition)
    for answer in answers:
        yield answer, asked.get(answer.field)


def _day_of(path: Path) -> date:
    """Return the day on which somebody put the file where it lies: what it says itself is the complainant's clock."""
    return datetime.fromtimestamp(path.stat().st_mtime).date()
