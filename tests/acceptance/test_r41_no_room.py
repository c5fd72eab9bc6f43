"""R41: complaints for which no row stands ready: what stands below the table makes room, or they get their own sheet."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from office import Office
from ooxml_sdk import find_validator, sdk_findings
from python_calamine import CalamineWorkbook
from sheets import coordinates, load

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
NAMES = [f"{letter}. van der {letter}{letter.lower()}ssel" for letter in LETTERS] + ["Ada Mol", "Bea Pas"]
"""Three more than there are rows."""


@pytest.fixture
def small(office: Office) -> Office:
    """Give an office whose register has 25 prepared rows, and a list of three more complaints to read."""
    told = (office.root / "register.toml").read_text(encoding="utf-8")
    (office.root / "register.toml").write_text(
        re.sub(r"(?m)^(prepared|reserved) *=.*", r"\1 = 2", told), encoding="utf-8"
    )
    assert office.run("workbook", "--replace").code == 0
    lines = [f"02-11-2026;e-mail;{name};06 123456{n:02};Product: levering;Zaak {n}" for n, name in enumerate(NAMES)]
    head = "Ontvangen op;Wijze van melding;Naam;Telefoon;Categorie;Omschrijving"
    (office.root / "lijst.csv").write_text("\n".join([head, *lines]), encoding="utf-8")
    return office


def last_row(path: Path) -> int:
    return coordinates(load(path)["Register"].tables["Klachten"].ref.partition(":")[2])[0]


def retype(path: Path, part: str, change: Callable[[bytes], bytes]) -> None:
    """Change a part of a workbook as another program would have written it."""
    copy = path.with_suffix(".kopie")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as out:
        for info in source.infolist():
            out.writestr(info, change(source.read(info)) if info.filename == part else source.read(info))
    copy.replace(path)


def write_below(path: Path, *, block: bool, gap: int = 1) -> int:
    """Write a note below the register, and where `block` a block of formulas beside it through its end."""
    last = last_row(path)
    text = "<is><t>Deze lijst is van Balie 2</t></is>"
    at = last + 1 + gap
    note = f'<row r="{at}"><c r="A{at}" t="inlineStr">{text}</c></row>'
    formula = f'<c r="ZZ{last}"><f t="array" ref="ZZ{last}:ZZ{last + 1}">ROW()</f><v>1</v></c>'

    def change(xml: bytes) -> bytes:
        xml = xml.replace(b"</sheetData>", note.encode() + b"</sheetData>")
        end = xml.index(b"</row>", xml.index(b'<row r="%d"' % last))
        return xml[:end] + formula.encode() + xml[end:] if block else xml

    retype(path, load(path)["Register"].part, change)
    return last


def cells(path: Path, sheet: str) -> list[list[Any]]:
    return CalamineWorkbook.from_path(str(path)).get_sheet_by_name(sheet).to_python(skip_empty_area=False)


def of(outcome: Any, code: str) -> list[dict[str, Any]]:
    return [f for f in outcome.json["findings"] if f["code"] == code]


@pytest.mark.parametrize("gap", [0, 1])
def test_r41_a_note_below_the_register_moves_down_for_new_complaints(small: Office, gap: int) -> None:
    write_below(small.workbook, block=False, gap=gap)
    small.run("sync", str(small.root / "lijst.csv"))
    small.run("sync")
    head, *rows = cells(small.workbook, "Register")[3:]
    assert [row[head.index("Naam")] for row in rows[:28]] == NAMES
    assert rows[-1][0] == "Deze lijst is van Balie 2"
    assert small.run("sync").json["written_back"] == []
    assert find_validator() is None or sdk_findings(small.workbook) == []


def test_r41_what_cannot_move_gives_complaints_a_sheet_of_their_own(small: Office) -> None:
    last = write_below(small.workbook, block=True)
    small.run("sync", str(small.root / "lijst.csv"))
    (told,) = of(small.run("sync"), "rows_on_own_sheet")
    assert (told["sheet"], told["cell"]) == ("Register", f"ZZ{last}:ZZ{last + 1}")
    rows = cells(small.workbook, "Register 2")
    column = rows[0].index("Naam")
    assert [row[column] for row in rows[1:]] == NAMES[25:]
    assert small.run("sync").json["written_back"] == []
    assert small.run("sync").json["missing"] == []
    more = (small.root / "lijst.csv").read_text(encoding="utf-8").splitlines()
    changed = [line.replace("van der", "den").replace("06 1", "06 2").replace("Zaak", "Kwestie") for line in more[1:3]]
    (small.root / "meer.csv").write_text("\n".join([more[0], *changed]), encoding="utf-8")
    small.run("sync", str(small.root / "meer.csv"))
    assert len(of(small.run("sync"), "rows_on_own_sheet")) == 1
    assert [row[column] for row in cells(small.workbook, "Register 2")[1:]] == [
        *NAMES[25:],
        "A. den Aassel",
        "B. den Bbssel",
    ]
    assert find_validator() is None or sdk_findings(small.workbook) == []


def test_r41_where_no_sheet_can_come_one_finding_names_the_cell_and_the_numbers(small: Office) -> None:
    write_below(small.workbook, block=True)
    lock = b'<workbookProtection lockStructure="1"/><bookViews>'
    retype(small.workbook, "xl/workbook.xml", lambda xml: xml.replace(b"<bookViews>", lock))
    small.run("sync", str(small.root / "lijst.csv"))
    for _ in range(2):
        (told,) = of(small.run("sync"), "no_room")
        assert re.search(r"\(3\): (K-2026-\d{4}(, |\. )){3}", told["message"])
    assert small.run("sync").json["written_back"] == []
