"""Two offices that began as one, and what people do in both of them: for random runs that must lose nothing.

Every place that is typed says which incident it belongs to, and so does the description it stands beside: a record that
holds another incident's place was written over. Every word that was typed is in the end in a store, in its history, in
an open conflict, or was typed over by the person himself.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from plain_files import PlainFile, columns_of

from registerkit import Project
from registerkit.definition import load_definition

__all__ = ["AT", "DEFINITION", "FILE", "OWN", "House", "live"]

OWN = Path(__file__).resolve().parents[1] / "definitions" / "incidents.toml"
DEFINITION = load_definition(OWN)
AT = columns_of(DEFINITION)
FILE = "klachtenregister.xlsx"


class Typed(Protocol):
    """A file that is typed in: its cells by row."""

    path: Path
    rows: dict[int, list[Any]]

    def set(self, row: int, column: int, value: Any) -> None: ...
    def save(self) -> None: ...
    @property
    def last(self) -> int: ...


class House:
    """Two offices that began as one, and all that was typed in them."""

    def __init__(self, root: Path, seed: int) -> None:
        self.chance = random.Random(seed)
        self.roots = [root / "een"]
        self.merges = 0
        self.count = 0
        self.waiting: dict[Path, set[str]] = {}
        self.past: set[str] = set()
        """Words that gave way to others with the knowledge of a store, which may have been put back since."""

    # ---------------------------------------------------------------------------------------------- what people do
    def part(self) -> None:
        """Copy the folder, once."""
        if len(self.roots) == 1:
            other = self.roots[0].with_name("twee")
            shutil.copytree(self.roots[0], other)
            self.roots.append(other)
            self.waiting[other / FILE] = set(self.waiting.get(self.roots[0] / FILE, ()))

    def open(self, path: Path) -> Typed:
        return PlainFile.load(path)

    def file(self, root: Path) -> Typed:
        return self.open(root / FILE)

    def word(self, incident: str) -> str:
        self.count += 1
        return f"p/{incident}/{self.count}"

    def put(self, file: Typed, row: int, field: str, value: Any) -> None:
        cells = file.rows.get(row, [])
        waiting = self.waiting.setdefault(file.path, set())
        waiting.discard(cells[AT[field]] if AT[field] < len(cells) else "")
        file.set(row, AT[field], value)
        if isinstance(value, str) and value.startswith("p/"):
            waiting.add(value)

    def filled(self, file: Typed) -> list[int]:
        return [n for n, cells in file.rows.items() if len(cells) > AT["description"] and cells[AT["description"]]]

    def add(self, root: Path) -> None:
        file = self.file(root)
        free = [n for n in file.rows if n not in self.filled(file)]
        row = free[0] if free else file.last + 1
        self.count += 1
        incident = f"i{self.count}"
        told = {"received_on": date(2026, 11, 2), "category": "val", "description": f"verhaal {incident}"}
        for field, value in {**told, "place": self.word(incident)}.items():
            self.put(file, row, field, value)
        file.save()

    def edit(self, root: Path) -> None:
        file = self.file(root)
        for row in self.chance.sample(self.filled(file), min(2, len(self.filled(file)))):
            incident = str(file.rows[row][AT["description"]]).split()[1]
            self.put(file, row, "place", self.word(incident))
        file.save()

    def sort(self, root: Path) -> None:
        file = self.file(root)
        rows = self.filled(file)
        lines = [file.rows[row] for row in rows]
        self.chance.shuffle(lines)
        file.rows |= dict(zip(rows, lines, strict=True))
        file.save()

    def shift(self, root: Path) -> None:
        """Delete a cell of the descriptions so that those below come up, sync, and see to it later."""
        file = self.file(root)
        rows = self.filled(file)
        if len(rows) < 3 or not all(file.rows[row][0] for row in rows):
            return
        self.sync(root)
        file, known = self.file(root), self.records(root)
        rows = [row for row in self.filled(file) if file.rows[row][0] in known]
        before = {row: file.rows[row][AT["description"]] for row in rows}
        for row, other in zip(rows, [*rows[1:], None], strict=True):
            file.set(row, AT["description"], before[other] if other else "")
        file.save()
        self.sync(root)
        file = self.file(root)
        for row, text in before.items():
            file.set(row, AT["description"], text)
        file.save()

    def clear_numbers(self, root: Path) -> None:
        """Clear the numbers of some rows, or of all, as who selects too much and presses Delete."""
        file = self.file(root)
        rows = self.filled(file)
        for row in rows if self.chance.random() < 0.5 else rows[:2]:
            file.set(row, 0, None)
        file.save()

    def mail(self, root: Path) -> None:
        """Send a copy of the register to the other office, which reads it."""
        for other in self.roots:
            if other != root:
                mailed = other / f"gemaild{self.chance.randint(1, 2)}.xlsx"
                shutil.copyfile(root / FILE, mailed)
                self.waiting[mailed] = set(self.waiting.get(root / FILE, ()))
                self.sync(other, mailed)

    def visit(self, root: Path) -> None:
        """Let the other office read the register itself, and write in it."""
        for other in self.roots:
            if other != root:
                self.sync(other, root / FILE)

    def keep(self, root: Path) -> None:
        shutil.copyfile(root / "register.db", root / "kopie.db")

    def put_back(self, root: Path) -> None:
        """Put an old copy of the store over the store."""
        if (root / "kopie.db").exists():
            shutil.copyfile(root / "kopie.db", root / "register.db")

    def sync(self, root: Path, *files: Path) -> Any:
        with Project.open(root, date(2026, 11, 20)) as project:
            result = project.sync(files)
        self.merges += len(result.sources)
        self.check(root)
        return result

    # ------------------------------------------------------------------------------------------------ what must hold
    def check(self, root: Path) -> None:
        for number, record in self.records(root).items():
            whose = str(record["description"]).split()[1]
            place = str(record["place"] or "")
            assert not place or place.split("/")[1] == whose, f"{number} of {root.name} holds {place} of another"
        self.known(root)

    def records(self, root: Path) -> dict[str, dict[str, Any]]:
        with Project.open(root, date(2026, 11, 20)) as project:
            return {k: dict(r) for k, r in project.session.store.records(DEFINITION.main_id).items()}

    def known(self, root: Path) -> set[str]:
        """Give every word that a store holds or held, or that lost a conflict."""
        with Project.open(root, date(2026, 11, 20)) as project:
            history = project.session.store.history(DEFINITION.main_id)
        self.past |= {
            str(word) for change in history for word in (change.old, *(() if change.taken else (change.new,)))
        }
        return {str(word) for change in history for word in (change.old, change.new)}

    def shown(self, root: Path) -> Iterator[Any]:
        """Give all that stands in an office's files."""
        for path in root.glob("*.xlsx"):
            if path.stem != "klachtenformulier":
                for cells in self.open(path).rows.values():
                    yield from cells

    def end(self) -> None:
        """Every office reads all there is, twice; then nothing is left to do, and no word is missing."""
        for root in self.roots:
            self.sync(root)
        if len(self.roots) > 1:
            for root in self.roots:
                self.mail(root)
        for root in self.roots:
            for _ in range(2):
                result = self.sync(root)
            assert (result.new, result.changed) == (0, 0), root.name
        known = {word for root in self.roots for word in self.known(root)}
        shown = {str(cell) for root in self.roots for cell in self.shown(root)}
        lost = {word for words in self.waiting.values() for word in words} - known - shown - self.past
        assert lost == set()

    def steps(self) -> list[Callable[[Path], Any]]:
        """Give what may happen in an office, what happens often more than once."""
        return [
            self.add, self.add, self.edit, self.edit, self.sort, self.shift, self.clear_numbers, self.mail, self.visit, self.keep,
            self.put_back, self.sync, self.sync,
        ]  # fmt: skip


def live(house: House, steps: int) -> None:
    """Do what two offices do in some weeks."""
    for _ in range(3):
        house.add(house.roots[0])
    house.sync(house.roots[0])
    choice = house.steps()
    for n in range(steps):
        if n == steps // 4:
            house.part()
        house.chance.choice(choice)(house.chance.choice(house.roots))
    house.end()
