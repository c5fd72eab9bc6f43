"""What Access itself loads: the form, the report, the queries, and the PowerShell script that builds all of it.

None of it can be run here: the script is read by a PowerShell grammar, the queries are run by SQLite.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import tree_sitter
import tree_sitter_powershell
from workbook_samples import TODAY, complaints, make_content

from registerkit.database.access.form_text import form_text, report_text
from registerkit.database.access.layout import AccessPlan
from registerkit.database.access.names import access_names
from registerkit.database.access.plan import plan_access
from registerkit.database.access.queries import AccessQuery, access_queries
from registerkit.database.access.rows import access_rows
from registerkit.database.access.script import MARK, access_script
from registerkit.definition import Definition, load_definition
from registerkit.texts import LANGUAGES, load_texts
from registerkit.workbook import WorkbookContent

HERE = Path(__file__).parent
DEFINITION = load_definition()
INCIDENTS = load_definition(HERE.parent / "definitions" / "incidents.toml")
DUTCH = load_texts("nl")
PLAN = plan_access(DEFINITION, DUTCH)


def queries(definition: Definition = DEFINITION, language: str = "nl") -> dict[str, AccessQuery]:
    texts = load_texts(language)
    return {query.id: query for query in access_queries(definition, access_names(definition, texts), texts)}


def report(definition: Definition = DEFINITION) -> str:
    return report_text(queries(definition)["open"], plan_access(definition, DUTCH).table(definition.main_id), "Proef")


def script(definition: Definition = DEFINITION, language: str = "nl", content: WorkbookContent | None = None) -> str:
    content = content or make_content(language, {}, definition)
    plan = plan_access(definition, content.texts)
    return access_script(definition, content.texts, plan, access_rows(plan, content, complete=False), "klachten")


def embedded(text: str) -> Any:
    """Give the plan inside a script, as PowerShell would read it."""
    found = re.search(r"^\$Plan = @'\n(.*?)\n'@ \| ConvertFrom-Json$", text, re.DOTALL | re.MULTILINE)
    assert found is not None
    return json.loads(found[1])


# ---------------------------------------------------------------------------------------------------------- the form
def blocks(text: str) -> Iterator[dict[str, str]]:
    """Give every block of a saved text, with its kind and its properties; every block is closed."""
    opened: list[dict[str, str]] = []
    for line in text.splitlines():
        word = line.strip()
        if word == "End":
            yield opened.pop()
        elif word.startswith("Begin"):
            opened.append({"kind": word.removeprefix("Begin").strip()})
        elif opened:
            name, _, value = word.partition(" =")
            opened[-1][name] = value[1:-1] if value.startswith('"') else value.strip()
    assert [] == opened


def controls(text: str) -> list[dict[str, str]]:
    return [block for block in blocks(text) if "ControlSource" in block]


@pytest.mark.parametrize("kind", ["form", "report"])
def test_the_texts_of_a_small_register_are_these(kind: str) -> None:
    """To make them anew after a change that is meant: delete the file and run this test twice."""
    plan = plan_access(INCIDENTS, DUTCH)
    made = form_text(INCIDENTS, plan, DUTCH) if kind == "form" else report(INCIDENTS)
    golden = HERE / "golden" / f"incidents.{kind}.txt"
    if not golden.exists():
        golden.write_text(made, encoding="utf-8", newline="\n")
        pytest.fail(f"{golden.name} was not there and has been made")
    assert golden.read_text(encoding="utf-8") == made


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("definition", [DEFINITION, INCIDENTS], ids=lambda d: d.id)
def test_the_form_has_every_box_of_the_intake_form_bound_to_its_column(definition: Definition, language: str) -> None:
    texts = load_texts(language)
    plan = plan_access(definition, texts)
    table = plan.table(definition.main_id)
    wanted = {table.by_field[f.id].name for f in definition.main.fields if f.form and f.is_input}
    found = controls(form_text(definition, plan, texts))
    assert sorted(wanted) == sorted(control["ControlSource"] for control in found)
    assert all(control["Name"] == control["ControlSource"] for control in found)
    assert [str(n) for n in range(len(found))] == [control["TabIndex"] for control in found]


def test_what_is_chosen_from_a_list_is_chosen_on_the_form_too() -> None:
    found = {control["ControlSource"]: control for control in controls(form_text(DEFINITION, PLAN, DUTCH))}
    assert ("ComboBox", "0;4000", "2") == tuple(
        found["Categorie"][name] for name in ("kind", "ColumnWidths", "ColumnCount")
    )
    assert ("ComboBox", r"\"ja\";\"nee\"", "Value List") == tuple(
        found["Consument"][name] for name in ("kind", "RowSource", "RowSourceType")
    )
    assert ("TextBox", "dd-mm-yyyy") == (found["Ontvangen op"]["kind"], found["Ontvangen op"]["Format"])
    assert "2" == found["Omschrijving"]["ScrollBars"]


def test_nothing_on_the_form_lies_over_anything_else_or_outside() -> None:
    text = form_text(DEFINITION, PLAN, DUTCH)
    # The title stands in a section of its own.
    shown = [b for b in blocks(text) if "Left" in b and b["Name"] != "rk_title"]
    places = [tuple(int(b[n]) for n in ("Left", "Top", "Width", "Height")) for b in shown]
    (form,) = (b for b in blocks(text) if b["kind"] == "Form")
    (section,) = (b for b in blocks(text) if b["kind"] == "Section")
    width, height = int(form["Width"]), int(section["Height"])
    assert height < 31680  # 22 inches, the most that a section takes.
    for n, (left, top, wide, high) in enumerate(places):
        assert (left >= 0, left + wide <= width, top + high <= height) == (True, True, True)
        for other_left, other_top, other_wide, other_high in places[n + 1 :]:
            apart = left + wide <= other_left or other_left + other_wide <= left
            assert apart or top + high <= other_top or other_top + other_high <= top, shown[n]


def test_what_is_needed_has_its_mark_and_its_help() -> None:
    text = form_text(DEFINITION, PLAN, DUTCH)
    captions = {block["Caption"] for block in blocks(text) if block["kind"] == "Label"}
    assert {"Naam *", "Ontvangen op *", "Telefoon", "1   Wie heeft de klacht?", "Klachtenregister"} <= captions
    assert (
        r'StatusBarText ="De dag waarop de klacht binnenkwam, bijvoorbeeld 31-12-2026. Hiermee begint de termijn."'
        in text
    )


def test_the_report_shows_the_open_complaints() -> None:
    """With the labels of choices and the names of people."""
    query = queries()["open"]
    text = report()
    assert [*query.columns] == [control["ControlSource"] for control in controls(text)]
    (whole,) = (b for b in blocks(text) if b["kind"] == "Report")
    assert "Openstaande klachten" == whole["RecordSource"]
    kinds = {control["ControlSource"]: control["kind"] for control in controls(text)}
    assert ["ComboBox", "ComboBox", "TextBox"] == [kinds[name] for name in ("Categorie", "Behandelaar", "Naam")]


# ------------------------------------------------------------------------------------------------------- the queries
@pytest.fixture(scope="module")
def content() -> WorkbookContent:
    return make_content(records=complaints())


@pytest.fixture(scope="module")
def database(content: WorkbookContent) -> sqlite3.Connection:
    """Give the rows of a file in SQLite, whose SQL is near to Access's."""
    connection = sqlite3.connect(":memory:")
    connection.create_function("Date", 0, lambda: TODAY.isoformat())
    rows = access_rows(PLAN, content, complete=True)
    for table in PLAN.tables:
        names = [f"[{column.name}]" for column in table.columns]
        first = " INTEGER PRIMARY KEY" if table.columns[0].type == "autonumber" else ""
        connection.execute(f"CREATE TABLE [{table.name}] ({names[0]}{first}, {', '.join(names[1:])})")
        marks = ", ".join("?" * len(names))
        kept = [[str(cell) if isinstance(cell, date | Decimal) else cell for cell in row] for row in rows[table.id]]
        connection.executemany(f"INSERT INTO [{table.name}] VALUES ({marks})", kept)
    return connection


