"""Packs Word and Excel files: without the time of day, or as a copy of another with some parts replaced."""

from __future__ import annotations

import copy
import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from typing import IO

from registerkit.ooxml.package import Package

__all__ = ["Mould", "rewrite", "without_times"]

_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
_LOCAL, _CENTRAL, _END = "<4s5H3L2H", "<4s6H3L5H2L", "<4s4H2LH"
_ZIP_VERSION, _DEFLATED, _FIRST_DAY = 20, 8, 33
"""How a ZIP writes the version it needs, that a part is deflated, and 1 January 1980."""


def without_times(data: bytes) -> bytes:
    """Return the same package with fixed times on its parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(_entry(name), source.read(name))
    return out.getvalue()


class Mould:
    """A package of which the same parts change every time: all others are packed once."""

    def __init__(self, data: bytes, *, fixed: Mapping[str, bytes], changing: Iterable[str]) -> None:
        out, changing = io.BytesIO(), set(changing)
        with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
            for name in source.namelist():
                if name not in changing:
                    target.writestr(_entry(name), fixed.get(name) or source.read(name))
        packed = out.getvalue()
        *_, self._count, size, start, _ = struct.unpack(_END, packed[-struct.calcsize(_END) :])
        self._parts, self._directory = packed[:start], packed[start : start + size]

    def filled(self, parts: Mapping[str, bytes]) -> bytes:
        """Return the package with these parts; the same parts give the same bytes."""
        out, directory, at = [self._parts], [self._directory], len(self._parts)
        for name, data in parts.items():
            packer = zlib.compressobj(wbits=-15)
            packed, written = packer.compress(data) + packer.flush(), name.encode("ascii")
            same = (0, _DEFLATED, 0, _FIRST_DAY, zlib.crc32(data), len(packed), len(data), len(written), 0)
            head = struct.pack(_LOCAL, b"PK\3\4", _ZIP_VERSION, *same) + written
            directory.append(
                struct.pack(_CENTRAL, b"PK\1\2", _ZIP_VERSION, _ZIP_VERSION, *same, 0, 0, 0, 0, at) + written
            )
            out += [head, packed]
            at += len(head) + len(packed)
        listed, count = b"".join(directory), self._count + len(parts)
        return b"".join([*out, listed, struct.pack(_END, b"PK\5\6", 0, 0, count, count, len(listed), at, 0)])


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
