"""Measures reading, checking and syncing side by side with the peers: `python3 scripts/bench/sync.py --rows 10000`.

Makes a project with invented complaints in a temporary folder (or in `--keep DIR`, where the next run finds it again)
and does every piece of work in a process of its own, `--repeat` times; the least CPU time counts, for other programs
on the machine can only add to it. Start-up and opening the project are left out on every side.

Each line of the table has a piece of work, its CPU seconds, the peak memory of its process, and how it compares with
a peer on the very same file: "1.50 x calamine" took half as much again as the peer, and the goal is "at most"; "8.0 x
faster than openpyxl" took an eighth of it, and the goal is "at least". The goals are for 100,000 rows.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

from _measure import Figures, measured, options_for, run_side, shown
from _project import ON, make_project, project_of, workbook_of

from registerkit import Project
from registerkit.ooxml import CellValue, Editor, Package
from registerkit.reading import open_workbook

_CHANGED = "description"
"""The field that 1 % of the rows get another value in."""


def main() -> int:
    """Make the project, run all sides and print the table, or run the one side that is asked for."""
    options = _options()
    if options.side == "make":
        measured(lambda: make_project(options.project, options.rows))
        return 0
    if options.side:
        SIDES[options.side](options.project)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        root = project_of(Path(__file__), options.rows, options.keep or Path(folder))
        sides = [side for side in SIDES if not options.only or side in options.only]
        figures = {side: _least(side, root, Path(folder) / "work", options.repeat) for side in sides}
    _print_table(figures, options.rows)
    return 0


def _options() -> argparse.Namespace:
    parser = options_for(__doc__, SIDES)
    parser.add_argument("--only", nargs="+", choices=[*SIDES], help="run only these sides")
    return parser.parse_args()


def _least(side: str, root: Path, work: Path, repeat: int) -> Figures:
    """Run a side on fresh copies of the project; gives its least CPU time and its largest peak."""
    runs = []
    for _ in range(repeat if side != "openpyxl_save" else 1):  # That one takes minutes, and gigabytes.
        shutil.copytree(root, work)
        try:
            _prepare(side, work)
            runs.append(run_side(Path(__file__), side, work))
        finally:
            shutil.rmtree(work)
        print(f"  {side}: {runs[-1].cpu:.2f} s", flush=True)
    peaks = [run.peak for run in runs if run.peak is not None]
    return Figures(min(run.cpu for run in runs), max(peaks) if peaks else None)


# ------------------------------------------------------------------------------------------------------ preparations
def _prepare(side: str, root: Path) -> None:
    """Bring the copy of the project in the state that a side starts from; that work is not measured."""
    if side == "unchanged":
        _repack(workbook_of(root))
    if side == "changed":
        _edit(root)
    if side == "identical":
        with Project.open(root, on=ON) as project:
            project.sync()


def _repack(path: Path) -> None:
    """Save the workbook with other bytes and the same content."""
    packed = path.with_suffix(".tmp")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        for info in old.infolist():
            new.writestr(info.filename, old.read(info))
    packed.replace(path)


def _edit(root: Path) -> None:
    """Type another text in one row of every hundred."""
    path = workbook_of(root)
    with Project.open(root, on=ON) as project:
        table = open_workbook(path, project.session.definition).tables["complaints"]
    column = table.columns[_CHANGED]
    edits: dict[tuple[int, int], CellValue] = {
        (row, column): f"Bij nader inzien anders verteld, regel {row}."
        for row, cells in table.rows[::100]
        if cells[column]
    }
    with Package(path) as package:
        editor = Editor(package)
        editor.set_cells(table.sheet_part, edits)
        editor.save(path)


# ------------------------------------------------------------------------------------------------------------- sides
def _check(root: Path) -> None:
    path = workbook_of(root)
    with Project.open(root, on=ON) as project:
        measured(lambda: project.check([path]))


def _sync(root: Path) -> None:
    with Project.open(root, on=ON) as project:
        measured(lambda: project.sync())


def _calamine(root: Path) -> None:
    from python_calamine import CalamineWorkbook

    path, sheet = workbook_of(root), _sheet(root)
    measured(lambda: CalamineWorkbook.from_path(str(path)).get_sheet_by_name(sheet).to_python())


def _openpyxl_read(root: Path) -> None:
    import openpyxl

    path, sheet = workbook_of(root), _sheet(root)

    def read() -> None:
        for _ in openpyxl.load_workbook(path, read_only=True, data_only=True)[sheet].iter_rows(values_only=True):
            pass

    measured(read)


def _openpyxl_save(root: Path) -> None:
    import openpyxl

    path = workbook_of(root)
    measured(lambda: openpyxl.load_workbook(path).save(path.with_name("saved.xlsx")))


def _sheet(root: Path) -> str:
    with Project.open(root, on=ON) as project:
        return project.session.definition.main.sheet[project.session.settings.language]


SIDES: dict[str, Callable[[Path], None]] = {
    "calamine": _calamine,
    "openpyxl_read": _openpyxl_read,
    "openpyxl_save": _openpyxl_save,
    "check": _check,
    "unchanged": _sync,
    "identical": _sync,
    "changed": _sync,
}


# ------------------------------------------------------------------------------------------------------------- table
def _print_table(figures: dict[str, Figures], rows: int) -> None:
    print(f"\n{rows:,} rows; CPU seconds and peak memory of each piece of work")
    for side, told in figures.items():
        print(shown(side, told))
    print("\nGoals")
    for name, value, goal in _compared(figures):
        print(f"  {name:<36} {value:<42} goal: {goal}")


def _compared(figures: dict[str, Figures]) -> list[tuple[str, str, str]]:
    """Return every goal whose sides have run: the work, how it did, and the goal."""
    lines = []
    for work, peer, named, faster, goal in (
        ("check", "calamine", "calamine to_python", False, "at most 1.6 x"),
        ("check", "openpyxl_read", "openpyxl read-only", True, "at least 4 x"),
        ("unchanged", "check", "read and check", False, "at most 1.25 x"),
        ("changed", "openpyxl_save", "openpyxl load + save", True, "at least 8 x"),
    ):
        if work in figures and peer in figures:
            ours, theirs = figures[work].cpu, figures[peer].cpu
            value = f"{theirs / ours:.2f} x faster than {named}" if faster else f"{ours / theirs:.2f} x {named}"
            lines.append((NAMES[work], value, goal))
    if "identical" in figures:
        lines.append((NAMES["identical"], f"{figures['identical'].cpu:.3f} s", "under 0.1 s"))
    if "changed" in figures and (peak := figures["changed"].peak) is not None:
        lines.append((NAMES["changed"], f"{peak:.0f} MB peak", "under 600 MB"))
    return lines


NAMES = {
    "check": "read and check",
    "unchanged": "sync of an unchanged workbook",
    "identical": "sync of an identical file",
    "changed": "sync with 1 % changed, written back",
}


if __name__ == "__main__":
    sys.exit(main())
