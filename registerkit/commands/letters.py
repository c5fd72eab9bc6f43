"""Makes the letters that are due: fills in the templates, logs them, and puts the files in the week's folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any

from registerkit.commands.letter_templates import Templates, known_kind, lay_templates
from registerkit.commands.pdf_letters import PdfFiles, ReadyFile, is_taken, pdf_files
from registerkit.commands.records import known_number
from registerkit.commands.reply_drafts import reply_drafts
from registerkit.files import file_in
from registerkit.letters import (
    KINDS,
    DueLetter,
    HeldLetter,
    PreparedTemplate,
    TemplateFault,
    agenda,
    letter_context,
)
from registerkit.pull.dismissals import dismiss
from registerkit.register import Register
from registerkit.session.merge_parts import counters_of, recount_for, write_state
from registerkit.session.outbox import finish_outbox, stage
from registerkit.session.session import Session, week_folder
from registerkit.store.outbox import put
from registerkit.sync.compute import recompute
from registerkit.sync.numbers import Numbers
from registerkit.sync.state import RegisterState
from registerkit.theme import theme_of

__all__ = ["DismissedLetter", "LettersResult", "MadeLetter", "dismiss_letters", "held_letters", "make_letters"]

_SOURCE = "letters"
"""How history names what making a letter filled in."""


@dataclass(frozen=True)
class MadeLetter:
    """A letter that was made (or, in a trial, would be)."""

    number: str
    kind: str
    file: str
    reason: str
    pdf: str | None = None
    """The same as a PDF file, where that was asked for."""
    draft: str | None = None
    """The same as an answer to the mail that the complaint came in by."""

    def as_json(self) -> dict[str, Any]:
        """Return the contract's letter; `pdf` and `draft` only where there is one."""
        return {name: value for name, value in vars(self).items() if name not in ("pdf", "draft") or value is not None}


@dataclass(frozen=True)
class DismissedLetter:
    """A letter that somebody said is not to come (or, in a trial, would be)."""

    number: str
    kind: str


@dataclass(frozen=True)
class LettersResult:
    """The letters of one run."""

    letters: tuple[MadeLetter, ...]
    held: tuple[HeldLetter, ...]
    dismissed: tuple[DismissedLetter, ...] = ()
    print: str | None = None
    """The one file with all of them, where that was asked for."""
    laid: tuple[str, ...] = ()
    """Templates of new kinds that were put in the office's folder now."""

    @property
    def held_back(self) -> dict[tuple[str, str], list[HeldLetter]]:
        """The letters held back, by number and kind: each with all that stands in its way."""
        found: dict[tuple[str, str], list[HeldLetter]] = {}
        for held in self.held:
            found.setdefault((held.number, held.kind), []).append(held)
        return found

    def as_json(self) -> dict[str, Any]:
        """Return the contract's letters document."""
        told = {"held": self.held, "dismissed": self.dismissed}
        letters = {"letters": [letter.as_json() for letter in self.letters]}
        return letters | {name: [vars(each) for each in those] for name, those in told.items()} | {"print": self.print}


def make_letters(
    session: Session,
    kind: str | None = None,
    number: str | None = None,
    *,
    again: bool = False,
    dry_run: bool = False,
    pdf: bool = False,
    print_all: bool = False,
) -> LettersResult:
    """Make the letters that are due, of one kind or for one complaint when named; never the same letter twice.

    `kind` is the code of a kind of letter or its label in the register.
    With `again` letters made before are made once more, and for one complaint a closing letter that was held back
    for its answer was given before. One that cannot be made is held back and does not stop the others.
    With `pdf` each comes as a PDF file too, and with `print_all` all in one: raises `PdfError` when that cannot be
    done, and then no letter is made.
    """
    register = session.register()
    kind = known_kind(register.lookups, kind) if kind is not None else None
    key = known_number(register.complaints, number) if number else None
    todo = agenda(register, number=key, again=([kind] if kind else KINDS) if again else ())
    laid = () if dry_run else lay_templates(session, register.lookups)
    maker = _Maker(session, register, dry_run=dry_run)
    for letter in todo.due:
        if kind in (None, letter.kind):
            maker.make(letter)
    printed = None if dry_run else maker.commit(pdf=pdf, print_all=print_all)
    held = [h for h in todo.held if kind in (None, h.kind)]
    return LettersResult(tuple(maker.made), tuple(held + maker.held), print=printed, laid=tuple(laid))


