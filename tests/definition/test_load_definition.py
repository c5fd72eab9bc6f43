"""The loader says everything that is wrong with a definition file at once, and lets nothing wrong pass.

Every fault has a near miss beside it: the same file with the fault mended is taken.
"""

from __future__ import annotations

import copy
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registerkit.definition import Condition, check_definition, load_definition, parse_definition
from registerkit.definition.load import _checked
from registerkit.errors import DefinitionError, MissingFileError
from registerkit.faults import Faults
from registerkit.texts import load_texts

GOOD = """
[definition]
id = "proef"
main = "things"
nl = "Proefregister"
en = "Trial register"
closing = { is = { state = ["af"] } }

[tables.things]
nl = "Ding"
en = "Thing"
sheet = { nl = "Dingen", en = "Things" }
excel = { nl = "Dingen", en = "Things" }
key = "number"
numbering = "{prefix}-{n:03}"
groups = [{ id = "a", nl = "A", en = "A" }]
fields = [
  { id = "number", kind = "key", nl = "Nummer", en = "Number" },
  { id = "day", kind = "date", nl = "Dag", en = "Day", when = "intake", group = "a" },
  { id = "state", kind = "choice", list = "state", nl = "Stand", en = "State", when = "default", default = "open" },
  { id = "detail", kind = "choice", list = "state", parent = "state", nl = "Detail", en = "Detail" },
  { id = "due", kind = "computed", computed = "date", nl = "Uiterlijk", en = "Due" },
]

[lists.state]
nl = "Stand"
en = "State"
choices = [{ code = "open", nl = "open", en = "open" }, { code = "af", nl = "af", en = "done" }]

[[rules]]
id = "not_late"
kind = "not_future"
table = "things"
fields = ["day"]

[[derivations]]
table = "things"
field = "state"
value = "af"
when = { filled = ["day"] }
"""

