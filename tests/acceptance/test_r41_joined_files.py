"""R41: the same on real files: workbooks that LibreOffice saves in between, a list and an Access file as sources, copies put back."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from access_typing import add_row, change_row, rows_of
from joined import DEFINITION, FILE, OWN, House, Typed, live
from libreoffice import LibreOffice
from office import Office, header_row, headers
from sheets import coordinates, load

pytestmark = pytest.mark.usefixtures("access_writer")

SHEET, HEADS = "Incidenten", {f.id: f.labels["nl"] for f in DEFINITION.main.fields}
BRANCH, LIST, ACCESS = "noord.xlsx", "lijst.csv", "balie.accdb"
SOURCES = "".join(f'\n[[sources]]\npath = "{name}"\n' for name in (BRANCH, LIST, ACCESS))
RUNS, STEPS = 1, 16
LONG = range(100, 106)
"""Together some three hundred merges, of the long runs."""


class RegisterFile:
    """A workbook that is typed in; its cells by row, in the order of the definition's fields."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._book = load(path)
        sheet = self._book[SHEET]
        columns = headers(sheet)
        self._columns = [columns.get(head) for head in HEADS.values()]
        table = next(iter(sheet.tables.values()))
        last = max(coordinates(table.ref.rpartition(":")[2])[0], sheet.max_row)
        self.rows = {
            n: [sheet.cell(n, column).value if column else None for column in self._columns]
            for n in range(header_row(sheet) + 1, last + 1)
        }
        self._before = deepcopy(self.rows)

    @property
    def last(self) -> int:
        return max(self.rows)

    def set(self, row: int, column: int, value: Any) -> None:
        cells = self.rows.setdefault(row, [None] * len(HEADS))
        cells[column] = None if value == "" else value

    def save(self) -> None:
        nothing = [None] * len(HEADS)
        for row, cells in self.rows.items():
            for column, value, before in zip(self._columns, cells, self._before.get(row, nothing), strict=True):
                if column and value != before:
                    self._book[SHEET].cell(row, column).value = value
        self._book.save(self.path)


class RealHouse(House):
    """Two offices, each with two registers, a list that a web form fills, and an Access file of the front desk."""

    libreoffice: LibreOffice

    def open(self, path: Path) -> Typed:
        return RegisterFile(path)

    def file(self, root: Path) -> Typed:
        """Give one of the two registers, the same until something is typed."""
        return self.open(root / (FILE, BRANCH)[self.count % 2])

    def new(self, path: Path) -> dict[str, Any]:
        """Give an incident that is typed in a file."""
        self.count += 1
        incident = f"i{self.count}"
        place = self.word(incident)
        self.waiting.setdefault(path, set()).add(place)
        return {"received_on": date(2026, 11, 3), "place": place, "category": "val", "description": f"verhaal {incident}"}  # fmt: skip

    def another(self, path: Path, told: str, place: str) -> str:
        """Give another place for an incident, typed over the one that stood there."""
        self.waiting.setdefault(path, set()).discard(place)
        word = self.word(told.split()[1])
        self.waiting[path].add(word)
        return word

    def list_grows(self, root: Path) -> None:
        new = self.new(root / LIST) | {"received_on": "3-11-2026"}
        self._write(root, [*self._lines(root), {HEADS[field]: value for field, value in new.items()}])

    def list_changes(self, root: Path) -> None:
        lines = self._lines(root)
        self.chance.shuffle(lines)
        for line in lines[:1]:
            line["Plaats"] = self.another(root / LIST, line["Omschrijving"], line["Plaats"])
        self._write(root, lines)

    def _lines(self, root: Path) -> list[dict[str, str]]:
        with (root / LIST).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file, delimiter=";"))

    def _write(self, root: Path, lines: list[dict[str, str]]) -> None:
        with (root / LIST).open("w", encoding="utf-8", newline="") as file:
            fields = ("received_on", "place", "category", "description")
            writer = csv.DictWriter(file, [HEADS[field] for field in fields], delimiter=";")
            writer.writeheader()
            writer.writerows(lines)

    def desk_types(self, root: Path) -> None:
        add_row(root / ACCESS, SHEET, {HEADS[field]: value for field, value in self.new(root / ACCESS).items()})

    def desk_changes(self, root: Path) -> None:
        rows = [row for row in rows_of(root / ACCESS, SHEET) if row["Plaats"]]
        if rows:
            row = self.chance.choice(rows)
            place = self.another(root / ACCESS, row["Omschrijving"], row["Plaats"])
            change_row(root / ACCESS, SHEET, ("Omschrijving", row["Omschrijving"]), {"Plaats": place})

    def save_elsewhere(self, root: Path) -> None:
        """Open the register in another program, and save it."""
        path = self.file(root).path
        saved = root / "elders" / path.name
        self.libreoffice.convert(path, saved)
        shutil.move(saved, path)

    def keep(self, root: Path) -> None:
        assert Office(root).run("backup").code == 0

    def put_back(self, root: Path) -> None:
        copies = Office(root).run("restore").json["copies"]
        if copies:
            assert Office(root).run("restore", self.chance.choice(copies)["file"]).code == 0

    def shown(self, root: Path) -> Iterator[Any]:
        yield from super().shown(root)
        for line in (*self._lines(root), *rows_of(root / ACCESS, SHEET)):
            yield from line.values()

    def steps(self) -> list[Callable[[Path], Any]]:
        return [
            *super().steps(), self.list_grows, self.list_changes, self.desk_types, self.desk_changes,
            self.save_elsewhere, self.put_back,
        ]  # fmt: skip


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a project with a register, a list and an Access file, in which nothing was typed yet."""
    office = Office(tmp_path_factory.mktemp("begin") / "p")
    assert office.init("--definition", str(OWN)).code == 0
    assert office.run("database", str(office.root / ACCESS)).code == 0
    assert office.run("workbook", "-o", str(office.root / BRANCH)).code == 0
    office.settings(SOURCES)
    (office.root / LIST).write_text("Gemeld op;Plaats;Soort incident;Omschrijving\n", encoding="utf-8")
    return office.root


@pytest.mark.parametrize("seed", range(RUNS))
def test_r41_two_offices_with_real_files_write_over_nobody(
    begun: Path, tmp_path: Path, libreoffice: LibreOffice, seed: int
) -> None:
    run(begun, tmp_path, libreoffice, seed, STEPS)


@pytest.mark.slow
def test_r41_however_long_they_go_on_with_real_files(begun: Path, tmp_path: Path, libreoffice: LibreOffice) -> None:
    for seed in LONG:
        run(begun, tmp_path / str(seed), libreoffice, seed, 3 * STEPS)


def run(begun: Path, folder: Path, libreoffice: LibreOffice, seed: int, steps: int) -> int:
    """Give the number of merges."""
    shutil.copytree(begun, folder / "een")
    house = RealHouse(folder, seed)
    house.libreoffice = libreoffice
    live(house, steps)
    return house.merges