def asked(database: sqlite3.Connection, sql: str) -> list[tuple[Any, ...]]:
    """Run Access's SQL: with SQLite's quotes and its sign between texts."""
    return database.execute(re.sub(r'"([^"]*)"', r"'\1'", sql).replace(" & ", " || ")).fetchall()


def test_the_open_complaints_and_those_that_are_late(database: sqlite3.Connection, content: WorkbookContent) -> None:
    still = [r for r in content.rows("complaints") if r["status"] != "afgehandeld"]
    found = asked(database, queries()["open"].sql)
    assert {r["number"] for r in still} == {row[0] for row in found}
    assert [row[-1] for row in found] == sorted(str(row[-1]) for row in found)
    late = {r["number"] for r in still if isinstance(due := r["due_on"], date) and due < TODAY}
    assert late
    assert late == {row[0] for row in asked(database, queries()["late"].sql)}


def test_the_complaints_by_category(database: sqlite3.Connection) -> None:
    found = asked(database, queries()["by_category"].sql)
    assert ("Product: levering", 4) == found[0]
    assert 12 == sum(count for _, count in found)


def test_a_register_without_a_term_has_no_query_of_what_is_late() -> None:
    """Its own closing counts: an incident that is done is not open."""
    found = queries(INCIDENTS)
    assert ["open", "by_category"] == list(found)
    assert 'Not ([Stand] In ("klaar"))' in found["open"].sql


