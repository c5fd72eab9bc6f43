"""Runs one side of a comparison in a process of its own, and tells the CPU time and the memory it took."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Figures", "measured", "run_side"]


@dataclass(frozen=True)
class Figures:
    """What a side took: CPU seconds of its work, and the peak memory of its process in MB where that is known."""

    cpu: float
    peak: float | None


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
    """Give the most memory that this process has held, in MB; None on Windows, whose Python cannot tell."""
    if sys.platform == "win32":
        return None
    import resource

    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return held / (1024**2 if sys.platform == "darwin" else 1024)
