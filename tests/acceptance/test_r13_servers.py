"""R13: a register kept on a database server does all that one in a file does, and says so when it cannot."""

from __future__ import annotations

import os
import re
import shutil
import socket
import sqlite3
from pathlib import Path

import pytest
import sqlalchemy as sa
from office import COMPLAINT, STAFF, Office
from servers import PASSWORD, USER, Server

from registerkit.database import Address

LONG = ("Omschrijving é 🚲 'x' \\ %s\n" * 1200).strip()
HANDLED = {**COMPLAINT, "Behandelaar": "Jeroen Bakker"}


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path / "klachten")


def test_r13_a_register_on_a_server_from_beginning_to_end(
    office: Office, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Made, filled in, synced, answered by letters, looked up, and built anew; the address stays in the environment."""
    monkeypatch.setenv("RK_PROEF", server.database())
    assert 0 == office.init("--database", "env:RK_PROEF").code
    assert 'url = "env:RK_PROEF"' in (office.root / "register.toml").read_text(encoding="utf-8")
    assert not (office.root / "register.db").exists()
    office.settings()
    office.type(*STAFF, sheet="Medewerkers")
    office.type(
        HANDLED, {**HANDLED, "Naam": "Zoë 🚲", "Omschrijving": LONG, "Financieel belang": 12.5, "Consument": "nee"}
    )
    assert 2 == office.run("sync").json["new"]
    assert 2 == len(office.run("letters").json["letters"])
    weekly = office.run("weekly")
    assert (0, []) == (weekly.code, weekly.json["letters"]["letters"])
    assert 0 == office.run("weekly").json["sync"]["changed"]
    (found,) = office.run("find", "zoe").json
    shown = office.run("show", found["number"]).json
    assert (LONG, 12.5, "nee") == (shown["description"], shown["amount"], shown["consumer"])
    told = {line["field"]: line["new"] for line in office.run("history", found["number"]).json}
    assert (LONG, 12.5) == (told["description"], told["amount"])
    row = next(row for row, cells in office.rows().items() if cells["Naam"] == "Zoë 🚲")
    assert LONG == office.rows()[row]["Omschrijving"]
    office.change(row, {"Consument": None, "Financieel belang": None})
    assert 1 == office.run("sync").json["changed"]
    assert (None, None) == tuple(office.run("show", found["number"]).json[f] for f in ("consumer", "amount"))
    assert 0 == office.run("workbook", "--replace").code
    assert {"J. Jansen", "Zoë 🚲"} == {cells["Naam"] for cells in office.rows().values()}
    (office.root / "postvak-in" / "leeg.xlsx").write_bytes((office.root / "klachtenformulier.xlsx").read_bytes())
    assert 0 == office.run("sync", "--dry-run").json["new"]


def test_r13_a_register_on_a_server_has_copies_and_a_way_back(
    office: Office, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also when somebody emptied the database: no command makes another register in it, and the copy comes back."""
    monkeypatch.setenv("RK_PROEF", server.database())
    office.init("--database", "env:RK_PROEF")
    office.type(*STAFF, sheet="Medewerkers")
    office.type(COMPLAINT)
    office.run("sync")
    copy = office.run("backup").json["copies"][0]
    assert (1, True) == (copy["complaints"], copy["readable"])
    office.type({**COMPLAINT, "Naam": "Zoë 🚲", "Telefoon": "020 111 22 33", "Omschrijving": LONG})
    office.run("sync")
    back = office.run("restore", copy["file"])
    assert (0, ["K-2026-0002"]) == (back.code, back.json["only_now"])
    assert 1 == len(office.complaints())
    assert 1 == office.run("sync").json["new"]
    assert {"J. Jansen", "Zoë 🚲"} == {c["name"] for c in office.complaints()}
    assert (0, 0) == tuple(office.run("sync").json[k] for k in ("new", "changed"))

    address = Address.parse(os.environ["RK_PROEF"], office.root)
    engine = address.engine()
    metadata = sa.MetaData()
    metadata.reflect(engine)
    metadata.drop_all(engine)
    engine.dispose()
    assert (3, "store.gone_with_copy") == (office.run("sync").code, office.run("weekly").json["error"]["code"])
    assert 0 == office.run("restore", back.json["kept"][0]).code
    assert 0 == office.run("sync").code
    assert {"J. Jansen", "Zoë 🚲"} == {c["name"] for c in office.complaints()}


# ------------------------------------------------------------------------------------------------------ the layout
@pytest.mark.parametrize("kind", ["sqlite", "postgresql", "mysql", "mssql", "access"])
def test_r13_the_tables_as_sql(made_once: Path, tmp_path: Path, kind: str) -> None:
    office, file = Office(made_once), tmp_path / f"klachten.{kind}.sql"
    made = office.run("database", str(file), "--dialect", kind)
    assert (0, kind) == (made.code, made.json["dialect"])
    sql = file.read_text(encoding="utf-8")
    assert "[Klachtnummer]" in sql if kind == "access" else "CREATE TABLE complaints" in sql
    assert sql == sql.replace("\r", "")


def test_r13_sql_is_of_the_project_s_own_kind_of_database_unless_another_is_named(
    made_once: Path, tmp_path: Path
) -> None:
    office, file = Office(made_once), tmp_path / "klachten.SQL"
    assert "sqlite" == office.run("database", str(file)).json["dialect"]
    connection = sqlite3.connect(":memory:")
    connection.executescript(file.read_text(encoding="utf-8"))
    connection.close()
    refused = office.run("database", str(file), "--dialect", "oracle")
    assert (2, "usage.dialect") == (refused.code, refused.json["error"]["code"])
    refused = office.run("database", str(tmp_path / "nergens" / "klachten.sql"))
    assert (3, "missing_file.folder") == (refused.code, refused.json["error"]["code"])


# -------------------------------------------------------------------------------------------------- what goes wrong
def wrong(server: Server) -> dict[str, str]:
    """Give addresses that cannot be used, by the code of what is told."""
    address = server.database()
    name = address.rpartition("/")[2]
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        nobody = free.getsockname()[1]
    bare = server.database().rpartition("/")[2]
    rights = server.plain_user(bare)
    return {
        "store.down": address.replace(f":{server.port}/", f":{nobody}/"),
        "store.password": server.address(name, password=f"fout{PASSWORD}"),
        "store.no_database": server.address("proef_nergens"),
        "store.rights": rights,
        "store.kind": address.replace("://", "x://"),
        "store.address": f"{server.scheme}://{USER}:{PASSWORD}@127.0.0.1/{name}",
    }


def test_r13_a_server_that_cannot_be_used_is_told_without_the_password(office: Office, server: Server) -> None:
    """Where, what and what to do; exit 3, and no project folder is left half made."""
    for code, address in wrong(server).items():
        refused = office.init("--database", address)
        assert (3, code) == (refused.code, refused.json["error"]["code"]), refused.text
        assert not re.search("heim|fout", refused.text)
        assert "Traceback" not in refused.text
        assert not (office.root / "register.toml").exists()
        body = refused.json["error"]
        assert re.search(r"\w+://", body["message"])
        assert body["fix"]


def test_r13_an_unknown_driver_is_told(office: Office, mariadb_server: Server) -> None:
    refused = office.init("--database", f"{mariadb_server.database()}?driver=Bestaat+Niet")
    assert (3, "store.odbc_driver") == (refused.code, refused.json["error"]["code"])


def test_r13_a_server_that_goes_down_later_stops_every_command(made_once: Path, tmp_path: Path) -> None:
    """The workbook stays as it is, and the next run takes everything in."""
    office = Office(tmp_path / "klachten")
    shutil.copytree(made_once, office.root)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        nobody = free.getsockname()[1]
    settings = office.root / "register.toml"
    settings.write_text(
        settings.read_text(encoding="utf-8") + f'\n[database]\nurl = "postgresql://jan:geheim@127.0.0.1:{nobody}/x"\n',
        encoding="utf-8",
    )
    before = office.workbook.read_bytes()
    for words in (["sync"], ["weekly"], ["find", "x"], ["workbook", "--replace"], ["move", "sqlite:///x.db"]):
        told = office.run(*words)
        assert (3, "store.down") == (told.code, told.json["error"]["code"])
        assert "geheim" not in told.text
        said = office.say(*words)
        assert ("Traceback" in said.text, "geheim" in said.text) == (False, False)
    assert before == office.workbook.read_bytes()
