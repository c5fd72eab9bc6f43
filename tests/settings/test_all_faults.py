"""Every fault in register.toml and in a definition is told at once, each with its key and its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from registerkit.definition import parse_definition
from registerkit.errors import SettingsError
from registerkit.settings import parse_settings
from registerkit.texts import load_texts
from registerkit.toml_place import line_of

BAD = """# [register] stond hier
[register]
language = "fr"
prefx = "K"   # prefix
reserved = -1

[limits]
approval = "veel"

[theme]
accent = 5

[[sources]]
path = "noord.xlsx"

[[sources]]
# path = "zuid.xlsx"
prefix = "Z"

[[sources]]
path = "noord.xlsx"
scope = "mine"
table = "x"

[database]
url = "env:RK_NERGENS"

[regster]
"""


def caught(text: str) -> list[SettingsError]:
    with pytest.raises(SettingsError) as error:
        parse_settings(text, Path("klachten"))
    return [error.value, *error.value.others]  # type: ignore[list-item]


def test_every_fault_is_told_with_key_and_line() -> None:
    assert [(e.reason, e.values["where"], e.values["line"]) for e in caught(BAD)] == [
        ("value", "register.language", 3),
        ("unknown_key", "register.prefx", 4),
        ("value", "register.reserved", 5),
        ("value", "limits.approval", 8),
        ("value", "theme.accent", 11),
        ("value", "sources.scope", 22),
        ("unknown_key", "regster", 28),
        ("missing_key", "sources", 16),
        ("table_of_file", "sources.table", 23),
        ("source_twice", "sources.path", 21),
        ("environment", "database.url", 26),
    ]


def test_each_says_what_is_wrong_and_what_to_do() -> None:
    for language in ("nl", "en"):
        texts = load_texts(language)
        for error in caught(BAD):
            assert f"({'regel' if language == 'nl' else 'line'} {error.values['line']})" in error.message(texts)
            assert error.fix(texts)
            assert error.as_json(texts)["line"] == error.values["line"]


def test_one_fault_is_no_list() -> None:
    (error,) = caught("[register]\nprefx = 'K'\n")
    assert (
        error.message(load_texts("nl"))
        == "In klachten/register.toml (regel 2) staat register.prefx, en dat is geen instelling."
    )
    assert "prefix" in error.fix(load_texts("nl"))


@pytest.mark.parametrize(
    ("text", "sections"),
    [
        ("[letters]\n# [theme]\nlogo = 'logo.png'\n", "[theme]"),
        ("[letters]\nhost = 'smtp.voorbeeld.example'\n", "[mail]"),
        ("[privacy]\nprefix = 'K'\n", "[register], [[sources]]"),
    ],
)
def test_a_key_whose_section_still_stands_behind_a_sign_is_told_where_it_belongs(text: str, sections: str) -> None:
    (error,) = caught(text)
    assert "elsewhere" == error.reason
    for language in ("nl", "en"):
        texts = load_texts(language)
        assert sections in error.message(texts)
        assert "#" in error.fix(texts)


@pytest.mark.parametrize(
    ("where", "nth", "line"),
    [
        ("a", 1, 1), ("a.k", 1, 2), ("a.b.k", 1, 4), ("list", 2, 8), ("list.k", 2, 9), ("list[2].k", 1, 9),
        ("t.fields.two.kind", 1, 13), ("t.fields.three", 1, 11), ("none", 1, None), ("a.none", 1, 1), ("d.e", 1, 15),
    ],
)  # fmt: skip
def test_the_line_of_a_key(where: str, nth: int, line: int | None) -> None:
    text = """[a]
k = 1
[a.b]
"k" = 2
[[list]]
k = 3
# [[list]]
[[list]]
k = 4
[t]
fields = [
  { id = "one", kind = "x" },
  { id = "two", kind = "y" },
]
d.e = 5
"""
    assert line_of(text, where, nth) == line


def test_a_definition_s_faults_have_their_line() -> None:
    _, found = parse_definition("[definition]\nid = 5\nmain = 'x'\n\n\n[tables.x]\nkey = 'nr'\n", "eigen.toml")
    places = {fault.location.label: fault.location.row for fault in found}
    assert (places["definition.id"], places["definition"], places["tables.x"]) == (2, 1, 6)
    assert "eigen.toml, regel 2, definition.id" in [fault.place(load_texts("nl")) for fault in found]
