"""Kills a command at a chosen point, and looks at what it left: for the tests of runs that are broken off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from office import Office

__all__ = ["AFTER", "BEFORE", "SCRIPT", "State", "leftovers", "state"]

BEFORE, AFTER = "kill()\n    return real(*a, **k)", "done = real(*a, **k)\n    kill()\n    return done"
"""What the function named does: it is killed before its work, or after it."""

SCRIPT = """
import importlib, os
from functools import reduce

def kill():
    os.kill(os.getpid(), 9)

def find(path):
    words = path.split(".")
    for n in range(len(words), 0, -1):
        try:
            return reduce(getattr, words[n:], importlib.import_module(".".join(words[:n])))
        except ModuleNotFoundError:
            continue

import registerkit.commands.workbook, registerkit.commands.init, registerkit.commands.weekly, registerkit.project
owner = find({owner!r})
real = getattr(owner, {name!r})

def stop(*a, **k):
    {body}

setattr(owner, {name!r}, stop)
"""


@dataclass(frozen=True)
class State:
    """How a project stands when the work is done, as far as people and scripts can see."""

    document: dict[str, list[dict[str, Any]]]
    files: list[str]
    rows: dict[str, dict[int, dict[str, Any]]]
    history: list[tuple[Any, ...]]


def state(office: Office) -> State:
    """Look at everything but copies, log and lock."""
    skip = {"archief", "register.db", "register.log", "register.lock", "klachtenregister.xlsx"}
    paths = [p.relative_to(office.root) for p in office.root.rglob("*") if p.is_file()]
    files = sorted(p.as_posix() for p in paths if p.parts[0] not in skip)
    rows = {sheet: office.rows(sheet) for sheet in ("Register", "Brieven")}
    document = office.export()
    first: dict[str, str] = {}  # The codes are left to chance; who has the same one is not.
    for row in document["person_codes"]:
        row["code"] = first.setdefault(row["code"], row["number"])
    history = [
        (number["number"], h["field"], h["old"], h["new"], h["source"])
        for number in document["complaints"]
        for h in office.run("history", number["number"]).json
    ]
    return State(document, files, rows, sorted(history, key=repr))


def leftovers(root: Path) -> Iterator[str]:
    """Give what only a run in progress may leave lying about."""
    for path in root.rglob("*"):
        if path.suffix in (".tmp", ".db-journal") or ".staging" in path.parts or path.name.startswith(".registerkit-"):
            yield path.relative_to(root).as_posix()
