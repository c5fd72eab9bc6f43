"""Only the settings asked for change in `register.toml`; everything else stays as the office wrote it."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from registerkit.commands.demo import demo_settings, demo_texts
from registerkit.commands.init import new_settings
from registerkit.commands.settings_file import with_settings
from registerkit.settings import parse_settings

URL = 'postgresql://jan:a"b\\c#é@db/klachten'
SAID = tomllib.loads(f"url = '{URL}'")["url"]
URL_SET = {"database": {"url": SAID}}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "[database]\nurl = URL\n"),
        ('[register]\nlanguage = "nl"', '[register]\nlanguage = "nl"\n[database]\nurl = URL\n'),
        ("[database]\nurl = 'x'", "[database]\nurl = URL"),
        ('[database] # hier\n# oud\n  url="env:X"  # van Jan\n\n[theme]\n', "[database] # hier\n# oud\n  url=URL  # van Jan\n\n[theme]\n"),
        ("[database]\n\n[theme]\nlogo = 'url = 3'\n", "[database]\nurl = URL\n\n[theme]\nlogo = 'url = 3'\n"),
        ("# [database]\n# url = \"env:X\"\n\n# [theme]\n", "# [database]\n# url = \"env:X\"\n\n# [theme]\n\n[database]\nurl = URL\n"),
        ("[register]\r\n# word = 'a'\r\n", "[register]\r\n# word = 'a'\r\n\r\n[database]\r\nurl = URL\r\n"),
        ("database = { url = 'x' } # hier\n", "database = { url = URL } # hier\n"),
        ("database.url = 'x'", "database.url = URL"),
        ("[database]\nurl = '''x'''", "[database]\nurl = URL"),
        ("['database']\nurl = 'x'", "['database']\nurl = URL"),
        ("\ufeff[database]\r\nurl = \"\"\r\n", "\ufeff[database]\r\nurl = URL\r\n"),
        ("[[sources]]\npath = 'a'\n[theme]\n", "[[sources]]\npath = 'a'\n[theme]\n\n[database]\nurl = URL\n"),
    ],
)  # fmt: skip
def test_only_the_address_changes(before: str, after: str) -> None:
    written = '"postgresql://jan:a\\"b\\\\c#é@db/klachten"'
    changed = with_settings(before, URL_SET)
    assert after.replace("URL", written) == changed
    assert changed == with_settings(changed, URL_SET)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_new_project_s_settings_keep_every_other_line(language: str) -> None:
    before = new_settings("De Spaak BV", language)
    after = with_settings(before, URL_SET)
    assert {"database": {"url": SAID}} | tomllib.loads(before) == tomllib.loads(after)
    assert after.startswith(before)


def test_a_section_that_is_listed_is_put_in_place() -> None:
    staff = [{"code": "EV", "name": "Eva"}, {"code": "JB", "name": "Jan"}]
    changed = with_settings("[register]\nword = 'a' # zo\n", {"staff": staff})
    assert changed.startswith("[register]\nword = 'a' # zo\n")
    assert tomllib.loads(changed)["staff"] == staff
    assert changed.count("[[staff]]") == 2


def test_the_example_says_what_it_is_told(tmp_path: Path) -> None:
    found = parse_settings(demo_settings(demo_texts(), "eigen", "nl"), tmp_path)
    assert (found.name, found.owner, len(found.staff)) == ("De Spaak BV", "SV", 8)
    assert found.organisation["city"] == "Utrecht"
