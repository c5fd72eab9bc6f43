"""R41: a register moves to another database and back with all that it holds, and never stands between two."""

from __future__ import annotations

import importlib
import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from killing import AFTER, BEFORE, SCRIPT
from office import COMPLAINT, Office
from servers import PASSWORD, Server

from registerkit.database import Address
from registerkit.store.store import OWN_NAMES

OF_THE_PLACE = {"turn", "moving", "moved"}


def rows_of(address: str, root: Path) -> dict[str, list[str]]:
    """Read every table of a database, row by row, with nothing of the store's own code but the address."""
    engine = Address.parse(address, root).engine()
    found = {}
    with engine.connect() as connection:
        for name in sa.inspect(connection).get_table_names():
            table = sa.Table(name, sa.MetaData(), autoload_with=connection)
            names = sorted(c.name for c in table.columns if c.name != "office")
            rows = connection.execute(sa.select(*(table.c[n] for n in names))).all()
            shown = (repr([int(v) if isinstance(v, bool) else v for v in row]) for row in rows)
            found[name] = sorted(re.sub(r"'[0-9A-F-]{36}/", "'", row) for row in shown)  # Keys that name the office.
    engine.dispose()
    kept = [row for row in found["rk_meta"] if not any(f"'{name}'" in row for name in OF_THE_PLACE)]
    found["rk_meta"] = sorted(
        re.sub(f"({'|'.join(OWN_NAMES)}) [^']*'", r"\1'", row) for row in kept
    )  # They name the office.
    return found


@pytest.fixture
def full(demo_once: Path, tmp_path: Path) -> Office:
    """Give an office with a year of complaints, letters and history, and a conflict that waits."""
    shutil.copytree(demo_once, tmp_path / "klachten")
    office = Office(tmp_path / "klachten", date.today())
    copy = office.root / "kopie.xlsx"
    shutil.copyfile(office.workbook, copy)
    row = next(iter(office.rows()))
    office.change(row, {"Omschrijving": "Zo was het."})
    office.run("sync")
    office.change(row, {"Omschrijving": "Nee, zo. 🚲"}, path=copy)
    assert 1 == len(office.run("sync", str(copy)).json["conflicts"])
    return office


