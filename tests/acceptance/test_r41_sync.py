"""R41 and R10: filled registers come back in, nothing lost, conflicts shown; complaints are found quickly."""

from __future__ import annotations

import hashlib
import re
import shutil
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sheets import load

from registerkit.ooxml import Package


def parts(path: Path) -> dict[str, str]:
    """Give a fingerprint of every part of a workbook."""
    with zipfile.ZipFile(path) as package:
        return {name: hashlib.sha256(package.read(name)).hexdigest() for name in package.namelist()}


def test_r41_a_sync_without_edits_changes_no_byte(office: Any, complaint: Any) -> None:
    """The file stays as it is, and the store too."""
    office.type(complaint)
    office.run("sync")
    before = {p: p.read_bytes() for p in (office.workbook, office.root / "register.db")}
    result = office.run("sync")
    assert (0, 0, 0, 1) == (result.code, *(result.json[k] for k in ("new", "changed", "unchanged")))
    assert before == {p: p.read_bytes() for p in before}


def names_of(workbook: Path) -> bytes:
    """Give the part with the workbook's names, without the last row that the register prints."""
    with Package(workbook) as package:
        return re.sub(rb"(Register!\$A\$1:\$[A-Z]+\$)\d+", rb"\1", package.workbook_xml)


def test_r41_write_back_touches_only_the_parts_it_must(office: Any, complaint: Any) -> None:
    """Of all parts only the register's sheet and table, the stamp and cached values of counts may differ.

    The names of the workbook differ in the register's print area only.
    """
    office.type(complaint)
    before, names = parts(office.workbook), names_of(office.workbook)
    office.run("sync")
    after = parts(office.workbook)
    changed = {name for name in before if before[name] != after.get(name)}
    assert set(before) == set(after)
    book = load(office.workbook)
    counting = {book[name].part for name in ("Start", "Dossier", "Overzicht", "Analyse", "_rk")}
    register = book["Register"]
    assert changed <= counting | {
        register.part,
        register.tables["Klachten"].part,
        "docProps/custom.xml",
        "xl/workbook.xml",
    }
    assert names_of(office.workbook) == names


def test_r41_changes_travel_both_ways_and_a_conflict_keeps_both_values(office: Any, complaint: Any) -> None:
    """The store's value stays, the file's stands in the history, and the conflict is told once."""
    (row,) = office.type(complaint)
    office.run("sync")
    copy = office.root / "kopie.xlsx"
    shutil.copyfile(office.workbook, copy)
    office.change(row, {"Ernst": "ernstig", "Ordernummer": "A-1"})
    assert 0 == office.run("sync").code
    office.change(row, {"Ernst": "licht", "Opmerkingen": "belt graag 's avonds"}, path=copy)
    result = office.run("sync", str(copy))
    (conflict,) = result.json["conflicts"]
    expected = {"number": "K-2026-0001", "field": "severity", "label": "Ernst", "base": "normaal", "workbook": "licht"}
    assert expected | {"store": "ernstig", "kept": "store"} == {k: conflict[k] for k in (*expected, "store", "kept")}
    (stored,) = office.complaints()
    assert ("ernstig", "A-1", "belt graag 's avonds") == tuple(
        stored[k] for k in ("severity", "order_number", "remarks")
    )
    lost = [h for h in office.run("history", "K-2026-0001").json if not h["taken"]]
    assert [("severity", "licht", "kopie.xlsx")] == [(h["field"], h["new"], h["source"]) for h in lost]
    assert [] == office.run("sync", str(copy)).json["conflicts"]
    assert ("ernstig", "A-1") == tuple(office.rows(path=copy)[row][k] for k in ("Ernst", "Ordernummer"))


def test_r41_prefer_workbook_takes_the_files_value(office: Any, complaint: Any) -> None:
    """With --prefer workbook the file wins, and the store's value is still in the history."""
    (row,) = office.type(complaint)
    office.run("sync")
    copy = office.root / "kopie.xlsx"
    shutil.copyfile(office.workbook, copy)
    office.change(row, {"Ernst": "ernstig"})
    office.run("sync")
    office.change(row, {"Ernst": "licht"}, path=copy)
    result = office.run("sync", str(copy), "--prefer", "workbook")
    assert ["workbook"] == [c["kept"] for c in result.json["conflicts"]]
    assert "licht" == office.complaints()[0]["severity"]


