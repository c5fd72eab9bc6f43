"""R17: closed complaints lose what is personal, everywhere, and the figures stay as they were."""

from __future__ import annotations

import shutil
import zipfile
from contextlib import suppress
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest
from access_typing import rows_of
from office import COMPLAINT, Office
from pdf_texts import pdf_saying

NAME, STORY = "Z. Quispelmans", "Het stuur van mijn bakfiets was krom."
CLOSED = {
    **COMPLAINT,
    "Ontvangen op": date(2025, 3, 3),
    "Naam": NAME,
    "E-mail": "z.quispelmans@voorbeeld.example",
    "Omschrijving": STORY,
    "Oordeel": "ongegrond",
    "Motivering": "Quispelmans had zelf gereden.",
    "Oplossing": "uitleg",
    "Wijze van afhandeling": "brief",
    "Beantwoord op": date(2025, 3, 10),
    "Afgehandeld op": date(2025, 3, 10),
    "Afgehandeld door": "Sanne de Vries",
    "Status": "afgehandeld",
}
OPEN = {**COMPLAINT, "Ontvangen op": date(2025, 4, 1), "Naam": "O. Openstaand", "E-mail": "o@voorbeeld.example"}


def leaks(root: Path) -> list[str]:
    """Give the files of a folder in which the person still stands, packed parts included."""
    found = []
    for path in (p for p in root.rglob("*") if p.is_file()):
        texts = [path.read_bytes()]
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as packed:
                texts = [packed.read(name) for name in packed.namelist()]
        if any(b"uispelmans" in text or b"bakfiets was krom" in text for text in texts):
            found.append(path.relative_to(root).as_posix())
    return found


def test_r17_what_is_personal_goes_everywhere_and_figures_stay(office: Office) -> None:
    """The name is gone from store, copies, history and workbook; the open complaint is named and stays."""
    office.type(
        CLOSED,
        {
            **CLOSED,
            "Betrokken medewerker": "Jeroen Bakker",
            "Ontvangen op": date(2025, 5, 5),
            "Beantwoord op": date(2025, 5, 9),
            "Afgehandeld op": date(2025, 5, 9),
        },
        OPEN,
    )
    office.run("sync")
    office.run("backup")
    before = office.run("report", "--period", "2025").json["figures"]
    memo = office.root / office.run("report", "--period", "2025", "--memo-for", "Jeroen Bakker").json["files"][-1]
    assert "Jeroen Bakker" in memo.name
    given = office.root / "inzage.docx"
    number = office.complaints()[0]["number"]
    assert len(office.run("export", str(given), "--person", number).json["numbers"]) == 2
    assert leaks(office.root).count("inzage.docx") == 1
    with zipfile.ZipFile(given) as packed:
        document = packed.read("word/document.xml").decode()
    assert STORY in document
    assert "Sanne" not in document, "names of others are left out"
    assert "Openstaand" not in document
    given.unlink()
    mail, other = office.root / "uitvoer" / "oud" / "behandelaar.eml", office.root / "uitvoer" / "oud" / "rapport.html"
    mail.parent.mkdir()
    message = EmailMessage()
    message.set_content(f"Bel {NAME} terug vóór vrijdag.", cte="base64")
    mail.write_bytes(message.as_bytes())
    other.write_text("<p>Drie klachten.</p>", encoding="utf-8")
    printed, broken, own = mail.with_name("rapport.pdf"), mail.with_name("kapot.pdf"), office.root / "eigen lijst.csv"
    printed.write_bytes(pdf_saying(f"Overzicht: {NAME}"))
    broken.write_bytes(b"%PDF-1.7 Quispelmans")
    own.write_text(f"Naam\n{NAME}\n", encoding="utf-8")
    shutil.copy(office.root / "register.db", office.root / "oude kopie.db")
    to_come = office.say("anonymise", "--before", "2030-01-01", "--dry-run")
    assert (to_come.code, "De dag 01-01-2030 moet nog komen" in to_come.text) == (2, True)
    trial = office.run("anonymise", "--before", "2026-01-01", "--dry-run")
    assert trial.json["n"] == 2, trial.json
    assert leaks(office.root)

    done = office.run("anonymise", "--before", "2026-01-01")
    assert (done.code, done.json["numbers"]) == (1, trial.json["numbers"])
    assert [each["reason"] for each in done.json["kept"]] == ["open"]
    assert (mail.exists(), other.exists(), memo.exists()) == (False, True, False), "memos about an employee go too"
    assert {"uitvoer/oud/behandelaar.eml", "uitvoer/oud/rapport.pdf"} <= set(done.json["removed"])
    told = {name: done.json[name] for name in ("waiting", "left", "unread")}
    assert told == {
        "waiting": ["klachtenregister.xlsx"],
        "left": ["eigen lijst.csv", "oude kopie.db"],
        "unread": ["uitvoer/oud/kapot.pdf"],
    }
    assert told == {name: trial.json[name] for name in told}
    for left in (broken, own, office.root / "oude kopie.db"):
        left.unlink()
    assert all(name.endswith(".db") for name in done.json["cleaned"])
    office.run("sync")
    assert leaks(office.root) == []
    assert office.run("report", "--period", "2025").json["figures"] == before
    number = done.json["numbers"][0]
    shown = office.run("show", number).json
    assert (shown["anonymised_on"], shown["name"], shown["email"]) == ("2026-11-20", "geanonimiseerd", None)
    assert done.json["declaration"] == "uitvoer/Verklaring van vernietiging 20-11-2026.docx"
    assert (office.root / done.json["declaration"]).is_file()
    again = office.run("sync")
    assert again.json["written_back"] == [], "a clean workbook changes nothing"
    assert again.code == 0, again.text


