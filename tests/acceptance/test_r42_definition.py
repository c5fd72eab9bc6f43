"""R42: an office may change its register: other tables, labels and fields, and every face of it follows.

Nothing in the kit is hard-wired to complaints: a register of incidents goes the same way.
"""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from office import COMPLAINT, STAFF, Office, header_row, headers
from papers import DEFINITION
from sheets import load

INCIDENTS = Path(__file__).resolve().parents[1] / "definitions" / "incidents.toml"
FALL = {
    "Gemeld op": date(2026, 11, 18), "Plaats": "werkplaats", "Soort incident": "val",
    "Omschrijving": "Van de ladder gegleden & gebutst.", "Schade": 12.5, "Politie gebeld": "nee",
}  # fmt: skip


@pytest.fixture(scope="module")
def incidents_once(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Give a register of incidents as init makes it."""
    office = Office(tmp_path_factory.mktemp("incidenten") / "incidenten")
    assert office.run("init", str(office.root), "--organisation", "De Spaak", "--definition", str(INCIDENTS)).code == 0
    return office


@pytest.fixture
def incidents(incidents_once: Office, tmp_path: Path) -> Office:
    """Give a copy of it."""
    shutil.copytree(incidents_once.root, tmp_path / "incidenten")
    return Office(tmp_path / "incidenten")


def test_r42_another_definition_has_its_own_workbook(incidents_once: Office) -> None:
    """Its sheets and headers, and none of those of complaints."""
    book = load(incidents_once.workbook)
    assert {"Incidenten", "Medewerkers"} <= set(book.sheetnames)
    assert {"Register", "Brieven", "Feestdagen"} & set(book.sheetnames) == set()
    texts = [c.value for s in book.worksheets for row in s.iter_rows() for c in row if isinstance(c.value, str)]
    assert [] == [t for t in texts if "klacht" in t.casefold() and not t.startswith("=")]
    assert (incidents_once.root / INCIDENTS.name).is_file()


def test_r42_incidents_are_registered_looked_up_and_exported(incidents: Office) -> None:
    """Typed in Excel, numbered, found, shown, with their history, and out again in every form."""
    (row,) = incidents.type(FALL, sheet="Incidenten")
    result = incidents.run("sync")
    assert (0, 1, []) == (result.code, result.json["new"], result.json["findings"])
    assert "nieuw" == incidents.rows("Incidenten")[row]["Stand"]
    document = incidents.export()
    assert {"incidents", "staff"} == set(document)
    (stored,) = document["incidents"]
    expected = {"number": "K-2026-001", "category": "val", "damage": 12.5, "police": "nee", "reported_on": "2026-11-18"}
    assert expected == {field: stored[field] for field in expected}
    assert ["K-2026-001"] == [f["number"] for f in incidents.run("find", "ladder").json]
    assert "werkplaats" == incidents.run("show", "K-2026-001").json["place"]
    assert "place" in {h["field"] for h in incidents.run("history", "K-2026-001").json}
    for name in ("uit.csv", "uit.xlsx"):
        assert 0 == incidents.run("export", str(incidents.root / name)).code
    assert "werkplaats" in (incidents.root / "uit.csv").read_text(encoding="utf-8-sig")


def test_r42_weekly_does_what_it_can_for_a_register_without_terms(incidents: Office) -> None:
    """No letters, no reminders, no traceback; the second run changes nothing."""
    incidents.type(FALL, sheet="Incidenten")
    result = incidents.run("weekly")
    assert (0, 1, []) == (result.code, result.json["sync"]["new"], result.json["letters"]["letters"])
    assert ([], []) == (result.json["reminders"]["handlers"], result.json["reminders"]["files"])
    assert 1 == result.json["reports"][0]["figures"]["received"]
    again = incidents.run("weekly").json["sync"]
    assert (0, 0, []) == tuple(again[k] for k in ("new", "changed", "written_back"))
    assert 0 == incidents.run("report").code
    assert 0 == incidents.run("workbook", "-o", str(incidents.root / "nieuw.xlsx")).code
    assert 0 == incidents.run("letters").code
    assert 0 == incidents.run("reminders").code


def test_r42_what_is_needed_of_an_incident_is_what_its_definition_says(incidents: Office) -> None:
    """Without a place it is not registered."""
    incidents.type({**FALL, "Plaats": None}, sheet="Incidenten")
    result = incidents.run("sync")
    assert (1, 0, [["required"]]) == (result.code, result.json["new"], [r["codes"] for r in result.json["refused"]])


# ------------------------------------------------------------------------------------------- a changed definition
@pytest.fixture(scope="module")
def own_once(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Give an office with a definition of its own and a complaint in its register."""
    folder = tmp_path_factory.mktemp("eigen")
    shutil.copyfile(DEFINITION, folder / "mijn.toml")
    office = Office(folder / "klachten")
    assert office.init("--definition", str(folder / "mijn.toml")).code == 0
    office.settings()
    office.type(*STAFF, sheet="Medewerkers")
    office.type({**COMPLAINT, "Ordernummer": "A-1"})
    assert office.run("sync").code == 0
    return office


@pytest.fixture
def own(own_once: Office, tmp_path: Path) -> Office:
    """Give a copy of it, with a renamed label and a new field in its definition."""
    shutil.copytree(own_once.root, tmp_path / "klachten")
    file = tmp_path / "klachten" / "mijn.toml"
    text = file.read_text(encoding="utf-8")
    head = '{ id = "order_number", kind = "text", nl = "Ordernummer"'
    new = '{ id = "weather", kind = "text", nl = "Weer", en = "Weather", group = "klacht" },\n  '
    changed = text.replace(head, new + head.replace('"Ordernummer"', '"Bestelnummer", aliases = ["Ordernummer"]'))
    assert changed != text
    file.write_text(changed, encoding="utf-8")
    return Office(tmp_path / "klachten")


def test_r42_a_filled_workbook_still_syncs_after_a_label_was_renamed(own: Office) -> None:
    """The old header means the same field; the new field is empty."""
    assert 0 == own.run("definition", "check", str(own.root / "mijn.toml")).code
    own.change(5, {"Ordernummer": "A-2"})
    own.type({**COMPLAINT, "Naam": "B. Bos", "E-mail": "b@voorbeeld.example", "Ordernummer": "B-1"})
    result = own.run("sync")
    assert (0, 1, 1) == (result.code, result.json["new"], result.json["changed"])
    assert [("A-2", None), ("B-1", None)] == [(c["order_number"], c["weather"]) for c in own.complaints()]


def test_r42_a_replaced_workbook_has_the_new_columns_and_everything_that_was_in_the_old(own: Office) -> None:
    """What was typed and not yet synced comes along; the old file stands in the archive as it was."""
    own.type({**COMPLAINT, "Naam": "B. Bos", "E-mail": "b@voorbeeld.example", "Ordernummer": "B-1"})
    own.type({"Klachtnummer": "K-2026-0001", "Datum": date(2026, 11, 3), "Inhoud": "Gebeld."}, sheet="Contactmomenten")
    before, old = own.workbook.read_bytes(), own.rows()
    result = own.run("workbook", "--replace")
    assert (0, ["klachtenregister.xlsx"], []) == (result.code, result.json["files"], result.json["findings"])
    columns = headers(load(own.workbook)["Register"])
    assert ({"Weer", "Bestelnummer"} <= set(columns), "Ordernummer" in columns) == (True, False)
    new = own.rows()
    assert ["A-1", "B-1"] == [row["Bestelnummer"] for row in new.values()]
    typed = set(COMPLAINT) - {"Ontvangen op", "Telefoon"}
    assert [{h: r[h] for h in typed} for r in old.values()] == [{h: r[h] for h in typed} for r in new.values()]
    assert ["Gebeld."] == [r["Inhoud"] for r in own.rows("Contactmomenten").values() if r["Inhoud"]]
    assert before in [p.read_bytes() for p in (own.root / "archief").glob("klachtenregister.*.xlsx")]
    own.change(next(iter(new)), {"Weer": "regen"})
    assert (0, 1) == ((again := own.run("sync")).code, again.json["changed"])
    assert "regen" == own.complaints()[0]["weather"]


def test_r42_a_workbook_with_news_is_not_replaced_by_accident(own: Office) -> None:
    """Without --replace the command stops with exit code 3, and not a byte changes; nor for a file of another's."""
    own.change(5, {"Ordernummer": "A-9"})
    other = own.root / "begroting.xlsx"
    openpyxl.Workbook().save(other)
    for target, code in ((own.workbook, "write_refused.unsynced"), (other, "write_refused.foreign")):
        before = target.read_bytes()
        result = own.run("workbook", "-o", str(target))
        assert (3, code) == (result.code, result.json["error"]["code"])
        assert before == target.read_bytes()


def test_r42_a_workbook_with_things_of_the_office_s_own_is_not_replaced_by_accident(office: Office) -> None:
    """A sheet and a column that a new workbook would not have are named; with --replace they stand in the archive."""
    book = openpyxl.load_workbook(office.workbook)
    table = next(iter(book["Register"].tables.values()))
    table.tableColumns[-1].name = "Dossier"
    book["Register"].cell(header_row(book["Register"]), len(table.tableColumns)).value = "Dossier"
    book.create_sheet("Mijn lijst")["A1"] = "Bellen"
    book.save(office.workbook)
    before = office.workbook.read_bytes()
    result = office.run("workbook")
    assert (3, "write_refused.additions") == (result.code, result.json["error"]["code"])
    assert "blad ‘Mijn lijst’" in result.json["error"]["message"]
    assert "kolom ‘Dossier’" in result.json["error"]["message"]
    assert before == office.workbook.read_bytes()
    assert 0 == office.run("workbook", "--replace").code
    assert before in [p.read_bytes() for p in (office.root / "archief").glob("klachtenregister.*.xlsx")]


def test_r42_a_header_that_was_changed_is_told(office: Office) -> None:
    """Its column is not read, and nobody would notice."""
    book = openpyxl.load_workbook(office.workbook)
    table = next(iter(book["Register"].tables.values()))
    at = next(n for n, column in enumerate(table.tableColumns) if column.name == "Telefoon")
    table.tableColumns[at].name = "Mobiel"
    book["Register"].cell(header_row(book["Register"]), at + 1).value = "Mobiel"
    book.save(office.workbook)
    told = [f for f in office.run("sync").json["findings"] if f["code"] == "renamed_columns"]
    assert [("Register", "Mobiel")] == [(f["sheet"], f["value"]) for f in told]
    assert "Telefoon" in told[0]["message"]


# -------------------------------------------------------------------------------------------- checking a definition
BROKEN = [
    ('kind = "postcode", nl', 'kind = "postkode", nl', "fields.postcode.kind", "postkode", "postcode"),
    ('list = "channel", nl = "Wijze van melding"', 'list = "chanel", nl = "Wijze van melding"', "channel", "chanel", "channel"),
    ('closing_fields = ["status", "closed_on"]', 'closing_fields = ["staus"]', "definition.closing_fields", "staus", "status"),
    ('main = "complaints"', 'main = "complaint"', "definition.main", "complaint", "complaints"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "where", "word", "near"), BROKEN)
def test_r42_a_broken_definition_is_told_key_problem_and_near_miss(
    tmp_path: Path, old: str, new: str, where: str, word: str, near: str
) -> None:
    """Exit code 3, for nothing can be done with it; the message suggests the word that was meant."""
    text = DEFINITION.read_text(encoding="utf-8")
    assert old in text
    file = tmp_path / "kapot.toml"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    spoken = Office(tmp_path).say("definition", "check", str(file))
    assert 3 == spoken.code
    assert [] == [part for part in (where, f"'{word}'", f"'{near}'", "kapot.toml") if part not in spoken.text]
    told = Office(tmp_path).run("definition", "check", str(file))
    assert (3, "definition.faults") == (told.code, told.json["error"]["code"])
    assert where in json.dumps(told.json["error"], ensure_ascii=False)


def test_r42_all_faults_of_a_definition_are_told_at_once(tmp_path: Path) -> None:
    """One look shows everything there is to mend, in the JSON too."""
    text = DEFINITION.read_text(encoding="utf-8")
    for old, new, *_ in BROKEN[:3]:
        text = text.replace(old, new, 1)
    file = tmp_path / "kapot.toml"
    file.write_text(text, encoding="utf-8")
    lines = Office(tmp_path).say("definition", "check", str(file)).text.splitlines()
    assert 3 == len([line for line in lines if "Bedoelt u" in line])
    findings = Office(tmp_path).run("definition", "check", str(file)).json["error"]["findings"]
    expected = ["definition.unknown_field", "definition.unknown_kind", "definition.unknown_list"]
    assert expected == sorted(f["code"] for f in findings)
    assert all({"code", "message", "fix", "label"} <= set(f) for f in findings)


@pytest.mark.parametrize(
    ("text", "code"), [("[definition\n", "definition.faults"), ("", "definition.faults"), (None, "missing_file")]
)
def test_r42_a_file_that_is_no_definition_is_told(tmp_path: Path, text: str | None, code: str) -> None:
    """Bad TOML with its line, an empty file, and none at all."""
    file = tmp_path / "kapot.toml"
    if text is not None:
        file.write_text(text, encoding="utf-8")
    result = Office(tmp_path).run("definition", "check", str(file))
    assert (3, code) == (result.code, result.json["error"]["code"])
    if text:
        assert "regel 1" in Office(tmp_path).say("definition", "check", str(file)).text


def test_r42_a_project_with_a_broken_definition_changes_nothing(own: Office) -> None:
    """Every command says what is wrong; mended, the work goes on."""
    file = own.root / "mijn.toml"
    good = file.read_text(encoding="utf-8")
    file.write_text(good.replace('kind = "postcode", nl', 'kind = "postkode", nl'), encoding="utf-8")
    before = own.workbook.read_bytes()
    for command in ("sync", "weekly"):
        assert (3, "definition.faults") == ((r := own.run(command)).code, r.json["error"]["code"])
    assert before == own.workbook.read_bytes()
    file.write_text(good, encoding="utf-8")
    assert 0 == own.run("sync").code


def test_r42_a_wrong_word_in_the_settings_is_told_with_the_word_that_was_meant(own: Office) -> None:
    """`register.toml` is checked like the definition."""
    file = own.root / "register.toml"
    text = file.read_text(encoding="utf-8")
    wrong: list[tuple[str, str, Any]] = [
        ("prefix = ", "prefiks = ", "prefix"),
        ('profile = "eigen" ', 'profile = "abw" ', "awb"),
        ('language = "nl"', 'language = "de"', "nl"),
    ]
    for old, new, near in wrong:
        file.write_text(text.replace(old, new), encoding="utf-8")
        result = own.run("sync")
        assert 3 == result.code
        assert result.json["error"]["code"].startswith("settings.")
        assert near in result.json["error"]["fix"]
