"""Says which cells of the sheet of lists must change so that it shows the lists as the store keeps them."""

from __future__ import annotations

from registerkit.definition import Choice, Definition, Lookups, fold
from registerkit.reading import ListRow, RawList, RawWorkbook, list_rows
from registerkit.texts import load_texts
from registerkit.writeback.edits import FileEdits

__all__ = ["plan_lists"]


def plan_lists(edits: FileEdits, raw: RawWorkbook, lookups: Lookups, definition: Definition) -> None:
    """Add the edits of the lists: codes of new entries, present labels, and entries the file does not show yet.

    Entries without a blank row left in the file are shown when the workbook is built anew.
    """
    for found in raw.lists.values():
        _plan(edits, found, lookups, definition.parent_list(found.list_id))


def _plan(edits: FileEdits, raw: RawList, lookups: Lookups, parent_list: str | None) -> None:
    rows = list_rows(raw)
    entries = {choice.code: choice for choice in lookups.lists.get(raw.list_id, ())}
    shown: set[str] = set()
    for row in rows:
        choice = _entry(row, entries, lookups, parent_list)
        if choice is not None:
            shown.add(choice.code)
            _show(edits, raw, row, choice, lookups, parent_list)
    blank = [row for row in rows if row.code is None and row.label is None]
    for row, choice in zip(blank, (c for code, c in entries.items() if code not in shown), strict=False):
        _show(edits, raw, row, choice, lookups, parent_list)


def _entry(row: ListRow, entries: dict[str, Choice], lookups: Lookups, parent_list: str | None) -> Choice | None:
    if row.code is not None:
        return entries.get(row.code)
    if row.label is None:
        return None
    parent = lookups.code(parent_list, row.parent) if parent_list and row.parent else None
    for choice in entries.values():
        if fold(choice.labels[lookups.language]) == fold(row.label) and choice.parent == parent:
            return choice
    return None


def _show(
    edits: FileEdits, raw: RawList, row: ListRow, choice: Choice, lookups: Lookups, parent_list: str | None
) -> None:
    first, part = raw.excel.first_column, raw.excel.sheet_part
    if row.code != choice.code:
        edits.set(part, row.row, first, choice.code)
    if row.label != choice.labels[lookups.language]:
        edits.set(part, row.row, first + 1, choice.labels[lookups.language])
    if raw.has_parent and parent_list:
        parent = lookups.label(parent_list, choice.parent)
        if row.parent != parent:
            edits.set(part, row.row, first + 2, parent)
    if row.in_use != choice.in_use:
        word = load_texts(lookups.language)("value.yes" if choice.in_use else "value.no")
        edits.set(part, row.row, raw.excel.last_column, word)
