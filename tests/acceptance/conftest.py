"""A fresh office for every acceptance test."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "support"))

from office import COMPLAINT, STAFF, Office

Once = Callable[[str, Callable[[Path], object]], Path]


@pytest.fixture(scope="session")
def fresh_once(once: Once) -> Callable[[str], Office]:
    """Give a function that gives a project in a language that nobody has touched since `init`; tests only read it."""

    def fresh(language: str) -> Office:
        def make(folder: Path) -> None:
            assert Office(folder / "klachten").init("--language", language).code == 0

        return Office(once(f"vers-{language}", make) / "klachten")

    return fresh


@pytest.fixture(scope="session")
def made_once(once: Once, fresh_once: Callable[[str], Office]) -> Path:
    """Make one project with settings and staff, which tests get a copy of."""

    def make(folder: Path) -> None:
        shutil.copytree(fresh_once("nl").root, folder / "klachten")
        office = Office(folder / "klachten")
        office.settings()
        office.type(*STAFF, sheet="Medewerkers")
        assert office.run("sync").code == 0

    return once("eenmaal", make) / "klachten"


@pytest.fixture(scope="session")
def demo_once(once: Once) -> Path:
    """Make the example project once, as it is today, for LibreOffice counts with today too; tests only read it."""

    def make(folder: Path) -> None:
        root = folder / "voorbeeld"
        assert Office(root).run("demo", str(root), on=date.today()).code == 0

    return once("voorbeeld", make) / "voorbeeld"


@pytest.fixture
def office(made_once: Path, tmp_path: Path) -> Office:
    """Give an office with an empty register, its address and three members of staff."""
    root = tmp_path / "klachten"
    shutil.copytree(made_once, root)
    return Office(root)


@pytest.fixture
def complaint() -> dict[str, object]:
    """Give a complaint that can be registered as it is."""
    return dict(COMPLAINT)
