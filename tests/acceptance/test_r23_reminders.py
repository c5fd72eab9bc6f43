"""R23: everybody who must act hears it in time: per handler, per manager, for the coordinator, and on paper."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from office import COMPLAINT, Office
from papers import english_in, lines_of, mails

FOLDER = "uitvoer/2026-W47/herinneringen"
MINE = {**COMPLAINT, "Behandelaar": "Jeroen Bakker"}
ROWS = [
    {**MINE, "Ontvangen op": date(2026, 10, 12)},  # 1: due 9 November, 11 days late
    {**MINE, "Ontvangen op": date(2026, 10, 5), "Product of dienst": "bakfiets & zadel"},  # 2: due 2 November
    {**MINE, "Ontvangen op": date(2026, 10, 29), "Bevestigd op": date(2026, 10, 30)},  # 3: due 26 November
    {**MINE, "Ontvangen op": date(2026, 11, 17), "Bevestigd op": date(2026, 11, 18)},  # 4: in time
    {**COMPLAINT, "Ontvangen op": date(2026, 10, 7), "Categorie": "Service: bejegening"},  # 5: due 4 November, nobody's
]


@pytest.fixture(scope="module")
def late_once(made_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Give an office that is behind, with its reminders made."""
    return reminded(made_once, tmp_path_factory.mktemp("achter") / "klachten", ROWS)


def reminded(made_once: Path, root: Path, rows: list[dict[str, Any]]) -> Office:
    """Make an office with complaints of A. Bos, B. Bos and so on, and its reminders."""
    shutil.copytree(made_once, root)
    office = Office(root)
    office.type(*({**row, "Naam": f"{letter}. Bos"} for letter, row in zip("ABCDE", rows, strict=False)))
    assert office.run("sync").code == 0
    assert office.run("reminders").code == 0
    return office


@pytest.fixture
def late(late_once: Office, tmp_path: Path) -> Office:
    """Give a copy of it to change."""
    root = tmp_path / "klachten"
    shutil.copytree(late_once.root, root)
    return Office(root)


def n(*numbers: int) -> list[str]:
    return [f"K-2026-000{number}" for number in numbers]


def plain(message: Any) -> str:
    return str(message.get_body(("plain",)).get_content())


def test_r23_who_hears_of_what_most_overdue_first(late_once: Office) -> None:
    """The handler his own, the manager his department's, the coordinator all, in the shape of the contract."""
    result = late_once.run("reminders")
    jeroen = {"name": "Jeroen Bakker", "email": "jb@despaak.example", "overdue": n(2, 1), "due_soon": n(3)}
    els = {"name": "Els Wouters", "email": "ew@despaak.example", "overdue": n(2, 1), "due_soon": n(3)}
    sanne = {"name": "Sanne de Vries", "email": "sv@despaak.example", "overdue": n(2, 5, 1), "due_soon": n(3)}
    names = ["herinnering Jeroen Bakker.eml", "leidinggevende Els Wouters.eml", "coördinator Sanne de Vries.eml"]
    files = [f"{FOLDER}/{name}" for name in (*names, "agenda Jeroen Bakker.ics", "herinneringen.docx")]
    told = {"answered": [], "waiting": [], "alerts": [], "remarks": []}
    expected = {"handlers": [jeroen], "managers": [els], "coordinator": sanne, **told, "files": files}
    assert (0, expected) == (result.code, result.json)
    assert all((late_once.root / f).is_file() for f in files)


def test_r23_each_digest_is_a_draft_that_a_mail_program_opens(late_once: Office) -> None:
    """Addressed, from the office, unsent, in Dutch, with the complaints in order in both its versions."""
    drafts = mails(late_once.root / FOLDER)
    assert 3 == len(drafts)
    draft = drafts["herinnering Jeroen Bakker.eml"]
    assert ("jb@despaak.example", "klachten@despaak.example", "1") == (draft["To"], draft["From"], draft["X-Unsent"])
    assert "Uw klachten: 2 te laat, 1 bijna te laat (20-11-2026)" == draft["Subject"]
    words = plain(draft)
    places = [words.index(part) for part in ("Beste Jeroen", "Te laat (2)", *n(2, 1), "Bijna te laat (1)", *n(3))]
    assert sorted(places) == places
    assert "K-2026-0002, bakfiets & zadel: uiterlijk 02-11-2026, 18 dagen te laat." in words
    html = draft.get_body(("html",)).get_content()
    assert "bakfiets &amp; zadel" in html
    assert html.index(n(2)[0]) < html.index(n(1)[0]) < html.index(n(3)[0])
    for message in drafts.values():
        assert [] == english_in([message["Subject"], *plain(message).splitlines()])


def test_r23_a_handler_sees_nothing_of_others_and_nothing_that_can_wait(late_once: Office) -> None:
    """The complaint in time and the one without a handler are not his."""
    words = plain(mails(late_once.root / FOLDER)["herinnering Jeroen Bakker.eml"])
    assert [] == [number for number in n(4, 5) if number in words]


