"""R42: every stage finds the fields of the main table by role: a definition that names them otherwise gives the same."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
from office import COMPLAINT, STAFF, Office
from read_tables import access_tables
from renamed import renamed_definition

from registerkit.definition import load_definition, parse_definition
from registerkit.resources import resource_folder

SHIPPED = resource_folder("workbook_templates") / "klachten.toml"
COMPLAINTS: tuple[Mapping[str, Any], ...] = (
    COMPLAINT | {"Ontvangen op": date(2026, 9, 1), "Behandelaar": "Jeroen Bakker"},
    COMPLAINT | {"Naam": "P. de Wit", "Ernst": "zeer ernstig", "Afdeling": "Logistiek", "Behandelaar": "Jeroen Bakker"},
    COMPLAINT
    | {
        "Naam": "B. Bos",
        "Ontvangen op": date(2026, 10, 5),
        "Behandelaar": "Jeroen Bakker",
        "Oordeel": "gegrond",
        "Oplossing": "vervanging",
        "Wijze van afhandeling": "brief",
        "Beantwoord op": date(2026, 11, 19),
        "Motivering": "De levering bleek niet gedaan.",
    },
    COMPLAINT | {"Naam": "A. Smit", "Status": "ingetrokken", "Behandelaar": "Jeroen Bakker"},
    COMPLAINT
    | {
        "Naam": "C. Mol",
        "Ontvangen op": date(2026, 10, 20),
        "Behandelaar": "Jeroen Bakker",
        "Verlengd op": date(2026, 11, 9),
    },
)


def filled(root: Path, *words: str) -> Office:
    """Make an office with staff and complaints of every sort, and do a week's work."""
    office = Office(root)
    assert 0 == office.init(*words).code
    office.settings()
    office.type(*STAFF, sheet="Medewerkers")
    office.type(*map(dict, COMPLAINTS))
    office.type(
        {"Klachtnummer": "K-2026-0005", "Van": date(2026, 10, 26), "Tot": date(2026, 10, 30)}, sheet="Opschortingen"
    )
    outcome = office.run("weekly")
    assert outcome.code in (0, 1), outcome.text
    assert 0 == office.run("report", "--period", "2026-Q4").code
    return office


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    return renamed_definition(SHIPPED, tmp_path_factory.mktemp("namen") / "klachten.toml")


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> tuple[Office, Office]:
    """Give the same office twice: with the shipped definition, and with one that names every field otherwise."""
    folder = tmp_path_factory.mktemp("rollen")
    renamed_definition(SHIPPED, folder / "klachten.toml")
    shutil.copyfile(SHIPPED, folder / "gewoon.toml")
    return (
        filled(folder / "gewoon", "--definition", str(folder / "gewoon.toml")),
        filled(folder / "anders", "--definition", str(folder / "klachten.toml")),
    )


def test_r42_the_renamed_definition_is_a_sound_one_under_the_same_roles(tmp_path: Path) -> None:
    names = renamed_definition(SHIPPED, tmp_path / "anders.toml")
    shipped, renamed = load_definition(), load_definition(tmp_path / "anders.toml")
    assert [f.id for f in shipped.main.fields] == [f.id for f in renamed.main.fields]
    assert list(names.values()) == [f.name for f in renamed.main.fields]
    assert (shipped.rules, shipped.derivations) == (renamed.rules, renamed.derivations)


