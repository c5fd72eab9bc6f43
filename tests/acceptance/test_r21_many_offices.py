"""R21: offices, each with a folder and a register of its own, keep one register together on a server."""

from __future__ import annotations

import importlib
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from killing import leftovers
from office import COMPLAINT, Office
from servers import Server
from sheets import load

FIELDS = {
    "Ordernummer": "order_number", "Klantnummer": "customer_number", "Opmerkingen": "remarks",
    "Gevolg voor de klant": "consequence", "Toelichting wens": "remedy_note", "Product of dienst": "subject",
    "Organisatie": "organisation", "Vertegenwoordiger": "represented_by", "Woonplaats": "city", "Leverancier": "supplier",
}  # fmt: skip
"""A field for each office to fill in, of one complaint that all of them show."""
HANDLED = {**COMPLAINT, "Behandelaar": "Jeroen Bakker"}


def new_office(root: Path, url: str) -> Office:
    """Make the folder of an office that takes part in the register of a server."""
    office = Office(root)
    assert 0 == office.init("--database", url).code
    office.settings()
    return office


def at_once(offices: list[Office], *words: str) -> list[int]:
    """Run a command in all offices, each in a process of its own; gives how they ended."""
    with ThreadPoolExecutor(len(offices)) as pool:
        done = list(pool.map(lambda office: office.process(*words), offices))
    assert [] == [d.stderr for d in done if d.returncode not in (0, 1) or d.stderr]
    return [d.returncode for d in done]


# ------------------------------------------------------------------------------------------------------- all at once
def many_offices(url: str, root: Path, count: int = 10) -> list[Office]:
    """Make offices, at most ten, that all filled in a field of one complaint, and three complaints of their own."""
    offices = [new_office(root / "kantoor-0", url)]
    offices[0].type({**COMPLAINT, "Naam": "Van iedereen", "Woonplaats": None})
    assert 0 == offices[0].run("sync").code
    offices += [new_office(root / f"kantoor-{n}", url) for n in range(1, count)]
    for n, (office, label) in enumerate(zip(offices, FIELDS, strict=False)):
        office.type({label: f"kantoor {n}"}, *({**COMPLAINT, "Naam": f"Klager {m} van {n}"} for m in range(3)))
    return offices


def has_everything(office: Office, count: int = 10) -> dict[str, Any]:
    """Give the complaints of the offices by name: each is there once, with all that was said of the shared one."""
    found = office.complaints()
    complaints = {c["name"]: c for c in found}
    assert {f"Klager {m} van {n}" for m in range(3) for n in range(count)} | {"Van iedereen"} == complaints.keys()
    assert 3 * count + 1 == len({c["number"] for c in found}) == len(found)
    said = [complaints["Van iedereen"][field_id] for field_id in FIELDS.values()]
    assert [f"kantoor {n}" for n in range(count)] == said[:count]
    return complaints


@pytest.mark.slow
def test_r21_ten_offices_sync_at_once_and_nothing_gets_lost(postgresql_server: Server, tmp_path: Path) -> None:
    """Every new complaint is there once, and every change of the complaint that all of them work on."""
    offices = many_offices(postgresql_server.database(), tmp_path)
    assert [0] * 10 == at_once(offices, "sync")
    complaints = has_everything(offices[0])
    told = offices[0].run("history", complaints["Van iedereen"]["number"]).json
    assert set(FIELDS.values()) <= {line["field"] for line in told}

    assert [0] * 3 == at_once(offices[:3], "sync")
    for office in offices[:3]:
        assert complaints.keys() == {cells["Naam"] for cells in office.rows().values()}
        again = office.run("sync").json
        assert (0, 0, [], []) == (again["new"], again["changed"], again["conflicts"], again["written_back"])
        assert [] == list(leftovers(office.root))


WITHOUT_LOCK = """
from registerkit.store import database
database.take_lock = lambda *_: True
database.free_lock = lambda *_: None
"""
"""As on a server that takes an advisory lock and does nothing with it."""