FAULTS = [
    # The word that is replaced, what replaces it, the fault, and where it is.
    ('main = "things"', 'main = "thing"', "unknown_table", "definition.main"),
    ('id = "proef"', "", "missing_key", "definition"),
    ('nl = "Proefregister"', "nl = 5", "wrong_type", "definition.nl"),
    ("closing = {", "closng = {", "unknown_key", "definition.closng"),
    ('closing = { is = { state = ["af"] } }', 'closing = "af"', "wrong_type", "definition.closing"),
    ("{ is = { state", "{ is = { stat", "unknown_field", "definition.closing"),
    ("[tables.things]", "[tables.Things]", "bad_id", "tables.Things"),
    ('key = "number"', 'key = "numbr"', "unknown_field", "tables.things.key"),
    ("numbering =", "nummering =", "unknown_key", "tables.things.nummering"),
    ('kind = "date"', 'kind = "dat"', "unknown_kind", "tables.things.fields.day.kind"),
    ('computed = "date"', 'computed = "computed"', "unknown_kind", "tables.things.fields.due.computed"),
    ('when = "intake"', 'when = "intak"', "unknown_when", "tables.things.fields.day.when"),
    ('group = "a"', 'group = "b"', "unknown_group", "tables.things.fields.day.group"),
    ('list = "state", nl = "Stand"', 'list = "stat", nl = "Stand"', "unknown_list", "tables.things.fields.state.list"),
    ('default = "open"', 'default = "opn"', "unknown_code", "tables.things.fields.state.default"),
    ('parent = "state"', 'parent = "stat"', "unknown_field", "tables.things.fields.detail.parent"),
    ('id = "day"', 'id = "Day"', "bad_id", "tables.things.fields.Day"),
    ('id = "day"', 'id = "due"', "duplicate_field", "tables.things.fields"),
    ('nl = "Uiterlijk"', 'nl = "DAG"', "duplicate_header", "tables.things.fields"),
    ('nl = "Detail"', 'nl = "Detail", aliases = ["stand"]', "duplicate_header", "tables.things.fields"),
    ('nl = "Dag"', 'nl = "Dag [1]"', "bad_header", "tables.things.fields.day"),
    ('en = "Day"', 'en = ""', "missing_key", "tables.things.fields.day"),
    ('when = "intake"', "visible = 1", "wrong_type", "tables.things.fields.day.visible"),
    ('code = "af"', 'code = "open"', "duplicate_code", "lists.state"),
    ('nl = "af"', 'nl = "Open"', "duplicate_label", "lists.state"),
    ('code = "open", nl', "nl", "missing_key", "lists.state.choices[1]"),
    ('kind = "not_future"', 'kind = "not_futur"', "unknown_rule", "rules.not_late.kind"),
    ('kind = "not_future"', 'kind = "not_before"', "missing_key", "rules.not_late"),
    ('kind = "not_future"', 'kind = "between"', "missing_key", "rules.not_late"),
    ('fields = ["day"]', 'fields = ["dag"]', "unknown_field", "rules.not_late.fields"),
    ('fields = ["day"]', 'fields = ["day"]\nother = "dag"', "unknown_field", "rules.not_late.fields"),
    ('fields = ["day"]', 'fields = ["day"]\nseverity = "fatal"', "unknown_severity", "rules.not_late.severity"),
    ('table = "things"\nfields', 'table = "thing"\nfields', "unknown_table", "rules.not_late.table"),
    ('field = "state"', 'field = "stat"', "unknown_field", "derivations[1]"),
    ('filled = ["day"]', 'filed = ["day"]', "unknown_key", "derivations[1].when.filed"),
    ('filled = ["day"]', 'later = [["day"]]', "wrong_type", "derivations[1].when.later"),
    ('state = ["af"]', 'state = ["aff"]', "unknown_code", "definition.closing"),
    ('value = "af"', 'value = "aff"', "unknown_code", "derivations[1].value"),
    ('closing = { is', 'closing_fields = ["stat"]\nclosing = { is', "unknown_field", "definition.closing_fields"),
    ('fields = ["day"]', "fields = []", "missing_key", "rules.not_late"),
    ("[[derivations]]", "[[derivation]]", "unknown_key", "derivation"),
    ("[[rules]]", "[rules]", "wrong_type", "rules.rules"),
    ('code = "af"', 'code = "af", profiles = ["eigen", "abw"]', "unknown_profile", "lists.state.choices[2].profiles"),
    ('kind = "not_future"', 'kind = "not_future"\nprofiles = ["abw"]', "unknown_profile", "rules.not_late.profiles"),
    ('code = "af"', 'code = "af", awb = { nl = "klaar", de = "x" }', "unknown_key", "lists.state.choices[2].awb.de"),
    ('nl = "Dag"', 'nl = "Dag", awb = { kind = "text" }', "unknown_key", "tables.things.fields.day.awb.kind"),
    ('nl = "Dag"', 'nl = "Dag", question = "Wanneer?"', "wrong_type", "tables.things.fields.day.question"),
    ('code = "open"', 'code = "open", profiles = ["awb"]', "code_of_profile", "tables.things.fields.state.default"),
    ('code = "af"', 'code = "af", profiles = ["awb"]', "code_of_profile", "derivations[1].value"),
]  # fmt: skip


def codes(text: str) -> list[tuple[str, str | None]]:
    definition, findings = parse_definition(text, "proef.toml")
    assert (definition is None) == bool(findings)
    return [(f.code.removeprefix("definition."), f.location.label) for f in findings]


def test_a_good_file_has_no_faults() -> None:
    assert codes(GOOD) == []


@pytest.mark.parametrize(("word", "instead", "code", "where"), FAULTS, ids=[f"{f[2]}-{f[3]}" for f in FAULTS])
def test_a_fault_is_found_where_it_is(word: str, instead: str, code: str, where: str) -> None:
    assert word in GOOD
    assert (code, where) in codes(GOOD.replace(word, instead, 1))


def test_a_rule_holds_under_the_profiles_that_it_names() -> None:
    ruled = {p: {rule.id for rule in load_definition(profile=p).rules} for p in ("eigen", "awb", "wkkgz", "webwinkel")}
    assert {"eigen", "webwinkel"} == {profile for profile, ids in ruled.items() if "terms_before_solution" in ids}


def test_no_table_is_sought_where_none_is_named_or_there_is_none() -> None:
    assert "unknown_table" not in {code for code, _ in codes("x = 1")}
    assert "unknown_table" not in {code for code, _ in codes(GOOD.replace('main = "things"', ""))}


def test_all_faults_are_told_at_once() -> None:
    text = GOOD.replace('kind = "date"', 'kind = "dat"').replace('default = "open"', 'default = "opn"')
    assert {code for code, _ in codes(text)} == {"unknown_kind", "unknown_code"}


