"""R03, R39: the same register in Access, for offices and students.

Every file is read by two programs that share nothing with what wrote it.
"""

from __future__ import annotations

import re
import shlex
import shutil
import sqlite3
import subprocess
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from access_samples import Reader, hard_records, mdb_reader, mdbtools, put_in_store
from access_typing import TYPED, add_row
from click.testing import CliRunner
from office import Office

from registerkit.cli.main import cli
from registerkit.definition import Definition, Field, load_definition
from registerkit.definition import Table as RegisterTable
from registerkit.session.session import open_session

# Skips come first: fixtures of a whole session are set up before those of a module.
pytestmark = pytest.mark.usefixtures("access_writer", "access_readers")
DEFINITION = load_definition()
KINDS = {"klachten.accdb": "ACE14", "klachten.mdb": "JET4"}
TYPES = {
    "date": "datetime 8", "money": "currency 8", "integer": "long 4", "memo": "memo 0", "numbers": "memo 0",
    "yesno": "text 20", "choice": "text 128", "person": "text 128", "key": "text 128", "postcode": "text 32",
    "phone": "text 128", "text": "text 510", "email": "text 510",
}  # fmt: skip
"""What mdb-reader calls the column of each field kind; a text of 255 characters takes 510 bytes."""


@pytest.fixture(scope="module")
def filled(made_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Give an office with 500 varied complaints, and both kinds of file made of them."""
    root = tmp_path_factory.mktemp("access") / "klachten"
    shutil.copytree(made_once, root)
    put_in_store(root, hard_records(500))
    office = Office(root)
    for name in KINDS:
        done = office.run("database", str(root / name), "--with-records")
        assert (0, {"files": [name]}) == (done.code, done.json)
    return office


@pytest.fixture(scope="module", params=KINDS)
def file(filled: Office, request: pytest.FixtureRequest) -> Path:
    return filled.root / str(request.param)


@pytest.fixture(scope="module")
def read(file: Path) -> Reader:
    return mdb_reader(file)


@pytest.fixture(scope="module")
def stored(filled: Office) -> dict[str, dict[str, dict[str, Any]]]:
    session = open_session(filled.root)
    try:
        return session.store.all_records()
    finally:
        session.close()


def fields(table: RegisterTable) -> list[Field]:
    return [field for field in table.fields if field.stored]


def shown(field: Field, value: Any) -> str | None:
    """Say what a value must read as, worked out from the store's value and from nothing of ours."""
    if value is None or value == ():
        return None
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, date):
        return value.isoformat()
    if field.kind == "money":
        return f"{Decimal(value) / 100:.4f}"
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def expected(definition: Definition, stored: dict[str, Any], table: RegisterTable) -> list[dict[str, str | None]]:
    """Give the rows that a table must hold, by header, with the number of the complaint's row for its number."""
    rows = {number: str(n) for n, number in enumerate(stored[definition.main_id], 1)}
    found = []
    for record in stored[table.id].values():
        row = {f.labels["nl"]: shown(f, record[f.id]) for f in fields(table)}
        if table.parent:
            row[table.by_id[table.parent].labels["nl"]] = rows[record[table.parent]]
        found.append(row)
    return found


def as_told(value: Any) -> str | None:
    """Give a value of mdb-reader as a text: of a day without the time of day."""
    if isinstance(value, str) and re.fullmatch(r"[+-]?\d{4,6}-\d\d-\d\dT00:00:00\.000Z", value):
        return value[: -len("T00:00:00.000Z")]
    return None if value is None else str(value)


def record_tables() -> list[RegisterTable]:
    return [table for table in DEFINITION.tables.values() if not table.fixed]


# ------------------------------------------------------------------------------------------------------------ values
@pytest.mark.parametrize("table", record_tables(), ids=lambda t: t.id)
def test_r03_every_value_of_500_varied_complaints_reads_back(table: RegisterTable, read: Reader, stored: Any) -> None:
    """Emoji, quotes, long texts, days before 1900, amounts to the cent, and yes, no and nothing told apart."""
    found = read[table.excel["nl"]].rows
    headers = [f.labels["nl"] for f in fields(table)]
    assert expected(DEFINITION, stored, table) == [{h: as_told(row[h]) for h in headers} for row in found]


