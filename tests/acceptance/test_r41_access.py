"""R41 and R21: filled Access registers come back in by the same rules as workbooks, and are brought up to date."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from access_typing import TYPED, add_row, change_row, delete_row, opened, rows_of
from office import COMPLAINT, Office

pytestmark = pytest.mark.usefixtures("access_writer")

FIRST = ("Klachtnummer", "K-2026-0001")


@pytest.fixture(params=[".accdb", ".mdb"])
def suffix(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def build(office: Office, name: str = "klachten.accdb", *words: str) -> Path:
    """Give an Access file of the office, with the complaint that its workbook holds."""
    office.type(COMPLAINT)
    assert 0 == office.run("sync").code
    path = office.root / name
    assert 0 == office.run("database", str(path), *(words or ("--with-records",))).code
    return path


def shown(path: Path, name: str, table: str = "Klachten") -> dict[str, Any]:
    return next(row for row in rows_of(path, table) if name in row.values())


def test_r41_a_complaint_typed_in_access_is_registered_and_gets_its_number(office: Office, suffix: str) -> None:
    """Its contact, which points at a row without a number, comes along; the workbook shows both."""
    path = build(office, f"klachten{suffix}")
    row = add_row(path, "Klachten", TYPED)
    add_row(path, "Contactmomenten", {"Klachtnummer": row, "Datum": date(2026, 11, 4), "Inhoud": "Gebeld."})
    result = office.run("sync", str(path))
    assert (0, 1, [path.name]) == (result.code, result.json["new"], result.json["written_back"])
    assert [("Klachten", row)] == [(a["sheet"], a["row"]) for a in result.json["assigned"]][:1]
    number = result.json["assigned"][0]["number"]
    assert number == shown(path, "P. Pieters")["Klachtnummer"]
    assert [(number, "Gebeld.")] == [(c["complaint"], c["summary"]) for c in office.export()["contacts"]]
    assert shown(path, "Gebeld.", "Contactmomenten")["Rijsleutel"]
    office.run("sync")
    assert TYPED["Omschrijving"] in [r["Omschrijving"] for r in office.rows().values()]
    assert ["Gebeld."] == [r["Inhoud"] for r in office.rows("Contactmomenten").values() if r["Inhoud"]]
    again = office.run("sync", str(path)).json
    assert (0, 0, []) == (again["new"], again["changed"], again["written_back"])


def test_r41_changes_travel_both_ways(office: Office) -> None:
    """What changed in the file comes in, what changed in the workbook goes out, and computed days are filled in."""
    path = build(office)
    change_row(path, "Klachten", FIRST, {"Woonplaats": "Zeist", "Ernst": "ernstig", "Toegekend bedrag": 12.5})
    office.change(5, {"Ordernummer": "A-1"})
    office.run("sync")
    result = office.run("sync", str(path))
    assert (1, []) == (result.json["changed"], result.json["conflicts"])
    stored = office.complaints()[0]
    assert ("Zeist", "ernstig", "A-1") == (stored["city"], stored["severity"], stored["order_number"])
    row = shown(path, "K-2026-0001")
    assert ("Zeist", "A-1") == (row["Woonplaats"], row["Ordernummer"])
    assert row["Uiterlijk afhandelen op"].startswith(stored["due_on"])
    office.run("sync")
    assert "Zeist" == office.rows()[5]["Woonplaats"]


def test_r41_a_conflict_waits_on_the_attention_sheet_of_the_workbook(office: Office) -> None:
    """An Access file has no such sheet; what is chosen there shows in both."""
    path = build(office)
    change_row(path, "Klachten", FIRST, {"Ernst": "licht"})
    office.change(5, {"Ernst": "ernstig"})
    office.run("sync")
    (conflict,) = office.run("sync", str(path)).json["conflicts"]
    assert ("licht", "ernstig", "store") == (conflict["workbook"], conflict["store"], conflict["kept"])
    office.change(5, {"Ordernummer": "A-1"})
    office.run("sync")
    ((at, line),) = [(n, r) for n, r in office.rows("Aandachtspunten").items() if r["Wat"] == "Conflict"]
    assert ("licht", "ernstig") == (line["Bestand"], line["Opslag"])
    assert path.name in line["Toelichting"]
    office.change(at, {"Kies": "bestand"}, sheet="Aandachtspunten")
    office.run("sync")
    assert "licht" == office.complaints()[0]["severity"]
    office.run("sync", str(path))
    assert "licht" == shown(path, "K-2026-0001")["Ernst"]


def test_r41_a_row_that_cannot_be_used_is_told_by_table_row_and_column(office: Office) -> None:
    """In Dutch, and kept in its place; the others are taken in."""
    path = build(office)
    with opened(path) as database:
        database.setEvaluateExpressions(False)
        database.setEnforceForeignKeys(False)
        table = database.getTable("Klachten")
        from access_typing import java

        names = [str(c.getName()) for c in table.getColumns()]
        table.addRow(*[java({**TYPED, "E-mail": "geen adres", "Ernst": "heel erg"}.get(n)) for n in names])
    result = office.run("sync", str(path))
    told = {f["code"]: f for f in result.json["findings"] if f["severity"] == "error"}
    assert {"not_an_email", "not_on_list"} <= set(told)
    assert ("Klachten", None, "E-mail") == tuple(told["not_an_email"][k] for k in ("sheet", "cell", "label"))
    text = office.say("sync", str(path)).text
    assert "tabel Klachten, rij" in text
    assert "E-mail" in text


def test_r41_a_file_that_is_open_is_read_now_and_written_later(office: Office, suffix: str) -> None:
    path = build(office, f"klachten{suffix}")
    add_row(path, "Klachten", TYPED)
    lock = path.with_suffix({".accdb": ".laccdb", ".mdb": ".ldb"}[suffix])
    lock.touch()
    result = office.run("sync", str(path))
    assert (1, [], ["file_open"]) == (
        result.json["new"], result.json["written_back"], [f["code"] for f in result.json["findings"]],
    )  # fmt: skip
    lock.unlink()
    again = office.run("sync", str(path))
    assert (0, [path.name]) == (again.json["new"], again.json["written_back"])
    assert shown(path, "P. Pieters")["Klachtnummer"]


def test_r41_a_file_without_records_shows_only_what_was_typed_in_it(office: Office) -> None:
    """Its own rows are kept up to date; no other is missed, and none is put in."""
    path = build(office, "formulier.accdb", "--json")
    add_row(path, "Klachten", TYPED)
    result = office.run("sync", str(path))
    assert (1, []) == (result.json["new"], result.json["missing"])
    assert ["P. Pieters"] == [row["Naam"] for row in rows_of(path, "Klachten")]
    office.run("sync")
    at = next(n for n, row in office.rows().items() if row["Naam"] == "P. Pieters")
    office.change(at, {"Woonplaats": "Zeist"})
    office.run("sync")
    office.run("sync", str(path))
    assert "Zeist" == shown(path, "P. Pieters")["Woonplaats"]


def test_r41_a_deleted_row_is_told_and_a_copy_is_compared_with_its_own_base(office: Office) -> None:
    path = build(office)
    copy = path.with_name("kopie.accdb")
    shutil.copyfile(path, copy)
    change_row(copy, "Klachten", FIRST, {"Woonplaats": "Zeist"})
    delete_row(path, "Klachten", FIRST)
    assert ["K-2026-0001"] == [m["number"] for m in office.run("sync", str(path)).json["missing"]]
    assert 1 == office.run("sync", str(copy)).json["changed"]
    assert [] == rows_of(path, "Klachten")
    assert "Zeist" == office.complaints()[0]["city"]


def test_r41_a_choice_added_to_a_list_in_access_is_taken_over(office: Office) -> None:
    path = build(office)
    add_row(path, "Lijst Wijze van melding", {"Code": "vlog", "Keuze": "vlog", "Volgorde": 99, "In gebruik": True})
    add_row(path, "Klachten", {**TYPED, "Wijze van melding": "vlog"})
    assert 1 == office.run("sync", str(path)).json["new"]
    assert "vlog" in [c["channel"] for c in office.complaints()]


def test_r41_weekly_takes_an_access_file_along_as_a_source(office: Office) -> None:
    path = build(office)
    office.settings('\n[[sources]]\npath = "klachten.accdb"\n')
    add_row(path, "Klachten", TYPED)
    result = office.run("weekly").json
    assert 1 == result["sync"]["new"]
    assert "klachten.accdb" in result["sync"]["written_back"]
    letters = [x["number"] for x in result["letters"]["letters"]]
    assert shown(path, "P. Pieters")["Klachtnummer"] in letters or result["letters"]["held"]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda p: p.write_bytes(b"geen Access"),
        lambda p: p.write_bytes(p.read_bytes()[:9000]),
        lambda p: p.write_bytes(b""),
    ],
)
def test_r41_a_damaged_file_is_told_and_the_others_go_on(office: Office, spoil: Any) -> None:
    path = build(office)
    office.settings('\n[[sources]]\npath = "klachten.accdb"\n')
    spoil(path)
    office.type({**COMPLAINT, "Naam": "B. Bos", "E-mail": "bos@voorbeeld.example"})
    result = office.run("sync")
    assert (1, 1) == (result.code, result.json["new"])
    assert next(s["error"] for s in result.json["sources"] if s["path"] == path.name)
    assert 3 == office.run("check", str(path)).code


def test_r41_a_new_access_file_never_takes_the_place_of_rows_that_were_not_registered(office: Office) -> None:
    """A complaint of next week stands nowhere else; when it is mended the file is made."""
    path = build(office)
    add_row(path, "Klachten", {**TYPED, "Naam": "T. Half", "Ontvangen op": date(2026, 11, 25)})
    told = office.run("database", str(path), "--with-records", "--replace")
    assert (3, "write_refused.held") == (told.code, told.json["error"]["code"])
    assert shown(path, "T. Half")
    change_row(path, "Klachten", ("Naam", "T. Half"), TYPED)
    assert 0 == office.run("database", str(path), "--with-records", "--replace").code
    assert shown(path, "P. Pieters")["Klachtnummer"]


def test_r41_a_copy_of_an_access_file_beside_it_is_named(office: Office) -> None:
    path = build(office)
    office.settings('\n[[sources]]\npath = "klachten.accdb"\n')
    assert 0 == office.run("sync").code
    other = path.with_name("klachten-PC-BALIE.accdb")
    shutil.copyfile(path, other)
    assert 0 == office.run("database", str(path.with_name("los.accdb"))).code  # No copy: it was made apart.
    add_row(other, "Klachten", TYPED)
    for _ in range(2):
        assert [("copy_with_news", other.name)] == [(f["code"], f["file"]) for f in office.run("sync").json["findings"]]
    office.run("sync", str(other))
    assert ["copy_without_news"] == [f["code"] for f in office.run("sync").json["findings"]]
