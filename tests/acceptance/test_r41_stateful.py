"""R41: three workbooks and a store, edited, sorted, copied and synced in any order: nothing that was typed is lost.

Every text that is typed is one of a kind. After each sync of its file it stands in the store, in its history, in an
open conflict, or still in a file (a row that was copied with its number); the next sync has nothing left to do; and of
every file only the parts that sync owns have changed. In the end all files show what the store holds.
"""

from __future__ import annotations

import random
import shutil
import sqlite3
import tempfile
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from office import Office, headers
from sheets import Sheet, load

DEFINITION = Path(__file__).resolve().parents[1] / "definitions" / "incidents.toml"
SHEET, FIRST = "Incidenten", 5
NAMES = ("klachtenregister.xlsx", "noord.xlsx", "zuid.xlsx")
SOURCES = "".join(f'\n[[sources]]\npath = "{name}"\n' for name in NAMES[1:])
INPUTS = ("Gemeld op", "Plaats", "Soort incident", "Omschrijving", "Schade", "Stand")
FILES, SEEDS = st.sampled_from(NAMES), st.integers(0, 10**6)


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a project with three registers, each with the same five incidents."""
    office = Office(tmp_path_factory.mktemp("drie") / "p")
    office.init("--definition", str(DEFINITION))
    office.settings(SOURCES)
    office.type(*(incident(f"begin{n}") for n in range(5)), sheet=SHEET)
    office.run("sync", str(office.workbook))
    for name in NAMES[1:]:
        office.run("workbook", "-o", str(office.root / name))
    assert 0 == office.run("sync").code
    return office.root


def incident(word: str) -> dict[str, Any]:
    return {"Gemeld op": date(2026, 11, 2), "Plaats": f"p-{word}", "Soort incident": "val", "Omschrijving": f"o-{word}"}


class _Book:
    """One register, opened to be edited as a person would."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.book = load(path)
        self.sheet: Sheet = self.book[SHEET]
        self.columns = headers(self.sheet)

    def save(self) -> None:
        self.book.save(self.path)

    def get(self, row: int, name: str) -> Any:
        return self.sheet.cell(row, self.columns[name]).value

    def set(self, row: int, name: str, value: Any) -> None:
        self.sheet.cell(row, self.columns[name]).value = value

    def line(self, row: int) -> list[Any]:
        return [self.sheet.cell(row, column).value for column in range(1, self.sheet.max_column + 1)]

    def put(self, row: int, values: list[Any]) -> None:
        for column, value in enumerate(values, 1):
            self.sheet.cell(row, column).value = value

    def filled(self) -> list[int]:
        return [row for row in range(FIRST, self.sheet.max_row + 1) if self.get(row, "Plaats")]

    def blank(self) -> int:
        return next(row for row in range(FIRST, self.sheet.max_row + 2) if not self.get(row, "Plaats"))

    def texts(self) -> set[str]:
        cells = (cell for line in self.sheet.iter_rows(min_row=FIRST, values_only=True) for cell in line)
        return {cell for cell in cells if isinstance(cell, str)}


