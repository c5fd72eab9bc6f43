"""Makes a new project folder."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from registerkit.errors import MissingFileError, WriteRefusedError
from registerkit.resources import resource_folder
from registerkit.settings import SETTINGS_FILE, project_paths

__all__ = ["make_project_folder"]


def make_project_folder(
    root: Path,
    organisation: str,
    language: str,
    definition: Path | None = None,
    database: str | None = None,
) -> list[Path]:
    """Make the folder with its settings, inbox, archive, output and letter templates; gives what was made.

    Raises `WriteRefusedError` when there is a register in the folder already.
    """
    if (root / SETTINGS_FILE).exists():
        raise WriteRefusedError(root, reason="exists")
    if definition is not None and not definition.is_file():
        raise MissingFileError(definition)
    paths = project_paths(root, language)
    for folder in (root, paths.inbox, paths.done, paths.failed, paths.output, paths.archive):
        folder.mkdir(parents=True, exist_ok=True)
    template = resource_folder("workbook_templates") / f"register.{language}.toml"
    text = template.read_text(encoding="utf-8").replace("{organisation}", json.dumps(organisation, ensure_ascii=False))
    made = []
    if definition is not None:
        own = root / definition.name
        shutil.copyfile(definition, own)
        text = _uncomment(text, "definition", json.dumps(own.name))
        made.append(own)
    if database is not None:
        text = text.replace("# [database]\n", "[database]\n")
        text = _uncomment(text, "url", json.dumps(database))
    paths.settings.write_text(text, encoding="utf-8", newline="\n")
    _copy_letters(language, paths.letters)
    return [paths.settings, *made, paths.letters]


def _uncomment(text: str, key: str, value: str) -> str:
    lines = [f"{key} = {value}" if line.startswith(f"# {key} = ") else line for line in text.split("\n")]
    return "\n".join(lines)


def _copy_letters(language: str, target: Path) -> None:
    target.mkdir(exist_ok=True)
    for template in sorted((resource_folder("letters") / language).glob("*.docx")):
        if not (target / template.name).exists():
            shutil.copyfile(template, target / template.name)
