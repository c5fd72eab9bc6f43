"""Only the address of the database changes in `register.toml`; everything else stays as the office wrote it."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from registerkit.commands.init import new_settings
from registerkit.commands.settings_file import with_database_url
from registerkit.errors import SettingsError

FILE = Path("register.toml")
URL = 'postgresql://jan:a"b\\c#é@db/klachten'
SAID = tomllib.loads(f"url = '{URL}'")["url"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "\n[database]\nurl = URL\n"),
        ('[register]\nlanguage = "nl"', '[register]\nlanguage = "nl"\n[database]\nurl = URL\n'),
        ("[database]\nurl = 'x'", "[database]\nurl = URL"),
        ('[database] # hier\n# oud\n  url="env:X"  # van Jan\n\n[theme]\n', "[database] # hier\n# oud\n  url=URL  # van Jan\n\n[theme]\n"),
        ("[database]\n\n[theme]\nlogo = 'url = 3'\n", "[database]\nurl = URL\n\n[theme]\nlogo = 'url = 3'\n"),
        ("# [database]\n# url = \"env:X\"\n\n# [theme]\n", "[database]\nurl = URL\n\n# [theme]\n"),
        ("# [database]\r\n# url = \"env:X\"\r\n\r\n[theme]\r\n", "[database]\r\nurl = URL\r\n\r\n[theme]\r\n"),
        ("\ufeff[database]\r\nurl = \"\"\r\n", "\ufeff[database]\r\nurl = URL\r\n"),
        ("[[sources]]\npath = 'a'\n# [database]\n# url = 1\n[theme]\n", "[[sources]]\npath = 'a'\n[database]\nurl = URL\n[theme]\n"),
    ],
)  # fmt: skip
def test_only_the_address_changes(before: str, after: str) -> None:
    written = '"postgresql://jan:a\\"b\\\\c#é@db/klachten"'
    changed = with_database_url(before, SAID, FILE)
    assert after.replace("URL", written) == changed
    assert changed == with_database_url(changed, SAID, FILE)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_new_project_s_settings_keep_every_other_line(language: str) -> None:
    before = new_settings("De Spaak BV", language)
    after = with_database_url(before, SAID, FILE)
    assert {"database": {"url": SAID}} | tomllib.loads(before) == tomllib.loads(after)
    lines = [line for line in before.splitlines() if "database" not in line.lower() or not line.startswith("# ")]
    assert [line for line in lines if line not in after.splitlines()] == []


@pytest.mark.parametrize(
    "text", ["database = { url = 'x' }", "database.url = 'x'", "[database]\nurl = '''x'''", "['database']\nurl = 'x'"]
)
def test_what_cannot_be_changed_for_sure_is_left_alone(text: str) -> None:
    with pytest.raises(SettingsError) as caught:
        with_database_url(text, SAID, FILE)
    assert caught.value.reason == "database"
