"""R40: whatever the system refuses, every command says so in one clear message and leaves everything as it was."""

from __future__ import annotations

import builtins
import errno
import io
import os
import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from office import COMPLAINT, Office

from registerkit.cli.main import COMMANDS, cli

CALLS: dict[str, tuple[str, ...]] = {
    "init": ("nieuw", "--organisation", "Oost"),
    "demo": ("voorbeeld",),
    "workbook": ("--replace",),
    "form": (),
    "database": ("kopie.accdb",),
    "backup": (),
    "restore": (),
    "move": ("sqlite:///anders.db",),
    "check": ("klachtenregister.xlsx",),
    "sync": (),
    "import": ("oud.csv",),
    "letters": (),
    "reminders": (),
    "report": (),
    "documents": (),
    "weekly": (),
    "find": ("Jansen",),
    "show": ("K-2026-0001",),
    "history": ("K-2026-0001",),
    "export": ("uit.xlsx",),
    "anonymise": ("--before", "2026-01-01"),
    "definition": ("check", "mijn.toml"),
    "doctor": (),
}
WHOLE_EACH = {"klachten/klachtenformulier.xlsx", "klachten/klachtenformulier.docx"}
"""Two files of one command: the one may have been made when the other is refused."""
ONLY_READ = {"check", "restore", "find", "show", "history", "definition", "doctor"}
IDLE = {"anonymise"}
"""What has nothing to write here; `test_r17_privacy.py` breaks it off where it has."""
REFUSALS = {errno.ENOSPC: "disk.full", errno.EROFS: "disk.read_only", errno.ENAMETOOLONG: "disk.too_long"}


@pytest.fixture(scope="module")
def ready(made_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make one office with a complaint that was typed and not synced yet, for letters, a report and a write-back."""
    root = tmp_path_factory.mktemp("vol") / "klachten"
    shutil.copytree(made_once, root)
    Office(root).type({**COMPLAINT, "Behandelaar": "Sanne de Vries"})
    Office(root).run("sync")
    Office(root).type({**COMPLAINT, "Naam": "E. Mol", "Omschrijving": "Nog een."})
    day, *cells = COMPLAINT.values()
    lines = (";".join(COMPLAINT), ";".join([f"{day:%d-%m-%Y}", *map(str, cells)]))
    (root / "oud.csv").write_text("\n".join(lines), encoding="utf-8")
    return root


def refusing(monkeypatch: pytest.MonkeyPatch, root: Path, code: int, after: int) -> list[int]:
    """Let the system refuse every write in a folder after so many; gives how many there were."""
    count = [0]

    def guard(path: Any) -> None:
        if str(path).startswith(str(root)) and not str(path).endswith(("register.lock", ".pyc")):
            count[0] += 1
            if count[0] > after:
                raise OSError(code, os.strerror(code), str(path))

    real_open, real_replace, real_mkdir = builtins.open, os.replace, os.mkdir

    def open_(file: Any, mode: str = "r", *rest: Any, **more: Any) -> Any:
        if not isinstance(file, int) and set(mode) & set("wxa+"):
            guard(file)
        return real_open(file, mode, *rest, **more)

    def wrap(real: Callable[..., Any], at: int) -> Callable[..., Any]:
        def call(*words: Any, **more: Any) -> Any:
            guard(words[at])
            return real(*words, **more)

        return call

    monkeypatch.setattr(builtins, "open", open_)
    monkeypatch.setattr(io, "open", open_)
    monkeypatch.setattr(os, "replace", wrap(real_replace, 1))
    monkeypatch.setattr(os, "mkdir", wrap(real_mkdir, 0))
    return count


def kept(root: Path) -> dict[str, bytes]:
    """Give all that people see of a project: the archive and the store may have come to hold more."""
    files = (p for p in root.parent.rglob("*") if p.is_file())
    names = {p: p.relative_to(root.parent).as_posix() for p in files}
    return {name: p.read_bytes() for p, name in names.items() if "archief" not in name and "register." not in name}


def run(root: Path, command: str) -> Any:
    words = [str(root / w) if w.endswith((".xlsx", ".accdb", ".csv")) else w for w in CALLS[command]]
    words = [str(root.parent / w) if command in ("init", "demo") and n == 0 else w for n, w in enumerate(words)]
    shared = ["--on", "2026-11-20", "--json"] + ([] if command in ("init", "demo") else ["--project", str(root)])
    return CliRunner().invoke(cli, [command, *words, *shared], catch_exceptions=False)


def test_r40_every_command_is_tried() -> None:
    assert CALLS.keys() == COMMANDS.keys()


@pytest.mark.parametrize("command", sorted(COMMANDS.keys() - ONLY_READ - IDLE - {"demo", "database"}))
@pytest.mark.parametrize("after", [0, 2])
def test_r40_a_refused_write_is_told_and_changes_nothing(
    ready: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str, after: int
) -> None:
    root = tmp_path / "klachten"
    shutil.copytree(ready, root)
    before, code = kept(root), list(REFUSALS)[(len(command) + after) % len(REFUSALS)]
    count = refusing(monkeypatch, tmp_path, code, after)
    result = run(root, command)
    monkeypatch.undo()
    if count[0] <= after:
        assert result.exit_code in (0, 1)
        return
    # What was typed is in the store by then, and only the file itself could not be brought up to date.
    told = "file_not_written" if result.exit_code == 1 else REFUSALS[code]
    assert f'"{told}"' in result.output
    now = kept(root)
    assert {name for name in now if ".registerkit-" in name or ".staging" in name} == set()
    assert {name: now[name] for name in before if name not in WHOLE_EACH} == {
        name: content for name, content in before.items() if name not in WHOLE_EACH
    }


@pytest.mark.parametrize("command", sorted(ONLY_READ - {"definition"}))
def test_r40_what_only_reads_needs_no_room(
    ready: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    root = tmp_path / "klachten"
    shutil.copytree(ready, root)
    refusing(monkeypatch, tmp_path, errno.ENOSPC, 0)
    assert run(root, command).exit_code in (0, 1)


def test_r40_a_clock_that_was_set_back_breaks_nothing(ready: Path, tmp_path: Path) -> None:
    root = tmp_path / "klachten"
    shutil.copytree(ready, root)
    office = Office(root)
    assert office.run("sync", on=date(2026, 12, 24)).code == 0
    later = root / "archief" / f"klachtenregister.{date.today() + timedelta(days=900):%Y%m%d}-120000-01.xlsx"
    later.write_bytes(b"later")
    for day in (date(2026, 11, 1), date(2026, 10, 30)):
        assert office.run("weekly", on=day).code in (0, 1)
    assert len(office.run("find", "Mol").json) == 1
    assert later.exists()


def test_r40_a_workbook_is_not_made_under_a_name_that_excel_does_not_open(ready: Path, tmp_path: Path) -> None:
    """It would be a workbook that nothing takes for one."""
    office = Office(ready)
    for name in ("register.txt", "register.docx", "register.xls", "register.xlsm", "register"):
        refused = office.run("workbook", "-o", str(tmp_path / name))
        assert (2, "usage.workbook") == (refused.code, refused.json["error"]["code"])
    assert [] == list(tmp_path.iterdir())
