"""Runs a case in a process of its own, and tells the CPU time that it took and the most memory that it held."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = ["Figures", "Told", "Work", "in_turns", "measured", "measured_command", "run_case"]

Work = Callable[[], object]
"""A step of a case; one that gives a mapping tells it along with what the case took."""
Told = Mapping[str, Any]
"""What a case says beside what it took: a size in bytes, or a mark of what came out, to be compared."""


@dataclass(frozen=True)
class Figures:
    """What a case took: CPU seconds, the median of its runs, and peak memory in MB where the system can tell it."""

    cpu: float
    peak: float | None
    told: Told


def in_turns(
    cases: Iterable[str], repeat: int, run: Callable[[str], Figures], once: Collection[str] = ()
) -> dict[str, Figures]:
    """Run every case so many times, or `once`, in turns: one after the other and then all again.

    So what slows one slows all.
    """
    names = list(cases)
    runs: dict[str, list[Figures]] = {name: [] for name in names}
    for turn in range(repeat):
        for name in names:
            if turn and name in once:
                continue
            runs[name].append(run(name))
            print(f"  {turn + 1}/{repeat} {name}: {runs[name][-1].cpu:.3f} s", file=sys.stderr, flush=True)
    return {name: _middle(figures) for name, figures in runs.items()}


def _middle(runs: Sequence[Figures]) -> Figures:
    peaks = [each.peak for each in runs if each.peak is not None]
    return Figures(
        statistics.median(each.cpu for each in runs), statistics.median(peaks) if peaks else None, runs[-1].told
    )


def run_case(script: Path, name: str, root: Path, rows: int) -> Figures:
    """Run a script with `--case` in a process of its own; gives the figures that it prints as its last line."""
    command = [sys.executable, str(script), "--case", name, "--project", str(root), "--rows", str(rows)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{name} failed:\n{done.stdout}{done.stderr}")
    return Figures(**json.loads(done.stdout.splitlines()[-1]))


def _told(result: object) -> dict[str, Any]:
    """Return what a step tells; what only came out of the work tells nothing."""
    return dict(result) if isinstance(result, Mapping) else {}


def measured(steps: Iterator[Work]) -> None:
    """Do the first step and print what it took, for `run_case` to read; what later steps tell is told along with it."""
    work = next(steps)
    before = time.process_time()
    told = _told(work())
    took, peak = time.process_time() - before, _peak(children=False)
    for more in steps:
        told |= _told(more())
    print(json.dumps({"cpu": took, "peak": peak, "told": told}))


def measured_command(command: Sequence[str], folder: Path) -> None:
    """Run a command whole, its start included, and print what it took."""
    import os

    before = os.times()
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    after = os.times()
    if done.returncode not in (0, 1):  # 1 says that something waits for a person.
        sys.exit(done.stdout + done.stderr)
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    print(json.dumps({"cpu": cpu, "peak": _peak(children=True), "told": {"lines": done.stdout.count("\n")}}))


def _peak(*, children: bool) -> float | None:
    """Return the most memory that this process or its only child has held, in MB; None on Windows, which tells none."""
    if sys.platform == "win32":
        return None
    status = Path("/proc/self/status")
    if not children and status.exists():  # What getrusage tells on Linux counts whoever started the process too.
        held = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM"))
        return int(held.split()[1]) / 1024
    import resource

    most = resource.getrusage(resource.RUSAGE_CHILDREN if children else resource.RUSAGE_SELF).ru_maxrss
    return most / (1024**2 if sys.platform == "darwin" else 1024)
