"""Runs one side of a comparison in a process of its own, and tells the CPU time and the memory it took."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Figures", "measured", "options_for", "run_side", "shown"]


@dataclass(frozen=True)
class Figures:
    """What a side took: CPU seconds of its work, and the peak memory of its process in MB where that is known."""

    cpu: float
    peak: float | None


def options_for(doc: str | None, sides: Iterable[str]) -> argparse.ArgumentParser:
    """Return the options that every comparison of sides has; `--side` and `--project` are for `run_side` alone."""
    parser = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=10_000, help="complaints (default 10000)")
    parser.add_argument("--repeat", type=int, default=3, help="runs of every side, of which the least counts")
    parser.add_argument("--keep", type=Path, help="folder to keep the project in for a next run")
    parser.add_argument("--side", choices=["make", *sides], help=argparse.SUPPRESS)
    parser.add_argument("--project", type=Path, help=argparse.SUPPRESS)
    return parser


def shown(side: str, told: Figures) -> str:
    """Return the line of the table about a side."""
    peak = f"{told.peak:7.0f} MB" if told.peak is not None else ""
    return f"  {side:<14} {told.cpu:8.2f} s {peak}"


def measured(work: Callable[[], object]) -> None:
    """Do the work and print what it took, for `run_side` to read."""
    before = time.process_time()
    work()
    print(json.dumps({"cpu": time.process_time() - before, "peak": _peak()}))


def run_side(script: Path, side: str, root: Path, rows: int = 0) -> Figures:
    """Run a script with `--side` in a process of its own; gives the figures that it prints as its last line."""
    command = [sys.executable, str(script), "--side", side, "--project", str(root), "--rows", str(rows)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return Figures(**json.loads(done.stdout.splitlines()[-1]))


def _peak() -> float | None:
    """Return the most memory that this process has held, in MB; None on Windows, whose Python cannot tell."""
    if sys.platform == "win32":
        return None
    import resource

    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return held / (1024**2 if sys.platform == "darwin" else 1024)
