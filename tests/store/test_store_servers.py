"""The store on real servers keeps what it keeps in a file, and one office at a time changes it."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from servers import Server
from stage_samples import DEFINITION, INCIDENTS, ON, record

from registerkit.database import data_tables
from registerkit.definition import Field
from registerkit.errors import BusyError, StoreError, StoreLostError
from registerkit.stamp import Stamp
from registerkit.store import Store, schema, sqlite_url
from registerkit.store.anonymise import person_codes, said_of, wipe
from registerkit.store.conflicts import open_conflicts
from registerkit.store.forms import keep_forms, taken_forms
from registerkit.store.layout_sql import layout_sql
from registerkit.store.outbox import finish_entry, open_entries, put
from registerkit.store.runs import begin_run, finish_run, finished_on, last_finished
from registerkit.store.sources import keep_outcome, keep_source, knowledge_of, reserve, reserved_keys, source_info
from registerkit.store.timeline import Anchor
from registerkit.sync.plan import Conflict, SourcePlan

AT = "2026-11-20T10:00:00"
KEY = "K-2026-0001"
LONG = "Omschrijving é 🚲 \n" * 2000
WHOLE = record(
    KEY, amount=10**15, consumer=False, special=True, related_to=("K-2026-0002", "K-2026-0003"), satisfaction=-999_999_999,
    due_on=date(9999, 12, 31), bought_on=date(1000, 1, 1), remarks=LONG, name="'; DROP TABLE rk_meta; -- \\' \\ %s ? :x {y}",
    email="a" * 300 + "@voorbeeld.example", city=" met blanco's ", subject="",
)  # fmt: skip


@pytest.fixture
def url(server: Server) -> str:
    return server.database()


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    store = Store.open(url, DEFINITION, AT, "noord")
    yield store
    store.close()


def create(store: Store, *records: dict[str, Any]) -> None:
    with store.transaction("f.xlsx", AT) as transaction:
        for made in records:
            transaction.create("complaints", str(made["number"]), made)


# ---------------------------------------------------------------------------------------------------- what is kept
def test_a_record_and_its_history_come_back_as_they_were(store: Store) -> None:
    create(store, WHOLE)
    assert {KEY: WHOLE} == store.records("complaints")
    told = {line.field: line.new for line in store.history("complaints", KEY)}
    assert (LONG, "0", str(10**15)) == (told["remarks"], told["consumer"], told["amount"])


def test_many_records_at_once_come_back_as_they_were(store: Store) -> None:
    """More than a few rows go another way than one statement each."""
    many = [
        WHOLE | {"number": f"K-{n}", "remarks": None if n % 3 else f"{n}\t\\N\n", "special": n % 2 == 0}
        for n in range(230)
    ]
    create(store, *many)
    assert {row["number"]: row for row in many} == store.records("complaints")
    assert len(store.history("complaints", "K-7")) == sum(v is not None for v in many[7].values()) - 1


def test_keys_are_told_apart_by_every_letter_and_stand_in_the_same_order(store: Store, tmp_path: Path) -> None:
    keys = ["K-2", "k-2", "K-10", "K-2a", "É-1", "E-1", "é-1", "_", "Z", "a"]
    create(store, *(record(key) for key in keys))
    own = Store.open(sqlite_url(tmp_path / "r.db"), DEFINITION, AT)
    create(own, *(record(key) for key in keys))
    assert list(own.records("complaints")) == list(store.records("complaints"))
    own.close()


def test_what_is_personal_is_wiped_with_its_history_and_a_second_time_changes_nothing(store: Store) -> None:
    create(store, WHOLE, record("K-2026-0002", name="B. Blijver"))
    assert [said["name"] for said in said_of(store, [KEY])] == [WHOLE["name"]]
    for _ in range(2):
        wipe(store, {KEY: ON}, {KEY: "c1", "K-2026-0002": "c1"}, "geanonimiseerd", AT)
        left = store.records("complaints")
        assert (left[KEY]["anonymised_on"], left[KEY]["name"], left[KEY]["email"]) == (ON, "geanonimiseerd", None)
        assert left[KEY]["amount"] == WHOLE["amount"]
        assert left["K-2026-0002"]["name"] == "B. Blijver"
        changes = store.history("complaints", KEY)
        assert not any("DROP TABLE" in f"{change.old}{change.new}" for change in changes), "the history is wiped too"
        assert [change.field for change in changes].count("anonymised_on") == 1
        assert person_codes(store) == {KEY: "c1", "K-2026-0002": "c1"}


def test_a_second_record_of_one_key_is_refused_whole(store: Store) -> None:
    create(store, record(KEY))
    for rows in ([record("K-9"), record(KEY)], [record(f"K-{n}") for n in range(100)] + [record(KEY)]):
        with pytest.raises(sa.exc.IntegrityError):
            create(store, *rows)
    assert [KEY] == list(store.records("complaints"))


def test_a_value_that_does_not_fit_is_told_and_nothing_is_kept(store: Store) -> None:
    with pytest.raises(StoreError) as caught:
        create(store, record(KEY), record("K" * 65))
    assert caught.value.reason == "server"
    assert {} == store.records("complaints")


def test_the_bookkeeping_of_a_source(store: Store) -> None:
    here = ("complaints", KEY, "city")
    plan = SourcePlan(
        "f.xlsx", "workbook", ON, seen={here: "Zeist"}, pending={("complaints", KEY): {"name": "É"}},
        aliases={("complaints", "K-8"): KEY}, gone={("complaints", "K-9")}, left_out={("complaints", "K-9")},
        conflicts=[Conflict("complaints", KEY, "city", "A", "Zeist", "Utrecht", "store")],
    )  # fmt: skip
    for _ in range(2):  # The second time finds everything there already, just as it is.
        with store.transaction("f", AT) as transaction:
            keep_source(transaction, "f.xlsx", "workbook", Stamp("r", "w1", 0), plan)
            transaction.set_meta("calendar", "x")
            keep_forms(transaction, {"a": KEY}, ON)
    with store.transaction("f", AT) as transaction:
        reserve(transaction, "complaints", [f"K-{n}" for n in range(100, 200)], "w0")
    known = knowledge_of(store, source_info(store, "f.xlsx"), Stamp("r", "w1", 0), Anchor(0))
    assert ({here: "Zeist"}, {("complaints", KEY): {"name": "É"}}) == (known.seen, known.pending)
    assert ({("complaints", "K-8"): KEY}, {("complaints", "K-9")}) == (known.aliases, known.left_out)
    assert (100, {"a": KEY}, "x") == (len(reserved_keys(store, "w0")), taken_forms(store, ON), store.meta("calendar"))
    with store.transaction("f", AT) as transaction:
        keep_outcome(
            transaction, "f.xlsx", content="c", state="s", outcome={"rows": LONG * 20}, stamped=Stamp("r", "w1", 3)
        )
    info = source_info(store, "f.xlsx")
    assert info is not None
    assert (info.outcome, info.revision) == ({"rows": LONG * 20}, 3)


# --------------------------------------------------------------------------------------------------------- offices
def test_files_runs_and_conflicts_belong_to_their_office(store: Store, url: str) -> None:
    zuid = Store.open(url, DEFINITION, AT, "zuid")
    lost = Conflict("complaints", KEY, "city", "A", "Zeist", "Utrecht", "store")
    with store.transaction("f", AT) as transaction:
        put(transaction, "letter", "a.docx", {"staged": "x"})
        run = begin_run(transaction, "weekly", ON, "", AT)
        finish_run(transaction, run, AT, {"new": 1})
        keep_source(
            transaction,
            "f.xlsx",
            "workbook",
            Stamp("r", "w1", 7),
            SourcePlan("f.xlsx", "workbook", ON, conflicts=[lost]),
        )
    assert ([], {}, None, None) == (
        open_entries(zuid), open_conflicts(zuid), finished_on(zuid, "weekly", ON), source_info(zuid, "f.xlsx"),
    )  # fmt: skip
    assert last_finished(zuid, "weekly", date(2027, 1, 1)) is None
    with zuid.transaction("f", AT) as transaction:
        keep_source(transaction, "f.xlsx", "workbook", Stamp("r", "w2", 8), SourcePlan("f.xlsx", "workbook", ON))
    infos = [source_info(each, "f.xlsx") for each in (store, zuid)]
    assert [("w1", 7), ("w2", 8)] == [(info.workbook_id, info.revision) for info in infos if info]
    (entry,) = open_entries(store)
    with store.transaction("f", AT) as transaction:
        finish_entry(transaction, entry.id)
    assert ([], 1, {"new": 1}) == (open_entries(store), len(open_conflicts(store)), finished_on(store, "weekly", ON))
    zuid.close()


def test_one_office_waits_for_the_other(store: Store, url: str) -> None:
    """What the second does it does on the state that the first has left."""
    zuid, order = Store.open(url, DEFINITION, AT, "zuid"), []

    def second() -> None:
        with zuid.exclusive():
            order.append(list(zuid.records("complaints")))

    with store.exclusive():
        waiting = threading.Thread(target=second)
        waiting.start()
        create(store, record(KEY))
        waiting.join(0.3)
        order.append("first")
    waiting.join(20)
    assert ["first", [KEY]] == order
    zuid.close()


def test_an_office_that_waits_too_long_says_so(store: Store, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("registerkit.store.database._WAIT_SECONDS", 1)
    zuid = Store.open(url, DEFINITION, AT, "zuid")
    with store.exclusive(), pytest.raises(BusyError) as caught, zuid.exclusive():
        pass
    assert (caught.value.reason, caught.value.exit_code) == ("server", 3)
    with zuid.exclusive():
        create(zuid, record(KEY))
    zuid.close()


def test_a_step_of_another_in_between_is_noticed_even_without_the_lock(store: Store, url: str) -> None:
    """As on a server that knows no such lock: what was planned no longer holds, and is not kept."""
    zuid = Store.open(url, DEFINITION, AT, "zuid")
    with pytest.raises(StoreLostError), store.exclusive():
        assert {} == store.records("complaints")
        create(zuid, record("K-9"))
        create(store, record(KEY))
    assert ["K-9"] == list(store.records("complaints"))
    zuid.close()


def test_a_look_at_the_register_is_of_one_moment(store: Store, url: str) -> None:
    zuid = Store.open(url, DEFINITION, AT, "zuid")
    with store.reading():
        before = store.revision()
        create(zuid, record(KEY))
        assert (before, {}) == (store.revision(), store.records("complaints"))
    assert [KEY] == list(store.records("complaints"))
    zuid.close()


def test_a_connection_that_is_lost_never_comes_back_without_the_lock(store: Store, server: Server) -> None:
    with pytest.raises(StoreLostError), store.exclusive():
        create(store, record(KEY))
        server.drop_connections()
        with pytest.raises(StoreLostError):
            store.records("complaints")
        create(store, record("K-9"))
    assert [KEY] == list(store.records("complaints"))
    with store.exclusive():
        create(store, record("K-9"))
    assert [KEY, "K-9"] == list(store.records("complaints"))


def test_many_rows_that_are_cut_off_on_their_way_are_not_kept(store: Store, server: Server) -> None:
    with pytest.raises(StoreLostError), store.transaction("f", AT) as transaction:
        for n in range(100):
            transaction.create("complaints", f"K-{n}", record(f"K-{n}"))
        server.drop_connections()
    assert ({}, []) == (store.records("complaints"), store.history())


# ------------------------------------------------------------------------------------------------------- the layout
def test_a_grown_definition_adds_its_columns_and_keeps_the_rows(store: Store, url: str) -> None:
    create(store, record(KEY, city="Utrecht"))
    words = [
        Field(w, "complaints", "text", {"nl": w, "en": f"the '{w}'"})
        for w in ("select", "order", "table", "user", "key")
    ]
    main = replace(DEFINITION.main, fields=(*DEFINITION.main.fields, *words))
    grown = Store.open(url, replace(DEFINITION, tables={**DEFINITION.tables, main.id: main}), AT, "noord")
    create(grown, record("K-2") | {w.id: f"É {w.id}" for w in words})
    found = grown.records("complaints")
    assert ("Utrecht", None, "É order") == (found[KEY]["city"], found[KEY]["order"], found["K-2"]["order"])
    grown.close()
    both = Store.open(url, INCIDENTS, AT, "noord")
    assert {} == both.records("incidents")
    both.close()


def test_tables_that_an_administrator_made_need_no_right_to_make_them(server: Server, url: str) -> None:
    """The `.sql` file is the layout, whole: who uses it may change rows and no more."""
    dialect = {"postgresql": "postgresql", "mariadb": "mysql"}[server.scheme]
    name = url.rpartition("/")[2]
    server.run_in(name, layout_sql(data_tables(DEFINITION, sa.MetaData()), dialect, AT))
    own = Store.open(server.plain_user(name), DEFINITION, AT, "noord")
    create(own, WHOLE)
    with own.transaction("f", AT) as transaction:
        put(transaction, "letter", "a.docx", {})
    assert ({KEY: WHOLE}, 1) == (own.records("complaints"), len(open_entries(own)))
    own.close()


# ----------------------------------------------------------------------------------------- a store from before this
def test_a_store_from_before_there_were_offices_goes_on(tmp_path: Path) -> None:
    """Its files, runs and letters on their way are the project's own."""
    url = sqlite_url(tmp_path / "register.db")
    old = Store.open(url, DEFINITION, AT)
    with old.transaction("f", AT) as transaction:
        keep_source(transaction, "f.xlsx", "workbook", Stamp("r", "w1", 7), SourcePlan("f.xlsx", "workbook", ON))
        put(transaction, "letter", "a.docx", {})
        finish_run(transaction, begin_run(transaction, "weekly", ON, "", AT), AT, {})
    old.close()
    with sqlite3.connect(tmp_path / "register.db") as connection:
        for table, unique in (("rk_sources", ', UNIQUE ("path")'), ("rk_outbox", ""), ("rk_runs", "")):
            kept = [n for _, n, *_ in connection.execute(f"PRAGMA table_info({table})") if n != "office"]
            columns = ", ".join(f'"{n}"' if n != "id" else "id INTEGER PRIMARY KEY" for n in kept)
            names = ", ".join(kept)
            connection.execute(f"ALTER TABLE {table} RENAME TO old_one")
            connection.execute(f"CREATE TABLE {table} ({columns}{unique})")
            connection.execute(f"INSERT INTO {table} SELECT {names} FROM old_one")
            connection.execute("DROP TABLE old_one")
        connection.execute("DELETE FROM rk_migrations WHERE n = 3")
        connection.execute("DELETE FROM rk_meta WHERE name = 'turn'")
    connection.close()
    later = Store.open(url, DEFINITION, AT)
    info = source_info(later, "f.xlsx")
    assert info is not None
    assert (7, 1, {}) == (info.revision, len(open_entries(later)), finished_on(later, "weekly", ON))
    with later.transaction("f", AT) as transaction:
        keep_source(transaction, "f.xlsx", "workbook", Stamp("r", "w1", 9), SourcePlan("f.xlsx", "workbook", ON))
        keep_source(transaction, "g.xlsx", "workbook", Stamp("r", "w2", 9), SourcePlan("g.xlsx", "workbook", ON))
    with later.reading() as connection:
        assert ["f.xlsx", "g.xlsx"] == sorted(connection.scalars(sa.select(schema.sources.c.path)))
    later.close()
