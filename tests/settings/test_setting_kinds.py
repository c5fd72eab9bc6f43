"""What register.toml says cannot lead out of the project, break a header, or make a file that Windows cannot have."""

from __future__ import annotations

from pathlib import Path

import pytest

from registerkit.analysis.period import parse_period
from registerkit.errors import SettingsError, UsageError
from registerkit.setting_kinds import is_address, leaves
from registerkit.settings import parse_settings
from registerkit.texts import load_texts

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"/>'
FAULTS = {
    **dict.fromkeys((f"[register]\nprefix = {text}" for text in (
        '"../X"', '"K/"', '"A\\nB"', '""', '" "', '"' + "Q" * 17 + '"', '"{n}"', '"%s"', '"=1"', '"-K"', '"K."', '"K\\u202e"',
    )), ("prefix", "register.prefix")),
    '[[sources]]\npath = "a.xlsx"\nprefix = "N:"': ("prefix", "sources.prefix"),
    "[register]\nreserved = 10001": ("value", "register.reserved"),
    "[register]\nprepared = 100000000": ("value", "register.prepared"),
    "[limits]\napproval = -5": ("value", "limits.approval"),
    "[limits]\napproval = nan": ("value", "limits.approval"),
    '[register]\nword = "a\\nb"': ("line", "register.word"),
    '[register]\nword = " "': ("line", "register.word"),
    '[register]\ndefinition = " \\t"': ("line", "register.definition"),
    '[register]\nworkbook = "../x.xlsx"': ("leaves", "register.workbook"),
    '[register]\nworkbook = "a/../../x.xlsx"': ("leaves", "register.workbook"),
    '[register]\nworkbook = "C:/x.xlsx"': ("leaves", "register.workbook"),
    "[register]\nworkbook = '..\\x.xlsx'": ("leaves", "register.workbook"),
    '[register]\nworkbook = "nul.xlsx"': ("file_kind", "register.workbook"),
    '[register]\nworkbook = "register.db"': ("file_kind", "register.workbook"),
    '[organisation]\nname = "x\\u202ey"': ("line", "organisation.name"),
    '[organisation]\nname = ["x"]': ("value", "organisation.name"),
    '[organisation]\nemail = "k@x.example\\nBcc: e@x.example"': ("address", "organisation.email"),
    '[organisation]\nemail = "a@x.example, b@x.example"': ("address", "organisation.email"),
    '[[staff]]\ncode = "Z"\nemail = "<script>@x"': ("address", "staff.email"),
    '[[staff]]\ncode = "Z"\nname = {a = 1}': ("value", "staff.name"),
    '[[staff]]\ncode = "' + "C" * 21 + '"': ("line", "staff.code"),
    '[[staff]]\ncode = "Z"\nabsent_until = 2101-01-01': ("value", "staff.absent_until"),
    '[branches]\n"a\\u0000b" = "x"': ("line", "branches.a\ufffdb"),
    '[external.ombudsman]\nname = ["x"]': ("value", "external.ombudsman"),
    "[letters]\nsigner = []": ("value", "letters.signer"),
    '[theme]\naccent = "#2A7F86\\"/>"': ("value", "theme.accent"),
    '[theme]\nfont = "A\\"/><x>"': ("value", "theme.font"),
    '[theme]\nlogo = "/etc/passwd"': ("leaves", "theme.logo"),
    '[theme]\nlogo = "../logo.png"': ("leaves", "theme.logo"),
    '[theme]\nlogo = "logo.svg"': ("file_kind", "theme.logo"),
    '[theme]\nlogo = "vector.png"': ("file_kind", "theme.logo"),
    '[theme]\nlogo = "weg.png"': ("no_logo", "theme.logo"),
    '[mail]\nhost = "a b"': ("value", "mail.host"),
    '[mail]\nhost = "h"\nport = 0': ("value", "mail.port"),
    '[mail]\nhost = "h"\ntls = "ssl"': ("value", "mail.tls"),
    '[mail]\nhost = "h"\nfrom = "a@x.example, b@x.example"': ("address", "mail.from"),
    '[mail]\nhost = "h"\nuser = "u"\npassword = "geheim"': ("kept", "mail.password"),
    '[mail]\nport = 25': ("missing_key", "mail"),
    '[mail]\nhost = "h"\nuser = "u"': ("missing_key", "mail"),
    '[mail]\nhost = "h"\npassword = "env:X"': ("missing_key", "mail"),
    '[[sources]]\npath = "../noord.xlsx"': ("leaves_source", "sources.path"),
    '[[sources]]\npath = "a/../../noord.xlsx"': ("leaves_source", "sources.path"),
    '[[sources]]\npath = "./klachtenregister.xlsx"': ("own_file", "sources.path"),
    '[[sources]]\npath = "register.db"': ("own_file", "sources.path"),
    **dict.fromkeys((f'[register]\nworkbook = "{text}"' for text in (
        "postvak-in/x.xlsx", "./postvak-in/verwerkt/x.xlsx", "uitvoer/x.xlsx", "archief/x.xlsx", "bijlagen/x.xlsx",
        "klachtenformulier.xlsx",
    )), ("own_place", "register.workbook")),
    '[register]\nlanguage = "en"\nworkbook = "inbox/x.xlsx"': ("own_place", "register.workbook"),
    '[[sources]]\npath = "postvak-in/noord.xlsx"': ("own_place", "sources.path"),
    **dict.fromkeys((f'[database]\nurl = "sqlite:///{path}"' for path in (
        "klachtenregister.xlsx", "./register.toml", "register.log", "archief/register.db", "klachtenformulier.xlsx",
    )), ("own_place", "database.url")),
    '[[sources]]\npath = "a\\u0000.xlsx"': ("line", "sources.path"),
}  # fmt: skip
TAKEN = [
    *(
        f'[database]\nurl = "{url}"'
        for url in ("sqlite:///register.db", "sqlite:///data/mijn.db", "postgresql://x@y/z")
    ),
    '[register]\nprefix = "KL-N.2é"\nworkbook = "map/Mijn  register.xlsx"',
    '[organisation]\nname = "\'t Hof & Zn"\nkvk = 12345678\naddress = "Kade 1\\nPostbus 2"\nemail = ""',
    '[[sources]]\npath = "//server/map/noord.xlsx"\n[[sources]]\npath = "D:/map/noord.xlsx"\n[[sources]]\npath = "a/../b.xlsx"',
    '[theme]\nlogo = "beeld/logo.png"\nfont = "Segoe UI"\naccent = "2A7F86"',
    '[[staff]]\ncode = 12\nname = "Zoë Ömer-d\'Arc"\nabsent_from = 2026-11-02\nuren = 36',
]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from PIL import Image

    folder = tmp_path_factory.mktemp("project")
    (folder / "beeld").mkdir()
    Image.new("RGB", (4, 4)).save(folder / "beeld" / "logo.png")
    for name in ("logo.svg", "vector.png"):
        (folder / name).write_bytes(SVG)
    return folder


