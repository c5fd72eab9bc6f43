"""Goes on in the project's own environment, made where there is none: import it before what is only there."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path


def _go_on() -> None:
    if importlib.util.find_spec("registerkit") is not None:
        return
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    from _setup import make_environment, python

    make_environment("bench")
    sys.exit(subprocess.run([str(python()), *sys.argv], check=False).returncode)


_go_on()
