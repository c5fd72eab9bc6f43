"""The wheel holds all that the kit needs to run, and a register can be made from it alone."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import runpy
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel once."""
    for part in ("build", "hatchling"):
        if importlib.util.find_spec(part) is None:
            if os.environ.get("REGISTERKIT_REQUIRE_ALL"):
                pytest.fail(f"{part} is missing, and nothing may be left out here")
            pytest.skip(f"{part} is missing")
    return build(ROOT, tmp_path_factory.mktemp("wiel"))[0]


def build(source: Path, folder: Path, **environment: str) -> tuple[Path, str]:
    """Build the wheel of a checkout; gives it, and what was said."""
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(source)]
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=240, cwd=folder, env={**os.environ, **environment}
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (made,) = folder.glob("*.whl")
    return made, done.stdout + done.stderr


@pytest.fixture(scope="module")
def unpacked(wheel: Path) -> Path:
    folder = wheel.parent / "uitgepakt"
    with zipfile.ZipFile(wheel) as package:
        package.extractall(folder)
    return folder


def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as package:
        return set(package.namelist())


@pytest.mark.parametrize("folder", ["workbook_templates", "letters"])
def test_what_offices_may_copy_is_shipped(wheel: Path, folder: str) -> None:
    wanted = {
        f"registerkit/_shipped/{p.relative_to(ROOT).as_posix()}"
        for p in (ROOT / folder).rglob("*")
        if p.is_file() and not p.name.startswith(("~$", "."))
    }
    assert wanted
    assert wanted - names(wheel) == set()


def test_every_module_and_text_is_shipped(wheel: Path) -> None:
    kinds = ("*.py", "*.toml", "*.html", "*.css", "*.js")
    wanted = {p.relative_to(ROOT).as_posix() for kind in kinds for p in (ROOT / "registerkit").rglob(kind)}
    assert wanted - names(wheel) == set()


def test_nothing_else_is_shipped(wheel: Path) -> None:
    tops = {name.split("/")[0] for name in names(wheel)}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"registerkit"}
    assert not [name for name in names(wheel) if "__pycache__" in name or name.endswith((".pyc", ".db", ".lock"))]


@pytest.mark.usefixtures("access_writer")
def test_the_library_for_access_files_is_shipped_as_pinned_and_with_its_licence(wheel: Path) -> None:
    """It is no part of the repository: the build fetches it."""
    pinned = runpy.run_path(str(ROOT / "scripts" / "jackcess" / "fetch.py"))
    folder = pinned["FOLDER"].as_posix()
    with zipfile.ZipFile(wheel) as package:
        jar, licence = (package.read(f"{folder}/{name}") for name in (pinned["JAR"], "LICENSE"))
    assert pinned["SHA256"] == hashlib.sha256(jar).hexdigest()
    assert "Apache License" in licence.decode()
    listed = subprocess.run(["git", "ls-files", folder], capture_output=True, text=True, cwd=ROOT)
    assert "" == listed.stdout


def test_without_maven_the_wheel_is_built_all_the_same_and_says_what_it_lacks(tmp_path: Path, wheel: Path) -> None:
    """Nor does another file in its place get in."""
    source = tmp_path / "bron"
    for part in ("registerkit", "workbook_templates", "letters", "scripts"):
        shutil.copytree(ROOT / part, source / part, ignore=shutil.ignore_patterns("_shipped", "__pycache__"))
    for part in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copyfile(ROOT / part, source / part)
    fake = source / "registerkit" / "_shipped" / "jackcess" / "jackcess-5.1.5.jar"
    fake.parent.mkdir(parents=True)
    fake.write_bytes(b"iets anders")
    (tmp_path / "uit").mkdir()
    made, said = build(source, tmp_path / "uit", PATH=str(Path(sys.executable).parent))
    assert "Built without Jackcess" in said
    assert "Maven (mvn) is missing" in said
    assert {name for name in names(wheel) if "jackcess" not in name} == names(made)


def test_the_command_and_the_licence_are_named(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as package:
        info = {name.rsplit("/", 1)[-1]: name for name in package.namelist() if ".dist-info/" in name}
        entry = package.read(info["entry_points.txt"]).decode()
    assert "registerkit = registerkit.cli.main:main" in entry
    assert "LICENSE" in info


def test_a_register_is_made_from_the_wheel_alone(unpacked: Path, tmp_path: Path) -> None:
    """Nothing of the checkout is on the path: only the unpacked wheel and the installed libraries."""
    script = (
        "import sys, registerkit\n"
        f"assert registerkit.__file__.startswith({str(unpacked)!r}), registerkit.__file__\n"
        "from registerkit.cli.main import main\nmain(sys.argv[1:])"
    )
    environment = {**os.environ, "PYTHONPATH": str(unpacked), "PYTHONSAFEPATH": "1", "PYTHONIOENCODING": "utf-8"}
    target = tmp_path / "klachten"
    command = [sys.executable, "-c", script, "init", str(target), "--organisation", "De Spaak BV", "--json"]
    done = subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", env=environment, cwd=tmp_path, timeout=120
    )
    assert done.returncode == 0, done.stderr
    made = json.loads(done.stdout)["files"]
    assert [file for file in made if not (target / file).exists()] == []
    assert "klachtenregister.xlsx" in made
    assert list((target / "brieven").glob("*.docx"))
