"""R13: a register of somebody's own comes in whole by a mapping file that is suggested, looked over and used."""

from __future__ import annotations

import csv
import json
import shutil
import sqlite3
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from office import Office

from registerkit.files import as_typed

HEADS = ["Klachtnr", "Datum ontvangst", "Naam klager", "PC", "Tel", "E-mailadres", "Binnengekomen via", "Soort klacht",
         "Omschrijving klacht", "Behandelaar", "Stand", "Datum afgehandeld", "Gegrond?", "Klantnr", "Ras"]  # fmt: skip
CHOSEN = {"Te laat": "Product: levering", "Lomp": "Service: bejegening"}


def row(year: int, n: int) -> list[Any]:
    day, is_closed = datetime(year, 1 + n % 12, 3 + n % 20), n % 5 != 0
    return [
        f"{year}-{n:03}", day if n % 2 else f"{day:%d/%m/%Y}", f"Fam. de Wit-{n}", "3511ab", "030-1234567" if n % 6 else "onbekend",
        f"k{n}@voorbeeld.example", ("telefonisch", "brief", "mail")[n % 3], ("Te laat", "Lomp")[n % 2],
        f"Het ging mis op dag {n}.\nEn weer.", "P. Post", "Gesloten" if is_closed else "Loopt",
        datetime(year, 12, 20) if is_closed else None, ("ja", "nee")[n % 2] if is_closed else None, 90 + n, "teckel",
    ]  # fmt: skip


