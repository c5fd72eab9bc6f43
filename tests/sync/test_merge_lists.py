"""Choice lists of a file against those of the store: additions are taken in, changes only from a file that is up to date."""

from __future__ import annotations

import pytest

from registerkit.definition import Choice
from registerkit.reading import ListRow
from registerkit.sync.lists import ListMerge, merge_list

STORED = (
    Choice("fax", {"nl": "telefax", "en": "fax"}, aliases=("fax",)),
    Choice("brief", {"nl": "brief", "en": "letter"}),
)


def merge(*rows: ListRow, before: dict[str, str | None] | None = None, is_current: bool = True) -> ListMerge:
    return merge_list("channel", STORED, rows, {}, "nl", before or {}, is_current=is_current)


def row(code: str | None, label: str | None, in_use: bool = True) -> ListRow:
    return ListRow(6, code, label, None, in_use)


@pytest.mark.parametrize(
    ("said", "before", "is_current", "taken", "told"),
    [
        (row("brief", "brief"), {}, True, [], []),
        (row("brief", "post"), {}, True, ["post"], []),
        (row("brief", "post"), {}, False, [], ["post"]),
        (row("brief", "brief", False), {}, True, ["brief"], []),
        (row("brief", "brief", False), {}, False, [], ["brief"]),
        (row("fax", "fax"), {"fax": "fax"}, False, [], []),  # Only older.
        (row("fax", "fax"), {"fax": "fax"}, True, [], []),  # Changed by another file of this sync.
        (row("fax", "telefax"), {"fax": "fax"}, False, [], []),
        (row("fax", "faxen"), {"fax": "fax"}, False, [], ["faxen"]),
        (row("fax", "faxen"), {"fax": "fax"}, True, [], ["faxen"]),
        (row(None, "duif"), {}, False, ["duif"], []),
        (row("brief", None), {}, True, [], []),
    ],
)
def test_an_entry(
    said: ListRow, before: dict[str, str | None], is_current: bool, taken: list[str], told: list[str]
) -> None:
    merged = merge(said, before=before, is_current=is_current)
    assert (taken, told) == ([c.new for c in merged.changes], [r.label for r, _ in merged.not_taken])


def test_a_renamed_entry_keeps_its_code_and_its_old_label() -> None:
    (_, brief) = merge(row("brief", "post")).choices
    assert ("brief", "post", ("brief",)) == (brief.code, brief.labels["nl"], brief.aliases)
