"""Asks veraPDF what it finds wrong with PDF files; `scripts/_setup.py` has Maven put it into `.verapdf`."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

__all__ = ["find_verapdf", "verapdf_faults"]

_FOLDER = Path(__file__).resolve().parents[2] / ".verapdf"


def find_verapdf() -> list[str] | None:
    """Give the command that runs it, or None where it or Java is missing."""
    java, jars = shutil.which("java"), sorted(map(str, _FOLDER.glob("*.jar")))
    if java is None or not jars:
        return None
    return [java, "-cp", os.pathsep.join(jars), "org.verapdf.apps.GreenfieldCliWrapper"]


def verapdf_faults(files: Iterable[Path], flavour: str) -> list[str]:
    """Give what is not as a flavour asks (`2b` for PDF/A-2, `ua1` for PDF/UA-1); nothing when all is well."""
    command, wanted = find_verapdf(), [str(file) for file in files]
    assert command is not None
    words = [*command, "--format", "text", "-v", "-f", flavour, *wanted]
    done = subprocess.run(words, capture_output=True, text=True, encoding="utf-8", timeout=120)
    lines = done.stdout.splitlines()
    assert len(wanted) == sum(line.startswith(("PASS ", "FAIL ")) for line in lines), done.stdout + done.stderr
    return [line for line in lines if "FAIL" in line]