@pytest.mark.parametrize("table", record_tables(), ids=lambda t: t.id)
def test_r03_a_second_reader_agrees(table: RegisterTable, file: Path, read: Reader, stored: Any) -> None:
    """mdbtools knows no emoji and reads no days before the year 1900; all else must be the same."""
    name = table.excel["nl"]
    found = mdbtools(file, name, [*read[name].columns])
    wanted = expected(DEFINITION, stored, table)
    assert len(wanted) == len(found)
    for row, got in zip(wanted, found, strict=True):
        for header, value in row.items():
            if value is not None and re.fullmatch(r"(0|1[0-8])\d+-\d\d-\d\d|1899-\d\d-\d\d|9999-12-31", value):
                continue
            told = got[header]
            day = told.removesuffix(" 00:00:00") if told is not None else None
            plain = None if value is None else "".join("??" if ord(c) > 0xFFFF else c for c in value)
            assert (header, plain) == (header, day)


def test_r03_lists_hold_every_choice_with_its_label(read: Reader) -> None:
    for choices in DEFINITION.lists.values():
        rows = read[f"Lijst {choices.labels['nl']}"].rows
        wanted = [(c.code, c.labels["nl"], c.parent, c.in_use) for c in choices.choices]
        found = [(r["Code"], r["Keuze"], r.get("Hoort bij"), r["In gebruik"]) for r in rows]
        if choices.id == "branch":
            found = [(code, label, None, use) for code, label, _, use in found]
        assert wanted == found


def test_r03_the_file_says_whose_it_is(read: Reader, filled: Office) -> None:
    """The same marks as in a workbook, and which column holds which field."""
    session = open_session(filled.root)
    try:
        known = {"register": session.store.register_id(), "revision": str(session.store.revision()),
                 "definition": "klachten", "language": "nl", "records": "all"}  # fmt: skip
    finally:
        session.close()
    found = {row["name"]: row["value"] for row in read["rk_meta"].rows}
    assert known == {name: found[name] for name in known}
    assert re.fullmatch(r"[0-9a-f-]{36}", found["workbook"])
    columns = {(r["table_id"], r["field_id"]): (r["table_name"], r["column_name"]) for r in read["rk_columns"].rows}
    wanted = {(t.id, f.id): (t.excel["nl"], f.labels["nl"]) for t in record_tables() for f in fields(t)}
    assert wanted.items() <= columns.items()
    assert all(column in read[table].columns for table, column in columns.values())


# ------------------------------------------------------------------------------------------------------------ layout
def test_r03_columns_have_the_type_of_their_field(read: Reader) -> None:
    widened = {"subject", "organisation", "order_number", "description", "remarks"}
    for table in record_tables():
        columns = read[table.excel["nl"]].columns
        for field in fields(table):
            want = "long 4" if field.id == table.parent else TYPES[field.value_kind]
            if field.id not in widened:
                assert (table.id, field.id, want) == (table.id, field.id, columns[field.labels["nl"]])
    assert "memo 0" == read["Klachten"].columns["Organisatie"]
    assert "long 4 auto" == read["Klachten"].columns["Id"]
    assert "boolean 0" == read["Lijst Status"].columns["In gebruik"]


def schema(file: Path) -> str:
    """Give the layout in the SQL of mdbtools, whose names are in small letters."""
    command = ["mdb-schema", "--not-null", "--default-values", str(file), "postgres"]
    done = subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8")
    assert "" == done.stderr
    return done.stdout


def test_r03_keys_and_relations_are_there(file: Path) -> None:
    """Relations go over the number that Access gives a row, so that a new complaint needs no number of ours yet."""
    told = schema(file)
    assert f"{KINDS[file.name]}" in subprocess.run(["mdb-ver", file], capture_output=True, text=True).stdout
    for line in (
        'ALTER TABLE "klachten" ADD CONSTRAINT "klachten_pkey" PRIMARY KEY ("id");',
        'CREATE UNIQUE INDEX "klachten_klachtnummer_idx" ON "klachten" ("klachtnummer");',
        'ALTER TABLE "medewerkers" ADD CONSTRAINT "medewerkers_pkey" PRIMARY KEY ("code");',
        'ALTER TABLE "lijst categorie" ADD CONSTRAINT "lijst categorie_pkey" PRIMARY KEY ("code");',
        'ALTER TABLE "feestdagen" ADD CONSTRAINT "feestdagen_pkey" PRIMARY KEY ("datum");',
        'CREATE UNIQUE INDEX "onderzoeken_klachtnummer_idx" ON "onderzoeken" ("klachtnummer");',
    ):
        assert line in told
    relations = re.findall(
        r'ALTER TABLE "([^"]+)" ADD CONSTRAINT "[^"]+" FOREIGN KEY \("([^"]+)"\) REFERENCES "([^"]+)"\("([^"]+)"\)',
        told,
    )
    assert {
        ("Contactmomenten", "klachtnummer", "Klachten", "id"),
        ("Opschortingen", "klachtnummer", "Klachten", "id"),
        ("Onderzoeken", "klachtnummer", "Klachten", "id"),
        ("Brieven", "klachtnummer", "Klachten", "id"),
        ("Klachten", "categorie", "Lijst Categorie", "code"),
        ("Klachten", "behandelaar", "Medewerkers", "code"),
        ("Lijst Subcategorie", "hoort bij", "Lijst Categorie", "code"),
        ("Medewerkers", "vervanger", "Medewerkers", "code"),
    } <= set(relations)
    for label in ("ontvangen op", "wijze van melding", "naam", "categorie", "omschrijving"):
        assert re.search(rf'"klachten"\n.*?"{label}"\s+[^\n]* NOT NULL', told, re.DOTALL)