@pytest.mark.parametrize(("text", "fault"), FAULTS.items())
def test_what_cannot_stand_there_is_told_with_its_place(root: Path, text: str, fault: tuple[str, str]) -> None:
    with pytest.raises(SettingsError) as caught:
        parse_settings(text, root)
    error = caught.value
    assert (error.reason, error.values["where"]) == fault
    for language in ("nl", "en"):
        told = error.full_message(load_texts(language))
        assert "\n" not in told
        assert "?" not in told.replace("\ufffd", "")
        assert len(told) < 500


def test_a_value_of_another_type_is_told_with_an_example(root: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        parse_settings('[organisation]\nname = ["x"]\n', root)
    assert caught.value.fix(load_texts("nl")) == 'Kies een van: "…".'


@pytest.mark.parametrize("text", ["9999-01", "2026-01-01..9999-12-31", "1066"])
def test_a_period_has_a_last_day_too(text: str) -> None:
    with pytest.raises(UsageError):
        parse_period(text)


@pytest.mark.parametrize("text", TAKEN)
def test_what_offices_write_is_taken(root: Path, text: str) -> None:
    assert parse_settings(text, root).paths.root == root


def test_an_address_is_one_address() -> None:
    assert all(map(is_address, ("a@x.nl", "j.van-den_berg+k@sub.voorbeeld.nl", "o'neil@x.museum")))
    for text in (
        "a@x",
        "a@x.nl,b@x.nl",
        "a@x.nl;",
        "a b@x.nl",
        "a@x.nl\nBcc: b@x.nl",
        "josé@x.nl",
        "Bo <a@x.nl>",
        "a..b@x.nl",
    ):
        assert not is_address(text), text


def test_a_path_that_comes_back_does_not_leave() -> None:
    assert [leaves(path) for path in ("a/../b", "a/..", "..", "/a", "C:a", r"\a", "~/a")] == [
        *(False, False, True, True, True, True, False)
    ]


@pytest.mark.parametrize(("text", "shown"), [("true", "true"), ("false", "false"), ("1.5", "1.5")])
def test_a_setting_is_told_as_it_is_written(text: str, shown: str) -> None:
    with pytest.raises(SettingsError) as caught:
        parse_settings(f"[register]\nreserved = {text}\n", Path("x"))
    assert f"niet de waarde {shown} hebben" in caught.value.message(load_texts("nl"))
