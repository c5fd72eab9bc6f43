"""R41: a table of any database that has an ODBC driver is a source; it is read, and nothing is written in it."""

from __future__ import annotations

import socket
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from office import COMPLAINT, Office, Outcome
from servers import PASSWORD, USER, Server

LONG = "é🚲 'x' \\ %s" * 500
MAPPING = """
[tables."Mijn meldingen"]
table = "complaints"
[tables."Mijn meldingen".columns]
dag = "received_on"
hoe = "channel"
naam = "Naam"
"mail adres" = "email"
groep = "category"
wat = "description"
bedrag = "amount"
ja = "consumer"
orde = "order_number"
gekocht = "bought_on"
"""
TYPES = {
    "sqlite": {"day": "date", "text": "text", "yes": "boolean", "blob": "blob", "quote": '"', "table": ""},
    "postgresql": {"day": "date", "text": "text", "yes": "boolean", "blob": "bytea", "quote": '"', "table": ""},
    "mariadb": {
        "day": "date",
        "text": "text",
        "yes": "boolean",
        "blob": "blob",
        "quote": "`",
        "table": " CHARACTER SET utf8mb4",
    },
}


@dataclass(frozen=True)
class Database:
    """A database with a table of somebody's own, and the connection string that reaches it."""

    kind: str
    text: str
    at: Any

    def run(self, statement: str) -> None:
        """Run a statement in it, not through ODBC: names stand between double quotes, as the standard has it."""
        statement = statement.replace('"', TYPES[self.kind]["quote"])
        if isinstance(self.at, Path):
            with sqlite3.connect(self.at) as connection:
                connection.execute(statement)
            connection.close()
        else:
            server, name = self.at
            server.run_in(name, statement)

    def fill(self, *rows: Sequence[str]) -> None:
        """Make the table and put rows in it: days, texts and so on as SQL has them."""
        of = TYPES[self.kind]
        self.run(
            f'CREATE TABLE "Mijn meldingen" (nr int PRIMARY KEY, dag {of["day"]}, hoe varchar(40), naam varchar(80), '
            f'"mail adres" varchar(80), groep varchar(80), wat {of["text"]}, bedrag decimal(12,3), ja {of["yes"]}, '
            f"orde bigint, gekocht {of['day']}, foto {of['blob']}){of['table']}"
        )
        for row in rows:
            self.run(f'INSERT INTO "Mijn meldingen" VALUES ({", ".join(row)})')