def held_letters(session: Session, register: Register) -> tuple[HeldLetter, ...]:
    """Return the letters that are held back, those without a template that can be filled in among them."""
    todo, maker = agenda(register), _Maker(session, register, dry_run=True)
    for letter in todo.due:
        maker.make(letter)
    return (*todo.held, *maker.held)


def dismiss_letters(session: Session, number: str, kind: str | None = None, *, dry_run: bool = False) -> LettersResult:
    """Note that the letters of a complaint that are held back are not to come, or its letters of one kind.

    A kind that is named need not be held back: it may be due as well.
    """
    register = session.register()
    kind = known_kind(register.lookups, kind) if kind is not None else None
    key = known_number(register.complaints, number)
    todo = agenda(register, number=key)
    wanted = [held.kind for held in todo.held] if kind is None else [kind]
    known = {letter.kind for letter in todo.due} | {held.kind for held in todo.held}
    dismissed = tuple(DismissedLetter(key, each) for each in dict.fromkeys(wanted) if each in known)
    if dismissed and not dry_run:
        state, phase = _working_copy(session, register), register.complaints[key].phase.n
        for letter in dismissed:
            dismiss(state, key, phase, letter.kind, _SOURCE)
        with session.store.transaction(_SOURCE, session.stamp_time) as transaction:
            write_state(transaction, state)
    held = tuple(held for held in todo.held if held.kind not in {letter.kind for letter in dismissed})
    return LettersResult((), held, dismissed)


def _working_copy(session: Session, register: Register) -> RegisterState:
    records = register.records
    numbers = Numbers(counters_of(session), session.settings.prefix, lambda table, key: key in records[table])
    return RegisterState(session.definition, records, session.store.phases(), numbers, session.on)


