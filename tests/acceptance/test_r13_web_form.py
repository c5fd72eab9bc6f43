"""R13, R37, R01: what a complainant saved with the web form is registered from the inbox, once, as it was typed."""

from __future__ import annotations

import os
import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

from office import Office
from web_forms import save_web_form

STORY = 'Twee keer "betaald".\n\n<b>Twee</b> keer! 😀'


def test_r37_the_web_form_is_made_from_the_register_and_what_it_saves_is_registered_once(
    office: Office, browser: Any, tmp_path: Path
) -> None:
    page = office.root / "klacht.html"
    made = office.run("form", "-o", str(page))
    assert (0, {"files": ["klacht.html"]}) == (made.code, made.json)
    browser.open(page)
    answers = {
        "name": "R. de Wit",
        "email": "r.dewit@voorbeeld.example",
        "category": "SF",
        "description": STORY,
        "amount": "12,50",
    }
    for name, text in answers.items():
        browser.run(
            "const e = document.getElementById('f-' + arguments[0]); e.value = arguments[1]; e.dispatchEvent(new Event('input', {bubbles: true}))",
            name,
            text,
        )
    browser.run("document.querySelector('button[type=submit]').click()")
    inbox = office.root / "postvak-in"
    saved = browser.downloaded().rename(tmp_path / "klacht.txt")
    for name in ("klacht.txt", "nog eens.txt"):
        shutil.copyfile(saved, inbox / name)
    came = datetime(2026, 11, 9, 12).timestamp()
    os.utime(inbox / "klacht.txt", (came, came))
    checked = office.run("check", str(inbox / "klacht.txt"))
    assert (0, ["received_on_file_day"]) == (checked.code, [finding["code"] for finding in checked.json["findings"]])
    result = office.run("sync")
    assert (0, 1) == (result.code, result.json["new"])
    (complaint,) = office.complaints()
    expected = {
        **answers,
        "category": "Service: factuur en betaling",
        "received_on": "2026-11-09",
        "channel": "webformulier",
        "amount": 12.5,
    }
    assert expected == {name: complaint[name] for name in expected}
    assert (inbox / "verwerkt" / f"{complaint['number']} klacht.txt").is_file()
    page.write_text(page.read_text(encoding="utf-8") + "<!-- van ons -->", encoding="utf-8")
    refused = office.run("form", "-o", str(page))
    assert (3, "write_refused.edited") == (refused.code, refused.json["error"]["code"])


def test_r13_what_is_no_whole_web_form_waits_with_a_note_in_plain_words(office: Office) -> None:
    inbox = office.root / "postvak-in"
    (inbox / "pagina.html").write_text("<html><script>alert(1)</script></html>", encoding="utf-8")
    (inbox / "zomaar.txt").write_text("Ik heb een klacht.", encoding="utf-8")
    save_web_form(inbox / "leeg.txt", name="R. de Wit")
    half = save_web_form(inbox / "half.txt", name="H. Vos", description="Niet geleverd.")
    half.write_bytes(half.read_bytes()[:120])
    result = office.run("sync")
    assert (1, 0) == (result.code, result.json["new"])
    notes = {
        path.stem: path.read_text(encoding="utf-8-sig")
        for path in (inbox / "fout").glob("*.txt")
        if path.name.endswith(("- briefje.txt", "pagina.txt"))
    }
    assert {"pagina", "zomaar - briefje", "leeg - briefje", "half - briefje"} == set(notes)
    assert "de naam daarvan eindigt op .txt" in notes["pagina"]
    assert "webpagina" in notes["zomaar - briefje"]
    assert "Omschrijving" in notes["leeg - briefje"]
    assert "het einde van het webformulier ontbreekt" in notes["half - briefje"]
    assert [] == office.complaints()
    # Whoever puts both back gets no note about the note.
    failed = inbox / "fout"
    there = sorted(path.name for path in failed.iterdir())
    assert 4 == len(result.json["waiting"]["failed_forms"])
    for path in list(failed.iterdir()):
        path.rename(inbox / path.name)
    (inbox / "K-2026-0001 van verwerkt.txt").write_text("postvak-in/brief.eml: Als Ontvangen op is ...", "utf-8")
    again = office.run("sync")
    assert 4 == len(again.json["waiting"]["failed_forms"])
    assert there == sorted(path.name for path in failed.iterdir())
    assert [] == [path for path in inbox.iterdir() if path.is_file()]