def properties(file: Path, table: str) -> dict[str, dict[str, str]]:
    """Give the properties of a table's columns as mdbtools lists them; the table's own stand under `(none)`."""
    done = subprocess.run(["mdb-prop", file, table], check=True, capture_output=True, text=True, encoding="utf-8")
    found: dict[str, dict[str, str]] = {}
    for part in done.stdout.split("name: ")[1:]:
        name, *lines = part.splitlines()
        pairs = [line.strip().split(": ", 1) for line in lines if ": " in line]
        found[name] = dict(pairs)
    return found


def test_r03_access_shows_labels_lists_and_what_is_wrong_in_dutch(file: Path) -> None:
    told = properties(file, "Klachten")
    assert {f.labels["nl"] for f in fields(DEFINITION.main)} <= set(told)
    for field in fields(DEFINITION.main):
        own = told[field.labels["nl"]]
        assert (field.labels["nl"], field.help["nl"]) == (own["Caption"], own["Description"])
        if field.value_kind in ("choice", "person", "yesno"):
            assert "111" == own["DisplayControl"]
        if field.when == "intake":
            assert "yes" == own["Required"]
    assert ["dd-mm-yyyy", '"€" #,##0.00'] == [told[n]["Format"] for n in ("Ontvangen op", "Kosten")]
    assert ['"nieuw"', '"normaal"'] == [told[name]["DefaultValue"] for name in ("Status", "Ernst")]
    assert '"ja";"nee"' == told["Consument"]["RowSource"]
    assert "SELECT [Code], [Naam] FROM [Medewerkers] ORDER BY [Naam];" == told["Behandelaar"]["RowSource"]
    refusal = "Ontvangen op: Vul een dag in van 01-01-2000 tot en met vandaag."
    assert refusal == told["Ontvangen op"]["ValidationText"]
    assert "Is Null Or ((>=#1/1/2000#) And (<=Date()))" == told["Ontvangen op"]["ValidationRule"]


# ----------------------------------------------------------------------------------------------- the command's manners
def test_r03_without_records_the_file_is_ready_to_fill_in(office: Office) -> None:
    """Lists, staff and holidays are there to choose from; complaints are not."""
    target = office.root / "leeg.accdb"
    assert 0 == office.run("database", str(target)).code
    read = mdb_reader(target)
    assert {"Sanne de Vries", "Jeroen Bakker", "Els Wouters"} == {row["Naam"] for row in read["Medewerkers"].rows}
    assert [] == read["Klachten"].rows
    assert read["Feestdagen"].rows
    assert "none" == {row["name"]: row["value"] for row in read["rk_meta"].rows}["records"]


def test_r03_a_second_register_has_its_own_file(tmp_path: Path) -> None:
    root = tmp_path / "incidenten"
    office = Office(root)
    definition = Path(__file__).resolve().parents[1] / "definitions" / "incidents.toml"
    assert 0 == office.run("init", str(root), "--definition", str(definition)).code
    assert 0 == office.run("database", str(root / "incidenten.accdb"), "--with-records").code
    assert {"Incidenten", "Medewerkers", "Lijst Soort incident", "Lijst Stand", "rk_meta", "rk_columns"} == set(
        mdb_reader(root / "incidenten.accdb")
    )


def test_r03_a_file_nobody_touched_is_built_anew_after_a_copy(office: Office) -> None:
    target = office.root / "klachten.accdb"
    assert 0 == office.run("database", str(target)).code
    first = target.read_bytes()
    assert 0 == office.run("database", str(target), "--with-records").code
    copies = list((office.root / "archief").rglob("klachten.*.accdb"))
    assert [first] == [copy.read_bytes() for copy in copies]


def test_r03_what_was_entered_and_not_synced_is_not_lost(office: Office) -> None:
    """The file is left as it is until asked otherwise; then it is synced first, and a copy is kept."""
    target = office.root / "klachten.accdb"
    assert 0 == office.run("database", str(target)).code
    add_row(target, "Klachten", TYPED)
    edited = target.read_bytes()
    refused = office.run("database", str(target))
    assert (3, "write_refused.unsynced") == (refused.code, refused.json["error"]["code"])
    assert edited == target.read_bytes()
    assert 0 == office.run("database", str(target), "--replace").code
    (copy,) = (office.root / "archief").rglob("klachten.*.accdb")
    assert edited == copy.read_bytes()
    assert [TYPED["Naam"]] == [complaint["name"] for complaint in office.complaints()]