class _Maker:
    def __init__(self, session: Session, register: Register, *, dry_run: bool) -> None:
        self.session = session
        self.register = register
        self.dry_run = dry_run
        self.made: list[MadeLetter] = []
        self.held: list[HeldLetter] = []
        self._ready: list[tuple[DueLetter, Path, bytes]] = []
        self._greetings: dict[Path, str] = {}
        self._taken: set[Path] = set()
        self._templates = Templates(session, register.lookups)
        self._prepared: dict[Path, PreparedTemplate] = {}
        self._faults: dict[str, list[TemplateFault]] = {}

    def make(self, letter: DueLetter) -> None:
        """Fill in one letter, in memory; a trial looks at its template only."""
        own, wanted = self._templates.of(letter.kind), self._templates.name(letter.kind)
        if own.lookalike is not None:
            self._hold(letter, "template_lookalike", file=own.lookalike.name, wanted=wanted)
            return
        template = own.path
        if template is None:
            self._hold(letter, "no_template", file=wanted, shipped=str(self._templates.shipped(letter.kind)))
            return
        is_read = not (self.dry_run and self._templates.is_sound(letter.kind))
        context = letter_context(self.register, letter) if is_read else {}
        faults, data = self._checked(letter.kind, template, context), b""
        if not faults and not self.dry_run:
            try:
                data = self._prepare(template).render(context)
            except TemplateFault as fault:
                faults = [fault]
                if fault.reason == "bounds":  # Every other letter of the kind would take as long.
                    self._faults[letter.kind] = faults
        if faults:
            problem = TemplateFault.all_told(faults, self.session.texts)
            self._hold(letter, "template_fault", file=template.name, problem=problem)
            return
        target = self._target(letter)
        self._ready.append((letter, target, data))
        self._greetings[target] = str(context.get("complainant", {}).get("salutation") or "")
        self.made.append(MadeLetter(letter.number, letter.kind, self.session.relative(target), letter.reason))

    def commit(self, *, pdf: bool, print_all: bool) -> str | None:
        """Log the letters in one step, and put the files in their place after it; gives the one to print."""
        if not self._ready:
            return None
        session = self.session
        files = [ReadyFile(letter, target, data) for letter, target, data in self._ready]
        pdfs = (
            pdf_files(session, self.register, files, each=pdf, together=print_all) if pdf or print_all else PdfFiles()
        )
        if pdf:
            self.made = [replace(made, pdf=str(PurePosixPath(made.file).with_suffix(".pdf"))) for made in self.made]
        drafts = reply_drafts(session, self.register, files, self._greetings)
        self.made = [
            replace(made, draft=session.relative(place)) if (place := target.with_suffix(".eml")) in drafts else made
            for made, (_, target, _) in zip(self.made, self._ready, strict=True)
        ]
        state = _working_copy(session, self.register)
        for letter, target, _ in self._ready:
            self._log(state, letter, target)
        # A letter may end a complaint: what follows from that is counted with it.
        recompute(state, recount_for(session, state), sorted({letter.number for letter, _, _ in self._ready}))
        out = [*((target, data) for _, target, data in self._ready), *pdfs.files.items(), *drafts.items()]
        staged = [(target, stage(session, target, data)) for target, data in out]
        with session.store.transaction(_SOURCE, session.stamp_time) as transaction:
            write_state(transaction, state)
            for target, payload in staged:
                put(transaction, "letter", session.relative(target), dict(payload))
        finish_outbox(session)
        return session.relative(pdfs.together) if pdfs.together is not None else None

    def _log(self, state: RegisterState, letter: DueLetter, target: Path) -> None:
        table = self.session.definition.tables["letters"]
        key = state.numbers.give(table.id, table.numbering or "B{n:06}", self.session.on.year)
        record: dict[str, Any] = {f.id: None for f in table.fields} | {
            table.key: key,
            "complaint": letter.number,
            "phase": letter.phase,
            "kind": letter.kind,
            "made_on": self.session.on,
            "file": self.session.relative(target),
        }
        state.create(table.id, key, record, _SOURCE, set())
        main = self.session.definition.main_id
        filled = KINDS[letter.kind].fills
        known = filled is not None and self.session.definition.role(filled) is not None
        if filled and known and state.records[main][letter.number].get(filled) is None:
            state.change(main, letter.number, filled, self.session.on, _SOURCE)

    def _prepare(self, template: Path) -> PreparedTemplate:
        """Return a template, read once for all letters of the run."""
        if template not in self._prepared:
            settings = self.session.settings
            theme = theme_of(settings.theme, settings.paths.root)
            self._prepared[template] = PreparedTemplate(template, theme.logo, theme)
        return self._prepared[template]

    def _checked(self, kind: str, template: Path, context: Mapping[str, Any]) -> list[TemplateFault]:
        """Return what is the matter with a template, looked at once."""
        if kind in self._faults or self._templates.is_sound(kind):
            return self._faults.get(kind, [])
        from registerkit.letters.check import check_template, known_words  # Loads Jinja and python-docx.

        words = known_words(self.session.definition, context)
        self._faults[kind] = check_template(template, context, words)
        return self._faults[kind]

    def _target(self, letter: DueLetter) -> Path:
        label = self.register.lookups.label("letter_kind", KINDS[letter.kind].goes_as or letter.kind)
        folder = week_folder(self.session) / self.session.settings.paths.letters.name
        name = self.session.texts("letters.file", number=letter.number, kind=label)
        target = file_in(folder, name, ".docx", lambda path: is_taken(path) or path in self._taken)
        self._taken.add(target)
        return target

    def _hold(self, letter: DueLetter, code: str, **values: str) -> None:
        self.held.append(HeldLetter.of(letter.number, letter.kind, code, self.session.texts, **values))
