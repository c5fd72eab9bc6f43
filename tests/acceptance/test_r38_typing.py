"""R38 and R04 to R09: what the workbook takes and refuses while someone types, as LibreOffice's own rules say."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from office import Office, header_row, headers
from sheets import column_letters, load

SCRIPT = Path(__file__).parents[1] / "support" / "uno_typing.py"
CASES = [
    # sheet, header, typed, taken, what else stands in the row
    ("Register", "Wijze van melding", "telefoon", True, {}),
    ("Register", "Wijze van melding", "rooksignaal", False, {}),
    ("Register", "Ontvangen op", "31-12-2025", True, {}),
    ("Register", "Ontvangen op", "31-12-2099", False, {}),
    ("Register", "Ontvangen op", "31-12-1999", False, {}),
    ("Register", "Ontvangen op", "gisteren", False, {}),
    ("Register", "Postcode", "3512 AB", True, {}),
    ("Register", "Postcode", "1000", True, {}),
    ("Register", "Postcode", "12AB", False, {}),
    ("Register", "E-mail", "j.jansen@voorbeeld.example", True, {}),
    ("Register", "E-mail", "geen mail", False, {}),
    ("Register", "Subcategorie", "Te laat geleverd", True, {"Categorie": "Product: levering"}),
    ("Register", "Subcategorie", "Dubbel gefactureerd", False, {"Categorie": "Product: levering"}),
    ("Register", "Subcategorie", "Te laat geleverd", False, {}),
    ("Register", "Behandelaar", "Jeroen Bakker", True, {}),
    ("Register", "Behandelaar", "Iemand Anders", False, {}),
    ("Register", "Financieel belang", "12,50", True, {}),
    ("Register", "Financieel belang", "-5", False, {}),
    ("Register", "Financieel belang", "veel", False, {}),
    ("Register", "Tevredenheid", "5", True, {}),
    ("Register", "Tevredenheid", "6", False, {}),
    ("Register", "Tevredenheid", "2,5", False, {}),
    ("Register", "Consument", "ja", True, {}),
    ("Register", "Consument", "misschien", False, {}),
    ("Register", "Signaal", "op tijd", False, {}),
    ("Register", "Termijn", "zes weken", False, {}),
    ("Contactmomenten", "Klachtnummer", "K-2026-0001", True, {}),
    ("Contactmomenten", "Klachtnummer", "K-1999-0001", False, {}),
    ("Contactmomenten", "Datum", "01-11-2026", True, {}),
    ("Medewerkers", "Rol", "behandelaar", True, {}),
    ("Medewerkers", "Rol", "directeur", False, {}),
    ("Feestdagen", "In gebruik", "nee", True, {}),
    ("Feestdagen", "In gebruik", "soms", False, {}),
]  # fmt: skip


@pytest.fixture
def typing(uno_python: str, tmp_path: Path) -> Callable[[Path, list[list[str]]], list[bool]]:
    """Give a function that types into a workbook and tells what is refused."""

    def type_in(workbook: Path, typed: list[list[str]]) -> list[bool]:
        command = [uno_python, str(SCRIPT), str(workbook), str(tmp_path / "profile")]
        done = subprocess.run(command, input=json.dumps(typed), capture_output=True, text=True, timeout=240, check=True)
        found: list[bool] = json.loads(done.stdout.splitlines()[-1])
        return found

    return type_in


@pytest.mark.soffice
def test_r38_typing_is_taken_or_refused_as_the_definition_says(office: Office, complaint: Any, typing: Any) -> None:
    """Dropdowns, dependent dropdowns, dates, amounts, postcodes, persons, numbers and columns that count themselves."""
    office.type(complaint)
    assert 0 == office.run("sync").code
    book = load(office.workbook)
    typed, judged = [], []
    used: dict[str, int] = {}
    for sheet, header, text, _, beside in CASES:
        row = header_row(book[sheet]) + 10 + used.setdefault(sheet, 0)
        used[sheet] += 1
        columns = headers(book[sheet])
        for other, value in beside.items():
            typed.append([sheet, f"{column_letters(columns[other])}{row}", value])
        judged.append(len(typed))
        typed.append([sheet, f"{column_letters(columns[header])}{row}", text])
    refused = typing(office.workbook, typed)
    wrong = [case[:4] for case, place in zip(CASES, judged, strict=True) if case[3] == refused[place]]
    assert "" == "\n".join(map(str, wrong))
