"""Run by LibreOffice's own Python: types texts into cells and tells which of them their validation refuses.

`python uno_typing.py WORKBOOK PROFILE` reads `[[sheet, cell, text], …]` from standard input and writes `[refused, …]`.
The cells are filled first, all of them, so that one may depend on another; then LibreOffice is asked to mark what is
invalid, which asks the same question as when someone types.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import uno  # type: ignore[import-not-found]
from com.sun.star.sheet.ValidationType import ANY  # type: ignore[import-not-found]

DUTCH = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse">
<value>nl-NL</value></prop></item></oor:items>
"""
"""Days and amounts are typed as in a Dutch office."""


def speak_dutch(profile: Path) -> None:
    """Set the language that LibreOffice reads numbers and days in."""
    (profile / "user").mkdir(parents=True, exist_ok=True)
    (profile / "user" / "registrymodifications.xcu").write_text(DUTCH, encoding="utf-8")


def connect(profile: str, pipe: str) -> tuple[subprocess.Popen[bytes], Any]:
    """Start LibreOffice and give its process and its desktop."""
    options = [f"-env:UserInstallation={profile}", "--headless", "--norestore", f"--accept=pipe,name={pipe};urp;"]
    process = subprocess.Popen(["soffice", *options])
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(120):
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return process, context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        except Exception:  # It says that nobody listens yet; the type is made while LibreOffice starts.
            time.sleep(0.5)
    raise SystemExit("LibreOffice did not start")


def refused(document: Any, typed: list[list[str]]) -> list[bool]:
    """Fill the cells as if they were typed, and tell for each whether it is marked as invalid."""
    cells = []
    for sheet, cell, text in typed:
        target = document.Sheets.getByName(sheet).getCellRangeByName(cell)
        target.FormulaLocal = text
        cells.append((sheet, target))
    for name in {sheet for sheet, _ in cells}:
        rows = [cell.CellAddress.Row for sheet, cell in cells if sheet == name]
        leave_out(document.Sheets.getByName(name), min(rows), max(rows))
    marks = {name: marked(document.Sheets.getByName(name)) for name in {sheet for sheet, _ in cells}}
    return [any(inside(cell, mark) for mark in marks[sheet]) for sheet, cell in cells]


def leave_out(sheet: Any, first: int, last: int) -> None:
    """Take the rules off all other rows: LibreOffice marks no more than a thousand cells of a sheet."""
    for top, bottom in ((0, first - 1), (last + 1, 3000)):
        others = sheet.getCellRangeByPosition(0, top, 200, bottom)
        rule = others.Validation
        rule.Type = ANY
        others.Validation = rule


def marked(sheet: Any) -> list[tuple[int, int]]:
    """Give the middle of every mark that LibreOffice draws round an invalid cell."""
    sheet.Columns.IsVisible = True  # A mark in a folded column has no size.
    before = sheet.DrawPage.Count
    sheet.showInvalid()
    shapes = [sheet.DrawPage.getByIndex(n) for n in range(before, sheet.DrawPage.Count)]
    return [(s.Position.X + s.Size.Width // 2, s.Position.Y + s.Size.Height // 2) for s in shapes]


def inside(cell: Any, point: tuple[int, int]) -> bool:
    x, y = point[0] - cell.Position.X, point[1] - cell.Position.Y
    return 0 < x < cell.Size.Width and 0 < y < cell.Size.Height


def main() -> None:
    workbook, profile = Path(sys.argv[1]), Path(sys.argv[2])
    speak_dutch(profile)
    process, desktop = connect(profile.as_uri(), f"registerkit{abs(hash(profile))}")
    try:
        document = desktop.loadComponentFromURL(workbook.as_uri(), "_blank", 0, ())
        print(json.dumps(refused(document, json.load(sys.stdin))))
        document.close(True)
    finally:
        try:
            desktop.terminate()
        except Exception:  # The connection breaks while LibreOffice ends.
            process.terminate()
        process.wait(30)


if __name__ == "__main__":
    main()
