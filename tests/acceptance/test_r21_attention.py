"""R21 and R41: what sync found stands in the workbook itself, with a way to choose, and goes when it is settled."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from office import COMPLAINT, Office, Outcome, headers
from openpyxl.worksheet.cell_range import MultiCellRange
from sheets import MAIN, load, reference

from registerkit.ooxml import Package

SHEET = "Aandachtspunten"


def severity_cell(office: Office, row: int) -> str:
    """Give the cell of a row's severity."""
    return reference(row, headers(load(office.workbook)["Register"])["Ernst"])


def shown(office: Office, path: Path | None = None) -> list[dict[str, Any]]:
    """Give the filled rows of the attention sheet, with the cells as they are shown."""
    return list(office.rows(SHEET, path).values())


def choose(office: Office, word: str, row: int = 0, path: Path | None = None) -> None:
    """Choose in one of the filled rows."""
    at = list(office.rows(SHEET, path))[row]
    office.change(at, {"Kies": word}, sheet=SHEET, path=path)


def in_conflict(office: Office, field: str, ours: Any, theirs: Any) -> tuple[Path, int]:
    """Make a copy of the register that says something else than the register; gives it, and the row."""
    (row,) = office.type(COMPLAINT)
    office.run("sync")
    copy = office.root / "kopie.xlsx"
    shutil.copyfile(office.workbook, copy)
    office.change(row, {field: ours})
    office.run("sync")
    office.change(row, {field: theirs}, path=copy)
    assert 1 == len(office.run("sync", str(copy)).json["conflicts"])
    return copy, row


@pytest.fixture(scope="module")
def conflict_once(made_once: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int]:
    """Make an office in which the register and a copy of it differ about one complaint."""
    root = tmp_path_factory.mktemp("conflict") / "klachten"
    shutil.copytree(made_once, root)
    _, row = in_conflict(Office(root), "Ernst", "ernstig", "licht")
    return root, row


@pytest.fixture
def conflict(conflict_once: tuple[Path, int], tmp_path: Path) -> tuple[Office, Path, int]:
    """Give an office like that, the copy, and the row of the complaint."""
    root, row = conflict_once
    shutil.copytree(root, tmp_path / "klachten")
    return Office(tmp_path / "klachten"), tmp_path / "klachten" / "kopie.xlsx", row


def severity(office: Office) -> Any:
    return office.complaints()[0]["severity"]


# ---------------------------------------------------------------------------------------------------------- findings
def test_r41_findings_stand_on_a_sheet_of_their_own_until_they_are_mended(office: Office) -> None:
    """With a link to the cell, what was typed, and in words what to do; a second sync has nothing to write."""
    (row,) = office.type({**COMPLAINT, "Ernst": "heel erg"})
    assert "hidden" == load(office.workbook)[SHEET].sheet_state
    office.run("sync")
    (line,) = shown(office)
    told = {
        "Nr": "K-2026-0001",
        "Wat": "Fout",
        "Blad": "Register",
        "Cel": severity_cell(office, row),
        "Veld": "Ernst",
        "Opslag": "normaal",
        "Bestand": "heel erg",
    }
    assert told == {name: line[name] for name in told}
    assert "staat niet in de keuzelijst" in line["Toelichting"]
    assert "visible" == load(office.workbook)[SHEET].sheet_state
    assert [] == office.run("sync").json["written_back"]
    office.change(row, {"Ernst": "ernstig"})
    office.run("sync")
    assert ([], "ernstig") == (shown(office), severity(office))


def test_r41_a_row_that_was_not_registered_is_pointed_at(office: Office) -> None:
    (row,) = office.type({**COMPLAINT, "Naam": None})
    office.run("sync")
    (line,) = shown(office)
    assert ("Fout", f"B{row}", "Naam") == (line["Wat"], line["Cel"], line["Veld"])


def test_r41_a_row_is_as_high_as_what_it_tells(office: Office) -> None:
    """A finding that names all choices is seen whole; short ones take little, so that many are seen at once."""
    office.type({**COMPLAINT, "Categorie": "iets anders"}, {**COMPLAINT, "Naam": None})
    office.run("sync")
    with Package(office.workbook) as package:
        part = next(sheet.part for sheet in package.sheets if sheet.name == SHEET)
        found = re.findall(rb'<row ht="([\d.]+)" customHeight="1"[^<>]*\br="(\d+)"', package.read(part))
    heights = {int(row): float(height) for height, row in found}
    lines = office.rows(SHEET)
    (long,) = (row for row, line in lines.items() if line["Veld"] == "Categorie")
    (short,) = (row for row, line in lines.items() if line["Veld"] == "Naam")
    assert len(lines[long]["Toelichting"]) / 80 * 15 < heights[long] < 120
    assert heights[short] <= 50