@pytest.fixture(scope="module")
def small_once(made_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make an office with one complaint in its register, and another typed."""
    root = tmp_path_factory.mktemp("verhuizen") / "klachten"
    shutil.copytree(made_once, root)
    office = Office(root)
    office.type(COMPLAINT)
    assert 0 == office.run("sync").code
    office.type({**COMPLAINT, "Naam": "B. Bos", "Behandelaar": "Jeroen Bakker"})
    return root


@pytest.fixture
def small(small_once: Path, tmp_path: Path) -> Office:
    """Give an office with one complaint in its register, and another typed."""
    shutil.copytree(small_once, tmp_path / "klachten")
    return Office(tmp_path / "klachten")


def settings_of(office: Office) -> str:
    return (office.root / "register.toml").read_text(encoding="utf-8")


def test_r41_a_register_goes_round_and_comes_back_as_it_was(
    full: Office, postgresql_server: Server, mariadb_server: Server
) -> None:
    """From a file to PostgreSQL, to MariaDB, and back into the project folder."""
    export, place = full.export(), "sqlite:///register.db"
    number = export["complaints"][0]["number"]
    history = full.run("history", number).json
    for url in (postgresql_server.database(), mariadb_server.database(), "sqlite:///register.db"):
        before, place = rows_of(place, full.root), url
        moved = full.run("move", url)
        assert 0 == moved.code, moved.text
        assert before == rows_of(url, full.root)
        assert moved.json["rows"] == sum(map(len, before.values()))
        assert (export, history) == (full.export(), full.run("history", number).json)
        again = full.run("sync").json
        assert (0, 0, []) == (again["new"], again["changed"], again["written_back"])
    row = next(iter(full.rows()))
    full.change(row, {"Ordernummer": "A-1"})
    assert 1 == full.run("sync").json["changed"]


def test_r41_work_goes_on_where_the_register_has_moved(small: Office, server: Server) -> None:
    """New numbers, new history and the conflict that waited follow on those from before."""
    first = [c["number"] for c in small.complaints()]
    assert 0 == small.run("move", server.database()).code
    assert not (small.root / "register.db").exists()
    result = small.run("weekly")
    assert (1, 1) == (result.json["sync"]["new"], len(result.json["letters"]["letters"]))
    assert 2 == len({c["number"] for c in small.complaints()} | set(first))
    assert {"J. Jansen", "B. Bos"} == {row["Naam"] for row in small.rows().values()}


def test_r41_the_old_store_and_the_old_settings_are_kept(
    small: Office, postgresql_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The address from the environment stays there; nothing else in the settings changes, and no password shows."""
    url = postgresql_server.database()
    monkeypatch.setenv("RK_PROEF", url)
    before, store = settings_of(small), rows_of("sqlite:///register.db", small.root)
    moved = small.run("move", "env:RK_PROEF")
    files = moved.json["files"]
    assert (0, "register.toml") == (moved.code, files[0])
    lines = {*settings_of(small).splitlines()} - {*before.splitlines()}
    assert {"[database]", 'url = "env:RK_PROEF"'} == lines
    assert before == (small.root / files[1]).read_text(encoding="utf-8")
    assert store == rows_of(f"sqlite:///{files[2]}", small.root)
    assert [] == [p for p in small.root.rglob("*") if p.is_file() and PASSWORD.encode() in p.read_bytes()]
    told = moved.text + small.say("move", "env:RK_PROEF").text
    assert not re.search(re.escape(PASSWORD) + "|heim", told)


def test_r41_a_file_elsewhere_is_a_database_too(small: Office, tmp_path: Path) -> None:
    (tmp_path / "gedeeld").mkdir()
    assert 0 == small.run("move", "sqlite:///../gedeeld/klachten.db").code
    assert (tmp_path / "gedeeld" / "klachten.db").exists()
    assert 1 == len(small.complaints())
    assert 1 == small.run("sync").json["new"]
    refused = small.run("move", "sqlite:///../nergens/klachten.db")
    assert (3, "missing_file") == (refused.code, refused.json["error"]["code"])


# ------------------------------------------------------------------------------------------------------ what refuses
def test_r41_a_database_that_is_in_use_is_refused(small: Office, mariadb_server: Server, tmp_path: Path) -> None:
    """Another register, or tables of another program, stay as they are; so does the project."""
    server = mariadb_server
    taken, foreign = server.database(), server.database()
    other = Office(tmp_path / "ander")
    assert 0 == other.init("--database", taken).code
    server.run_in(foreign.rpartition("/")[2], "CREATE TABLE complaints (id INT)")
    before, there = settings_of(small), rows_of(taken, small.root)
    for url, code in ((taken, "register_there"), (foreign, "other_tables"), ("sqlite:///register.db", "same_store")):
        refused = small.run("move", url)
        assert (3, f"write_refused.{code}") == (refused.code, refused.json["error"]["code"])
    assert (before, there) == (settings_of(small), rows_of(taken, small.root))
    assert [] == list((small.root / "archief").glob("register.*.toml"))
    assert 1 == small.run("sync").json["new"]


def test_r41_tables_that_were_made_beforehand_are_no_register(small: Office, server: Server) -> None:
    url = server.database()
    made = small.run("database", url)
    assert (0, []) == (made.code, made.json["files"])
    assert 0 == small.run("move", url).code
    assert 1 == len(small.complaints())


def test_r41_an_office_that_stayed_behind_is_told_where_the_register_went(
    made_once: Path, tmp_path: Path, postgresql_server: Server, mariadb_server: Server
) -> None:
    """Or it would go on in a register that nobody looks at."""
    old, new = postgresql_server.database(), mariadb_server.database()
    noord, zuid = Office(tmp_path / "noord"), Office(tmp_path / "zuid")
    shutil.copytree(made_once, noord.root)
    assert 0 == noord.run("move", old).code
    assert 0 == zuid.init("--database", old).code
    assert 0 == noord.run("move", new).code
    left = zuid.run("sync")
    assert (3, "store.moved") == (left.code, left.json["error"]["code"])
    assert "mysql://" in left.json["error"]["message"]
    settings = zuid.root / "register.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    assert 0 == zuid.run("sync").code


def test_r41_a_copy_that_is_not_the_same_is_noticed(
    small: Office, postgresql_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A value that a database changes on its way, or a row that it leaves out, stops the move."""
    moving = importlib.import_module("registerkit.store.moving")
    real: Callable[..., Any] = moving.insert_rows
    changes: list[Callable[[list[dict[str, Any]]], list[dict[str, Any]]]] = [
        lambda rows: rows[1:],
        lambda rows: [{**rows[0], "new": "iets anders"}, *rows[1:]],
    ]
    before = settings_of(small)
    for change in changes:
        monkeypatch.setattr(
            moving,
            "insert_rows",
            lambda c, t, rows, change=change: real(c, t, change(rows) if t.name == "rk_history" else rows),
        )
        url = postgresql_server.database()
        refused = small.run("move", url)
        assert (3, "store.copy_differs") == (refused.code, refused.json["error"]["code"])
        assert "rk_history" in refused.json["error"]["message"]
        assert before == settings_of(small)
        monkeypatch.setattr(moving, "insert_rows", real)
        assert [] == rows_of(url, small.root)["rk_history"]
    assert 0 == small.run("move", url).code


# ------------------------------------------------------------------------------------------------------ broken off
POINTS = {
    "when the mark is set": ("registerkit.store.moving", "_make_room", AFTER),
    "in the middle of the rows": ("registerkit.store.moving", "_count_on", AFTER),
    "when everything is copied": ("registerkit.commands.move", "backup", BEFORE),
    "before the settings are written": ("registerkit.commands.move", "write_when_changed", BEFORE),
    "when the settings are written": ("registerkit.commands.move", "finish_move", BEFORE),
    "before the old store is put aside": ("registerkit.commands.move", "_set_aside", BEFORE),
}
"""Where the move is killed: the owner and name of a function, and whether before or after its work."""
MOVED = {"when the settings are written", "before the old store is put aside"}


NOT_WHOLE = ("when the mark is set", "in the middle of the rows")
"""Points at which MariaDB, that keeps every new table at once, has something else than PostgreSQL."""


@pytest.mark.servers
@pytest.mark.parametrize(
    ("kind", "point"), [("postgresql", point) for point in POINTS] + [("mariadb", point) for point in NOT_WHOLE]
)
def test_r41_a_killed_move_leaves_the_register_whole_in_one_place(
    small: Office, kind: str, point: str, request: pytest.FixtureRequest
) -> None:
    """Until the settings are written all work goes on at the old place, and the move can be done again."""
    server: Server = request.getfixturevalue(f"{kind}_server")
    url, before = server.database(), small.export()
    owner, name, body = POINTS[point]
    script = "import registerkit.commands.move\n" + SCRIPT.format(owner=owner, name=name, body=body)
    killed = small.process("move", url, script=script)
    assert killed.returncode not in (0, 1, 2, 3), killed.stderr
    assert before == small.export()
    assert (point in MOVED) == (url in settings_of(small))
    assert 1 == small.run("sync").json["new"]
    again = small.run("move", url)
    assert (3 if point in MOVED else 0) == again.code, again.text
    assert {"B. Bos", "J. Jansen"} == {c["name"] for c in small.complaints()}
    assert "moving" not in "".join(all_meta(url, small.root))


def all_meta(url: str, root: Path) -> list[str]:
    engine = Address.parse(url, root).engine()
    with engine.connect() as connection:
        found = [str(name) for (name,) in connection.execute(sa.text("SELECT name FROM rk_meta"))]
    engine.dispose()
    return found


def test_r41_nobody_works_in_a_register_that_is_half_there(small: Office, postgresql_server: Server) -> None:
    owner, name, body = POINTS["when the mark is set"]
    url = postgresql_server.database()
    script = "import registerkit.commands.move\n" + SCRIPT.format(owner=owner, name=name, body=body)
    assert small.process("move", url, script=script).returncode not in (0, 1, 2, 3)
    other = Office(small.root.parent / "ander")
    refused = other.init("--database", url)
    assert (3, "store.half_moved") == (refused.code, refused.json["error"]["code"])


@pytest.mark.parametrize("point", ["_make_room", "_copy_table"])
def test_r41_a_move_whose_server_drops_the_connection_is_begun_anew(
    small: Office, server: Server, monkeypatch: pytest.MonkeyPatch, point: str
) -> None:
    moving, dropped = importlib.import_module("registerkit.store.moving"), []
    real: Callable[..., Any] = getattr(moving, point)

    def work(*given: Any) -> Any:
        done = real(*given)
        if not dropped:
            dropped.append(server.drop_connections())
        return done

    monkeypatch.setattr(moving, point, work)
    monkeypatch.setattr("registerkit.open_project.PAUSES", (0.01, 0.01))
    before = rows_of("sqlite:///register.db", small.root)
    url = server.database()
    assert 0 == small.run("move", url).code
    assert [True] == [n > 0 for n in dropped]
    assert before == rows_of(url, small.root)
