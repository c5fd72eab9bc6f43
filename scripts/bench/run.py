"""Measures registerkit beside its peers: `python3 scripts/bench/run.py`.

Makes a project with invented complaints (10,000 of them unless `--rows` says otherwise) in a temporary folder, or in
`--keep FOLDER`, where the next run finds it again. Every case then runs in a process of its own on a copy of it, all
of them in turns, five times; the median of the CPU seconds counts, and of the peak memory. A ratio is between two
cases of one run. The table is printed and written to `docs/performance.md`; `--growth` measures some of the cases on
1,000, 10,000 and 100,000 complaints as well, and draws `docs/performance.svg`.

`--quick` runs everything once on a few complaints, and proves that what the sides make is the same; it judges no time.
"""

from __future__ import annotations

import _environment  # noqa: F401  # Before all that needs it.

# isort: split
import argparse
import compileall
import importlib.util
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path
from xml.etree.ElementTree import canonicalize

from _growth import SIZES, draw
from _measure import Figures, in_turns, measured, measured_command, run_case
from _ours import COMMANDS, OURS, PREPARED
from _page import page
from _peers import PEERS
from _project import make_project
from _table import outcomes

HERE = Path(__file__)
DOCS = HERE.resolve().parents[2] / "docs"
CASES = (*OURS, *PEERS, *COMMANDS)
_NEEDS = {"wolfxl_edit": "wolfxl", "jackcess": "jpype", "access": "jpype"}
"""Cases that are left out, and told so, where a package is missing."""
_GROWING = ("build", "check", "unchanged", "changed", "show", "history", "find", "report", "weekly")
_SLOW = ("openpyxl_edit",)
"""Cases that take minutes, and run once."""
_SAME = (("build", "xlsxwriter"), ("edit", "wolfxl_edit"))
"""Marks of what two sides made, which ought to be the same."""


def main() -> int:
    """Make the project, run all cases and print how they compare, or run the one case that is asked for."""
    options = _options()
    if options.case == "make":
        make_project(options.project, options.rows)
    elif options.case:
        _run(options.case, options.project)
    else:
        return _compare(options)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=10_000, help="complaints (default 10000)")
    parser.add_argument("--repeat", type=int, default=5, help="runs of every case, of which the median counts")
    parser.add_argument(
        "--only", nargs="+", choices=CASES, metavar="CASE", help="run these cases alone, and write nothing"
    )
    parser.add_argument("--without", nargs="+", choices=CASES, metavar="CASE", default=[], help="leave these out")
    parser.add_argument("--keep", type=Path, help="folder to keep the projects in for a next run")
    parser.add_argument("--growth", nargs="*", type=int, metavar="N", help="measure on so many complaints as well")
    parser.add_argument(
        "--quick", action="store_true", help="once, on 60 complaints: does it run, and are the results the same?"
    )
    parser.add_argument("--case", choices=["make", *CASES], help=argparse.SUPPRESS)
    parser.add_argument("--project", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


# ---------------------------------------------------------------------------------------------------------- one case
def _run(case: str, root: Path) -> None:
    if case in COMMANDS:
        measured_command([sys.executable, "-m", "registerkit", *COMMANDS[case], *_day(case)], root)
        return
    measured((OURS | PEERS)[case](root))


def _day(case: str) -> tuple[str, ...]:
    return () if case == "help" else ("--on", "2026-11-20")


# --------------------------------------------------------------------------------------------------------- all cases
def _compare(options: argparse.Namespace) -> int:
    rows, repeat = (60, 1) if options.quick else (options.rows, options.repeat)
    if not options.quick:
        _set_up()
    wanted = [case for case in (options.only or CASES) if case not in options.without and _is_there(case)]
    with tempfile.TemporaryDirectory() as folder:
        kept = options.keep or Path(folder)
        kept.mkdir(parents=True, exist_ok=True)
        told = _measure(wanted, _project(kept, rows), Path(folder), rows, repeat)
        different = _different(Path(folder), wanted)
        grown: dict[int, dict[str, Figures]] = {rows: told}
        for size in _sizes(options):
            if size != rows:
                grown[size] = _measure(_GROWING, _project(kept, size), Path(folder), size, min(repeat, 3))
    print(page(told, outcomes(told, rows), rows, repeat))
    for pair in different:
        print(f"NOT THE SAME: {pair}")
    if not options.quick and not options.only:
        drawn = options.growth is not None or (DOCS / "performance.svg").exists()
        text = page(told, outcomes(told, rows), rows, repeat, markdown=True, drawn=drawn)
        (DOCS / "performance.md").write_text(text, encoding="utf-8")
        if options.growth is not None:
            (DOCS / "performance.svg").write_text(draw(grown, _GROWING), encoding="utf-8")
    return 1 if different else 0


def _sizes(options: argparse.Namespace) -> tuple[int, ...]:
    return () if options.growth is None else tuple(options.growth) or SIZES


def _set_up() -> None:
    """Install the peers that are not there yet, without one its cases are left out; compile ours as pip does theirs."""
    if not all(map(importlib.util.find_spec, {*_NEEDS.values()})):
        command = [sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check", "-e", ".[access]"]
        subprocess.run([*command, "--group", "bench"], cwd=DOCS.parent)
    compileall.compile_dir(DOCS.parent / "registerkit", quiet=1)


def _is_there(case: str) -> bool:
    package = _NEEDS.get(case)
    if package is None or importlib.util.find_spec(package):
        return True
    print(f"{case} is left out: there is no {package}", file=sys.stderr)
    return False


def _project(folder: Path, rows: int) -> Path:
    """Return the project with so many complaints, made when it is not there yet, by a process of its own."""
    root = folder / f"project-{rows}"
    if not root.exists():
        print(f"Making a project with {rows:,} complaints ...", file=sys.stderr, flush=True)
        command = [sys.executable, str(HERE), "--case", "make", "--project", str(root), "--rows", str(rows)]
        subprocess.run(command, check=True)
    return root


def _measure(cases: Sequence[str], root: Path, folder: Path, rows: int, repeat: int) -> dict[str, Figures]:
    copy = folder / "copy"

    def run(case: str) -> Figures:
        shutil.copytree(root, copy)
        try:
            if case in PREPARED:
                PREPARED[case](copy)
            return run_case(HERE, case, copy, rows)
        finally:
            shutil.rmtree(copy)

    return in_turns(cases, repeat, run, _SLOW)


def _different(folder: Path, cases: list[str]) -> list[str]:
    """Return the pairs of cases that ought to have made the same, and did not."""
    found = []
    for ours, peer in _SAME:
        one, other = folder / f"{ours}.json", folder / f"{peer}.json"
        if one.exists() and other.exists() and one.read_text() != other.read_text():
            found.append(f"{ours}, {peer}")
    if {"letters", "docxtpl"} <= {*cases} and _parts(folder / "letters.docx") != _parts(folder / "docxtpl.docx"):
        found.append("letters, docxtpl")
    return found


def _parts(letter: Path) -> dict[str, str]:
    with zipfile.ZipFile(letter) as archive:
        return {name: canonicalize(archive.read(name).decode()) for name in archive.namelist()}


if __name__ == "__main__":
    sys.exit(main())
