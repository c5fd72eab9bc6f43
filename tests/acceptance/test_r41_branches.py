"""R41: branches that keep registers of their own: their numbers, and their copies in the archive."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from office import COMPLAINT, Office
from sheets import load

SOURCES = """
[branches]
noord = "Noord"
zuid = "Zuid"

[[sources]]
path = "noord/register.xlsx"
prefix = "N"
branch = "noord"
scope = "own"

[[sources]]
path = "zuid/register.xlsx"
branch = "zuid"
scope = "own"
"""


@pytest.fixture(scope="module")
def branches_once(made_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make an office with two branches, whose registers have the same name in folders of their own."""
    root = tmp_path_factory.mktemp("vestigingen") / "klachten"
    shutil.copytree(made_once, root)
    office = Office(root)
    office.settings(SOURCES)
    for branch in ("noord", "zuid"):
        (root / branch).mkdir()
        assert 0 == office.run("workbook", "-o", str(root / branch / "register.xlsx")).code
    return root


@pytest.fixture
def branches(branches_once: Path, tmp_path: Path) -> Office:
    """Give a copy of it."""
    shutil.copytree(branches_once, tmp_path / "klachten")
    return Office(tmp_path / "klachten")


def register(office: Office, branch: str) -> Path:
    return office.root / branch / "register.xlsx"


def ready(path: Path) -> list[str]:
    """Give the numbers that stand ready in a register, from the top."""
    cells = [row[0] for row in load(path)["Register"].iter_rows(min_row=5, max_col=1, values_only=True)]
    return [str(cell) for cell in cells if cell]


def test_r41_copies_of_registers_with_one_name_are_kept_apart(branches: Office) -> None:
    """Each branch has its folder in the archive, and keeps as many copies as the settings say."""
    settings = branches.root / "register.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("backups = 20", "backups = 1"), encoding="utf-8")
    for n in range(2):
        for branch in ("noord", "zuid"):
            branches.type({**COMPLAINT, "Naam": f"{branch} {'AB'[n]}"}, path=register(branches, branch))
        branches.run("weekly")
    archive = branches.root / "archief"
    copies = {p.parent.name: branches.rows(path=p) for p in archive.glob("*/register.*.xlsx")}
    assert {"noord": {"noord A", "noord B"}, "zuid": {"zuid A", "zuid B"}} == {
        branch: {row["Naam"] for row in rows.values()} for branch, rows in copies.items()
    }
    assert 2 == len(list(archive.glob("*/register.*.xlsx")))


def test_r41_the_numbers_that_stand_ready_in_a_branch_carry_its_prefix(branches: Office) -> None:
    """The caller hears a number of the branch at once; the office's own register keeps the project's prefix."""
    assert [f"N-2026-{n:04}" for n in range(1, 26)] == ready(register(branches, "noord"))
    assert {"K"} == {number[0] for number in ready(register(branches, "zuid")) + ready(branches.workbook)}
    branches.type(COMPLAINT, {**COMPLAINT, "Naam": "P. Pieters"}, path=register(branches, "noord"))
    assert 2 == branches.run("sync").json["new"]
    assert {"N-2026-0001", "N-2026-0002"} == {c["number"] for c in branches.complaints()}
    assert [f"N-2026-{n:04}" for n in range(1, 28)] == ready(register(branches, "noord"))


def test_r41_a_copy_that_becomes_a_branch_gets_numbers_of_its_own(office: Office) -> None:
    """The first sync replaces the project's numbers that nobody used yet."""
    copy = office.root / "noord.xlsx"
    shutil.copyfile(office.workbook, copy)
    office.settings('\n[[sources]]\npath = "noord.xlsx"\nprefix = "N"\n')
    assert 0 == office.run("sync").code
    assert [f"N-2026-{n:04}" for n in range(1, 26)] == ready(copy)
    assert [f"K-2026-{n:04}" for n in range(1, 26)] == ready(office.workbook)
    office.type(COMPLAINT, path=copy)
    office.type({**COMPLAINT, "Naam": "P. Pieters"})
    result = office.run("sync").json
    assert (2, []) == (result["new"], result["findings"])
    assert {"N-2026-0001", "K-2026-0001"} == {c["number"] for c in office.complaints()}


def test_r41_a_branch_register_built_anew_keeps_its_prefix_and_its_branch(branches: Office) -> None:
    """What was typed in it and not synced yet is taken in as a sync would."""
    branches.type(COMPLAINT, path=register(branches, "noord"))
    assert 0 == branches.run("workbook", "-o", str(register(branches, "noord")), "--replace").code
    (stored,) = branches.complaints()
    assert ("N", "Noord") == (stored["number"][0], stored["branch"])
    assert {"N"} == {number[0] for number in ready(register(branches, "noord"))}