@pytest.mark.servers
@pytest.mark.parametrize(
    ("server", "writers"),
    [
        ("postgresql", 3),
        pytest.param("postgresql", 10, marks=pytest.mark.slow),
        pytest.param("mariadb", 10, marks=pytest.mark.slow),
    ],
    indirect=["server"],
)
def test_r21_writers_lose_nothing_where_the_lock_has_no_effect(server: Server, tmp_path: Path, writers: int) -> None:
    """Of steps that are taken at once one stands; the other runs begin anew, and say so when they are never first."""
    offices = many_offices(server.database(), tmp_path, writers)
    waiting = offices
    for _ in range(5):
        with ThreadPoolExecutor(len(waiting)) as pool:
            done = list(pool.map(lambda office: office.process("sync", script=WITHOUT_LOCK), waiting))
        assert {0, 3} >= {d.returncode for d in done}, [d.stderr for d in done]
        waiting = [office for office, d in zip(waiting, done, strict=True) if d.returncode]
        if not waiting:
            break
    assert [] == waiting
    has_everything(offices[0], writers)
    standing = [key for key, _ in ready(offices)]
    taken = {c["number"] for c in offices[0].complaints()}
    assert len(set(standing) - taken) == len([key for key in standing if key not in taken])


@pytest.mark.slow
def test_r21_offices_begin_at_once_on_an_empty_database(postgresql_server: Server, tmp_path: Path) -> None:
    """The tables are made once, and the lists, the staff and the holidays are put in once."""
    url = postgresql_server.database()
    offices = [Office(tmp_path / f"kantoor-{n}") for n in range(3)]
    with ThreadPoolExecutor(3) as pool:
        done = list(pool.map(lambda o: o.process("init", str(o.root), "--database", url), offices))
    assert [(0, "")] * 3 == [(d.returncode, d.stderr) for d in done]
    ids = {line[0] for line in ready(offices)}
    assert 3 * 25 == len(ids)


def ready(offices: list[Office]) -> list[tuple[str, str]]:
    """Give the numbers that stand ready in the offices' workbooks, with the office."""
    found = []
    for office in offices:
        cells = [row[0] for row in load(office.workbook)["Register"].iter_rows(min_row=5, max_col=1, values_only=True)]
        found += [(str(cell), office.root.name) for cell in cells if cell]
    return found


