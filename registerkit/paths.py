"""Where everything lies in a project folder, and how its folders are called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from registerkit.errors import MissingFileError
from registerkit.files import full_path, safe_name

__all__ = ["FOLDERS", "LOCK_FILE", "SETTINGS_FILE", "Paths", "find_project", "project_paths"]

SETTINGS_FILE = "register.toml"
LOCK_FILE = "register.lock"

FOLDERS: Mapping[str, Mapping[str, str]] = {
    "nl": {
        "workbook": "klachtenregister.xlsx", "form": "klachtenformulier", "inbox": "postvak-in",
        "done": "verwerkt", "failed": "fout", "letters": "brieven", "output": "uitvoer", "archive": "archief",
        "attachments": "bijlagen",
    },
    "en": {
        "workbook": "complaints-register.xlsx", "form": "complaint-form", "inbox": "inbox",
        "done": "done", "failed": "failed", "letters": "letters", "output": "output", "archive": "archive",
        "attachments": "attachments",
    },
}  # fmt: skip
"""The names in a project folder, per language."""


@dataclass(frozen=True)
class Paths:
    """Where everything lies in a project folder."""

    root: Path
    workbook: Path
    form_xlsx: Path
    form_docx: Path
    inbox: Path
    done: Path
    failed: Path
    letters: Path
    output: Path
    archive: Path
    attachments: Path
    store: Path
    lock: Path
    log: Path
    office: Path
    settings: Path
    anonymised: Path

    @property
    def own_files(self) -> tuple[Path, ...]:
        """The files that the register itself is kept in; nothing else is read from them or written over them."""
        return (self.workbook, self.store, self.lock, self.log, self.office, self.settings, self.anonymised)

    def attachments_of(self, number: str) -> Path:
        """Return the folder with what came along with the mails of a complaint."""
        return self.attachments / safe_name(number)


def project_paths(root: Path, language: str, workbook: str | None = None) -> Paths:
    """Return the paths of a project folder in a language."""
    names = FOLDERS[language]
    inbox = root / names["inbox"]
    return Paths(
        root=root,
        workbook=root / (workbook or names["workbook"]),
        form_xlsx=root / f"{names['form']}.xlsx",
        form_docx=root / f"{names['form']}.docx",
        inbox=inbox,
        done=inbox / names["done"],
        failed=inbox / names["failed"],
        letters=root / names["letters"],
        output=root / names["output"],
        archive=root / names["archive"],
        attachments=root / names["attachments"],
        store=root / "register.db",
        lock=root / LOCK_FILE,
        log=root / "register.log",
        office=root / "register.office",
        settings=root / SETTINGS_FILE,
        anonymised=root / "register.anonymised",
    )


def find_project(path: Path) -> Path:
    """Return the project folder that `path` is or lies in; raises `MissingFileError` when there is none."""
    start = full_path(path)
    if not start.exists():
        raise MissingFileError(path, reason="project_folder")
    for folder in (start, *start.parents):
        if (folder / SETTINGS_FILE).exists():  # A folder of that name is told when it is read.
            return folder
    raise MissingFileError(path / SETTINGS_FILE, reason="project")
