"""The written file itself refuses what does not belong in it, and says so in Dutch; Jackcess enforces what Access does."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from workbook_samples import complaints, make_content

from registerkit.database.access import (
    AccessEdits,
    access_rows,
    edit_access,
    fitted,
    plan_access,
    read_meta,
    write_access,
)
from registerkit.database.access.java import jackcess, java_class
from registerkit.errors import AccessError, StoreError
from registerkit.workbook import WorkbookContent

pytestmark = pytest.mark.usefixtures("access_writer")
COMPLAINT = {
    "Ontvangen op": date(2026, 11, 2), "Wijze van melding": "telefoon", "Naam": "J. Jansen", "Telefoon": "030 123 45 67",
    "Categorie": "PL", "Omschrijving": "De fiets is niet geleverd.",
}  # fmt: skip
"""What is enough to type a complaint in Access."""


def write(target: Path, content: WorkbookContent) -> None:
    plan = plan_access(content.definition, content.texts)
    rows = access_rows(plan, content, complete=True)
    write_access(target, fitted(plan, rows), rows)


class Access:
    """A file that is open, as another program would have it."""

    def __init__(self, path: Path) -> None:
        builder = jackcess().DatabaseBuilder().withFile(java_class("java.io.File")(str(path)))
        self.database = builder.open()
        self.database.setDateTimeType(jackcess().DateTimeType.LOCAL_DATE_TIME)

    def add(self, table: str, **values: Any) -> dict[str, Any]:
        """Type a row; gives it as it was kept."""
        row = java_class("java.util.LinkedHashMap")()
        for name, value in values.items():
            day = java_class("java.time.LocalDateTime").of
            row.put(name, day(value.year, value.month, value.day, 0, 0) if isinstance(value, date) else value)
        self.database.getTable(table).addRowFromMap(row)
        return {str(name): row.get(name) for name in row}

    def rows(self, table: str) -> list[dict[str, Any]]:
        return [{str(name): row.get(name) for name in row} for row in self.database.getTable(table)]


@pytest.fixture(scope="module", params=["klachten.accdb", "klachten.mdb"])
def built(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    target = tmp_path_factory.mktemp("access") / str(request.param)
    write(target, make_content(records=complaints()))
    return target


@pytest.fixture
def access(built: Path, tmp_path: Path) -> Iterator[Access]:
    copy = tmp_path / built.name
    copy.write_bytes(built.read_bytes())
    opened = Access(copy)
    yield opened
    opened.database.close()


def refusal(access: Access, table: str, **values: Any) -> str:
    """Type a row that must be refused; gives what is said."""
    before = len(access.rows(table))
    with pytest.raises(java_class("java.lang.Exception")) as caught:
        access.add(table, **values)
    assert before == len(access.rows(table))
    return str(caught.value)


# ------------------------------------------------------------------------------------------------------ what is kept
def test_a_complaint_can_be_typed_without_a_number_and_a_contact_points_at_it(access: Access) -> None:
    """Access numbers the row; what the definition gives by itself is filled in."""
    row = access.add("Klachten", **COMPLAINT)
    assert (13, "nieuw", "normaal", "formeel") == tuple(
        row[n] for n in ("Id", "Status", "Ernst", "Wijze van afdoening")
    )
    second = access.add("Klachten", **COMPLAINT)
    assert (14, None) == (second["Id"], second.get("Klachtnummer"))
    contact = access.add("Contactmomenten", Klachtnummer=14, Datum=date(2026, 11, 3), Medewerker="AB")
    assert 2 == contact["Id"]


def test_a_new_choice_may_be_added_to_a_list_and_used(access: Access) -> None:
    choice = access.add("Lijst Categorie", Code="XX", Keuze="Nieuw soort", Volgorde=99)
    assert choice["In gebruik"]
    assert "XX" == access.add("Klachten", **COMPLAINT | {"Categorie": "XX"})["Categorie"]


def test_what_came_in_without_a_needed_value_is_added_and_the_rest_stays_needed(built: Path, tmp_path: Path) -> None:
    copy = tmp_path / built.name
    copy.write_bytes(built.read_bytes())
    edit_access(copy, AccessEdits(added={"Klachten": [{n: v for n, v in COMPLAINT.items() if n != "Categorie"}]}), {})
    opened = Access(copy)
    try:
        assert ("J. Jansen", None) == tuple(opened.rows("Klachten")[-1][n] for n in ("Naam", "Categorie"))
        refusal(opened, "Klachten", **{name: value for name, value in COMPLAINT.items() if name != "Naam"})
    finally:
        opened.database.close()


# --------------------------------------------------------------------------------------------------- what is refused
@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"Naam": None}, "Missing value for required column"),
        ({"Naam": ""}, "Zero length string is not allowed"),
        ({"Omschrijving": None}, "Missing value for required column"),
        ({"Naam": "Anoniem"}, "Naam: Een anonieme klacht kunnen we niet beantwoorden en nemen we daarom niet in behandeling."),
        ({"Ontvangen op": date(1999, 12, 31)}, "Ontvangen op: Vul een dag in van 01-01-2000 tot en met vandaag."),
        ({"Ontvangen op": date(2090, 1, 1)}, "Ontvangen op: Vul een dag in van 01-01-2000 tot en met vandaag."),
        ({"Tevredenheid": 6}, "Tevredenheid: Vul een getal in van 1 tot en met 5."),
        ({"Kosten": -1}, "Kosten: Vul 0 of meer in."),
        ({"Consument": "misschien"}, "Consument: Kies ja of nee."),
        ({"Telefoon": None}, "Zonder telefoon, e-mail of volledig adres kunnen we de klager niet antwoorden."),
        ({"Telefoon": None, "Postcode": "1000"}, "Zonder telefoon, e-mail of volledig adres"),
        ({"Afgehandeld op": date(2026, 11, 1)}, "‘Afgehandeld op’ mag niet vóór ‘Ontvangen op’ liggen."),
        ({"Categorie": "bestaat niet"}, "Klachten"),
        ({"Behandelaar": "ZZ"}, "Klachten"),
        ({"Klachtnummer": "K-2026-0003"}, "K-2026-0003"),
        ({"Klachtnummer": "k-2026-0003"}, "k-2026-0003"),
        ({"Klachtnummer": "K" * 65}, "Text is wrong length"),
    ],
)  # fmt: skip
def test_a_bad_complaint_is_refused(access: Access, change: dict[str, Any], said: str) -> None:
    assert said in refusal(access, "Klachten", **COMPLAINT | change)


@pytest.mark.parametrize(
    ("change"),
    [
        {"Tevredenheid": 5}, {"Kosten": 0}, {"Consument": "nee"}, {"Postcode": "3512ab"}, {"Postcode": "SW1A 1AA"}, {"Afgehandeld op": date(2026, 11, 2)},
        {"Telefoon": None, "E-mail": "a@b.nl"}, {"Subcategorie": "PL1"}, {"Behandelaar": "AB"}, {"Naam": "An \"O'Niem\""},
        {"Telefoon": None, "Straat en huisnummer": "Lindelaan 1", "Postcode": "1000", "Woonplaats": "Brussel"},
    ],
)  # fmt: skip
def test_a_good_complaint_is_taken(access: Access, change: dict[str, Any]) -> None:
    """The near miss of every refusal."""
    before = len(access.rows("Klachten"))
    access.add("Klachten", **COMPLAINT | change)
    assert before + 1 == len(access.rows("Klachten"))


@pytest.mark.parametrize(
    ("table", "values", "said"),
    [
        ("Contactmomenten", {"Klachtnummer": 99, "Datum": date(2026, 11, 3)}, "Contactmomenten"),
        ("Contactmomenten", {"Datum": date(2026, 11, 3)}, "Missing value for required column"),
        ("Onderzoeken", {"Klachtnummer": 5}, "Onderzoeken"),
        ("Medewerkers", {"Naam": "Zonder code"}, "Missing value for required column"),
        ("Medewerkers", {"Code": "EE", "Naam": "Anna Blom"}, "Medewerkers"),
        ("Lijst Categorie", {"Code": "PL", "Keuze": "Dubbel"}, "Lijst Categorie"),
        ("Opschortingen", {"Klachtnummer": 1, "Van": date(2026, 11, 3), "Tot": date(2026, 11, 2)},
         "‘Tot’ mag niet vóór ‘Van’ liggen."),
    ],
)  # fmt: skip
def test_a_bad_row_of_another_table_is_refused(access: Access, table: str, values: dict[str, Any], said: str) -> None:
    assert said in refusal(access, table, **values)


def test_a_choice_that_is_used_cannot_be_deleted(access: Access) -> None:
    """Nothing disappears because something else did."""
    table = access.database.getTable("Lijst Categorie")
    row = next(row for row in table if row.getString("Code") == "PL")
    with pytest.raises(java_class("java.lang.Exception")):
        table.deleteRow(row)
    assert "PL" in {found["Code"] for found in access.rows("Lijst Categorie")}


# ------------------------------------------------------------------------------------------------ records that do not fit
def test_what_the_store_holds_is_written_whatever_rules_it_breaks(tmp_path: Path) -> None:
    """A register from before a rule: the rule holds for what is typed from now on."""
    records = complaints()
    records["complaints"][0] |= {"received_on": date(2090, 1, 1), "name": "anoniem", "phone": None, "email": None,
                                 "category": "weg", "satisfaction": 9, "description": None}  # fmt: skip
    records["complaints"][1]["city"] = ""
    records["staff"].append({"code": "ZZ", "name": "anna blom"})
    write(tmp_path / "a.accdb", make_content(records=records))
    opened = Access(tmp_path / "a.accdb")
    try:
        first = opened.rows("Klachten")[0]
        assert ("anoniem", "weg", 9, None) == tuple(
            first[n] for n in ("Naam", "Categorie", "Tevredenheid", "Omschrijving")
        )
        assert opened.rows("Klachten")[1]["Woonplaats"] is None
        assert "Tevredenheid" in refusal(opened, "Klachten", **COMPLAINT | {"Tevredenheid": 9})
        assert "Klachten" in refusal(opened, "Klachten", **COMPLAINT | {"Behandelaar": "geen"})
    finally:
        opened.database.close()


def test_a_row_of_a_complaint_that_is_not_there_stops_the_file(tmp_path: Path) -> None:
    records = complaints()
    records["contacts"][0]["complaint"] = "K-2026-9999"
    with pytest.raises(StoreError) as caught:
        write(tmp_path / "a.accdb", make_content(records=records))
    assert ("store.orphan", "K-2026-9999") == (caught.value.name, caught.value.file)
    assert [] == list(tmp_path.iterdir())


def test_what_jackcess_refuses_leaves_everything_as_it_was(tmp_path: Path) -> None:
    content = make_content(records=complaints())
    plan = plan_access(content.definition, content.texts)
    rows = access_rows(plan, content, complete=True)
    rows["staff"] = [*rows["staff"], rows["staff"][0]]
    target = tmp_path / "a.accdb"
    target.write_bytes(b"wat er stond")
    with pytest.raises(AccessError) as caught:
        write_access(target, plan, rows)
    assert "access.refused" == caught.value.name
    assert {target: b"wat er stond"} == {path: path.read_bytes() for path in tmp_path.iterdir()}


def test_a_file_says_whose_it_is_and_another_says_nothing(built: Path, tmp_path: Path) -> None:
    found = read_meta(built)
    assert ("register-1", "workbook-1", "7", "klachten", "all") == tuple(
        found[name] for name in ("register", "workbook", "revision", "definition", "records")
    )
    for name, content in (("leeg.accdb", b""), ("iets.mdb", b"\x00\x01\x00\x00Standard Jet DB" + b"\x00" * 5000)):
        (tmp_path / name).write_bytes(content)
        assert {} == read_meta(tmp_path / name)


def test_the_file_in_english_has_english_names(tmp_path: Path) -> None:
    """Words that Access keeps for itself get a mark behind them; what is shown is the plain word."""
    write(tmp_path / "a.accdb", make_content("en", records=complaints()))
    opened = Access(tmp_path / "a.accdb")
    try:
        column = opened.database.getTable("Complaints").getColumn("Name_")
        assert "Name" == column.getProperties().getValue("Caption")
        assert "yes" == opened.rows("Complaints")[1]["Consumer"]
    finally:
        opened.database.close()


def test_no_table_has_more_indexes_than_access_takes(access: Access) -> None:
    """One for each key, and one for each relation on both of its sides; three are left to the office."""
    counts = {str(name): len(access.database.getTable(name).getIndexes()) for name in access.database.getTableNames()}
    assert ("Klachten", 29) == max(counts.items(), key=lambda item: item[1])


def test_tables_of_the_file_s_own_are_hidden(access: Access) -> None:
    flags = {row.getString("Name"): row.getInt("Flags") for row in access.database.getSystemTable("MSysObjects")}
    assert ([8, 8], 0) == ([flags["rk_meta"], flags["rk_columns"]], flags["Klachten"])


def test_a_whole_row_of_long_texts_is_kept(tmp_path: Path) -> None:
    """More than Access takes in one row: the longest become long texts."""
    records = complaints()
    texts = [f.id for f in make_content().definition.main.fields if f.kind == "text"]
    records["complaints"][0] |= {field: f"{n:02}" + "é" * 253 for n, field in enumerate(texts)}
    content = make_content(records=records)
    write(tmp_path / "a.accdb", content)
    opened = Access(tmp_path / "a.accdb")
    try:
        first = opened.rows("Klachten")[0]
        labels = [content.definition.main.by_id[field].labels["nl"] for field in texts]
        assert [f"{n:02}" + "é" * 253 for n in range(len(texts))] == [first[label] for label in labels]
    finally:
        opened.database.close()


def test_without_records_the_tables_are_empty_and_the_lists_are_not(tmp_path: Path) -> None:
    content = make_content(records={})
    write(tmp_path / "a.accdb", content)
    opened = Access(tmp_path / "a.accdb")
    try:
        assert ([], 13) == (opened.rows("Klachten"), len(opened.rows("Lijst Categorie")))
    finally:
        opened.database.close()
