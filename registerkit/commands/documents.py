"""Makes the office's own papers, and the analysis of a complaint."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from registerkit.commands.records import known_number
from registerkit.commands.workbook import put_made
from registerkit.documents import OFFICE_PAPERS, Content, complaint_paper, document_of, office_paper
from registerkit.errors import UsageError
from registerkit.files import file_in, need_folder
from registerkit.register import Register
from registerkit.session.session import Session

__all__ = ["DocumentsResult", "make_documents"]


@dataclass(frozen=True)
class DocumentsResult:
    """The papers that were made, and what of them is still to be filled in."""

    files: list[str]
    papers: list[Content]

    def as_json(self) -> dict[str, Any]:
        """Return it as a document."""
        gaps = [
            {"file": file, "name": gap.name, "place": gap.place}
            for file, paper in zip(self.files, self.papers, strict=True)
            for gap in paper.gaps
        ]
        return {"files": self.files, "gaps": gaps}


def make_documents(
    session: Session, number: str | None = None, folder: Path | None = None, *, replace: bool = False
) -> DocumentsResult:
    """Write the complaint rules and the instruction, or the analysis of one complaint.

    Raises `WriteRefusedError` rather than write over a paper that somebody changed, unless `replace`; a copy is kept.
    """
    register = session.register()
    papers = _papers(register, number)
    if folder is None:
        folder = session.settings.paths.output
        folder.mkdir(parents=True, exist_ok=True)
    targets = [file_in(folder, paper.file, ".docx") for paper in papers]
    for target in targets:
        need_folder(target)
    made = {t: document_of(paper, register) for t, paper in zip(targets, papers, strict=True)}
    put_made(session, made, is_own=lambda _: True, replace=replace)
    return DocumentsResult([session.relative(target) for target in targets], papers)


def _papers(register: Register, number: str | None) -> list[Content]:
    if number is not None:
        return [complaint_paper(register, known_number(register.complaints, number))]
    if not register.has_terms or "office" not in register.definition.tables:
        raise UsageError(reason="documents")
    return [office_paper(register, paper) for paper in OFFICE_PAPERS]
