"""A store grows with its definition: new tables and columns come in, and nothing entered before is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import sqlalchemy as sa
from stage_samples import DEFINITION, INCIDENTS, record

from registerkit.definition import Definition, Field
from registerkit.store import Store, schema, sqlite_url
from registerkit.store.migrations import MIGRATIONS, pending_migrations

AT = "2026-11-20T10:00:00"


def grown(*fields: Field, without: str | None = None) -> Definition:
    main = DEFINITION.main
    table = replace(main, fields=tuple(f for f in main.fields if f.id != without) + fields)
    return replace(DEFINITION, tables={**DEFINITION.tables, main.id: table})


NEW = (
    Field("room", "complaints", "text", {"nl": "Kamer", "en": "Room"}),
    Field("seen_on", "complaints", "date", {"nl": "Gezien op", "en": "Seen on"}),
    Field("order", "complaints", "integer", {"nl": "Volgorde", "en": "Order"}),
)


def test_migrations_are_numbered_and_taken_once(tmp_path: Path) -> None:
    engine = sa.create_engine(sqlite_url(tmp_path / "r.db"))
    with engine.connect() as connection:
        assert pending_migrations(connection) == [n for n, _, _ in MIGRATIONS]
    Store.open(sqlite_url(tmp_path / "r.db"), DEFINITION, AT).close()
    Store.open(sqlite_url(tmp_path / "r.db"), DEFINITION, AT).close()
    with engine.connect() as connection:
        assert pending_migrations(connection) == []
        assert list(connection.scalars(sa.select(schema.migrations.c.n))) == [n for n, _, _ in MIGRATIONS]
    assert [n for n, _, _ in MIGRATIONS] == list(range(1, len(MIGRATIONS) + 1))
    engine.dispose()


def test_a_store_of_an_earlier_version_gets_what_figures_are_counted_from_and_its_indexes(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path / "r.db")
    Store.open(url, DEFINITION, AT).close()
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        connection.execute(schema.migrations.delete().where(schema.migrations.c.n >= 8))
        for table in ("rk_cases", "rk_handlings", "rk_waits", "rk_person_keys"):
            connection.exec_driver_sql(f"DROP TABLE {table}")
        connection.exec_driver_sql("DROP INDEX ix_pauses_complaint")
    Store.open(url, DEFINITION, AT).close()
    there = sa.inspect(engine)
    assert {"rk_cases", "rk_handlings", "rk_waits", "rk_person_keys"} <= set(there.get_table_names())
    assert ["complaint"] in [index["column_names"] for index in there.get_indexes("pauses")]
    engine.dispose()


def test_a_grown_definition_adds_its_columns_and_keeps_the_rows(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path / "r.db")
    store = Store.open(url, DEFINITION, AT)
    with store.transaction("f.xlsx", AT) as transaction:
        transaction.create("complaints", "K-1", record("K-1", city="Utrecht"))
    before = store.register_id(), store.revision()
    store.close()

    later = Store.open(url, grown(*NEW), AT)
    assert (later.register_id(), later.revision()) == before
    found = later.records("complaints")["K-1"]
    assert (found["city"], found["room"], found["seen_on"], found["order"]) == ("Utrecht", None, None, None)
    with later.transaction("f.xlsx", AT) as transaction:
        changes = {"room": (None, "2b"), "seen_on": (None, date(2026, 1, 2)), "order": (None, 3)}
        transaction.update("complaints", "K-1", changes)
    assert later.records("complaints")["K-1"]["seen_on"] == date(2026, 1, 2)
    later.close()


def test_a_field_taken_out_keeps_its_data_for_when_it_comes_back(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path / "r.db")
    store = Store.open(url, DEFINITION, AT)
    with store.transaction("f.xlsx", AT) as transaction:
        transaction.create("complaints", "K-1", record("K-1", city="Utrecht"))
    store.close()
    without = Store.open(url, grown(without="city"), AT)
    assert "city" not in without.records("complaints")["K-1"]
    assert without.base(0).value("complaints", "K-1", "city", None) is None  # History of a field that is no more.
    without.close()
    back = Store.open(url, DEFINITION, AT)
    assert back.records("complaints")["K-1"]["city"] == "Utrecht"
    back.close()


def test_a_second_definition_gets_its_own_tables(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path / "r.db")
    Store.open(url, DEFINITION, AT).close()
    store = Store.open(url, INCIDENTS, AT)
    assert store.records("incidents") == {}
    store.close()


def test_field_ids_that_are_words_of_sql_are_kept_too(tmp_path: Path) -> None:
    words = [Field(w, "complaints", "text", {"nl": w, "en": w}) for w in ("select", "order", "table", "from")]
    url = sqlite_url(tmp_path / "r.db")
    Store.open(url, DEFINITION, AT).close()
    store = Store.open(url, grown(*words), AT)
    with store.transaction("f.xlsx", AT) as transaction:
        transaction.create("complaints", "K-1", record("K-1") | {w.id: w.id for w in words})
    assert store.records("complaints")["K-1"]["select"] == "select"
    store.close()
