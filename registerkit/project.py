"""The facade: everything registerkit does with a project, for the command line and for scripts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from registerkit.errors import UsageError
from registerkit.files import full_path
from registerkit.open_project import OpenProject
from registerkit.session.folder_lock import held
from registerkit.session.session import open_session
from registerkit.settings import find_project

if TYPE_CHECKING:
    from registerkit.analysis import Report
    from registerkit.commands.anonymise import AnonymiseResult
    from registerkit.commands.bring_in import Brought, Suggested
    from registerkit.commands.check_letters import LettersCheck
    from registerkit.commands.doctor import Part
    from registerkit.commands.documents import DocumentsResult
    from registerkit.commands.letters import LettersResult
    from registerkit.commands.move import Moved
    from registerkit.commands.reminders import RemindersResult
    from registerkit.commands.restore import Restored
    from registerkit.commands.weekly import WeeklyResult
    from registerkit.pull.results import CheckResult, SyncResult
    from registerkit.store.copies import Copy
    from registerkit.texts import Texts

__all__ = ["Project"]


class Project(OpenProject):
    """An open project folder. Use it in a `with` block, or close it.

    Methods raise `registerkit.errors.RegisterkitError` with a message in the register's language; faults in filled
    files come back as findings.
    """

    @classmethod
    def open(cls, path: Path | str = ".", on: date | None = None, at: datetime | None = None) -> Project:
        """Open the project in `path`, or the nearest one above it; `on` is the day to act as."""
        return cls(open_session(find_project(Path(path)), on, at))

    @classmethod
    def init(
        cls,
        path: Path | str,
        organisation: str = "",
        language: str = "nl",
        definition: Path | None = None,
        database: str | None = None,
        on: date | None = None,
        profile: str = "eigen",
    ) -> Project:
        """Make a project folder with its workbook and forms, and open it; one that was broken off is gone on with."""
        from registerkit.commands.init import new_settings

        text = new_settings(organisation, language, definition, database, profile)
        return cls._make(Path(path), text, language, definition, on)

    @classmethod
    def _make(cls, path: Path, text: str, language: str, definition: Path | None, on: date | None) -> Project:
        from registerkit.commands.init import fitting_settings, make_project_folder, whole_or_nothing
        from registerkit.settings import parse_settings

        with whole_or_nothing(root := full_path(path)):
            make_project_folder(path, language, definition)
            text = fitting_settings(root, text)
            project = cls(open_session(root, on, settings=parse_settings(text, root)))
            try:
                project._run(lambda: project._fill(text))
            except BaseException:
                project.close()
                raise
        return project

    def _fill(self, text: str) -> None:
        """Make what a new project folder holds; its settings come last, for they make it a project."""
        from registerkit.commands.init import write_settings
        from registerkit.commands.letter_templates import lay_templates

        self.workbook()
        self.form()
        lay_templates(self._session, self._session.lookups())
        write_settings(self._session.settings.paths.root, text)

    @classmethod
    def demo(
        cls, path: Path | str, on: date | None = None, profile: str = "eigen", language: str = "nl"
    ) -> tuple[Project, WeeklyResult]:
        """Make a project with invented complaints and do a week's work on it; raises `UsageError` when none is told."""
        from registerkit.commands.demo import being_made, demo_settings, demo_texts, fill_in

        told = demo_texts(profile, language)
        with being_made(Path(path)):
            project = cls._make(Path(path), demo_settings(told, profile, language), language, None, on)
            fill_in(project.session, told, project.sync)
            project.workbook(replace=True)  # What is open comes first, by its term.
            return project, project.weekly()

    # ------------------------------------------------------------------------------------------------------- build
    def workbook(
        self, output: Path | None = None, records: Path | None = None, *, replace: bool = False
    ) -> SyncResult | None:
        """Build the workbook with the store's complaints, or with those of the `.csv` file `records`.

        Raises `WriteRefusedError` rather than lose what was entered in it; with `replace` that is synced first.
        Gives what was taken in on the way, or None.
        """
        from registerkit.commands.workbook import build_project_workbook

        target = output or self._session.settings.paths.workbook
        return self._run(lambda: build_project_workbook(self._session, target, records, replace=replace))

    def form(self, output: Path | None = None, *, replace: bool = False) -> list[Path]:
        """Build the single form: in Excel, on paper, as a web page; the first two when no file is named.

        Raises `WriteRefusedError` for a form that somebody changed, unless `replace`; a copy is kept first.
        """
        from registerkit.commands.workbook import build_project_forms

        paths = self._session.settings.paths
        targets = [output] if output else [paths.form_xlsx, paths.form_docx]
        self._run(lambda: build_project_forms(self._session, targets, replace=replace))
        return targets

    def database(self, target: Path, with_records: bool = False, replace: bool = False) -> list[Path]:
        """Build the register as an Access file (`.accdb`, `.mdb`).

        Raises `WriteRefusedError` rather than lose what was entered in it, unless `replace`; a copy is kept first.
        """
        from registerkit.commands.access_file import build_access_file

        given = {"with_records": with_records, "replace": replace}
        self._run(lambda: build_access_file(self._session, target, **given))
        return [target]

    def make_layout(self, url: str) -> str:
        """Make or migrate the register's tables in a database; gives its address without password."""
        from registerkit.commands.move import make_layout

        return make_layout(self._session, url)

    def write_layout(self, target: Path, dialect: str | None = None, *, replace: bool = False) -> str:
        """Write the tables as SQL: for sqlite, postgresql, mysql, mssql or access, by default as the store is kept.

        Raises `WriteRefusedError` for a file that is no such layout, unless `replace`; a copy is kept first.
        """
        from registerkit.commands.move import write_layout

        return write_layout(self._session, target, dialect, replace=replace)

    def move(self, url: str) -> Moved:
        """Move the store, history included, to another database; the project goes on there."""
        from registerkit.commands.move import move_store

        moved = self._run(lambda: move_store(self._session, url))
        self._open_anew()
        return moved

    # ------------------------------------------------------------------------------------------------------- files in
    def check(self, files: Iterable[Path]) -> CheckResult:
        """Check filled files; changes nothing."""
        from registerkit.commands.check import check_files

        with self._session.store.reading():
            return check_files(self._session, files)

    def sync(
        self,
        files: Iterable[Path] = (),
        prefer: Literal["workbook", "store"] | None = None,
        *,
        dry_run: bool = False,
    ) -> SyncResult:
        """Pull filled files in and bring them up to date."""
        from registerkit.commands.sync import sync

        named = list(files)
        return self._run(lambda: sync(self._session, named, prefer, dry_run=dry_run), dry_run=dry_run)

    def suggest_import(self, file: Path | str, target: Path | None = None, table: str | None = None) -> Suggested:
        """Write a mapping file with what somebody's own register seems to hold."""
        from registerkit.commands.bring_in import suggest_map

        return self._run(lambda: suggest_map(self._session, file, target, table), dry_run=True)

    def import_file(
        self,
        file: Path | str,
        mapping: Path | None = None,
        prefer: Literal["workbook", "store"] | None = None,
        table: str | None = None,
        *,
        dry_run: bool = False,
    ) -> Brought:
        """Take in the complaints of another register, by a mapping file or by its headings.

        With `table` the register is a table of a database: `file` is `odbc:` and what reaches it.
        """
        from registerkit.commands.bring_in import bring_in

        return self._run(
            lambda: bring_in(self._session, file, mapping, prefer, table, dry_run=dry_run), dry_run=dry_run
        )

    def undo_import(self) -> tuple[str, dict[str, Any]]:
        """Put the store back as it was before the last import; gives the copy and what had been imported."""
        from registerkit.commands.bring_in import take_back

        with held(self._session.settings.paths.root):
            self._open_anew_if_replaced()
            told = take_back(self._session)
        self._open_anew()
        return told

    # ------------------------------------------------------------------------------------------------------- out
    def letters(
        self, kind: str | None = None, number: str | None = None, *, dry_run: bool = False, **asked: bool
    ) -> LettersResult:
        """Make the letters that are due; what can be `asked` of them, `make_letters` says."""
        from registerkit.commands.letters import make_letters

        return self._run(lambda: make_letters(self._session, kind, number, dry_run=dry_run, **asked), dry_run=dry_run)

    def check_letters(self, kind: str | None = None, folder: Path | None = None) -> LettersCheck:
        """Check the templates of all letters over every kind of case; with a folder the letters are kept there."""
        from registerkit.commands.check_letters import check_letters

        return self._run(lambda: check_letters(self._session, kind, folder), dry_run=True)

    def dismiss_letters(self, number: str, kind: str | None = None, *, dry_run: bool = False) -> LettersResult:
        """Note that letters of a complaint are not to come: those held back, or those of one kind."""
        from registerkit.commands.letters import dismiss_letters

        return self._run(lambda: dismiss_letters(self._session, number, kind, dry_run=dry_run), dry_run=dry_run)

    def reminders(self, *, send: bool = False, dry_run: bool = False) -> RemindersResult:
        """Write the digests for handlers, managers and the coordinator; with `send` they go out as mail."""
        from registerkit.commands.reminders import make_reminders

        return self._run(lambda: make_reminders(self._session, send=send, dry_run=dry_run), dry_run=dry_run)

    def report(self, period: str | None = None, **wanted: Any) -> Report:
        """Write the periodic analysis, of the last complete month unless a period is named.

        `wanted` is what is made beside it, as `registerkit.commands.report.Wanted` has it: `memos`, `person`,
        `publication`, `afm`, `pdf`. Raises `UsageError` for a period or a name that there is not, `PdfError` where
        no PDF file can be made.
        """
        from registerkit.analysis import last_complete_month, parse_period
        from registerkit.commands.report import Wanted, make_period_report

        about = parse_period(period) if period is not None else last_complete_month(self._session.on)
        if about.first > self._session.on:
            raise UsageError(reason="period_ahead", value=about.label, day=about.first, on=self._session.on)
        return self._run(lambda: make_period_report(self._session, about, Wanted(**wanted)))

    def documents(
        self, number: str | None = None, folder: Path | None = None, *, replace: bool = False
    ) -> DocumentsResult:
        """Make the complaint rules and the instruction of this office, or the analysis of one complaint.

        Raises `WriteRefusedError` rather than write over one that somebody changed, unless `replace`; a copy is kept.
        """
        from registerkit.commands.documents import make_documents

        return self._run(lambda: make_documents(self._session, number, folder, replace=replace))

    def weekly(self) -> WeeklyResult:
        """Do the week's work: sync, letters, reminders and reports."""
        from registerkit.commands.weekly import run_weekly

        return self._run(lambda: run_weekly(self._session))

    def report_document(self, report: Report) -> dict[str, Any]:
        """Return a report's figures as a document, with paths relative to the project."""
        from registerkit.commands.report import period_json

        return period_json(self._session, report)

    @staticmethod
    def log_failure(root: Path, error: BaseException, texts: Texts, on: date | None = None) -> None:
        """Add a line to the log of the project in `root` about a run that could not be done."""
        from registerkit.commands.weekly import log_failure

        log_failure(root, error, texts, on)

    @staticmethod
    def examine() -> list[Part]:
        """Return which parts are installed, what each is for, and how to get it."""
        from registerkit.commands.doctor import examine

        return examine()

    def anonymise(
        self,
        *,
        before: date | None = None,
        person: str | None = None,
        due: bool = False,
        now: bool = False,
        dry_run: bool = False,
    ) -> AnonymiseResult:
        """Wipe what is personal of complaints that ended before a day, are past their term, or are of one person.

        `person` is the number of one complaint of his; before their term is over they go only with `now`.
        """
        from registerkit.commands.anonymise import anonymise
        from registerkit.privacy import Wanted

        wanted = Wanted(before, person, due, now)
        return self._run(lambda: anonymise(self._session, wanted, dry_run=dry_run), dry_run=dry_run)

    # -------------------------------------------------------------------------------------------------------- copies
    def backup(self) -> Copy:
        """Keep a copy of the store in the archive; gives the copy."""
        from registerkit.commands.backup import make_backup

        return self._run(lambda: make_backup(self._session))

    def copies_json(self, copies: Iterable[Copy]) -> list[dict[str, Any]]:
        """Return copies as a document shows them."""
        from registerkit.commands.backup import copies_json

        return copies_json(self._session.settings.paths.root, copies)

    @staticmethod
    def copies(path: Path | str = ".") -> tuple[Path, list[Copy], list[dict[str, Any]]]:
        """Return the project's folder and the copies of its store, the newest first; the store itself may be gone."""
        from registerkit.commands.backup import copies_json
        from registerkit.commands.restore import list_copies

        root = find_project(Path(path))
        found = list_copies(root)
        return root, found, copies_json(root, found)

    @staticmethod
    def restore(
        path: Path | str, copy: str, *, with_workbook: bool = False, dry_run: bool = False
    ) -> tuple[Path, Restored, dict[str, Any]]:
        """Put a copy of the store back, by its name, path or day; what is there now is kept first.

        Gives the project's folder, what differs, and that as a document. Numbers that went out stay used, and the next
        sync brings back what was typed in workbooks since.
        """
        from registerkit.commands.restore import restore_copy, restored_json

        root, at = find_project(Path(path)), datetime.now().astimezone()
        with held(root):
            restored = restore_copy(root, copy, at, with_workbook=with_workbook, dry_run=dry_run)
        return root, restored, restored_json(root, restored)

    # ------------------------------------------------------------------------------------------------------- look up
    def find(self, *words: str) -> list[dict[str, Any]]:
        """Return the complaints in which all words stand, newest first."""
        from registerkit.commands.find import find_complaints

        return find_complaints(self._session, words)

    def show(self, number: str) -> dict[str, Any]:
        """Return one complaint whole."""
        from registerkit.commands.show import show_complaint

        return show_complaint(self._session, number)

    def status_for(self, number: str) -> dict[str, Any]:
        """Return how a complaint stands, in sentences for whoever made it."""
        from registerkit.commands.show import status_for

        return status_for(self._session, number)

    def history(self, number: str) -> list[dict[str, Any]]:
        """Return every change of a complaint, oldest first."""
        from registerkit.commands.history import history_of

        return history_of(self._session, number)

    def export_person(self, target: Path, number: str, *, replace: bool = False) -> list[str]:
        """Write everything about whoever made a complaint to a `.docx` or `.json` file; gives his complaints.

        Raises `WriteRefusedError` when the file is there already, unless `replace`; a copy is kept first.
        """
        from registerkit.commands.export_person import export_person

        return export_person(self._session, target, number, replace=replace)

    def export(self, target: Path, *, replace: bool = False) -> list[Path]:
        """Write the register to a `.json`, `.csv` or `.xlsx` file.

        Raises `WriteRefusedError` for anything but an earlier export, unless `replace`; a copy is kept first.
        """
        from registerkit.commands.export import export_register

        export_register(self._session, target, replace=replace)
        return [target]
