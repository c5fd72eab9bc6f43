"""Writes report files so that the same content gives the same bytes, and a file that would not differ is left alone."""

from __future__ import annotations

import os
import tempfile
import zipfile
from io import BytesIO
from pathlib import Path

from registerkit.errors import LockedFileError

__all__ = ["without_clock", "write_when_changed"]

_ZIP_DATE = (1980, 1, 1, 0, 0, 0)


def without_clock(package: bytes) -> bytes:
    """Give an Office file with the times of packing taken out."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(package)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            info = zipfile.ZipInfo(name, _ZIP_DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0  # Else the file tells on what system it was made, and differs by it.
            target.writestr(info, source.read(name))
    return out.getvalue()


def write_when_changed(target: Path, content: bytes) -> bool:
    """Write through a temporary file and an atomic replace; tell whether it was needed.

    Raises `LockedFileError` when another program holds the file.
    """
    if target.exists() and target.read_bytes() == content:
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".registerkit-", suffix=".tmp", dir=target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(target)
    except PermissionError as error:
        raise LockedFileError(target) from error
    finally:
        temporary.unlink(missing_ok=True)
    return True
