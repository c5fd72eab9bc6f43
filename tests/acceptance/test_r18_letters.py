"""R18, R19 and R26: the letters that are due are made, each once, and what cannot be made is held back with its reason.

R18 an acknowledgement with the number, the term and the handler
R19 progress, extension and closing letters, with the judgement and its reasons
R26 templates that the office edits in Word; one wrong template stops no other letter
"""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import docx
import pikepdf
import pytest
from office import COMPLAINT, Office
from papers import english_in, lines_of, text_of

from registerkit.resources import resource_folder

HANDLED = {**COMPLAINT, "Behandelaar": "Jeroen Bakker", "Ontvangen op": date(2026, 11, 16), "Aanhef": "mevrouw"}
ANSWER = {"Wijze van afhandeling": "brief", "Beantwoord op": date(2026, 11, 19)}
D = partial(date, 2026)
FOUNDED = {"Oordeel": "gegrond", "Oplossing": "terugbetaling", "Kosten": 49.5, **ANSWER}
PARTLY = {"Oordeel": "deels gegrond", "Oplossing": "coulance", "Motivering": "De bon noemt twee weken.", **ANSWER}
UNFOUNDED = {"Oordeel": "ongegrond", "Oplossing": "afwijzing", "Motivering": "De garantie was voorbij.", **ANSWER}


def told(office: Office, *words: str, **how: Any) -> list[tuple[str, str]]:
    """Run letters, and give number and kind of each that was made."""
    return [(made["number"], made["kind"]) for made in office.run("letters", *words, **how).json["letters"]]


def held(office: Office, *words: str) -> list[tuple[str, str]]:
    """Run letters, and give kind and code of each that was held back."""
    result = office.run("letters", *words)
    assert result.code == 1
    return [(h["kind"], h["code"]) for h in result.json["held"]]


def lacks(result: Any) -> list[tuple[str, ...]]:
    """Give number, kind, code and summary of each letter that was held back."""
    return [tuple(h[k] for k in ("number", "kind", "code", "summary")) for h in result.json["held"]]


def registered(office: Office, *rows: dict[str, Any], **how: Any) -> list[int]:
    """Type complaints that differ in their name, and sync them."""
    named = [{**row, "Naam": row.get("Naam") if n == 0 else f"{'ABCDEFG'[n]}. Bos"} for n, row in enumerate(rows)]
    used = office.type(*named)
    office.run("sync", **how)
    return used


def of_before(office: Office, *names: str) -> None:
    """Make the project one of a version that had no such templates yet."""
    for name in names:
        (office.root / "brieven" / f"{name}.docx").unlink()
    with closing(sqlite3.connect(office.root / "register.db")) as store, store:
        assert 1 == store.execute("DELETE FROM rk_meta WHERE name LIKE 'templates_laid%'").rowcount