def sql(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def row(nr: int, name: str = "P. Pieters", text: str = "Niet gekomen.", **other: str) -> list[str]:
    cells = {
        "dag": "'2026-11-03'", "hoe": "'telefoon'", "naam": sql(name), "mail": f"'{name[0].lower()}@voorbeeld.example'",
        "groep": "'Product: levering'", "wat": sql(text), "bedrag": "NULL", "ja": "NULL", "orde": "NULL",
        "gekocht": "NULL", "foto": "NULL",
    }  # fmt: skip
    return [str(nr), *(cells | other).values()]


@pytest.fixture(params=["sqlite", "postgresql", "mariadb"])
def database(request: pytest.FixtureRequest, tmp_path: Path, odbc_driver: Callable[[str], str]) -> Database:
    """Give an empty database of each kind in turn."""
    names = {"sqlite": "SQLite3", "postgresql": "PostgreSQL", "mariadb": "MariaDB"}
    driver = odbc_driver(names[request.param])
    if request.param == "sqlite":
        file = tmp_path / "elders.db"
        return Database("sqlite", f"Driver={driver};Database={file}", file)
    server: Server = request.getfixturevalue(f"{request.param}_server")
    name = unquote(server.database()).rpartition("/")[2]
    text = f"Driver={driver};Server=127.0.0.1;Port={server.port};Database={name};UID={USER};PWD={{{PASSWORD}}}"
    if server.scheme == "postgresql":
        server.run_in(name, f"ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO {USER}")
    return Database(request.param, text, (server, name))


def use(
    office: Office, monkeypatch: pytest.MonkeyPatch, text: str, table: str = "Mijn meldingen", mapping: str = MAPPING
) -> None:
    """Let the settings name the table as a source; the environment says where it is."""
    monkeypatch.setenv("RK_BRON", text)
    (office.root / "eigen.toml").write_text(mapping, encoding="utf-8")
    office.settings(f'\n[[sources]]\npath = "odbc:env:RK_BRON"\ntable = "{table}"\nmapping = "eigen.toml"\n')


def source(outcome: Outcome) -> dict[str, Any]:
    return next(s for s in outcome.json["sources"] if s["path"].startswith("odbc:"))


NAME = "odbc:RK_BRON Mijn meldingen"


def test_r41_a_table_of_another_database_comes_in_with_every_value_right(
    office: Office, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Long texts, decimals, yes and no, whole numbers of any length and NULL; the second time nothing is new."""
    whole = {"bedrag": "1234.5", "orde": "9007199254740993", "gekocht": "'1950-02-28'"}
    truth = {"sqlite": ("1", "0")}.get(database.kind, ("true", "false"))
    database.fill(
        row(1, text=LONG.replace("\\", "\\\\") if database.kind == "mariadb" else LONG, ja=truth[0], **whole),
        row(2, "B. Bos", ja=truth[1], bedrag="1.234"),
        row(3, "Zoë 🚲"),
    )
    use(office, monkeypatch, database.text)
    result = office.run("sync")
    assert (3, "odbc", NAME, None) == (result.json["new"], *(source(result)[k] for k in ("kind", "path", "error")))
    stored = {c["name"]: c for c in office.complaints()}
    fields = ("description", "amount", "consumer", "order_number", "bought_on", "received_on")
    assert (LONG, 1234.5, "ja", "9007199254740993", "1950-02-28", "2026-11-03") == tuple(
        stored["P. Pieters"][f] for f in fields
    )
    assert ("Niet gekomen.", None, "nee", None, None, "2026-11-03") == tuple(stored["B. Bos"][f] for f in fields)
    assert (None, None) == (stored["Zoë 🚲"]["consumer"], stored["Zoë 🚲"]["amount"])
    told = {f["code"]: (f["file"], f["sheet"], f["row"], f["cell"], f["label"]) for f in result.json["findings"]}
    assert (NAME, "Mijn meldingen", 2, None, "bedrag") == told["too_many_decimals"]
    assert {"cannot_write_database", "unknown_columns", "too_many_decimals"} == set(told)
    assert (0, 0) == tuple(office.run("sync").json[k] for k in ("new", "changed"))


def test_r41_new_rows_come_in_later_and_changed_ones_change_nothing(
    office: Office, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    database.fill(row(5), row(9, "B. Bos"))
    use(office, monkeypatch, database.text)
    assert 2 == office.run("sync").json["new"]
    database.run("UPDATE \"Mijn meldingen\" SET wat = 'Iets anders.' WHERE nr = 9")
    added = row(1, "C. Claes", "Te laat.", dag="'2026-11-05'")
    database.run(f'INSERT INTO "Mijn meldingen" VALUES ({", ".join(added)})')
    result = office.run("sync")
    assert (1, 0, ["klachtenregister.xlsx"]) == tuple(result.json[k] for k in ("new", "changed", "written_back"))
    assert {"P. Pieters", "B. Bos", "C. Claes"} == {c["name"] for c in office.complaints()}
    assert {"Niet gekomen.", "Te laat."} == {c["description"] for c in office.complaints()}
    assert [1] == [a["row"] for a in result.json["assigned"]], "a row is told by its place in the order of the key"


def test_r41_a_table_without_a_key_or_a_view_comes_in_by_the_names_of_the_register(
    office: Office, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In other capitals than the database has, and without a mapping."""
    database.fill(row(1), row(2, "B. Bos"))
    names = (
        'dag AS "Ontvangen op", hoe AS "Wijze van melding", naam AS "Naam", groep AS "Categorie", wat AS "Omschrijving"'
    )
    database.run(f'CREATE VIEW "Klachten" AS SELECT {names}, "mail adres" AS "E-mail" FROM "Mijn meldingen"')
    monkeypatch.setenv("RK_BRON", database.text)
    office.settings('\n[[sources]]\npath = "odbc:env:RK_BRON"\ntable = "KLACHTEN"\nprefix = "X"\n')
    assert 2 == office.run("sync").json["new"]
    assert {"X-2026-0001", "X-2026-0002"} == {c["number"] for c in office.complaints()}
    assert 0 == office.run("sync", "odbc:RK_BRON KLACHTEN").json["new"], "a source can be named as it is shown"


@pytest.mark.parametrize("fault", ["table", "password", "mapping"])
def test_r41_a_table_that_cannot_be_read_is_told_and_the_others_go_on(
    office: Office, database: Database, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    """Each fault in its own words, in both languages, and never with the password."""
    if fault == "password" and database.kind == "sqlite":
        return  # It knows no users.
    database.fill(row(1))
    wrong = "geheim-en-fout"
    text = database.text.replace(PASSWORD, wrong) if fault == "password" else database.text
    table = "Mijn melding" if fault == "table" else "Mijn meldingen"
    use(office, monkeypatch, text, table, MAPPING.replace("naam =", "nam =") if fault == "mapping" else MAPPING)
    office.type(COMPLAINT)
    result = office.run("sync")
    error = source(result)["error"]
    assert (1, 1) == (result.code, result.json["new"])
    words = {"table": "Mijn meldingen", "password": "laat deze gebruiker niet toe", "mapping": "eigen.toml"}
    assert words[fault] in error
    assert not {w for w in (PASSWORD, wrong) if w in result.text + office.say("sync").text}
    alone = office.run("sync", f"odbc:RK_BRON {table}")
    codes = {"table": "odbc.no_table", "password": "odbc.password", "mapping": "settings.value"}
    assert (3, codes[fault]) == (alone.code, alone.json["error"]["code"])


def test_r41_a_server_that_is_down_a_driver_and_a_variable_that_are_missing_are_told(
    office: Office, odbc_driver: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    driver = odbc_driver("PostgreSQL")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    office.settings('\n[[sources]]\npath = "odbc:env:RK_BRON"\ntable = "t"\n')
    cases = {
        f"Driver={driver};Server=127.0.0.1;Port={port};UID=x;PWD=heel geheim": "odbc.down",
        "Driver=Bestaat Niet;PWD=heel geheim": "odbc.odbc_driver",
        "Bestaat Niet": "odbc.odbc_driver",
        "": "odbc.environment",
    }
    for text, code in cases.items():
        monkeypatch.setenv("RK_BRON", text)
        error = office.run("sync", "odbc:RK_BRON t").json["error"]
        assert (code, "odbc:RK_BRON t") == (error["code"], error["file"])
        assert "heel geheim" not in str(error)


def test_r41_a_machine_without_odbc_says_what_to_install(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyodbc", None)
    office.settings('\n[[sources]]\npath = "odbc:Meldingen"\ntable = "t"\n')
    office.type(COMPLAINT)
    result = office.run("sync")
    assert (1, 1) == (result.code, result.json["new"])
    assert "pip install" in source(result)["error"]


def test_r41_settings_that_make_no_sense_are_told(office: Office) -> None:
    told = (office.root / "register.toml").read_text(encoding="utf-8")
    for wrong, code in {
        'path = "odbc:Meldingen"': "settings.missing_key",
        'path = "a.xlsx"\ntable = "t"': "settings.table_of_file",
    }.items():
        (office.root / "register.toml").write_text(f"{told}\n[[sources]]\n{wrong}\n", encoding="utf-8")
        error = office.run("sync").json["error"]
        assert (code, True) == (error["code"], "table" in error["message"])
