"""Which complaints are one person's, as formulas: by the sets of roles of `register/persons.py`.

They find the complaints that share something with the one at hand. A complaint that is joined to it only by a third one
(the e-mail address of the one, the customer number of the other) is not among them: formulas cannot follow that.
`shares_person` says the same in Python, for the values that are kept beside formulas.
"""

from __future__ import annotations

from collections.abc import Callable

from registerkit.definition import Record
from registerkit.register import PERSON, person_keys

__all__ = ["PERSON_ROLES", "alike", "person_column", "same_person_test", "shares_person"]

PERSON_ROLES = tuple(dict.fromkeys(role for roles in PERSON for role in roles))
"""Every role that a person is told by."""


def same_person_test(equal: Callable[[str], str | None]) -> str | None:
    """Return the test, true in an array, that rows share something with a person; None without a way to tell.

    `equal` gives of a role the test that rows have this person's value, which must not be empty (`alike`); None where
    the register has no such field. It holds within SUMPRODUCT and in array formulas.
    """
    sets = ([equal(role) for role in roles] for roles in PERSON)
    tests = ["*".join(f"({test})" for test in tests if test) for tests in sets if all(tests)]
    return f"(({'+'.join(tests)})>0)" if tests else None


def alike(cells: str, own: str) -> str:
    """Return the test that cells hold the same as another one that is not empty, whatever their capitals and spaces."""
    return f'(TRIM({cells})=TRIM({own}))*(TRIM({own})<>"")'


def person_column(role: str) -> str:
    """Return the name of the cells of a role down to the last row with a day of receipt, for conditional formats."""
    return f"person_{role}"


def shares_person(one: Record, other: Record) -> bool:
    """Tell whether two complaints share something that only one person has."""
    return not set(person_keys(one)).isdisjoint(person_keys(other))
