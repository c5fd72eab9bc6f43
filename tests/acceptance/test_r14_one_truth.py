"""R14, R16, R22, R23, R30, R33: every face of the register tells the same of a complaint, and none falls between lists.

R14 what is answered, ended or reopened says so in workbook, show and check
R16 a complaint is reopened whatever it ended with
R22 terms that change keep what was closed; R23 nobody's complaints are forgotten; R33 the report counts the same
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from email import message_from_bytes
from email.policy import SMTP
from typing import Any

import pytest
from office import COMPLAINT, Office

ANSWERED = date(2026, 11, 12)
JUDGED = {"Behandelaar": "Jeroen Bakker", "Oordeel": "gegrond", "Oplossing": "excuses"}
CLOSING = {**JUDGED, "Wijze van afhandeling": "telefoon", "Beantwoord op": ANSWERED}


def entered(office: Office, *rows: dict[str, Any]) -> list[dict[str, Any]]:
    """Type complaints, sync, and give them as the store has them."""
    office.type(*({**COMPLAINT, **row} for row in rows))
    assert office.run("sync").code in (0, 1)
    return office.complaints()


def changed(office: Office, values: dict[str, Any], n: int = 0, on: date | None = None) -> Any:
    """Change a complaint in the workbook; gives what sync says."""
    office.change(list(office.rows())[n], values)
    outcome = office.run("sync", on=on)
    assert outcome.code in (0, 1), outcome.text
    return outcome.json


def codes(told: Any) -> set[str]:
    return {finding["code"] for finding in told["findings"]}


def with_terms(office: Office, line: str) -> None:
    """Say something else of the settings' terms."""
    file = office.root / "register.toml"
    told = re.sub(r"(?m)^profile = .*$", line, file.read_text(encoding="utf-8"), count=1)
    file.write_text(told, encoding="utf-8")


# -------------------------------------------------------------------------------------------- answered, not closed
def test_r14_an_answer_that_lacks_something_is_in_every_list(office: Office) -> None:
    entered(office, {"Behandelaar": "Jeroen Bakker"})
    told = changed(office, {"Beantwoord op": ANSWERED, "Oordeel": "gegrond"})
    assert "answered_incomplete" in codes(told)
    (finding,) = (f for f in told["findings"] if f["code"] == "answered_incomplete")
    assert "Oplossing" in finding["message"] + finding["fix"]
    assert "Wijze van afhandeling" in finding["message"] + finding["fix"]
    (row,) = office.rows().values()
    assert (row["Signaal"], row["Op tijd"]) == ("beantwoord", "op tijd")
    assert row["Status"] not in (None, "", "afgehandeld")
    assert row["Nazorg uiterlijk op"] in (None, "")
    (complaint,) = office.complaints()
    assert (complaint["closed_on"], complaint["aftercare_by"]) == (None, None)
    shown = office.say("reminders").text
    assert office.run("reminders").json["answered"] == [complaint["number"]]
    assert "Oplossing" in shown
    report = office.run("report", "--period", "2026-W47").json["figures"]
    assert (report["open_at_end"], report["closed"], report["overdue_open"]) == (1, 0, 0)
    assert "answered_incomplete" in codes(office.run("check", str(office.workbook)).json)


def test_r14_an_answer_that_came_late_is_late_everywhere(office: Office) -> None:
    entered(office, {"Behandelaar": "Jeroen Bakker", "Ontvangen op": date(2026, 10, 5)})
    changed(office, {"Beantwoord op": ANSWERED})
    (row,) = office.rows().values()
    assert (row["Signaal"], row["Resterende dagen"]) == ("te laat", -10)
    assert office.run("report", "--period", "2026-W47").json["figures"]["overdue_open"] == 1


@pytest.mark.parametrize("values", [{"Afgehandeld op": ANSWERED}, {"Status": "afgehandeld"}])
def test_r14_a_closing_without_an_answer_is_open_and_said(office: Office, values: dict[str, Any]) -> None:
    entered(office, {"Behandelaar": "Jeroen Bakker"})
    told = changed(office, values)
    assert codes(told) & {"closed_unanswered", "required", "required_to_close"}
    figures = office.run("report", "--period", "2026-W47").json["figures"]
    assert (figures["closed"], figures["open_at_end"]) == (0, 1)
    (row,) = office.rows().values()
    assert row["Signaal"] != "afgesloten"


