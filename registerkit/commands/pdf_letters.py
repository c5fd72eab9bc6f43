"""Makes PDF files of the letters of a run: one of each, and one of all in the order in which the post goes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from registerkit.files import file_in
from registerkit.letters import KINDS, DueLetter
from registerkit.pdf import joined, to_pdf
from registerkit.register import Register, is_abroad
from registerkit.session.session import Session

__all__ = ["PdfFiles", "ReadyFile", "is_taken", "pdf_files", "postal_order"]


class ReadyFile(NamedTuple):
    """A letter that is filled in, and where it goes."""

    letter: DueLetter
    target: Path
    data: bytes


@dataclass(frozen=True)
class PdfFiles:
    """The PDF files of a run, by the place of each, and which of them has all letters."""

    files: Mapping[Path, bytes] = field(default_factory=dict)
    together: Path | None = None


def pdf_files(
    session: Session, register: Register, ready: Iterable[ReadyFile], *, each: bool, together: bool
) -> PdfFiles:
    """Return the PDF files of at least one letter, made in one call of LibreOffice; raises `PdfError`."""
    posted = sorted(ready, key=lambda file: postal_order(register, file.letter))
    pdfs = to_pdf({file.target.stem: file.data for file in posted})
    files = {file.target.with_suffix(".pdf"): pdfs[file.target.stem] for file in posted} if each else {}
    if not together:
        return PdfFiles(files)
    title = session.texts("letters.print_file", on=session.on)
    target = file_in(posted[0].target.parent, title, ".pdf", lambda path: path.exists() or path in files)
    return PdfFiles({**files, target: joined(pdfs, title)}, target)


def postal_order(register: Register, letter: DueLetter) -> tuple[bool, str, str, str]:
    """Return what letters are put in the order of the post by: the postcode, those abroad by country at the end."""
    complaint, office = register.complaints[letter.number], register.settings.organisation
    if KINDS[letter.kind].to_office:
        country, postcode = "", office.get("postcode", "")
    else:
        country, postcode = complaint.text("country") or "", complaint.text("postcode") or ""
    is_far = bool(country) and is_abroad(country)
    # No letter or figure comes after this one: who has no postcode is at the end.
    known = "".join(postcode.upper().split()) or "\uffff"
    return is_far, country.casefold() if is_far else "", known, letter.number


def is_taken(path: Path) -> bool:
    """Tell whether there is a letter of this name, as a Word document or as a PDF file."""
    return path.exists() or path.with_suffix(".pdf").exists()
