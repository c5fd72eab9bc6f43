"""Shows registerkit on a fresh machine: `python3 scripts/demo.py [DIR]`.

Makes a virtual environment, installs the package, makes a project with example complaints in DIR (by default
`demo-project`), runs the main job on it, and lists what it made.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from _setup import ROOT, make_environment, python


def main(arguments: list[str]) -> int:
    """Run the demo; gives its exit code."""
    target = Path(arguments[0]) if arguments else ROOT / "demo-project"
    make_environment()
    done = subprocess.run([str(python()), "-m", "registerkit", "demo", str(target)], check=False)
    # Exit code 1 says that something needs a person: the example has such complaints on purpose.
    return 0 if done.returncode == 1 else done.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
