"""A fresh office for every acceptance test."""

from __future__ import annotations

import shutil
import sys
from datetime import date
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "support"))

from office import COMPLAINT, STAFF, Office


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make one project with settings and staff, which tests get a copy of."""
    office = Office(tmp_path_factory.mktemp("eenmaal") / "klachten")
    assert office.init().code == 0
    office.settings()
    office.type(*STAFF, sheet="Medewerkers")
    assert office.run("sync").code == 0
    return office.root


@pytest.fixture(scope="session")
def demo_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the example project once, as it is today, for LibreOffice counts with today too; tests only read it."""
    root = tmp_path_factory.mktemp("voorbeeld") / "voorbeeld"
    assert Office(root).run("demo", str(root), on=date.today()).code == 0
    return root


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
