"""Makes the report of a period, and what an office wants beside it: feedback, the publication, a PDF file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from registerkit.analysis import (
    Comparison,
    Period,
    Report,
    Tally,
    afm_book,
    compare,
    judgement_papers,
    make_report,
    memos,
    person_memo,
    publication,
    report_json,
)
from registerkit.documents import Content, document_of, put_output
from registerkit.errors import UsageError
from registerkit.files import file_in, write_when_changed
from registerkit.findings import Finding, Location
from registerkit.pdf import to_pdf
from registerkit.register import Register
from registerkit.session.counting import counting
from registerkit.session.session import Session

__all__ = ["Wanted", "make_period_report", "period_json"]

_WORD = ".docx"


@dataclass(frozen=True)
class Wanted:
    """What is made beside the report."""

    memos: bool = False
    """Feedback for every department and supplier that complaints came from."""
    person: str | None = None
    """Feedback for who is named as concerned."""
    publication: bool = False
    """The yearly publication, and for an administrative body the overview of judgements."""
    afm: bool = False
    """What the AFM wants of every complaint, and what of it is missing."""
    pdf: bool = False


def make_period_report(session: Session, period: Period, wanted: Wanted | None = None) -> Report:
    """Write the report of a period into its own folder, and what else is wanted.

    Raises `UsageError` (reason "person") when nobody of the name is concerned, and `PdfError` without what it takes.
    """
    with counting(session) as tally:
        return _write(session, tally, period, wanted or Wanted())


def _write(session: Session, tally: Tally, period: Period, wanted: Wanted) -> Report:
    register, folder = tally.register, session.settings.paths.output / period.label
    told = compare(register, period, tally)
    feedback = memos(register, told) if wanted.memos else []
    # A name that nobody has is told before anything is written.
    papers = [*feedback, *_papers(register, told, wanted)]
    report = make_report(register, told, folder)
    if wanted.memos and not feedback:
        report = replace(report, remarks=(*report.remarks, Finding("no_memos", "info", Location(period.label))))
    put = dict(_put(folder, papers, register))
    if wanted.afm:
        name, data = afm_book(register, told, session.store.register_id())
        target = file_in(folder, name, ".xlsx")
        put[target] = put_output(target, data, register.texts)
    files = (*report.files, *put)
    report = replace(report, remarks=(*report.remarks, *filter(None, put.values())))
    if wanted.pdf:
        files += _as_pdf([file for file in files if file.suffix == _WORD])
    return replace(report, files=files)


def period_json(session: Session, report: Report) -> dict[str, Any]:
    """Return the contract's report document, with paths relative to the project."""
    files = [session.relative(path) for path in report.files]
    return report_json(report.told, files)


def _papers(register: Register, told: Comparison, wanted: Wanted) -> Iterator[Content]:
    if wanted.person is not None:
        memo = person_memo(register, told, wanted.person)
        if memo is None:
            raise UsageError(reason="person", value=wanted.person, period=told.period.label)
        yield memo
    if wanted.publication:
        yield publication(register, told)
        if register.settings.profile == "awb":
            yield from judgement_papers(register, told)


def _put(folder: Path, papers: Iterable[Content], register: Register) -> Iterator[tuple[Path, Finding | None]]:
    """Write papers, those with the same name for a file beside each other; tells which somebody had changed."""
    taken: set[str] = set()
    for paper in papers:
        target = file_in(folder, paper.file, _WORD, lambda path: path.name.casefold() in taken)
        taken.add(target.name.casefold())
        yield target, put_output(target, document_of(paper, register), register.texts)


def _as_pdf(documents: list[Path]) -> tuple[Path, ...]:
    made = to_pdf({file.stem: file.read_bytes() for file in documents})
    targets = tuple(file.with_suffix(".pdf") for file in documents)
    for target in targets:
        write_when_changed(target, made[target.stem])
    return targets
