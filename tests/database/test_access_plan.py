"""The plan of an Access file: names, columns, keys, relations, lists and rules, as plain values."""

from __future__ import annotations

import dataclasses
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from registerkit.database.access.expressions import all_of, any_of, day_literal, is_one_of, quote_access_text
from registerkit.database.access.kinds import ACCESS_KINDS
from registerkit.database.access.layout import LONGEST, AccessPlan, Combo
from registerkit.database.access.names import access_names
from registerkit.database.access.plan import plan_access
from registerkit.database.access.rules import DAY_RULES, ELSEWHERE, FIELD_RULES, ROW_RULES
from registerkit.definition import KINDS, Condition, Definition, Rule, load_definition
from registerkit.definition._rules import RULE_KINDS
from registerkit.texts import LANGUAGES, load_texts

DEFINITION = load_definition()
INCIDENTS = load_definition(Path(__file__).parents[1] / "definitions" / "incidents.toml")
PLANS = {language: plan_access(DEFINITION, load_texts(language)) for language in LANGUAGES}


def renamed(**labels: str) -> Definition:
    """Give the definition with other labels for fields of complaints."""
    main = DEFINITION.main
    new = {field_id: dict.fromkeys(LANGUAGES, label) for field_id, label in labels.items()}
    fields = tuple(dataclasses.replace(f, labels=new.get(f.id, f.labels)) for f in main.fields)
    return dataclasses.replace(
        DEFINITION, tables=DEFINITION.tables | {main.id: dataclasses.replace(main, fields=fields)}
    )


def broken_limits(plan: AccessPlan) -> list[str]:
    """Say which of Access's limits a plan breaks."""
    found = []
    for table in plan.tables:
        relations = sum((r.table == table.name) + (r.to_table == table.name) for r in plan.relations if r.enforced)
        found += [f"{table.name}: indexes"] if len(table.indexes) + relations > 32 else []
        found += [f"{table.name}: columns"] if len(table.columns) > 255 else []
        names = [table.name, *(c.name for c in table.columns)]
        found += [n for n in names if len(n) > 64 or re.search(r"[.!`\[\]\"\x00-\x1f]|^ ", n)]
        found += [f"{table.name}: same names"] if len({n.casefold() for n in names[1:]}) < len(names) - 1 else []
        texts = [table.rule, table.refusal, table.description]
        for c in table.columns:
            texts += [c.rule, c.refusal, c.description, c.default, c.combo.source if c.combo else ""]
        found += [text for text in texts if len(text) > LONGEST]
    return found


# ------------------------------------------------------------------------------------------------------------- faces
def test_every_field_kind_has_a_column_and_every_rule_kind_a_place() -> None:
    assert set(KINDS) == set(ACCESS_KINDS)
    places = [set(FIELD_RULES), set(ROW_RULES), DAY_RULES, ELSEWHERE]
    assert set(RULE_KINDS) == set().union(*places)
    assert len(RULE_KINDS) == sum(map(len, places))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("definition", [DEFINITION, INCIDENTS], ids=lambda d: d.id)
def test_access_takes_the_plan(definition: Definition, language: str) -> None:
    assert [] == broken_limits(plan_access(definition, load_texts(language)))


def test_the_limits_are_really_looked_at() -> None:
    plan = PLANS["nl"]
    (first, *rest) = plan.tables
    wrong = dataclasses.replace(first, name="a.b", rule="x" * 256)
    assert ["a.b", "x" * 256] == broken_limits(dataclasses.replace(plan, tables=(wrong, *rest)))


