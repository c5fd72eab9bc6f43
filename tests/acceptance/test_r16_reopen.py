"""R16: closing a file, reopening it with a term of its own, and linking related complaints."""

from __future__ import annotations

from datetime import date
from typing import Any

CLOSED = {
    "Behandelaar": "Jeroen Bakker",
    "Oordeel": "ongegrond",
    "Motivering": "De bon zegt twee weken.",
    "Oplossing": "uitleg",
    "Wijze van afhandeling": "brief",
    "Beantwoord op": date(2026, 10, 12),
}


def test_r16_closing_needs_what_the_definition_asks(office: Any, complaint: Any) -> None:
    """A status typed as closed is held back, and the findings name each missing column."""
    office.type({**complaint, "Status": "afgehandeld", "Oordeel": "ongegrond"})
    result = office.run("sync")
    missing = {f["label"] for f in result.json["findings"] if f["code"] in ("required_to_close", "required_here")}
    assert {"Oplossing", "Motivering", "Beantwoord op", "Wijze van afhandeling"} <= missing
    (stored,) = office.complaints()
    assert ("nieuw", None) == (stored["status"], stored["closed_on"])


def test_r16_an_answer_with_judgement_and_solution_closes_the_complaint(office: Any, complaint: Any) -> None:
    """The status may be left to sync; the closing day and the closer follow."""
    office.type({**complaint, **CLOSED, "Ontvangen op": date(2026, 10, 1)})
    assert 0 == office.run("sync").code
    (stored,) = office.complaints()
    assert ("afgehandeld", "2026-10-12", "Jeroen Bakker") == tuple(
        stored[k] for k in ("status", "closed_on", "closed_by")
    )


def test_r16_a_reopening_starts_a_phase_and_the_first_closing_stays_visible(office: Any, complaint: Any) -> None:
    """The new term runs from the reopening; both phases stand in the file of the complaint."""
    (row,) = office.type({**complaint, **CLOSED, "Ontvangen op": date(2026, 10, 1)})
    assert 0 == office.run("sync", on=date(2026, 10, 16)).code
    office.change(row, {"Heropend op": date(2026, 11, 3), "Reden heropening": "niet tevreden"})
    assert 0 == office.run("sync").code
    shown = office.run("show", "k-2026-0001").json
    assert ("heropend", "2026-12-01") == (shown["status"], shown["due_on"])
    first, second = shown["phases"]
    assert ("2026-10-12", "2026-10-12", "ongegrond") == (first["answered_on"], first["closed_on"], first["judgement"])
    assert ("2026-11-03", None, "niet_tevreden") == (second["started_on"], second["closed_on"], second["reason"])


def test_r16_a_second_answer_closes_the_second_phase(office: Any, complaint: Any) -> None:
    """A later answer closes the file again on its own day."""
    (row,) = office.type({**complaint, **CLOSED, "Ontvangen op": date(2026, 10, 1)})
    office.run("sync", on=date(2026, 10, 16))
    office.change(row, {"Heropend op": date(2026, 11, 3), "Reden heropening": "niet tevreden"})
    office.run("sync", on=date(2026, 11, 6))
    office.change(row, {"Beantwoord op": date(2026, 11, 18), "Oordeel": "gegrond", "Oplossing": "excuses"})
    assert 0 == office.run("sync").code
    shown = office.run("show", "K-2026-0001").json
    assert ("afgehandeld", "2026-11-18") == (shown["status"], shown["closed_on"])
    assert [("2026-10-12", "ongegrond"), ("2026-11-18", "gegrond")] == [
        (p["closed_on"], p["judgement"]) for p in shown["phases"]
    ]


def test_r16_an_answer_on_the_day_of_the_reopening_closes_the_complaint_and_its_phase(
    office: Any, complaint: Any
) -> None:
    """Reopened and answered on one day: status and phases say the same."""
    (row,) = office.type({**complaint, **CLOSED, "Ontvangen op": date(2026, 10, 1)})
    office.run("sync", on=date(2026, 10, 16))
    office.change(row, {"Heropend op": date(2026, 11, 3), "Reden heropening": "niet tevreden"})
    office.run("sync", on=date(2026, 11, 3))
    office.change(row, {"Beantwoord op": date(2026, 11, 3), "Oordeel": "gegrond", "Oplossing": "excuses"})
    assert 0 == office.run("sync").code
    shown = office.run("show", "K-2026-0001").json
    assert ("afgehandeld", "2026-11-03") == (shown["status"], shown["closed_on"])
    assert [("2026-10-12", "ongegrond"), ("2026-11-03", "gegrond")] == [
        (p["closed_on"], p["judgement"]) for p in shown["phases"]
    ]


