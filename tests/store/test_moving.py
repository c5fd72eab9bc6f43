"""A copy of a store holds all that the store holds, what earlier definitions left behind included."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from servers import Server
from stage_samples import DEFINITION, INCIDENTS, record

from registerkit.database import Address
from registerkit.definition import Definition, Field
from registerkit.errors import StoreError
from registerkit.store import Store, sqlite_url
from registerkit.store.database import Database
from registerkit.store.moving import copy_store, finish_move, leave_moved

AT = "2026-11-20T10:00:00"
ONCE = (
    Field("room", "complaints", "text", {"nl": "Kamer", "en": "Room"}),
    Field("seen_on", "complaints", "date", {"nl": "Gezien", "en": "Seen"}),
    Field("order", "complaints", "money", {"nl": "Volgorde", "en": "Order"}),
    Field("indoors", "complaints", "yesno", {"nl": "Binnen", "en": "Indoors"}),
)
"""Fields that an earlier definition had."""
SAID = {"room": "2b é 🚲", "seen_on": date(2026, 1, 2), "order": 10**14, "indoors": True}


def grown() -> Definition:
    main = replace(DEFINITION.main, fields=(*DEFINITION.main.fields, *ONCE))
    return replace(DEFINITION, tables={**DEFINITION.tables, main.id: main})


def test_columns_and_tables_of_earlier_definitions_come_along(server: Server, tmp_path: Path) -> None:
    """A definition that is put back finds what was entered under it, there and back again."""
    first = sqlite_url(tmp_path / "first.db")
    old = Store.open(first, grown(), AT)
    with old.transaction("f", AT) as transaction:
        transaction.create("complaints", "K-1", record("K-1") | SAID)
    old.close()
    incidents = Store.open(first, INCIDENTS, AT)
    made = {f.id: None for f in INCIDENTS.main.fields if f.stored} | {"number": "I-1", "place": "Hal"}
    with incidents.transaction("f", AT) as transaction:
        transaction.create("incidents", "I-1", {k: v for k, v in made.items() if k in INCIDENTS.main.by_id})
    incidents.close()
    place = first
    for url in (server.database(), sqlite_url(tmp_path / "last.db")):
        source, target = Store.open(place, DEFINITION, AT, "noord"), Database(Address.parse(url, Path()), shared=True)
        copied = copy_store(source, target, "noord", AT)
        finish_move(target)
        source.close()
        target.close()
        assert copied.rows > 10
        place = url
        back = Store.open(url, grown(), AT, "noord")
        assert SAID == {f: back.records("complaints")["K-1"][f] for f in SAID}
        back.close()
        others = Store.open(url, INCIDENTS, AT, "noord")
        assert "Hal" == others.records("incidents")["I-1"]["place"]
        others.close()


def test_numbers_are_given_out_behind_those_that_came_along(server: Server, tmp_path: Path) -> None:
    source = Store.open(sqlite_url(tmp_path / "r.db"), DEFINITION, AT)
    for n in range(3):
        with source.transaction("f", AT) as transaction:
            transaction.create("complaints", f"K-{n}", record(f"K-{n}"))
    url = server.database()
    target = Database(Address.parse(url, Path()), shared=True)
    copy_store(source, target, "noord", AT)
    finish_move(target)
    target.close()
    store, before = Store.open(url, DEFINITION, AT, "noord"), source.history()
    assert before == store.history()
    assert (source.revision(), source.register_id()) == (store.revision(), store.register_id())
    with store.transaction("f", AT) as transaction:
        transaction.create("complaints", "K-9", record("K-9"))
    with store.reading() as connection:
        numbers = list(connection.scalars(sa.text("SELECT id FROM rk_history ORDER BY id")))
    assert len(numbers) == len(set(numbers)) == 4
    source.close()
    store.close()


def test_who_waited_for_a_move_does_not_go_on_in_the_place_that_was_left(tmp_path: Path) -> None:
    """What it would write there nobody would see again."""
    shared = sqlite_url(tmp_path / "shared.db")
    north, south = (Store.open(shared, DEFINITION, AT, office) for office in ("noord", "zuid"))
    leave_moved(north, "postgresql://server/register")
    with pytest.raises(StoreError, match="moved"), south.exclusive():
        pass
    north.close()
    south.close()
