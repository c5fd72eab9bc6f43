"""Records are kept whole, every change is in the history, and the history tells what a field held at any revision."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from stage_samples import DEFINITION, record

from registerkit.definition import Record
from registerkit.errors import StoreError
from registerkit.store import Store, decode, sqlite_url
from registerkit.sync.state import SYSTEM

AT = "2026-11-20T10:00:00"
KEY = "K-2026-0001"
WHOLE = record(
    KEY, amount=123456, consumer=False, special=True, related_to=("K-2026-0002", "K-2026-0003"), satisfaction=4,
    due_on=date(2026, 11, 30), remarks="Een.\nTwee 'drie' \"vier\" ; -- é 🚲", postcode="3512 AB",
)  # fmt: skip


def create(store: Store, *records: Record, table: str = "complaints", source: str = "f.xlsx") -> None:
    key = DEFINITION.tables[table].key
    with store.transaction(source, AT) as transaction:
        for made in records:
            of_day = made[key]
            transaction.create(table, of_day.isoformat() if isinstance(of_day, date) else str(of_day), made)


def change(store: Store, key: str, source: str = "f.xlsx", **values: Any) -> None:
    now = store.records("complaints")[key]
    with store.transaction(source, AT) as transaction:
        transaction.update("complaints", key, {f: (now[f], v) for f, v in values.items()})


def test_a_record_comes_back_as_it_was(fresh_db: Store) -> None:
    create(fresh_db, WHOLE)
    assert fresh_db.records("complaints") == {KEY: WHOLE}


def test_a_table_keyed_by_day(fresh_db: Store) -> None:
    holiday: Record = {"on": date(2027, 1, 1), "name": "Nieuwjaarsdag", "origin": "wet", "in_use": True}
    create(fresh_db, holiday, table="holidays")
    assert fresh_db.records("holidays") == {"2027-01-01": holiday}


def test_records_stand_in_the_order_they_came(fresh_db: Store) -> None:
    for key in ("K-3", "K-1", "K-2"):
        create(fresh_db, record(key))
    assert list(fresh_db.records("complaints")) == ["K-3", "K-1", "K-2"]


def test_a_second_record_of_one_key_is_refused_whole(fresh_db: Store) -> None:
    create(fresh_db, record(KEY))
    with pytest.raises(sa.exc.IntegrityError):
        create(fresh_db, record("K-9"), record(KEY))
    assert list(fresh_db.records("complaints")) == [KEY]


def test_the_history_has_one_line_for_every_filled_field(fresh_db: Store) -> None:
    create(fresh_db, WHOLE)
    lines = fresh_db.history("complaints", KEY)
    assert {line.field for line in lines} == {f for f, v in WHOLE.items() if v is not None and f != "number"}
    assert {(line.source, line.old, line.at, line.taken, line.revision) for line in lines} == {
        ("f.xlsx", None, AT, True, 1)
    }


def test_the_history_names_who_brought_what(fresh_db: Store) -> None:
    with fresh_db.transaction("registerkit", AT) as transaction:
        transaction.create("complaints", KEY, record(KEY), "f.xlsx", {"status": SYSTEM, "severity": SYSTEM})
    sources = {line.field: line.source for line in fresh_db.history("complaints", KEY)}
    assert (sources["name"], sources["status"], sources["severity"]) == ("f.xlsx", "registerkit", "registerkit")


def test_the_revision_counts_changes_only(fresh_db: Store) -> None:
    before = fresh_db.revision()
    with fresh_db.transaction("f.xlsx", AT):
        pass
    assert fresh_db.revision() == before
    create(fresh_db, record(KEY))
    change(fresh_db, KEY, name="E. Bos")
    assert fresh_db.revision() == before + 2


def test_a_value_that_lost_is_in_the_history_and_not_in_the_base(fresh_db: Store) -> None:
    create(fresh_db, record(KEY, city="Utrecht"))
    with fresh_db.transaction("registerkit", AT) as transaction:
        transaction.note_lost("complaints", KEY, "city", "Zeist", "filiaal.xlsx")
    last = fresh_db.history("complaints", KEY)[-1]
    assert (last.new, last.taken, last.source) == ("Zeist", False, "filiaal.xlsx")
    assert fresh_db.records("complaints")[KEY]["city"] == "Utrecht"
    assert fresh_db.base(1).value("complaints", KEY, "city", "Utrecht") == "Utrecht"


class PullThePlugError(Exception):
    """What ends a transaction in the middle."""


def test_a_transaction_that_fails_leaves_nothing_behind(fresh_db: Store) -> None:
    create(fresh_db, record(KEY))
    before = (fresh_db.all_records(), fresh_db.history(), fresh_db.revision())
    with pytest.raises(PullThePlugError), fresh_db.transaction("f.xlsx", AT) as transaction:
        transaction.create("complaints", "K-2", record("K-2"))
        transaction.update("complaints", KEY, {"name": ("J. Jansen", "X")})
        transaction.set_meta("calendar", "x")
        transaction.finish()
        raise PullThePlugError
    assert (fresh_db.all_records(), fresh_db.history(), fresh_db.revision()) == before
    assert fresh_db.meta("calendar") is None


def test_a_store_in_a_file_that_is_none_says_so(tmp_path: Path) -> None:
    (tmp_path / "register.db").write_bytes(b"dit is geen database" * 100)
    with pytest.raises(StoreError) as caught:
        Store.open(sqlite_url(tmp_path / "register.db"), DEFINITION, AT)
    assert caught.value.exit_code == 3


def test_the_store_keeps_a_rollback_journal(fresh_db: Store, tmp_path: Path) -> None:
    """A write-ahead log would break on a network share."""
    create(fresh_db, record(KEY))
    with sqlite3.connect(tmp_path / "register.db") as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["register.db"]


def test_a_store_knows_itself_again(fresh_db: Store, tmp_path: Path) -> None:
    again = Store.open(sqlite_url(tmp_path / "register.db"), DEFINITION, AT)
    other = Store.open(sqlite_url(tmp_path / "ander.db"), DEFINITION, AT)
    assert again.register_id() == fresh_db.register_id() != other.register_id()
    again.close()
    other.close()


# --------------------------------------------------------------------------------- the history tells every base
FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "city": st.none() | st.sampled_from(["a", "b", "é"]),
    "amount": st.none() | st.integers(-5, 5),
    "consumer": st.none() | st.booleans(),
    "bought_on": st.none() | st.dates(date(2026, 1, 1), date(2026, 1, 5)),
    "related_to": st.none() | st.sampled_from([("K-1",), ("K-1", "K-2")]),
}
STEPS = st.lists(
    st.tuples(st.sampled_from(["K-1", "K-2", "K-3"]), st.fixed_dictionaries({}, optional=FIELDS)),
    min_size=1, max_size=12,
)  # fmt: skip


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(STEPS)
def test_the_base_at_any_revision_is_what_the_store_held_then(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, dict[str, Any]]]
) -> None:
    store = Store.open(sqlite_url(tmp_path_factory.mktemp("basis") / "r.db"), DEFINITION, AT)
    past = {store.revision(): store.records("complaints")}
    for key, values in steps:
        now = store.records("complaints").get(key)
        if now is None:
            create(store, record(key) | values)
        elif changes := {f: v for f, v in values.items() if now[f] != v}:
            change(store, key, **changes)
        past[store.revision()] = store.records("complaints")
    present = store.records("complaints")
    for revision, then in past.items():
        base = store.base(revision)
        for key, values in present.items():
            assert (("complaints", key) in base.created) == (key not in then)
            for field_id in FIELDS if key in then else ():
                assert base.value("complaints", key, field_id, values[field_id]) == then[key][field_id]
    check_history(store, present)
    store.close()


def check_history(store: Store, present: dict[str, Record]) -> None:
    """The history read from the start gives the records as they are; each line begins where the last one ended."""
    held: dict[tuple[str, str], str | None] = {}
    for line in store.history("complaints"):
        assert held.get((line.key, line.field)) == line.old
        held[(line.key, line.field)] = line.new
    kinds = {f.id: f.value_kind for f in DEFINITION.main.fields}
    for key, values in present.items():
        for field_id in FIELDS:
            assert decode(kinds[field_id], held.get((key, field_id))) == values[field_id]


def test_no_code_changes_or_deletes_history() -> None:
    """Only `anonymise` may; its module is named here when it comes."""
    package = Path(__file__).resolve().parents[2] / "registerkit"
    found = [
        p.name
        for p in package.rglob("*.py")
        if any(word in p.read_text(encoding="utf-8") for word in ("history.update(", "history.delete("))
    ]
    assert [name for name in found if "anonym" not in name] == []


def test_a_server_that_is_not_there_is_named_without_its_password(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as caught:
        Store.open(f"sqlite://name:secret@/{tmp_path}/no/such/place", DEFINITION, AT)
    assert "secret" not in f"{caught.value.file} {caught.value.values}"
    with pytest.raises(StoreError) as caught:
        Store.open("nosuch://name:secret@host/x", DEFINITION, AT)
    assert (caught.value.file, "secret" in str(caught.value.values)) == ("nosuch://…", False)
