"""What `CONTRIBUTING.md` says of the code is so: every stage stands in its map, and every file it names is there."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pages import ROOT, markdown_table, page

PAGE = "CONTRIBUTING.md"
GUARD = "tests/test_import_direction.py"
ADDED = ("field kind", "kind of rule", "kind of letter", "section of the report", "figure", "source")


def order() -> list[str]:
    """Give the stages in their order, as the guard of imports has them."""
    for node in ast.parse(page(GUARD)).body:
        if isinstance(node, ast.Assign) and [ast.unparse(target) for target in node.targets] == ["ORDER"]:
            return list(ast.literal_eval(node.value))
    raise LookupError(f"{GUARD} has no ORDER")


def test_the_map_has_every_stage_and_no_other() -> None:
    stages = [row["stage"].strip("`") for row in markdown_table(page(PAGE), "The map")]
    assert set(order()) - set(stages) == set(), f"{PAGE}, The map: add a line for these"
    assert set(stages) - set(order()) == set(), f"{PAGE}, The map: these are no stages in {GUARD}"
    assert order() == stages, f"{PAGE}, The map: the stages stand in another order than in {GUARD}"


@pytest.mark.parametrize("row", markdown_table(page(PAGE), "The map"), ids=lambda row: row["stage"].strip("`"))
def test_the_map_has_one_sentence_or_two_for_a_stage(row: dict[str, str]) -> None:
    assert row["what it does"].endswith("."), f"{PAGE}, The map, {row['stage']}"


@pytest.mark.parametrize("what", ADDED)
def test_it_says_how_to_add(what: str) -> None:
    assert re.search(rf"^### An? {what}$", page(PAGE), re.M), f"{PAGE}: say under Adding something how to add a {what}"


def test_every_file_it_names_is_there() -> None:
    """A path is taken from the project's folder, or within the package where it begins with a stage."""
    named = re.findall(r"`([\w./-]+/[\w./-]*|[\w-]+\.(?:py|md|toml))`", page(PAGE))
    places = (ROOT, ROOT / "registerkit")
    missing = {
        name for name in named if not name.startswith(".venv") and not any((at / name).exists() for at in places)
    }
    assert missing - {"register.toml"} == set(), f"{PAGE} names files that are not there"


READ = {".py", ".md", ".toml", ".xml", ".mjs", ".sql", ".json", ".sh", ".txt"}
ELSEWHERE = re.compile(r"\b(?:looks|design|house-style|fields)\.md\b|(?<!docs/)\bstates\.md\b|\b(?:notes|shared)/")
"""Papers of who made registerkit, which do not come with it."""


def texts_of_the_project() -> Iterator[Path]:
    for folder in ("registerkit", "tests", "scripts", "docs"):
        yield from (path for path in sorted((ROOT / folder).rglob("*")) if path.suffix in READ and path.is_file())
    yield from (ROOT / "README.md", ROOT / "CONTRIBUTING.md")


def test_nothing_points_at_papers_outside_the_repository() -> None:
    """What such a paper said is said in words where it matters."""
    found = [
        f"{path.relative_to(ROOT)}:{number}: {match[0]}"
        for path in texts_of_the_project()
        if path != Path(__file__).resolve()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        for match in ELSEWHERE.finditer(line)
    ]
    assert found == [], "say in words what these point at"


@pytest.mark.parametrize(
    "pointer", ["(design: looks.md)", "design/fields.md", "notes/excel.md P2", "see states.md", "../shared/x"]
)
def test_a_pointer_outside_the_repository_is_found(pointer: str) -> None:
    assert ELSEWHERE.search(pointer)
    assert not ELSEWHERE.search("docs/states.md, tests/acceptance/test_r21_shared_file.py, footnotes")


def test_every_name_in_capitals_is_one_of_the_file_before_it() -> None:
    """As `RULES` after `registerkit/checking/rules.py`."""
    for file, name in re.findall(r"`(registerkit/[\w/]+\.py)`[^`\n]*\(`([A-Z_]+)`\)", page(PAGE)):
        source = (ROOT / file).read_text(encoding="utf-8")
        assert re.search(rf"^{name}\b", source, re.M), f"{PAGE}: {file} has no {name}"
