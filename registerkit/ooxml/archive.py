"""Opens the zip file that a workbook is packed in, and refuses what no program that makes workbooks would write.

Everything is looked at before a part is unpacked, so that a hostile file ends in a message.
"""

from __future__ import annotations

import lzma
import re
import zipfile
import zlib
from pathlib import Path

from registerkit.errors import (
    DamagedFileError,
    EmptyFileError,
    EncryptedFileError,
    MissingFileError,
    NotAWorkbookError,
)
from registerkit.files import system_error

__all__ = ["BROKEN", "HEAD", "MAX_UNPACKED", "OLE", "check_parts", "first_bytes", "open_zip"]

MAX_UNPACKED = 2 * 1024**3
"""Bytes that all parts together may unpack to."""
_LARGE = 64 * 1024**2
_MAX_RATIO = 400
"""How many times as large a large part may get; what Excel writes gets some 10 to 50 times as large."""
_MAX_PARTS = 20_000
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""What the container of old Excel files begins with, and that of files with a password."""
HEAD = 4096
"""Bytes within which a part's root element stands."""
_START = re.compile(rb"<!DOCTYPE|<[A-Za-z_]", re.I)
_ENCRYPTED = 0x1
BROKEN = (
    KeyError, RuntimeError, zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError,
)  # fmt: skip
"""What `zipfile` raises on a damaged file; a compression that it does not know is a kind of `RuntimeError`."""


def first_bytes(path: Path) -> bytes:
    """Return what a file begins with; raises one of the file errors when there is nothing to read."""
    try:
        with path.open("rb") as file:
            head = file.read(8)
    except FileNotFoundError:
        raise MissingFileError(path) from None
    except IsADirectoryError:
        raise NotAWorkbookError(path) from None
    except PermissionError as error:
        raise system_error(error, path) from None
    except OSError as error:
        raise DamagedFileError(path, problem=str(error)) from error
    if not head:
        raise EmptyFileError(path)
    return head


def _is_word(path: Path) -> bool:
    return path.suffix.lower() == ".docx"


def open_zip(path: Path) -> zipfile.ZipFile:
    """Open a file that should be a zip; raises one of the file errors."""
    head = first_bytes(path)
    if head == OLE:
        raise EncryptedFileError(path, reason="word" if _is_word(path) else None)
    if head[:2] != b"PK":
        raise NotAWorkbookError(path, reason="word" if _is_word(path) else None)
    try:
        return zipfile.ZipFile(path)
    except BROKEN as error:
        raise DamagedFileError(path, problem=str(error)) from error


def check_parts(archive: zipfile.ZipFile, path: Path) -> None:
    """Raise a file error when the parts are too many, too large, encrypted, or declare a document type.

    A document type can hold entities that unfold without end or name other files; no workbook has one.
    """
    infos = archive.infolist()
    if sum(info.file_size for info in infos) > MAX_UNPACKED:
        raise DamagedFileError(path, reason="too_large", limit=MAX_UNPACKED // 1024**2)
    if len(infos) > _MAX_PARTS or any(_is_bomb(info) for info in infos):
        raise DamagedFileError(path, reason="bomb")
    for info in infos:
        if info.flag_bits & _ENCRYPTED:
            raise EncryptedFileError(path, reason="word" if _is_word(path) else None)
        if info.filename.endswith((".xml", ".rels")):
            with archive.open(info) as file:
                start = _START.search(file.read(HEAD))
            if start is not None and start[0].upper() == b"<!DOCTYPE":
                raise DamagedFileError(path, reason="doctype", part=info.filename)


def _is_bomb(info: zipfile.ZipInfo) -> bool:
    return info.file_size > _LARGE and info.file_size > _MAX_RATIO * max(info.compress_size, 1)
