"""Says how much two rows are alike, and when they are certainly not of one person.

A day and a category are shared by many complaints, and a short text ("Niet geleverd") by some; a name or an address for
e-mail is one person's. So they do not weigh the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher

from registerkit.definition import Table, Value

__all__ = [
    "PERSONAL",
    "REACHED_BY",
    "TELLING",
    "Telling",
    "alikeness",
    "differ_in_all",
    "is_other_person",
    "own_fields",
    "telling_in_both",
    "telling_row",
    "telling_values",
]

PERSONAL = (
    "name", "organisation", "address", "postcode", "email", "phone", "customer_number", "order_number", "description",
)  # fmt: skip
"""Fields whose values hardly ever are another complaint's by chance."""
_WORDS = ("text", "memo", "email", "phone")

Telling = frozenset[tuple[str, Value]]
"""What tells a record apart from others: the telling fields that it has, with their values."""

TELLING = {
    "received_on": 1.0,
    "name": 2.0,
    "description": 3.0,
    "email": 3.0,
    "phone": 2.0,
    "category": 0.5,
    "on": 1.0,
    "from": 1.0,
    "summary": 3.0,
}
"""Fields that tell two records apart, and what each weighs."""
_SHARED = ("received_on", "category", "on", "from")
_STORIES = ("description", "summary")
_TOLD = (*_STORIES, "from")
_WHOLE_STORY = 30
"""From so many characters on a text is nobody else's by chance."""
REACHED_BY = ("email", "phone", "customer_number", "address")
"""What a person is reached or known by."""
_SAME_NAME = 0.75


def telling_values(values: Mapping[str, Value]) -> Telling:
    """Return what tells a record apart from others."""
    return frozenset((f, values[f]) for f in TELLING if values.get(f) is not None)


def telling_row(table: Table, values: Mapping[str, Value]) -> Telling:
    """Return what tells a row apart; of a further table whose it is, and its day and story, or else all of it."""
    told = telling_values(values)
    if not table.hidden_key:
        return told
    if any(f in _TOLD for f, _ in told):
        return told | {(f, values[f]) for f in (table.parent,) if f is not None and f in values}
    return frozenset((f, value) for f, value in values.items() if value is not None)


def telling_in_both(values: Mapping[str, object], other: Mapping[str, object]) -> list[str]:
    """Return the fields that tell two records apart, as far as both have them."""
    return [f for f in TELLING if values.get(f) is not None and other.get(f) is not None]


def own_fields(table: Table, main: str) -> tuple[str, ...]:
    """Return the fields of a table whose values hardly ever are another row's by chance."""
    if table.id == main:
        return tuple(f for f in PERSONAL if f in table.by_id)
    return tuple(f.id for f in table.inputs if f.kind in _WORDS and f.id != table.parent)


def alikeness(values: Mapping[str, object], other: Mapping[str, object]) -> float:
    """Return how much of what tells them apart two records have in common, 0 to 1; nothing to compare is 1."""
    if telling := telling_in_both(values, other):
        weights = {f: _weight(f, other[f]) for f in telling}
        same = [f for f in telling if values[f] == other[f]]
        own = [f for f in telling if f not in _SHARED]
        # A day and a category alone make nobody the same, when there is anything else to go by.
        counted = same if not own or set(same) & set(own) else ()
        return sum(weights[f] for f in counted) / sum(weights.values())
    both = [f for f, value in values.items() if value is not None and other.get(f) is not None]
    return sum(values[f] == other[f] for f in both) / len(both) if both else 1.0


def is_other_person(values: Mapping[str, object], other: Mapping[str, object]) -> bool:
    """Tell whether two rows have different names, and different ways to reach the person but none in common."""
    name, other_name = values.get("name"), other.get("name")
    if not name or not other_name or _is_same_name(str(name), str(other_name)):
        return False
    return differ_in_all(values, other, REACHED_BY)


def differ_in_all(values: Mapping[str, object], other: Mapping[str, object], fields: Iterable[str]) -> bool:
    """Tell whether there are fields that both rows fill in, and these differ in every one."""
    both = [f for f in fields if values.get(f) and other.get(f)]
    return bool(both) and all(values[f] != other[f] for f in both)


def _weight(field_id: str, value: object) -> float:
    share = min(1.0, len(str(value)) / _WHOLE_STORY) if field_id in _STORIES else 1.0
    return max(1.0, TELLING[field_id] * share) if field_id in _STORIES else TELLING[field_id]


def _is_same_name(name: str, other: str) -> bool:
    """Tell whether two names can be one person's: written otherwise, or with a letter wrong."""
    one, two = _words(name), _words(other)
    return one == two or SequenceMatcher(None, " ".join(one), " ".join(two)).ratio() >= _SAME_NAME


def _words(name: str) -> list[str]:
    return name.replace(",", " ").replace(".", " ").casefold().split()
