"""Runs all tests and checks: `python3 scripts/test.py`. Sets up what they need first.

With `--all` (as in CI) a test whose part is missing fails; otherwise it is left out and named.
With `--slow` the long runs are included. Other arguments go to pytest.

`--quick` is for between two edits: it sets nothing up where there is an environment, and leaves out what needs
LibreOffice, a server, Java, the Open XML SDK validator or a browser, the long runs, and the files of tests that
`tests/conftest.py` calls long (killed runs, whole weeks, branches, other kinds of files). What remains builds, types,
reads, checks, syncs, writes back, looks up and reports. Run it all before something lands.
"""

from __future__ import annotations

import os
import subprocess
import sys

from _setup import ROOT, install_test_parts, make_environment, python

LEFT_OUT = {
    "--quick": "not (slow or long or soffice or servers or java or ooxml_sdk or browser)",
    "--slow": "",
    "": "not slow",
}
"""Which tests are run, by the option."""


def main(arguments: list[str]) -> int:
    """Set up, check style and types, and run the tests; gives the exit code."""
    require_all = "--all" in arguments
    extent = next((option for option in ("--slow", "--quick") if option in arguments), "")
    rest = [a for a in arguments if a not in ("--all", "--slow", "--quick")]
    if extent != "--quick" or not python().exists():
        make_environment("test", "lint")
        for part in install_test_parts():
            print(f"Missing: {part}", flush=True)
    environment = dict(os.environ)
    if require_all:
        environment["REGISTERKIT_REQUIRE_ALL"] = "1"
    chosen = ["-m", LEFT_OUT[extent]] if LEFT_OUT[extent] else []
    checks = (
        ["-m", "ruff", "check", "."],
        ["-m", "ruff", "format", "--check", "."],
        ["-m", "mypy"],
        ["-m", "pytest", "-n", "logical", "--dist", "worksteal", *chosen, *rest],
    )
    for check in checks:
        print("$ python", *check, flush=True)
        done = subprocess.run([str(python()), *check], cwd=ROOT, env=environment, check=False)
        if done.returncode:
            return done.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
