"""An office as tests see it: a project, its workbook typed in by `sheets` (never by our own code), and the command line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from click.testing import CliRunner
from sheets import Sheet, coordinates, load

from registerkit.cli.main import cli

__all__ = ["COMPLAINT", "Office", "Outcome"]

COMPLAINT = {
    "Ontvangen op": date(2026, 11, 2),
    "Wijze van melding": "telefoon",
    "Naam": "J. Jansen",
    "Telefoon": "030 123 45 67",
    "E-mail": "j.jansen@voorbeeld.example",
    "Straat en huisnummer": "Lindelaan 12",
    "Postcode": "3512 AB",
    "Woonplaats": "Utrecht",
    "Categorie": "Product: levering",
    "Omschrijving": "De fiets is niet geleverd.",
}
"""A complaint that can be registered as it is."""

SETTINGS = """
[organisation]
name = "De Spaak BV"
address = "Oude Singel 48"
postcode = "3512 XZ"
city = "Utrecht"
phone = "030 555 01 20"
email = "klachten@despaak.example"
"""

STAFF = [
    {
        "Code": "SV",
        "Naam": "Sanne de Vries",
        "Afdeling": "Klantenservice",
        "Rol": "coördinator",
        "E-mail": "sv@despaak.example",
    },
    {
        "Code": "JB",
        "Naam": "Jeroen Bakker",
        "Afdeling": "Logistiek",
        "Rol": "behandelaar",
        "E-mail": "jb@despaak.example",
    },
    {
        "Code": "EW",
        "Naam": "Els Wouters",
        "Afdeling": "Logistiek",
        "Rol": "leidinggevende",
        "E-mail": "ew@despaak.example",
    },
]


@dataclass(frozen=True)
class Outcome:
    """What a command gave: its exit code, what stood on the screen, and the JSON document when asked for."""

    code: int
    text: str
    json: Any


class Office:
    """One project folder and the people who work in it."""

    def __init__(self, root: Path, on: date = date(2026, 11, 20)) -> None:
        self.root = root
        self.on = on

    @property
    def workbook(self) -> Path:
        """The office's register."""
        return self.root / "klachtenregister.xlsx"

    def run(self, *words: str, on: date | None = None) -> Outcome:
        """Run a command with --json in this project."""
        arguments = [*words, "--project", str(self.root), "--on", (on or self.on).isoformat(), "--json"]
        result = CliRunner().invoke(cli, arguments, catch_exceptions=False)
        return Outcome(result.exit_code, result.output, json.loads(result.stdout) if result.stdout.strip() else None)

    def say(self, *words: str, on: date | None = None) -> Outcome:
        """Run a command as a person would, without --json."""
        arguments = [*words, "--project", str(self.root), "--on", (on or self.on).isoformat()]
        result = CliRunner().invoke(cli, arguments, catch_exceptions=False)
        return Outcome(result.exit_code, result.output, None)

    def process(self, *words: str, script: str | None = None) -> subprocess.CompletedProcess[str]:
        """Run a command in a process of its own; `script` is Python that runs before it."""
        call = f"{script or ''}\nfrom registerkit.cli.main import main\nmain({list(words)!r} + {self._shared()!r})"
        environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
        return subprocess.run(
            [sys.executable, "-c", call], capture_output=True, text=True, encoding="utf-8", env=environment, timeout=120
        )

    def _shared(self) -> list[str]:
        return ["--project", str(self.root), "--on", self.on.isoformat(), "--json"]

    def init(self, *words: str) -> Outcome:
        """Make the project."""
        return self.run("init", str(self.root), "--organisation", "De Spaak BV", *words)

    def settings(self, text: str = SETTINGS) -> None:
        """Replace the organisation's part of register.toml, or add more to it."""
        file = self.root / "register.toml"
        told = file.read_text(encoding="utf-8")
        if text == SETTINGS:
            told = told.replace('[organisation]\nname = "De Spaak BV"\n', text.lstrip())
        else:
            told += text
        file.write_text(told, encoding="utf-8")

    # ------------------------------------------------------------------------------------------------ the workbook
    def type(self, *rows: dict[str, Any], sheet: str = "Register", path: Path | None = None) -> list[int]:
        """Type rows into the first prepared rows of a sheet; gives the rows used."""
        book = load(path or self.workbook)
        used = [type_row(book[sheet], row) for row in rows]
        book.save(path or self.workbook)
        return used

    def change(self, row: int, values: dict[str, Any], sheet: str = "Register", path: Path | None = None) -> None:
        """Change cells of a row, by header."""
        book = load(path or self.workbook)
        columns = headers(book[sheet])
        for header, value in values.items():
            book[sheet].cell(row, columns[header]).value = value
        book.save(path or self.workbook)

    def rows(self, sheet: str = "Register", path: Path | None = None) -> dict[int, dict[str, Any]]:
        """Read the rows of a sheet that hold more than a key, by row number."""
        lines = list(load(path or self.workbook, values=True)[sheet].iter_rows(values_only=True))
        top = next(n for n, cells in enumerate(lines) if is_header(cells))
        found = {}
        for number, cells in enumerate(lines[top + 1 :], top + 2):
            row = {str(h): value for h, value in zip(lines[top], cells, strict=False) if h is not None}
            if any(v not in (None, "") for h, v in row.items() if h not in ("Klachtnummer", "Complaint number")):
                found[number] = row
        return found

    def export(self) -> dict[str, list[dict[str, Any]]]:
        """Give everything the store holds."""
        target = self.root / "alles.json"
        assert self.run("export", str(target)).code == 0
        document: dict[str, list[dict[str, Any]]] = json.loads(target.read_text(encoding="utf-8"))
        target.unlink()
        return document

    def complaints(self) -> list[dict[str, Any]]:
        """Give the complaints the store holds."""
        return self.export()["complaints"]


def is_header(cells: Sequence[Any]) -> bool:
    """Tell a table's row of headers: it has no gaps, as the titles and the names of groups above it have."""
    filled = [n for n, value in enumerate(cells) if value is not None]
    return len(filled) > 2 and filled[-1] - filled[0] + 1 == len(filled)


def header_row(sheet: Sheet) -> int:
    """Give the row with the headers of a sheet's table."""
    table = next(iter(sheet.tables.values()))
    return coordinates(table.ref.partition(":")[0])[0]


def headers(sheet: Sheet) -> dict[str, int]:
    """Give the columns of a sheet's table by header."""
    row = header_row(sheet)
    return {str(cell.value): cell.column for cell in sheet[row] if cell.value is not None}


def type_row(sheet: Sheet, values: dict[str, Any]) -> int:
    """Type values into the first row without any, past rows in use."""
    columns, row = headers(sheet), header_row(sheet) + 1
    inputs = [c for h, c in columns.items() if h in values]
    while any(sheet.cell(row, c).value not in (None, "") for c in inputs):
        row += 1
    for header, value in values.items():
        sheet.cell(row, columns[header]).value = value
    return row
