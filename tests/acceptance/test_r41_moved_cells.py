"""R41: cells that left their row are held as typed, told once for each column, and put back or taken as somebody says."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from office import Office
from sheets import load

PEOPLE = ("Joke Berg", "Piet Kok", "Els Mol", "Ali Demir")


def filled(office: Any, complaint: Any) -> list[int]:
    """Register four complaints of different people; gives their rows."""
    rows = [
        complaint | {
            "Naam": name,
            "Telefoon": None,
            "E-mail": f"mens{n}@voorbeeld.example",
            "Omschrijving": f"Verhaal {n} van iemand.",
            "Ontvangen op": date(2026, 11, 16 + n),
        }
        for n, name in enumerate(PEOPLE)
    ]  # fmt: skip
    places: list[int] = office.type(*rows)
    assert 0 == office.run("sync").code
    return places


def shift_up(office: Any, rows: list[int], header: str = "Naam") -> None:
    """Delete the first cell of a column and let those below come up."""
    names = [office.rows()[row][header] for row in rows]
    for row, name in zip(rows, [*names[1:], None], strict=True):
        office.change(row, {header: name})


def choose(office: Any, word: str) -> None:
    """Choose on the sheet Aandachtspunten in the row about moved cells."""
    book = load(office.workbook)
    sheet = book["Aandachtspunten"]
    cells = list(sheet.iter_rows(values_only=True))
    top = next(n for n, line in enumerate(cells) if "Kies" in line)
    row = next(n for n, line in enumerate(cells) if "zo bedoeld" in str(line[cells[top].index("Toelichting")]))
    sheet.cell(row + 1, cells[top].index("Kies") + 1).value = word
    book.save(office.workbook)


def names(office: Any) -> list[str]:
    return [c["name"] for c in sorted(office.complaints(), key=lambda c: str(c["number"]))]


def test_r41_a_name_column_that_was_shifted_renames_nobody(office: Any, complaint: Any) -> None:
    rows = filled(office, complaint)
    shift_up(office, rows)
    office.change(rows[1], {"Ordernummer": "A-12"})
    for _ in range(2):  # Until somebody says what is right.
        result = office.run("sync")
        told = [f for f in result.json["findings"] if f["code"] == "cells_moved"]
        assert (1, ["Naam"], []) == (result.code, [f["label"] for f in told], result.json["conflicts"])
        assert list(PEOPLE) == names(office)
    assert [*PEOPLE[1:], None] == [office.rows()[row]["Naam"] or None for row in rows]
    assert "A-12" == office.complaints()[1]["order_number"]
    held = office.run("letters").json["held"]
    assert {"K-2026-0001", "K-2026-0004"} <= {h["number"] for h in held if h["code"] == "cells_moved"}
    assert list(PEOPLE) == (names(office) if office.run("sync", "--prefer", "workbook").code else None)

    choose(office, "terugzetten")
    assert 0 == office.run("sync").code
    assert list(PEOPLE) == [office.rows()[row]["Naam"] for row in rows] == names(office)
    assert not [h for h in office.run("letters").json["held"] if h["code"] == "cells_moved"]


def test_r41_a_column_that_was_emptied_whole_is_told_once(office: Any, complaint: Any) -> None:
    """It is taken in, for people may mean it; a column in which something is left is nobody's slip."""
    rows = filled(office, complaint)
    for n, row in enumerate(rows):
        office.change(row, {"Postcode": None} | ({"Woonplaats": None} if n else {}))
    told = [office.run("sync") for _ in range(2)]
    found = [[f["label"] for f in each.json["findings"] if f["code"] == "column_emptied"] for each in told]
    assert found == [["Postcode"], []]
    assert {c["postcode"] for c in office.complaints()} == {None}


def test_r41_what_was_meant_so_is_taken_in(office: Any, complaint: Any) -> None:
    rows = filled(office, complaint)
    for row, name in ((rows[0], PEOPLE[1]), (rows[1], PEOPLE[0])):
        office.change(row, {"Naam": name})
    assert 1 == office.run("sync").code
    choose(office, "zo bedoeld")
    result = office.run("sync")
    assert (0, 2) == (result.code, result.json["changed"])
    assert [PEOPLE[1], PEOPLE[0], *PEOPLE[2:]] == names(office)


@pytest.mark.slow
def test_r41_mended_by_halves_is_held_still(office: Any, complaint: Any) -> None:
    """What stays wrong in one row does not pass for a name that was typed."""
    rows = filled(office, complaint)
    shift_up(office, rows)
    office.run("sync")
    for row, name in list(zip(rows, PEOPLE, strict=True))[1:]:
        office.change(row, {"Naam": name})
    result = office.run("sync")
    assert ["cells_moved"] == [f["code"] for f in result.json["findings"]]
    assert list(PEOPLE) == names(office)
    office.change(rows[0], {"Naam": PEOPLE[0]})
    result = office.run("sync")
    assert (0, []) == (result.code, result.json["findings"])


