"""Packs a Word or Excel file without the time of day, so that the same content has the same bytes."""

from __future__ import annotations

import io
import zipfile

__all__ = ["without_times"]

_ZIP_TIME = (1980, 1, 1, 0, 0, 0)


def without_times(data: bytes) -> bytes:
    """Give the same package with fixed times on its parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            info = zipfile.ZipInfo(name, _ZIP_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0  # Else the file tells on what system it was made, and differs by it.
            target.writestr(info, source.read(name))
    return out.getvalue()
