"""A stage imports only base modules and the stages before it, in the order in which data meets them."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "registerkit"
ORDER = (
    "texts", "codes", "errors", "findings", "resources", "suggest", "toml_place", "faults", "stamp", "files", "setting_kinds",
    "report_settings", "rule_settings", "paths", "pictures", "settings", "office", "theme", "web",
    "definition", "deadlines", "ooxml", "excel", "word", "pdf", "register", "workbook", "webform", "database", "messages", "reading", "checking", "sync", "store",
    "writeback", "letters", "reminders", "mail", "documents", "analysis", "importing", "privacy", "session", "pull", "push", "commands",
    "open_project", "project", "cli",
)  # fmt: skip
"""Base modules in their own order, then the stages, then the facade and the shell over it; CONTRIBUTING.md has them as a map."""
ENTRANCES = {"__init__": {"project"}, "__main__": {"cli"}}
"""The package's own doors, which open onto one module each."""


def stage_of(module: str) -> str:
    """Give the stage of `registerkit.<stage>.…`; the package itself is `__init__`."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else "__init__"


def imported_stages(source: str) -> set[str]:
    """Give every stage a module imports: at the top, inside functions, and for the type checker only."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {stage_of(a.name) for a in node.names if a.name.split(".")[0] == "registerkit"}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "registerkit":
            names = [f"registerkit.{a.name}" for a in node.names] if node.module == "registerkit" else [node.module]
            found |= {stage_of(str(name)) for name in names}
    return found


def wrong(stage: str, imported: set[str]) -> set[str]:
    """Give what a module of a stage imports and may not."""
    if stage in ENTRANCES:
        return imported - ENTRANCES[stage]
    allowed = set(ORDER[: ORDER.index(stage) + 1])
    return imported - allowed


def modules() -> list[Path]:
    return sorted(p for p in PACKAGE.rglob("*.py") if "_shipped" not in p.parts)


def test_imports_go_one_way() -> None:
    found = {}
    for file in modules():
        place = file.relative_to(PACKAGE)
        stage = place.parts[0].removesuffix(".py")
        if against := wrong(stage, imported_stages(file.read_text(encoding="utf-8"))):
            found[place.as_posix()] = against
    assert found == {}


SHELL = {
    "texts", "errors", "findings", "files", "suggest", "setting_kinds", "settings", "definition", "register", "reminders",
    "project", "cli",
}  # fmt: skip
"""What the command line works with: the facade, and what shows its answers to people."""


def test_the_command_line_speaks_to_the_facade_only() -> None:
    """What it names for the type checker only does no work."""
    found = {}
    for file in sorted((PACKAGE / "cli").rglob("*.py")):
        source = re.sub(r"\nif TYPE_CHECKING:\n(?:    .*\n|\n)+", "\n", file.read_text(encoding="utf-8"))
        if beside := imported_stages(source) - SHELL:
            found[file.name] = beside
    assert found == {}


def test_every_stage_is_in_the_order_and_no_other() -> None:
    stages = {p.relative_to(PACKAGE).parts[0].removesuffix(".py") for p in modules()} - set(ENTRANCES)
    assert stages == set(ORDER)


def test_no_relative_imports() -> None:
    """A relative import would slip past the other tests."""
    found = [
        file.name
        for file in modules()
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    assert found == []


@pytest.mark.parametrize(
    ("stage", "source", "expected"),
    [
        ("reading", "from registerkit.sync import Merger", {"sync"}),
        ("reading", "def f():\n    from registerkit.store.store import Store", {"store"}),
        ("reading", "if TYPE_CHECKING:\n    import registerkit.session.session", {"session"}),
        ("errors", "from registerkit import findings", {"findings"}),
        ("sync", "from registerkit.reading import SourceRow", set()),
        ("sync", "import json", set()),
    ],
)
def test_the_guard_itself_sees_every_form_of_import(stage: str, source: str, expected: set[str]) -> None:
    assert wrong(stage, imported_stages(source)) == expected