def test_r41_names_that_changed_places_in_a_list_without_numbers_are_no_new_complaints(office: Office) -> None:
    head = "Ontvangen op;Wijze van melding;Naam;E-mail;Categorie;Omschrijving\n"
    line = "{day}-11-2026;e-mail;{name};mens{n}@voorbeeld.example;Product: levering;Verhaal {n} van iemand.\n"
    source = office.root / "webshop.csv"

    def write(people: tuple[str, ...], order: tuple[int, ...] = (0, 1, 2, 3)) -> None:
        lines = [line.format(day=10 + n, name=people[n], n=n) for n in order]
        source.write_text(head + "".join(lines), encoding="utf-8")

    office.settings('\n[[sources]]\npath = "webshop.csv"\n')
    write(PEOPLE)
    assert 4 == office.run("sync").json["new"]
    write(PEOPLE, (3, 1, 0, 2))
    assert (0, 0) == tuple(office.run("sync").json[k] for k in ("new", "changed"))
    write((*PEOPLE[1:], PEOPLE[0]))
    assert (0, 0) == tuple(office.run("sync").json[k] for k in ("new", "changed"))
    assert list(PEOPLE) == names(office)


def test_r41_contacts_and_lists_with_numbers_of_their_own_are_guarded_too(office: Any, complaint: Any) -> None:
    """A column of a further sheet, and one of a list that carries the numbers of where it comes from."""
    filled(office, complaint)
    keys = [f"K-2026-{n:04}" for n in range(1, 5)]
    day = date(2026, 11, 20)
    said = [{"Klachtnummer": key, "Datum": day, "Inhoud": f"Gesprek over {key}."} for key in keys]
    places = office.type(*said, sheet="Contactmomenten")
    office.settings('\n[[sources]]\npath = "winkel.csv"\nmapping = "winkel.toml"\n')
    (office.root / "winkel.toml").write_text(
        '[tables.winkel]\ntable = "complaints"\nkey = "Nr"\n[tables.winkel.columns]\nWie = "name"\n', encoding="utf-8"
    )
    heads = "Nr;Ontvangen op;Wijze van melding;Wie;E-mail;Categorie;Omschrijving\n"
    line = "{nr};16-11-2026;e-mail;{who};klant{n}@voorbeeld.example;Product: levering;Winkelverhaal {n}.\n"
    source, shop = office.root / "winkel.csv", ("Bo Ket", "Cas Pel", "Dia Rem", "Eef Sol")

    def write(people: tuple[str, ...], numbers: tuple[int, ...] = (1, 2, 3, 4)) -> None:
        lines = [line.format(nr=f"W{numbers[n]}", who=people[n], n=n) for n in range(4)]
        source.write_text(heads + "".join(lines), encoding="utf-8")

    write(shop)
    assert 4 == office.run("sync").json["new"]
    before = office.export()
    for row, key in zip(places, keys[::-1], strict=True):
        office.change(row, {"Klachtnummer": key}, sheet="Contactmomenten")
    write(shop[::-1])
    for command in ("sync", "sync"):
        found = office.run(command).json["findings"]
        told = [(f["file"], f["sheet"], f["cell"], f["label"]) for f in found if f["code"] == "cells_moved"]
        assert [("klachtenregister.xlsx", "Contactmomenten", f"B{places[0]}", "Klachtnummer"),
                ("winkel.csv", "winkel", "D2", "Wie")] == told  # fmt: skip
    assert before == office.export()
    held = {h["number"] for h in office.run("letters").json["held"] if h["code"] == "cells_moved"}
    assert {*keys, *(c["number"] for c in before["complaints"])} == held

    choose(office, "terugzetten")  # In the list, which is only read, that is for whoever keeps it.
    left = [f["file"] for f in office.run("sync").json["findings"] if f["code"] == "cells_moved"]
    assert ["winkel.csv"] == left
    assert keys == [office.rows("Contactmomenten")[row]["Klachtnummer"] for row in places]
    write(shop, (2, 1, 4, 3))
    found = office.run("sync").json["findings"]
    assert [("number_of_another", "A2")] == [(f["code"], f["cell"]) for f in found if f["severity"] == "error"][:1]
    assert before["complaints"] == office.complaints()


def test_r41_a_list_that_is_imported_once_more_is_guarded_and_holds_no_letters(office: Any) -> None:
    """Whoever imports it says at that command that it is meant so: no sheet tells of it."""
    heads = "Nr;Ontvangen op;Wijze van melding;Naam;E-mail;Categorie;Omschrijving\n"
    line = "W{n};16-11-2026;e-mail;{who};mens{n}@voorbeeld.example;Product: levering;Winkelverhaal {n}.\n"
    source = office.root / "winkel.csv"
    (office.root / "winkel.toml").write_text('[tables.winkel]\ntable = "complaints"\nkey = "Nr"\n', encoding="utf-8")

    def bring(people: tuple[str, ...], *words: str) -> tuple[int, list[str]]:
        source.write_text(heads + "".join(line.format(n=n, who=who) for n, who in enumerate(people)), encoding="utf-8")
        done = office.run("import", str(source), *words).json
        return done["changed"], [f["code"] for f in done["findings"] if f["severity"] == "error"]

    assert (0, []) == bring(PEOPLE)
    for _ in range(2):
        assert (0, ["cells_moved"]) == bring(PEOPLE[::-1])
    assert not [h for h in office.run("letters").json["held"] if h["code"] == "cells_moved"]
    assert not office.run("sync").json.get("waiting", {}).get("moved")
    assert list(PEOPLE) == names(office)
    assert (4, []) == bring(PEOPLE[::-1], "--prefer", "workbook")
    assert list(PEOPLE[::-1]) == names(office)