def test_r16_a_complaint_reopened_on_the_day_of_its_answer_is_open(office: Any, complaint: Any) -> None:
    """The customer heard the answer and was not satisfied: the answer is the first phase's, the second one waits."""
    (row,) = office.type({**complaint, **CLOSED, "Ontvangen op": date(2026, 10, 1)})
    office.run("sync", on=date(2026, 10, 12))
    office.change(row, {"Heropend op": date(2026, 10, 12), "Reden heropening": "niet tevreden"})
    office.run("sync", on=date(2026, 10, 12))
    office.change(row, {"Opmerkingen": "Belt morgen terug."})
    assert 0 == office.run("sync", on=date(2026, 10, 13)).code
    shown = office.run("show", "K-2026-0001").json
    assert ("heropend", "2026-11-09") == (shown["status"], shown["due_on"])
    assert "heropend" == office.rows()[row]["Status"]
    assert ["2026-10-12", None] == [p["closed_on"] for p in shown["phases"]]


def test_r16_closed_again_on_the_day_of_answer_and_reopening_is_closed(office: Any, complaint: Any) -> None:
    """Who chooses the status closed for a reopened complaint means it, also when all happened on one day."""
    (row,) = office.type({**complaint, **CLOSED, "Ontvangen op": date(2026, 10, 1)})
    office.run("sync", on=date(2026, 10, 12))
    office.change(row, {"Heropend op": date(2026, 10, 12), "Reden heropening": "niet tevreden"})
    office.run("sync", on=date(2026, 10, 12))
    office.change(row, {"Status": "afgehandeld", "Oordeel": "gegrond", "Oplossing": "excuses"})
    assert [] == office.run("sync", on=date(2026, 10, 12)).json["findings"]
    office.change(row, {"Opmerkingen": "Tevreden."})
    assert [] == office.run("sync", on=date(2026, 10, 13)).json["findings"]
    shown = office.run("show", "K-2026-0001").json
    assert ("afgehandeld", "2026-10-12") == (shown["status"], shown["closed_on"])
    assert [("2026-10-12", "ongegrond"), ("2026-10-12", "gegrond")] == [
        (p["closed_on"], p["judgement"]) for p in shown["phases"]
    ]
    assert "afgehandeld" == office.rows()[row]["Status"]


def test_r16_a_closing_typed_together_with_its_reopening_gives_way_and_that_is_told(
    office: Any, complaint: Any
) -> None:
    """Which of the two came last nobody can see: the complaint is open, a finding says so, and a second choice closes."""
    same_day = {"Status": "afgehandeld", "Heropend op": date(2026, 10, 12), "Reden heropening": "niet tevreden"}
    (row,) = office.type({**complaint, **CLOSED, **same_day, "Ontvangen op": date(2026, 10, 1)})
    result = office.run("sync", on=date(2026, 10, 12))
    (finding,) = result.json["findings"]
    assert (0, "closing_reopened", "warning", "Status", row) == (
        result.code, *(finding[k] for k in ("code", "severity", "label", "row")),
    )  # fmt: skip
    assert "12-10-2026" in finding["message"]
    assert "heropend" == office.rows()[row]["Status"]
    office.change(row, {"Status": "afgehandeld"})
    assert [] == office.run("sync", on=date(2026, 10, 13)).json["findings"]
    assert "afgehandeld" == office.complaints()[0]["status"]


def test_r16_related_complaints_are_linked_both_ways_and_keep_their_numbers(office: Any, complaint: Any) -> None:
    """Naming one complaint at another links both; an unknown number is a finding."""
    first, second = office.type(complaint, {**complaint, "Naam": "P. Pieters"})
    office.run("sync")
    office.change(second, {"Hangt samen met": "k-2026-0001"})
    assert 0 == office.run("sync").code
    assert ["K-2026-0002", "K-2026-0001"] == [c["related_to"] for c in office.complaints()]
    assert "K-2026-0002" == office.rows()[first]["Hangt samen met"]
    office.change(first, {"Hangt samen met": "K-2026-0002, K-2026-0999"})
    result = office.run("sync")
    assert ["unknown_number"] == [f["code"] for f in result.json["findings"]]
