"""R01: a Word form that was filled in on screen is registered from the inbox, once, and by its name."""

from __future__ import annotations

import shutil

from office import Office
from word_forms import fill_word_form

FILLED: dict[str, str | bool | None] = {
    "received_on": "9-11-2026", "channel": "e-mail", "name": "R. de Wit", "email": "r.dewit@voorbeeld.example",
    "category_SF": True, "description": "Twee keer betaald.",
}  # fmt: skip


def test_r01_a_word_form_in_the_inbox_is_registered_once(office: Office) -> None:
    form, inbox = office.root / "klachtenformulier.docx", office.root / "postvak-in"
    filled = fill_word_form(form, inbox / "klacht de wit.docx", **FILLED)
    checked = office.run("check", str(filled))
    assert (0, []) == (checked.code, checked.json["findings"])
    again = office.root.parent / "nog eens.docx"
    shutil.copyfile(filled, again)
    result = office.run("sync")
    assert (0, 1) == (result.code, result.json["new"])
    (complaint,) = office.complaints()
    assert ("Twee keer betaald.", "2026-11-09") == (complaint["description"], complaint["received_on"])
    assert (inbox / "verwerkt" / f"{complaint['number']} klacht de wit.docx").is_file()
    shutil.copyfile(again, inbox / "nog eens.docx")
    assert 0 == office.run("sync").json["new"]
    assert 1 == len(office.complaints())


def test_r01_a_word_form_that_lacks_what_is_needed_waits_with_its_labels(office: Office) -> None:
    form, inbox = office.root / "klachtenformulier.docx", office.root / "postvak-in"
    fill_word_form(form, inbox / "half.docx", **(FILLED | {"description": "", "incident_on": "vorige week"}))
    result = office.run("sync")
    assert (1, 0) == (result.code, result.json["new"])
    told = (inbox / "fout" / "half.txt").read_text(encoding="utf-8-sig")
    assert "Omschrijving" in told
    assert "vorige week" in told
    assert "Datum voorval" in told
    assert (inbox / "fout" / "half.docx").is_file()