@pytest.fixture(scope="module")
def handled_once(made_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a project with one complaint, with a handler, that waits for its acknowledgement."""
    root = tmp_path_factory.mktemp("behandeld") / "klachten"
    shutil.copytree(made_once, root)
    registered(Office(root), HANDLED)
    return root


@pytest.fixture
def handled(handled_once: Path, tmp_path: Path) -> Office:
    """Give a copy of it."""
    shutil.copytree(handled_once, tmp_path / "behandeld")
    return Office(tmp_path / "behandeld")


def files(office: Office) -> list[str]:
    """Give the letters in the output folder."""
    return sorted(p.relative_to(office.root).as_posix() for p in office.root.glob("uitvoer/*/brieven/*"))


# ---------------------------------------------------------------------------------------------- the acknowledgement
def test_r18_the_acknowledgement_is_made_with_its_reason_and_sets_the_day(handled: Office) -> None:
    """File, log and Bevestigd op follow from one run; the letter has number, term, handler and description."""
    result = handled.run("letters")
    name = "uitvoer/2026-W47/brieven/K-2026-0001 ontvangstbevestiging.docx"
    reason = "ontvangen 16-11-2026, uiterlijk bevestigen op 23-11-2026"
    letter = {"number": "K-2026-0001", "kind": "acknowledgement", "file": name, "reason": reason}
    assert (0, {"letters": [letter], "held": [], "dismissed": [], "print": None}) == (result.code, result.json)
    assert [name] == files(handled)
    (stored,) = handled.complaints()
    assert "2026-11-20" == stored["acknowledged_on"]
    words = text_of(handled.root / name)
    for part in (
        "Geachte mevrouw Jansen,", "onder nummer K-2026-0001", "uiterlijk op 14 december 2026", "een termijn van 4 weken",
        "behandeld door Jeroen Bakker.", "De fiets is niet geleverd.", "De Spaak BV", "3512 AB  Utrecht",
        "20 november 2026", "Oude Singel 48",
    ):  # fmt: skip
        assert part in words
    assert ([], 0) == (english_in(lines_of(handled.root / name)), words.count("{"))


def test_r18_a_letter_is_never_made_twice_even_when_its_day_is_wiped(handled: Office) -> None:
    """Not by a second run, and not when somebody clears Bevestigd op in the workbook."""
    row = 5
    assert [("K-2026-0001", "acknowledgement")] == told(handled)
    assert [] == told(handled)
    handled.run("sync")
    assert date(2026, 11, 20) == handled.rows()[row]["Bevestigd op"].date()
    handled.change(row, {"Bevestigd op": None})
    assert 1 == handled.run("sync").json["changed"]
    assert ([], 1) == (told(handled), len(files(handled)))
    assert 1 == len(handled.export()["letters"])


def test_r18_a_day_typed_by_the_office_needs_no_letter(office: Office) -> None:
    """Who confirmed by telephone and says so gets no second confirmation."""
    registered(office, {**HANDLED, "Bevestigd op": date(2026, 11, 17)})
    assert [] == told(office)


def test_r18_again_number_kind_and_dry_run_choose_which_letters(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A trial fills in and writes nothing; --again makes the letter once more beside the first, and logs it."""
    registered(office, HANDLED, HANDLED)
    both = [("K-2026-0001", "acknowledgement"), ("K-2026-0002", "acknowledgement")]
    before = (office.root / "register.db").read_bytes()
    with monkeypatch.context() as without_templates:
        without_templates.delattr("registerkit.letters.PreparedTemplate.render")
        assert both == told(office, "--dry-run")
    assert (before, []) == ((office.root / "register.db").read_bytes(), files(office))
    assert [] == told(office, "--kind", "progress")
    assert both[1:] == told(office, "--number", "k-2026-0002")
    assert both[:1] == told(office, "--kind", "acknowledgement")
    again = office.run("letters", "--again", "--number", "K-2026-0001").json["letters"]
    assert ["uitvoer/2026-W47/brieven/K-2026-0001 ontvangstbevestiging (2).docx"] == [a["file"] for a in again]
    assert ([], 3) == (told(office), len(office.export()["letters"]))


def test_r18_print_gives_one_file_in_the_order_of_the_post(
    office: Office, pdf_office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With --pdf each letter has one too, by one call of LibreOffice; where that is missing no letter is made."""
    from registerkit.pdf import office as program

    registered(office, {**HANDLED, "Postcode": "9711 AA", "Woonplaats": "Groningen"}, HANDLED)
    with monkeypatch.context() as without:
        without.setattr(program, "office_program", lambda: None)
        refused = office.run("letters", "--print")
    assert (3, "pdf.no_office", []) == (refused.code, refused.json["error"]["code"], files(office))
    calls, run = [], program.run_office
    monkeypatch.setattr(program, "office_program", lambda: pdf_office)
    monkeypatch.setattr(program, "run_office", lambda *given: (calls.append(given), run(*given)))
    made = office.run("letters", "--print", "--pdf").json
    folder = "uitvoer/2026-W47/brieven"
    assert f"{folder}/brieven om af te drukken 20-11-2026.pdf" == made["print"]
    names = [f"{folder}/K-2026-000{n} ontvangstbevestiging.pdf" for n in (1, 2)]
    assert (names, 1) == ([letter["pdf"] for letter in made["letters"]], len(calls))
    assert {made["print"], *names, *(letter["file"] for letter in made["letters"])} == set(files(office))
    with pikepdf.open(office.root / made["print"]) as pdf, pdf.open_outline() as outline:
        assert [Path(name).stem for name in reversed(names)] == [item.title for item in outline.root]
    assert office.run("letters", "--print").json["print"] is None


def test_r18_weekly_without_libreoffice_makes_the_letters_in_word_and_says_why(
    handled: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An office that wants PDF files with every run loses no letter by it."""
    from registerkit.pdf import office as program

    settings = handled.root / "register.toml"
    told = settings.read_text(encoding="utf-8")
    settings.write_text(told.replace("[letters]\n", "[letters]\nprint = true\n"), encoding="utf-8")
    monkeypatch.setattr(program, "office_program", lambda: None)
    result = handled.run("weekly")
    assert ["uitvoer/2026-W47/brieven/K-2026-0001 ontvangstbevestiging.docx"] == files(handled)
    (found,) = [f for f in result.json["sync"]["findings"] if f["code"] == "no_pdf"]
    assert ("warning", None) == (found["severity"], result.json["letters"]["print"])
    assert "LibreOffice" in found["message"]


def test_r18_check_tells_all_that_is_wrong_in_a_template_and_keeps_trial_letters(
    handled: Office, tmp_path: Path
) -> None:
    """It looks at the office's own templates, makes no letter and changes nothing."""
    own = handled.root / "brieven" / "verlenging.docx"
    document = docx.Document(str(own))
    for text in ("{{ complaint.nmae }}", "{% if complaint.subject %}"):
        document.add_paragraph(text)
    document.save(str(own))
    before = (handled.root / "register.db").read_bytes()
    result = handled.run("letters", "--check", "--kind", "extension", "-o", str(tmp_path / "fout"))
    kept = sorted(file.name for file in (tmp_path / "fout").iterdir())
    assert ["Gegevens voor sjablonen.docx", "verlenging met opmerkingen.docx"] == kept
    (found,) = result.json["templates"]
    assert ("brieven/verlenging.docx", 2, 1) == (found["file"], len(found["faults"]), result.code)
    assert "complaint.nmae" in found["faults"][0]
    result = handled.run("letters", "--check", "--kind", "ontvangstbevestiging", "-o", str(tmp_path / "proef"))
    kept = sorted((tmp_path / "proef" / "ontvangstbevestiging").iterdir())
    assert (["eigen alleen het nodige.docx", "eigen alles ingevuld.docx"], 0) == ([f.name for f in kept], result.code)
    assert (before, []) == ((handled.root / "register.db").read_bytes(), files(handled))
    refused = handled.run("letters", "--check", "-o", str(handled.root / "brieven" / "proef"))
    assert (2, "usage.check_folder") == (refused.code, refused.json["error"]["code"])
    assert 2 == handled.run("letters", "--check", "--again").code == handled.run("letters", "-o", str(tmp_path)).code


def test_r18_again_makes_only_letters_that_were_made_or_are_due(handled: Office) -> None:
    """A complaint that never asked for an extension gets no extension letter."""
    assert [("K-2026-0001", "acknowledgement")] == told(handled, "--again")


@pytest.mark.parametrize("words", [["--kind", "kaart"], ["--number", "K-2026-0999"]])
def test_r18_an_unknown_kind_or_number_is_wrong_usage(handled: Office, words: list[str]) -> None:
    """Exit code 2, in Dutch, with what would be right."""
    result = handled.run("letters", *words)
    assert 2 == result.code
    error = result.json["error"]
    assert ({"code", "message", "fix", "file"}, []) == (set(error), english_in([error["message"]]))
    assert words[1] in error["message"]


@pytest.mark.parametrize(
    "kind", ["acknowledgement", "Ontvangstbevestiging", "ONTVANGSTBEVESTIGING", " ontvangstbevestiging "]
)
def test_r18_a_kind_goes_by_its_code_and_by_the_word_that_the_register_shows(handled: Office, kind: str) -> None:
    """In any case, as people type."""
    assert [("K-2026-0001", "acknowledgement")] == told(handled, "--kind", kind, "--dry-run")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ontvangstbevesteging", "Bedoelt u ontvangstbevestiging?"),
        ("aknowledgement", "Bedoelt u acknowledgement?"),
        ("rouwbrief", None),
        ("kaart", None),
    ],
)
def test_r18_a_mistyped_kind_is_told_with_the_nearest_and_all_there_are(
    handled: Office, typed: str, meant: str | None
) -> None:
    """The kinds by the words that the register shows."""
    error = handled.run("letters", "--kind", typed).json["error"]
    assert (typed in error["message"], (meant or "Bedoelt u") in error["fix"]) == (True, meant is not None)
    assert (
        "ontvangstbevestiging, tussenbericht, verlenging, doorzending, niet in behandeling, afsluiting gegrond"
        in error["fix"]
    )


