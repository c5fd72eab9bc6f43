"""What can go wrong so that a command cannot do its work: one base class, two branches, one leaf per fault.

Faults inside filled files are no errors but findings (`findings.py`). An error carries the name of its text
in the catalogue (`texts/<language>/errors.toml`, `error.<code>.message` and `.fix`) and the values to fill in.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

from registerkit.texts import Texts

__all__ = [
    "AccessError",
    "BusyError",
    "DamagedFileError",
    "DefinitionError",
    "DiskError",
    "EmptyFileError",
    "EncryptedFileError",
    "FileError",
    "InputError",
    "LockedFileError",
    "MailError",
    "MissingColumnError",
    "MissingFileError",
    "NoRegisterTableError",
    "NotAWorkbookError",
    "OdbcError",
    "OtherRegisterError",
    "PdfError",
    "RegisterkitError",
    "SettingsError",
    "StoreError",
    "StoreLostError",
    "UnsupportedFileError",
    "UsageError",
    "WriteRefusedError",
]


_DAMAGE = (
    (("not a zip", "truncated", "end-of-stream", "eocd", "end of central", "unexpected end", "eof"), "cut_off"),
    (("crc", "checksum", "decompress", "inflate", "deflate"), "changed"),
)
"""What is usually the matter with a damaged file, by what the libraries say of it."""


class RegisterkitError(Exception):
    """A command cannot do its work; says where, what, why and what to do."""

    code: ClassVar[str] = "error"
    exit_code: ClassVar[int] = 3

    def __init__(self, file: Path | str | None = None, *, reason: str | None = None, **values: Any) -> None:
        self.file = None if file is None else str(file)
        self.reason = reason
        self.values = values
        self.others: tuple[RegisterkitError, ...] = ()
        """What else went wrong, to be told along with it."""
        super().__init__(f"{self.name}: {self.file or ''} {values}")

    @property
    def name(self) -> str:
        """The text's name in the catalogue: the code, with the reason behind it where a code has several."""
        return f"{self.code}.{self.reason}" if self.reason else self.code

    def message(self, texts: Texts) -> str:
        """Say where and what, in one sentence."""
        return texts(f"error.{self.name}.message", file=self.file, **self.values)

    def fix(self, texts: Texts) -> str:
        """Say what to do about it."""
        return texts(f"error.{self.name}.fix", file=self.file, **self.values)

    def full_message(self, texts: Texts) -> str:
        """Say both in one line."""
        return f"{self.message(texts)} {self.fix(texts)}"

    def as_json(self, texts: Texts) -> dict[str, Any]:
        """Return `{"code","message","fix","file"}`, the body of the contract's error document."""
        line = {"line": self.values["line"]} if self.values.get("line") else {}
        return {"code": self.name, "message": self.message(texts), "fix": self.fix(texts), "file": self.file, **line}


class InputError(RegisterkitError):
    """What was asked or configured is wrong."""


class UsageError(InputError):
    """A command was given words that do not fit."""

    code = "usage"
    exit_code = 2


class DefinitionError(InputError):
    """The definition file has a fault; `where` names the key."""

    code = "definition"


class SettingsError(InputError):
    """`register.toml` has a fault; `where` names the key and `line` its line, where that is known."""

    code = "settings"

    def message(self, texts: Texts) -> str:
        """Say where and what, in one sentence."""
        file, line = self.file, self.values.get("line")
        if line and "column" not in self.values:
            file = texts("place.in_line", file=file, line=line)
        return texts(f"error.{self.name}.message", file=file, **self.values)


class FileError(RegisterkitError):
    """A file cannot be used."""


class MissingFileError(FileError):
    """There is no such file or folder."""

    code = "missing_file"


class NotAWorkbookError(FileError):
    """The file is no Excel workbook, whatever its name says."""

    code = "not_a_workbook"


class EncryptedFileError(FileError):
    """The workbook has a password or a sensitivity label."""

    code = "encrypted"


class EmptyFileError(FileError):
    """The file holds no bytes."""

    code = "empty_file"


class DamagedFileError(FileError):
    """The workbook is damaged; `problem` is what the library that reads it says, which tells what is the matter."""

    code = "damaged"

    def message(self, texts: Texts) -> str:
        """Say where and what, in one sentence, without the words of the library."""
        said = str(self.values.get("problem", "")).lower()
        kind = next((kind for words, kind in _DAMAGE if any(word in said for word in words)), "other")
        what = texts(f"damage.{kind}")
        return texts(f"error.{self.name}.message", file=self.file, what=what, **self.values)


class UnsupportedFileError(FileError):
    """A kind of file that cannot be used for this."""

    code = "unsupported"


class DiskError(FileError):
    """The system refuses to read or write: the disk is full or read-only, nobody may, or a path is too long."""

    code = "disk"


class LockedFileError(FileError):
    """Another program holds the file."""

    code = "locked"


class NoRegisterTableError(FileError):
    """No table in the workbook is one of the register's."""

    code = "no_register_table"


class OtherRegisterError(FileError):
    """The workbook is another register's."""

    code = "other_register"


class MissingColumnError(FileError):
    """A column without which no row can be registered is not there."""

    code = "missing_column"


class WriteRefusedError(FileError):
    """Writing would lose something that people entered."""

    code = "write_refused"


class StoreError(RegisterkitError):
    """The store cannot be used."""

    code = "store"

    @property
    def may_pass(self) -> bool:
        """Whether the same work may well succeed in a while: the server is away."""
        return self.reason == "down"


class StoreLostError(StoreError):
    """The connection with the server was lost in the middle; what was not committed is as if it never was."""

    code = "store_lost"

    @property
    def may_pass(self) -> bool:
        """Whether the same work may well succeed in a while."""
        return True


class AccessError(FileError):
    """An Access file cannot be made or read: a part that it takes is missing, or the file would not be a sound one."""

    code = "access"


class OdbcError(FileError):
    """A table of a database that is reached through ODBC cannot be read."""

    code = "odbc"


class PdfError(FileError):
    """A document cannot be turned into a PDF file."""

    code = "pdf"


class MailError(RegisterkitError):
    """Mail cannot be sent; `file` is the server."""

    code = "mail"


class BusyError(RegisterkitError):
    """Another run of registerkit is at work in this project."""

    code = "busy"
