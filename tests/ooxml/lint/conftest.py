"""Sound workbooks, built once, and what the linter finds after one change in them."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "support"))

from broken import changed, rewritten
from lint_samples import After, rich_book
from ooxml_lint import lint_workbook
from pivot_samples import pivot_book


@pytest.fixture(scope="session")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return rich_book(tmp_path_factory.mktemp("rich") / "boek.xlsx")


@pytest.fixture(scope="session")
def pivots(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return pivot_book(tmp_path_factory.mktemp("pivots") / "boek.xlsx")


@pytest.fixture
def after(rich: Path, tmp_path: Path) -> After:
    """Give what is found in the rich book when a text in a part is another."""
    return lambda part, old, new, **options: lint_workbook(
        changed(rich, tmp_path / "b.xlsx", part, old, new), **options
    )


@pytest.fixture
def after_in_pivots(pivots: Path, tmp_path: Path) -> After:
    """Give what is found in the book with pivot tables when a text in a part is another."""
    return lambda part, old, new: lint_workbook(changed(pivots, tmp_path / "b.xlsx", part, old, new))


@pytest.fixture
def after_parts(rich: Path, tmp_path: Path) -> After:
    """Give what is found in the rich book when whole parts are others, or gone."""
    return lambda parts: lint_workbook(rewritten(rich, tmp_path / "b.xlsx", parts))
