"""Makes a new project folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from registerkit.commands.settings_file import with_settings, without_entries
from registerkit.definition import Lookups, definition_of
from registerkit.errors import MissingFileError, WriteRefusedError
from registerkit.files import write_when_changed
from registerkit.pull.routing_findings import unfit_rules
from registerkit.resources import resource_folder
from registerkit.setting_kinds import PROFILES
from registerkit.settings import SETTINGS_FILE, parse_settings, project_paths
from registerkit.texts import Texts, load_texts

__all__ = ["fitting_settings", "make_project_folder", "new_settings", "whole_or_nothing", "write_settings"]


@contextmanager
def whole_or_nothing(root: Path) -> Iterator[None]:
    """Take away what was made in a folder when making a project there fails; what was there before stays.

    A file of another's in the place of one to make is told as what it is there: the folder is not a free one.
    """
    was_there = root.exists()
    before = set(root.rglob("*")) if was_there else set()
    try:
        yield
    except BaseException as error:
        made = [path for path in root.rglob("*") if path not in before]
        for path in sorted(made, key=lambda p: len(p.parts), reverse=True):
            with suppress(OSError):  # Another program holds it; the fault itself is told.
                path.rmdir() if path.is_dir() else path.unlink()
        if not was_there:
            with suppress(OSError):
                root.rmdir()
        if isinstance(error, WriteRefusedError) and error.reason == "foreign":
            raise WriteRefusedError(error.file, reason="in_folder") from error
        raise


def make_project_folder(root: Path, language: str, definition: Path | None = None) -> None:
    """Make the folder with its inbox, archive, output, letter templates and own definition, but not its settings.

    Raises `WriteRefusedError` when there is a register in the folder already. What is there of a folder that was
    never finished is gone on with.
    """
    if (root / SETTINGS_FILE).exists():
        raise WriteRefusedError(root, reason="exists")
    if definition is not None and not definition.is_file():
        raise MissingFileError(definition)
    paths = project_paths(root, language)
    for folder in (root, paths.inbox, paths.done, paths.failed, paths.output, paths.archive):
        folder.mkdir(parents=True, exist_ok=True)
    if definition is not None:
        write_when_changed(root / definition.name, definition.read_bytes())
    for template in sorted((resource_folder("letters") / language).glob("*.docx")):
        if not (paths.letters / template.name).exists():
            write_when_changed(paths.letters / template.name, template.read_bytes())
    _lay_report_page(paths.letters, load_texts(language))


def _lay_report_page(folder: Path, texts: Texts) -> None:
    from registerkit.analysis.own_page import blank_page, template_name  # Loads python-docx.

    page = folder / template_name(texts)
    if not page.exists():
        write_when_changed(page, blank_page(texts))


def new_settings(
    organisation: str,
    language: str,
    definition: Path | None = None,
    database: str | None = None,
    profile: str = PROFILES[0],
) -> str:
    """Return the text of `register.toml` for a new project."""
    template = resource_folder("workbook_templates") / f"register.{language}.toml"
    changes = {"organisation": {"name": organisation}}
    if definition is not None:
        changes["register"] = {"definition": definition.name}
    if database is not None:
        changes["database"] = {"url": database}
    if profile != PROFILES[0]:
        changes["terms"] = {"profile": profile}
    return with_settings(template.read_text(encoding="utf-8"), changes)


def fitting_settings(root: Path, text: str) -> str:
    """Return the text of `register.toml` without the routing rules that the project's own lists cannot follow."""
    settings = parse_settings(text, root)
    definition = definition_of(settings)
    staff = {str(entry.get("code")): dict(entry) for entry in settings.staff}
    unfit = unfit_rules(definition, settings, Lookups.of(definition, settings.language).with_staff(staff))
    return without_entries(text, "routing", unfit) if unfit else text


def write_settings(root: Path, text: str) -> None:
    """Write `register.toml`, which makes the folder a project: it comes last, when everything else is there."""
    write_when_changed(root / SETTINGS_FILE, text.encode())
