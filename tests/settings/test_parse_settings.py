"""Whatever an office writes in register.toml ends in settings or in one clear message, never in a crash."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registerkit.errors import SettingsError
from registerkit.resources import resource_folder
from registerkit.settings import Settings, parse_settings
from registerkit.texts import load_texts

ROOT = Path("klachten")
WHOLE = """
[register]
language = "en"
prefix = "U"
owner = "EV"
reserved = 10
[organisation]
name = "De Spaak BV"
[limits]
approval = 250.50
[database]
url = "sqlite:///x.db"
[[routing]]
when = { category = ["SF", "SA"], severity = "ernstig" }
handler = "EV"
[[routing]]
department = "klantenservice"
[[sources]]
path = "zuid.xlsx"
prefix = "Z"
scope = "own"
[[staff]]
code = "EV"
name = "Eva Verhoef"
[departments]
klantenservice = "Klantenservice"
"""


def test_what_the_file_says() -> None:
    found = parse_settings(WHOLE, ROOT)
    assert (found.language, found.prefix, found.reserved, found.prepared) == ("en", "U", 10, 200)
    assert found.limits == {"approval": 25050}
    assert found.routing[0].when == {"category": ("SF", "SA"), "severity": ("ernstig",)}
    assert (found.routing[1].when, found.routing[1].department) == ({}, "klantenservice")
    assert (found.sources[0].path, found.sources[0].scope) == (ROOT / "zuid.xlsx", "own")
    assert found.paths.workbook.name == "complaints-register.xlsx"


def test_an_empty_file_has_its_defaults() -> None:
    found = parse_settings("", ROOT)
    assert (found.language, found.prefix, found.word, found.backups, found.database_url) == (
        "nl",
        "K",
        "klant",
        20,
        None,
    )


@pytest.mark.parametrize(
    ("text", "reason", "where"),
    [
        ("register = 5", "value", "register"),
        ('[register]\nlanguage = "fr"', "value", "register.language"),
        ("[register]\nreserved = -1", "value", "register.reserved"),
        ("[register]\nreserved = true", "value", "register.reserved"),
        ("[register]\nprefix = 5", "value", "register.prefix"),
        ("[register]\nprefx = 'K'", "unknown_key", "register.prefx"),
        ("[regster]", "unknown_key", "regster"),
        ("organisation = 'x'", "value", "organisation"),
        ("[limits]\napproval = 'veel'", "value", "limits.approval"),
        ("[limits]\napproval = true", "value", "limits.approval"),
        ("[limits]\napproval = inf", "value", "limits.approval"),
        ("routing = 5", "value", "routing"),
        ("routing = [5]", "value", "routing"),
        ("[routing]\nhandler = 'EV'", "value", "routing"),
        ("[[routing]]\nwhen = 'x'", "value", "routing.when"),
        ("[sources]\npath = 'x.xlsx'", "value", "sources"),
        ("[[sources]]\nprefix = 'Z'", "missing_key", "sources"),
        ("[[sources]]\npath = ''", "missing_key", "sources"),
        ("[[sources]]\npath = 5", "value", "sources.path"),
        ("[[sources]]\npath = 'x'\nscope = 'mine'", "value", "sources.scope"),
        ("staff = 'x'", "value", "staff"),
        ("[[staff]]\ncode = 'SV'", "missing_key", "staff"),
        ("[[staff]]\ncode = ' '\nname = 'Sanne de Vries'", "missing_key", "staff"),
        ("departments = ['a']", "value", "departments"),
        ("[departments]\na = 5", "value", "departments.a"),
        ("[external]\nombudsman = 'x'", "value", "external.ombudsman"),
        ("[database]\nurl = 5", "value", "database.url"),
        ("[database]\nurl = 'env:RK_NERGENS'", "environment", "database.url"),
        ("[register", "syntax", None),
    ],
)
def test_a_fault_is_told_with_its_place(text: str, reason: str, where: str | None) -> None:
    with pytest.raises(SettingsError) as caught:
        parse_settings(text, ROOT)
    error = caught.value
    assert (error.reason, error.values.get("where")) == (reason, where)
    for language in ("nl", "en"):
        assert error.message(load_texts(language))
        assert error.fix(load_texts(language))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("[register]\nword = klant\n", "regel 2, kolom 8"),
        ("[register", "regel 1, kolom 10"),
        ("[register]\nword = \n\n", "regel 2, kolom 8"),
        ("[register]\nword = 'a'\nword = 'b'\nprefix = 'K'\n", "regel 3, kolom 11"),
        (f"[register]\nreserved = {'9' * 5000}\n", "regel 2, kolom 1"),
        (f"[register]\nword = 'a'\nx = {'[' * 5000}{']' * 5000}\n", "regel 3, kolom 1"),
        (f"[register]\nx = {'{a = ' * 5000}1{'}' * 5000}\n", "regel 2, kolom 1"),
    ],
)
def test_settings_that_are_not_well_written_are_told_with_line_and_column(text: str, place: str) -> None:
    with pytest.raises(SettingsError) as caught:
        parse_settings(text, ROOT)
    assert caught.value.message(load_texts("nl")).endswith(f"zijn niet goed geschreven: {place}.")
    in_english = place.replace("regel", "line").replace("kolom", "column")
    assert caught.value.message(load_texts("en")).endswith(f"are not well written: {in_english}.")


def test_a_database_named_by_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RK_HIER", "postgresql://x")
    assert parse_settings("[database]\nurl = 'env:RK_HIER'", ROOT).database_url == "postgresql://x"


NAMES = ["register", "organisation", "limits", "routing", "external", "letters", "database", "sources", "theme",
         "staff", "departments", "branches", "responsible"]  # fmt: skip
KEYS = [
    "language",
    "definition",
    "prefix",
    "workbook",
    "owner",
    "path",
    "when",
    "url",
    "name",
    "x",
    "ombudsman",
    "accent",
]
VALUES = ["5", "true", '"x"', "[]", "[1]", '["x"]', "{}", "{ x = 1 }", "1.5", "2026-01-01", "[{}]", "nan"]


@given(st.sampled_from(NAMES), st.sampled_from(KEYS), st.sampled_from(VALUES), st.sampled_from(["top", "one", "many"]))
def test_nothing_ends_in_a_crash(name: str, key: str, value: str, shape: str) -> None:
    head = {"top": "", "one": f"[{name}]\n", "many": f"[[{name}]]\n"}[shape]
    text = f"{name} = {value}" if shape == "top" else f"{head}{key} = {value}"
    found: Any = None
    try:
        found = parse_settings(text, ROOT)
    except SettingsError as error:
        found = error.message(load_texts("nl"))
    assert isinstance(found, Settings | str)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_shipped_settings_show_everything_that_can_be_set_about_letters(language: str) -> None:
    """As remarks that hold when their # is taken away."""
    shipped = resource_folder("workbook_templates") / f"register.{language}.toml"
    (section,) = re.findall(r"^\[letters\]\n(.*?)\n\n", shipped.read_text(encoding="utf-8"), re.M | re.S)
    keys = "\n".join(re.findall(r"^# (\w+ = .*)$", section, re.M))
    settings = parse_settings(f"[letters]\n{keys}\n", ROOT)
    switches = {"sent_when_made", "half_way", "aftercare", "print", "pdf"}
    assert {"signer", "signer_role", "on_behalf_of", *switches} == set(settings.letters)
    assert not settings.sent_when_made