def old_register(path: Path, n: int = 12) -> Path:
    """Make a workbook with a sheet per year, a title above the headings, numbers with zeros in front, and totals."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for year in (2023, 2024):
        sheet = book.create_sheet(str(year))
        sheet["B1"] = f"Klachtenregister {year}"
        for at, head in enumerate(HEADS, 1):
            sheet.cell(4, at, head)
        for line in range(1, n + 1):
            for at, value in enumerate(row(year, line), 1):
                sheet.cell(4 + line, at, value)
            sheet.cell(4 + line, HEADS.index("Klantnr") + 1).number_format = "00000"
        sheet.cell(6 + n, 1, "Totaal")
        sheet.cell(6 + n, 2, n)
    book.create_sheet("Rooster").append(["Week", "Wie"])
    book.save(path)
    return path


def chosen(office: Office, name: str = "oud.toml") -> None:
    """Answer the questions of a suggestion, as somebody does in a text editor."""
    file = office.root / name
    text = file.read_text(encoding="utf-8")
    for told, label in CHOSEN.items():
        lines = [line if f'"{told}" =' not in line else f'"{told}" = "{label}"' for line in text.splitlines()]
        text = "\n".join(lines)
    file.write_text(text.replace('# ? dates = "day"', 'dates = "day"'), encoding="utf-8")


def records(office: Office) -> dict[str, dict[str, Any]]:
    target = office.root / "uit.json"
    assert office.run("export", str(target)).code == 0
    return {c["earlier_number"]: c for c in json.loads(target.read_text(encoding="utf-8"))["complaints"]}


@pytest.fixture
def taken_over(office: Office, tmp_path: Path) -> tuple[Office, Path]:
    file = old_register(tmp_path / "oud.xlsx")
    assert office.run("import", str(file), "--suggest").code == 0
    chosen(office)
    return office, file


def test_r13_an_old_register_comes_in_with_three_commands(office: Office, tmp_path: Path) -> None:
    file = old_register(tmp_path / "oud.xlsx")
    suggested = office.run("import", str(file), "--suggest").json
    assert (suggested["map"], suggested["rows"]) == ("oud.toml", 24)
    assert {c["label"] for c in suggested["columns"] if not c["sure"]} == {"Ras"}
    chosen(office)
    looked = office.run("import", str(file), "--dry-run").json
    assert (looked["rows"], looked["new"], looked["refused"]) == (24, 24, [])
    assert records(office) == {}
    done = office.run("import", str(file)).json
    assert (done["new"], done["refused"], done["map"]) == (24, [], "oud.toml")
    assert {(c["label"], c["field"], c["values"]) for c in done["columns"]} >= {("Naam klager", "name", 24)}
    found = records(office)
    assert len(found) == 24
    one = found["2023-001"]
    assert one["received_on"] == "2023-02-04"
    assert one["name"] == "Fam. de Wit-1"
    assert (one["postcode"], one["phone"], one["customer_number"]) == ("3511 AB", "030 123 4567", "00091")
    assert (one["channel"], one["category"], one["judgement"]) == ("brief", "Service: bejegening", "ongegrond")
    assert one["description"] == "Het ging mis op dag 1.\nEn weer."
    assert (one["status"], one["closed_on"], one["taken_over_on"]) == ("afgehandeld", "2023-12-20", "2026-11-20")
    assert "Ras: teckel" in one["remarks"]
    assert "Behandelaar: P. Post" in one["remarks"]  # Nobody here is called so; nothing that was typed is lost.
    assert found["2023-006"]["phone"] is None
    assert "Tel: onbekend" in found["2023-006"]["remarks"]
    assert (found["2024-005"]["status"], found["2024-005"]["taken_over_on"]) == ("in behandeling", None)


def test_r13_what_was_closed_there_has_no_letters_and_counts(taken_over: tuple[Office, Path]) -> None:
    office, file = taken_over
    office.run("import", str(file))
    closed = {c["number"] for c in records(office).values() if c["taken_over_on"]}
    letters = office.run("letters", "--dry-run").json
    assert not closed & {each["number"] for each in (*letters["letters"], *letters["held"])}
    digest = office.run("reminders").json
    told = [n for each in (*digest["handlers"], digest["coordinator"]) for n in (*each["overdue"], *each["due_soon"])]
    assert not closed & set(told)
    figures = office.run("report", "--period", "2023").json["figures"]
    assert (figures["received"], figures["closed"], figures["open_at_end"]) == (12, 10, 2)
    assert figures["by_ending"] == {"gegrond": 5, "ongegrond": 5}
    synced = office.run("sync").json
    assert [f for f in synced["findings"] if f["severity"] == "error"] == []
    again = office.run("sync").json
    assert (again["new"], again["changed"], again["conflicts"]) == (0, 0, [])
    assert office.run("check", str(office.workbook)).json["findings"] == []


def test_r13_a_second_time_updates_and_leaves_what_was_changed_here(taken_over: tuple[Office, Path]) -> None:
    office, file = taken_over
    office.run("import", str(file))
    again = office.run("import", str(file)).json
    assert (again["new"], again["changed"], again["unchanged"]) == (0, 0, 24)
    office.run("sync")
    number = records(office)["2024-002"]["number"]
    line = next(n for n, cells in office.rows().items() if cells["Klachtnummer"] == number)
    office.change(line, {"Naam": "Mevr. De Wit"})
    assert office.run("sync").json["changed"] == 1
    book = openpyxl.load_workbook(file)
    book["2024"].cell(6, 3, "Familie De Wit")
    book["2024"].cell(7, 3, "Fam. Anders")
    later = file.with_name("oud-december.xlsx")
    book.save(later)
    third = office.run("import", str(later), "--map", str(office.root / "oud.toml")).json
    assert (third["new"], third["changed"], third["conflicts"]) == (0, 1, 1)
    found = records(office)
    assert (found["2024-002"]["name"], found["2024-003"]["name"]) == ("Mevr. De Wit", "Fam. Anders")


def test_r13_an_import_is_taken_back_until_something_follows(taken_over: tuple[Office, Path]) -> None:
    office, file = taken_over
    refused = office.run("import", "--undo")
    assert (refused.code, refused.json["error"]["code"]) == (3, "store.no_import")
    office.run("import", str(file))
    before = {c["number"] for c in records(office).values()}
    assert office.run("import", "--undo").code == 0
    assert records(office) == {}
    office.run("import", str(file))
    assert not before & {c["number"] for c in records(office).values()}
    office.run("sync")
    followed = office.run("import", "--undo")
    assert followed.code == 3
    assert len(records(office)) == 24


def test_r13_a_row_without_a_number_or_with_anothers_is_named_and_the_rest_comes_in(
    taken_over: tuple[Office, Path],
) -> None:
    office, file = taken_over
    book = openpyxl.load_workbook(file)
    book["2024"].cell(5, 1, "2023-002")
    book["2024"].cell(6, 1).value = None
    book.save(file)
    result = office.run("import", str(file))
    assert result.code == 1
    assert result.json["new"] == 22
    told = {
        (f["code"], f["sheet"], f["cell"], f["row"]) for f in result.json["findings"] if f["code"].startswith("key")
    }
    assert told == {("key_twice", "2024", "A5", 5), ("key_missing", "2024", "A6", 6)}
    assert [(r["row"], r["codes"]) for r in result.json["refused"]] == [(5, ["key_twice"]), (6, ["key_missing"])]
    assert result.json["rows"] == result.json["new"] + result.json["unchanged"] + 2


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (('"Naam klager"', '"Naam klagr"'), "Naam klager"),
        (('= "Naam"', '= "Naan"'), "Naam"),
        (("key =", "keys ="), "key"),
        (('"2023"]', '"2022"]'), "2023"),
        (("header = 4", 'header = "4"'), "1, 2, 3"),
        (('dates = "day"', "dates = 1"), "dates"),
    ],
)
def test_r13_a_map_that_names_what_is_not_there_says_where_and_nothing_comes_in(
    taken_over: tuple[Office, Path], wrong: tuple[str, str], told: str
) -> None:
    office, file = taken_over
    place = office.root / "oud.toml"
    place.write_text(place.read_text(encoding="utf-8").replace(*wrong), encoding="utf-8")
    result = office.run("import", str(file))
    assert result.code in (2, 3)
    error = result.json["error"]
    assert "oud.toml" in error["message"]
    assert told in f"{error['message']} {error['fix']}"
    assert records(office) == {}


def test_r13_other_kinds_of_files_come_in_by_the_same_map(taken_over: tuple[Office, Path], tmp_path: Path) -> None:
    office, _ = taken_over
    lines = [
        [value.strftime("%d-%m-%Y") if isinstance(value, date) else value for value in row(2025, n)] for n in (1, 2, 4)
    ]
    with (tmp_path / "a.csv").open("w", encoding="utf-8", newline="") as text:
        csv.writer(text, delimiter=";").writerows([HEADS, *lines])
    objects = [dict(zip(HEADS, [f"J{line[0]}", *line[1:]], strict=True)) for line in lines]
    (tmp_path / "b.json").write_text(json.dumps({"klachten": objects}), encoding="utf-8")
    with sqlite3.connect(tmp_path / "c.sqlite") as database:
        names = ", ".join(json.dumps(head) for head in HEADS)
        database.execute(f"CREATE TABLE Klachten ({names})")
        marks = ", ".join("?" * len(HEADS))
        database.executemany(f"INSERT INTO Klachten VALUES ({marks})", [[f"S{line[0]}", *line[1:]] for line in lines])
    for name in ("a.csv", "b.json", "c.sqlite"):
        suggested = office.run("import", str(tmp_path / name), "--suggest").json["map"]
        chosen(office, suggested)
        result = office.run("import", str(tmp_path / name), "--map", str(office.root / suggested)).json
        assert (name, result["new"], result["refused"]) == (name, 3, [])
    found = records(office)
    for first in ("", "J", "S"):
        one = found[f"{first}2025-001"]
        assert (one["received_on"], one["category"], one["closed_on"]) == (
            "2025-02-04",
            "Service: bejegening",
            "2025-12-20",
        )


@pytest.mark.parametrize("name", ["weg.xlsx", "leeg.csv", "foto.png", "kapot.json", "kapot.sqlite"])
def test_r13_a_file_that_cannot_be_used_is_told_and_nothing_is_written(
    office: Office, tmp_path: Path, name: str
) -> None:
    if name != "weg.xlsx":
        (tmp_path / name).write_bytes(b"" if name.startswith("leeg") else b"{niets")
    before = sorted(office.root.iterdir())
    for words in (["--suggest"], []):
        result = office.run("import", str(tmp_path / name), *words)
        assert result.code == 3, result.text
        assert name in result.json["error"]["message"]
    assert sorted(office.root.iterdir()) == before


def test_r13_an_export_comes_back_whole(demo_once: Path, tmp_path: Path) -> None:
    """Everything of the example, in an empty register: numbers, letters, investigations, details of the office."""
    first, again = tmp_path / "eerst.json", tmp_path / "weer.json"
    shutil.copytree(demo_once, tmp_path / "voorbeeld")
    demo, office = Office(tmp_path / "voorbeeld", on=date.today()), Office(tmp_path / "nieuw", on=date.today())
    assert demo.run("export", str(first)).code == 0
    assert office.init().code == 0
    shutil.copyfile(demo.root / "register.toml", office.root / "register.toml")
    done = office.run("import", str(first))
    assert (done.code, done.json["findings"]) == (0, [])
    assert office.run("export", str(again)).code == 0
    told, found = (json.loads(file.read_text(encoding="utf-8")) for file in (first, again))
    assert {name: len(rows) for name, rows in told.items()} == {name: len(rows) for name, rows in found.items()}
    for name, rows in told.items():
        key = next(iter(rows[0])) if rows else ""
        pairs = zip(*(sorted(each, key=lambda row: str(row[key])) for each in (rows, found[name])), strict=True)
        assert [(name, k, a[k], b[k]) for a, b in pairs for k in a if a[k] != b[k]] == []
    refused = office.run("import", str(first))
    assert (refused.code, refused.json["error"]["code"]) == (3, "store.import_not_empty")


def test_r13_a_source_of_the_settings_goes_by_the_same_map(taken_over: tuple[Office, Path]) -> None:
    """Every sync brings what is new and what changed there, and each row once."""
    office, file = taken_over
    shutil.copyfile(file, office.root / "oud.xlsx")
    office.settings('\n[[sources]]\npath = "oud.xlsx"\nmapping = "oud.toml"\n')
    first = office.run("sync").json
    assert (first["new"], first["refused"]) == (24, [])
    again = office.run("sync").json
    assert (again["new"], again["changed"], again["conflicts"]) == (0, 0, [])
    book = openpyxl.load_workbook(file)
    book["2024"].cell(6, 3, "Familie De Wit")
    book.save(office.root / "oud.xlsx")
    changed = office.run("sync").json
    assert (changed["new"], changed["changed"], changed["conflicts"]) == (0, 1, [])
    assert records(office)["2024-002"]["name"] == "Familie De Wit"


def test_r13_two_old_registers_that_count_from_one_are_not_put_over_each_other(office: Office, tmp_path: Path) -> None:
    """The same number is another complaint's there; only its own register changes it, and nothing else is undone."""
    heads = "Nr;Datum ontvangst;Naam;E-mail;Kanaal;Categorie;Omschrijving\n"
    for name, who, text in (
        ("een", "Jan Jansen", "Totaal verkeerde levering"),
        ("twee", "Piet de Groot", "Nooit teruggebeld"),
    ):
        line = f"1;05-01-2023;{who};x@voorbeeld.example;brief;Product: levering;{text}\n"
        (tmp_path / f"{name}.csv").write_text(f"{heads}{line}Totaal;1\n", encoding="utf-8")
        assert office.run("import", str(tmp_path / f"{name}.csv"), "--suggest").code == 0
        done = office.run("import", str(tmp_path / f"{name}.csv"), "--prefer", "workbook").json
        assert (done["new"], done["changed"], done["conflicts"]) == (1, 0, 0)
        assert "rows_skipped" in {finding["code"] for finding in done["findings"]}
    assert sorted(c["name"] for c in office.complaints()) == ["Jan Jansen", "Piet de Groot"]
    again = office.run("import", str(tmp_path / "twee.csv")).json
    assert (again["new"], again["unchanged"]) == (0, 1)
    assert office.run("import", "--undo").code == 0  # Of the last import that brought something.
    assert [c["name"] for c in office.complaints()] == ["Jan Jansen"]