def test_r23_the_list_on_paper_has_all_and_names_what_nobody_handles(late_once: Office) -> None:
    """One document to print: by handler, most overdue first, and a heading for what has no handler."""
    lines = lines_of(late_once.root / FOLDER / "herinneringen.docx")
    shown = [line for line in lines if line.startswith("K-2026")]
    assert sorted(n(1, 2, 3, 5)) == sorted(shown)
    assert shown.index(n(2)[0]) < shown.index(n(1)[0]) < shown.index(n(3)[0])
    assert lines.index("Nog zonder behandelaar") < lines.index(n(5)[0])
    assert [] == english_in(lines)


TOLD = {"Bevestigd op": date(2026, 10, 13)}
STEPS = [
    ({}, "Bevestig de ontvangst (uiterlijk 19-10-2026) en neem contact op met de klager."),
    (TOLD, "Beantwoord de klacht vandaag en bel de klager"),
    ({**TOLD, "Status": "wacht op klant"}, "Bel de klager: wij wachten op antwoord."),
    ({**TOLD, "Status": "wacht op derden"}, "Vraag de ander om antwoord"),
    ({**TOLD, "Status": "voorstel gedaan"}, "Vraag welke oplossing de klager kiest."),
    (
        {**TOLD, "Oordeel": "gegrond", "Oplossing": "excuses", "Wijze van afhandeling": "brief"},
        "Verstuur het antwoord en vul ‘Beantwoord op’",
    ),
]


