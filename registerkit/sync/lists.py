"""Takes changes of choice lists over from a file: new entries, other labels, entries put out of use."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from registerkit.definition import Choice, fold
from registerkit.reading import ListRow
from registerkit.texts import LANGUAGES

__all__ = ["ListChange", "ListMerge", "merge_list"]

_CODE_LENGTH = 40


@dataclass(frozen=True)
class ListChange:
    """One entry that a file changed; `old` is None for a new entry."""

    list_id: str
    code: str
    old: str | None
    new: str


@dataclass(frozen=True)
class ListMerge:
    """A list after a file's changes: those that were taken over, and rows with one that was not."""

    choices: tuple[Choice, ...]
    changes: tuple[ListChange, ...] = ()
    not_taken: tuple[tuple[ListRow, Choice], ...] = ()
    """Each with the entry as it stands."""


def merge_list(
    list_id: str,
    stored: Iterable[Choice],
    rows: Iterable[ListRow],
    parents: Mapping[str, str],
    language: str,
    before: Mapping[str, str | None],
    *,
    is_current: bool,
) -> ListMerge:
    """Return the list after the file's changes.

    `parents` maps the folded labels of the parent list to codes, `before` has the label that the file was given
    last of entries that changed since. A file that does not show the newest lists (`is_current`) may add entries,
    but changes none. Nothing is ever taken away, and codes never change.
    """
    choices = {choice.code: choice for choice in stored}
    changes, not_taken = [], []
    for row in rows:
        if row.label is None:
            continue
        parent = parents.get(fold(row.parent)) if row.parent else None
        known = _known(choices, row, parent, language)
        if known is None:
            code = row.code or _code(row.label, choices)
            choices[code] = Choice(code, dict.fromkeys(LANGUAGES, row.label), parent, in_use=row.in_use)
            changes.append(ListChange(list_id, code, None, row.label))
        elif (changed := _changed(known, row, parent, language)) == known or _is_older(known, row, language, before):
            continue
        elif is_current and known.code not in before:
            choices[known.code] = changed
            changes.append(ListChange(list_id, known.code, known.labels[language], row.label))
        else:
            not_taken.append((row, known))
    return ListMerge(tuple(choices.values()), tuple(changes), tuple(not_taken))


def _is_older(choice: Choice, row: ListRow, language: str, before: Mapping[str, str | None]) -> bool:
    """Tell whether a row differs only because the entry was changed since the file was given it."""
    return choice.code in before and row.label in (before[choice.code], choice.labels[language])


def _known(choices: dict[str, Choice], row: ListRow, parent: str | None, language: str) -> Choice | None:
    if row.code is not None:
        return choices.get(row.code)
    same = [c for c in choices.values() if fold(c.labels[language]) == fold(row.label or "") and c.parent == parent]
    return same[0] if same else None


def _changed(choice: Choice, row: ListRow, parent: str | None, language: str) -> Choice:
    label = choice.labels[language]
    if row.label is not None and row.label != label:
        aliases = tuple(dict.fromkeys((*choice.aliases, label)))
        choice = replace(choice, labels={**choice.labels, language: row.label}, aliases=aliases)
    return replace(choice, in_use=row.in_use, parent=parent or choice.parent)


def _code(label: str, taken: dict[str, Choice]) -> str:
    """Make a code from a label: small letters, digits and underscores, with a number behind it when taken."""
    plain = re.sub(r"[^a-z0-9]+", "_", fold(label)).strip("_")[:_CODE_LENGTH] or "keuze"
    code, n = plain, 1
    while code in taken:
        n += 1
        code = f"{plain}_{n}"
    return code
