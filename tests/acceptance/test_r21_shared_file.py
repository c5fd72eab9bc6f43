"""R21: offices that share a store in one file on a network drive are kept apart as on a server."""

from __future__ import annotations

import threading
from pathlib import Path

from filelock import FileLock
from office import COMPLAINT, Office

from registerkit import Project
from registerkit.session.client_id import client_id
from registerkit.settings import project_paths


def test_r21_offices_take_turns_in_a_shared_file(tmp_path: Path) -> None:
    (tmp_path / "gedeeld").mkdir()
    noord, zuid = Office(tmp_path / "noord"), Office(tmp_path / "zuid")
    for office in (noord, zuid):
        assert 0 == office.init("--database", "sqlite:///../gedeeld/klachten.db").code
        office.type({**COMPLAINT, "Naam": office.root.name})
    assert [1, 1] == [office.run("sync").json["new"] for office in (noord, zuid)]
    assert {"noord", "zuid"} == {c["name"] for c in noord.complaints()}
    names = {office.root.name: client_id(project_paths(office.root, "nl")) for office in (noord, zuid)}
    assert 2 == len(set(names.values()))

    lock, done = FileLock(tmp_path / "gedeeld" / "klachten.db.lock"), []
    with lock:
        waiting = threading.Thread(target=lambda: done.append(noord.process("sync").returncode))
        waiting.start()
        waiting.join(3)
        assert [] == done
        assert 0 == zuid.run("find", "noord").code  # Whoever only looks need not wait.
    waiting.join(60)
    assert [0] == done


def test_r21_a_folder_keeps_its_name(tmp_path: Path) -> None:
    """Also when the run that was to write it was broken off right then."""
    paths = project_paths(tmp_path, "nl")
    paths.office.touch()
    name = client_id(paths)
    assert name
    assert name == client_id(paths)


def test_r21_a_run_inside_another_takes_no_second_lock(tmp_path: Path) -> None:
    with Project.init(tmp_path / "klachten") as project, project.locked():
        assert 0 == project.sync().new
        project.workbook(tmp_path / "nog-een.xlsx")
    assert (tmp_path / "nog-een.xlsx").exists()