# --------------------------------------------------------------------------------------- ended without a judgement
@pytest.mark.parametrize("status", ["ingetrokken", "samengevoegd", "vervallen", "geen klacht"])
def test_r14_what_ends_without_a_judgement_gets_a_closing_day(office: Office, status: str) -> None:
    entered(office, {"Behandelaar": "Jeroen Bakker"})
    told = changed(office, {"Status": status})
    assert "closing_day_set" in codes(told)
    (complaint,) = office.complaints()
    assert complaint["closed_on"] == "2026-11-20"
    (row,) = office.rows().values()
    assert row["Signaal"] == "afgesloten"
    reminders = office.run("reminders").json
    assert [entry for told in reminders["handlers"] for entry in (*told["overdue"], *told["due_soon"])] == []
    owed = {"samengevoegd": ["samenvoeging"], "geen klacht": ["overdracht"]}  # Under which number, and where it went.
    assert [each["kind"] for each in reminders["waiting"]] == owed.get(status, [])
    figures = office.run("report", "--period", "2026-W47").json["figures"]
    apart = status == "geen klacht"
    assert figures["by_ending"] == ({} if apart else {status: 1})
    assert (figures["received"] or 0) + figures["open_at_start"] == figures["closed"] + figures["open_at_end"]
    again = office.run("sync").json
    assert (again["changed"], again["written_back"]) == (0, [])


@pytest.mark.parametrize("status", ["doorgestuurd", "niet in behandeling genomen"])
def test_r14_a_notice_that_is_owed_is_told_until_it_was_given(office: Office, status: str) -> None:
    entered(office, {"Behandelaar": "Jeroen Bakker"})
    changed(office, {"Status": status})
    letters = office.run("letters").json
    assert {held["kind"] for held in letters["held"]} & {"referral", "not_taken_up"}
    assert office.run("report", "--period", "2026-W47").json["figures"]["open_at_end"] == 1
    changed(office, {"Beantwoord op": ANSWERED, "Wijze van afhandeling": "brief"})
    assert office.run("report", "--period", "2026-W47").json["figures"]["open_at_end"] == 0
    kinds = {held["kind"] for held in office.run("letters").json["held"]}
    assert kinds & {"referral", "not_taken_up"} == set()


# -------------------------------------------------------------------------------------------------------- reopened
@pytest.mark.parametrize("status", ["ingetrokken", "doorgestuurd"])
def test_r16_what_ended_without_a_judgement_is_reopened_too(office: Office, status: str) -> None:
    entered(office, {"Behandelaar": "Jeroen Bakker"})
    ended = {"Status": status, "Afgehandeld op": ANSWERED}
    if status == "doorgestuurd":
        ended |= {"Beantwoord op": ANSWERED, "Wijze van afhandeling": "e-mail"}
    changed(office, ended)
    changed(office, {"Heropend op": date(2026, 11, 18), "Reden heropening": "klant is niet tevreden"})
    (row,) = office.rows().values()
    assert row["Status"] == "heropend"
    assert row["Signaal"] == "op tijd"
    figures = office.run("report", "--period", "2026-W47").json["figures"]
    assert (figures["reopened"], figures["open_at_end"]) == (1, 1)
    letters = office.run("letters").json
    assert "acknowledgement" not in {each["kind"] for each in (*letters["letters"], *letters["held"])}


def test_r16_a_reopening_after_the_window_is_told(office: Office) -> None:
    entered(office, {"Ontvangen op": date(2026, 8, 3), **JUDGED, "Beantwoord op": date(2026, 8, 20),
                     "Wijze van afhandeling": "telefoon"})  # fmt: skip
    told = changed(office, {"Heropend op": date(2026, 11, 18)})
    assert "reopened_after_window" in codes(told)


# ---------------------------------------------------------------------------------------------------- held letters
def test_r30_a_held_letter_is_held_until_it_is_made(office: Office) -> None:
    """However late it is filled in: the letter is made the moment that nothing stands in its way."""
    bare = {"E-mail": None, "Straat en huisnummer": None, "Behandelaar": "Jeroen Bakker"}
    entered(office, bare)
    assert {held["kind"] for held in office.run("letters").json["held"]} == {"acknowledgement"}
    (waiting,) = office.run("reminders").json["waiting"]
    assert (waiting["kind"], waiting["why"]) == ("ontvangstbevestiging", "adres ontbreekt")
    changed(office, {"E-mail": "j.jansen@voorbeeld.example"})
    assert "acknowledgement" in {each["kind"] for each in office.run("letters").json["letters"]}


def test_r30_a_held_letter_is_held_until_it_is_dismissed(office: Office) -> None:
    (complaint,) = entered(office, {"E-mail": None, "Straat en huisnummer": None, "Behandelaar": "Jeroen Bakker"})
    later = office.on + timedelta(days=60)
    for on in (office.on, later):
        assert "acknowledgement" in {held["kind"] for held in office.run("letters", on=on).json["held"]}
    said = office.run("letters", "--dismiss", "--number", complaint["number"], "--kind", "acknowledgement", on=later)
    assert said.json["dismissed"] == [{"number": complaint["number"], "kind": "acknowledgement"}]
    assert "acknowledgement" not in {held["kind"] for held in office.run("letters", on=later).json["held"]}
    assert office.run("letters", "--dismiss").code == 2
    (row,) = office.export()["letters"]
    assert (row["kind"], row["file"]) == ("ontvangstbevestiging", None)


