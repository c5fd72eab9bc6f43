"""Checks the templates of all letters: what is wrong in them, and what comes out in every kind of case."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from registerkit.commands.letter_templates import Templates, known_kind
from registerkit.errors import UsageError
from registerkit.files import file_in, full_path, write_when_changed
from registerkit.letters import KINDS, TemplateFault
from registerkit.register import Register
from registerkit.session.session import Session

if TYPE_CHECKING:
    from registerkit.letters.cases import Case

__all__ = ["CheckedTemplate", "LettersCheck", "check_letters"]

_REPORT = "report"
"""Stands for the kind of the one template that is no letter's."""


@dataclass(frozen=True)
class CheckedTemplate:
    """The template of a kind of letter or of the report, what is wrong with it, and in how many cases it was tried."""

    kind: str
    file: str
    faults: tuple[str, ...]
    cases: int

    @property
    def is_letter(self) -> bool:
        """Whether it is of a letter, and not of the report."""
        return self.kind != _REPORT


@dataclass(frozen=True)
class LettersCheck:
    """The templates of a project, and the files that their letters were kept in."""

    templates: tuple[CheckedTemplate, ...]
    files: tuple[str, ...]

    @property
    def faulty(self) -> list[CheckedTemplate]:
        """The templates that something is wrong with."""
        return [template for template in self.templates if template.faults]

    def as_json(self) -> dict[str, Any]:
        """Return the contract's document."""
        return {"templates": [vars(template) for template in self.templates], "files": list(self.files)}


def check_letters(session: Session, kind: str | None = None, folder: Path | None = None) -> LettersCheck:
    """Check every template, or that of one kind; with a folder the letters of all cases are kept there to read.

    Raises `UsageError` for the folder of the templates: what is kept there would be taken for another template.
    Those in which one value is missing are kept when something is wrong in them. Invented complaints are used, of
    every ending and under the office's own terms; nothing in the register changes.
    """
    if folder is not None and full_path(folder).is_relative_to(full_path(session.settings.paths.letters)):
        raise UsageError(folder, reason="check_folder")
    register = session.register()
    wanted = [known_kind(register.lookups, kind)] if kind is not None else list(KINDS)
    checker = _Checker(session, register, folder)
    templates = [checker.checked(each) for each in wanted]
    if kind is None:
        templates += checker.of_report()
    checker.list_fields()
    return LettersCheck(tuple(templates), tuple(checker.files))


class _Checker:
    def __init__(self, session: Session, register: Register, folder: Path | None) -> None:
        self.session, self.register, self.folder = session, register, folder
        self.templates = Templates(session, register.lookups)
        self.files: list[str] = []
        self._taken: set[Path] = set()

    def checked(self, kind: str) -> CheckedTemplate:
        """Check the template of one kind."""
        from registerkit.letters.cases import BARE, cases_of, try_template
        from registerkit.letters.check import check_template, known_words, used_names

        own, name, texts = self.templates.of(kind), self.templates.name(kind), self.session.texts
        if own.lookalike is not None:
            told = texts("letters.held.template_lookalike", file=own.lookalike.name, wanted=name)
            return CheckedTemplate(kind, own.lookalike.name, (told,), 0)
        if own.path is None:
            told = texts("letters.held.no_template", file=name, shipped=self.templates.shipped(kind))
            return CheckedTemplate(kind, name, (told,), 0)
        example = next(iter(cases_of(self.register, kind, ()))).context
        faults = check_template(own.path, example, known_words(self.session.definition, example))
        cases = 0
        if not faults:
            for tried in try_template(own.path, kind, cases_of(self.register, kind, used_names(own.path))):
                cases += 1
                faults += tried.faults
                is_shown = tried.case.missing in ("", BARE) or bool(tried.faults)
                if self.folder is not None and tried.letter is not None and is_shown:
                    self._keep(self.folder, own.path.stem, tried.case, tried.letter)
        if faults and self.folder is not None:
            self._annotate(self.folder, own.path, faults)
        faults.sort(key=lambda fault: fault.place.n if fault.place else 0)
        found = tuple(TemplateFault.all_told([fault], texts) for fault in faults)
        return CheckedTemplate(kind, self.session.relative(own.path), found, cases)

    def of_report(self) -> Iterator[CheckedTemplate]:
        """Check the template of the report, when the office has one of its own."""
        from registerkit.analysis.own_page import own_page, page_faults

        if (path := own_page(self.register)) is None:
            return
        faults = page_faults(self.register, path)
        if faults and self.folder is not None:
            self._annotate(self.folder, path, faults)
        told = tuple(TemplateFault.all_told([fault], self.session.texts) for fault in faults)
        yield CheckedTemplate(_REPORT, self.session.relative(path), told, 0)

    def list_fields(self) -> None:
        """Put the list of what a template can use in the folder, where there is one."""
        from registerkit.documents import document_of, template_fields

        if self.folder is not None:
            content = template_fields(self.register)
            self._put(file_in(self.folder, content.file, ".docx"), document_of(content, self.register))

    def _annotate(self, folder: Path, template: Path, faults: list[TemplateFault]) -> None:
        """Put a copy of a template in the folder, with what is wrong as comments; none when Word cannot open it."""
        from registerkit.letters.annotate import annotated

        with suppress(TemplateFault):
            data = annotated(template, faults, self.session.texts)
            name = self.session.texts("letters.case.annotated", name=template.stem)
            self._put(file_in(folder, name, ".docx", self._taken.__contains__), data)

    def _keep(self, folder: Path, template: str, case: Case, letter: bytes) -> None:
        """Put a letter in the folder of its template, numbered in the order of its cases."""
        from registerkit.letters.cases import BARE

        texts = self.session.texts
        ending = [self.register.lookups.label(case.choices, case.ending) or case.ending] if case.ending else []
        what = "full" if not case.missing else "bare" if case.missing == BARE else "without"
        words = [case.profile, *ending, texts(f"letters.case.{what}", name=case.missing)]
        self._put(file_in(folder / template, " ".join(words), ".docx", self._taken.__contains__), letter)

    def _put(self, path: Path, data: bytes) -> None:
        write_when_changed(path, data)
        self._taken.add(path)
        self.files.append(self.session.relative(path))
