"""R41: Access files that people designed themselves come in by names, by captions, or by a mapping file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from access_designs import C, Design, encrypt, make_access, put_password
from access_typing import change_row, opened
from office import COMPLAINT, Office, Outcome

pytestmark = pytest.mark.usefixtures("access_writer")

NAMES = ("Ontvangen op", "Wijze van melding", "Naam", "E-mail", "Categorie", "Omschrijving")
"""What a register cannot do without."""
TYPES = ("SHORT_DATE_TIME", "TEXT", "TEXT", "TEXT", "TEXT", "MEMO")
ROW = (
    date(2026, 11, 3),
    "telefoon",
    "P. Pieters",
    "p.pieters@voorbeeld.example",
    "Product: levering",
    "Niet gekomen 🚲.",
)
OWN = ("Datum melding", 'Hoe "kwam" het', "Select", "Mail adres", "Groep", "Wat is er?")
"""Names with spaces, quotes, a word of SQL and a question mark; they mean `NAMES`, in that order."""
MAPPING = f"""
[tables."Mijn meldingen"]
table = "complaints"
[tables."Mijn meldingen".columns]
"{OWN[0]}" = "received_on"
'{OWN[1]}' = "channel"
"{OWN[2]}" = "Naam"
"{OWN[3]}" = "email"
"{OWN[4]}" = "category"
"{OWN[5]}" = "description"
"""


def columns(names: tuple[str, ...] = NAMES, captions: tuple[str, ...] = ("",) * 6) -> list[C]:
    return [C(name, kind, caption) for name, kind, caption in zip(names, TYPES, captions, strict=True)]


def own_file(office: Office, *rows: tuple[object, ...], name: str = "eigen.accdb", **extra: str) -> Path:
    """Give a file with names of its own, and let the settings and a mapping know it."""
    office.settings(f'\n[[sources]]\npath = "{name}"\nmapping = "eigen.toml"\n')
    mapping(office, extra.get("mapping", MAPPING))
    return make_access(office.root / name, Design("Mijn meldingen", columns(OWN), rows or (ROW,)))


def mapping(office: Office, text: str) -> None:
    (office.root / "eigen.toml").write_text(text, encoding="utf-8")


def codes(outcome: Outcome) -> list[str]:
    return [finding["code"] for finding in outcome.json["findings"]]


@pytest.mark.parametrize("suffix", [".accdb", ".mdb"])
def test_r41_a_file_with_the_names_of_the_register_comes_in_and_stays_as_it_is(office: Office, suffix: str) -> None:
    """It needs no key and no more than the register cannot do without; its rows are known again."""
    path = make_access(office.root / f"eigen{suffix}", Design("Klachten van 2026", columns(), [ROW]))
    before = path.read_bytes()
    first = office.run("sync", str(path))
    assert (0, 1, [], ["cannot_write_database"]) == (
        first.code,
        first.json["new"],
        first.json["written_back"],
        codes(first),
    )
    assert [ROW[5]] == [c["description"] for c in office.complaints()]
    again = office.run("sync", str(path)).json
    assert (0, 0, before) == (again["new"], again["changed"], path.read_bytes())


def test_r41_a_file_whose_captions_are_the_register_s_labels_comes_in(office: Office) -> None:
    names = ("d_in", "kanaal", "nm", "mail", "cat", "oms")
    path = make_access(office.root / "eigen.accdb", Design("tblMelding", columns(names, NAMES), [ROW]))
    assert 1 == office.run("sync", str(path)).json["new"]
    assert ["P. Pieters"] == [c["name"] for c in office.complaints()]


def test_r41_a_mapping_says_which_column_is_what(office: Office) -> None:
    """By a field's id or its label."""
    own_file(office)
    result = office.run("sync").json
    assert (1, []) == (result["new"], [s["error"] for s in result["sources"] if s["error"]])
    (stored,) = office.complaints()
    assert ("2026-11-03", "P. Pieters", ROW[5]) == (stored["received_on"], stored["name"], stored["description"])