@pytest.mark.soffice
def test_r41_links_follow_rows_that_were_sorted(office: Office, soffice: Callable[..., Path]) -> None:
    """What leads to a cell finds its complaint again, and the colours with it."""
    first, second = office.type({**COMPLAINT, "Ernst": "heel erg"}, {**COMPLAINT, "Naam": "B. Bos"})
    office.run("sync")
    book = load(office.workbook)
    sheet = book["Register"]
    for column in range(1, sheet.max_column + 1):
        one, other = sheet.cell(first, column), sheet.cell(second, column)
        one.value, other.value = other.value, one.value
    book.save(office.workbook)
    assert [severity_cell(office, second)] == [
        line["Cel"] for line in shown(office, soffice(office.workbook, "xlsx", count=True))
    ]


def test_r41_more_findings_than_rows_make_room(office: Office) -> None:
    """The sheet grows with its dropdowns; beyond what the colours look at one line says how many more."""
    office.type(*({**COMPLAINT, "Naam": f"N. {n}", "Ernst": "x", "Postcode": "y"} for n in range(40)))
    office.run("sync")
    assert 80 == len(shown(office))
    office.type(
        *({**COMPLAINT, "Naam": f"M. {n}", "Ernst": "x", "Postcode": "y", "Consument": "z"} for n in range(150))
    )
    office.run("sync")
    lines = shown(office)
    assert (500, True) == (len(lines), "nog 31 andere" in lines[-1]["Toelichting"])
    assert [] == office.run("sync").json["written_back"]


def test_r21_what_to_do_is_seen_at_once_in_the_order_of_the_rows(office: Office) -> None:
    """The sheet stands behind Start; on a laptop one sees note and choice, and a box only where one can choose."""
    first, second = office.type({**COMPLAINT, "Ernst": "heel erg", "Postcode": "y"}, {**COMPLAINT, "Ernst": "x"})
    office.run("sync")
    book = load(office.workbook)
    assert SHEET == book.sheetnames[1]
    cells = [line["Cel"] for line in shown(office)]
    rows = [int("".join(filter(str.isdigit, cell))) for cell in cells]
    assert ({first, second}, sorted(rows)) == (set(rows), rows)
    sheet = book[SHEET]
    heads = [cell.value for cell in sheet[4]]
    seen = heads[: heads.index("Kies") + 1]
    assert {"Wat", "Cel", "Veld", "Toelichting", "Kies"} <= set(seen)
    widths: dict[int, float] = {}
    for column in sheet.tree.iter(f"{MAIN}col"):
        numbers = range(int(column.get("min")), int(column.get("max")) + 1)
        widths |= dict.fromkeys(numbers, float(column.get("width")))
    assert sum(widths[n] * 7 + 5 for n in range(1, len(seen) + 1)) * 1.11 <= 1366 - 75


# --------------------------------------------------------------------------------------------------------- conflicts
def test_r21_a_conflict_is_shown_with_both_values_and_a_choice(conflict: tuple[Office, Path, int]) -> None:
    office, copy, row = conflict
    (line,) = shown(office, copy)
    told = {
        "Nr": "K-2026-0001",
        "Wat": "Conflict",
        "Cel": severity_cell(office, row),
        "Opslag": "ernstig",
        "Bestand": "licht",
    }
    assert told == {name: line[name] for name in told}
    assert {"kopie.xlsx", f"{date.today():%d-%m-%Y}"} <= {w.strip("().,") for w in line["Toelichting"].split()}
    assert ([], []) == (shown(office), office.run("sync", str(copy)).json["written_back"])


@pytest.mark.parametrize(("word", "value", "kept"), [("bestand", "licht", "workbook"), ("Opslag ", "ernstig", "store")])
def test_r21_the_next_sync_acts_on_the_choice_and_clears_it(
    conflict: tuple[Office, Path, int], word: str, value: str, kept: str
) -> None:
    office, copy, row = conflict
    choose(office, word, path=copy)
    result = office.run("sync", str(copy))
    assert ([(value, kept)], []) == (
        [(s["value"], s["kept"]) for s in result.json["settled"]],
        result.json["conflicts"],
    )
    assert (value, []) == (severity(office), shown(office, copy))
    assert value == office.rows(path=copy)[row]["Ernst"]
    office.run("sync")
    assert value == office.rows()[row]["Ernst"]
    history = [
        (h["old"], h["new"], h["taken"]) for h in office.run("history", "K-2026-0001").json if h["field"] == "severity"
    ]
    assert (None, "licht", False) in history
    assert (("ernstig", "licht", True) in history) == (kept == "workbook")
    assert [] == office.run("sync", str(copy)).json["written_back"]