# ------------------------------------------------------------------------------------------------------------- names
@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("Plaats", "Plaats"), ("Afgezien van horen, reden", "Afgezien van horen, reden"), ("Nr.", "Nr"),
        ("a [b] c!", "a b c"), ('zeg "ja"', "zeg ja"), ("  twee\n regels ", "twee regels"), ("Date", "Date_"),
        ("Id", "Id 2"), ("Klachtnummer", "Klachtnummer 2"), ("KLACHTNUMMER", "KLACHTNUMMER 2"), (".", "city"),
        ("x" * 80, "x" * 60),
    ],
)  # fmt: skip
def test_a_header_becomes_a_name_that_access_takes(label: str, name: str) -> None:
    names = access_names(renamed(city=label), load_texts("nl"))
    assert name == names.column("complaints", "city")


def test_tables_are_called_as_the_workbook_s_tables_and_lists_stand_together() -> None:
    tables = {table.id: table.name for table in PLANS["nl"].tables}
    assert ["Klachten", "Medewerkers", "Lijst Categorie"] == [
        tables[table] for table in ("complaints", "staff", "lists.category")
    ]
    assert set(DEFINITION.lists) == {name.removeprefix("lists.") for name in tables if name.startswith("lists.")}
    assert len(tables) == len(set(tables.values()))


# -------------------------------------------------------------------------------------------------- keys and relations
@pytest.mark.parametrize(
    ("table", "primary", "unique"),
    [
        ("complaints", "Id", {"Klachtnummer"}), ("contacts", "Id", {"Rijsleutel"}), ("measures", "Id", {"Maatregelnummer"}),
        ("investigations", "Id", {"Klachtnummer"}), ("staff", "Code", {"Naam"}), ("holidays", "Datum", set()),
        ("lists.category", "Code", set()), ("rk_meta", "name", set()),
    ],
)  # fmt: skip
def test_keys(table: str, primary: str, unique: set[str]) -> None:
    """A number that sync gives may be empty at first; what people choose themselves may not."""
    found = PLANS["nl"].table(table)
    assert primary == next(index.column for index in found.indexes if index.primary)
    assert unique == {index.column for index in found.indexes if index.unique and not index.primary}
    required = {column.name for column in found.columns if column.required}
    assert (primary in required) == (primary != "Id")
    assert "Klachtnummer" not in required or table != "complaints"


def test_a_row_of_a_new_complaint_can_point_at_it_before_it_has_a_number() -> None:
    relations = {(r.table, r.column): (r.to_table, r.to_column, r.enforced) for r in PLANS["nl"].relations}
    for table in ("Contactmomenten", "Opschortingen", "Onderzoeken", "Brieven"):
        assert ("Klachten", "Id", True) == relations[(table, "Klachtnummer")]


def test_every_choice_and_person_points_at_its_table() -> None:
    relations = {(r.table, r.column) for r in PLANS["nl"].relations}
    for table in DEFINITION.tables.values():
        for field in table.fields:
            if field.stored and field.value_kind in ("choice", "person"):
                assert (table.excel["nl"], field.labels["nl"]) in relations


def test_room_for_indexes_goes_to_what_people_fill_in() -> None:
    """What the kit works out itself needs no guard."""
    loose = [r.column for r in PLANS["nl"].relations if not r.enforced]
    assert ["Prioriteit", "Wijze van afhandeling", "Afgehandeld door", "Reden heropening", "Op tijd"] == loose


# ------------------------------------------------------------------------------------------------------------- lists
def combo(table: str, field: str, plan: AccessPlan = PLANS["nl"]) -> Combo:
    found = plan.table(table).by_field[field].combo
    assert found is not None
    return found


def test_a_choice_shows_its_labels_in_their_order() -> None:
    assert (
        Combo("SELECT [Code], [Keuze] FROM [Lijst Categorie] ORDER BY [In gebruik], [Volgorde];", (4000,))
        == combo("complaints", "category")
    )  # fmt: skip


def test_a_choice_that_depends_on_another_shows_what_it_belongs_to() -> None:
    found = combo("complaints", "subcategory")
    assert found.source.startswith("SELECT a.[Code], a.[Keuze], b.[Keuze] FROM [Lijst Subcategorie] AS a LEFT JOIN")
    assert (4000, 4000) == found.widths