def test_r41_sorted_rows_and_moved_columns_are_still_the_same_complaints(office: Any, complaint: Any) -> None:
    """Identity is the number, never the place."""
    office.type(complaint, {**complaint, "Naam": "P. Pieters"})
    office.run("sync")
    book = load(office.workbook)
    sheet = book["Register"]
    first, second = ([c.value for c in sheet[n]] for n in (5, 6))
    for column, (a, b) in enumerate(zip(first, second, strict=True), 1):
        if not str(a).startswith("="):
            sheet.cell(5, column).value, sheet.cell(6, column).value = b, a
    book.save(office.workbook)
    result = office.run("sync")
    assert (0, 0, 2) == tuple(result.json[k] for k in ("new", "changed", "unchanged"))


def test_r41_a_deleted_row_is_reported_once_and_stays_in_the_store(office: Any, complaint: Any) -> None:
    """Nothing is deleted by taking a row out."""
    (row,) = office.type(complaint)
    office.run("sync")
    columns = dict.fromkeys(office.rows()[row])
    office.change(row, columns)
    result = office.run("sync")
    assert [{"number": "K-2026-0001", "file": "klachtenregister.xlsx"}] == result.json["missing"]
    assert [] == office.run("sync").json["missing"]
    assert 1 == len(office.complaints())


def test_r41_dry_run_says_what_would_happen_and_writes_nothing(office: Any, complaint: Any) -> None:
    """The real run does just that."""
    office.type(complaint)
    before = {p: p.read_bytes() for p in (office.workbook, office.root / "register.db")}
    dry = office.run("sync", "--dry-run")
    assert before == {p: p.read_bytes() for p in before}
    real = office.run("sync")
    assert (dry.json["new"], dry.json["assigned"]) == (real.json["new"], real.json["assigned"])


def test_r41_a_file_open_in_excel_is_read_now_and_written_later(office: Any, complaint: Any) -> None:
    """Excel's lock file keeps the write-back waiting; the next sync does it, and nothing comes twice."""
    (row,) = office.type(complaint)
    lock = office.workbook.with_name("~$klachtenregister.xlsx")
    lock.write_bytes(b"x")
    result = office.run("sync")
    assert (1, []) == (result.json["new"], result.json["written_back"])
    assert "file_open" in [f["code"] for f in result.json["findings"]]
    office.change(row, {"Naam": "J. Jansen-Smit"})
    lock.unlink()
    result = office.run("sync")
    assert (0, 1, ["klachtenregister.xlsx"]) == tuple(result.json[k] for k in ("new", "changed", "written_back"))
    assert "nieuw" == office.rows()[row]["Status"]
    assert "J. Jansen-Smit" == office.complaints()[0]["name"]


def test_r41_two_copies_that_used_one_number_both_keep_their_complaint(office: Any, complaint: Any) -> None:
    """The number stays with the first; the other complaint gets a new one and is told so."""
    copy = office.root / "noord.xlsx"
    shutil.copyfile(office.workbook, copy)
    office.type(complaint)
    office.run("sync")
    other = {**complaint, "Naam": "K. de Boer", "Omschrijving": "Anders.", "Telefoon": "06 12345678", "E-mail": None}
    (row,) = office.type({**other, "Ontvangen op": date(2026, 11, 4)}, path=copy)
    result = office.run("sync", str(copy))
    assert ["number_used_elsewhere"] == [f["code"] for f in result.json["findings"]]
    assert {"J. Jansen", "K. de Boer"} == {c["name"] for c in office.complaints()}
    assert "K-2026-0027" == office.rows(path=copy)[row]["Klachtnummer"]


@pytest.mark.soffice
def test_r41_a_register_saved_by_libreoffice_still_syncs(
    office: Any, complaint: Any, soffice: Callable[..., Path]
) -> None:
    """Filled in, saved by LibreOffice, synced, edited, synced again: all values come through."""
    (row,) = office.type(complaint)
    shutil.copyfile(soffice(office.workbook, "xlsx"), office.workbook)
    assert (0, 1) == ((result := office.run("sync")).code, result.json["new"])
    assert "nieuw" == office.rows()[row]["Status"]
    office.change(row, {"Status": "in behandeling"})
    assert 1 == office.run("sync").json["changed"]
    assert 1 == office.run("sync").json["unchanged"]


def test_r10_complaints_are_found_by_words_and_shown_whole(office: Any, complaint: Any) -> None:
    """All words must be in it, in any column and any spelling."""
    office.type(complaint, {**complaint, "Naam": "R. Grönloh", "Omschrijving": "Het stuur is scheef."})
    office.run("sync")
    assert ["K-2026-0002"] == [f["number"] for f in office.run("find", "gronloh", "STUUR").json]
    assert [] == office.run("find", "gronloh", "ketting").json
    assert "Het stuur is scheef." == office.run("show", "K-2026-0002").json["description"]
    missing = office.run("show", "K-2026-0222")
    assert (2, "usage.number") == (missing.code, missing.json["error"]["code"])