def parts(path: Path) -> dict[str, bytes]:
    """Give the parts of a workbook but for its properties, in which every register differs."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist() if not name.startswith("docProps/")}


def test_r42_the_workbook_is_the_same_part_by_part(two: tuple[Office, Office]) -> None:
    plain, renamed = (parts(office.workbook) for office in two)
    assert plain.keys() == renamed.keys()
    assert [] == [name for name in plain if plain[name] != renamed[name]]


def test_r42_the_forms_are_the_same(two: tuple[Office, Office]) -> None:
    plain, renamed = (parts(office.root / "klachtenformulier.xlsx") for office in two)
    assert [] == [name for name in plain if plain[name] != renamed[name]]
    assert paragraphs(two[0].root / "klachtenformulier.docx") == paragraphs(two[1].root / "klachtenformulier.docx")


def paragraphs(path: Path) -> list[str]:
    document = docx.Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [paragraph.text for paragraph in document.paragraphs] + cells


def made(office: Office) -> dict[str, Any]:
    """Give what the output folder holds, by file: Word as text, e-mails as they are."""
    found: dict[str, Any] = {}
    for path in sorted((office.root / "uitvoer").rglob("*")):
        name = path.relative_to(office.root).as_posix()
        if path.suffix == ".docx":
            found[name] = paragraphs(path)
        elif path.suffix == ".eml":
            found[name] = path.read_bytes()
        elif path.suffix == ".xlsx":
            found[name] = parts(path)
    return found


def test_r42_letters_reminders_and_reports_are_the_same_word_for_word(two: tuple[Office, Office]) -> None:
    plain, renamed = made(two[0]), made(two[1])
    assert list(plain) == list(renamed)
    assert [] == [name for name in plain if plain[name] != renamed[name]]
    kinds = {name.split("/")[2] for name in plain if name.count("/") > 2} | {Path(name).suffix for name in plain}
    assert {"brieven", ".eml", ".xlsx", ".docx"} <= kinds, "nothing would be compared"


@pytest.mark.usefixtures("access_writer")
def test_r42_the_access_file_is_the_same_row_by_row(two: tuple[Office, Office]) -> None:
    for office in two:
        assert 0 == office.run("database", str(office.root / "klachten.accdb"), "--with-records").code
    plain, renamed = (access_tables(office.root / "klachten.accdb") for office in two)
    del plain["rk_meta"], renamed["rk_meta"]
    assert plain == renamed


def test_r42_json_and_templates_know_the_fields_by_the_definition_s_own_ids(two: tuple[Office, Office]) -> None:
    plain, renamed = two
    assert [{f"eigen_{f}": v for f, v in row.items()} for row in plain.complaints()] == renamed.complaints()
    told, own = ([(line["table"], line["field"]) for line in o.run("history", "K-2026-0001").json] for o in two)
    assert [(table, f"eigen_{field}" if table == "complaints" else field) for table, field in told] == own
    template = renamed.root / "brieven" / "ontvangstbevestiging.docx"
    document = docx.Document(str(template))
    document.add_paragraph("[{{ complaint.received_on }}|{{ complaint.eigen_received_on }}|{{ code.eigen_category }}]")
    document.save(str(template))
    outcome = renamed.run("letters", "--kind", "acknowledgement", "--number", "K-2026-0002", "--again")
    assert "[2 november 2026|2 november 2026|" in "".join(paragraphs(renamed.root / outcome.json["letters"][0]["file"]))


def test_r42_a_routing_rule_may_use_the_id_or_the_role(two: tuple[Office, Office]) -> None:
    office = two[1]
    for field in ("category", "eigen_category"):
        office.settings(f'\n[[routing]]\nwhen = {{ {field} = ["levering"] }}\npriority = "hoog"\n')
    assert office.run("sync").code in (0, 1)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (('id = "name", kind = "text"', 'id = "name", role = "nmae", kind = "text"'), "definition.unknown_role"),
        (('id = "city", kind = "text"', 'id = "city", role = "name", kind = "text"'), "definition.duplicate_role"),
        (('id = "city", kind = "text"', 'id = "city", role = "due_on", kind = "text"'), "definition.role_kind"),
        (('id = "with_whom", kind = "text"', 'id = "with_whom", role = "name", kind = "text"'), "definition.role_outside_main"),
        (('id = "deputy", kind', 'id = "vervanger", kind'), "definition.kit_field_renamed"),
        (("[tables.holidays]", "[tables.vrije_dagen]"), "definition.kit_table_renamed"),
    ],
)  # fmt: skip
def test_r42_a_role_or_a_fixed_id_that_is_not_there_is_told(change: tuple[str, str], code: str) -> None:
    text = SHIPPED.read_text(encoding="utf-8")
    assert text.count(change[0]) >= 1
    definition, findings = parse_definition(text.replace(*change, 1), "eigen.toml")
    assert definition is None
    assert code in [finding.code for finding in findings]


@pytest.mark.parametrize("table", ["contacts", "pauses", "investigations", "measures", "letters", "staff", "holidays"])
def test_r42_every_field_of_the_kit_s_own_tables_keeps_its_id(table: str) -> None:
    """A field under another id would be read by nobody; with another label it is the same field."""
    text = SHIPPED.read_text(encoding="utf-8")
    head, _, rest = text.partition(f"[tables.{table}]")
    body, mark, tail = rest.partition("\n[")
    for field in load_definition().tables[table].fields:
        changed = body.replace(f'id = "{field.id}"', f'id = "x_{field.id}"')
        definition, findings = parse_definition(f"{head}[tables.{table}]{changed}{mark}{tail}", "eigen.toml")
        assert definition is None
        assert f"definition.kit_field_renamed tables.{table}.fields.x_{field.id}" in [
            f"{f.code} {f.location.label}" for f in findings
        ]
