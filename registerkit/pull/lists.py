"""Takes over what an office changed in its choice lists, and tells at their cells which changes were not taken."""

from __future__ import annotations

from registerkit.definition import Choice, fold
from registerkit.findings import Finding, Location
from registerkit.ooxml import address
from registerkit.pull.merged import Merged
from registerkit.reading import ListRow, RawList, RawWorkbook, list_rows
from registerkit.session.session import Session
from registerkit.sync.lists import merge_list
from registerkit.sync.plan import SourcePlan

__all__ = ["merge_lists"]


def merge_lists(session: Session, merged: Merged, raw: RawWorkbook, plan: SourcePlan, revision: int) -> None:
    """Take over what the office changed in its lists since a revision, before any row is read with them."""
    shown = session.store.noted("lists_revision", int) or 0
    changed_since = revision < shown or bool(merged.result.list_changes)
    language = session.settings.language
    for list_id, found in raw.lists.items():
        lists = merged.lookups.lists
        parents = {
            fold(choice.labels[language]): choice.code
            for choice in lists.get(session.definition.parent_list(list_id) or "", ())
        }
        before = _labels_before(session, merged, list_id, revision) if changed_since else {}
        merge = merge_list(
            list_id,
            lists.get(list_id, ()),
            list_rows(found),
            parents,
            language,
            before,
            is_current=revision >= shown,
        )
        plan.findings += [_not_taken(plan.name, found, *pair, session) for pair in merge.not_taken]
        if merge.changes:
            merged.lookups = merged.lookups.with_lists({list_id: merge.choices})
            merged.result.list_changes += [(plan.name, change) for change in merge.changes]


def _labels_before(session: Session, merged: Merged, list_id: str, revision: int) -> dict[str, str | None]:
    """Return the labels at a revision of the entries that changed since, in this run too."""
    before: dict[str, str | None] = {}
    for line in session.store.history("lists"):
        if line.revision > revision and line.key.startswith(f"{list_id}:"):
            before.setdefault(line.key.removeprefix(f"{list_id}:"), line.old)
    for _, change in merged.result.list_changes:
        if change.list_id == list_id:
            before.setdefault(change.code, change.old)
    return before


def _not_taken(file: str, raw: RawList, row: ListRow, choice: Choice, session: Session) -> Finding:
    """Return the finding about a row that changes an entry in a file that did not show the newest lists."""
    language, excel = session.settings.language, raw.excel
    old, value, column = choice.labels[language], row.label, 1
    if row.label == old and row.in_use != choice.in_use:
        value, column = session.texts.show(row.in_use), excel.last_column - excel.first_column
    elif row.label == old:
        value, column = row.parent, 2
    cell = address(row.row, excel.first_column + column)
    where = Location(file, excel.sheet, cell, row.row, excel.columns[column])
    told = {"old": old, "list": session.definition.lists[raw.list_id].labels[language], "cell": cell}
    return Finding("list_not_taken", "warning", where, value, told)
