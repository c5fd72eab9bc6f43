"""The tables of a store as SQL: what SQL Server gets is compared whole, for it cannot be run here."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest
import sqlalchemy as sa
from stage_samples import DEFINITION, INCIDENTS

from registerkit.database import data_tables
from registerkit.store import Store, sqlite_url
from registerkit.store.bulk import insert_rows
from registerkit.store.layout_sql import DIALECTS, layout_sql
from registerkit.store.migrations import MIGRATIONS

AT = "2026-11-20T10:00:00"
GOLDEN = Path(__file__).parent / "incidents.mssql.sql"
TABLES = data_tables(INCIDENTS, sa.MetaData())


def test_sql_server_gets_types_that_keep_every_letter_apart() -> None:
    assert GOLDEN.read_text(encoding="utf-8") == layout_sql(TABLES, "mssql", AT)


@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_table_is_there_and_says_that_it_is_up_to_date(dialect: str) -> None:
    sql = layout_sql(data_tables(DEFINITION, sa.MetaData()), dialect, AT)
    made = re.findall(r"CREATE TABLE (\w+)", sql)
    assert len(made) == len(set(made))
    assert set(made) >= set(DEFINITION.tables) | {"rk_meta", "rk_history", "rk_outbox"}
    assert sql.count("INSERT INTO rk_migrations") == len(MIGRATIONS)
    assert all(statement.strip() for statement in sql.rstrip(";\n").split(";\n"))


def test_sqlite_s_layout_is_the_store_s_own(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "made.db") as connection:
        connection.executescript(layout_sql(TABLES, "sqlite", AT))
    connection.close()
    Store.open(sqlite_url(tmp_path / "own.db"), INCIDENTS, AT).close()
    assert layout_of(tmp_path / "made.db") == layout_of(tmp_path / "own.db")


def layout_of(file: Path) -> list[tuple[str, str]]:
    connection = sqlite3.connect(file)
    rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name").fetchall()
    connection.close()
    return [(name, " ".join(sql.split())) for name, sql in rows]


def test_sql_server_is_sent_many_rows_a_statement_and_the_numbers_they_bring() -> None:
    """It takes 1,000 rows and 2,100 values at a time, and numbers of our own only when told so."""
    sent: list[tuple[str, int]] = []

    class Recorder:
        dialect = sa.create_mock_engine("mssql+pyodbc://", print).dialect

        def exec_driver_sql(self, statement: str, values: tuple[object, ...] = ()) -> None:
            sent.append((statement, len(values)))

    counted = sa.Table("t", sa.MetaData(), sa.Column("id", sa.Integer(), primary_key=True), sa.Column("key", sa.Text()))
    insert_rows(Recorder(), counted, [{"id": n, "key": str(n)} for n in range(2500)])  # type: ignore[arg-type]
    assert [statement[:26] for statement, _ in sent] == [
        "SET IDENTITY_INSERT t ON", *["INSERT INTO t (id, [key]) "] * 3, "SET IDENTITY_INSERT t OFF",
    ]  # fmt: skip
    assert [values for _, values in sent[1:4]] == [2000, 2000, 1000]
    sent.clear()
    insert_rows(Recorder(), counted, [{"key": str(n)} for n in range(100)])  # type: ignore[arg-type]
    assert [statement.partition(" VALUES ")[0] for statement, _ in sent] == ["INSERT INTO t ([key])"]