def test_r21_two_files_of_one_run_are_in_conflict_as_those_of_two_runs(office: Office) -> None:
    """What the first file changes is not what the second had before it."""
    (row,) = office.type(COMPLAINT)
    office.run("sync")
    copy = office.root / "kopie.xlsx"
    shutil.copyfile(office.workbook, copy)
    office.change(row, {"Ernst": "ernstig", "Ordernummer": "A-1"})
    office.change(row, {"Ernst": "licht", "Opmerkingen": "belt terug"}, path=copy)
    result = office.run("sync", str(office.workbook), str(copy)).json
    assert [("licht", "ernstig", "store")] == [(c["workbook"], c["store"], c["kept"]) for c in result["conflicts"]]
    (stored,) = office.complaints()
    assert ("ernstig", "A-1", "belt terug") == tuple(stored[f] for f in ("severity", "order_number", "remarks"))
    assert ["Conflict"] == [line["Wat"] for line in shown(office, copy)]


def test_r21_preferring_the_files_keeps_the_first_of_one_run_in_the_history(office: Office) -> None:
    (row,) = office.type(COMPLAINT)
    office.run("sync")
    copy = office.root / "kopie.xlsx"
    shutil.copyfile(office.workbook, copy)
    office.change(row, {"Ernst": "ernstig"})
    office.change(row, {"Ernst": "licht"}, path=copy)
    office.run("sync", str(office.workbook), str(copy), "--prefer", "workbook")
    history = [
        (h["new"], h["source"], h["taken"])
        for h in office.run("history", "K-2026-0001").json
        if h["field"] == "severity"
    ]
    assert ("ernstig", "klachtenregister.xlsx", False) in history
    assert (severity(office), ("licht", "kopie.xlsx", True) in history) == ("licht", True)


def test_r21_a_trial_says_what_the_run_does(office: Office) -> None:
    """Per source, as a table and as JSON; the trial writes nothing."""
    rows = office.type(COMPLAINT, {**COMPLAINT, "Naam": "B. Bos"})
    office.run("sync")
    copy = office.root / "kopie.xlsx"
    shutil.copyfile(office.workbook, copy)
    office.change(rows[0], {"Ernst": "ernstig", "Kosten": 12.5})
    office.type({**COMPLAINT, "Naam": "C. Cox"}, {**COMPLAINT, "Naam": None})
    office.change(rows[0], {"Ernst": "licht"}, path=copy)
    files = (str(office.workbook), str(copy))
    before = {path: path.read_bytes() for path in (office.workbook, copy, office.root / "register.db")}
    told = office.say("sync", *files, "--dry-run").text
    trial = office.run("sync", *files, "--dry-run").json
    assert before == {path: path.read_bytes() for path in before}
    assert "K-2026-0001, ‘Kosten’: '-' wordt '12.5'." in told.replace("€ 12,50", "12.5")
    numbers = [line.split() for line in told.splitlines() if line.startswith(("klachtenregister.xlsx ", "kopie.xlsx "))]
    assert [["4", "1", "1", "1", "0", "0", "1"], ["2", "0", "0", "2", "1", "0", "0"]] == [line[1:] for line in numbers]
    real = office.run("sync", *files).json
    assert {k: v for k, v in trial.items() if k not in ("written_back", "waiting")} == {
        k: v for k, v in real.items() if k not in ("written_back", "waiting")
    }


def test_r21_a_cell_that_is_edited_again_goes_before_the_choice(conflict: tuple[Office, Path, int]) -> None:
    office, copy, row = conflict
    choose(office, "opslag", path=copy)
    office.change(row, {"Ernst": "zeer ernstig"}, path=copy)
    assert [] == office.run("sync", str(copy)).json["conflicts"]
    assert ("zeer ernstig", []) == (severity(office), shown(office, copy))


def test_r21_preferring_settles_what_is_open(conflict: tuple[Office, Path, int]) -> None:
    office, copy, _ = conflict
    assert 1 == len(office.run("sync", str(copy), "--prefer", "workbook").json["settled"])
    assert ("licht", []) == (severity(office), shown(office, copy))