def test_r41_a_branch_that_is_not_there_yet_stops_nothing(office: Office) -> None:
    """Its register is told as missing, the others are taken in."""
    office.settings(SOURCES)
    office.type(COMPLAINT)
    result = office.run("sync")
    assert (1, 1) == (result.code, result.json["new"])
    assert ["noord/register.xlsx", "zuid/register.xlsx"] == [s["path"] for s in result.json["sources"] if s["error"]]


def test_r41_a_branch_sees_nothing_of_another_branch(branches: Office) -> None:
    """Neither in its rows, nor in what its first sheet finds, its file sheet shows or its red line says."""
    branches.type({**COMPLAINT, "Naam": "Z. Zuiderling", "Ernst": "zeer ernstig"}, path=register(branches, "zuid"))
    branches.type({**COMPLAINT, "Naam": "N. Noorderling"}, path=register(branches, "noord"))
    book = load(register(branches, "noord"))
    book["Start"][book.defined_names["ask_words"].attr_text.rpartition("!")[2].replace("$", "")].value = "fiets"
    book.save(register(branches, "noord"))
    assert 2 == branches.run("sync").json["new"]
    seen = everything(register(branches, "noord"))
    assert "N. Noorderling" in seen
    assert "1 gevonden" in seen
    assert [] == [text for text in seen if "Zuiderling" in text or "Zeer ernstig" in text]
    assert 0 == branches.run("workbook", "-o", str(register(branches, "noord")), "--replace").code
    seen = everything(register(branches, "noord"))
    assert "N. Noorderling" in seen
    assert [] == [text for text in seen if "Zuiderling" in text]


def everything(path: Path) -> set[str]:
    """Give every text that stands in a workbook, hidden sheets included."""
    book = load(path, values=True)
    return {str(cell.value) for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value}


@pytest.mark.parametrize("wrong", ['branch = "zuit"', ""], ids=["mistyped", "left out"])
def test_r21_a_branch_nobody_knows_shows_nobody_s_rows(branches: Office, wrong: str) -> None:
    """The settings are told to be wrong; not a byte of any file changes."""
    branches.type({**COMPLAINT, "Naam": "G. Geheim"})
    settings = branches.root / "register.toml"
    told = settings.read_text(encoding="utf-8")
    settings.write_text(told.replace('branch = "zuid"', wrong), encoding="utf-8")
    before = register(branches, "zuid").read_bytes()
    result = branches.run("sync")
    assert (3, "settings.branch") == (result.code, result.json["error"]["code"])
    assert before == register(branches, "zuid").read_bytes()


def test_r21_one_file_is_no_two_sources(branches: Office) -> None:
    """Its rows would count twice."""
    settings = branches.root / "register.toml"
    told = settings.read_text(encoding="utf-8")
    settings.write_text(told.replace('"zuid/register.xlsx"', '"noord/register.xlsx"'), encoding="utf-8")
    assert "settings.source_twice" == branches.run("sync").json["error"]["code"]


def test_r21_an_old_copy_of_a_branch_s_register_is_the_branch_s(branches: Office) -> None:
    """It gets no rows of others, misses none, and what is new in it is the branch's, with a number of its own."""
    branches.type({**COMPLAINT, "Naam": "noord A"}, path=register(branches, "noord"))
    assert 0 == branches.run("sync").code
    mailed = branches.root / "gemaild.xlsx"
    shutil.copyfile(register(branches, "noord"), mailed)
    branches.type({**COMPLAINT, "Naam": "G. Geheim", "E-mail": "g@voorbeeld.example"})
    branches.run("sync")
    branches.type({**COMPLAINT, "Naam": "noord B", "E-mail": "b@voorbeeld.example"}, path=mailed)
    result = branches.run("sync", str(mailed))
    assert (1, []) == (result.json["new"], result.json["missing"])
    assert {"noord A", "noord B"} == {row["Naam"] for row in branches.rows(path=mailed).values()}
    (made,) = (c for c in branches.complaints() if c["name"] == "noord B")
    assert ("N-2026-0002", "Noord") == (made["number"], made["branch"])


def test_r21_a_complaint_that_is_given_to_a_branch_comes_to_stand_in_its_register(branches: Office) -> None:
    """It was never in there, so it is not gone either."""
    (row,) = branches.type({**COMPLAINT, "Naam": "J. Jansen"})
    branches.run("sync")
    branches.change(row, {"Vestiging": "Noord"})
    result = branches.run("sync")
    assert [] == result.json["missing"]
    assert ["J. Jansen"] == [row["Naam"] for row in branches.rows(path=register(branches, "noord")).values()]
    assert [] == branches.run("sync").json["missing"]