# --------------------------------------------------------------------------------------------------- changed terms
def test_r22_changed_terms_recount_what_is_open_and_keep_what_is_closed(office: Office) -> None:
    entered(
        office,
        {"Ontvangen op": date(2026, 10, 5), **CLOSING, "Beantwoord op": date(2026, 10, 29)},
        {"Ontvangen op": date(2026, 11, 2), "Naam": "B. Bos", "Behandelaar": "Jeroen Bakker"},
    )
    before = office.run("report", "--period", "2026-10").json["figures"]["closed_in_time"]
    with_terms(office, 'answer = "2 weeks"')
    told = office.say("sync")
    closed, open_one = office.complaints()
    assert (closed["due_on"], open_one["due_on"]) == ("2026-11-02", "2026-11-16")
    assert f"De termijn van {open_one['number']} is opnieuw berekend: 30-11-2026 wordt 16-11-2026." in told.text
    assert office.run("report", "--period", "2026-10").json["figures"]["closed_in_time"] == before == 1.0
    rows = list(office.rows().values())
    assert [row["Uiterlijk afhandelen op"].date() for row in rows] == [date(2026, 11, 2), date(2026, 11, 16)]
    assert rows[1]["Signaal"] == "te laat"


# ----------------------------------------------------------------------------------------------------------- people
def test_r23_whoever_is_absent_without_a_deputy_is_told_of(office: Office) -> None:
    entered(office, {"Behandelaar": "Jeroen Bakker", "Ontvangen op": date(2026, 10, 5)})
    away = {"Afwezig van": date(2026, 11, 16), "Afwezig tot": date(2026, 11, 27)}
    row = next(n for n, cells in office.rows("Medewerkers").items() if cells["Naam"] == "Jeroen Bakker")
    office.change(row, away, sheet="Medewerkers")
    assert office.run("sync").code in (0, 1)
    told = office.run("reminders").json
    assert "Jeroen Bakker" in " ".join(told["remarks"])
    for role in ("coördinator Sanne de Vries", "leidinggevende Els Wouters"):
        mail = message_from_bytes(
            (office.root / f"uitvoer/2026-W47/herinneringen/{role}.eml").read_bytes(), policy=SMTP
        )
        assert "Jeroen Bakker" in mail.get_body(("plain",)).get_content()
    mine = office.root / "uitvoer/2026-W47/herinneringen/herinnering Jeroen Bakker.eml"
    copies = message_from_bytes(mine.read_bytes(), policy=SMTP)["To"]
    assert "sv@despaak.example" in copies
    assert "ew@despaak.example" in copies


def test_r23_a_rule_for_whom_nobody_knows_is_an_error_with_its_place(office: Office) -> None:
    office.settings('\n[[routing]]\nwhen = { category = ["PL"] }\nhandler = "Niemand Bekend"\n')
    for _ in range(3):  # Until it is mended, also when no file has changed since.
        outcome = office.run("sync")
        assert outcome.code == 1
        (finding,) = (f for f in outcome.json["findings"] if f["code"] == "routing_unknown")
    assert finding["severity"] == "error"
    assert "Niemand Bekend" in finding["message"]
    assert "register.toml" in str(finding)


def test_r23_under_awb_a_handler_it_is_about_is_asked_for(office: Office) -> None:
    with_terms(office, 'profile = "awb"')
    entered(office, {"Behandelaar": "Jeroen Bakker", "Betrokken medewerker": "Jeroen Bakker"})
    told = office.run("sync").json
    told = office.run("check", str(office.workbook)).json
    assert "handler_involved" in codes(told)
    assert "handler_involved" in {held["code"] for held in office.run("letters").json["held"]}


# ------------------------------------------------------------------------------------------------------ three alike
def test_r33_three_alike_are_told_once_over_the_boundary_of_a_period(office: Office) -> None:
    alike = {"Subcategorie": "Te laat geleverd"}
    rows = [{**alike, "Naam": f"{n}. Bos", "E-mail": f"{n}@voorbeeld.example", "Ontvangen op": day}
            for n, day in zip("ABC", (date(2026, 10, 26), date(2026, 11, 2), date(2026, 11, 9)), strict=True)]  # fmt: skip
    office.type(*({**COMPLAINT, **row} for row in rows))
    first = office.run("sync").json
    assert [f["code"] for f in first["findings"]].count("three_alike") == 1
    assert "three_alike" not in codes(office.run("sync").json)
    assert "Te laat geleverd" in str(office.run("reminders").json["remarks"])
    assert office.run("report", "--period", "2026-11").json["figures"]["recurring"] != []


# ------------------------------------------------------------------------------------------------------------ apart
def test_r33_a_crisis_stands_beside_the_figures_and_not_in_them(office: Office) -> None:
    entered(office, {}, {"Naam": "B. Bos", "Bijzondere omstandigheid": "ja"})
    figures = office.run("report", "--period", "2026-11").json["figures"]
    assert (figures["received"], figures["special"], figures["by_category"]) == (1, 1, {"Product: levering": 1})