@pytest.mark.parametrize(
    ("name", "content", "code", "exit_code"),
    [
        ("ander.accdb", b"geen database", "write_refused.foreign", 3),
        ("leeg.mdb", b"", "write_refused.foreign", 3),
        ("geen/map/klachten.accdb", None, "missing_file.folder", 3),
    ],
)
def test_r03_a_target_that_cannot_be_is_refused(
    office: Office, name: str, content: bytes | None, code: str, exit_code: int
) -> None:
    target = office.root / name
    if content is not None:
        target.write_bytes(content)
    done = office.run("database", str(target))
    assert (exit_code, code) == (done.code, done.json["error"]["code"])
    assert (None if content is None else content) == (target.read_bytes() if target.exists() else None)
    assert [] == list(office.root.glob(".registerkit-*"))


def test_r03_a_file_that_is_open_in_access_is_left_alone(office: Office) -> None:
    target = office.root / "klachten.accdb"
    assert 0 == office.run("database", str(target)).code
    target.with_suffix(".laccdb").write_bytes(b"")
    refused = office.run("database", str(target), "--replace")
    assert (3, "write_refused.open") == (refused.code, refused.json["error"]["code"])


def test_r03_a_branch_with_a_file_of_its_own_sees_no_other_branch(office: Office) -> None:
    """Nor what belongs to another branch's complaints."""
    office.settings(
        '\n[branches]\nnoord = "Noord"\nzuid = "Zuid"\n\n[[sources]]\npath = "noord.accdb"\nbranch = "noord"\nscope = "own"\n'
    )
    records = hard_records(20)
    for n, record in enumerate(records["complaints"]):
        record["branch"] = ("noord", "zuid")[n % 2]
    put_in_store(office.root, records)
    target = office.root / "noord.accdb"
    assert 0 == office.run("database", str(target), "--with-records").code
    read = mdb_reader(target)
    assert [f"K-2026-{n:04}" for n in range(1, 20, 2)] == [row["Klachtnummer"] for row in read["Klachten"].rows]
    branch = {number: n % 2 for n, number in enumerate(r["number"] for r in records["complaints"])}
    own = [pause for pause in records["pauses"] if branch[str(pause["complaint"])] == 0]
    assert len(own) == len(read["Opschortingen"].rows)


# -------------------------------------------------------------------------------------------------- the page for students
PAGE = (Path(__file__).resolve().parents[2] / "docs" / "access.md").read_text(encoding="utf-8")


def test_r39_the_commands_on_the_page_for_students_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As they stand there, in the folder that a student is in."""
    monkeypatch.chdir(tmp_path)
    commands = [line.strip() for line in PAGE.splitlines() if line.startswith("    registerkit ")]
    assert 3 == len(commands)
    for command in commands:
        _, *words = shlex.split(command)
        assert 0 == CliRunner().invoke(cli, words).exit_code, command
    assert (tmp_path / "klachten" / "klachten.accdb").is_file()


def test_r39_the_queries_on_the_page_for_students_fit_the_file(read: Reader) -> None:
    """Run by SQLite over the very rows, with the days as they are written there."""
    queries = re.findall(r"(?:^    (?:SELECT|FROM|WHERE|GROUP|ORDER).*\n)+", PAGE, re.MULTILINE)
    assert 2 == len(queries)
    database = sqlite3.connect(":memory:")
    database.create_function("Date", 0, lambda: "2026-11-20")
    for name in ("Klachten", "Lijst Categorie"):
        columns = [*read[name].columns]
        database.execute(f"CREATE TABLE [{name}] ({', '.join(f'[{column}]' for column in columns)})")
        marks = ", ".join("?" * len(columns))
        rows = [[as_told(row[column]) for column in columns] for row in read[name].rows]
        database.executemany(f"INSERT INTO [{name}] VALUES ({marks})", rows)
    late, counted = (database.execute(query).fetchall() for query in queries)
    waiting = (row for row in read["Klachten"].rows if row["Beantwoord op"] is None and row["Afgehandeld op"] is None)
    open_rows = [row for row in waiting if row["Uiterlijk afhandelen op"]]
    assert late
    assert len(late) == sum(str(as_told(row["Uiterlijk afhandelen op"])) < "2026-11-20" for row in open_rows)
    assert len(read["Klachten"].rows) == sum(count for _, count in counted)