def test_r13_an_export_in_which_a_number_stands_twice_puts_nothing_over_another(office: Office, tmp_path: Path) -> None:
    needed = {
        "received_on": "2026-11-02",
        "channel": "brief",
        "category": "Product: levering",
        "description": "Te laat.",
    }
    rows = [
        {"number": number, "name": name, **needed}
        for number, name in (("K-2026-0007", "A. Bos"), ("K-2026-0007", "B. Mol"), (None, "C. Vos"))
    ]
    (tmp_path / "alles.json").write_text(json.dumps({"complaints": rows}), encoding="utf-8")
    done = office.run("import", str(tmp_path / "alles.json"))
    assert (done.code, done.json["new"]) == (1, 1)
    assert {finding["code"] for finding in done.json["findings"]} == {"key_twice", "key_missing"}
    assert [(c["number"], c["name"]) for c in office.complaints()] == [("K-2026-0007", "A. Bos")]


def test_r13_a_table_comes_in_through_odbc_and_a_password_is_never_shown(
    office: Office, tmp_path: Path, odbc_driver: Callable[[str], str]
) -> None:
    lines = [[value.isoformat() if isinstance(value, date) else value for value in row(2025, n)] for n in (1, 2, 4)]
    with sqlite3.connect(tmp_path / "elders.db") as database:
        names = ", ".join(f"{json.dumps(head)} varchar(80)" for head in HEADS)
        database.execute(f'CREATE TABLE "Oude klachten" ({names})')
        database.executemany(f'INSERT INTO "Oude klachten" VALUES ({", ".join("?" * len(HEADS))})', lines)
    database.close()
    address = f"odbc:Driver={odbc_driver('SQLite3')};Database={tmp_path / 'elders.db'};PWD={{Ge;heim}}"
    words = ["import", address, "--table", "oude klachten"]
    screen = office.say(*words, "--suggest").text
    assert "--table" in screen
    assert "PWD=***" in screen
    chosen(office, "oude klachten.toml")
    looked = office.run(*words, "--dry-run").json
    assert (looked["new"], looked["map"]) == (3, "oude klachten.toml")
    done, again = office.run(*words).json, office.run(*words).json
    assert (done["new"], done["refused"], again["new"], again["unchanged"]) == (3, [], 0, 3)
    assert records(office)["2025-001"]["received_on"] == "2025-02-04"
    missing = office.run("import", address, "--table", "Oude klagten").json["error"]
    assert "Oude klachten" in missing["fix"]
    undone = office.say("import", "--undo").text
    kept = [path.read_bytes() for path in office.root.rglob("*") if path.is_file()]
    assert not any(b"heim" in each for each in (screen.encode(), str(missing).encode(), undone.encode(), *kept))


