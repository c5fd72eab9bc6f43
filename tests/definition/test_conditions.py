"""A condition holds when all its parts do; what is empty never exceeds, equals or follows anything."""

from __future__ import annotations

from datetime import date

import pytest

from registerkit.definition import Condition, Value

EARLY, LATE = date(2026, 1, 1), date(2026, 1, 2)


@pytest.mark.parametrize(
    ("condition", "record", "holds"),
    [
        (Condition(), {}, True),
        (Condition(equals={"status": ("af", "in")}), {"status": "in"}, True),
        (Condition(equals={"status": ("af",)}), {"status": "open"}, False),
        (Condition(equals={"status": ("af",)}), {}, False),
        (Condition(equals={"n": ("3",)}), {"n": 3}, True),
        (Condition(filled=("a", "b")), {"a": "x", "b": 0}, True),
        (Condition(filled=("a",)), {"a": None}, False),
        (Condition(filled=("a",)), {"a": False}, True),
        (Condition(empty=("a",)), {}, True),
        (Condition(empty=("a",)), {"a": ""}, False),
        (Condition(later=(("a", "b"),)), {"a": LATE, "b": EARLY}, True),
        (Condition(later=(("a", "b"),)), {"a": EARLY, "b": EARLY}, False),
        (Condition(later=(("a", "b"),)), {"a": LATE}, False),
        (Condition(not_later=(("a", "b"),)), {"a": LATE, "b": EARLY}, False),
        (Condition(not_later=(("a", "b"),)), {"a": EARLY, "b": EARLY}, True),
        (Condition(not_later=(("a", "b"),)), {"a": LATE}, True),
        (Condition(over={"cost": "approval"}), {"cost": 10001}, True),
        (Condition(over={"cost": "approval"}), {"cost": 10000}, False),
        (Condition(over={"cost": "approval"}), {}, False),
        (Condition(over={"cost": "nergens"}), {"cost": 10001}, False),
        (Condition(filled=("a",), empty=("b",)), {"a": 1, "b": 2}, False),
    ],
)
def test_conditions(condition: Condition, record: dict[str, Value], holds: bool) -> None:
    assert condition.holds(record, {"approval": 10000}) is holds


def test_a_limit_that_no_setting_gives_is_never_exceeded() -> None:
    assert not Condition(over={"cost": "approval"}).holds({"cost": 10001})


def test_open_conditions_and_the_fields_they_look_at() -> None:
    assert Condition().is_empty
    whole = Condition({"a": ("x",)}, ("b",), ("c",), (("d", "e"),), (("f", "g"),), {"h": "limit"})
    assert not whole.is_empty
    assert sorted(whole.field_ids()) == list("abcdefgh")
