"""The office's own Word template of the report: its page, its styles, and what it wants said around the report."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from registerkit.analysis.content import Content
from registerkit.codes import FindingCode
from registerkit.findings import Finding, Location
from registerkit.letters import PreparedTemplate, TemplateFault, own_template
from registerkit.letters.context import organisation_words
from registerkit.register import Register
from registerkit.texts import Texts
from registerkit.theme import Theme, theme_of
from registerkit.word import REPORT_PLACE, Paper

__all__ = ["OwnPage", "blank_page", "own_page", "page_faults", "template_name"]


def template_name(texts: Texts) -> str:
    """Return the name of the template, in the folder of the letters' templates."""
    return f"{texts('analysis.template')}.docx"


def blank_page(texts: Texts) -> bytes:
    """Return the template that an office begins with: the report as it is made without one."""
    paper = Paper(Theme(), texts)
    paper.footer("{{ footer }}", between=" \u00b7 ")
    paper.paragraph("{{ report }}")
    return paper.data()


def own_page(register: Register) -> Path | None:
    """Return the office's own template; None while it is as it was laid, or there is none."""
    path = register.settings.paths.letters / template_name(register.texts)
    return path if path.is_file() and not _is_as_laid(path, register.texts) else None


def _is_as_laid(path: Path, texts: Texts) -> bool:
    with suppress(OSError):  # Another program holds it, which is told when it is filled in.
        return path.read_bytes() == blank_page(texts)
    return False


def page_faults(register: Register, path: Path) -> list[TemplateFault]:
    """Return all that keeps a template from being filled in whole."""
    from registerkit.letters.check import check_template, known_words  # Loads Jinja and python-docx.

    context = _context(register, **dict.fromkeys(("report", "title", "remark", "footer"), ""))
    return check_template(path, context, known_words(register.definition, context))


def _context(register: Register, **said: str) -> dict[str, Any]:
    """Return what a template can use: what is said of the report, and the organisation."""
    return {**said, "organisation": organisation_words(register)}


@dataclass
class OwnPage:
    """Fills in the template of a register's office, when it has one; `remarks` tell what keeps it from being used."""

    register: Register
    remarks: list[Finding] = field(default_factory=list)

    def filled(self, content: Content) -> tuple[bytes, frozenset[str]] | None:
        """Return the file with the report still to come in, and the names it asks for; None to do without."""
        self._tell_lookalike()
        path, settings = own_page(self.register), self.register.settings
        if path is None:
            return None
        from registerkit.letters.check import used_names  # Loads Jinja and python-docx.

        said = {"title": content.title, "remark": content.remark, "footer": content.footer}
        try:
            faults = page_faults(self.register, path)
            if not faults:
                theme = theme_of(settings.theme, settings.paths.root)
                context = _context(self.register, report=REPORT_PLACE, **said)
                data = PreparedTemplate(path, theme.logo, theme).render(context)
                return data, frozenset(used_names(path))
        except TemplateFault as fault:
            faults = [fault]
        self._remark("report_template", path, problem=TemplateFault.all_told(faults, self.register.texts))
        return None

    def _tell_lookalike(self) -> None:
        folder, name = self.register.settings.paths.letters, template_name(self.register.texts)
        own = own_template(folder, {"report": (Path(name).stem,)}, "report", Path())
        if own.lookalike is not None:
            self._remark("report_lookalike", own.lookalike, wanted=name)

    def _remark(self, code: FindingCode, file: Path, **told: str) -> None:
        name = file.relative_to(self.register.settings.paths.root).as_posix()
        self.remarks.append(Finding(code, "warning", Location(file=name), file.name, told))
