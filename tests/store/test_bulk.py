"""Many rows go into a table in parts, and all of them arrive."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from registerkit.store import bulk


@pytest.mark.parametrize("n", [0, 1, 3, 4, 7])
def test_rows_arrive_whatever_their_number(monkeypatch: pytest.MonkeyPatch, n: int) -> None:
    monkeypatch.setattr(bulk, "_BATCH", 3)
    table = sa.Table("t", sa.MetaData(), sa.Column("a", sa.Integer))
    with sa.create_engine("sqlite://").connect() as connection:
        table.create(connection)
        bulk.insert_rows(connection, table, [{"a": each} for each in range(n)])
        assert list(range(n)) == list(connection.execute(sa.select(table.c.a).order_by(table.c.a)).scalars())
