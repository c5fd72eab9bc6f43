"""Runs all tests and checks: `python3 scripts/test.py`. Sets up what they need first.

With `--all` (as in CI) a test whose part is missing fails; otherwise it is left out and named.
With `--slow` the long runs are included. Other arguments go to pytest.
"""

from __future__ import annotations

import os
import subprocess
import sys

from _setup import ROOT, install_test_parts, make_environment, python


def main(arguments: list[str]) -> int:
    """Set up, check style and types, and run the tests; gives the exit code."""
    require_all = "--all" in arguments
    slow = "--slow" in arguments
    rest = [a for a in arguments if a not in ("--all", "--slow")]
    make_environment("test", "lint")
    for part in install_test_parts():
        print(f"Missing: {part}", flush=True)
    environment = dict(os.environ)
    if require_all:
        environment["REGISTERKIT_REQUIRE_ALL"] = "1"
    checks = (
        ["-m", "ruff", "check", "."],
        ["-m", "ruff", "format", "--check", "."],
        ["-m", "mypy"],
        ["-m", "pytest", "-n", "logical", "--dist", "worksteal", *([] if slow else ["-m", "not slow"]), *rest],
    )
    for check in checks:
        print("$ python", *check, flush=True)
        done = subprocess.run([str(python()), *check], cwd=ROOT, env=environment, check=False)
        if done.returncode:
            return done.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
