"""A definition says which fields are personal; a copy made before it could has them as the shipped one does."""

from __future__ import annotations

from registerkit.definition import Definition, load_definition
from registerkit.definition.load import _shipped_text, parse_definition

SHIPPED = load_definition()


def parsed(text: str) -> tuple[Definition | None, list[str]]:
    definition, findings = parse_definition(text, "eigen.toml")
    return definition, [finding.code for finding in findings]


def test_what_names_a_person_is_personal_and_what_is_counted_is_not() -> None:
    main = SHIPPED.main
    assert {"name", "email", "description", "reasons"} <= main.personal
    assert main.personal.isdisjoint({"number", "received_on", "category", "cost", "satisfaction", "subject"})
    assert SHIPPED.tables["contacts"].personal == {"with_whom", "summary", "agreed"}


def test_an_earlier_copy_has_its_fields_personal_and_gets_the_mark() -> None:
    lines = _shipped_text().replace(", personal = true", "").splitlines()
    definition, faults = parsed("\n".join(line for line in lines if "anonymised_on" not in line))
    assert definition is not None, faults
    assert {t.id: t.personal for t in definition.tables.values()} == {t.id: t.personal for t in SHIPPED.tables.values()}
    assert "anonymised_on" in definition.main.by_id


def test_a_copy_that_says_what_is_personal_is_taken_at_its_word() -> None:
    lines = _shipped_text().splitlines()
    bare = [line.replace(", personal = true", "") if 'id = "remarks"' in line else line for line in lines]
    definition, _ = parsed("\n".join(bare))
    assert definition is not None
    assert "remarks" not in definition.main.personal


def test_what_figures_are_counted_from_cannot_be_personal() -> None:
    _, faults = parsed(
        _shipped_text().replace('id = "cost", kind = "money"', 'id = "cost", kind = "money", personal = true')
    )
    assert faults == ["definition.not_personal"]
