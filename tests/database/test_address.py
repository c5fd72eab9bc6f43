"""Addresses are understood as people write them, reach what they name, and never show a password."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa

from registerkit.database import Address
from registerkit.database.faults import store_error
from registerkit.errors import StoreError, StoreLostError
from registerkit.files import named_from
from registerkit.texts import load_texts

SECRET = "p@ss/w0rd"


@pytest.mark.parametrize(
    ("text", "dialect", "shown"),
    [
        ("postgresql://jan:p%40ss%2Fw0rd@db:5433/klachten", "postgresql", "postgresql://jan@db:5433/klachten"),
        ("postgres://jan:p%40ss%2Fw0rd@db/klachten", "postgresql", "postgresql://jan@db/klachten"),
        ("mariadb://jan:p%40ss%2Fw0rd@db/klachten?x=1", "mysql", "mysql://jan@db/klachten"),
        ("mysql+pyodbc://jan:p%40ss%2Fw0rd@db/klachten", "mysql", "mysql://jan@db/klachten"),
        ("postgresql://jan@[::1]:5433/klachten", "postgresql", "postgresql://jan@[::1]:5433/klachten"),
        ("mssql://jan:p%40ss%2Fw0rd@db/klachten", "mssql", "mssql://jan@db/klachten"),
        ("mssql+pyodbc:///?odbc_connect=DSN%3Dx%3BPWD%3Dp%40ss%2Fw0rd", "mssql", "mssql:///"),
    ],
)
def test_an_address_of_a_server(text: str, dialect: str, shown: str) -> None:
    address = Address.parse(text, Path())
    assert (address.dialect, address.shown, address.file) == (dialect, shown, None)


def test_a_file_is_taken_from_the_project_folder(tmp_path: Path) -> None:
    address = Address.parse("sqlite:///x/register.db", tmp_path)
    assert (address.file, address.dialect) == (tmp_path.resolve() / "x" / "register.db", "sqlite")
    assert address == Address.of_file(tmp_path.resolve() / "x" / "register.db")
    whole = Address.parse(f"sqlite:///{(tmp_path / 'y.db').as_posix()}", Path("elders"))
    assert whole.file == tmp_path.resolve() / "y.db"


@pytest.mark.parametrize(
    ("text", "reason", "file"),
    [
        ("klachten.db", "kind", "…"),
        (f"geheim:{SECRET}", "kind", "…"),
        (f"oracle://jan:{SECRET}@db/x", "kind", "oracle://…"),
        (f"postgresql+psycopg2://jan:{SECRET}@db/x", "kind", "postgresql+psycopg2://…"),
        (f"postgresql://jan:{SECRET}@db/x", "address", "postgresql://…"),
        ("mariadb://jan:p@ss@db/x", "address", "mariadb://…"),
        ("postgresql://jan:pass@db:poort/x", "address", "postgresql://…"),
    ],
)
def test_what_is_no_address_is_told_without_what_stands_in_it(text: str, reason: str, file: str) -> None:
    with pytest.raises(StoreError) as caught:
        Address.parse(text, Path())
    assert (caught.value.reason, caught.value.file) == (reason, file)
    assert not re.search("p@ss|ss@|w0rd", caught.value.full_message(load_texts("nl")))


def test_what_is_no_address_is_not_told_as_a_path(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as caught:
        Address.parse("geheim", tmp_path)
    assert named_from(caught.value, tmp_path).file == "…"


def test_a_part_that_is_missing_is_named_with_what_brings_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    monkeypatch.setitem(sys.modules, "pyodbc", None)
    for url, extra in (("postgresql://db/x", "postgresql"), ("mariadb://db/x", "odbc"), ("mssql://db/x", "odbc")):
        with pytest.raises(StoreError) as caught:
            Address.parse(url, Path()).engine()
        assert (caught.value.reason, f"registerkit[{extra}]" in caught.value.fix(load_texts("nl"))) == ("package", True)


@pytest.mark.parametrize(
    ("url", "drivers", "chosen"),
    [
        ("mariadb://db/x", ["MySQL ODBC 8.0 ANSI Driver", "MySQL ODBC 8.0 Unicode Driver"], "MySQL ODBC 8.0 Unicode Driver"),
        ("mariadb://db/x", ["MariaDB Unicode", "SQL Server"], "MariaDB Unicode"),
        ("mariadb://db/x?driver=Eigen", ["MariaDB Unicode"], "Eigen"),
        ("mssql://db/x", ["SQL Server", "ODBC Driver 17 for SQL Server", "ODBC Driver 18 for SQL Server"], "ODBC Driver 18 for SQL Server"),
        ("mssql://db/x", ["MariaDB Unicode"], None),
        ("mariadb://db/x", [], None),
    ],
)  # fmt: skip
def test_the_driver_that_fits_is_found(
    monkeypatch: pytest.MonkeyPatch, url: str, drivers: list[str], chosen: str | None
) -> None:
    monkeypatch.setattr("pyodbc.drivers", lambda: drivers)
    address = Address.parse(url, Path())
    if chosen is None:
        with pytest.raises(StoreError) as caught:
            address.engine()
        assert caught.value.reason == "odbc_driver"
        return
    engine = address.engine()
    (words,), _ = engine.dialect.create_connect_args(engine.url)
    assert f"DRIVER={{{chosen}}}" in words


def test_mariadb_is_told_its_port_in_its_own_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pyodbc.drivers", lambda: ["MariaDB Unicode"])
    engine = Address.parse("mariadb://jan:x@db:3307/klachten", Path()).engine()
    (words,), _ = engine.dialect.create_connect_args(engine.url)
    assert {"Server=db", "port=3307", "Database=klachten", "charset=utf8mb4"} <= set(words.split(";"))


@pytest.mark.parametrize(
    ("code", "said", "reason"),
    [
        (None, 'connection failed: FATAL:  password authentication failed for user "jan"', "password"),
        (None, 'connection failed: FATAL:  database "klachten" does not exist', "no_database"),
        (None, "connection failed: connection to server at \"db\", port 5432 failed: Connection refused\n\tIs the server", "down"),
        (None, "[Errno -2] Name or service not known", "down"),
        ("42501", "permission denied for schema public", "rights"),
        ("22001", "value too long for type character varying(64)", "server"),
        ("28000", "[28000] [ma-3.1.15]Access denied for user 'jan'@'db' (using password: YES) (1045)", "password"),
        ("42000", "[42000] [ma-3.1.15]Unknown database 'klachten' (1049)", "no_database"),
        ("42000", "[42000] [ma-3.1.15]CREATE command denied to user 'jan'@'db' for table `x` (1142)", "rights"),
        ("HY000", "[HY000] [ma-3.1.15]Can't connect to server on 'db' (115) (2002)", "down"),
        ("01000", "[01000] [unixODBC][Driver Manager]Can't open lib 'Eigen' : file not found (0)", "odbc_driver"),
        ("42000", "[42000] [Microsoft][ODBC Driver 18 for SQL Server]Cannot open database \"x\" requested by the login.", "no_database"),
        ("28000", "[28000] [Microsoft][ODBC Driver 18 for SQL Server]Login failed for user 'jan'.", "password"),
    ],
)  # fmt: skip
def test_what_a_server_says_is_understood(code: str | None, said: str, reason: str) -> None:
    cause = Exception(code, said) if said.startswith("[") and code else Exception(said)
    if code and not said.startswith("["):
        cause.sqlstate = code  # type: ignore[attr-defined]
    address = Address.parse("postgresql://jan:geheim@db/klachten", Path())
    error = store_error(address, sa.exc.OperationalError("x", None, cause))
    assert error.reason == reason
    assert not error.values["problem"].startswith("[")


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("database is locked", "busy"),
        ("database table is locked: rk_meta", "busy"),
        ("locking protocol", "busy"),
        ("malformed database schema (rk_meta)", "damaged"),
        ("no such collation", None),
    ],
)
def test_what_a_store_in_a_file_says_is_understood(said: str, reason: str | None) -> None:
    address = Address.parse("sqlite:///register.db", Path())
    assert store_error(address, sa.exc.OperationalError("x", None, Exception(said))).reason == reason


def test_a_password_that_a_server_repeats_is_left_out() -> None:
    address = Address.parse("postgresql://jan:geheim@db/klachten", Path())
    error = store_error(address, sa.exc.OperationalError("x", None, Exception("no such thing: geheim")))
    assert error.values["problem"] == "no such thing: ***"


@pytest.mark.parametrize("code", ["40001", "40P01"])
def test_work_that_had_to_give_way_may_be_done_again(code: str) -> None:
    address = Address.parse("postgresql://jan@db/klachten", Path())
    cause = Exception("could not serialize access")
    cause.sqlstate = code  # type: ignore[attr-defined]
    assert isinstance(store_error(address, sa.exc.OperationalError("x", None, cause)), StoreLostError)
    assert store_error(address, sa.exc.OperationalError("x", None, cause)).may_pass
