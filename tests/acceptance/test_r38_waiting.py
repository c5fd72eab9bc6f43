"""R38 and R40: what needs a person is told on every run until it is done, also when no file changed and with --quiet."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from office import COMPLAINT, Office
from sheets import load

SHEET = "Aandachtspunten"
CLOSED = {
    **COMPLAINT, "Ontvangen op": date(2025, 3, 3), "Bevestigd op": date(2025, 3, 4), "Status": "afgehandeld",
    "Behandelaar": "Jeroen Bakker", "Oordeel": "gegrond", "Oplossing": "excuses", "Wijze van afhandeling": "brief",
    "Beantwoord op": date(2025, 3, 20),
}  # fmt: skip
STORIES = (
    "De bel doet het niet",
    "Zadel zit scheef",
    "Rekening klopt niet",
    "Nooit teruggebeld",
    "Band was lek",
    "Remmen piepen",
)


def closed(n: int, **other: Any) -> dict[str, Any]:
    """Give the n-th closed complaint, of a person of its own."""
    name = "ABCDEFGH"[n]
    return {
        **CLOSED,
        "Naam": f"{name}. Smit",
        "E-mail": f"{name}@voorbeeld.example",
        "Omschrijving": STORIES[n],
        **other,
    }


def empty_rows(office: Office, rows: list[int]) -> None:
    """Empty rows of the register, as somebody does who wants them out of the way."""
    book = load(office.workbook)
    for row in rows:
        for column in range(1, book["Register"].max_column + 1):
            book["Register"].cell(row, column).value = None
    book.save(office.workbook)


def codes(office: Office, *commands: str) -> list[int]:
    return [office.run(command).code for command in commands]


def form(office: Office, path: str, **values: Any) -> Path:
    """Fill in a form and put it in the inbox."""
    said = {"received_on": COMPLAINT["Ontvangen op"], "channel": "telefoon", "name": "F. Jansen", "phone": "06 55551234",
            "category": "Service: informatie", "description": "Geen antwoord."}  # fmt: skip
    book = load(office.root / "klachtenformulier.xlsx")
    for field, value in {**said, **values}.items():
        ((sheet, cell),) = book.defined_names[f"in_{field}"].destinations
        book[sheet][cell.replace("$", "").split(":")[0]].value = value
    target = office.root / "postvak-in" / path
    target.parent.mkdir(parents=True, exist_ok=True)
    book.save(target)
    return target


# ------------------------------------------------------------------------------------------------ conflicts and rows
def test_r38_a_conflict_waits_until_somebody_has_chosen(office: Office) -> None:
    """Every run says so in one line, with --quiet too; the copy itself need not be read again for that."""
    (row,) = office.type({**COMPLAINT, "Behandelaar": "Jeroen Bakker"})
    office.run("sync")
    copy = office.root / "van els.xlsx"
    shutil.copyfile(office.workbook, copy)
    office.change(row, {"Ernst": "ernstig"})
    office.run("sync")
    office.change(row, {"Ernst": "licht"}, path=copy)
    assert 1 == office.run("sync", str(copy)).code
    assert [1, 1, 1] == codes(office, "sync", "weekly", "sync")
    assert 1 == office.run("sync").json["waiting"]["conflicts"]
    (line,) = office.say("sync", "-q").text.splitlines()
    assert "1 conflict" in line
    assert "van els.xlsx" in line
    office.change(next(iter(office.rows(SHEET, copy))), {"Kies": "bestand"}, sheet=SHEET, path=copy)
    assert (0, "") == ((said := office.say("sync", str(copy), "-q")).code, said.text)
    assert [0, 0] == codes(office, "sync", "weekly")


def test_r38_a_copy_in_the_inbox_that_says_otherwise_waits_with_the_difference_beside_it(office: Office) -> None:
    """It has no place in the register to choose on; put back once more, it is done with."""
    (row,) = office.type(COMPLAINT)
    office.run("sync")
    away, inbox = office.root / "bij els.xlsx", office.root / "postvak-in"
    copy = inbox / "kopie.xlsx"
    shutil.copyfile(office.workbook, away)
    office.change(row, {"Ernst": "ernstig"})
    office.run("sync")
    office.change(row, {"Ernst": "licht"}, path=away)
    away.rename(copy)
    assert [1, 1] == codes(office, "sync", "sync")
    told = (inbox / "fout" / "kopie.txt").read_text(encoding="utf-8-sig")
    assert "K-2026-0001, ‘Ernst’: het bestand zegt 'licht', het register 'ernstig'" in told
    (inbox / "fout" / "kopie.xlsx").rename(copy)
    assert [0, 0] == codes(office, "sync", "sync")
    assert [] == list((inbox / "fout").iterdir())


def test_r38_a_row_that_is_gone_waits_until_somebody_has_chosen(office: Office) -> None:
    rows = office.type(COMPLAINT, {**COMPLAINT, "Naam": "B. Bos"})
    office.run("sync")
    empty_rows(office, rows[:1])
    assert [1, 1] == codes(office, "sync", "sync")
    assert 1 == office.run("sync").json["waiting"]["gone"]
    (line,) = office.say("sync", "-q").text.splitlines()
    assert "1 weggehaalde rij" in line
    office.change(next(iter(office.rows(SHEET))), {"Kies": "weglaten"}, sheet=SHEET)
    assert (0, "") == ((said := office.say("sync", "-q")).code, said.text)


def test_r38_closed_complaints_cut_out_together_are_one_line_and_wait_for_nobody(office: Office) -> None:
    """What leaves the file later is judged by itself."""
    rows = office.type(*(closed(n) for n in range(5)), COMPLAINT)
    office.run("sync")
    empty_rows(office, rows[:5])
    said = office.say("sync")
    about = [line for line in said.text.splitlines() if "niet meer in" in line]
    assert (0, 1, True) == (said.code, len(about), "5 gesloten klachten" in about[0])
    assert (0, "") == ((quiet := office.say("sync", "-q")).code, quiet.text)
    assert [] == office.run("sync").json["cut_out"]
    empty_rows(office, list(office.rows()))
    assert (1, 1) == ((result := office.run("sync")).code, result.json["waiting"]["gone"])


@pytest.mark.parametrize(
    ("last", "gone", "waits"),
    [
        (closed(2, **{"Ontvangen op": date(2026, 2, 2), "Beantwoord op": date(2026, 2, 9), "Bevestigd op": date(2026, 2, 3)}), 2, 0),
        (closed(2), 2, 2),
        (COMPLAINT, 3, 3),
    ],
    ids=["a whole year", "two of a year", "an open one among them"],
)  # fmt: skip
def test_r38_a_few_closed_complaints_are_cut_out_when_they_are_a_whole_year(
    office: Office, last: dict[str, Any], gone: int, waits: int
) -> None:
    rows = office.type(closed(0), closed(1), last)
    office.run("sync")
    empty_rows(office, rows[:gone])
    assert (min(waits, 1), waits) == ((result := office.run("sync")).code, result.json["waiting"]["gone"])


# --------------------------------------------------------------------------------------------------------- the inbox
def test_r38_folders_in_the_inbox_are_read_and_what_is_no_form_is_named_until_it_is_gone(office: Office) -> None:
    inbox = office.root / "postvak-in"
    form(office, "van jan/week 46/balie.xlsx")
    for name in (
        "van jan/scan.PDF",
        "foto.jpg",
        "post.msg",
        "bij elkaar.zip",
        "gesprek.m4a",
        "formulier - Snelkoppeling.lnk",
    ):
        (inbox / name).write_bytes(b"x")
    for name in ("~$lie.docx", "van jan/Thumbs.db", "~wrd0001.tmp", "van jan/.DS_Store"):
        (inbox / name).write_bytes(b"x")
    result = office.run("sync")
    assert (1, 1) == (result.code, result.json["new"])
    assert (inbox / "verwerkt" / "van jan" / "week 46" / "K-2026-0026 balie.xlsx").exists()
    said = office.say("weekly", "-q")
    lines = [line for line in said.text.splitlines() if "postvak-in/fout/" in line]
    assert (1, 6) == (said.code, len(lines))
    told = {"scan.PDF is een pdf": "Neem over", "zip is een ingepakt": "Pak het uit", "Snelkoppeling.lnk is": "zelf"}
    assert [] == [n for n, fix in told.items() if not any(n in line and fix in line for line in lines)]
    for path in list((inbox / "fout").rglob("*.*")):
        if path.suffix != ".txt":
            path.unlink()
    said = office.say("sync", "-q")
    assert (0, "", []) == (said.code, said.text, list((inbox / "fout").rglob("*.txt")))


def test_r38_a_form_that_failed_waits_until_it_is_mended(office: Office) -> None:
    """Mended and moved back, or saved in the inbox while the faulty one still lies there."""
    failed = office.root / "postvak-in" / "fout"
    form(office, "klachtenformulier.xlsx", name=None)
    form(office, "van jan/klachtenformulier.xlsx", category=None)
    assert [1, 1] == codes(office, "sync", "weekly")
    form(
        office,
        "van jan/klachtenformulier.xlsx",
        name="G. Groot",
        phone="06 11112222",
        description="Een heel ander verhaal.",
    )
    again = office.run("sync")
    assert (1, 2) == (again.code, len(again.json["waiting"]["failed_forms"])), (
        "another complaint by that name mends nothing"
    )
    form(office, "van jan/klachtenformulier.xlsx")
    assert ["postvak-in/fout/klachtenformulier.xlsx"] == office.run("sync").json["waiting"]["failed_forms"]
    (failed / "klachtenformulier.xlsx").unlink()
    form(office, "klachtenformulier.xlsx", description="Nog steeds geen antwoord.")
    result = office.run("sync")
    assert (0, 1, []) == (result.code, result.json["new"], list(failed.rglob("*.txt")))


def test_r38_a_form_mended_in_vain_waits_under_its_own_name(office: Office) -> None:
    failed = office.root / "postvak-in" / "fout"
    form(office, "balie.xlsx", name=None)
    office.run("sync")
    (failed / "balie.xlsx").rename(office.root / "postvak-in" / "balie.xlsx")
    office.run("sync")
    assert {"balie.xlsx", "balie.txt"} == {path.name for path in failed.iterdir()}


# ---------------------------------------------------------------------------------------------------------- the form
@pytest.mark.parametrize("name", ["klachtenformulier.docx", "klachtenformulier.xlsx"])
def test_r38_a_form_that_somebody_changed_is_not_written_over(office: Office, name: str) -> None:
    """Nor the other, until `--replace`, after a copy; one that is as it was made is."""
    file = office.root / name
    assert 0 == office.run("form").code
    office.settings('\n[theme]\naccent = "#AA3300"\n')
    assert 0 == office.run("form").code
    changed = file.read_bytes() + b"\n"
    file.write_bytes(changed)
    before = {path.name: path.read_bytes() for path in office.root.glob("klachtenformulier.*")}
    result = office.run("form")
    assert (3, "write_refused.edited") == (result.code, result.json["error"]["code"])
    assert before == {path.name: path.read_bytes() for path in office.root.glob("klachtenformulier.*")}
    assert 0 == office.run("form", "--replace").code
    assert changed in [
        path.read_bytes() for path in (office.root / "archief").glob(f"klachtenformulier.*{file.suffix}")
    ]
    assert [0, 0] == codes(office, "form", "form")


def test_r38_a_form_takes_the_place_of_no_other_file(office: Office) -> None:
    letter = office.root / "brief aan de buren.docx"
    letter.write_bytes(b"van iemand")
    result = office.run("form", "-o", str(letter))
    assert (3, "write_refused.foreign", b"van iemand") == (
        result.code,
        result.json["error"]["code"],
        letter.read_bytes(),
    )


def test_r38_a_conflict_with_a_file_that_went_away_waits_in_the_own_workbook(office: Office) -> None:
    """A laptop's register that was read and taken along again: the office still hears of it, and can choose."""
    office.type(COMPLAINT)
    assert office.run("sync").code == 0
    laptop = office.root.parent / "laptop.xlsx"
    shutil.copyfile(office.workbook, laptop)
    office.change(5, {"Omschrijving": "Op kantoor."})
    office.change(5, {"Omschrijving": "Op de laptop."}, path=laptop)
    assert office.run("sync").code == 0
    assert 1 == len(office.run("sync", str(laptop)).json["conflicts"])
    laptop.unlink()
    told = office.say("sync", "-q")
    assert (1, True) == (told.code, office.workbook.name in told.text)
    (row,) = (n for n, line in office.rows("Aandachtspunten").items() if line["Bestand"] == "Op de laptop.")
    office.change(row, {"Kies": "bestand"}, sheet="Aandachtspunten")
    assert 0 == office.run("sync").code
    assert "Op de laptop." == office.complaints()[0]["description"]
    assert 0 == office.run("sync").code
