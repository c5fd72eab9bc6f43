"""What the tests of the workbook share: content to build from, and a second definition."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from registerkit.definition import Definition, load_definition
from registerkit.workbook import WorkbookContent, build_workbook

sys.path.insert(0, str(Path(__file__).parents[1] / "support"))

from workbook_samples import MakeContent, complaints, make_content


@pytest.fixture
def make() -> MakeContent:
    return make_content


@pytest.fixture
def filled() -> WorkbookContent:
    """The complaint register in Dutch with twelve invented complaints."""
    return make_content(records=complaints())


@pytest.fixture(scope="session")
def filled_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workbook of that register; tests only read it."""
    path = tmp_path_factory.mktemp("filled") / "register.xlsx"
    build_workbook(path, make_content(records=complaints()))
    return path


@pytest.fixture(scope="session")
def incidents() -> Definition:
    """A second register, without terms, letters or complaints."""
    return load_definition(Path(__file__).parents[1] / "definitions" / "incidents.toml")
