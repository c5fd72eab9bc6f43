"""A fresh store for every test, and what lies in tests/support."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from registerkit.store import Store, sqlite_url

sys.path.insert(0, str(Path(__file__).parents[1] / "support"))

from stage_samples import DEFINITION


@pytest.fixture
def fresh_db(tmp_path: Path) -> Iterator[Store]:
    """Give an empty store in one file."""
    store = Store.open(sqlite_url(tmp_path / "register.db"), DEFINITION, "2026-11-20T09:00:00")
    yield store
    store.close()
