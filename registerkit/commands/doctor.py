"""Finds out which parts are installed that not every command needs, and tells what they are for in plain words.

Texts stand in the catalogue as `doctor.<part>.name`, `.meaning` and `.fix`.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import platform
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from registerkit.database.access import ACCESS_DRIVER, has_access_driver, jackcess_jar, java_library, java_version
from registerkit.pdf import office_program
from registerkit.texts import Texts

__all__ = ["Part", "examine"]


@dataclass(frozen=True)
class Part:
    """One part of an installation: its code, whether it is there, and its version or what it offers."""

    code: str
    found: bool
    detail: str = ""

    def headline(self, texts: Texts) -> str:
        """Return its name, whether it is there, and which."""
        name = texts(f"doctor.{self.code}.name")
        if not self.found:
            return texts("doctor.missing", name=name)
        return texts("doctor.there", name=f"{name} ({self.detail})" if self.detail else name)

    def meaning(self, texts: Texts) -> str:
        """Say what it is for."""
        return texts(f"doctor.{self.code}.meaning")

    def fix(self, texts: Texts) -> str:
        """Say how to get it."""
        return texts(f"doctor.{self.code}.fix", bits=_bits())

    def as_json(self, texts: Texts) -> dict[str, Any]:
        """Return the part as the command's document shows it; `fix` is null for what is there."""
        return {
            "part": self.code,
            "name": texts(f"doctor.{self.code}.name"),
            "found": self.found,
            "detail": self.detail,
            "meaning": self.meaning(texts),
            "fix": None if self.found else self.fix(texts),
        }


def examine() -> list[Part]:
    """Return every part; starts no Java and opens no database."""
    found: list[Callable[[], Part]] = [_python, _jackcess, _bridge, _java, _odbc, _drivers]
    found += [_access_driver] if sys.platform == "win32" else []
    found += [_libreoffice]
    return [look() for look in found]


def _python() -> Part:
    return Part("python", True, f"{platform.python_version()}, {_bits()}-bit")


def _bits() -> int:
    return 64 if sys.maxsize > 2**32 else 32


def _jackcess() -> Part:
    jar = jackcess_jar()
    return Part("jackcess", jar is not None, jar.stem.removeprefix("jackcess-") if jar else "")


def _bridge() -> Part:
    return _package("bridge", "jpype", "jpype1")


def _java() -> Part:
    library = java_library()
    return Part("java", library is not None, java_version(library) if library else "")


def _odbc() -> Part:
    return _package("odbc", "pyodbc", "pyodbc")


def _drivers() -> Part:
    """Name the drivers that pyodbc can use; none without it."""
    if importlib.util.find_spec("pyodbc") is None:
        return Part("drivers", False)
    try:
        import pyodbc

        names = sorted(pyodbc.drivers())
    except ImportError:  # The package is there, and the machine's part of ODBC is not.
        return Part("drivers", False)
    return Part("drivers", bool(names), ", ".join(names))


def _access_driver() -> Part:
    """Tell whether Microsoft's driver is there; ODBC shows a program only those of as many bits as itself."""
    found = has_access_driver()
    return Part("access_driver", found, ACCESS_DRIVER if found else "")


def _libreoffice() -> Part:
    program = office_program()
    return Part("libreoffice", program is not None, str(program or ""))


def _package(code: str, module: str, distribution: str) -> Part:
    if importlib.util.find_spec(module) is None:
        return Part(code, False)
    return Part(code, True, importlib.metadata.version(distribution))
