"""The office's own Word template of the report: its page, its styles, and what it wants said around the report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from registerkit.analysis.content import Content
from registerkit.errors import FileError
from registerkit.findings import Finding, Location
from registerkit.letters import PreparedTemplate, TemplateFault, own_template
from registerkit.letters.context import organisation_words
from registerkit.register import Register
from registerkit.texts import Texts
from registerkit.theme import Theme, theme_of
from registerkit.word import REPORT_PLACE, Paper

__all__ = ["OwnPage", "blank_page", "template_name"]


def template_name(texts: Texts) -> str:
    """Return the name of the template, in the folder of the letters' templates."""
    return f"{texts('analysis.template')}.docx"


def blank_page(texts: Texts) -> bytes:
    """Return the template that an office begins with: the report as it is made without one."""
    paper = Paper(Theme(), texts)
    paper.footer("{{ footer }}", between=" \u00b7 ")
    paper.paragraph("{{ report }}")
    return paper.data()


@dataclass
class OwnPage:
    """Fills in the template of a register's office, when it has one; `remarks` tell what keeps it from being used."""

    register: Register
    remarks: list[Finding] = field(default_factory=list)

    def filled(self, content: Content) -> tuple[bytes, frozenset[str]] | None:
        """Return the file with the report still to come in, and the names it asks for; None to do without."""
        path = self._path()
        if path is None:
            return None
        # These load Jinja and python-docx, which an office without a template of its own does without.
        from registerkit.letters.check import check_template, known_words, used_names

        context, settings = self._context(content), self.register.settings
        try:
            faults = check_template(path, context, known_words(self.register.definition, context))
            if not faults:
                theme = theme_of(settings.theme, settings.paths.root)
                data = PreparedTemplate(path, theme.logo, theme).render(context)
                return data, frozenset(used_names(path))
        except TemplateFault as fault:
            faults = [fault]
        except (OSError, FileError) as error:  # Another program holds it.
            faults = [TemplateFault("damaged", str(error))]
        problem = TemplateFault.all_told(faults, self.register.texts)
        self._remark("report_template", path, problem=problem)
        return None

    def _path(self) -> Path | None:
        folder, texts = self.register.settings.paths.letters, self.register.texts
        name = template_name(texts)
        own = own_template(folder, {"report": (Path(name).stem,)}, "report", Path())
        if own.lookalike is not None:
            self._remark("report_lookalike", own.lookalike, wanted=name)
        if own.path is None or own.path.read_bytes() == blank_page(texts):
            return None
        return own.path

    def _context(self, content: Content) -> Mapping[str, Any]:
        return {
            "report": REPORT_PLACE,
            "title": content.title,
            "remark": content.remark,
            "footer": content.footer,
            "organisation": organisation_words(self.register),
        }

    def _remark(self, code: Any, file: Path, **told: str) -> None:
        name = file.relative_to(self.register.settings.paths.root).as_posix()
        self.remarks.append(Finding(code, "warning", Location(file=name), file.name, told))