def test_a_complaint_without_a_number_is_shown_as_new() -> None:
    found = combo("contacts", "complaint").source
    assert 'IIf([Klachtnummer] Is Null, "nieuw " & [Id], [Klachtnummer]) AS [Nummer], [Naam], [Ontvangen op]' in found


def test_a_list_gives_up_what_makes_it_too_long() -> None:
    plan = plan_access(renamed(name="n" * 60), load_texts("nl"))
    wide = plan_access(renamed(number="k" * 60, name="n" * 60), load_texts("nl"))
    assert (1600, 4000, 1600) == combo("contacts", "complaint", plan).widths
    assert (1600,) == combo("contacts", "complaint", wide).widths
    assert [] == broken_limits(wide)


def test_yes_and_no_leave_room_for_neither() -> None:
    found = PLANS["nl"].table("complaints").by_field["consumer"]
    assert ("text", False, "", '"ja";"nee"') == (
        found.type,
        found.required,
        found.default,
        combo("complaints", "consumer").source,
    )
    assert found.combo is not None
    assert ("Value List", 1, "") == (found.combo.source_type, found.combo.count, found.combo.column_widths)


# ------------------------------------------------------------------------------------------------------------- rules
@pytest.mark.parametrize(
    ("table", "field", "rule", "refusal"),
    [
        ("complaints", "received_on", "Is Null Or ((>=#1/1/2000#) And (<=Date()))",
         "Ontvangen op: Vul een dag in van 01-01-2000 tot en met vandaag."),
        ("complaints", "consent_until", "Is Null Or ((>=#1/1/1900#) And (<=#12/31/2100#))",
         "Nader uitstel tot: Vul een dag in van 01-01-1900 tot en met 31-12-2100."),
        ("complaints", "satisfaction", "Is Null Or ((>=1) And (<=5))", "Tevredenheid: Vul een getal in van 1 tot en met 5."),
        ("complaints", "cost", "Is Null Or (>=0)", "Kosten: Vul 0 of meer in."),
        ("complaints", "consumer", 'Is Null Or (In ("ja","nee"))', "Consument: Kies ja of nee."),
        ("complaints", "due_on", "", ""),
        ("complaints", "email", "", ""),
        ("complaints", "incident_on", "Is Null Or ((>=#1/1/1900#) And (<=Date()))",
         "Datum voorval: Vul een dag in van 01-01-1900 tot en met vandaag."),
    ],
)  # fmt: skip
def test_what_a_column_must_meet(table: str, field: str, rule: str, refusal: str) -> None:
    """A warning of the definition stops nobody: what happened after the receipt is told at the next sync."""
    found = PLANS["nl"].table(table).by_field[field]
    assert (rule, refusal) == (found.rule, found.refusal)


def test_what_a_row_must_meet() -> None:
    """As many rules as there is room for, the definition's first ones first; none about closing."""
    table = PLANS["nl"].table("complaints")
    assert table.rule.startswith("(([Telefoon] Is Not Null) Or ([E-mail] Is Not Null) Or (([Straat en huisnummer] Is")
    assert table.rule.endswith("And (([Afgehandeld op] Is Null) Or ([Afgehandeld op]>=[Ontvangen op]))")
    assert "Zonder telefoon, e-mail of volledig adres kunnen we de klager niet antwoorden." in table.refusal
    assert table.refusal.endswith("‘Afgehandeld op’ mag niet vóór ‘Ontvangen op’ liggen.")
    assert "[Van]" in PLANS["nl"].table("pauses").rule
    assert "" == PLANS["nl"].table("measures").rule


def with_rule(**values: Any) -> AccessPlan:
    """Plan the file of a definition with one more rule, before all others."""
    rule = Rule(**{"id": "proef", "table": "complaints", "fields": ("remarks",), **values})
    return plan_access(dataclasses.replace(DEFINITION, rules=(rule, *DEFINITION.rules)), load_texts("nl"))