@pytest.mark.parametrize("words", [["odbc:Meldingen"], ["oud.xlsx", "--table", "Klachten"]])
def test_r13_a_table_is_named_with_a_database_and_only_there(office: Office, words: list[str]) -> None:
    result = office.process("import", *words)
    assert result.returncode == 2
    assert "--table" in result.stdout + result.stderr


def test_r13_what_no_column_is_said_to_be_is_told_with_what_to_do(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "oud.csv"
    file.write_text("Nr;Dag;Wie;Klacht\n1;5-1-2023;Jan Jansen;Te laat\n2;6-1-2023;Piet Post;Lomp\n", encoding="utf-8")
    assert office.run("import", str(file), "--suggest").code == 0
    error = office.run("import", str(file)).json["error"]
    assert "oud.toml" in error["message"]
    assert "‘Wijze van melding’, ‘Naam’, ‘Categorie’" in error["message"]
    assert "# ?" in error["fix"]


def test_r13_without_a_map_or_with_two_it_is_told_what_to_do(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "oud.json"
    file.write_text(json.dumps([{"Nr": 1, "Wie": "Jan Jansen"}]), encoding="utf-8")
    error = office.run("import", str(file)).json["error"]
    assert (error["code"], "--suggest" in error["fix"]) == ("no_register_table.import", True)
    assert office.run("import", str(file), "--suggest").json["map"] == "oud.toml"
    second = office.say("import", str(file), "--suggest").text
    assert "oud (2).toml" in second.rpartition("--map")[2]
    error = office.run("import", str(file)).json["error"]
    assert (error["code"], "oud.toml, oud (2).toml" in error["message"]) == ("settings.two_maps", True)
    assert "--map" in error["fix"]
    (office.root / "oud.toml").unlink()
    assert "oud (2).toml" in office.run("import", str(file)).json["error"]["message"]


def test_r13_what_is_wrong_is_counted_with_the_rows_that_stay_out(taken_over: tuple[Office, Path]) -> None:
    office, file = taken_over
    book = openpyxl.load_workbook(file)
    for line, column in ((5, "Soort klacht"), (6, "Soort klacht"), (6, "Tel"), (7, "Tel")):
        book["2024"].cell(line, HEADS.index(column) + 1, "Weet niet")
    book.save(file)
    shown = office.say("import", str(file), "--dry-run").text
    assert "2 x in de kolom ‘Categorie’; 2 daarvan in rijen die niet zijn geregistreerd" in shown
    assert "in de kolom ‘Telefoon’; één daarvan in een rij die niet is geregistreerd" in shown
    assert "Op 2024 overgeslagen als totaal: 1." in shown


def test_r13_the_next_commands_are_typed_as_this_one_was(office: Office, tmp_path: Path) -> None:
    """They name the project that was named, and a map only where it would not be found."""
    file = tmp_path / "mijn oude lijst.csv"
    file.write_text("Nr;Datum ontvangst;Naam\n1;05-01-2023;Jan Jansen\n", encoding="utf-8")
    shown = office.say("import", str(file), "--suggest").text
    again = as_typed(["registerkit", "import", str(file), "--project", str(office.root)])
    assert f"{again} --dry-run\n" in shown
    assert f"{again}\n" in shown
    elsewhere = str(tmp_path / "elders.toml")
    shown = office.say("import", str(file), "--suggest", "--map", elsewhere).text
    assert as_typed(["import", str(file), "--map", elsewhere, "--project", str(office.root), "--dry-run"]) in shown
    missing = office.run("import", str(file), "--map", "weg.toml").json["error"]
    assert "--suggest" in missing["fix"]
