"""One LibreOffice for all tests of a process, started when the first of them asks for it."""

from __future__ import annotations

import json
import subprocess
import threading
from pathlib import Path

__all__ = ["LibreOffice"]

_SCRIPT = Path(__file__).with_name("uno_service.py")
_PATIENCE = 180


class LibreOffice:
    """Converts files; `python` is one that can talk to LibreOffice, `profile` a folder of its own."""

    def __init__(self, python: str, profile: Path) -> None:
        self._command = [python, str(_SCRIPT), str(profile)]
        self._process: subprocess.Popen[str] | None = None

    def convert(self, source: Path, target: Path, count: bool = False) -> None:
        """Save a file in the format that the target's ending names; `count` has all formulas counted first."""
        target.parent.mkdir(parents=True, exist_ok=True)
        kind = target.suffix[1:]
        job = {"source": str(source.resolve()), "target": str(target.resolve()), "kind": kind, "count": count}
        told = self._ask(json.dumps(job))
        assert told == json.dumps(""), f"{source.name}: {told or 'LibreOffice stopped'}"

    def _ask(self, line: str) -> str:
        if self._process is None:
            # What it writes for people goes where that of the tests goes.
            self._process = subprocess.Popen(
                self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
            )
        process = self._process
        assert process.stdin
        assert process.stdout
        patience = threading.Timer(_PATIENCE, process.kill)
        patience.start()
        try:
            process.stdin.write(f"{line}\n")
            process.stdin.flush()
            told = process.stdout.readline().strip()
        except BrokenPipeError:
            told = ""
        patience.cancel()
        if not told:
            self.close()
        return told

    def close(self) -> None:
        """End it; the next conversion starts another."""
        if self._process is not None:
            process, self._process = self._process, None
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    pipe.close()
            try:
                process.wait(40)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
