"""Measures the figures of a quarter over very many complaints: `python3 scripts/bench/figures.py --rows 1000000`.

Complaints are invented and doubled within the database, each copy under a number and with a person of its own. Three
things are measured, each in a process of its own: making anew what figures are counted from, all that a report counts,
and the bare GROUP BY statements of the same figures. `--server` names the address of an empty database of PostgreSQL;
otherwise the store is a SQLite file. A server works in a process of its own, so there the time on the clock counts.
"""

from __future__ import annotations

import _environment  # noqa: F401  # Before all that needs it.

# isort: split
import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import sqlalchemy as sa
from _measure import Told, Work, measured, run_case
from _peers import bare_statements
from _project import ON, begin, fill, invented

from registerkit import Project
from registerkit.analysis import compare, parse_period, report_json
from registerkit.session.counting import counting
from registerkit.session.facts import bring_up_to_date
from registerkit.session.session import Session
from registerkit.store import schema

_SERVER = "RK_BENCH_SERVER"
_INVENTED = 2000
"""So many complaints are invented; these are doubled until there are enough."""
_OWN = ("name", "email", "phone", "customer_number")
"""What is another person's in each copy."""
_PERIOD = "2026-Q3"


def main() -> int:
    """Make the store and measure, or run the one case that is asked for."""
    options = _options()
    if options.case:
        measured(_CASES[options.case](options.project))
        return 0
    if options.server:
        os.environ[_SERVER] = options.server
    with tempfile.TemporaryDirectory() as folder:
        root = (options.keep or Path(folder)) / "figures"
        if not root.exists():
            print(f"Making a store with {options.rows:,} complaints ...", file=sys.stderr, flush=True)
            _make(root, options.rows)
        print(f"{options.rows:,} complaints in {'PostgreSQL' if options.server else 'SQLite'}")
        for case in _CASES:
            took = run_case(Path(__file__), case, root, options.rows)
            clock, peak = took.told["clock"], took.peak or 0
            print(f"  {case:<10} {took.cpu:8.2f} s CPU  {clock:8.2f} s on the clock  {peak:6.0f} MB", flush=True)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000, help="complaints (default 1000000)")
    parser.add_argument("--server", help="address of an empty PostgreSQL database")
    parser.add_argument("--keep", type=Path, help="folder to keep the project in for a next run")
    parser.add_argument("--case", choices=list(_CASES), help=argparse.SUPPRESS)
    parser.add_argument("--project", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


# ---------------------------------------------------------------------------------------------------------- the store
def _make(root: Path, rows: int) -> None:
    more = f'\n[database]\nurl = "env:{_SERVER}"\n' if os.environ.get(_SERVER) else ""
    begin(root, lambda session: fill(session, invented(min(rows, _INVENTED))), more)
    with Project.open(root, on=ON) as project:
        for n in range(max((rows - 1) // _INVENTED, 0).bit_length()):
            _double(project.session, "abcdefghijklmnop"[n])


def _double(session: Session, end: str) -> None:
    """Copy the complaints that are there with their handlings, pauses and letters, with an end to what is their own."""
    store, main = session.store, session.definition.main
    with store.database.step() as connection:
        for name in (main.id, "pauses", "letters"):
            _copy(connection, store.tables[name], end, "rk_key", "complaint", *(_OWN if name == main.id else ()))
        _copy(connection, schema.phases, end, "complaint")
        # What figures are counted from is made by the case that measures it.
        connection.execute(schema.meta.delete().where(schema.meta.c.name == "facts"))


def _copy(connection: sa.Connection, table: sa.Table, end: str, *own: str) -> None:
    columns = list(table.columns)
    query = sa.select(*(c.concat(end) if c.key in own else c for c in columns))
    connection.execute(table.insert().from_select([c.key for c in columns], query))


# ---------------------------------------------------------------------------------------------------------- the cases
def _anew(root: Path) -> Iterator[Work]:
    with Project.open(root, on=ON) as project:
        yield lambda: _clocked(lambda: bring_up_to_date(project.session))


def _figures(root: Path) -> Iterator[Work]:
    def count() -> None:
        with counting(project.session) as tally:
            report_json(compare(tally.register, parse_period(_PERIOD), tally), [])

    with Project.open(root, on=ON) as project:
        yield lambda: _clocked(count)


def _bare(root: Path) -> Iterator[Work]:
    def count() -> None:
        with project.session.store.reading() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement).fetchall()

    with Project.open(root, on=ON) as project:
        month = "to_char(received_on, 'YYYY-MM')" if os.environ.get(_SERVER) else "substr(received_on, 1, 7)"
        statements = list(bare_statements(project.session.definition, parse_period(_PERIOD), month))
        yield lambda: _clocked(count)


def _clocked(work: Callable[[], object]) -> Told:
    before = time.perf_counter()
    work()
    return {"clock": time.perf_counter() - before}


_CASES: dict[str, Callable[[Path], Iterator[Work]]] = {"anew": _anew, "figures": _figures, "bare": _bare}

if __name__ == "__main__":
    sys.exit(main())