# ------------------------------------------------------------------------------------------------------ the others
def test_r19_progress_extension_and_closing_letters_come_when_they_are_due(office: Office) -> None:
    """Half-way a note on progress; an extension once Verlengd op is filled in; an answer once it is judged."""
    half = {**HANDLED, "Ontvangen op": date(2026, 11, 2), "Bevestigd op": date(2026, 11, 4)}
    registered(office, half, {**half, "Verlengd op": date(2026, 11, 18)}, {**half, **FOUNDED})
    expected = [("K-2026-0001", "progress"), ("K-2026-0002", "extension"), ("K-2026-0003", "outcome_founded")]
    assert expected == told(office)
    progress, extension, closing = (text_of(office.root / f) for f in files(office))
    assert "uiterlijk op 30 november 2026" in progress
    assert "nu uiterlijk op 14 december 2026, in plaats van op 30 november 2026" in extension
    assert "gegrond" in closing
    assert [] == told(office, on=date(2026, 11, 27))


@pytest.fixture(scope="module")
def answered(made_once: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Give the words of the closing letters of a founded, a partly founded and an unfounded complaint, by kind."""
    root = tmp_path_factory.mktemp("beantwoord") / "klachten"
    shutil.copytree(made_once, root)
    office = Office(root)
    registered(office, *({**HANDLED, **closing} for closing in (FOUNDED, PARTLY, UNFOUNDED)))
    return {made["kind"]: text_of(root / made["file"]) for made in office.run("letters").json["letters"]}


@pytest.mark.parametrize(
    ("kind", "says", "never"),
    [
        ("outcome_founded", ["uw klacht is gegrond", "€ 49,50"], ["zonder erkenning", "niet gegrond"]),
        ("outcome_partly_founded", ["voor een deel gegrond", "De bon noemt twee weken.", "zonder erkenning"], []),
        ("outcome_unfounded", ["uw klacht is niet gegrond", "De garantie was voorbij."], ["excuses aan"]),
    ],
)
def test_r19_the_closing_letter_gives_the_judgement_with_its_reasons(
    answered: dict[str, str], kind: str, says: list[str], never: list[str]
) -> None:
    """Coulance is without admission of liability; a founded complaint never is."""
    words = answered[kind]
    assert ([], []) == ([s for s in says if s not in words], [n for n in never if n in words])
    assert [] == english_in(words.splitlines())


def test_r19_what_ends_without_a_judgement_and_what_is_rejected_has_its_letter(office: Office) -> None:
    """A project of before gets the templates of new kinds, told once; no file says bad faith."""
    bad_faith = {**UNFOUNDED, "Oordeel": "ongegrond (te kwader trouw)"}
    sent_on = {"Status": "doorgestuurd", "Motivering": "Wij stuurden uw klacht naar de gemeente Utrecht."}
    refused = {"Status": "niet in behandeling genomen", "Grond": "ouder dan een jaar", "Motivering": "Het was in 2023."}
    names = ("doorzending", "niet-in-behandeling", "afsluiting-te-kwader-trouw")
    of_before(office, *names)
    registered(office, *({**HANDLED, **values} for values in (bad_faith, sent_on, refused)))
    expected = ["outcome_bad_faith", "referral", "not_taken_up"]
    trial = office.say("letters", "--dry-run").text
    assert ("sjablonen" in trial, list((office.root / "brieven").glob("doorzending*"))) == (False, [])
    said = office.say("letters", "--number", "K-2026-0002").text
    assert "3 sjablonen" in said
    assert [] == [
        name for name in names if f"{name}.docx" not in said or not (office.root / f"brieven/{name}.docx").exists()
    ]
    rest = office.run("letters").json["letters"]
    assert sorted(set(expected) - {"referral"}) == sorted(each["kind"] for each in rest)
    made = files(office)
    assert [
        "K-2026-0001 afsluiting ongegrond.docx",
        "K-2026-0002 doorzending.docx",
        "K-2026-0003 niet in behandeling.docx",
    ] == [Path(file).name for file in made]
    said = [text_of(office.root / file) for file in made]
    wanted = ["uw klacht is niet gegrond", "naar de gemeente Utrecht", "omdat het meer dan een jaar vóór uw klacht"]
    assert [] == [words for words, text in zip(wanted, said, strict=True) if words not in text]
    assert "trouw" not in said[0]
    assert [] == told(office)


def test_r19_what_is_solved_or_withdrawn_is_confirmed_with_the_way_back(office: Office) -> None:
    """One letter each, and none for what was said in a talk."""
    solved = {"Opgelost op": D(11, 18), "Klant tevreden": "ja", "Wijze van afdoening": "informeel"}
    agreed = {"Afspraken": "Wij brengen de fiets vandaag."}
    talked = {**solved, "Wijze van afhandeling": "telefoon"}
    registered(office, *({**HANDLED, **row} for row in ({**solved, **agreed}, talked, {"Status": "ingetrokken"})))
    expected = [("K-2026-0001", "outcome_informal"), ("K-2026-0003", "withdrawal")]
    assert expected == sorted(each for each in told(office) if each[1] != "acknowledgement")
    informal, withdrawn = (text_of(office.root / f) for f in files(office))
    assert "Op 18 november 2026 zei u dat uw klacht is opgelost" in informal
    assert "afgesproken: Wij brengen de fiets vandaag." in informal
    assert "U hebt deze klacht ingetrokken." in withdrawn
    assert "Laat het ons weten. Dan gaan wij verder" in informal
    assert "Laat het ons weten. Dan gaan wij verder" in withdrawn
    assert [] == told(office)


def test_r19_a_doubtful_complaint_has_its_own_letter_once_and_in_the_offices_own_words(office: Office) -> None:
    """An office that wrote these words into its letter for partly founded keeps them while it has no other template."""
    own = office.root / "brieven" / "afsluiting-deels-gegrond.docx"
    of_before(office, "afsluiting-twijfelachtig", "afsluiting-zonder-oordeel")
    document = docx.Document(str(own))
    document.add_paragraph("Ons pand is open tot zes uur.")
    document.save(str(own))
    doubtful = {**HANDLED, **PARTLY, "Oordeel": "twijfelachtig"}
    before = {**doubtful, "Naam": "G. Bos"}
    registered(office, doubtful, {**HANDLED, **PARTLY, "Oordeel": "geen oordeel"}, before)
    noted = {"Klachtnummer": "K-2026-0003", "Soort brief": "afsluiting deels gegrond", "Fase": 1}
    office.type({**noted, "Verzonden op": D(11, 19)}, sheet="Brieven")
    office.run("sync")
    assert [("K-2026-0001", "outcome_doubtful"), ("K-2026-0002", "outcome_no_judgement")] == told(office)
    first, second = (text_of(office.root / file) for file in files(office))
    assert ("Ons pand" in first, "geen oordeel" in second, "Ons pand" in second) == (True, True, True)
    shutil.copy(resource_folder("letters") / "nl" / "afsluiting-twijfelachtig.docx", own.parent)
    (again,) = office.run("letters", "--again", "--number", "K-2026-0001", "--kind", "outcome_doubtful").json["letters"]
    other = text_of(office.root / again["file"])
    assert ("het voordeel van de twijfel" in other, "Ons pand" in other) == (True, False)


def test_r19_a_reopened_complaint_gets_a_second_closing_letter_for_its_second_judgement(office: Office) -> None:
    """Each phase has its own letter; the first judgement is not sent again while the second is awaited."""
    (row,) = registered(office, {**HANDLED, **UNFOUNDED})
    assert [("K-2026-0001", "outcome_unfounded")] == told(office)
    office.change(row, {"Heropend op": date(2026, 11, 24), "Reden heropening": "niet tevreden"})
    later = date(2026, 11, 27)
    office.run("sync", on=later)
    assert [("K-2026-0001", "reopening")] == told(office, on=later)
    assert [] == told(office, on=later)
    office.change(row, {**FOUNDED, "Beantwoord op": date(2026, 12, 1)})
    office.run("sync", on=date(2026, 12, 4))
    assert [("K-2026-0001", "outcome_founded")] == told(office, on=date(2026, 12, 4))
    assert [1, 2, 2] == [letter["phase"] for letter in office.export()["letters"]]


def test_r18_the_register_shows_the_letters_and_takes_the_day_they_were_sent(office: Office) -> None:
    """After weekly the sheet Brieven lists the letter; Verzonden op typed there comes back into the store."""
    office.type(HANDLED)
    assert 0 == office.run("weekly").code
    (row,) = [n for n, r in office.rows("Brieven").items() if r["Soort brief"]]
    shown = office.rows("Brieven")[row]
    assert ("K-2026-0001", "ontvangstbevestiging", 1) == tuple(
        shown[h] for h in ("Klachtnummer", "Soort brief", "Fase")
    )
    assert (office.root / shown["Bestand"]).is_file()
    office.change(row, {"Verzonden op": date(2026, 11, 20)}, sheet="Brieven")
    assert 0 == office.run("sync").code
    (letter,) = office.export()["letters"]
    assert ("K-2026-0001", "2026-11-20", "2026-11-20") == tuple(letter[k] for k in ("complaint", "made_on", "sent_on"))


def test_r43_each_step_typed_in_the_register_has_its_letter(office: Office) -> None:
    """Asked, proposed, agreed and invited; under the Awb the employee concerned is told, and the day is filled in."""
    settings = office.root / "register.toml"
    text = settings.read_text(encoding="utf-8").replace('profile = "eigen" ', 'profile = "awb" ')
    settings.write_text(text, encoding="utf-8")
    taken = {**HANDLED, "Bevestigd op": D(11, 17), "Reactie uiterlijk op": D(12, 4)}
    *_, last = registered(
        office,
        {**taken, "Status": "wacht op klant", "Gevraagd aan klager": "Een foto van de fiets."},
        {**taken, "Status": "voorstel gedaan", "Voorstel": "Een nieuwe fiets, of uw geld terug."},
        {**taken, "Akkoord klant op": D(11, 19), "Afspraken": "U krijgt een nieuwe fiets."},
        {**taken, "Gesprek op": D(11, 27), "Tijd en plaats gesprek": "10 uur", "Betrokken medewerker": "K. Smit"},
    )
    result = office.run("letters")
    assert [("K-2026-0003", "no_agreement_day")] == [(h["number"], h["code"]) for h in result.json["held"]]
    made = {each["kind"]: text_of(office.root / each["file"]) for each in result.json["letters"]}
    said = {
        "information_request": [
            "Een foto van de fiets.",
            "uiterlijk op 4 december 2026",
            "termijn",
            "loopt intussen door",
        ],
        "proposal": [
            "Een nieuwe fiets, of uw geld terug.",
            "Dan is dat geen akkoord.",
            "Antwoordstrookje",
            "☐ Ik ga akkoord",
        ],
        "hearing_invitation": ["27 november 2026", "10 uur", "artikel 9:10"],
        "employee_notice": ["Geachte heer of mevrouw Smit,", "K. Smit\nDe Spaak BV", "artikel 9:9"],
    }
    assert set(said) == set(made)
    assert [part for kind, parts in said.items() for part in parts if part not in made[kind]] == []
    assert [] == [word for words in made.values() for word in english_in(words.splitlines())]
    office.run("sync")
    assert date(2026, 11, 20) == office.rows()[last]["Medewerker geïnformeerd op"].date()
    assert [] == told(office)


# ------------------------------------------------------------------------------------------------------- held back
LACKING = [
    ({"E-mail": None, "Woonplaats": None, "Behandelaar": None}, ("acknowledgement", "no_address")),
    ({"Behandelaar": None}, ("acknowledgement", "no_handler")),
    ({**UNFOUNDED, "Motivering": None, "Beantwoord op": None}, ("outcome_unfounded", "no_reasons")),
    ({**PARTLY, "Motivering": None, "Beantwoord op": None}, ("outcome_partly_founded", "no_reasons")),
    (
        {**UNFOUNDED, "Oordeel": "ongegrond (te kwader trouw)", "Motivering": None, "Beantwoord op": None},
        ("outcome_bad_faith", "no_reasons"),
    ),
    ({"Status": "doorgestuurd"}, ("referral", "no_destination")),
    ({"Status": "niet in behandeling genomen", "Motivering": "Te lang geleden."}, ("not_taken_up", "no_ground")),
]


@pytest.fixture(scope="module")
def lacking(made_once: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Office, Any]:
    """Give an office in which every complaint lacks something for its letter, and what `letters` said."""
    root = tmp_path_factory.mktemp("onvolledig") / "klachten"
    shutil.copytree(made_once, root)
    office = Office(root)
    registered(office, *({**HANDLED, **row} for row, _ in LACKING))
    return office, office.run("letters")


@pytest.mark.parametrize("n", range(len(LACKING)), ids=[code for _, (_, code) in LACKING])
def test_r26_a_letter_that_lacks_something_is_held_back_with_its_reason(lacking: tuple[Office, Any], n: int) -> None:
    """The code says which, the message in Dutch what to do."""
    _, result = lacking
    one = next(h for h in result.json["held"] if h["number"] == f"K-2026-000{n + 1}")
    assert (1, LACKING[n][1]) == (result.code, (one["kind"], one["code"]))
    assert (True, []) == (one["message"].endswith("."), english_in([one["message"]]))


def test_r26_a_person_reads_one_line_per_letter_held_back_and_once_what_to_do(lacking: tuple[Office, Any]) -> None:
    """All that a letter lacks stands in its line; what helps follows, each once."""
    office, _ = lacking
    lines = office.say("letters").text.splitlines()
    expected = [
        "VASTGEHOUDEN: K-2026-0001 · ontvangstbevestiging: adres ontbreekt; behandelaar ontbreekt",
        "VASTGEHOUDEN: K-2026-0002 · ontvangstbevestiging: behandelaar ontbreekt",
        "VASTGEHOUDEN: K-2026-0003 · afsluiting ongegrond: motivering ontbreekt",
        "VASTGEHOUDEN: K-2026-0004 · afsluiting deels gegrond: motivering ontbreekt",
        "VASTGEHOUDEN: K-2026-0005 · afsluiting te kwader trouw: motivering ontbreekt",
        "VASTGEHOUDEN: K-2026-0006 · doorzending: waarheen de klacht is doorgestuurd ontbreekt",
        "VASTGEHOUDEN: K-2026-0007 · niet in behandeling: grond ontbreekt",
    ]
    assert expected == [line for line in lines if line.startswith("VASTGEHOUDEN")]
    assert 1 == sum("Kies een behandelaar in het register." in line for line in lines)
    assert "Brieven gemaakt: 0, vastgehouden: 7." == lines[-1]


def test_r26_a_letter_held_back_is_neither_made_nor_logged(lacking: tuple[Office, Any]) -> None:
    """And no day of acknowledgement is filled in."""
    office, result = lacking
    assert ([], [], []) == (result.json["letters"], files(office), office.export()["letters"])
    assert {None} == {c["acknowledged_on"] for c in office.complaints()}


def test_r26_without_the_organisations_details_there_is_no_letterhead_and_no_letter(tmp_path: Path) -> None:
    """A fresh project that nobody set up says which part of register.toml is missing; mended, the letter comes."""
    office = Office(tmp_path / "klachten")
    office.init()
    office.type({"Code": "JB", "Naam": "Jeroen Bakker", "Rol": "behandelaar"}, sheet="Medewerkers")
    registered(office, HANDLED)
    assert [("acknowledgement", "organisation_incomplete")] == held(office)
    assert "[organisation]" in office.run("letters").json["held"][0]["message"]
    office.settings()
    assert [("K-2026-0001", "acknowledgement")] == told(office)


def test_r26_under_the_awb_the_ombudsman_must_be_known(office: Office) -> None:
    """A closing letter waits for [external.ombudsman] and then names him, with the year one has."""
    settings = office.root / "register.toml"
    text = settings.read_text(encoding="utf-8").replace('profile = "eigen" ', 'profile = "awb" ')
    settings.write_text(text, encoding="utf-8")
    committee = {"Klachtencommissie": "ja", "Advies gevolgd": "ja"}
    registered(office, {**HANDLED, **UNFOUNDED, **committee, "Mag per e-mail": "ja"})
    assert [("outcome_unfounded", "no_ombudsman")] == held(office)
    lines = ["# [external.ombudsman]", '# name = "Nationale', '# address = "Postbus', '# website = "www.nationale']
    for line in lines:
        text = text.replace(line, line.removeprefix("# "))
    settings.write_text(text, encoding="utf-8")
    assert [("K-2026-0001", "outcome_unfounded")] == told(office)
    words = text_of(office.root / files(office)[0])
    assert "binnen een jaar" in words
    assert "Nationale ombudsman, Postbus 93122, 2509 AC Den Haag" in words


def test_r26_what_was_held_comes_as_soon_as_the_register_has_it(office: Office) -> None:
    """A handler filled in afterwards is all it takes."""
    (row,) = registered(office, {**HANDLED, "Behandelaar": None})
    assert [("acknowledgement", "no_handler")] == held(office)
    office.change(row, {"Behandelaar": "Jeroen Bakker"})
    office.run("sync")
    assert [("K-2026-0001", "acknowledgement")] == told(office)


# ------------------------------------------------------------------------------------------------- too late to make
OVERDUE = {**HANDLED, "Ontvangen op": date(2026, 10, 5)}  # Due 2 November.


def test_r18_no_letter_promises_a_day_that_is_past(office: Office) -> None:
    """An acknowledgement and an extension whose term has passed are held back; what to do is told, and done it is over."""
    waiting = {**OVERDUE, "E-mail": None, "Woonplaats": None}
    first, _ = registered(office, waiting, {**OVERDUE, "Verlengd op": D(10, 12)}, on=D(10, 12))
    result = office.run("letters")
    expected = [
        ("K-2026-0001", "acknowledgement", "term_past", "de termijn was 02-11-2026"),
        ("K-2026-0002", "acknowledgement", "term_past", "de termijn was 16-11-2026"),
        ("K-2026-0002", "acknowledgement", "already_extended", "de termijn is verlengd tot 16-11-2026"),
        ("K-2026-0002", "extension", "term_past", "de termijn was 16-11-2026"),
    ]
    assert (1, [], expected) == (result.code, result.json["letters"], lacks(result))
    assert "Bel of schrijf de klager zelf" in result.json["held"][0]["message"]
    assert "Bevestigd op" in result.json["held"][0]["message"]
    office.change(first, {"Bevestigd op": D(11, 20)})
    office.run("sync")
    assert {"K-2026-0002"} == {h["number"] for h in office.run("letters").json["held"]}


def test_r18_on_the_last_day_itself_the_acknowledgement_is_made(office: Office) -> None:
    """The day that it names is not past."""
    registered(office, {**HANDLED, "Ontvangen op": D(10, 23)})
    assert [("K-2026-0001", "acknowledgement")] == told(office)


def test_r18_an_acknowledgement_does_not_go_beside_the_extension(office: Office) -> None:
    """It would name the old term; held back in the run of the extension letter and after it, until it is told by hand."""
    (row,) = registered(office, {**HANDLED, "Ontvangen op": D(11, 2), "Verlengd op": D(11, 18)})
    for made in ([("K-2026-0001", "extension")], []):
        result = office.run("letters")
        assert made == [(x["number"], x["kind"]) for x in result.json["letters"]]
        held_back = ("K-2026-0001", "acknowledgement", "already_extended", "de termijn is verlengd tot 14-12-2026")
        assert [held_back] == lacks(result)
        assert "Bevestigd op" in result.json["held"][0]["message"]
    office.change(row, {"Bevestigd op": D(11, 20)})
    office.run("sync")
    assert 0 == office.run("letters").code


# Beantwoord op, Nazorg gedaan op, and what comes of it on 20 November. What was answered more than four weeks before it
# came in has its letter dismissed.
ANSWERED = [
    (D(11, 16), None, "made"),
    (D(11, 6), None, "made"),  # Aftercare is due this very day.
    (D(11, 5), None, "held"),
    (D(10, 23), None, "held"),
    (D(10, 22), None, "dismissed"),
    (D(11, 16), D(11, 19), "held"),
    (date(2024, 3, 1), None, "dismissed"),
]


@pytest.fixture(scope="module")
def earlier_once(made_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a project with complaints that were answered, some before the register knew of it."""
    root = tmp_path_factory.mktemp("eerder") / "klachten"
    shutil.copytree(made_once, root)
    rows = [
        {**HANDLED, **FOUNDED, "Naam": f"{'ABCDEFG'[n]}. Bos", "Ontvangen op": answered, "Beantwoord op": answered,
         "Wijze van afhandeling": "e-mail", "Nazorg gedaan op": aftercare}
        for n, (answered, aftercare, *_) in enumerate(ANSWERED)
    ]  # fmt: skip
    Office(root).type(*rows)
    result = Office(root).run("sync")
    assert (0, [("letters_dismissed", "info")]) == (
        result.code,
        [(f["code"], f["severity"]) for f in result.json["findings"]],
    )
    assert result.json["findings"][0]["message"].startswith("Er zijn 2 brieven ")
    return root


def number_of(n: int) -> str:
    """Give the number of complaint n."""
    return f"K-2026-000{n + 1}"


def came_of(office: Office, result: Any, n: int) -> str:
    """Tell what became of the closing letter of complaint n; a letters row without a file says that none is to come."""
    here = [x for x in result.json["letters"] + result.json["held"] if x["number"] == number_of(n)]
    assert {"outcome_founded"} >= {x["kind"] for x in here}
    assert {"answered_before"} >= {h["code"] for h in result.json["held"]}
    if here:
        return "made" if "file" in here[0] else "held"
    rows = [row for row in office.export()["letters"] if row["complaint"] == number_of(n)]
    return "dismissed" if [("afsluiting gegrond", None)] == [(row["kind"], row["file"]) for row in rows] else "nothing"


def test_r19_a_complaint_answered_before_gets_no_closing_letter_of_itself(earlier_once: Path) -> None:
    """While aftercare is to come the letter is made; later it is held until somebody decides; old history rests."""
    office = Office(earlier_once)
    result = office.run("letters", "--dry-run")
    assert [becomes for *_, becomes in ANSWERED] == [came_of(office, result, n) for n in range(len(ANSWERED))]
    assert 1 == result.code


@pytest.mark.parametrize("n", range(len(ANSWERED)))
def test_r19_who_asks_by_number_hears_why_there_is_no_closing_letter(earlier_once: Path, n: int) -> None:
    """The same as of itself; asked for anew it comes, however long ago the answer was."""
    office = Office(earlier_once)
    assert ANSWERED[n][2] == came_of(office, office.run("letters", "--dry-run", "--number", number_of(n)), n)
    assert [(number_of(n), "outcome_founded")] == told(office, "--dry-run", "--number", number_of(n), "--again")


def test_r19_a_closing_letter_can_still_be_asked_for(earlier_once: Path, tmp_path: Path) -> None:
    """With --number and --again; --again alone writes to nobody who was answered long ago."""
    shutil.copytree(earlier_once, tmp_path / "eerder")
    office = Office(tmp_path / "eerder")
    (held_back,) = office.run("letters", "--number", number_of(2)).json["held"]
    assert "al beantwoord op 05-11-2026" == held_back["summary"]
    assert "--again" in held_back["message"]
    assert [(number_of(0), "outcome_founded"), (number_of(1), "outcome_founded")] == told(office, "--again")
    assert [(number_of(2), "outcome_founded")] == told(office, "--number", number_of(2), "--again")
    assert [] == told(office, "--number", number_of(2))


# ---------------------------------------------------------------------------------------------- texts and templates
def test_r26_texts_come_into_the_letter_as_they_were_typed(office: Office) -> None:
    """Signs that mean something in XML or in a template, line breaks, and empty values that leave no trace."""
    said = 'Jansen & Zn. <b>vet</b> "x" {{ complaint.name }} {% raw %}\nregel twee\n\nregel vier'
    registered(office, {**HANDLED, "Omschrijving": said, "Product of dienst": None, "Aanhef": None})
    assert [("K-2026-0001", "acknowledgement")] == told(office)
    lines = lines_of(office.root / files(office)[0])
    assert said in lines
    assert "Geachte heer of mevrouw Jansen," in lines
    assert "Wij hebben uw klacht ontvangen" in lines
    assert [] == [line for line in lines if "None" in line or "{%p" in line]


def test_r26_a_description_of_20_000_signs_comes_whole(office: Office) -> None:
    """Nothing is cut off."""
    said = " ".join(f"zin {n}." for n in range(2000)) + " einde" * 500
    assert len(said) < 32_767
    assert len(said) > 20_000 - 1_000
    long = (said * 2)[:20_000].strip()
    registered(office, {**HANDLED, "Omschrijving": long})
    assert [("K-2026-0001", "acknowledgement")] == told(office)
    assert long in lines_of(office.root / files(office)[0])


def test_r26_a_signs_only_a_spreadsheet_has_do_not_break_the_letter(office: Office) -> None:
    """A vertical tab pasted from another program is left out of the letter."""
    registered(office, {**HANDLED, "Omschrijving": "voor_x000B_na"})
    assert [("K-2026-0001", "acknowledgement")] == told(office)
    assert "voor" in text_of(office.root / files(office)[0])


def broken(path: Path, how: str) -> None:
    """Spoil a template as people do: another kind of file under its name, or a word that no letter knows."""
    if how == "no_zip":
        path.write_text("dit is geen Word-bestand", encoding="utf-8")
    else:
        document = docx.Document(str(path))
        document.add_paragraph({"name": "{{ complaint.nonsense }}", "syntax": "{% if complaint.name %}"}[how])
        document.save(str(path))


@pytest.mark.parametrize("how", ["no_zip", "name", "syntax"])
def test_r26_a_broken_template_holds_only_its_own_kind(office: Office, how: str) -> None:
    """The other letters are made; mended, the held one follows."""
    template = office.root / "brieven" / "ontvangstbevestiging.docx"
    shutil.copyfile(template, office.root / "goed.docx")
    broken(template, how)
    registered(office, HANDLED, {**HANDLED, **FOUNDED})
    result = office.run("letters")
    assert [("K-2026-0002", "outcome_founded")] == [(x["number"], x["kind"]) for x in result.json["letters"]]
    (fault,) = result.json["held"]
    assert (1, "K-2026-0001", "template_fault") == (result.code, fault["number"], fault["code"])
    assert "ontvangstbevestiging.docx" in fault["message"]
    if how == "name":
        assert "nonsense" in fault["message"]
    assert office.complaints()[0]["acknowledged_on"] is None
    shutil.copyfile(office.root / "goed.docx", template)
    assert [("K-2026-0001", "acknowledgement")] == told(office)


def test_r26_the_offices_own_words_stand_in_its_letters(office: Office) -> None:
    """What is typed into a template in Word comes into the next letter; one that was taken away holds its letters."""
    template = office.root / "brieven" / "ontvangstbevestiging.docx"
    document = docx.Document(str(template))
    document.add_paragraph("Ons pand is op {{ letter.date }} open tot zes uur.")
    document.save(str(template))
    registered(office, HANDLED, HANDLED)
    assert [("K-2026-0001", "acknowledgement")] == told(office, "--number", "K-2026-0001")
    content = template.read_bytes()
    template.unlink()
    assert [("acknowledgement", "no_template")] == held(office)
    (fault,) = office.run("letters").json["held"]
    shipped = fault["message"].partition("begon: ")[2].partition(".docx")[0] + ".docx"
    assert ("ontvangstbevestiging.docx", True) == (Path(shipped).name, Path(shipped).is_file())
    assert any(
        "ontvangstbevestiging.docx" in fault
        for t in office.run("letters", "--check").json["templates"]
        for fault in t["faults"]
    )
    template.write_bytes(content)
    assert [("K-2026-0002", "acknowledgement")] == told(office)
    for file in files(office):
        assert "Ons pand is op 20 november 2026 open tot zes uur." in text_of(office.root / file)


def test_r18_an_english_register_sends_english_letters(tmp_path: Path) -> None:
    """Folder, file name, reason and words."""
    office = Office(tmp_path / "complaints")
    office.init("--language", "en")
    office.settings()
    workbook = office.root / "complaints-register.xlsx"
    office.type({"Code": "JB", "Name": "Jeroen Bakker", "Role": "handler"}, sheet="Staff", path=workbook)
    row = {
        "Received on": date(2026, 11, 16), "Channel": "telephone", "Name": "J. Jansen", "E-mail": "j@voorbeeld.example",
        "Category": "Product: delivery", "Description": "The bicycle never came.", "Handler": "Jeroen Bakker",
    }  # fmt: skip
    office.type(row, path=workbook)
    result = office.run("weekly")
    (letter,) = result.json["letters"]["letters"]
    assert ("acknowledgement", "output/2026-W47") == (letter["kind"], letter["file"].rpartition("/letters/")[0])
    words = text_of(office.root / letter["file"])
    assert "The bicycle never came." in words
    assert "14 December 2026" in words
    assert [] == [w for w in ("uw klacht", "Geachte", "behandelaar", "ontvangen") if w in words]


def test_r24_more_than_somebody_may_promise_waits_for_approval(office: Office) -> None:
    """By the role of who handles the complaint; a colleague's word makes the letter due."""
    office.settings("\n[grants]\nbehandelaar = 40.00\nleidinggevende = 60.00\n")
    dear = {**HANDLED, **FOUNDED}
    row, *_ = registered(office, dear, {**dear, "Behandelaar": "Els Wouters"}, {**dear, "Kosten": 40})
    result = office.run("letters")
    assert [("K-2026-0001", "outcome_founded", "no_approval", "het akkoord ontbreekt")] == lacks(result)
    sent = [letter["number"] for letter in result.json["letters"] if letter["kind"] == "outcome_founded"]
    assert ["K-2026-0002", "K-2026-0003"] == sent
    found = [(f["code"], f["cell"]) for f in office.run("sync").json["findings"] if f["severity"] == "warning"]
    assert ["required_here"] == [code for code, _ in found]
    office.change(row, {"Akkoord gegeven door": "Els Wouters"})
    office.run("sync")
    assert [("K-2026-0001", "outcome_founded")] == told(office)
    settings = office.root / "register.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("leidinggevende = 60", "directeur = 60"), encoding="utf-8")
    (unknown,) = (f for f in office.run("sync").json["findings"] if f["code"] == "routing_unknown")
    assert ("directeur", "register.toml") == (unknown["value"], unknown["file"])


def test_r26_who_writes_a_template_is_given_the_list_of_what_it_knows(office: Office, tmp_path: Path) -> None:
    """Made from the register's own definition, with the words of the register and an example of each."""
    folder = tmp_path / "proef"
    folder.mkdir()
    outcome = office.run("letters", "--check", "--kind", "ontvangstbevestiging", "-o", str(folder))
    assert 0 == outcome.code
    rows = {row[0]: row[1:] for table in tables_of(folder / "Gegevens voor sjablonen.docx") for row in table}
    assert ["Kosten", "€ 25,50"] == rows["{{ complaint.cost }}"]
    assert ["De Spaak BV"] == rows["{{ organisation.name }}"]
    assert {"{{ handler.name }}", "{{ measure.ready_by }}", "{{ code.solution }}", "{{ letter.date }}"} <= rows.keys()
    page = (Path(__file__).parents[2] / "docs" / "sjabloonvelden.md").read_text(encoding="utf-8")
    assert [] == [name for name in rows if name.startswith("{{") and f"`{name}`" not in page]


def tables_of(path: Path) -> list[list[list[str]]]:
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in docx.Document(str(path)).tables]
