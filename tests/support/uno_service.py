"""Run by LibreOffice's own Python: one LibreOffice that opens files, counts, and saves them in other formats.

`python uno_service.py PROFILE` reads a job per line from standard input, `{"source", "target", "kind", "count"}` as JSON,
and answers each with a line: `""`, or what went wrong. It ends, and LibreOffice with it, when its input does.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import uno  # type: ignore[import-not-found]  # noqa: F401  # Makes that what follows can be imported.
from com.sun.star.beans import PropertyValue  # type: ignore[import-not-found]
from uno_typing import connect

CALC = {
    "xlsx": "Calc MS Excel 2007 XML",
    "xls": "MS Excel 97",
    "ods": "calc8",
    "pdf": "calc_pdf_Export",
}
WRITER = {"pdf": "writer_pdf_Export"}


def option(name: str, value: Any) -> Any:
    found = PropertyValue()
    found.Name, found.Value = name, value
    return found


def convert(desktop: Any, job: dict[str, Any]) -> None:
    """Open a file as LibreOffice does and save it; `count` has all formulas counted first, as Excel does by itself."""
    document = desktop.loadComponentFromURL(Path(job["source"]).as_uri(), "_blank", 0, (option("Hidden", True),))
    if document is None:
        raise ValueError("LibreOffice could not load it")
    try:
        sheets = document.supportsService("com.sun.star.sheet.SpreadsheetDocument")
        if job["count"]:
            document.calculateAll()
        kept = (option("FilterName", (CALC if sheets else WRITER)[job["kind"]]), option("Overwrite", True))
        document.storeToURL(Path(job["target"]).as_uri(), kept)
    finally:
        document.close(True)


def main() -> None:
    process, desktop = connect(Path(sys.argv[1]).as_uri(), f"registerkit-tests-{os.getpid()}")
    try:
        for line in sys.stdin:
            told = ""
            try:
                convert(desktop, json.loads(line))
            except Exception as fault:
                told = f"{type(fault).__name__}: {fault}"
            print(json.dumps(told), flush=True)
    finally:
        try:
            desktop.terminate()
        except Exception:  # The connection breaks while LibreOffice ends.
            process.terminate()
        process.wait(30)


if __name__ == "__main__":
    main()