def test_a_fault_names_the_word_that_was_meant() -> None:
    _, findings = parse_definition(GOOD.replace('kind = "date"', 'kind = "dtae"'), "proef.toml")
    assert findings[0].context["nearest"] == "date"
    assert "'dtae'" in findings[0].message(load_texts("nl"))


def test_broken_toml_is_one_fault_with_its_line() -> None:
    definition, findings = parse_definition("[definition\nid = 1", "proef.toml")
    assert definition is None
    assert [f.code for f in findings] == ["definition.syntax"]
    told = findings[0].message(load_texts("nl"))
    assert told == "Het bestand is niet goed geschreven: regel 1, kolom 12."


def test_a_file_with_faults_raises_them_all(tmp_path: Path) -> None:
    file = tmp_path / "proef.toml"
    file.write_text(GOOD.replace('kind = "date"', 'kind = "dat"'), encoding="utf-8")
    with pytest.raises(DefinitionError) as caught:
        load_definition(file)
    assert (caught.value.reason, caught.value.values["n"]) == ("faults", 1)
    assert caught.value.exit_code == 3


def test_a_file_with_a_byte_order_mark_is_taken(tmp_path: Path) -> None:
    file = tmp_path / "proef.toml"
    file.write_text(GOOD, encoding="utf-8-sig")
    assert load_definition(file).id == "proef"


def test_a_missing_file_and_one_that_is_no_text(tmp_path: Path) -> None:
    with pytest.raises(MissingFileError):
        load_definition(tmp_path / "nergens.toml")
    (tmp_path / "oud.toml").write_bytes("# réclame".encode("cp1252"))
    with pytest.raises(DefinitionError) as caught:
        load_definition(tmp_path / "oud.toml")
    assert caught.value.reason == "not_utf8"


def test_what_the_file_says_stands_in_the_definition() -> None:
    definition, _ = parse_definition(GOOD, "proef.toml")
    assert definition is not None
    assert definition.main.id == "things"
    assert [f.id for f in definition.main.inputs] == ["day", "state", "detail"]
    assert definition.main.field("due").value_kind == "date"
    assert definition.closing == Condition(equals={"state": ("af",)})
    assert definition.rules[0].kind == "not_future"
    assert definition.derivations[0].value == "af"
    assert definition.lists["state"].by_code["af"].labels == {"nl": "af", "en": "done"}


def test_roles_are_the_ids_unless_said_otherwise() -> None:
    text = GOOD.replace('when = "intake"', 'when = "intake", role = "received_on"')
    definition, _ = parse_definition(text, "proef.toml")
    assert definition is not None
    assert ("day", "received_on") == (
        definition.main.field("received_on").name,
        definition.main.field("received_on").id,
    )
    assert definition.role("day") is None
    assert definition.role("state") is definition.main.field("state")