@pytest.fixture(scope="module")
def steps(made_once: Path, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Give the handler's digest of complaints that each stand otherwise, by line."""
    root = tmp_path_factory.mktemp("stappen") / "klachten"
    shutil.copytree(made_once, root)
    office = Office(root)
    office.type(*({**ROWS[0], "Naam": f"{'ABCDEF'[k]}. Bos", **values} for k, (values, _) in enumerate(STEPS)))
    assert office.run("sync").code == 0
    office.run("reminders")
    return plain(mails(root / FOLDER)["herinnering Jeroen Bakker.eml"]).splitlines()


@pytest.mark.parametrize("number", range(1, len(STEPS) + 1))
def test_r23_the_next_step_follows_from_how_the_complaint_stands(steps: list[str], number: int) -> None:
    """What the handler has to do now, in one sentence."""
    (line,) = [line for line in steps if f"{n(number)[0]}, " in line]
    assert STEPS[number - 1][1] in line


def test_r23_what_nears_its_end_says_that_it_can_still_be_extended(late_once: Office) -> None:
    """Before the last day an extension is a choice; after it no more."""
    words = plain(mails(late_once.root / FOLDER)["herinnering Jeroen Bakker.eml"])
    (line,) = [line for line in words.splitlines() if n(3)[0] in line]
    assert "nog 6 dagen" in line
    assert "meld de verlenging op tijd" in line


def test_r23_a_deputy_gets_what_an_absent_handler_would_get(late: Office) -> None:
    """The digest goes to him and says for whom; the handler stays, and once back gets his own again."""
    (row,) = [r for r, v in late.rows("Medewerkers").items() if v["Code"] == "JB"]
    away = {"Afwezig van": date(2026, 11, 16), "Afwezig tot": date(2026, 11, 27), "Vervanger": "Sanne de Vries"}
    late.change(row, away, sheet="Medewerkers")
    assert late.run("sync").code == 0
    (digest,) = late.run("reminders").json["handlers"]
    assert ("Sanne de Vries", n(2, 1)) == (digest["name"], digest["overdue"])
    drafts = mails(late.root / FOLDER)
    assert "herinnering Jeroen Bakker.eml" not in drafts
    assert "(voor Jeroen Bakker, afwezig)" in plain(drafts["herinnering Sanne de Vries.eml"])
    assert {"Jeroen Bakker", None} == {c["handler"] for c in late.complaints()}
    back = late.run("reminders", on=date(2026, 11, 30)).json
    assert ["Jeroen Bakker"] == [d["name"] for d in back["handlers"]]


def test_r23_what_is_done_is_not_nagged_about(late: Office) -> None:
    """Once all is closed there is no digest left, and the drafts of the same week go."""
    done = {"Oordeel": "gegrond", "Oplossing": "excuses", "Wijze van afhandeling": "telefoon", "Behandelaar": "Jeroen Bakker"}  # fmt: skip
    for row in range(5, 10):
        late.change(row, {**done, "Beantwoord op": date(2026, 11, 19)})
    assert late.run("sync").code == 0
    result = late.run("reminders").json
    assert ([], [], []) == (result["handlers"], result["managers"], result["coordinator"]["overdue"])
    assert set(result["coordinator"]) == {"name", "email", "overdue", "due_soon"}
    assert {} == mails(late.root / FOLDER)
    assert "Er is niets te laat en niets bijna te laat." in lines_of(late.root / FOLDER / "herinneringen.docx")


def test_r23_agreements_and_measures_are_reminded_of_too(late: Office) -> None:
    """What was promised, and what should prevent it next time, stands in the owner's digest."""
    late.change(8, {"Afspraken": "Nieuwe levering.", "Afspraak uiterlijk op": date(2026, 11, 19)})
    measure = {
        "Soort": "preventief", "Omschrijving": "Bellen bij uitstel.", "Eigenaar": "Els Wouters",
        "Gereed uiterlijk op": date(2026, 11, 18),
    }  # fmt: skip
    late.type(measure, sheet="Maatregelen")
    assert late.run("sync").code == 0
    late.run("reminders")
    drafts = mails(late.root / FOLDER)
    assert "K-2026-0004: afspraak nakomen, uiterlijk 19-11-2026" in plain(drafts["herinnering Jeroen Bakker.eml"])
    assert "M-2026-01: maatregel uitvoeren, uiterlijk 18-11-2026" in plain(drafts["herinnering Els Wouters.eml"])


NOBODYS = [
    {**COMPLAINT, "Ontvangen op": date(2026, 11, 9), "Afdeling": "Logistiek"},  # Confirm by 16 November.
    {**COMPLAINT, "Ontvangen op": date(2026, 11, 3), "Afdeling": "Klantenservice"},  # Confirm by 10 November.
    {**COMPLAINT, "Ontvangen op": date(2026, 11, 19), "Afdeling": "Logistiek"},  # Confirm by 26 November.
]


@pytest.fixture(scope="module")
def orphaned(made_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Give an office with complaints that nobody handles yet and that were not acknowledged."""
    return reminded(made_once, tmp_path_factory.mktemp("wees") / "klachten", NOBODYS)


TO_CONFIRM = [
    "K-2026-0002: ontvangst bevestigen, uiterlijk 10-11-2026 (te laat; nog geen behandelaar)",
    "K-2026-0001: ontvangst bevestigen, uiterlijk 16-11-2026 (te laat; nog geen behandelaar)",
    "K-2026-0003: ontvangst bevestigen, uiterlijk 26-11-2026 (nog geen behandelaar)",
]


def test_r23_what_nobody_handles_is_told_to_coordinator_and_manager(orphaned: Office) -> None:
    """Who is to confirm when there is no handler: the coordinator hears all, the manager his department's."""
    drafts = mails(orphaned.root / FOLDER)
    assert {"coördinator Sanne de Vries.eml", "leidinggevende Els Wouters.eml"} == set(drafts)
    for name, expected in (("coördinator Sanne de Vries", TO_CONFIRM), ("leidinggevende Els Wouters", TO_CONFIRM[1:])):
        message = drafts[f"{name}.eml"]
        assert expected == [line.removeprefix("- ") for line in plain(message).splitlines() if line.startswith("- ")]
        assert f"0 te laat, 0 bijna te laat, en verder nog {len(expected)} te doen" in message["Subject"]
    paper = lines_of(orphaned.root / FOLDER / "herinneringen.docx")
    lines = paper[paper.index("Nog zonder behandelaar") + 1 : -1]  # The last line is the foot.
    assert TO_CONFIRM == [line.partition(" · ")[0] for line in lines]
    assert lines[0].endswith(" · B. Bos, 030 123 4567 · ontvangstbevestiging: wacht")


def test_r23_every_count_on_the_screen_is_told_in_lines(late_once: Office, orphaned: Office) -> None:
    """Which complaints they are, by when, and what to do; those without a handler too."""
    said = late_once.say("reminders").text.splitlines()
    assert "Jeroen Bakker: 2 te laat, 1 bijna te laat." == said[0]
    assert [*n(2, 1), *n(3)] == [line.removeprefix("  - ").partition(",")[0] for line in said[1:4]]
    assert "uiterlijk 26-11-2026, nog 6 dagen. Beantwoord de klacht" in said[3]
    assert "Nog zonder behandelaar: 1 te laat, 0 bijna te laat." == said[4]
    assert (n(5)[0] in said[5], "(nog geen behandelaar)" in said[5]) == (True, True)
    assert "Samen: 3 te laat, 1 bijna te laat." == said[6]
    said = orphaned.say("reminders").text.splitlines()
    assert [
        "Nog zonder behandelaar: 0 te laat, 0 bijna te laat, en verder nog 3 te doen.",
        *(f"  - {t}" for t in TO_CONFIRM),
    ] == said[:4]


def test_r23_without_a_coordinator_the_command_says_so(late: Office) -> None:
    """Nobody gets the whole; the screen tells how to mend it."""
    (row,) = [r for r, v in late.rows("Medewerkers").items() if v["Code"] == "SV"]
    late.change(row, {"Rol": "behandelaar"}, sheet="Medewerkers")
    late.run("sync")
    assert "Er is geen coördinator" in late.say("reminders").text


def test_r23_who_has_no_address_is_named(office: Office, complaint: dict[str, Any]) -> None:
    """The draft is made all the same, for whoever sends it to fill in."""
    office.type({**complaint, "Behandelaar": "Jeroen Bakker", "Ontvangen op": date(2026, 9, 1)})
    row = next(n for n, r in office.rows("Medewerkers").items() if r["Naam"] == "Jeroen Bakker")
    office.change(row, {"E-mail": None}, sheet="Medewerkers")
    office.run("sync")
    assert "De e-mail voor Jeroen Bakker heeft geen adres" in office.say("reminders").text
