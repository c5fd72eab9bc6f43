"""A row is known by its key and never by its place; without one, by what it said when first seen."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from stage_samples import DEFINITION, knowledge, make_state, record

from registerkit.definition import Record
from registerkit.reading import SourceRow
from registerkit.sync.identity import Hints, Identity, claims, identify
from registerkit.sync.plan import Knowledge

STATE = make_state(
    {
        "complaints": {
            "K-2026-0001": record("K-2026-0001"),
            "K-2026-0002": record("K-2026-0002", name="E. Bos", phone="030 765 4321", description="Te laat."),
        },
        "contacts": {"C000001": {"row_key": "C000001", "complaint": "K-2026-0001", "summary": "Gebeld."}},
        "investigations": {},
        "staff": {"EV": {"code": "EV", "name": "Eva Verhoef"}},
    }
)
SAID: Record = {f: v for f, v in record("x").items() if v is not None and f != "number"}
OTHER: Record = SAID | {
    "name": "P. de Wit", "phone": "020 123 4567", "description": "Factuur klopt niet.", "category": "SF",
    "received_on": date(2026, 11, 9),
}  # fmt: skip


def row(key: str | None, values: Record | None = None, table: str = "complaints", n: int = 2) -> SourceRow:
    return SourceRow(table, n, key, dict(SAID if values is None else values))


def found(of: SourceRow, known: Knowledge | None = None, placed: dict[str, SourceRow] | None = None) -> Identity:
    return identify(of, DEFINITION.tables[of.table], STATE, known or knowledge(), placed or {})


# ----------------------------------------------------------------------------------------------------- with a key
def test_a_known_key_with_another_story_is_doubted() -> None:
    assert found(row("K-2026-0001", OTHER)) == Identity(None, fault="number_of_another")


def test_a_row_in_which_one_thing_was_written_anew_is_no_other_complaint() -> None:
    """In a register without names or telephone numbers the story may be all that tells one from another."""
    blank = record("K-2026-0001") | dict.fromkeys(("name", "phone", "email"))
    state = make_state({"complaints": {"K-2026-0001": blank}})
    table = DEFINITION.tables["complaints"]
    said = {f: v for f, v in blank.items() if v is not None and f != "number"} | {"description": "Er zat niets in."}
    assert identify(row("K-2026-0001", said), table, state, knowledge(), {}) == Identity("K-2026-0001")
    more = said | {"subject": "iets anders"}
    assert identify(row("K-2026-0001", more), table, state, knowledge(), {}).fault == "number_of_another"


def test_a_reserved_key_is_a_new_record_of_that_key() -> None:
    known = knowledge(reserved=frozenset({("complaints", "K-2026-0009")}))
    assert found(row("K-2026-0009"), known) == Identity("K-2026-0009", is_new=True)


def test_a_key_that_this_register_never_gave_is_a_fault() -> None:
    assert found(row("K-2019-0001")) == Identity(None, fault="unknown_key")


@pytest.mark.parametrize(
    ("table", "key", "expected"),
    [
        ("staff", "PIET", Identity("PIET", is_new=True)),  # People may type codes of their own.
        ("measures", "M-2026-07", Identity("M-2026-07", is_new=True)),
        ("investigations", "K-2026-0001", Identity("K-2026-0001", is_new=True)),  # Keyed by the complaint itself.
        ("contacts", "C999999", Identity(None, is_new=True)),  # A hidden key from another file.
    ],
)
def test_unknown_keys_of_other_tables(table: str, key: str, expected: Identity) -> None:
    assert found(row(key, {"summary": "x"}, table)) == expected


def test_a_key_that_stands_twice_is_a_fault() -> None:
    first = row("K-2026-0001")
    assert found(row("K-2026-0001", OTHER, n=3), placed={"K-2026-0001": first}) == Identity(None, fault="duplicate_key")


def test_a_copied_contact_with_other_words_is_a_new_contact() -> None:
    first = row("C000001", {"summary": "Gebeld."}, "contacts")
    placed = {"C000001": first}
    assert found(row("C000001", {"summary": "Nog eens gebeld."}, "contacts", 3), placed=placed).is_new
    assert found(row("C000001", {"summary": "Gebeld."}, "contacts", 3), placed=placed).fault == "duplicate_row"


def test_an_alias_stands_for_its_record() -> None:
    known = knowledge(aliases={("complaints", "K-2026-0009"): "K-2026-0002"})
    assert found(row("K-2026-0009"), known) == Identity("K-2026-0002")


# --------------------------------------------------------------- a reserved key that was used for another complaint
NEWER = frozenset({("complaints", "K-2026-0001")})


def test_a_reserved_number_used_for_two_complaints_stays_with_the_first() -> None:
    assert found(row("K-2026-0001", OTHER), knowledge(newer=NEWER)) == Identity(
        None, is_new=True, alias_of="K-2026-0001"
    )


def test_the_same_complaint_in_a_copied_file_is_no_second_one() -> None:
    assert found(row("K-2026-0001", SAID), knowledge(newer=NEWER)) == Identity("K-2026-0001")


def test_a_source_that_showed_it_since_its_stamp_may_change_all_of_it() -> None:
    known = knowledge(newer=NEWER, seen={("complaints", "K-2026-0001", "name"): "J. Jansen"})
    assert found(row("K-2026-0001", OTHER), known) == Identity("K-2026-0001")


def test_a_record_that_the_stamp_knew_does_not_change_all_at_once() -> None:
    assert found(row("K-2026-0001", OTHER), knowledge()) == Identity(None, fault="number_of_another")


# -------------------------------------------------------------------------------------------------- without a key
def pending(**said: Record) -> Knowledge:
    numbers = {"first": "K-2026-0001", "second": "K-2026-0002"}
    return knowledge(pending={("complaints", numbers[n]): values for n, values in said.items()})


def test_a_row_without_a_key_is_new() -> None:
    assert found(row(None)) == Identity(None, is_new=True)


def test_it_is_recognised_by_what_it_said() -> None:
    assert found(row(None), pending(first=SAID, second=OTHER)) == Identity("K-2026-0001")
    assert found(row(None, OTHER), pending(first=SAID, second=OTHER)) == Identity("K-2026-0002")


def test_it_is_recognised_after_a_few_corrections() -> None:
    corrected = SAID | {"name": "J. Janssen", "severity": "ernstig"}
    assert found(row(None, corrected), pending(first=SAID)) == Identity("K-2026-0001")


def test_an_unlike_row_is_new_although_another_waits() -> None:
    assert found(row(None, OTHER), pending(first=SAID)) == Identity(None, is_new=True)


def test_a_row_half_alike_is_a_question() -> None:
    half = SAID | {"phone": "020 1", "description": "Iets heel anders."}
    assert found(row(None, half), pending(first=SAID)) == Identity(None, fault="unclear_row")


def test_two_alike_that_wait_are_a_question_unless_one_is_the_same() -> None:
    nearly = SAID | {"name": "J. Janssen"}
    both = pending(first=SAID | {"name": "A"}, second=SAID | {"name": "B"})
    assert found(row(None, nearly), both) == Identity(None, fault="unclear_row")
    twice = pending(first=SAID, second=SAID | {"name": "B"})
    assert found(row(None, SAID), twice) == Identity("K-2026-0001")


def test_a_row_that_is_placed_is_not_taken_again() -> None:
    known = pending(first=SAID)
    assert found(row(None, n=3), known, {"K-2026-0001": row(None)}) == Identity(None, is_new=True)


def test_two_equal_rows_that_wait_are_two_records() -> None:
    known = pending(first=SAID, second=SAID)
    first = found(row(None), known)
    assert first.key in ("K-2026-0001", "K-2026-0002")
    second = found(row(None, n=3), known, {str(first.key): row(None)})
    assert {first.key, second.key} == {"K-2026-0001", "K-2026-0002"}


def test_an_unstamped_file_has_keys_too() -> None:
    unstamped: dict[str, Any] = {"stamped": False}
    assert found(row("K-2026-0001", OTHER), knowledge(**unstamped)) == Identity("K-2026-0001")


# ------------------------------------------------------------------------------- files that are never given their keys
WAITING = {("complaints", "K-2026-0001"): SAID, ("complaints", "K-2026-0002"): OTHER}


def test_rows_that_say_the_same_as_before_come_first() -> None:
    """A new row above one that it looks like does not take its place."""
    new = row(None, SAID | {"description": "Weer stuk."}, n=2)
    known = Knowledge(1, False, pending=WAITING)
    rows = [new, row(None, SAID, n=3), row(None, OTHER, n=4), row(None, SAID, n=5)]
    claimed = claims(rows, known)
    assert claimed == {3: "K-2026-0001", 4: "K-2026-0002"}
    table = DEFINITION.tables["complaints"]
    placed: dict[str, SourceRow] = {}
    places = [identify(each, table, STATE, known, placed, Hints(claimed)) for each in rows[:3]]
    assert places == [Identity(None, is_new=True), Identity("K-2026-0001"), Identity("K-2026-0002")]


def test_a_claim_on_a_record_that_is_no_more_counts_for_nothing() -> None:
    known = Knowledge(1, False, pending={("complaints", "K-2026-0077"): SAID})
    claimed = claims([row(None)], known)
    found_ = identify(row(None), DEFINITION.tables["complaints"], STATE, known, {}, Hints(claimed))
    assert found_ == Identity(None, is_new=True)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"category": "SF"}, Identity("K-2026-0001")),
        ({"description": "Weer stuk."}, Identity(None, is_new=True, record="K-2026-0001")),
        ({"description": "Weer stuk.", "received_on": date(2026, 11, 16)}, Identity(None, is_new=True)),
    ],
)
def test_another_complaint_of_the_same_person_is_new_there_and_told_to_be_like_it(
    change: Record, expected: Identity
) -> None:
    known = Knowledge(1, False, pending=WAITING)
    assert found(row(None, SAID | change), known) == expected
