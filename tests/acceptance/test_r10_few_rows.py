"""R10, R11: looking a complaint up reads little, and tells what the whole register would tell."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from access_samples import put_in_store
from office import Office

from registerkit.definition import Record, fold
from registerkit.register import Precedents, shown
from registerkit.session.few import of_same_person, register_of
from registerkit.session.session import Session, open_session

_NAMES = ("J. Jansen", "j.  jansen", "A. de Groot", "Zoë Çelik", "Zoe Celik", None)
_MAILS = (None, None, "jansen@voorbeeld.example", "JANSEN@voorbeeld.example", "groot@voorbeeld.example")
_PHONES = (None, "030 111 22 33", "06 1234 5678")
_CODES = (None, None, "100", "200")


def _records(n: int) -> list[Record]:
    chance = random.Random(n)
    return [
        {
            "number": f"K-2026-{k:04}",
            "received_on": date(2026, 1, 1) + timedelta(days=chance.randrange(300)),
            "name": chance.choice(_NAMES),
            "email": chance.choice(_MAILS),
            "phone": chance.choice(_PHONES),
            "customer_number": chance.choice(_CODES),
            "category": chance.choice(("product_kwaliteit", "product_levering")),
            "subcategory": chance.choice((None, "beschadigd", "te_laat")),
            "solution": chance.choice((None, "korting", "excuses")),
            "answered_on": chance.choice((None, date(2026, 11, 1) + timedelta(days=chance.randrange(15)))),
            "description": chance.choice(
                ("De fiets is stuk.", "Te laat geleverd,\n  heel  vervelend.", "Een café-terras")
            ),
            "status": "nieuw",
        }
        for k in range(1, n + 1)
    ]


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """A register of complaints that share names, addresses and numbers in every way."""
    office = Office(tmp_path_factory.mktemp("few") / "klachten")
    office.init()
    put_in_store(office.root, {"complaints": _records(60)})
    opened = open_session(office.root, date(2026, 11, 20))
    yield opened
    opened.close()


def test_r24_the_complaints_of_a_person_are_those_of_the_whole_register(session: Session) -> None:
    whole = session.register().persons
    for number, person in whole.items():
        assert of_same_person(session, number) == {n for n, other in whole.items() if other == person}


def test_r11_a_complaint_is_the_same_read_with_few_as_read_with_all(session: Session) -> None:
    whole = session.register()
    for number in list(whole.complaints)[::7]:
        few = register_of(session, [number])
        assert list(few.complaints) == [number]
        one, other = few.complaints[number], whole.complaints[number]
        assert (one.record, one.phases, one.state.code, one.terms) == (
            other.record,
            other.phases,
            other.state.code,
            other.terms,
        )


def test_r24_what_is_shown_beside_a_complaint_is_what_the_whole_register_has(session: Session) -> None:
    from registerkit.commands.show import show_complaint

    whole = session.register()
    precedents = Precedents(whole.complaints.values())
    for number, complaint in whole.complaints.items():
        told = show_complaint(session, number)
        same = [n for n, person in whole.persons.items() if person == whole.persons[number] and n != number]
        assert [each["number"] for each in told["same_person"]] == same[::-1]
        assert [each["number"] for each in told["solved_alike"]] == [
            c.number for c in precedents.solved_alike(complaint)
        ]


@pytest.mark.parametrize(
    "words", [("celik",), ("jansen", "stuk"), ("geleverd, heel vervelend",), ("café",), ("korting",)]
)
def test_r10_what_is_found_is_what_stands_in_the_whole_register(session: Session, words: tuple[str, ...]) -> None:
    from registerkit.commands.find import find_complaints

    whole = session.register()
    main, definition = whole.definition.main_id, whole.definition

    def text(record: Record) -> str:
        values = (shown(definition, main, f, v, whole.lookups) for f, v in record.items() if v is not None)
        return fold(" ".join(str(value) for value in values))

    wanted = [n for n, c in whole.complaints.items() if all(fold(word) in text(c.record) for word in words)]
    assert [each["number"] for each in find_complaints(session, words)] == wanted[::-1]
    assert wanted
