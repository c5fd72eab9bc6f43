"""Reads the choice lists of a definition file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from registerkit.definition._tables import read_labels
from registerkit.definition.model import Choice, ChoiceList
from registerkit.faults import Faults
from registerkit.texts import LANGUAGES

__all__ = ["read_lists"]

_LIST_KEYS = {*LANGUAGES, "choices", "fixed"}
_CHOICE_KEYS = {*LANGUAGES, "code", "parent", "explanation", "in_use", "aliases"}


def read_lists(tree: Mapping[str, Any], faults: Faults) -> dict[str, ChoiceList]:
    """Read `[lists.<id>]`: labels, `choices` with a code and a label per language, and whether they are `fixed`."""
    lists = {}
    for list_id, found in tree.items():
        where = f"lists.{list_id}"
        body = faults.body(found, where)
        faults.keys(where, body, _LIST_KEYS)
        choices = tuple(
            _choice(entry, f"{where}.choices[{n}]", faults)
            for n, entry in enumerate(faults.require(body, "choices", list, where, []), 1)
        )
        _check_unique(choices, where, faults)
        fixed = faults.take(body, "fixed", bool, where, False)
        lists[list_id] = ChoiceList(list_id, read_labels(body, where, faults), choices, fixed)
    return lists


def _choice(found: Any, where: str, faults: Faults) -> Choice:
    entry = faults.body(found, where)
    faults.keys(where, entry, _CHOICE_KEYS)
    return Choice(
        code=faults.require(entry, "code", str, where, ""),
        labels=read_labels(entry, where, faults),
        parent=faults.take(entry, "parent", str, where),
        explanation=faults.named_words(entry, "explanation", where),
        in_use=faults.take(entry, "in_use", bool, where, True),
        aliases=faults.words(entry, "aliases", where),
    )


def _check_unique(choices: tuple[Choice, ...], where: str, faults: Faults) -> None:
    codes: set[str] = set()
    labels: set[tuple[str | None, str, str]] = set()
    for choice in choices:
        if choice.code in codes:
            faults.add("duplicate_code", where, word=choice.code)
        codes.add(choice.code)
        for language, label in choice.labels.items():
            if (choice.parent, language, label.casefold()) in labels:
                faults.add("duplicate_label", where, word=label)
            labels.add((choice.parent, language, label.casefold()))
