"""What is remembered of a file is told again in the words in which it was told first."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any, cast

import pytest

from registerkit.findings import Finding
from registerkit.pull.results import SyncResult
from registerkit.pull.unchanged import outcome_of, recall
from registerkit.store.sources import SourceInfo
from registerkit.sync.plan import SourcePlan
from registerkit.texts import LANGUAGES, load_texts

FINDINGS = (
    Finding("cells_moved", "error", value="x", context={"columns": ["Naam", "E-mail"], "numbers": ["K-1", "K-2"]}),
    Finding("unstamped_difference", "warning", value="K-1", context={"labels": ("Naam", "Woonplaats")}),
    Finding("copy_without_news", "info", value="kopie.xlsx", context={"day": date(2026, 11, 2)}),
    Finding("not_on_list", "error", value="z", context={"nearest": None, "choices": ["a", "b"]}),
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_finding_is_remembered_word_for_word(language: str) -> None:
    texts, plan = load_texts(language), SourcePlan("f.xlsx", "workbook", date(2026, 11, 20))
    plan.findings += FINDINGS
    told = json.loads(json.dumps(outcome_of(cast(Any, SimpleNamespace(texts=texts)), plan)))
    again = SyncResult()
    recall(again, SourceInfo(1, "f.xlsx", "workbook", None, 1, None, None, None, told))
    assert [replace(f).full_message(texts) for f in FINDINGS] == [f.full_message(texts) for f in again.findings]
