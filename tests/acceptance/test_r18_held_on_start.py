"""R18 and R21: the first sheet lists the letters that are held back, with what each lacks and where that is filled in.

The list is the very one that a trial run of the letters tells; a line goes by itself when what it lacks is filled in.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from office import COMPLAINT, Office
from sheets import load

TODAY = date.today()
"""LibreOffice counts with the day it is."""


@pytest.fixture(scope="module")
def waiting(made_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Make a project whose letters lack an address, a handler, the reasons, and a telephone number of the office."""
    root = tmp_path_factory.mktemp("wachtend") / "klachten"
    shutil.copytree(made_once, root)
    office = Office(root, on=TODAY)
    row = {**COMPLAINT, "Ontvangen op": TODAY - timedelta(days=3), "Behandelaar": "Jeroen Bakker"}
    answer = {"Oordeel": "ongegrond", "Oplossing": "afwijzing", "Wijze van afhandeling": "brief"}
    office.type(
        row | {"Postcode": None, "Woonplaats": None, "E-mail": None},
        row | {"Naam": "B. Bos", "Behandelaar": None},
        row | {"Naam": "C. Bos", "Beantwoord op": TODAY, **answer},
    )
    assert office.run("sync").code in (0, 1)
    return office


def held(office: Office) -> list[tuple[str, str]]:
    return [(h["number"], h["summary"]) for h in office.run("letters", "--dry-run").json["held"]]


def listed(path: Path, values: bool = True) -> list[Any]:
    start = load(path, values=values)["Start"]
    rows = start.iter_rows(min_row=9, max_row=58, values_only=True)
    return [(row[2], str(row[7]).partition(": ")[2]) for row in rows if row[1] == "brief wacht"]


def test_start_lists_what_a_trial_run_holds_back(waiting: Office) -> None:
    """As many, of the same complaints, for the same; the next sync has nothing to write."""
    assert sorted(listed(waiting.workbook)) == sorted(held(waiting))
    assert len(held(waiting)) >= 2
    before = waiting.workbook.read_bytes()
    waiting.run("sync")
    assert waiting.workbook.read_bytes() == before


def test_a_workbook_made_anew_lists_them_too(waiting: Office, tmp_path: Path) -> None:
    waiting.run("workbook", "-o", str(tmp_path / "nieuw.xlsx"))
    assert listed(tmp_path / "nieuw.xlsx") == listed(waiting.workbook)


@pytest.mark.soffice
def test_a_line_leads_to_what_it_lacks_and_goes_when_that_is_there(
    waiting: Office, soffice: Callable[..., Path], tmp_path: Path
) -> None:
    """Without a sync: the formulas see that a handler came, and that half of an address is none."""
    copy = tmp_path / "klachten.xlsx"
    shutil.copy(waiting.workbook, copy)
    rows = {row["Klachtnummer"]: n for n, row in waiting.rows().items()}
    name = load(copy).defined_names["held_letters"].attr_text
    sheet, column, first = re.fullmatch(r"'?(\w+)'?!\$([A-Z]+)\$(\d+)", name).groups()  # type: ignore[union-attr]
    counted = load(copy, values=True)
    cells = [counted[sheet][f"{column}{int(first) + n}"] for n in (1, 2)]
    links = {cell.value: counted[sheet].cell(int(first) + n, cell.column + 3).value for n, cell in enumerate(cells, 1)}
    headers = {cell.value: cell.column for cell in load(copy)["Register"][4]}
    for number, label in (("K-2026-0001", "Postcode"), ("K-2026-0002", "Behandelaar")):
        where = str(links[number]).rpartition("!")[2]
        assert load(copy)["Register"][where].column == headers[label]
        assert where.endswith(str(rows[number]))
    waiting.change(rows["K-2026-0001"], {"Postcode": "3512 AB"}, path=copy)
    waiting.change(rows["K-2026-0002"], {"Behandelaar": "Els Wouters"}, path=copy)
    numbers = [number for number, _ in listed(soffice(copy, "xlsx", count=True))]
    assert "K-2026-0001" in numbers
    assert "K-2026-0002" not in numbers


def test_what_the_office_fills_in_ends_its_lines(waiting: Office) -> None:
    """A detail that is taken out holds every letter, and the list says so after the sync."""
    row = next(n for n, row in waiting.rows("Gegevens").items() if row.get("Gegeven") == "Telefoon")
    waiting.change(row, {"Waarde": None}, sheet="Gegevens")
    waiting.run("sync")
    assert sorted(listed(waiting.workbook)) == sorted(held(waiting))
    assert any("organisatie" in lack for _, lack in held(waiting))


def test_under_awb_a_judgement_without_a_hearing_is_told_at_its_cell(office: Office) -> None:
    """What was typed stays; check and sync say it, Start lists the letter, and a ground on the sheet ends it."""
    file = office.root / "register.toml"
    file.write_text(file.read_text(encoding="utf-8").replace('profile = "eigen"', 'profile = "awb"'), encoding="utf-8")
    office.settings('\n[external.ombudsman]\nname = "Nationale ombudsman"\n')
    day = office.on - timedelta(days=2)
    answer = {
        "Oordeel": "ongegrond",
        "Oplossing": "afwijzing",
        "Wijze van afhandeling": "brief",
        "Motivering": "Nagekeken.",
    }
    answer |= {"Beantwoord op": day, "Behandelaar": "Jeroen Bakker", "Mag per e-mail": "ja"}
    (row,) = office.type({**COMPLAINT, **answer})

    def told(*words: str) -> list[str]:
        found = office.run(*words).json["findings"]
        return [f["cell"] for f in found if f["code"] == "closed_unheard"]

    cells = told("check", str(office.workbook)), told("sync")
    assert cells == ([cells[0][0]], [cells[0][0]])
    assert office.rows()[row]["Oordeel"] == "ongegrond"
    assert ("K-2026-0001", "de klager is niet gehoord") in held(office)
    assert sorted(listed(office.workbook)) == sorted(held(office))
    office.type({"Klachtnummer": "K-2026-0001", "Niet gehoord omdat": "de klager wil geen gesprek"}, sheet="Onderzoek")
    assert told("sync") == []
    assert listed(office.workbook) == []
