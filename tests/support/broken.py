"""Copies of a workbook with one part changed, left out or added: for tests of what must be found in them."""

from __future__ import annotations

import zipfile
from pathlib import Path

__all__ = ["changed", "rewritten"]


def changed(source: Path, target: Path, part: str, old: str, new: str) -> Path:
    """Write a copy in which `old`, which must stand in the part, is `new` where it stands first."""
    with zipfile.ZipFile(source) as package:
        text = package.read(part).decode()
    assert old in text, f"{part} does not hold {old}"
    return rewritten(source, target, {part: text.replace(old, new, 1).encode()})


def rewritten(source: Path, target: Path, parts: dict[str, bytes | None]) -> Path:
    """Write a copy with other parts: bytes replace or add one, None leaves it out."""
    with zipfile.ZipFile(source) as package, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for info in package.infolist():
            data = parts.get(info.filename, package.read(info))
            if data is not None:
                copy.writestr(info, data)
        for name in parts.keys() - set(package.namelist()):
            if (data := parts[name]) is not None:
                copy.writestr(name, data)
    return target