def test_r41_a_changed_mapping_is_read_anew(office: Office) -> None:
    """A row that could not be registered comes in once the mapping has been mended; the file is the same as before."""
    crossed = (
        MAPPING.replace('"description"', '"x"')
        .replace('"received_on"', '"description"')
        .replace('"x"', '"received_on"')
    )
    own_file(office, mapping=crossed)
    assert 0 == office.run("sync").json["new"]
    office.run("sync")
    mapping(office, MAPPING)
    assert 1 == office.run("sync").json["new"]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (MAPPING.replace("Mijn meldingen", "Mijn melding"), ("Mijn melding", "Mijn meldingen")),
        (MAPPING.replace('"Datum melding"', '"Datum meldign"'), ("Datum meldign", "Datum melding")),
        (MAPPING.replace('"description"', '"descripton"'), ("descripton", "description")),
        (MAPPING.replace('"description"', '"Omschrijvng"'), ("Omschrijvng", "Kies een van: Omschrijving.")),
        (MAPPING.replace('"complaints"', '"complaint"'), ("complaint", "complaints")),
        (MAPPING.replace('"description"', '"email"'), ("email", "twee")),
        (MAPPING.replace("table =", "tabel ="), ("tabel", "table")),
        (MAPPING.replace('table = "complaints"', ""), ("table",)),
        (MAPPING.replace('[tables."Mijn meldingen".columns]', 'columns = "x"\n[tables.y]'), ("columns",)),
        ('tables = "x"', ("tables",)),
        ("[tables", ("eigen.toml",)),
        (None, ("eigen.toml",)),
    ],
)
def test_r41_a_mapping_that_is_wrong_says_what_and_where_and_the_others_go_on(
    office: Office, wrong: str | None, told: tuple[str, ...]
) -> None:
    path = own_file(office)
    office.type(COMPLAINT)
    mapping(office, wrong or "")
    if wrong is None:
        (office.root / "eigen.toml").unlink()
    result = office.run("sync")
    (error,) = [s["error"] for s in result.json["sources"] if s["error"]]
    assert (1, 1) == (result.code, result.json["new"])
    assert ["J. Jansen"] == [c["name"] for c in office.complaints()]
    words = [w for w in told if w != "twee"]
    assert "eigen.toml" in error
    assert [w for w in words if w not in error] == []
    alone = office.run("sync", str(path))
    assert 3 == alone.code
    assert alone.json["error"]["file"] == "eigen.toml"


def test_r41_a_column_with_the_register_s_own_name_needs_no_mapping(office: Office) -> None:
    """Beside those that are mapped it is read as it would be without."""
    office.settings('\n[[sources]]\npath = "eigen.accdb"\nmapping = "eigen.toml"\n')
    mapping(office, MAPPING)
    extra = [C("Woonplaats", TYPES[2], ""), C("Kleur", TYPES[2], "")]
    design = Design("Mijn meldingen", [*columns(OWN), *extra], [(*ROW, "Zeist", "rood")])
    make_access(office.root / "eigen.accdb", design)
    result = office.run("sync").json
    assert (1, "Zeist") == (result["new"], office.complaints()[0]["city"])
    assert ["Kleur"] == [f["value"] for f in result["findings"] if f["code"] == "unknown_columns"]


def test_r41_a_file_that_cannot_be_matched_says_what_helps(office: Office) -> None:
    path = make_access(office.root / "eigen.accdb", Design("Mijn meldingen", columns(OWN), [ROW]))
    error = office.run("sync", str(path)).json["error"]
    assert ("no_register_table.database", True) == (error["code"], "Mijn meldingen" in error["message"])
    assert "mapping" in error["fix"]
    office.settings('\n[[sources]]\npath = "eigen.accdb"\nmapping = "eigen.toml"\n')
    mapping(office, MAPPING.replace('"Wat is er?" = "description"', ""))
    error = office.run("sync", str(path)).json["error"]
    assert ("missing_column.database", True) == (error["code"], "Omschrijving" in error["message"])


def test_r41_rows_of_other_tables_point_at_the_number_that_the_database_gave(office: Office) -> None:
    """Their complaint is known by its row, also when the row stands in another place than its number says."""
    office.settings('\n[[sources]]\npath = "eigen.accdb"\nmapping = "eigen.toml"\n')
    contacts = (
        '\n[tables.Gesprek]\ntable = "contacts"\ncolumns = { melding = "complaint", dag = "on", inhoud = "summary" }\n'
    )
    mapping(office, MAPPING + contacts)
    other = (date(2026, 11, 4), "e-mail", "B. Bos", "bos@voorbeeld.example", "Product: levering", "Te laat.")
    make_access(
        office.root / "eigen.accdb",
        Design("Mijn meldingen", [C("Nr", "LONG", counts=True), *columns(OWN)], [(None, *ROW), (None, *other)]),
        Design(
            "Gesprek",
            [C("melding", "LONG"), C("dag", "SHORT_DATE_TIME"), C("inhoud", "MEMO")],
            [(2, date(2026, 11, 5), "Gebeld.")],
        ),
    )
    assert 2 == office.run("sync").json["new"]
    numbers = {c["name"]: c["number"] for c in office.complaints()}
    assert [(numbers["B. Bos"], "Gebeld.")] == [(c["complaint"], c["summary"]) for c in office.export()["contacts"]]
    again = office.run("sync").json
    assert (0, 0, 1) == (again["new"], again["changed"], len(office.export()["contacts"]))