@pytest.mark.parametrize(
    "column", [(t.id, c.name) for t in PLAN.tables for c in t.columns if c.combo and c.combo.widths], ids="-".join
)
def test_every_list_gives_rows_whose_first_column_is_what_is_kept(
    database: sqlite3.Connection, column: tuple[str, str]
) -> None:
    table_id, name = column
    table = PLAN.table(table_id)
    found = next(c for c in table.columns if c.name == name)
    assert found.combo is not None
    rows = asked(database, found.combo.source)
    (relation,) = (r for r in PLAN.relations if (r.table, r.column) == (table.name, name))
    keys = [row[0] for row in database.execute(f"SELECT [{relation.to_column}] FROM [{relation.to_table}]")]
    assert sorted(keys) == sorted(row[0] for row in rows)
    assert all(len(row) == found.combo.count and row[1] for row in rows)


def test_a_complaint_without_a_number_is_called_new_in_the_list(database: sqlite3.Connection) -> None:
    combo = PLAN.table("contacts").by_field["complaint"].combo
    assert combo is not None
    database.execute("INSERT INTO [Klachten] ([Id], [Naam]) VALUES (99, 'J. Jansen')")
    assert (99, "nieuw 99", "J. Jansen", None) == asked(database, combo.source)[0]
    database.rollback()


# -------------------------------------------------------------------------------------------------------- the script
def faults(text: str) -> list[str]:
    """Say where a PowerShell grammar cannot follow a script."""
    source = text.encode()
    tree = tree_sitter.Parser(tree_sitter.Language(tree_sitter_powershell.language())).parse(source)
    found, nodes = [], [tree.root_node]
    while nodes:
        node = nodes.pop()
        if node.type == "ERROR" or node.is_missing:
            found.append(f"line {node.start_point[0] + 1}: {source[node.start_byte : node.end_byte][:60]!r}")
        nodes += node.children
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("definition", [DEFINITION, INCIDENTS], ids=lambda d: d.id)
def test_the_script_is_sound_powershell(definition: Definition, language: str) -> None:
    assert [] == faults(script(definition, language))


def test_the_grammar_sees_a_mistake() -> None:
    assert faults("foreach ($a in $b { $a }")


def test_the_script_holds_the_plan_and_the_lists() -> None:
    """The same tables, columns, keys, relations and texts as in the file that is made without Access."""
    told = embedded(script(content=make_content(records={"staff": complaints()["staff"]})))
    plan: AccessPlan = PLAN
    assert [t.name for t in plan.tables] == [t["name"] for t in told["tables"]]
    for table, found in zip(plan.tables, told["tables"], strict=True):
        assert [(c.name, c.size) for c in table.columns] == [(c["name"], c["size"]) for c in found["columns"]]
        assert [(i.column, i.primary, i.unique) for i in table.indexes] == [
            (i["column"], i["primary"], i["unique"]) for i in found["indexes"]
        ]
        assert all(len(row) == len(found["columns"]) for row in found["rows"])
    assert [(r.table, r.column, r.enforced) for r in plan.relations] == [
        (r["table"], r["column"], r["enforced"]) for r in told["relations"]
    ]
    by_name = {t["name"]: t for t in told["tables"]}
    assert 13 == len(by_name["Lijst Categorie"]["rows"])
    assert ["AB", "CD"] == [row[0] for row in by_name["Medewerkers"]["rows"]]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", by_name["Feestdagen"]["rows"][0][0])
    name = next(c for c in by_name["Klachten"]["columns"] if c["name"] == "Naam")
    assert {"name": "Required", "type": 1, "value": True} in name["properties"]
    assert ["Openstaande klachten", "Te late klachten", "Aantal klachten per categorie"] == [
        q["name"] for q in told["queries"]
    ]
    assert ["Formulier klachten", "Rapport klachten"] == [told[kind][0]["name"] for kind in ("forms", "reports")]
    assert form_text(DEFINITION, plan, DUTCH) == told["forms"][0]["text"]


def test_the_script_says_what_it_is_and_that_it_was_not_tried() -> None:
    lines = script().splitlines()
    assert lines[0].startswith(MARK)
    assert "nog niet in Access uitgevoerd" in lines[2]
    assert "klachten.accdb" == embedded(script())["file"]


def test_an_odd_label_does_not_break_the_script() -> None:
    """A label that looks like the end of the text, quotes, and what PowerShell would fill in."""
    content = make_content(records={"staff": [{"code": "X'@", "name": "'@ $(Remove-Item x) `\"é😀"}]})
    text = script(content=content)
    assert [] == faults(text)
    staff = next(t for t in embedded(text)["tables"] if t["name"] == "Medewerkers")
    assert ["X'@", "'@ $(Remove-Item x) `\"é😀"] == staff["rows"][0][:2]
