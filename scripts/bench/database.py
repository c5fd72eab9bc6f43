"""Measures complaints on their way into PostgreSQL: `python3 scripts/bench/database.py --rows 100000`.

Three sides put the same complaints into the same table: the way in which the store sends its rows; SQLAlchemy, which
inserts them as typed dicts, one statement at a time; and a whole change of the store, which beside the complaints
writes their history, some thirty rows for each of them.

All run in one go, one after the other, each `--repeat` times into a database of its own on the same server; the least
time on the clock counts, for the server's work is part of it. A server is started for the time of the run, with the
settings of the tests, unless `--server` names the address of one on which databases may be made.
"""

from __future__ import annotations

import _environment  # noqa: F401  # Before all that needs it.

# isort: split
import argparse
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from _project import ON, invented

from registerkit.definition import Definition, Record, load_definition
from registerkit.session.merge_parts import write_state
from registerkit.store import Store, encode
from registerkit.store.bulk import insert_rows
from registerkit.sync.numbers import Numbers
from registerkit.sync.state import RegisterState

_AT = f"{ON.isoformat()}T09:00:00"
_GOAL = 3


def main() -> int:
    """Run both sides and print how they compare."""
    options = _options()
    definition = load_definition()
    records = _records(definition, options.rows)
    sides = {"rows by the store's way": _rows, "one statement at a time": _one_by_one, "a change, history too": _change}
    with _databases(options.server) as make:
        least = {
            name: min(_run(side, make(), definition, records) for _ in range(options.repeat))
            for name, side in sides.items()
        }
    print(f"{options.rows:,} complaints into PostgreSQL; seconds on the clock")
    for name, seconds in least.items():
        print(f"  {name:<26} {seconds:8.2f} s")
    ours, theirs, whole = least.values()
    print(f"  the same rows: {theirs / ours:.1f} x faster; goal: at least {_GOAL} x")
    print(f"  with all their history, which the other side does not write: {theirs / whole:.1f} x faster")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=10_000, help="complaints (default 10000)")
    parser.add_argument("--repeat", type=int, default=1, help="runs of each side, of which the least counts")
    parser.add_argument("--server", help="address of a PostgreSQL on which databases may be made")
    return parser.parse_args()


def _records(definition: Definition, rows: int) -> dict[str, Record]:
    """Return invented complaints, whole, by number."""
    fields = dict.fromkeys(f.id for f in definition.main.fields if f.stored)
    main, key = definition.main_id, definition.main.key
    return {number: {**fields, **record, key: number} for table, number, record in invented(rows) if table == main}


def _run(
    side: Callable[[Store, dict[str, Record]], None], url: str, definition: Definition, records: dict[str, Record]
) -> float:
    store = Store.open(url, definition, _AT, "bench")
    try:
        before = time.perf_counter()
        side(store, records)
        seconds = time.perf_counter() - before
        with store.reading() as connection:
            table = store.tables[definition.main_id]
            assert connection.scalar(sa.select(sa.func.count()).select_from(table)) == len(records)
    finally:
        store.close()
    return seconds


def _typed(store: Store, records: dict[str, Record]) -> list[dict[str, Any]]:
    """Return complaints as rows of their table."""
    key = store.definition.main.key
    rows = []
    for number, record in records.items():
        row = {name: encode(v) if isinstance(v, tuple) else v for name, v in record.items() if name != key}
        rows.append({**row, "rk_key": number, "rk_created": 1, "rk_revision": 1})
    return rows


def _rows(store: Store, records: dict[str, Record]) -> None:
    with store.database.step() as connection:
        insert_rows(connection, store.tables[store.definition.main_id], _typed(store, records))


def _one_by_one(store: Store, records: dict[str, Record]) -> None:
    insert = store.tables[store.definition.main_id].insert()
    with store.database.step() as connection:
        for row in _typed(store, records):
            connection.execute(insert, row)


def _change(store: Store, records: dict[str, Record]) -> None:
    main = store.definition.main_id
    empty: dict[str, dict[str, Record]] = {table: {} for table in store.definition.tables}
    state = RegisterState(store.definition, empty, {}, Numbers({}, "K", lambda *_: False), ON)
    for number, record in records.items():
        state.create(main, number, record, "bench", set())
    with store.exclusive(), store.transaction("bench", _AT) as transaction:
        write_state(transaction, state)


@contextmanager
def _databases(server: str | None) -> Iterator[Callable[[], str]]:
    """Return a function that makes an empty database and gives its address."""
    if server is None:
        sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests" / "support"))
        from servers import running_postgresql

        with running_postgresql() as running:
            yield running.database
        return
    yield lambda: _new_database(server)


def _new_database(server: str) -> str:
    import psycopg

    name = f"bench_{time.time_ns()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return sa.make_url(server).set(database=name).render_as_string(hide_password=False)


if __name__ == "__main__":
    sys.exit(main())
