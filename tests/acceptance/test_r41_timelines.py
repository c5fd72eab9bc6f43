"""R41: a register that was copied, or put back from a copy, goes on in two timelines, and neither writes over another."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from office import Office

LAPTOP = {"Naam": "Dirk Dekker", "Telefoon": "030 123 45 11", "Omschrijving": "De kast heeft een kras aan de voorkant."}
OFFICE = {"Naam": "Els van Essen", "Telefoon": "010 765 43 22", "Omschrijving": "De rekening is tweemaal verstuurd."}


def copied(office: Any, name: str = "laptop") -> Office:
    """Copy the project's folder, as somebody does who takes the work along."""
    shutil.copytree(office.root, office.root.parent / name)
    return Office(office.root.parent / name)


def by_name(office: Any) -> dict[str, str]:
    return {str(c["name"]): str(c["number"]) for c in office.complaints()}


def test_r41_one_reserved_number_used_in_two_copies_gives_two_complaints(office: Any, complaint: Any) -> None:
    laptop = copied(office)
    laptop.type(complaint | LAPTOP)
    assert 0 == laptop.run("sync").code
    office.type(complaint | OFFICE)
    office.run("sync")
    assert ["K-2026-0001"] * 2 == [by_name(laptop)["Dirk Dekker"], by_name(office)["Els van Essen"]]
    result = office.run("sync", str(laptop.workbook))
    assert (1, 0) == (result.json["new"], result.json["changed"])
    told = [f for f in result.json["findings"] if f["code"] == "number_used_elsewhere"]
    found = by_name(office)
    assert "K-2026-0001" == found["Els van Essen"]
    assert [found["Dirk Dekker"]] == [f["fix"].split()[2].strip(",") for f in told]
    assert 0 == office.run("sync", str(laptop.workbook)).json["new"]


def test_r41_numbers_of_a_copy_that_are_unknown_here_stay_its_own(office: Any, complaint: Any) -> None:
    """With what belongs to them: contacts go along with their complaint, under whichever number it has now."""
    office.type(complaint | OFFICE)
    office.run("sync")
    laptop = copied(office)
    office.type(
        complaint | {"Naam": "Frits Faber", "Telefoon": "020 111 22 33", "Omschrijving": "Bezorgd bij de buren."}
    )
    office.run("sync")
    laptop.type(complaint | LAPTOP, complaint | {"Naam": "Gerda Groen", "Telefoon": "040 222 33 44"})
    laptop.run("sync")
    laptop.type(
        {"Klachtnummer": "K-2026-0002", "Datum": date(2026, 11, 20), "Inhoud": "Dirk gebeld."},
        sheet="Contactmomenten",
    )
    assert 1 >= laptop.run("sync").code
    assert {"K-2026-0002", "K-2026-0003"} == {by_name(laptop)[n] for n in ("Dirk Dekker", "Gerda Groen")}
    result = office.run("sync", str(laptop.workbook))
    found = by_name(office)
    assert 2 == result.json["new"]
    assert ("K-2026-0001", "K-2026-0002", "K-2026-0003") == tuple(
        found[n] for n in ("Els van Essen", "Frits Faber", "Gerda Groen")
    )
    (contact,) = office.export()["contacts"]
    assert (found["Dirk Dekker"], "Dirk gebeld.") == (contact["complaint"], contact["summary"])
    again = office.run("sync", str(laptop.workbook))
    assert (0, 0, []) == (again.json["new"], again.json["changed"], again.json["conflicts"])
    assert 1 == len(office.export()["contacts"])


def test_r41_what_both_changed_since_they_parted_is_a_conflict_and_the_rest_travels(
    office: Any, complaint: Any
) -> None:
    (row,) = office.type(complaint | OFFICE)
    office.run("sync")
    laptop = copied(office)
    office.change(row, {"Ernst": "ernstig", "Ordernummer": "A-1"})
    office.run("sync")
    office.run("sync")
    laptop.change(row, {"Ernst": "licht", "Opmerkingen": "Belt liever 's avonds."})
    laptop.run("sync")
    result = office.run("sync", str(laptop.workbook))
    assert [("severity", "normaal")] == [(c["field"], c["base"]) for c in result.json["conflicts"]]
    (stored,) = office.complaints()
    assert ("ernstig", "A-1", "Belt liever 's avonds.") == tuple(
        stored[f] for f in ("severity", "order_number", "remarks")
    )


@pytest.mark.parametrize("typed", [True, False], ids=["typed", "only written"])
def test_r41_a_store_put_back_takes_in_again_what_the_workbook_has(office: Any, complaint: Any, typed: bool) -> None:
    """The numbers that went out meanwhile are not given to others, and nothing typed since the copy is lost."""
    (row,) = office.type(complaint | OFFICE)
    office.run("sync")
    copy = office.root.parent / "register.copy"
    shutil.copyfile(office.root / "register.db", copy)
    office.change(row, {"Ordernummer": "A-7"})
    office.type(complaint | LAPTOP)
    office.run("sync")
    if typed:
        office.type(
            complaint | {"Naam": "Hans Haan", "Telefoon": "050 333 44 55", "Omschrijving": "Nooit teruggebeld."}
        )
    shutil.copyfile(copy, office.root / "register.db")
    result = office.run("sync")
    assert (1 + typed, []) == (result.json["new"], result.json["conflicts"])
    found = by_name(office)
    assert ("K-2026-0001", "K-2026-0002") == (found["Els van Essen"], found["Dirk Dekker"])
    assert "A-7" == next(c["order_number"] for c in office.complaints() if c["number"] == "K-2026-0001")
    assert (0, 0) == tuple(office.run("sync").json[k] for k in ("new", "changed"))