# ------------------------------------------------------------------------------------------------- whose is what
@pytest.fixture(scope="module")
def waiting_once(made_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make an office with a handled complaint typed, and another."""
    root = tmp_path_factory.mktemp("wacht") / "noord"
    shutil.copytree(made_once, root)
    Office(root).type(HANDLED, {**HANDLED, "Naam": "B. Bos"})
    return root


def moved_to(url: str, made: Path, root: Path) -> Office:
    """Give an office with its register on a server."""
    shutil.copytree(made, root)
    office = Office(root)
    assert 0 == office.run("move", url).code
    return office


@pytest.fixture
def two(waiting_once: Path, postgresql_server: Server, tmp_path: Path) -> tuple[Office, Office]:
    """Give two offices that share a register, and whose files have the same names."""
    url = postgresql_server.database()
    noord = moved_to(url, waiting_once, tmp_path / "noord")
    assert 0 == noord.run("sync").code
    return noord, new_office(tmp_path / "zuid", url)


def kill_in(monkeypatch: pytest.MonkeyPatch, owner: str, name: str) -> None:
    """Let a function break off the run with an error of ours, as a kill would."""
    module = importlib.import_module(owner)

    def stop(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(module, name, stop)


def test_r21_an_office_finishes_only_its_own_letters(
    two: tuple[Office, Office], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run that broke off in one office has its letters ready there; the other office has no way to them."""
    noord, zuid = two
    with monkeypatch.context() as broken:
        kill_in(broken, "registerkit.commands.letters", "finish_outbox")
        assert 0 != noord.run("letters").code
    assert [] == list(noord.root.glob("uitvoer/*/brieven/*.docx"))
    assert 0 == zuid.run("weekly").code
    assert [] == list(zuid.root.glob("uitvoer/*/brieven/*.docx"))
    assert 0 == noord.run("letters").code
    assert 2 == len(list(noord.root.glob("uitvoer/*/brieven/*.docx")))


def test_r21_each_office_has_a_week_of_its_own(two: tuple[Office, Office]) -> None:
    """The reports of a month that has ended are made in every office, not only in the first that runs."""
    for office in two:
        (folder,) = {report["files"][0].split("/")[1] for report in office.run("weekly").json["reports"][:1]}
        assert "2026-W47" == folder
        assert (office.root / "uitvoer" / "2026-W47").is_dir()


def test_r21_a_conflict_stands_in_the_office_where_it_arose(two: tuple[Office, Office]) -> None:
    """Both offices have a file of one name; the choice is made in the one that has the conflict."""
    noord, zuid = two
    for office, word in ((noord, "noord"), (zuid, "zuid")):
        row = next(row for row, cells in office.rows().items() if cells["Naam"] == "B. Bos")
        office.change(row, {"Omschrijving": word})
    assert [] == noord.run("sync").json["conflicts"]
    (conflict,) = zuid.run("sync").json["conflicts"]
    assert ("noord", "zuid") == (conflict["store"], conflict["workbook"])
    assert "Conflict" not in kinds(noord)
    assert "Conflict" in kinds(zuid)
    assert 0 == noord.run("sync").code
    assert 0 == zuid.run("sync", "--prefer", "workbook").code
    assert "zuid" in {c["description"] for c in noord.complaints()}


def kinds(office: Office) -> list[str]:
    """Give what stands on the attention sheet, by its first column."""
    lines = load(office.workbook)["Aandachtspunten"]
    found = [str(cell) for row in lines.iter_rows(values_only=True) for cell in row if cell]
    return [word for word in found if word == "Conflict"]


# ------------------------------------------------------------------------------------------- the connection drops
POINTS: dict[str, tuple[str, str]] = {
    "while the state is read": ("registerkit.pull.merge", "counters_of"),
    "in the middle of the step": ("registerkit.pull.commit", "write_state"),
    "right after the step": ("registerkit.pull.commit", "finish_outbox"),
    "before the workbook is written": ("registerkit.commands.sync", "write_back"),
    "when the workbook is written": ("registerkit.push.write_back", "write_edits"),
    "in the middle of the letters' step": ("registerkit.commands.letters", "write_state"),
}
"""Where the server drops the connection, after the work of the function named."""


IN_A_STEP = ("in the middle of the step", "in the middle of the letters' step")
"""Points where it matters what the server makes of a step that is cut off."""


@pytest.mark.servers
@pytest.mark.parametrize(
    ("kind", "point"), [("postgresql", point) for point in POINTS] + [("mariadb", point) for point in IN_A_STEP]
)
def test_r21_a_dropped_connection_leaves_nothing_half_done(
    waiting_once: Path,
    tmp_path: Path,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
    kind: str,
    point: str,
) -> None:
    """The run begins anew by itself, and ends as if nothing had happened."""
    server: Server = request.getfixturevalue(f"{kind}_server")
    office = moved_to(server.database(), waiting_once, tmp_path / "noord")
    dropped = drop_once(monkeypatch, server, *POINTS[point])
    result = office.run("weekly")
    assert 0 == result.code, result.text
    assert [True] == dropped
    assert ["B. Bos", "J. Jansen"] == sorted(c["name"] for c in office.complaints())
    assert 2 == len(office.export()["letters"])
    assert 2 == len(list(office.root.glob("uitvoer/*/brieven/*.docx")))
    assert {"J. Jansen", "B. Bos"} == {row["Naam"] for row in office.rows().values()}
    assert [] == list(leftovers(office.root))
    again = office.run("weekly").json
    assert ([], [], 0) == (again["letters"]["letters"], again["sync"]["written_back"], again["sync"]["changed"])


def drop_once(monkeypatch: pytest.MonkeyPatch, server: Server, owner: str, name: str) -> list[bool]:
    """Let the server drop all connections of the office once, after a function's work; tells when it has."""
    module, dropped = importlib.import_module(owner), []
    real: Callable[..., Any] = getattr(module, name)

    def work(*given: Any, **named: Any) -> Any:
        done = real(*given, **named)
        if not dropped:
            dropped.append(server.drop_connections() > 0)
        return done

    monkeypatch.setattr(module, name, work)
    monkeypatch.setattr("registerkit.open_project.PAUSES", (0.01, 0.01))
    return dropped