class ThreeRegisters(RuleBasedStateMachine):
    """What three offices do with their registers in a week."""

    begun: Path

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        root = Path(self.folder.name) / "p"
        shutil.copytree(self.begun, root)
        self.office = Office(root)
        self.count = 0
        self.waiting: dict[str, set[str]] = {name: set() for name in NAMES}
        self.owed: set[str] = set()

    def teardown(self) -> None:
        if hasattr(self, "office"):
            self.settle()
            self.folder.cleanup()

    # ---------------------------------------------------------------------------------------------------- what people do
    def word(self) -> str:
        self.count += 1
        return f"w{self.count}"

    def type(self, book: _Book, row: int, name: str, value: Any) -> None:
        """Type over a cell: what stood there and was not synced yet is gone by the person's own doing."""
        waiting = self.waiting[book.path.name]
        waiting.discard(str(book.get(row, name)))
        book.set(row, name, value)
        if isinstance(value, str) and value[:2] in ("p-", "o-"):
            waiting.add(value)

    @rule(name=FILES, seed=SEEDS, field=st.sampled_from(["Plaats", "Plaats", "Omschrijving", "Schade", "Stand"]))
    def edit(self, name: str, seed: int, field: str) -> None:
        book = _Book(self.office.root / name)
        chance = random.Random(seed)
        word = {"Plaats": f"p-{self.word()}", "Omschrijving": f"o-{self.word()}"}
        other = {"Schade": chance.randint(1, 900), "Stand": chance.choice(["nieuw", "bezig"])}
        if rows := book.filled():
            self.type(book, chance.choice(rows), field, {**word, **other}[field])
            book.save()

    @rule(name=FILES)
    def add(self, name: str) -> None:
        book = _Book(self.office.root / name)
        row = book.blank()
        for field, value in incident(self.word()).items():
            self.type(book, row, field, value)
        book.save()

    @rule(name=FILES, seed=SEEDS)
    def sort(self, name: str, seed: int) -> None:
        book = _Book(self.office.root / name)
        rows = book.filled()
        lines = [book.line(row) for row in rows]
        random.Random(seed).shuffle(lines)
        for row, line in zip(rows, lines, strict=True):
            book.put(row, line)
        book.save()

    @rule(name=FILES, seed=SEEDS)
    def copy_row(self, name: str, seed: int) -> None:
        """Copy a row with its number, and change the copy."""
        book = _Book(self.office.root / name)
        if rows := book.filled():
            blank = book.blank()
            book.put(blank, book.line(random.Random(seed).choice(rows)))
            self.type(book, blank, "Plaats", f"p-{self.word()}")
            book.save()

    @rule(name=FILES, other=FILES, seed=SEEDS)
    def move_row(self, name: str, other: str, seed: int) -> None:
        """Cut a row out of one file and paste it into another."""
        source, target = _Book(self.office.root / name), _Book(self.office.root / other)
        rows = source.filled()
        if name == other or not rows:
            return
        row = random.Random(seed).choice(rows)
        line = source.line(row)
        target.put(target.blank(), line)
        source.put(row, [None] * len(line))
        moved = {cell for cell in line if cell in self.waiting[name]}
        self.waiting[name] -= moved
        self.waiting[other] |= moved
        source.save()
        target.save()

    @rule(name=FILES)
    def keep_copy(self, name: str) -> None:
        shutil.copyfile(self.office.root / name, self.office.root / f"oud-{name}")

    @rule(name=FILES)
    def put_copy_back(self, name: str) -> None:
        """Put last month's copy back over the register, and go on in it."""
        old = self.office.root / f"oud-{name}"
        if old.exists():
            shutil.copyfile(old, self.office.root / name)
            self.waiting[name] = set()

    # ------------------------------------------------------------------------------------------------------------ syncs
    @rule()
    def sync_all(self) -> None:
        self.sync()

    @rule(name=FILES)
    def sync_one(self, name: str) -> None:
        self.sync(name)

    @rule(name=FILES, seed=SEEDS)
    def choose(self, name: str, seed: int) -> None:
        """Choose in a line of the attention sheet, and sync."""
        path = self.office.root / name
        lines = self.office.rows("Aandachtspunten", path)
        chance = random.Random(seed)
        words = {"conflict": ["opslag", "bestand"], "gone": ["terugzetten", "weglaten"], "note": ["gezien"]}
        for row, line in lines.items():
            kind = str(line["Verwijzing"] or "").partition(":")[0]
            if kind in words:
                self.office.change(row, {"Kies": chance.choice(words[kind])}, sheet="Aandachtspunten", path=path)
                self.sync(name)
                return

    def sync(self, *names: str, prefer: tuple[str, ...] = ()) -> None:
        files = [str(self.office.root / name) for name in names]
        before = {name: parts(self.office.root / name) for name in NAMES}
        result = self.office.run("sync", *files, *prefer)
        assert result.code in (0, 1), result.text
        for name in names or NAMES:
            self.owed |= self.waiting[name]
            self.waiting[name] = set()
        for name in NAMES:
            self.only_its_own_parts(before[name], parts(self.office.root / name))
        again = self.office.run("sync", *files).json
        told = {key: again[key] for key in ("new", "changed", "conflicts", "missing", "written_back")}
        assert told == {"new": 0, "changed": 0, "conflicts": [], "missing": [], "written_back": []}

    def only_its_own_parts(self, before: dict[str, bytes], after: dict[str, bytes]) -> None:
        """Charts, styles, help and whatever else lies in the file are the same bytes."""
        assert before.keys() == after.keys()
        changed = {part for part in before if before[part] != after[part]}
        own = ("xl/worksheets/", "xl/tables/", "docProps/custom.xml", "xl/workbook.xml")
        assert {part for part in changed if not part.startswith(own)} == set()

    @invariant()
    def nothing_is_lost(self) -> None:
        if not hasattr(self, "office") or not self.owed:
            return
        kept = known(self.office.root / "register.db")
        if self.owed <= kept:
            return
        for name in NAMES:
            kept |= _Book(self.office.root / name).texts()
        assert self.owed - kept == set()

    def settle(self) -> None:
        """Put what is gone back and let the store win; then every file shows what the store holds.

        A row in which all that tells a complaint was typed anew is another complaint: it loses its number.
        """
        for _ in range(3):
            self.sync(prefer=("--prefer", "store"))
            for finding in self.office.run("sync").json["findings"]:
                if finding["code"] == "number_of_another":
                    path = self.office.root / finding["file"]
                    self.office.change(finding["row"], {"Nummer": None}, sheet=SHEET, path=path)
            for name in NAMES:
                path = self.office.root / name
                for row, line in self.office.rows("Aandachtspunten", path).items():
                    if str(line["Verwijzing"] or "").startswith("gone"):
                        self.office.change(row, {"Kies": "terugzetten"}, sheet="Aandachtspunten", path=path)
        self.sync()
        self.nothing_is_lost()
        stored = {r["number"]: r for r in self.office.export()["incidents"]}
        for name in NAMES:
            book = _Book(self.office.root / name)
            shown: dict[str, list[Any]] = {}  # A copied row stands beside the one that has the number.
            for row in book.filled():
                shown.setdefault(str(book.get(row, "Nummer")), []).append(
                    plain([book.get(row, field) for field in INPUTS])
                )
            assert stored.keys() <= shown.keys() | left_out(self.office.root / "register.db", name)
            for number in stored.keys() & shown.keys():
                assert plain(list(of_store(stored[number]))) in shown[number]


