"""Packs Word and Excel files: without the time of day, or as a copy of another with some parts replaced."""

from __future__ import annotations

import copy
import io
import zipfile
from collections.abc import Iterable, Mapping
from typing import IO

from registerkit.ooxml.package import Package

__all__ = ["rewrite", "without_times"]

_ZIP_TIME = (1980, 1, 1, 0, 0, 0)


def without_times(data: bytes) -> bytes:
    """Return the same package with fixed times on its parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(_entry(name), source.read(name))
    return out.getvalue()


def rewrite(
    package: Package, file: IO[bytes], parts: Mapping[str, Iterable[bytes]], dropped: frozenset[str] = frozenset()
) -> None:
    """Write a copy of the package with `parts`, given in blocks, in place of its own or beside them.

    No part is ever held whole.
    """
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as out:
        for info in package.infos:
            if info.filename in dropped:
                continue
            entry = copy.copy(info)  # Writing changes it, and the package still reads by its own.
            _write(out, entry, parts.get(info.filename, package.blocks(info.filename)))
        for name, blocks in parts.items():
            if not package.has(name):
                _write(out, _entry(name), blocks)


def _write(out: zipfile.ZipFile, entry: zipfile.ZipInfo, blocks: Iterable[bytes]) -> None:
    with out.open(entry, "w") as target:
        for block in blocks:
            target.write(block)


def _entry(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _ZIP_TIME)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.create_system = 0  # Else the file tells on what system it was made, and differs by it.
    return info
