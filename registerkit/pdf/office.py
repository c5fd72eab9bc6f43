"""Has LibreOffice turn Word documents into PDF files: all in one call, which takes most of its time to start."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from registerkit.errors import PdfError
from registerkit.pdf.finish import finished, is_tagged

__all__ = ["office_program", "run_office", "to_pdf"]

_NAMES = ("soffice", "libreoffice")
_PLACES = (
    Path("C:/Program Files/LibreOffice/program/soffice.com"),
    Path("C:/Program Files/LibreOffice/program/soffice.exe"),
    Path("/Applications/LibreOffice.app/Contents/MacOS/soffice"),
)
"""Where LibreOffice stands when it cannot be called by name."""
_SECONDS, _SECONDS_EACH = 180, 5
"""How long it may take, and how much longer for each document."""
_WANTED: Mapping[str, tuple[str, Any]] = {
    "SelectPdfVersion": ("long", "2"),  # PDF/A-2
    "PDFUACompliance": ("boolean", "true"),
    "UseTaggedPDF": ("boolean", "true"),
    "ExportBookmarks": ("boolean", "true"),
}
_FILTER = json.dumps({name: {"type": kind, "value": value} for name, (kind, value) in _WANTED.items()})


def office_program() -> Path | None:
    """Return the program of LibreOffice, or None where it is not installed."""
    named = [Path(found) for name in _NAMES if (found := shutil.which(name))]
    return next((place for place in [*named, *_PLACES] if place.is_file()), None)


def to_pdf(documents: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return a PDF file of each Word document, by its name; raises `PdfError` when one cannot be made.

    The names are those that people know the documents by: without an ending they are the titles of files that have
    none of their own.
    """
    program = office_program()
    if program is None:
        raise PdfError(reason="no_office")
    with tempfile.TemporaryDirectory(prefix="registerkit-") as made:
        folder = Path(made)
        sources = [folder / f"{n}.docx" for n in range(len(documents))]
        for source, data in zip(sources, documents.values(), strict=True):
            source.write_bytes(data)
        _convert(program, folder, sources)
        found = {name: source.with_suffix(".pdf") for name, source in zip(documents, sources, strict=True)}
        if missing := [name for name, file in found.items() if not file.is_file()]:
            raise PdfError(missing[0], reason="not_made")
        pdfs = {name: file.read_bytes() for name, file in found.items()}
    if not all(is_tagged(data) for data in pdfs.values()):
        raise PdfError(reason="old_office")
    return {name: finished(data, name) for name, data in pdfs.items()}


def _convert(program: Path, folder: Path, sources: Sequence[Path]) -> None:
    """Convert files in a folder, in one call, with a profile of its own: a LibreOffice that is open goes on."""
    command = [
        str(program),
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        *("--headless", "--norestore", "--convert-to", f"pdf:writer_pdf_Export:{_FILTER}"),
        *(source.name for source in sources),
    ]
    try:
        run_office(command, folder, _SECONDS + _SECONDS_EACH * len(sources))
    except subprocess.TimeoutExpired:
        raise PdfError(reason="slow") from None
    except OSError as error:
        raise PdfError(reason="no_start", problem=error.strerror or type(error).__name__) from error


def run_office(command: Sequence[str], folder: Path, seconds: int) -> None:
    """Run LibreOffice in a folder; what it made tells whether it went well, for its exit code does not."""
    subprocess.run(command, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, timeout=seconds, check=False)