def paths(tree: Any, here: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Give the way to every node of a tree of TOML."""
    inside = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    return [here, *(p for key, value in inside for p in paths(value, (*here, key)))] if here else [
        p for key, value in inside for p in paths(value, (key,))
    ]  # fmt: skip


TREE = tomllib.loads(
    GOOD.replace('nl = "open", en', 'profiles = ["eigen", "awb"], nl = "open", awb = { nl = "vrij" }, en')
)
WRONG = st.one_of(
    st.none(), st.integers(-5, 5), st.booleans(), st.text(max_size=4), st.just([]), st.just([5]), st.just(["x"]),
    st.just({}), st.just({"x": 1}), st.just([{}]), st.just([[]]),
)  # fmt: skip


@given(st.sampled_from(paths(TREE)), WRONG)
def test_whatever_stands_anywhere_ends_in_findings_never_in_a_crash(path: tuple[Any, ...], value: Any) -> None:
    tree = copy.deepcopy(TREE)
    node = tree
    for step in path[:-1]:
        node = node[step]
    if value is None and isinstance(node, dict):
        del node[path[-1]]
    else:
        node[path[-1]] = value
    faults = Faults("proef.toml")
    _checked(tree, "awb", {"nl": "inwoner", "en": "resident"}, faults)
    texts = load_texts("nl")
    assert all(f.message(texts) and f.fix(texts) for f in faults.found)


@pytest.mark.parametrize(("left_out", "kept", "label"), [("en", "nl", "Ding"), ("nl", "en", "Thing")])
def test_labels_in_one_language_stand_in_for_the_other(left_out: str, kept: str, label: str) -> None:
    text = re.sub(rf'(?m)^{left_out} = ".*"\n', "", GOOD)
    text = re.sub(rf'(, )?\b{left_out} = "[^"]*"(, (?={kept} =))?', lambda m: m[1] if m[1] and m[2] else "", text)
    assert re.search(rf"\b{left_out} =", text) is None
    definition, findings = parse_definition(text, "d.toml")
    assert definition is not None, findings
    assert dict(definition.tables["things"].labels) == {"nl": label, "en": label}
    assert all(f.labels["en"] == f.labels["nl"] for table in definition.tables.values() for f in table.fields)


PROFILED = (
    GOOD.replace('nl = "Dag", en = "Day"', 'nl = "Dag van de {word}", en = "Day", awb = { nl = "Dag van de melding" }')
    .replace('code = "open", nl', 'code = "open", awb = { nl = "vrij" }, nl')
    .replace(
        'nl = "af", en = "done" }',
        'nl = "af", en = "done" }, { code = "weg", nl = "weg", en = "gone", profiles = ["wkkgz"] }',
    )
)


def test_a_profile_has_its_own_entries_and_words_and_reads_what_was_made_with_others() -> None:
    found = {}
    for profile in ("eigen", "awb", "wkkgz"):
        definition, findings = parse_definition(PROFILED, "d.toml", profile)
        assert definition is not None, findings
        found[profile] = definition
    codes = {name: [c.code for c in each.lists["state"].choices] for name, each in found.items()}
    assert codes == {"eigen": ["open", "af"], "awb": ["open", "af"], "wkkgz": ["open", "af", "weg"]}
    assert found["awb"].lists["state"].by_code["open"].labels["nl"] == "vrij"
    labels = {name: each.main.field("day").labels["nl"] for name, each in found.items()}
    assert labels == {"eigen": "Dag van de klant", "awb": "Dag van de melding", "wkkgz": "Dag van de cliënt"}
    for each in found.values():
        assert each.main.by_header["dag van de klant"] == "day"


def test_the_offices_own_word_stands_in_the_labels() -> None:
    definition, _ = parse_definition(PROFILED, "d.toml", "wkkgz", {"nl": "patiënt", "en": "patient"})
    assert definition is not None
    assert definition.main.field("day").labels["nl"] == "Dag van de patiënt"
    assert definition.main.by_header["dag van de cliënt"] == "day"


def test_an_entry_goes_with_the_one_it_hangs_on() -> None:
    text = GOOD.replace('parent = "state", nl', 'parent = "state", nl').replace(
        'list = "state", parent', 'list = "part", parent'
    )
    text = text.replace('code = "af", nl', 'code = "af", profiles = ["eigen"], nl').replace(
        'value = "af"', 'value = "open"'
    )
    text += """
[lists.part]
nl = "Deel"
en = "Part"
choices = [{ code = "o1", parent = "open", nl = "een", en = "one" }, { code = "a1", parent = "af", nl = "een", en = "one" }]
"""
    for profile, expected in (("eigen", ["o1", "a1"]), ("awb", ["o1"])):
        definition, findings = parse_definition(text, "d.toml", profile)
        assert definition is not None, findings
        assert [choice.code for choice in definition.lists["part"].choices] == expected


def test_a_check_looks_under_every_profile(tmp_path: Path) -> None:
    """A value that follows must be there under each; a condition may ask for what only some have."""
    file = tmp_path / "d.toml"
    file.write_text(GOOD.replace('code = "af"', 'code = "af", profiles = ["eigen"]'), encoding="utf-8")
    with pytest.raises(DefinitionError) as caught:
        check_definition(file)
    found = caught.value.values["findings"]
    assert [(f.code, f.location.label, f.location.row) for f in found] == [
        ("definition.code_of_profile", "derivations[1].value", 39)
    ]
    assert "profiel awb" in found[0].message(load_texts("nl"))
    file.write_text(file.read_text(encoding="utf-8").replace('value = "af"', 'value = "open"'), encoding="utf-8")
    assert check_definition(file).lists["state"].by_code
