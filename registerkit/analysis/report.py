"""Makes the report of a period: figures of it and of the one before, a workbook and a document."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from registerkit.analysis.figures import Figures, figures
from registerkit.analysis.period import Period, previous
from registerkit.register import Register

__all__ = ["Report", "make_report"]


@dataclass(frozen=True)
class Report:
    """A report and where it was written."""

    period: Period
    figures: Figures
    previous_period: Period
    previous: Figures
    files: tuple[Path, ...]


def make_report(snapshot: Register, period: Period, folder: Path) -> Report:
    """Write the Excel and the Word report into the folder, made when needed; what would not differ is left alone.

    Raises `LockedFileError` when another program holds one of the files.
    """
    # Both load large libraries, which only this needs.
    from registerkit.analysis.document import write_report_document
    from registerkit.analysis.workbook import write_report_workbook

    before = previous(period)
    now, then = figures(snapshot, period), figures(snapshot, before)
    name = snapshot.texts("analysis.file", label=period.label)
    workbook, document = folder / f"{name}.xlsx", folder / f"{name}.docx"
    write_report_workbook(workbook, snapshot, period, now, then)
    write_report_document(document, snapshot, period, now, then)
    return Report(period, now, before, then, (workbook, document))
