"""Which language a call of the command line is answered in: the project's, else the machine's."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from registerkit.texts import LANGUAGES, Texts, load_texts

__all__ = ["call_texts", "default_language", "project_folder", "project_language"]


_LANGUAGE = re.compile(rf'^\s*language\s*=\s*["\']({"|".join(LANGUAGES)})["\']', re.M)


def default_language() -> str:
    """Return the language of messages while no project says otherwise: Dutch, unless the machine is set to English."""
    return "en" if _machine_language().lower().startswith("en") else "nl"


def _machine_language() -> str:
    """Return the language that the machine is set to, such as en_GB; empty where that cannot be told.

    What is set for a session goes first, in the order of POSIX. Windows sets none of it and is asked itself.
    """
    named = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return next((setting for setting in named if setting), "") or _windows_language()


def _windows_language() -> str:
    """Return the language in which Windows shows itself to this user; empty on another system."""
    import ctypes
    import locale

    windows = getattr(ctypes, "windll", None)
    return locale.windows_locale.get(windows.kernel32.GetUserDefaultUILanguage(), "") if windows else ""


def project_folder(folder: Path) -> Path | None:
    """Return the project folder that `folder` is or lies in, or None."""
    from registerkit.errors import MissingFileError
    from registerkit.settings import find_project

    try:
        return find_project(folder)
    except (MissingFileError, OSError):  # A folder that may not be looked into is told of where it is opened.
        return None


def folder_of_call(folder: Path, arguments: Mapping[str, Any]) -> Path:
    """Return the folder that a call is about: the one it names, else where it is made, else that of a file it names."""
    if folder != Path() or project_folder(folder) is not None:
        return folder
    named = [each for value in arguments.values() for each in (value if isinstance(value, tuple) else (value,))]
    files = (each for each in named if isinstance(each, Path) and not each.is_dir())
    return next((root for each in files if (root := project_folder(each.parent)) is not None), folder)


def project_language(folder: Path) -> str | None:
    """Return the language of the project that `folder` is or lies in, or None."""
    from registerkit.errors import RegisterkitError
    from registerkit.settings import SETTINGS_FILE, load_settings

    root = project_folder(folder)
    try:
        return load_settings(root).language if root else None
    except RegisterkitError:
        return _written_language(root / SETTINGS_FILE) if root else None


def _written_language(settings: Path) -> str | None:
    """Return the language that stands in settings that cannot be read as a whole."""
    try:
        found = _LANGUAGE.search(settings.read_text(encoding="utf-8-sig", errors="replace"))
    except OSError:
        return None
    return found[1] if found else None


def call_texts(arguments: Sequence[str]) -> Texts:
    """Return the texts of the command line in the language of the project that a call is about."""
    asked = _value_of(arguments, "--language")
    if asked not in LANGUAGES:
        asked = project_language(Path(_value_of(arguments, "--project") or "."))
    return load_texts(asked or default_language(), "commands")


def _value_of(arguments: Sequence[str], option: str) -> str | None:
    for n, word in enumerate(arguments):
        if word == option and n + 1 < len(arguments):
            return arguments[n + 1]
        if word.startswith(f"{option}="):
            return word.partition("=")[2]
    return None
