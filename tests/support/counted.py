"""What a workbook's formulas come to in another program: for tests that compare that with the values we keep."""

from __future__ import annotations

import re
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

__all__ = ["plain", "without_cached_values"]


def without_cached_values(source: Path, target: Path) -> None:
    """Copy a workbook without the values of its formulas, so that LibreOffice counts them when it opens the file."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            data = old.read(info.filename)
            if info.filename.startswith("xl/worksheets/sheet"):
                data = re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", data)
                data = re.sub(rb' t="str"(><f>)', rb"\1", data)
            new.writestr(info, data)


def plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, float):
        return round(value, 6)
    return None if value == "" else value
