"""Cells that left their row are told from everything else that people do to a register."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stage_samples import DEFINITION, knowledge, make_state, record

from registerkit.definition import Record
from registerkit.reading import SourceRow
from registerkit.sync.moved_cells import MovedCells, moved_cells

NAMES = ("Joke Berg", "Piet Kok", "Els Mol", "Ali Demir", "Ria Vos", "Tom Buis", "Ans Haak", "Bo Pels")
HANDLERS = ("EV", "JB", "EW")


def base(n: int) -> Record:
    return record(
        f"K-2026-{n + 1:04}",
        name=NAMES[n],
        email=f"mens{n}@voorbeeld.example",
        phone=f"030 123 45 {60 + n}",
        address=f"Lindelaan {n + 1}",
        postcode=f"35{n}2 AB",
        city="Utrecht" if n % 2 else "Zeist",
        description=f"Verhaal nummer {n} over een levering die niet goed ging.",
        handler=HANDLERS[n % 3],
        received_on=date(2026, 11, 2 + n),
        severity="ernstig" if n % 4 == 0 else "normaal",
    )


RECORDS = [base(n) for n in range(len(NAMES))]
STATE = make_state({"complaints": {str(r["number"]): r for r in RECORDS}})


def found(rows: Sequence[Record], order: Sequence[int] | None = None) -> list[MovedCells]:
    """Give what is found in a sheet that shows these rows by number."""
    places = [rows[n] for n in order] if order else rows
    table = DEFINITION.tables["complaints"]
    said = [SourceRow("complaints", n, str(row["number"]), dict(row)) for n, row in enumerate(places, 5)]
    return moved_cells(said, table, STATE, knowledge(), {})


def put(field: str, values: Sequence[Any], first: int = 0) -> list[Record]:
    """Give the rows with other values in one column, from a row on."""
    rows = [dict(row) for row in RECORDS]
    for n, value in enumerate(values, first):
        rows[n][field] = value
    return rows


def column(field: str) -> list[Any]:
    return [row[field] for row in RECORDS]


def numbers(found_: list[MovedCells], field: str) -> set[str]:
    return {key for group in found_ for key, f in group.cells if f == field}


# ------------------------------------------------------------------------------------------------------ they moved
@pytest.mark.parametrize(
    ("rows", "field", "held"),
    [
        (put("name", [*NAMES[1:4], None]), "name", {1, 2, 3, 4}),
        (put("name", NAMES[1:4]), "name", {1, 2, 3}),
        (put("name", ["Nieuwe Naam", *NAMES[:4]]), "name", {1, 2, 3, 4, 5}),
        (put("email", sorted(column("email"), reverse=True)), "email", {1, 2, 3, 4, 5, 6, 7, 8}),
        (put("phone", [column("phone")[1], column("phone")[0]]), "phone", {1, 2}),
        (put("description", column("description")[4:7]), "description", {1, 2, 3}),
        (put("address", column("address")[2:6], 4), "address", {5, 6, 7, 8}),
        (put("name", [NAMES[0]] * 3, 1), "name", {2, 3, 4}),
        (put("email", [column("email")[7]] * 4, 3), "email", {4, 5, 6, 7}),
        (put("handler", column("handler")[1:6]), "handler", {1, 2, 3, 4, 5}),
        (put("received_on", [date(2026, 11, 1), *column("received_on")[:5]]), "received_on", {1, 2, 3, 4, 5, 6}),
    ],
    ids=["up", "up with the last left", "down", "sorted", "exchanged", "pasted", "pasted from above", "drawn down", "drawn up",
         "persons", "days"],
)  # fmt: skip
def test_a_column_that_moved_is_found(rows: list[Record], field: str, held: set[int]) -> None:
    cells = numbers(found(rows), field)
    assert cells == {f"K-2026-{n:04}" for n in held}


def test_columns_that_moved_together_are_one_thing() -> None:
    rows = [dict(row) for row in RECORDS]
    for n in range(4):
        rows[n] |= {f: RECORDS[n + 1][f] for f in ("name", "email", "received_on")}
    (group,) = found(rows)
    assert set(group.fields) == {"name", "email", "received_on"}
    assert group.mapping["K-2026-0001"] == "K-2026-0002"


def test_the_order_of_the_rows_does_not_matter() -> None:
    rows = put("name", [*NAMES[1:4], None])
    assert numbers(found(rows, (7, 3, 0, 5, 1, 2, 6, 4)), "name") == {f"K-2026-{n:04}" for n in (1, 2, 3, 4)}


# -------------------------------------------------------------------------------------------------- they did not
def given_to(code: str) -> list[Record]:
    return put("handler", [code] * 8)


@pytest.mark.parametrize(
    "rows",
    [
        RECORDS,
        given_to("JB"),
        put("handler", [HANDLERS[1], HANDLERS[0]]),
        put("name", ["Joke van den Berg", "P. Kok", "Els Mol-Prins"]),
        put("name", ["Bo Pels"] * 6),
        put("city", ["Zeist", "Utrecht", "Zeist"]),
        put("severity", ["normaal", "ernstig", "ernstig", "licht"]),
        put("name", [NAMES[1]]),
        put("name", [NAMES[0]] * 2, 1),
        [r if n in (0, *range(4, 8)) else r | {"name": NAMES[0], "phone": RECORDS[0]["phone"]} for n, r in enumerate(RECORDS)],
        put("email", [None] * 8),
        put("received_on", [date(2026, 11, 20)] * 8),
    ],
    ids=[
        "nothing", "given to another", "two handlers exchanged", "names corrected", "one name in six rows", "places",
        "choices", "one name of another",
        "one name of another in two rows", "rows found to be one person's", "emptied", "one day",
    ],
)  # fmt: skip
def test_what_people_do_is_no_alarm(rows: list[Record]) -> None:
    assert found(rows) == []


def test_rows_that_moved_as_a_whole_are_another_fault() -> None:
    """Numbers sorted by themselves: every row says all of another complaint."""
    rows = [{**RECORDS[n], "number": RECORDS[(n + 1) % 8]["number"]} for n in range(8)]
    assert not any(numbers(found(rows), f) for f in ("name", "email", "description"))


@given(
    st.permutations(range(8)), st.integers(1, 3), st.integers(0, 4), st.sampled_from(["name", "email", "description"])
)
def test_a_shift_is_found_wherever_it_is_and_however_the_sheet_is_sorted(
    order: list[int], far: int, first: int, field: str
) -> None:
    """Three or more rows that hold what stood some rows further are never taken in."""
    old = column(field)
    moved = [old[n + far] if n + far < 8 else None for n in range(first, 8)]
    rows = put(field, moved, first)
    held = numbers(found(rows, order), field)
    wrong = {str(RECORDS[n]["number"]) for n in range(first, 8 - far)}
    assert wrong <= held if len(wrong) > 2 else True


@given(st.permutations(range(8)), st.lists(st.tuples(st.integers(0, 7), st.text("abcdefgh ", min_size=9)), max_size=8))
def test_new_texts_are_never_held(order: list[int], edits: list[tuple[int, str]]) -> None:
    rows = [dict(row) for row in RECORDS]
    for n, text in edits:
        rows[n]["name"] = text
    assert found(rows, order) == []


# -------------------------------------------------------------------------------------------------- further tables
SUMMARIES = tuple(f"Gesprek {n} met {name} over de levering." for n, name in enumerate(NAMES))
CONTACTS: list[Record] = [
    {
        "row_key": f"C{n:06}",
        "complaint": f"K-2026-{max(1, n):04}",
        "on": date(2026, 11, 3 + n),
        "by": HANDLERS[n % 3],
        "with_whom": "klager" if n % 2 else NAMES[n],
        "summary": summary,
    }
    for n, summary in enumerate(SUMMARIES)
]
MIXED = make_state({"complaints": STATE.records["complaints"], "contacts": {str(r["row_key"]): r for r in CONTACTS}})


def in_contacts(field: str, values: Sequence[Any], **given: bool) -> set[int]:
    """Give the contacts of which cells are held when a column says this from the first row on."""
    rows = [dict(row) for row in CONTACTS]
    for row, value in zip(rows, values, strict=False):
        row[field] = value
    said = [SourceRow("contacts", n, str(row["row_key"]), row) for n, row in enumerate(rows, 5)]
    groups = moved_cells(said, DEFINITION.tables["contacts"], MIXED, knowledge(**given), {})
    return {int(key[1:]) for group in groups for key, f in group.cells if f == field}


def test_cells_that_left_their_row_in_a_further_table_are_found() -> None:
    own = [row["complaint"] for row in CONTACTS]
    assert set(range(8)) == in_contacts("summary", [*SUMMARIES[1:], None])
    assert {0, 1} == in_contacts("summary", SUMMARIES[1::-1])
    assert {0, 1, 2, 3} <= in_contacts("complaint", [*own[2:6]])
    assert {2, 3, 4, 5} == in_contacts("complaint", [*own[:2], *own[5:1:-1]])
    assert {2, 3, 4} == in_contacts("complaint", [*own[:2], *[own[1]] * 3])
    assert {0, 1, 2, 3, 4, 5} <= in_contacts("on", [row["on"] for row in CONTACTS[2:]])
    assert set(range(8)) == in_contacts("summary", SUMMARIES[::-1], stamped=False, is_keyed=True)


def test_what_people_do_in_a_further_table_is_no_alarm() -> None:
    own = [row["complaint"] for row in CONTACTS]
    assert not in_contacts("complaint", ["K-2026-0008"])
    assert not in_contacts("complaint", [own[0], own[2], own[1]])  # Two that were noted at each other's complaint.
    assert not in_contacts("complaint", ["K-2026-0008", "K-2026-0008", "K-2026-0007"])
    assert not in_contacts("with_whom", ["klager", NAMES[0], "klager", "buurman"])
    assert not in_contacts("by", ["JB"] * 8)
    assert not in_contacts("summary", ["Teruggebeld."] * 8)
    assert not in_contacts("summary", SUMMARIES[::-1], stamped=False)
