"""R04 to R09: what the register holds of a complaint, and what it refuses.

R04 name and address, phone, date, channel, category, description, receiver, handler, due date, status, closed, remarks
R05 product, employee, how it was handled, agreements, who closed it
R06 every complaint gets a number and a date
R07 classification with codes
R08 judgement and nature
R09 severity; a very serious complaint is reported at once
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest


def test_r04_a_row_typed_in_excel_is_registered_with_what_follows_from_it(office: Any, complaint: Any) -> None:
    """Number, department, handler, status and both terms follow; the row in the workbook shows them."""
    (row,) = office.type({**complaint, "Behandelaar": "Jeroen Bakker", "Ontvangen door": "Sanne de Vries"})
    result = office.run("sync")
    assert (0, 1) == (result.code, result.json["new"])
    (stored,) = office.complaints()
    expected = {
        "number": "K-2026-0001", "received_on": "2026-11-02", "channel": "telefoon", "name": "J. Jansen",
        "postcode": "3512 AB", "category": "Product: levering", "receiver": "Sanne de Vries", "handler": "Jeroen Bakker",
        "department": "Logistiek", "status": "nieuw", "severity": "normaal", "due_on": "2026-11-30",
        "acknowledge_by": "2026-11-09", "priority": "normaal", "closed_on": None, "remarks": None,
    }  # fmt: skip
    assert expected == {field: stored[field] for field in expected}
    shown = office.rows()[row]
    assert ("nieuw", "normaal", "Logistiek") == (shown["Status"], shown["Ernst"], shown["Afdeling"])
    assert "ontvangen 02-11-2026 + 4 weken = 30-11-2026" == shown["Termijn"]


def test_r05_handling_agreements_and_closing_are_kept(office: Any, complaint: Any) -> None:
    """What was done, agreed and by whom it was closed comes back from the store."""
    closing = {
        "Product of dienst": "stadsfiets", "Betrokken medewerker": "monteur Kees", "Afspraken": "Nieuwe levering op 9 november.",
        "Afspraak uiterlijk op": date(2026, 11, 9), "Afspraak nagekomen op": date(2026, 11, 9), "Behandelaar": "Jeroen Bakker",
        "Oordeel": "gegrond", "Oplossing": "opnieuw uitvoeren", "Wijze van afhandeling": "telefoon", "Beantwoord op": date(2026, 11, 6),
    }  # fmt: skip
    office.type({**complaint, **closing})
    assert 0 == office.run("sync").code
    (stored,) = office.complaints()
    assert ("afgehandeld", "Jeroen Bakker", "2026-11-06") == (
        stored["status"],
        stored["closed_by"],
        stored["closed_on"],
    )
    assert ("telefoon", "Nieuwe levering op 9 november.") == (stored["answer_channel"], stored["agreements"])


def test_r06_numbers_run_on_and_a_missing_date_is_refused(office: Any, complaint: Any) -> None:
    """Three complaints get three numbers; the one without a date keeps its place and is reported."""
    without = {h: v for h, v in complaint.items() if h != "Ontvangen op"}
    office.type(complaint, {**complaint, "Naam": "P. Pieters"}, {**without, "Naam": "K. de Boer"})
    result = office.run("sync")
    assert (1, 2) == (result.code, result.json["new"])
    assert [{"file": "klachtenregister.xlsx", "sheet": "Register", "row": 7, "codes": ["required"]}] == result.json[
        "refused"
    ]
    assert ["K-2026-0001", "K-2026-0002"] == [c["number"] for c in office.complaints()]
    assert "K. de Boer" == office.rows()[7]["Naam"]


def test_r06_a_row_whose_number_was_wiped_gets_a_new_one(office: Any, complaint: Any) -> None:
    """The number given is written into the workbook, and a second sync plans nothing."""
    (row,) = office.type({**complaint, "Klachtnummer": None})
    office.change(row, {"Klachtnummer": None})
    result = office.run("sync")
    assigned = [{"file": "klachtenregister.xlsx", "sheet": "Register", "row": row, "number": "K-2026-0026"}]
    assert assigned == result.json["assigned"]
    assert "K-2026-0026" == office.rows()[row]["Klachtnummer"]
    again = office.run("sync")
    assert (0, 0, 1, []) == tuple(again.json[k] for k in ("new", "changed", "unchanged", "written_back"))


def test_r07_category_and_cause_resolve_by_label_or_code_and_the_pair_is_checked(office: Any, complaint: Any) -> None:
    """A code or another spelling is taken; a subcategory of another category is a finding."""
    fitting = {**complaint, "Categorie": "pl", "Subcategorie": "te laat geleverd", "Oorzaak": "LEVERING"}
    wrong = {**complaint, "Naam": "P. Pieters", "Subcategorie": "Dubbel gefactureerd"}
    office.type(fitting, wrong)
    result = office.run("sync")
    codes = [(f["code"], f["cell"] is not None) for f in result.json["findings"] if f["severity"] == "error"]
    assert [("not_with_parent", True)] == codes
    first, second = office.complaints()
    assert ("Product: levering", "Te laat geleverd", "levering") == tuple(
        first[k] for k in ("category", "subcategory", "cause")
    )
    assert second["subcategory"] is None


def test_r08_bad_faith_is_never_honoured(office: Any, complaint: Any) -> None:
    """With that judgement only an explanation or a rejection is taken as solution."""
    row = {
        **complaint,
        "Oordeel": "ongegrond (te kwader trouw)",
        "Oplossing": "vervanging",
        "Motivering": "Zie de foto's.",
    }
    office.type(row)
    result = office.run("sync")
    assert ["not_allowed_here"] == [f["code"] for f in result.json["findings"] if f["severity"] == "error"]
    (stored,) = office.complaints()
    assert ("ongegrond (te kwader trouw)", None) == (stored["judgement"], stored["solution"])


def test_r09_a_very_serious_complaint_makes_its_own_signal_once(office: Any, complaint: Any) -> None:
    """The draft goes to the coordinator and the department's manager, at the sync that brings the complaint."""
    office.type({**complaint, "Ernst": "zeer ernstig"})
    result = office.run("sync")
    assert ["K-2026-0001"] == result.json["alerts"]
    draft = (office.root / "uitvoer/2026-W47/signalen/zeer ernstig K-2026-0001.eml").read_text(encoding="utf-8")
    assert "To: ew@despaak.example, sv@despaak.example" in draft
    assert [] == office.run("sync").json["alerts"]


