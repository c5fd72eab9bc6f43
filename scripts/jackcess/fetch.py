"""Puts Jackcess, which writes Access files, beside the package: resolved by Maven, checked, and with its licence.

`python3 scripts/jackcess/fetch.py` does it by hand; building a wheel and `scripts/_setup.py` do it themselves.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

__all__ = ["ARTIFACT", "FOLDER", "JAR", "put_in_place"]

ARTIFACT = "io.github.spannm:jackcess:5.1.5"
"""Apache-2.0, on Maven Central. Writing Access files needs none of the libraries that it names."""
SHA256 = "26cfe53ed217dc6672a6b7d167a490903ff633a3030ec2e0b655ab94a90cbd20"
JAR = "jackcess-5.1.5.jar"
FOLDER = Path("registerkit") / "_shipped" / "jackcess"
"""Where it lies in a checkout and in the wheel."""
_COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy"
_LICENCE = Path(__file__).with_name("LICENSE")
_SECONDS = 180


def put_in_place(root: Path) -> str | None:
    """Put the jar and its licence into the checkout at `root`; gives why that could not be done, or None."""
    folder = root / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for other in folder.glob("*.jar"):
        if not _is_right(other):
            other.unlink()  # An earlier version, or no such thing at all; the wheel would ship it.
    if not (folder / JAR).exists():
        maven = shutil.which("mvn")
        if maven is None:
            return f"Maven (mvn) is missing; install it, or put {JAR} into {FOLDER.as_posix()} yourself"
        if (fault := _resolve(maven, folder / JAR)) is not None:
            return fault
    shutil.copyfile(_LICENCE, folder / "LICENSE")
    return None


def _resolve(maven: str, target: Path) -> str | None:
    """Let Maven fetch the jar; nothing takes the target's place but the very file that was pinned."""
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        command = [maven, "-q", "-B", _COPY, f"-Dartifact={ARTIFACT}", f"-DoutputDirectory={folder}"]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, cwd=folder)
        except subprocess.TimeoutExpired:
            return f"Maven did not answer within {_SECONDS} seconds"
        made = Path(folder) / JAR
        if done.returncode or not made.exists():
            return f"Maven could not fetch {ARTIFACT}: {(done.stdout + done.stderr).strip()[:300]}"
        if not _is_right(made):
            return f"{JAR} is not the file that was pinned: its SHA-256 differs"
        made.replace(target)
    return None


def _is_right(jar: Path) -> bool:
    return jar.name == JAR and hashlib.sha256(jar.read_bytes()).hexdigest() == SHA256


if __name__ == "__main__":
    sys.exit(put_in_place(Path(__file__).resolve().parents[2]))
