"""Makes the report of a period: a workbook, a document and a web page that say the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from registerkit.analysis.comparison import Comparison, OfPeriod
from registerkit.analysis.content import Content
from registerkit.analysis.figures import Figures
from registerkit.analysis.plan import plan_report
from registerkit.analysis.words import Words
from registerkit.documents import put_output
from registerkit.files import write_when_changed
from registerkit.findings import Finding
from registerkit.register import Register
from registerkit.theme import Theme, theme_of

__all__ = ["Report", "make_report"]

_PAGE = ".html"


@dataclass(frozen=True)
class Report(OfPeriod):
    """A report and where it was written."""

    told: Comparison
    files: tuple[Path, ...]
    remarks: tuple[Finding, ...] = ()
    """What kept the office's own template from being used, and which files of before somebody had changed."""

    @property
    def previous(self) -> Figures:
        """The figures of the period before."""
        return self.told.previous


def make_report(register: Register, told: Comparison, folder: Path) -> Report:
    """Write the report into the folder, made when needed, as workbook, document and page; what is the same stays.

    A workbook or document that somebody changed is kept beside the new one. Raises `LockedFileError` when another
    program holds one of the files.
    """
    # These load large libraries, which only this needs.
    from registerkit.analysis.document import report_document
    from registerkit.analysis.own_page import OwnPage
    from registerkit.analysis.page import report_page
    from registerkit.analysis.workbook import report_workbook

    settings = register.settings
    content, words = plan_report(register, told), Words(register.texts, settings.word)
    theme = theme_of(settings.theme, settings.paths.root)
    page = OwnPage(register)
    renderers: dict[str, Callable[[Content, Words, Theme], bytes]] = {
        ".xlsx": report_workbook,
        ".docx": partial(report_document, page=page),
        _PAGE: report_page,
    }
    name = register.texts("analysis.file", label=told.period.label)
    files = tuple(folder / f"{name}{kind}" for kind in renderers)
    kept = []
    for file, render in zip(files, renderers.values(), strict=True):
        data = render(content, words, theme)
        if file.suffix == _PAGE:
            write_when_changed(file, data)
        else:
            kept.append(put_output(file, data, register.texts))
    return Report(told, files, (*page.remarks, *filter(None, kept)))