def test_r41_two_copies_that_both_went_on_come_together_again(office: Any, complaint: Any) -> None:
    """Whichever way: each store takes in the other's workbook, and the end is the same people on both sides."""
    office.type(complaint | OFFICE)
    office.run("sync")
    laptop = copied(office)
    office.type(complaint | {"Naam": "Ina Idema", "Telefoon": "071 444 55 66", "Omschrijving": "Verkeerde kleur."})
    laptop.type(complaint | LAPTOP)
    for place in (office, laptop):
        place.run("sync")
    office.run("sync", str(laptop.workbook))
    laptop.run("sync", str(office.workbook))
    assert set(by_name(office)) == set(by_name(laptop)) == {"Els van Essen", "Ina Idema", "Dirk Dekker"}
    for place in (office, laptop):
        assert (0, 0) == tuple(place.run("sync").json[k] for k in ("new", "changed"))


def test_r41_a_workbook_of_another_beginning_asks_at_every_difference(office: Any, complaint: Any) -> None:
    """With no change in common nobody knows what was there before: nothing is written over."""
    (row,) = office.type(complaint | OFFICE)
    office.run("sync")
    other = office.root.parent / "other.xlsx"
    shutil.copyfile(office.workbook, other)
    _restamp(other, "99:0badc0de")
    office.change(row, {"Ernst": "licht"}, path=other)
    result = office.run("sync", str(other))
    assert [("severity", "store")] == [(c["field"], c["kept"]) for c in result.json["conflicts"]]
    assert "normaal" == office.complaints()[0]["severity"]


def _restamp(path: Path, commits: str) -> None:
    """Let a workbook name other commits than it does."""
    from registerkit.ooxml import Editor, Package

    with Package(path) as package:
        editor = Editor(package)
        for name in package.custom_properties:
            if name.startswith("registerkit.commits."):
                editor.set_property(name, "")
        editor.set_property("registerkit.commits.1", commits)
        editor.set_property("registerkit.revision", commits.partition(":")[0])
        editor.save(path)


def test_r41_a_branch_that_was_copied_is_known_too(office: Any, complaint: Callable[..., Any]) -> None:
    """A mailed copy of the laptop's workbook shows what it was when it was mailed."""
    (row,) = office.type(complaint | OFFICE)
    office.run("sync")
    laptop = copied(office)
    laptop.change(row, {"Ernst": "ernstig"})
    laptop.run("sync")
    mailed = office.root.parent / "gemaild.xlsx"
    shutil.copyfile(laptop.workbook, mailed)
    laptop.change(row, {"Ernst": "licht"})
    laptop.run("sync")
    office.run("sync", str(laptop.workbook))
    assert "licht" == office.complaints()[0]["severity"]
    office.run("sync", str(mailed))
    assert "licht" == office.complaints()[0]["severity"]


def test_r41_a_copy_that_wrote_in_the_others_own_workbook_keeps_both_complaints(office: Any, complaint: Any) -> None:
    """One prepared row was used on both sides; the office then wrote both complaints in the laptop's own workbook."""
    laptop = copied(office)
    laptop.type(complaint | LAPTOP)
    laptop.run("sync")
    office.type(complaint | OFFICE)
    office.run("sync")
    office.run("sync", str(laptop.workbook))
    result = laptop.run("sync")
    assert (0, 1, []) == (result.code, result.json["new"], result.json["refused"])
    here = by_name(laptop)
    assert "K-2026-0001" == here["Dirk Dekker"] != here["Els van Essen"]
    assert here["Els van Essen"] not in by_name(office).values()
    for place, path in ((laptop, laptop.workbook), (office, laptop.workbook), (laptop, laptop.workbook)):
        again = place.run("sync", str(path))
        assert (0, 0, []) == tuple(again.json[k] for k in ("new", "changed", "refused"))
    assert here == by_name(laptop)
    assert {"Els van Essen": "K-2026-0001"}.items() <= by_name(office).items()


def test_r41_contacts_and_pauses_that_go_to_and_fro_between_two_copies_stay_one(office: Any, complaint: Any) -> None:
    """Each copy gives its own key to what came from the other; nothing is taken in twice, and all stays with its own."""
    laptop = copied(office)
    for place, who in ((office, OFFICE), (laptop, LAPTOP)):
        place.type(complaint | who)
        number, day = {"Klachtnummer": "K-2026-0001"}, date(2026, 11, 19)
        place.type(number | {"Datum": day, "Inhoud": f"Gebeld met {who['Naam']}."}, sheet="Contactmomenten")
        place.type(number | {"Van": day, "Tot": day, "Reden": f"Wacht op {who['Naam']}."}, sheet="Opschortingen")
        assert 0 == place.run("sync").code
    for reader, writer in ((office, laptop), (laptop, laptop), (laptop, office), (office, office), (office, laptop)):
        reader.run("sync", str(writer.workbook))
        told = reader.export()
        names_ = {c["number"]: c["name"] for c in told["complaints"]}
        found = {f"Gebeld met {names_[c['complaint']]}." == c["summary"] for c in told["contacts"]}
        found |= {f"Wacht op {names_[c['complaint']]}." == c["reason"] for c in told["pauses"]}
        assert ({True}, 2, 2, 2) == (found, len(names_), len(told["contacts"]), len(told["pauses"]))
