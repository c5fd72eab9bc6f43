"""Reads the filled complaint form that came along with a mail: it says more, and better, than the mail does."""

from __future__ import annotations

import re
import shutil
import uuid
from collections.abc import Sequence
from pathlib import Path

from registerkit.definition import Lookups
from registerkit.errors import FileError
from registerkit.findings import Finding
from registerkit.messages import Attachment
from registerkit.reading import SourceRow, open_workbook, parse_form
from registerkit.session.session import Session
from registerkit.texts import LANGUAGES, load_texts

__all__ = ["form_in", "without_prepared"]

_FORMS = (".docx", ".xlsx", ".xlsm", ".ods", ".xls", ".txt")
"""Of Word, of Excel, saved as another kind of sheet, and what the web form saves."""
_TELLING = 2
"""Of the lines that the web form's page prepares in a mail so many are written by nobody himself: the longest."""


def form_in(
    session: Session, attachments: Sequence[Attachment], name: str, lookups: Lookups
) -> tuple[SourceRow, list[Finding]] | None:
    """Return what the one filled form among attachments says, and what is wrong in it; findings name the mail.

    An attachment is put into a folder of the project for as long as it is read.
    """
    found = []
    for each in attachments:
        if Path(each.name).suffix.lower() in _FORMS and not each.is_program:
            row, findings = _read(session, each, name, lookups)
            found += [(row, findings)] if row is not None else []
    return found[0] if len(found) == 1 else None


def _read(
    session: Session, attachment: Attachment, name: str, lookups: Lookups
) -> tuple[SourceRow | None, list[Finding]]:
    folder = session.settings.paths.output / f".registerkit-{uuid.uuid4().hex[:12]}"
    try:
        folder.mkdir(parents=True)
        file = folder / f"formulier{Path(attachment.name).suffix.lower()}"
        file.write_bytes(attachment.data)
        raw = open_workbook(file, session.definition, name)
        return parse_form(raw, session.definition.main, lookups) if raw.form and not raw.tables else (None, [])
    except (FileError, OSError, ValueError, ArithmeticError, LookupError):
        return None, []  # It is kept as any other attachment.
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def without_prepared(text: str, name: str) -> str:
    """Return what somebody typed in a mail beside what the page of the web form had prepared in it for him."""
    for language in LANGUAGES:
        prepared = [line for line in load_texts(language, "webform").entries["webform.mail.body"].splitlines() if line]
        told = {line: _pattern(line, name) for line in prepared}
        longest = sorted(prepared, key=len)[-_TELLING:]
        if any(told[line].search(text) for line in longest):  # A greeting alone is of the writer himself.
            for pattern in told.values():
                text = pattern.sub("", text, count=1)
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _pattern(line: str, name: str) -> re.Pattern[str]:
    """Return what finds a prepared line at the start of one, whatever file it names and wherever it was broken."""
    words = [re.escape(word) for word in line.replace("{name}", name).split()]
    said = r"\s+".join(words).replace(re.escape("{file}"), r"[^\]\n]{1,200}(?:\n[^\]\n]{1,200})?")
    is_whole = r"[ \t]*$" if line == "{name}" else r"[ \t]*"
    return re.compile(rf"^[ \t]*{said}{is_whole}" if words else r"(?!)", re.MULTILINE)
