"""The tables as SQL for Access: what plain ODBC takes, in an order in which everything pointed at is there."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest
from stage_samples import DEFINITION, INCIDENTS
from workbook_samples import make_content

from registerkit.database.access import access_rows, access_sql, plan_access
from registerkit.definition import Definition

TYPES = {"COUNTER", "VARCHAR", "LONGCHAR", "DATETIME", "LONG", "CURRENCY"}

INCIDENTS_SQL = Path(__file__).parent / "incidents.access.sql"


def sql_of(definition: Definition, language: str) -> str:
    content = make_content(language, definition=definition)
    plan = plan_access(definition, content.texts)
    return access_sql(plan, access_rows(plan, content, complete=False))


def test_a_whole_small_register() -> None:
    assert INCIDENTS_SQL.read_text(encoding="utf-8") == sql_of(INCIDENTS, "nl")


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("definition", [DEFINITION, INCIDENTS], ids=["complaints", "incidents"])
def test_every_statement_can_be_run_in_order(definition: Definition, language: str) -> None:
    """SQLite takes Access's names in brackets and does not mind its types."""
    connection = sqlite3.connect(":memory:")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.executescript(sql_of(definition, language))
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    shown = [table for table in definition.tables.values() if not table.fixed]
    assert len(tables) == len(shown) + len(definition.lists)
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    for name in tables:
        for _, _, target, *_ in connection.execute(f'PRAGMA foreign_key_list("{name}")'):
            assert target in tables
    connection.close()


def test_only_types_that_access_has_and_nothing_that_odbc_refuses() -> None:
    sql = sql_of(DEFINITION, "nl")
    assert set(re.findall(r"^  \[[^\]]+\] ([A-Z]+)", sql, re.MULTILINE)) == TYPES
    assert not re.search(r"\b(DEFAULT|CHECK|CASCADE|DECIMAL|BIT|YESNO|TEXT)\b", sql)


def test_no_table_has_more_indexes_than_access_takes() -> None:
    for statement in sql_of(DEFINITION, "nl").split(";\n\n"):
        assert statement.count("CONSTRAINT") <= 32


def test_names_are_what_access_takes() -> None:
    names = re.findall(r"\[([^\]]+)\]", sql_of(DEFINITION, "en"))
    assert max(map(len, names)) <= 64
    assert not any(set(name) & set('.!`"') for name in names)
