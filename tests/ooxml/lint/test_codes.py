"""The catalogue: every code that the linter gives stands in it, says what Excel does, and is tested."""

from __future__ import annotations

import ast
from pathlib import Path

import ooxml_lint as lint
import pytest
from ooxml_lint import CODES

HERE = Path(__file__).parent
SOURCE = Path(lint.__file__).parent


def constants(folder: Path) -> set[str]:
    """Give all strings in the Python files of a folder, without the catalogue itself."""
    files = [file for file in folder.glob("*.py") if file.name not in ("codes.py", "test_codes.py")]
    nodes = [node for file in files for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))]
    return {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def test_every_code_is_given_somewhere() -> None:
    assert set() == set(CODES) - constants(SOURCE)


def test_every_code_is_tested() -> None:
    assert set() == set(CODES) - constants(HERE)


def test_every_code_that_is_given_stands_in_the_catalogue() -> None:
    files = [ast.parse(file.read_text(encoding="utf-8")) for file in SOURCE.glob("*.py")]
    calls = [node for file in files for node in ast.walk(file) if isinstance(node, ast.Call) and len(node.args) > 1]
    firsts = [call.args[0] for call in calls if getattr(call.func, "attr", "") in ("add", "_tell", "wrong")]
    given = {node.value for first in firsts for node in ast.walk(first) if isinstance(node, ast.Constant)}
    assert set() == given - set(CODES)


@pytest.mark.parametrize("code", sorted(CODES))
def test_each_code_has_one_sentence(code: str) -> None:
    assert code == code.lower()
    assert CODES[code].endswith(".")
    assert ". " not in CODES[code]
