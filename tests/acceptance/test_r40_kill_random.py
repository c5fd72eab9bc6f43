"""R40: every command that writes, killed at a moment that nobody chose: the same command again ends as if nothing was.

The named moments of the other tests are those somebody thought of; these are the rest.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from killing import leftovers, state
from office import COMPLAINT, Office
from sheets import load

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("access_writer")]

KILLS = 12
"""Of each command; together some two hundred."""
DONE = frozenset({"write_refused.exists", "write_refused.same_store", "store.no_import"})
"""What a command says that was killed when its work was finished."""
HALF = "write_refused.half_example"
"""What `demo` says of an example that is not finished: nobody should take it for a whole one."""
HANDLED = {**COMPLAINT, "Behandelaar": "Jeroen Bakker", "Ontvangen op": date(2026, 11, 16)}
ANSWERED = {
    "Oordeel": "gegrond", "Oplossing": "excuses", "Wijze van afhandeling": "brief", "Beantwoord op": date(2026, 11, 19),
}  # fmt: skip
SOURCE = '\n[[sources]]\npath = "noord.xlsx"\nprefix = "N"\n'
OLD = "Naam;Ontvangen op;Wijze van melding;Categorie;Omschrijving;Telefoon\n" + "".join(
    f"E. Vos{n};3-11-2026;telefoon;Product: levering;Kwam {n} dagen te laat.;030 123 45 {n}\n" for n in range(20, 60)
)
"""A list that somebody kept before."""

TYPED = ("sync", "weekly", "workbook --replace")
"""Commands that begin with what was typed and not read yet; for the others it has been."""
COMMANDS = (
    *TYPED, "init", "letters", "letters --dismiss --number K-2026-0002", "reminders", "report --period 2026-10",
    "form -o nieuw.xlsx", "form -o nieuw.docx", "workbook -o tweede.xlsx", "database tabellen.sql", "export uit.xlsx",
    "database klachten.accdb --with-records", "demo",
    "backup", "restore", "restore --workbook", "move sqlite:///{root}/nieuw.db",
    "import {root}/oud.csv", "import --undo", "anonymise --before 2026-11-20",
)  # fmt: skip

START = "import sys\nfrom registerkit.cli.main import main\nprint('go', flush=True)\nmain({words!r})"


@pytest.fixture(scope="module")
def typed(made_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give an office whose two registers and inbox hold what was typed in a week."""
    root = tmp_path_factory.mktemp("getypt") / "klachten"
    shutil.copytree(made_once, root)
    office = Office(root)
    office.settings(SOURCE)
    shutil.copyfile(office.workbook, root / "noord.xlsx")
    office.type(
        HANDLED, {**HANDLED, "Naam": "B. Bos", "Ernst": "zeer ernstig"}, {**HANDLED, "Naam": "C. Smit", **ANSWERED}
    )
    office.type({**HANDLED, "Naam": "D. Roos", "Omschrijving": "Te duur."}, path=root / "noord.xlsx")
    return root


@pytest.fixture(scope="module")
def synced(typed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the same office when all that was read, and a copy was made."""
    root = tmp_path_factory.mktemp("gelezen") / "klachten"
    shutil.copytree(typed, root)
    office = Office(root)
    assert office.run("sync").code == 0
    assert office.run("backup").code == 0
    office.change(5, {"Woonplaats": "Zeist"})
    assert office.run("sync").code == 0
    (root / "oud.csv").write_text(OLD, encoding="utf-8")
    return root


@pytest.fixture(params=COMMANDS)
def begin(request: pytest.FixtureRequest, typed: Path, synced: Path) -> Callable[[Path], tuple[Office, list[str]]]:
    """Give a function that makes the office before a command in a folder, and gives the command's words."""
    command = str(request.param)

    def made(folder: Path) -> tuple[Office, list[str]]:
        office = Office(folder / "klachten")
        if command in ("init", "demo"):
            name = ["--organisation", "De Spaak BV"] if command == "init" else []
            return office, [command, str(office.root), *name]
        shutil.copytree(typed if command in TYPED else synced, office.root)
        if command.startswith("restore"):
            copy = sorted(p.name for p in (office.root / "archief").glob("*.db"))[-1]
            return office, ["restore", copy, *command.split()[1:]]
        if command == "import --undo":
            assert office.run("import", str(office.root / "oud.csv")).code == 0
        words = command.format(root=office.root.as_posix()).split()
        target = (
            words[words.index("-o") + 1] if "-o" in words else words[1] if words[0] in ("database", "export") else None
        )
        return office, [str(office.root / word) if word == target else word for word in words]

    return made


def killed(office: Office, words: list[str], after: float) -> bool:
    """Run a command in a process of its own that is killed then; says whether it was still at work."""
    shared = ["--project", str(office.root), "--on", office.on.isoformat(), "--json"]
    process = subprocess.Popen(
        [sys.executable, "-c", START.format(words=[*words, *shared])],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )
    assert process.stdout
    assert process.stdout.readline().strip() == b"go"
    time.sleep(after)
    process.kill()
    _, told = process.communicate()
    assert b"Traceback" not in told
    return process.returncode not in (0, 1, 2, 3)


def test_r40_killed_at_any_moment(begin: Callable[[Path], tuple[Office, list[str]]], tmp_path: Path) -> None:
    office, words = begin(tmp_path / "rustig")
    started = time.monotonic()
    process = office.process(*words)
    assert process.returncode in (0, 1), process.stdout
    lasted, undisturbed = time.monotonic() - started, state(office)
    chance, kills, tries = random.Random(" ".join(words[:2])), 0, 0
    while kills < KILLS and tries < 4 * KILLS:
        tries += 1
        moment = chance.uniform(0, lasted)
        folder = tmp_path / str(tries)
        office, words = begin(folder)
        kills += killed(office, words, moment)
        if office.workbook.exists():
            assert load(office.workbook).sheetnames
        if words[0] == "demo" and (office.root / "register.toml.demo").exists():
            assert office.run(*words).json["error"]["code"] == HALF
            continue
        again = office.run(*words)
        refused = again.json["error"]["code"] if again.code == 3 else None
        assert again.code in (0, 1) or refused in DONE, (moment, again.text)
        after = state(office)
        for face in ("document", "files", "rows", "history"):
            assert getattr(undisturbed, face) == getattr(after, face), (moment, face)
        assert [] == list(leftovers(office.root)), moment
        shutil.rmtree(folder)
    assert kills == KILLS