def test_r17_a_run_that_broke_off_is_finished_and_a_copy_put_back_stays_wiped(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.type(CLOSED)
    office.run("sync")
    kept = tmp_path / "register.20251101-120000-01.db"
    kept.write_bytes((office.root / "register.db").read_bytes())

    def broken(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("registerkit.commands.anonymise.wipe", broken)
        with suppress(KeyboardInterrupt, SystemExit):
            office.run("anonymise", "--before", "2026-01-01")
    assert leaks(office.root)
    office.run("sync")
    assert leaks(office.root) == [], "the next run finishes what was begun"

    assert office.run("restore", str(kept)).code == 0
    assert leaks(office.root) == []


def test_r17_a_list_without_numbers_does_not_bring_a_wiped_complaint_back(office: Office) -> None:
    """Nor does a form; an own list is told of once, also when a row is added, and the new row comes in."""
    heads = ["Ontvangen op", "Wijze van melding", "Naam", "E-mail", "Categorie", "Omschrijving"]
    rows = [["03-03-2025", "e-mail", NAME, "z@voorbeeld.example", "Product: levering", STORY]]
    rows.append(
        [
            "04-03-2026",
            "e-mail",
            "B. Blijver",
            "b@voorbeeld.example",
            "Product: levering",
            "Het slot zat vast, mijn bsn is 111222333.",
        ]
    )
    source = office.root / "oud.csv"

    def write() -> None:
        lines = "\r\n".join(";".join(row) for row in (heads, *rows))
        source.write_text(lines, encoding="utf-8-sig")

    write()
    office.settings('\n[[sources]]\npath = "oud.csv"\n')
    first = office.run("sync").json
    assert first["new"] == 2
    told = [(f["file"], f["row"], f["label"], f["severity"]) for f in first["findings"] if f["code"] == "bsn_found"]
    assert told == [("oud.csv", 3, "Omschrijving", "warning")], "a citizen service number is told at its cell"
    row, values = next((n, v) for n, v in office.rows().items() if v["Naam"] == NAME)
    ended = {head: value for head, value in CLOSED.items() if head not in COMPLAINT or head == "Omschrijving"}
    office.change(row, ended)
    assert "bsn_found" not in [f["code"] for f in office.run("sync").json["findings"]], "and told once"
    done = office.run("anonymise", "--person", values["Klachtnummer"])
    assert [(k["reason"], k["until"]) for k in done.json["kept"]] == [("term", "2030-03-10")]
    assert office.run("anonymise", "--person", values["Klachtnummer"], "--now").json["n"] == 1

    found = office.run("sync").json
    assert (found["new"], [f["row"] for f in found["findings"] if f["code"] == "wiped_rows"]) == (0, [2])
    rows.append(
        ["05-03-2026", "e-mail", "N. Nieuw", "n@voorbeeld.example", "Product: levering", "De bel deed het niet."]
    )
    write()
    found = office.run("sync").json
    assert (found["new"], [f["row"] for f in found["findings"] if f["code"] == "wiped_rows"]) == (1, [])
    assert leaks(office.root) == ["oud.csv"]


@pytest.mark.usefixtures("access_writer")
def test_r17_an_access_file_keeps_nothing_of_what_was_wiped(office: Office) -> None:
    """Not on the pages of long texts either, which Access leaves as they were; what another shares with it stays."""
    shared = "Wij hebben het dossier gelezen en beide kanten gehoord. " * 30
    long = "".join(f"Regel {n}: het stuur van mijn bakfiets was krom. " for n in range(300))
    office.type({**CLOSED, "Omschrijving": long, "Motivering": shared}, {**OPEN, "Motivering": shared})
    office.run("sync")
    path = office.root / "klachten.accdb"
    assert office.run("database", str(path), "--with-records").code == 0
    office.settings('\n[[sources]]\npath = "klachten.accdb"\n')
    office.run("sync")

    def found() -> list[str]:
        data = path.read_bytes()
        texts = (NAME, "bakfiets was krom", "Wij hebben het dossier")
        return [text for text in texts if text.encode() in data or text.encode("utf-16-le") in data]

    assert len(found()) == 3
    done = office.run("anonymise", "--before", "2026-01-01").json
    assert done["waiting"] == ["klachten.accdb", "klachtenregister.xlsx"]
    assert "klachten.accdb" in office.run("sync").json["written_back"]
    assert found() == ["Wij hebben het dossier"]
    wiped, other = rows_of(path, "Klachten")
    assert (wiped["Naam"], wiped["Motivering"]) == ("geanonimiseerd", "geanonimiseerd")
    assert " ".join(other["Motivering"].split()) == shared.strip()