def test_r41_types_that_a_register_does_not_know_are_left_alone(office: Office) -> None:
    """Pictures and the like hold no field; numbers, days and yes or no are understood as the field wants them."""
    names = [*columns(), C("Ordernummer", "LONG"), C("Consument", "BOOLEAN"), C("Financieel belang", "DOUBLE"),
             C("Klantnummer", "GUID"), C("Opmerkingen", "OLE"), C("Bijlage", "BINARY"), C("Aankoopdatum", "TEXT")]  # fmt: skip
    guid = "{12345678-1234-1234-1234-1234567890AB}"
    rows = [
        (*ROW, 1234567, True, 12.5, guid, b"GIF89a", b"\x01\x02", "1 mei 2026"),
        (*ROW[:2], "B. Bos", *ROW[3:], None, None, None, None, None, None, None),
    ]
    path = make_access(office.root / "eigen.accdb", Design("Klachten", names, rows))
    result = office.run("sync", str(path))
    assert (2, ["Bijlage"]) == (
        result.json["new"],
        [f["value"] for f in result.json["findings"] if f["code"] == "unknown_columns"],
    )
    fields = ("order_number", "consumer", "amount", "customer_number", "remarks", "bought_on")
    stored = {c["name"]: tuple(c[f] for f in fields) for c in office.complaints()}
    assert ("1234567", "ja", 12.5, guid, None, "2026-05-01") == stored["P. Pieters"]
    assert (None, "nee", None, None, None, None) == stored["B. Bos"]


def test_r41_days_long_ago_and_texts_of_any_length(office: Office) -> None:
    """A day before 1900 is told with its table, row and column; the other cells of that row come in."""
    long = "Zoë's fiets 🚲 & <b> \\ % \" é\n" * 400
    extra = [C("Aankoopdatum", "SHORT_DATE_TIME"), C("Opmerkingen", "MEMO")]
    rows = [(*ROW, date(1899, 12, 29), long), (*ROW[:2], "B. Bos", *ROW[3:], date(150, 1, 2), "x" * 255)]
    path = make_access(office.root / "eigen.accdb", Design("Klachten", [*columns(), *extra], rows))
    result = office.run("sync", str(path))
    told = [
        (f["sheet"], f["row"], f["label"], f["cell"])
        for f in result.json["findings"]
        if f["code"] == "date_out_of_range"
    ]
    assert (2, [("Klachten", 1, "Aankoopdatum", None), ("Klachten", 2, "Aankoopdatum", None)]) == (
        result.json["new"],
        told,
    )
    stored = {c["name"]: (c["bought_on"], c["remarks"]) for c in office.complaints()}
    assert {"P. Pieters": (None, long.strip()), "B. Bos": (None, "x" * 255)} == stored


def test_r41_two_columns_that_mean_the_same_are_told_by_their_names(office: Office) -> None:
    path = make_access(
        office.root / "eigen.accdb", Design("Klachten", [*columns(), C("name")], [(*ROW, "Iemand anders")])
    )
    (told,) = [f for f in office.run("sync", str(path)).json["findings"] if f["code"] == "column_read_already"]
    assert ("Klachten", "name", None) == (told["sheet"], told["label"], told["cell"])
    assert "Naam" in told["message"]
    assert ["P. Pieters"] == [c["name"] for c in office.complaints()]


def test_r41_a_changed_row_of_somebody_s_own_file_does_not_change_the_register(office: Office) -> None:
    """Without a stamp nothing is overwritten."""
    path = make_access(office.root / "eigen.accdb", Design("Klachten", columns(), [ROW]))
    office.run("sync", str(path))
    change_row(path, "Klachten", ("Naam", "P. Pieters"), {"Omschrijving": "Iets anders."})
    assert 0 == office.run("sync", str(path)).json["new"]
    assert [ROW[5]] == [c["description"] for c in office.complaints()]


@pytest.mark.parametrize(("name", "lock"), [("a.mdb", "password"), ("a.mdb", "encrypted"), ("a.accdb", "encrypted")])
def test_r41_a_file_with_a_password_is_told_in_plain_words(office: Office, name: str, lock: str) -> None:
    """In an `.mdb` file the password may stand in the header only, and programs could read on without asking."""
    path = make_access(office.root / name, Design("Klachten", columns(), [ROW]))
    if lock == "password":
        put_password(path, "geheim")
    else:
        encrypt(path)
    office.settings(f'\n[[sources]]\npath = "{name}"\n')
    office.type(COMPLAINT)
    result = office.run("sync")
    (error,) = [s["error"] for s in result.json["sources"] if s["error"]]
    assert (1, 1) == (result.code, result.json["new"])
    assert "heeft een wachtwoord" in error
    assert "Access" in error
    assert "encrypted.database" == office.run("check", str(path)).json["error"]["code"]


@pytest.mark.parametrize("version", ["V2000", "V2003", "V2007", "V2010", "V2016", "V2019"])
def test_r41_every_version_that_can_be_made_here_is_read(office: Office, version: str) -> None:
    path = office.root / ("eigen.mdb" if version < "V2007" else "eigen.accdb")
    make_access(path, Design("Klachten", columns(), [ROW]), version=version)
    assert 1 == office.run("check", str(path)).json["rows"]


def test_r41_a_table_that_lies_in_another_file_is_not_followed(office: Office) -> None:
    """A link would have any file of the machine opened; the file's own tables are read."""
    path = own_file(office, ROW)
    with opened(path) as database:
        database.createLinkedTable("Elders", str(office.root / "niet" / "hier.accdb"), "Klachten")
    result = office.run("sync", str(path))
    assert 1 == result.json["new"]
