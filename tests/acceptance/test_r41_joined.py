"""R41: two copies of a register that both go on, mail each other files, and are put back from copies now and then."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from joined import OWN, House, live
from office import Office
from plain_files import PlainFile, install

from registerkit import Project
from registerkit.ooxml import Package
from registerkit.store.timeline import stamp_of

RUNS, STEPS = 4, 25
LONG = range(1000, 3500)
"""Together some hundred thousand merges, of the long runs."""


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a project whose register is a plain file with a few prepared rows."""
    office = Office(tmp_path_factory.mktemp("begin") / "p")
    assert office.init("--definition", str(OWN)).code == 0
    with Package(office.workbook) as package, Project.open(office.root) as project:
        stamp = stamp_of(project.session.store, package.custom_properties["registerkit.workbook"])
    file = PlainFile(office.workbook, stamp.properties(), {n + 4: [f"K-2026-{n:03}"] for n in range(1, 6)})
    office.workbook.unlink()
    file.save()
    return office.root


@pytest.mark.parametrize("seed", range(RUNS))
def test_r41_two_copies_of_a_register_write_over_nobody(
    begun: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    install(monkeypatch)
    shutil.copytree(begun, tmp_path / "een")
    live(House(tmp_path, seed), STEPS)


@pytest.mark.slow
def test_r41_however_long_they_go_on(begun: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch)
    for seed in LONG:
        folder = tmp_path / str(seed)
        shutil.copytree(begun, folder / "een")
        live(House(folder, seed), 2 * STEPS)
        shutil.rmtree(folder)