def test_r41_the_intake_form_in_the_register_is_taken_in_and_emptied(office: Any) -> None:
    """What was filled in becomes a row of the register; the form is empty afterwards."""
    fill_form(office.workbook)
    result = office.run("sync")
    assert (0, 1) == (result.code, result.json["new"])
    (stored,) = office.complaints()
    assert ("T. Terpstra", "Te laat geleverd", "K-2026-0026") == tuple(
        stored[k] for k in ("name", "subcategory", "number")
    )
    assert "T. Terpstra" in [r["Naam"] for r in office.rows().values()]
    assert {None} == set(read_form(office.workbook).values())
    assert (0, 1) == tuple(office.run("sync").json[k] for k in ("new", "unchanged"))


def test_r41_a_form_in_the_inbox_is_numbered_and_moved(office: Any) -> None:
    """A good form goes to verwerkt under its number; one that cannot be registered to fout, with the reasons."""
    form = office.root / "postvak-in" / "van de balie.xlsx"
    shutil.copyfile(office.root / "klachtenformulier.xlsx", form)
    fill_form(form)
    bad = form.with_name("half.xlsx")
    shutil.copyfile(office.root / "klachtenformulier.xlsx", bad)
    fill_form(bad, in_name=None)
    result = office.run("sync")
    assert (1, 1) == (result.code, result.json["new"])
    inbox = office.root / "postvak-in"
    assert ["K-2026-0026 van de balie.xlsx"] == [p.name for p in (inbox / "verwerkt").iterdir()]
    assert {"half.xlsx", "half.txt"} == {p.name for p in (inbox / "fout").iterdir()}
    assert "‘Naam’ is niet ingevuld" in (inbox / "fout" / "half.txt").read_text(encoding="utf-8-sig")
    assert ["T. Terpstra"] == [r["Naam"] for r in office.rows().values()]


def test_r41_the_same_form_dropped_twice_is_taken_once(office: Any) -> None:
    """In one run or the next, under whatever name; a month later the same words are another complaint."""
    inbox = office.root / "postvak-in"
    for name in ("een.xlsx", "een (1).xlsx"):
        shutil.copyfile(office.root / "klachtenformulier.xlsx", inbox / name)
        fill_form(inbox / name)
    result = office.run("sync")
    assert (0, 1, ["form_taken_before"]) == (
        result.code,
        result.json["new"],
        [f["code"] for f in result.json["findings"]],
    )
    assert {"K-2026-0026 een.xlsx", "K-2026-0026 een (1).xlsx"} == {p.name for p in (inbox / "verwerkt").iterdir()}
    for on, new in ((date(2026, 11, 27), 0), (date(2026, 12, 28), 1)):
        shutil.copyfile(office.root / "klachtenformulier.xlsx", inbox / "later.xlsx")
        fill_form(inbox / "later.xlsx")
        assert new == office.run("sync", on=on).json["new"]


def test_r41_twenty_forms_at_once(office: Any) -> None:
    inbox = office.root / "postvak-in"
    for n in range(20):
        shutil.copyfile(office.root / "klachtenformulier.xlsx", inbox / f"{n}.xlsx")
        fill_form(inbox / f"{n}.xlsx", in_name=f"T. Terpstra {n}")
    assert (0, 20) == ((result := office.run("sync")).code, result.json["new"])
    assert 20 == len({r["Klachtnummer"] for r in office.rows().values() if r["Naam"]})
    assert 20 == len(list((inbox / "verwerkt").iterdir()))


FORM = {
    "in_name": "T. Terpstra", "in_phone": "06 12345678", "in_category": "Product: levering",
    "in_subcategory": "Te laat geleverd", "in_description": "Twee weken te laat.\nZonder bericht.",
    "in_received_on": date(2026, 11, 18), "in_channel": "aan de balie",
}  # fmt: skip


def fill_form(path: Path, **other: Any) -> None:
    """Fill the intake form of a workbook by its defined names."""
    book = load(path)
    for name, value in {**FORM, **other}.items():
        sheet, cell = next(iter(book.defined_names[name].destinations))
        book[sheet][cell.replace("$", "").split(":")[0]] = value
    book.save(path)


