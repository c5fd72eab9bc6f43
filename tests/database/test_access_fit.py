"""What records break gives way, and nothing else does."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from registerkit.database.access.layout import AccessColumn, AccessIndex, AccessPlan, AccessTable, Relation
from registerkit.database.access.rows import Row
from registerkit.database.access.truncate import fitted

COLUMNS = (
    AccessColumn("Id", "autonumber"),
    AccessColumn("Nr", "text", size=10),
    AccessColumn("Naam", "text", size=255, required=True),
    AccessColumn("Soort", "text", size=64),
    AccessColumn("Dag", "date"),
    AccessColumn("Verhaal", "memo"),
)
KEYS = (AccessIndex("Id", unique=True, primary=True), AccessIndex("Nr", unique=True), AccessIndex("Soort"))
KINDS = AccessTable("lists.soort", "Lijst Soort", (AccessColumn("Code", "text", size=64, required=True),), ())
PLAN = AccessPlan(
    "Proef",
    (
        KINDS,
        AccessTable("zaken", "Zaken", COLUMNS, KEYS),
        AccessTable("kind", "Kind", (AccessColumn("Zaak", "long"),), ()),
    ),
    (Relation("Zaken", "Soort", "Lijst Soort", "Code"), Relation("Kind", "Zaak", "Zaken", "Id")),
)


def row(nr: Any = None, name: Any = "N", kind: Any = None, day: Any = None, story: Any = None) -> Row:
    return (None, nr, name, kind, day, story)


def fit(*rows: Row, children: tuple[Row, ...] = ()) -> AccessPlan:
    return fitted(PLAN, {"lists.soort": [("a",), ("b",)], "zaken": rows, "kind": children})


def column(plan: AccessPlan, name: str) -> AccessColumn:
    return next(c for c in plan.table("zaken").columns if c.name == name)


def test_records_that_break_nothing_leave_the_plan_as_it_is() -> None:
    """Nor does a file without records."""
    assert PLAN == fit(
        row("1", kind="a", day=date(2026, 1, 2)), row(), row("2", story="x" * 9000), children=((1,), (3,))
    )
    assert PLAN == fit()


@pytest.mark.parametrize(
    ("text", "kind"),
    [("x" * 255, "text"), ("x" * 256, "memo"), ("é" * 255, "text"), ("😀" * 127, "text"), ("😀" * 128, "memo")],
)
def test_a_text_that_is_too_long_makes_its_column_a_long_text(text: str, kind: str) -> None:
    """Access counts an emoji twice."""
    assert kind == column(fit(row(), row(name=text)), "Naam").type


def test_a_missing_value_makes_its_column_optional() -> None:
    assert not column(fit(row(), row(name=None)), "Naam").required
    assert column(fit(row()), "Naam").required


@pytest.mark.parametrize(("second", "unique"), [("b1", True), ("A1", False), ("a1", False), (None, True)])
def test_a_value_that_is_there_twice_makes_the_index_a_plain_one(second: str | None, unique: bool) -> None:
    """Two rows without a value are not the same; capitals make no difference."""
    plan = fit(row("a1"), row(second), row(None))
    assert unique == plan.table("zaken").indexes[1].unique


def test_an_index_over_a_column_that_became_a_long_text_is_left_out() -> None:
    assert ["Id", "Soort"] == [index.column for index in fit(row("x" * 11)).table("zaken").indexes]


def test_a_code_that_no_list_has_loosens_its_relation_only() -> None:
    assert [False, True] == [r.enforced for r in fit(row(kind="weg"), children=((1,),)).relations]


def wide_plan(texts: int) -> AccessPlan:
    columns = tuple(AccessColumn(f"t{n}", "text", size=255) for n in range(texts))
    return AccessPlan("Proef", (AccessTable("zaken", "Zaken", columns, (AccessIndex("t0"),)),), ())


def test_a_row_that_is_too_wide_keeps_its_longest_texts_elsewhere() -> None:
    """Access takes about 4,000 bytes in one row; the longest go first, and what has an index stays."""
    wide: Row = ("a" * 255, *("b" * 255,) * 7, "c" * 200, "d" * 10)
    table = fitted(wide_plan(10), {"zaken": [("k",) * 10, wide]}).table("zaken")
    types = [c.type for c in table.columns]
    assert ["text", "memo", "text"] == [types[0], types[1], types[9]]
    assert 1 <= types.count("memo") <= 3


def test_rows_that_are_only_wide_together_change_nothing() -> None:
    rows: list[Row] = [tuple("x" * 255 if n == place else None for n in range(10)) for place in range(10)]
    assert wide_plan(10) == fitted(wide_plan(10), {"zaken": rows})
