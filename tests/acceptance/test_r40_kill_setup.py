"""R40: an init or a new workbook that is killed at any moment loses nothing; the same command again ends as if nothing was."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from killing import AFTER, BEFORE, SCRIPT, State, leftovers, state
from office import COMPLAINT, Office
from sheets import load

ROOT = Path(__file__).resolve().parents[2]
START, BUILD = "registerkit.commands.init", "registerkit.commands.workbook"
MOVED = 'if str(a[-1]).endswith("klachtenregister.xlsx"):\n        kill()\n    return real(*a, **k)'
"""Kills when the new workbook is whole and not yet in its place."""
INIT = {
    "with the first letter template half written": ("registerkit.files.os", "fsync", BEFORE),
    "with one letter template in place": (START, "write_when_changed", AFTER),
    "before the store is made": ("registerkit.project", "open_session", BEFORE),
    "when the store is made": ("registerkit.project", "open_session", AFTER),
    "before numbers are kept ready": (BUILD, "keep_counters", BEFORE),
    "with numbers kept for a workbook that is not there": (BUILD, "build_workbook", BEFORE),
    "with the workbook beside its place": ("pathlib.Path", "replace", MOVED),
    "when the workbook is in place": (BUILD, "build_workbook", AFTER),
    "when the workbook was noted": (BUILD, "_keep", AFTER),
    "between the two forms": (BUILD, "build_form", AFTER),
    "before the settings are written": (START, "write_settings", BEFORE),
}
REPLACE = {
    "before the copy for the archive": (BUILD, "backup", BEFORE),
    "with half a copy in the archive": ("registerkit.writeback.file.shutil", "copy2", AFTER),
    "before what was typed is committed": ("registerkit.pull.commit", "write_state", AFTER),
    "when what was typed is in the store": ("registerkit.pull.commit", "finish_outbox", BEFORE),
    "before numbers are kept ready": (BUILD, "_reserve", BEFORE),
    "when numbers are kept ready": (BUILD, "build_workbook", BEFORE),
    "with the workbook beside its place": ("pathlib.Path", "replace", MOVED),
    "when the workbook is in place": (BUILD, "build_workbook", AFTER),
    "when the workbook was noted": (BUILD, "_keep", AFTER),
}
MORE = {
    "with one letter template in place", "before the store is made", "when the store is made",
    "before numbers are kept ready", "when the workbook was noted", "before the copy for the archive",
    "before what was typed is committed", "when numbers are kept ready",
    "with numbers kept for a workbook that is not there", "between the two forms", "with half a copy in the archive",
    "with the first letter template half written", "when the workbook is in place",
}  # fmt: skip
"""Points that lie so near another that only the long run looks at them."""


def points(of: dict[str, tuple[str, str, str]]) -> list[object]:
    return [pytest.param(point, marks=[pytest.mark.slow] if point in MORE else []) for point in of]


def kill(office: Office, point: tuple[str, str, str], *words: str) -> None:
    """Run a command that is killed there."""
    owner, name, body = point
    killed = office.process(*words, script=SCRIPT.format(owner=owner, name=name, body=body))
    assert killed.returncode not in (0, 1, 2, 3), killed.stderr
    assert "Traceback" not in killed.stderr


def numbers(office: Office) -> list[str]:
    """Give the numbers in the register from the top, those that stand ready among them."""
    register = load(office.workbook)["Register"]
    return [str(row[0]) for row in register.iter_rows(min_row=5, max_col=1, values_only=True) if row[0]]


# ------------------------------------------------------------------------------------------------------------- init
def words(office: Office) -> list[str]:
    return ["init", str(office.root), "--organisation", "De Spaak BV"]


@pytest.fixture(scope="module")
def quiet_init(tmp_path_factory: pytest.TempPathFactory) -> tuple[State, list[str]]:
    """Give how a project stands that nobody disturbed the making of."""
    office = Office(tmp_path_factory.mktemp("rustig") / "klachten")
    assert office.init().code == 0
    return state(office), numbers(office)


@pytest.mark.parametrize("point", points(INIT))
def test_r40_a_killed_init_is_no_project_yet_and_the_next_one_finishes_it(
    quiet_init: tuple[State, list[str]], tmp_path: Path, point: str
) -> None:
    """Same files, same numbers ready from 0001 on, whole letter templates, no rubbish."""
    office = Office(tmp_path / "klachten")
    kill(office, INIT[point], *words(office))
    told = office.run("sync")
    assert (3, "missing_file.project") == (told.code, told.json["error"]["code"])
    assert 0 == office.init().code
    before, ready = quiet_init
    assert before == state(office)
    assert ready == numbers(office)
    assert [] == list(leftovers(office.root))
    for template in (office.root / "brieven").iterdir():
        assert template.read_bytes() == (ROOT / "letters" / "nl" / template.name).read_bytes()
    office.type(COMPLAINT)
    assert (0, 1) == ((result := office.run("sync")).code, result.json["new"])
    assert "K-2026-0001" == office.complaints()[0]["number"]


def test_r40_an_init_killed_at_the_very_end_is_a_project(tmp_path: Path) -> None:
    """A second init leaves it as it is."""
    office = Office(tmp_path / "klachten")
    kill(office, (START, "write_settings", AFTER), *words(office))
    assert (3, "write_refused.exists") == ((told := office.init()).code, told.json["error"]["code"])
    assert 0 == office.run("sync").code


def test_r40_an_init_that_failed_can_be_done_again(tmp_path: Path) -> None:
    """A definition with faults makes no project; the mended one does."""
    office = Office(tmp_path / "klachten")
    own = tmp_path / "eigen.toml"
    own.write_text("[tables", encoding="utf-8")
    assert 3 == office.init("--definition", str(own)).code
    shutil.copyfile(ROOT / "workbook_templates" / "klachten.toml", own)
    assert 0 == office.init("--definition", str(own)).code
    assert "eigen.toml" in (office.root / "register.toml").read_text(encoding="utf-8")


# ----------------------------------------------------------------------------------------------- workbook --replace
ROWS = [{**COMPLAINT, "Naam": f"{'ABC'[n]}. Bos", "Ontvangen op": date(2026, 11, 16)} for n in range(3)]


@pytest.fixture(scope="module")
def typed(made_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give an office with three complaints typed, one of them without its number, and nothing synced."""
    root = tmp_path_factory.mktemp("getypt") / "klachten"
    shutil.copytree(made_once, root)
    office = Office(root)
    used = office.type(*ROWS)
    office.change(used[-1], {"Klachtnummer": None})
    return root