def test_r09_the_signal_comes_back_with_the_reminders_until_somebody_took_it_up(office: Any, complaint: Any) -> None:
    """Each week anew, to the handler too; a draft of the same week goes once it is taken up."""
    (row,) = office.type({**complaint, "Ernst": "zeer ernstig", "Behandelaar": "Jeroen Bakker"})
    office.run("sync")
    later = date(2026, 11, 25)
    told = office.run("reminders", on=later).json
    draft = office.root / "uitvoer/2026-W48/signalen/zeer ernstig K-2026-0001.eml"
    assert (["K-2026-0001"], True) == (
        told["alerts"],
        "To: jb@despaak.example, ew@despaak.example" in draft.read_text(),
    )
    assert "Zeer ernstig, nog niet opgepakt (1): K-2026-0001" in office.say("reminders", on=later).text
    office.change(row, {"Status": "in behandeling"})
    office.run("sync", on=later)
    assert ([], False) == (office.run("reminders", on=later).json["alerts"], draft.exists())


def test_r09_a_complaint_that_was_closed_already_makes_no_signal(office: Any, complaint: Any) -> None:
    """What is over needs nobody's attention today."""
    closed = {
        **complaint, "Ernst": "zeer ernstig", "Behandelaar": "Jeroen Bakker", "Oordeel": "gegrond", "Oplossing": "excuses",
        "Wijze van afhandeling": "telefoon", "Beantwoord op": date(2026, 11, 6),
    }  # fmt: skip
    office.type(closed)
    result = office.run("sync")
    assert ("afgehandeld", []) == (office.complaints()[0]["status"], result.json["alerts"])


def test_r07_a_word_that_comes_near_nothing_gets_no_suggestion(office: Any, complaint: Any) -> None:
    """All choices are named, the last ones too."""
    office.type({**complaint, "Categorie": "qqqqqq"})
    (finding,) = [f for f in office.run("sync").json["findings"] if f["code"] == "not_on_list"]
    assert finding["fix"].startswith("Kies een van: Product: kwaliteit")
    assert "Overig" in finding["fix"]
    assert "Bedoelt u" not in office.say("show", "X").text


@pytest.mark.parametrize("name", ["anoniem", "Anoniem", "n.n.", "-", "N.v.t.", "???"])
def test_r01_an_anonymous_complaint_is_refused_with_the_reason(office: Any, complaint: Any, name: str) -> None:
    """The row stays where it is, and the finding says why in Dutch."""
    office.type({**complaint, "Naam": name})
    result = office.run("sync")
    assert (1, 0) == (result.code, result.json["new"])
    (finding,) = [f for f in result.json["findings"] if f["severity"] == "error"]
    assert ("not_named", "Naam", name) == (finding["code"], finding["label"], finding["value"])
    assert "anonieme klacht" in finding["message"]


def test_r04_someone_who_cannot_be_reached_is_reported(office: Any, complaint: Any) -> None:
    """Without phone, e-mail or full address there is no way to answer."""
    gone = ("Telefoon", "E-mail", "Woonplaats")
    office.type({h: v for h, v in complaint.items() if h not in gone})
    result = office.run("sync")
    assert "any_of" in [f["code"] for f in result.json["findings"]]
    assert 1 == result.code