def read_form(path: Path) -> dict[str, Any]:
    """Give what the boxes of the intake form hold."""
    book = load(path)
    found = {}
    for name in FORM:
        sheet, cell = next(iter(book.defined_names[name].destinations))
        found[name] = book[sheet][cell.replace("$", "").split(":")[0]].value
    return found


def test_r41_typing_over_a_default_the_file_does_not_show_yet_is_no_conflict(office: Any, complaint: Any) -> None:
    """The register was open all week: sync filled in a status in the store, and the office typed its own."""
    (row,) = office.type(complaint)
    lock = office.workbook.with_name("~$klachtenregister.xlsx")
    lock.write_bytes(b"x")
    office.run("sync")
    office.change(row, {"Status": "in behandeling"})
    lock.unlink()
    result = office.run("sync")
    assert ([], 1) == (result.json["conflicts"], result.json["changed"])
    assert "in behandeling" == office.complaints()[0]["status"]


@pytest.mark.soffice
def test_r41_a_register_saved_by_libreoffice_goes_through_the_whole_week(
    office: Any, complaint: Any, soffice: Callable[..., Path]
) -> None:
    """Sync, letter, reminder and report come from it, and the letter stands on its sheet Brieven."""
    office.type({**complaint, "Behandelaar": "Jeroen Bakker"})
    shutil.copyfile(soffice(office.workbook, "xlsx"), office.workbook)
    document = office.run("weekly").json
    assert ["acknowledgement"] == [x["kind"] for x in document["letters"]["letters"]]
    month = office.run("report", "--period", "2026-11").json
    assert {"Product: levering": 1} == {k: n for k, n in month["figures"]["by_category"].items() if n}
    assert ["ontvangstbevestiging"] == [r["Soort brief"] for r in office.rows("Brieven").values()]
    assert ["klachtenregister.xlsx"] == document["sync"]["written_back"]


def test_r41_a_branch_that_shows_its_own_rows_misses_no_others(office: Any, complaint: Any) -> None:
    """A source with scope own gets only its branch's complaints, and the others are not reported as gone."""
    office.settings(
        '\n[branches]\nnoord = "Noord"\nzuid = "Zuid"\n\n[[sources]]\npath = "zuid.xlsx"\nscope = "own"\nbranch = "zuid"\n'
    )
    assert 0 == office.run("workbook", "-o", str(office.root / "zuid.xlsx")).code
    office.type({**complaint, "Vestiging": "Noord"})
    office.type({**complaint, "Naam": "Z. Zuidema"}, path=office.root / "zuid.xlsx")
    for _ in range(2):
        assert [] == office.run("sync").json["missing"]
    shown = {r["Naam"]: r["Vestiging"] for r in office.rows(path=office.root / "zuid.xlsx").values()}
    assert {"Z. Zuidema": "Zuid"} == shown
    assert {"J. Jansen", "Z. Zuidema"} == {c["name"] for c in office.complaints()}


def test_r41_a_mended_form_is_another_form_and_what_was_wrong_stands_beside_it(office: Any) -> None:
    """A box that could not be used is told in a text beside the form; two forms with other faults are two."""
    inbox = office.root / "postvak-in"
    for name, email in (("a.xlsx", "kapot@"), ("b.xlsx", "ook kapot")):
        shutil.copyfile(office.root / "klachtenformulier.xlsx", inbox / name)
        fill_form(inbox / name, in_email=email)
    result = office.run("sync")
    assert (1, 2) == (result.code, result.json["new"])
    done = {p.name for p in (inbox / "verwerkt").iterdir()}
    assert {"K-2026-0026 a.xlsx", "K-2026-0026 a.txt", "K-2026-0027 b.xlsx", "K-2026-0027 b.txt"} == done
    assert "kapot@" in (inbox / "verwerkt" / "K-2026-0026 a.txt").read_text(encoding="utf-8-sig")


def test_r41_rows_of_a_list_that_are_away_for_a_while_are_not_new_again(office: Any) -> None:
    """An export that was cut short once doubles nothing when it is whole again."""
    head = "Ontvangen op;Naam;Telefoon;Categorie;Omschrijving;Wijze van melding\n"
    lines = [f"02-11-2026;N. {n};030 123 45 6{n};Product: levering;Klacht {n};telefoon\n" for n in range(3)]
    export = office.root / "export.csv"
    new = []
    for rows in (lines, lines[:1], lines):
        export.write_text(head + "".join(rows), encoding="utf-8")
        new.append(office.run("sync", str(export)).json["new"])
    assert ([3, 0, 0], 3) == (new, len(office.complaints()))
