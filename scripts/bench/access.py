"""Measures writing an Access file beside Jackcess alone: `python3 scripts/bench/access.py --rows 10000`.

Makes a project with invented complaints in a temporary folder (or in `--keep DIR`, where the next run finds it again)
and does both sides in a process of their own, `--repeat` times; the least CPU time counts, of all threads together.

`jackcess` has its rows ready as Java's own values: it starts Java, makes the tables with all their keys, properties and
relations, and adds the rows. `database` is the whole command `registerkit database FILE --with-records` without
opening the project: reading the store, planning, starting Java, turning every value into Java's, and the same writing.
"""

from __future__ import annotations

import dataclasses
import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from _measure import Figures, measured, options_for, run_side, shown
from _project import ON, make_project, project_of

from registerkit import Project
from registerkit.commands.workbook import content_for
from registerkit.database.access import access_rows, fitted, plan_access, write
from registerkit.database.access.java import jackcess

_GOAL = 3
"""How many times what Jackcess takes the whole may take."""
_FILE = "bench.accdb"


def main() -> int:
    """Make the project, run both sides and print how they compare, or run the one side that is asked for."""
    options = options_for(__doc__, SIDES).parse_args()
    if options.side == "make":
        measured(lambda: make_project(options.project, options.rows))
        return 0
    if options.side:
        SIDES[options.side](options.project)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        root = project_of(Path(__file__), options.rows, options.keep or Path(folder))
        figures = {side: _least(side, root, options.repeat) for side in SIDES}
    ours, theirs = figures["database"], figures["jackcess"]
    print(f"\n{options.rows:,} rows; CPU seconds and peak memory of each side, the start of Java included")
    for side, told in figures.items():
        print(shown(side, told))
    print(f"\n  the whole command: {ours.cpu / theirs.cpu:.2f} x Jackcess alone   goal: under {_GOAL} x")
    return 0


def _least(side: str, root: Path, repeat: int) -> Figures:
    runs = []
    for _ in range(repeat):
        (root / _FILE).unlink(missing_ok=True)
        runs.append(run_side(Path(__file__), side, root))
        print(f"  {side}: {runs[-1].cpu:.2f} s", flush=True)
    return min(runs, key=lambda run: run.cpu)


# ------------------------------------------------------------------------------------------------------------- sides
def _database(root: Path) -> None:
    with Project.open(root, on=ON) as project:
        measured(lambda: project.database(root / _FILE, with_records=True))


def _jackcess(root: Path) -> None:
    """Do what only Jackcess can do, in two measured parts; between them the values become Java's."""
    with Project.open(root, on=ON) as project:
        content = content_for(project.session, "bench", {})
    plan = plan_access(content.definition, content.texts)
    rows = access_rows(plan, content, complete=True)
    plan = fitted(plan, rows)
    start = _timed(lambda: jackcess())
    ready = {table.id: [*write.java_rows(table, rows[table.id])] for table in plan.tables}
    work = _timed(lambda: write.write_plan(root / _FILE, "V2010", plan, ready))
    print(json.dumps(dataclasses.asdict(Figures(start + work, None))))


def _timed(work: Callable[[], Any]) -> float:
    before = time.process_time()
    work()
    return time.process_time() - before


SIDES: dict[str, Callable[[Path], None]] = {"jackcess": _jackcess, "database": _database}


if __name__ == "__main__":
    sys.exit(main())