def test_r21_a_choice_that_a_rule_forbids_stays_with_the_reason(office: Office) -> None:
    """What was a good answer then may be none now."""
    copy, row = in_conflict(office, "Bevestigd op", date(2026, 11, 6), date(2026, 11, 4))
    office.change(row, {"Ontvangen op": date(2026, 11, 5)})
    office.run("sync")
    choose(office, "bestand", path=copy)
    result = office.run("sync", str(copy))
    assert (1, []) == (result.code, result.json["settled"])
    assert ["before_other"] == [f["code"] for f in result.json["findings"]]
    assert "2026-11-06" == office.complaints()[0]["acknowledged_on"]
    assert {"Conflict", "Fout"} == {line["Wat"] for line in shown(office, copy)}


def test_r21_a_choice_about_what_has_changed_since_is_not_carried_out(conflict: tuple[Office, Path, int]) -> None:
    """Who chose had seen another value of the register; the present one is shown, to choose anew."""
    office, copy, row = conflict
    choose(office, "bestand", path=copy)
    office.change(row, {"Ernst": "zeer ernstig"})
    office.run("sync")
    result = office.run("sync", str(copy))
    assert ([], "zeer ernstig") == (result.json["settled"], severity(office))
    assert ["choice_outdated"] == [f["code"] for f in result.json["findings"]]
    assert ["zeer ernstig"] == [line["Opslag"] for line in shown(office, copy) if line["Wat"] == "Conflict"]
    choose(office, "bestand", path=copy)
    office.run("sync", str(copy))
    assert ("licht", []) == (severity(office), shown(office, copy))


def test_r21_what_is_no_choice_is_told(conflict: tuple[Office, Path, int]) -> None:
    office, copy, _ = conflict
    choose(office, "weet niet", path=copy)
    (finding,) = office.run("sync", str(copy)).json["findings"]
    assert ("no_such_choice", "weet niet") == (finding["code"], finding["value"])
    assert "opslag, bestand" in finding["fix"]


def test_r21_a_choice_in_a_row_about_nothing_known_is_told(conflict: tuple[Office, Path, int]) -> None:
    """Somebody pasted over the hidden column too."""
    office, copy, _ = conflict
    office.change(
        next(iter(office.rows(SHEET, copy))), {"Kies": "bestand", "Verwijzing": "iets"}, sheet=SHEET, path=copy
    )
    assert ["no_such_choice"] == [f["code"] for f in office.run("sync", str(copy)).json["findings"]]


# -------------------------------------------------------------------------------------------------------- taken out
def without(office: Office, *rows: int) -> Outcome:
    """Delete rows of the register, as Excel does, and sync."""
    book = load(office.workbook)
    for row in sorted(rows, reverse=True):
        for column in range(1, book["Register"].max_column + 1):
            book["Register"].cell(row, column).value = None
    book.save(office.workbook)
    return office.run("sync")


def test_r41_a_row_that_is_gone_can_be_put_back(office: Office) -> None:
    (row, _) = office.type(COMPLAINT, {**COMPLAINT, "Naam": "B. Bos"})
    office.run("sync")
    assert [{"number": "K-2026-0001", "file": "klachtenregister.xlsx"}] == without(office, row).json["missing"]
    (line,) = shown(office)
    assert ("K-2026-0001", "Weggehaald") == (line["Nr"], line["Wat"])
    choose(office, "terugzetten")
    office.run("sync")
    assert {"K-2026-0001", "K-2026-0002"} == {r["Klachtnummer"] for r in office.rows().values() if r["Naam"]}
    assert ([], []) == (shown(office), office.run("sync").json["written_back"])


def test_r41_a_row_that_is_gone_can_be_left_out(office: Office) -> None:
    """The store keeps it all the same."""
    (row, _) = office.type(COMPLAINT, {**COMPLAINT, "Naam": "B. Bos"})
    office.run("sync")
    without(office, row)
    choose(office, "weglaten")
    office.run("sync")
    assert ([], 2) == (shown(office), len(office.complaints()))
    again = office.run("sync")
    assert ([], [], []) == (again.json["missing"], again.json["written_back"], shown(office))


def test_r41_a_whole_year_that_is_gone_is_one_line(office: Office) -> None:
    """An office may cut closed years out of its workbook with one choice."""
    rows = office.type(*({**COMPLAINT, "Naam": f"N. {n}"} for n in range(30)))
    office.run("sync")
    assert 25 == len(without(office, *rows[:25]).json["missing"])
    (line,) = shown(office)
    assert line["Toelichting"].startswith("25 rijen staan niet meer in dit bestand.")
    choose(office, "weglaten")
    office.run("sync")
    assert ([], 30) == (shown(office), len(office.complaints()))