@pytest.mark.parametrize(
    ("values", "start", "refusal"),
    [
        ({"kind": "required", "when": Condition(equals={"status": ("nieuw", "voorstel")}, filled=("cost",), empty=("agreed_on",))},
         '(([Status] Is Null) Or (Not ([Status] In ("nieuw","voorstel"))) Or ([Kosten] Is Null) Or ([Akkoord klant op] Is Not Null) Or ([Opmerkingen] Is Not Null))',
         "Vul ook in: ‘Opmerkingen’."),
        ({"kind": "allowed", "fields": ("solution",), "values": ("uitleg",), "text": {"nl": "Alleen uitleg."}},
         '(([Oplossing] Is Null) Or ([Oplossing] In ("uitleg")))', "Alleen uitleg."),
        ({"kind": "any_of", "groups": (("remarks",), ("subject", "process"))},
         "(([Opmerkingen] Is Not Null) Or (([Product of dienst] Is Not Null) And ([Proces] Is Not Null)))",
         "Vul minstens een van deze in: ‘Opmerkingen’."),
        ({"kind": "not_after", "fields": ("consent_on",), "other": "consent_until"},
         "(([Instemming klant op] Is Null) Or ([Nader uitstel tot] Is Null) Or ([Instemming klant op]<=[Nader uitstel tot]))",
         "‘Instemming klant op’ mag niet na ‘Nader uitstel tot’ liggen."),
    ],
    ids=lambda value: value.get("kind", "") if isinstance(value, dict) else "",
)  # fmt: skip
def test_rules_of_a_row(values: dict[str, Any], start: str, refusal: str) -> None:
    table = with_rule(**values).table("complaints")
    assert table.rule.startswith(start)
    assert table.refusal.startswith(refusal)
    assert [] == broken_limits(with_rule(**values))


@pytest.mark.parametrize(
    "values",
    [
        {"kind": "required", "severity": "warning"},
        {"kind": "required", "when": Condition(equals={"status": ("afgehandeld",)})},
        {"kind": "required", "when": Condition(over={"cost": "approval"})},
        {"kind": "required", "fields": ("days_left",)},
        {"kind": "required", "when": Condition(filled=("signal",))},
        {"kind": "any_of", "groups": (("signal",), ("remarks",))},
        {"kind": "any_of", "groups": (("phone",),), "when": Condition(filled=("cost",))},
        {"kind": "required", "text": {"nl": "te lang " * 32}},
        {"kind": "unique", "severity": "warning", "fields": ("email",)},
        {"kind": "unique", "fields": ("remarks",)},
        {"kind": "known_numbers", "fields": ("measure",)},
    ],
)
def test_rules_that_access_cannot_keep_are_left_to_sync(values: dict[str, Any]) -> None:
    """A warning, what holds the closing back, columns that the file does not have, and what has no room."""
    assert PLANS["nl"] == with_rule(**values)


def test_a_bound_of_an_amount_is_in_euros() -> None:
    plan = with_rule(kind="between", fields=("cost",), minimum=1250, maximum=100_000)
    column = plan.table("complaints").by_field["cost"]
    assert "Is Null Or (((>=12.5) And (<=1000)) And (>=0))" == column.rule
    assert column.refusal.startswith("Kosten: Vul een getal in van 12,5 tot en met 1000.")


def test_expressions_are_written_as_access_reads_them() -> None:
    assert '"zeg ""ja"""' == quote_access_text('zeg "ja"')
    assert "#2/1/2026#" == day_literal(date(2026, 2, 1))
    assert '[a b] In ("x","y")' == is_one_of(["x", "y"], "a b")
    assert ["a", "(a) And (b)", "(a) Or (b)", ""] == [all_of("a"), all_of("ab"), any_of("ab"), all_of("")]