def of_store(record: dict[str, Any]) -> tuple[Any, ...]:
    names = ("reported_on", "place", "category", "description", "damage", "state")
    return tuple(record[name] for name in names)


def plain(values: list[Any]) -> list[Any]:
    """Give values so that those of a file and those of the export can be compared."""
    return [v.date().isoformat() if hasattr(v, "date") else float(v) if isinstance(v, int) else v for v in values]


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as file:
        return {name: file.read(name) for name in file.namelist()}


def known(store: Path) -> set[str]:
    """Give every text that the store holds: in records, in the history, and in conflicts."""
    queries = ("SELECT old FROM rk_history", "SELECT new FROM rk_history", "SELECT file_value FROM rk_conflicts")
    connection = sqlite3.connect(store)
    try:
        return {text for query in queries for (text,) in connection.execute(query) if text}
    finally:
        connection.close()


def left_out(store: Path, name: str) -> set[str]:
    """Give the numbers that were chosen to be left out of a file."""
    query = "SELECT g.key FROM rk_gone g JOIN rk_sources s ON s.id = g.source_id WHERE g.left_out AND s.path = ?"
    connection = sqlite3.connect(store)
    try:
        return {key for (key,) in connection.execute(query, (name,))}
    finally:
        connection.close()


def _run(begun: Path, examples: int, steps: int) -> None:
    machine = type("ThreeRegisters", (ThreeRegisters,), {"begun": begun})
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    told = settings(
        max_examples=examples, stateful_step_count=steps, deadline=None, suppress_health_check=checks, print_blob=True
    )
    run_state_machine_as_test(machine, settings=told)


def test_r41_nothing_is_lost_between_three_registers_and_the_store(begun: Path) -> None:
    _run(begun, 8, 8)


@pytest.mark.slow
def test_r41_nothing_is_lost_in_two_thousand_weeks(begun: Path) -> None:
    _run(begun, 2000, 12)