def with_one_number(office: Office) -> Path:
    """Use one prepared number in the register and in a copy of it, which waits to be synced; gives the copy."""
    copy = office.root / "kopie.xlsx"
    shutil.copyfile(office.workbook, copy)
    office.type(COMPLAINT)
    office.run("sync")
    other = {"Naam": "B. Bos", "E-mail": "b@voorbeeld.example", "Omschrijving": "Iets anders."}
    office.type({**COMPLAINT, **other}, path=copy)
    return copy


def test_r41_a_number_that_changed_stays_told_until_someone_has_seen_it(office: Office) -> None:
    """The caller of the second complaint was told a number that it has no longer, and must hear of it."""
    copy = with_one_number(office)
    office.run("sync", str(copy))
    for _ in range(2):
        (line,) = shown(office, copy)
        assert "Let op" == line["Wat"]
        office.run("sync", str(copy))
    choose(office, "gezien", path=copy)
    office.run("sync", str(copy))
    assert [] == shown(office, copy)


def test_r41_a_number_that_changed_is_told_when_the_file_could_not_be_written_at_first(office: Office) -> None:
    """The copy was open in Excel: the note comes with the number, at the sync that writes it."""
    copy = with_one_number(office)
    lock = copy.with_name(f"~${copy.name}")
    lock.write_bytes(b"x")
    office.run("sync", str(copy))
    assert [] == shown(office, copy)
    lock.unlink()
    office.run("sync", str(copy))
    (line,) = shown(office, copy)
    assert ("Let op", True) == (line["Wat"], "heeft nummer" in line["Toelichting"])


def test_r41_text_below_the_sheet_s_table_stops_nothing(office: Office) -> None:
    """Someone keeps a note there: what fits is told, and everything else is written as ever."""
    office.change(60, {"Nr": "eigen notitie"}, sheet=SHEET)
    office.type(*({**COMPLAINT, "Naam": f"N. {n}", "Ernst": "x", "Postcode": "y"} for n in range(40)))
    assert ["klachtenregister.xlsx"] == office.run("sync").json["written_back"]
    lines = shown(office)
    assert (51, "eigen notitie") == (len(lines), lines[-1]["Nr"])
    assert "nog 31 andere" in lines[-2]["Toelichting"]


def test_r41_a_very_long_value_still_fits_the_sheet(office: Office) -> None:
    office.type({**COMPLAINT, "E-mail": "x" * 32_760})
    office.run("sync")
    (line,) = shown(office)
    assert max(len(str(value)) for value in line.values()) < 1000


# -------------------------------------------------------------------------------------------------------- dropdowns
def lists(path: Path) -> dict[str, set[str]]:
    """Give the cells that have a list to choose from in the register, by its source."""
    found: dict[str, set[str]] = {}
    for rule in load(path)["Register"].tree.iterfind(f"{MAIN}dataValidations/{MAIN}dataValidation"):
        if rule.get("type") == "list":
            found.setdefault(rule.findtext(f"{MAIN}formula1"), set()).update(rule.get("sqref").split())
    return found


def test_r41_dropdowns_that_were_pasted_away_are_put_back(office: Office) -> None:
    """Pasting over cells takes their list away, in part or whole; the next sync has them all again."""
    (row,) = office.type(COMPLAINT)
    office.run("sync")
    before = lists(office.workbook)
    book = openpyxl.load_workbook(office.workbook)
    rules = book["Register"].data_validations.dataValidation
    for rule in list(rules):
        if rule.formula1 == "lst_severity":
            rules.remove(rule)
        if rule.formula1 == "lst_channel":
            rule.sqref = MultiCellRange(str(rule.sqref).replace(f"C{row}:", f"C{row + 1}:"))
    book.save(office.workbook)
    assert lists(office.workbook) != before
    assert ["klachtenregister.xlsx"] == office.run("sync").json["written_back"]
    assert before == lists(office.workbook)
    assert [] == office.run("sync").json["written_back"]


@pytest.mark.soffice
def test_r41_dropdowns_are_known_as_libreoffice_saves_them(office: Office, soffice: Callable[..., Path]) -> None:
    office.type(COMPLAINT)
    office.run("sync")
    shutil.copyfile(soffice(office.workbook, "xlsx"), office.workbook)
    office.run("sync")
    assert [] == office.run("sync").json["written_back"]