@pytest.fixture(scope="module")
def quiet_replace(typed: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[State, list[str]]:
    """Give how it stands after a new workbook that nobody killed the making of."""
    office = Office(tmp_path_factory.mktemp("rustig") / "klachten")
    shutil.copytree(typed, office.root)
    assert 0 == office.run("workbook", "--replace").code
    return state(office), numbers(office)


@pytest.mark.parametrize("point", points(REPLACE))
def test_r40_a_killed_new_workbook_is_made_by_the_next(
    typed: Path, quiet_replace: tuple[State, list[str]], tmp_path: Path, point: str
) -> None:
    """The old or the new one stands there, whole; the command again ends in the same state, every complaint once."""
    office = Office(tmp_path / "klachten")
    shutil.copytree(typed, office.root)
    kill(office, REPLACE[point], "workbook", "--replace")
    assert 3 == len(office.rows())
    assert 0 == office.run("find", "Bos").code
    assert 0 == office.run("workbook", "--replace").code
    before, ready = quiet_replace
    after = state(office)
    assert before.document == after.document
    assert before.rows == after.rows
    assert before.files == after.files
    assert before.history == after.history
    assert ready == numbers(office)
    assert [] == list(leftovers(office.root))
    result = office.run("sync").json
    assert (0, 3, [], []) == (result["new"], result["unchanged"], result["findings"], result["written_back"])


@pytest.mark.parametrize("point", ["when what was typed is in the store", "when the workbook is in place"])
def test_r40_what_is_typed_after_a_killed_new_workbook_is_an_edit(typed: Path, tmp_path: Path, point: str) -> None:
    """No complaint comes twice, whichever of the two workbooks stands there."""
    office = Office(tmp_path / "klachten")
    shutil.copytree(typed, office.root)
    kill(office, REPLACE[point], "workbook", "--replace")
    for row in office.rows():
        office.change(row, {"Ordernummer": "A-1"})
    result = office.run("sync").json
    assert (0, 3, []) == (result["new"], result["changed"], result["conflicts"])
    assert ["A-1"] * 3 == [c["order_number"] for c in office.complaints()]


def test_r40_letters_killed_before_they_are_in_place_are_put_there_by_any_next_run(office: Office) -> None:
    """They were logged, so they are not made again: the files must come."""
    office.type({**COMPLAINT, "Behandelaar": "Jeroen Bakker"})
    office.run("sync")
    kill(office, ("registerkit.commands.letters", "finish_outbox", BEFORE), "letters")
    trial = office.run("letters", "--dry-run")
    assert ([], 0) == (trial.json["letters"], len(list(office.root.glob("uitvoer/*/brieven/*.docx"))))
    assert [] == office.run("letters").json["letters"]
    assert 1 == len(list(office.root.glob("uitvoer/*/brieven/*.docx")))
    assert [] == list(leftovers(office.root))
