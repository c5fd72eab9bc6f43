"""The command line helps, stays quick, and answers a wrong call with one clear message or one JSON document."""

from __future__ import annotations

import ctypes
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import click
import pytest
from click.testing import CliRunner

from registerkit.cli.language import default_language
from registerkit.cli.main import COMMANDS, cli, main
from registerkit.texts import LANGUAGES, load_texts

HEAVY = ("sqlalchemy", "xlsxwriter", "docx", "docxtpl", "python_calamine", "matplotlib", "phonenumbers", "holidays",
         "openpyxl", "filelock", "numpy", "jinja2", "lxml")  # fmt: skip
SHARED = {"--project", "--on", "--json", "--quiet"}


def leaves() -> dict[str, click.Command]:
    """Give every command by the words that call it."""
    context = click.Context(cli)
    found: dict[str, click.Command] = {}
    for name in cli.list_commands(context):
        command = cli.get_command(context, name)
        assert command is not None
        inner = command.commands if isinstance(command, click.Group) else {"": command}
        found |= {f"{name} {word}".strip(): made for word, made in inner.items()}
    return found


LEAVES = leaves()


def options(command: click.Command) -> list[click.Option]:
    return [p for p in command.params if isinstance(p, click.Option)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", LEAVES)
def test_every_command_and_option_has_help(name: str, language: str) -> None:
    texts = load_texts(language, "commands")
    shown = CliRunner().invoke(cli, [*name.split(), "--help"], obj=texts).output
    text = " ".join(shown.split())
    assert texts(f"help.{name.replace(' ', '-')}").splitlines()[0] in text
    for option in options(LEAVES[name]):
        word = option.opts[-1].lstrip("-")
        own = f"option.{name.replace(' ', '-')}.{word}"
        assert texts(own if own in texts else f"option.{word}") in text


@pytest.mark.parametrize("name", LEAVES)
def test_every_command_takes_the_shared_options(name: str) -> None:
    assert SHARED <= {word for option in options(LEAVES[name]) for word in option.opts}


@pytest.mark.parametrize("name", LEAVES)
def test_help_is_shown_and_ends_well(name: str) -> None:
    result = CliRunner().invoke(cli, [*name.split(), "--help"])
    assert result.exit_code == 0
    assert "--project" in result.output
    assert max(map(len, result.output.splitlines())) <= 80


@pytest.mark.parametrize("name", COMMANDS)
def test_the_overview_names_every_command_with_one_sentence(name: str) -> None:
    for language in LANGUAGES:
        texts = load_texts(language, "commands")
        line = texts(f"help.{name}").splitlines()[0]
        assert re.fullmatch(r"[A-Z].*[^.]\.", line)
        shown = CliRunner().invoke(cli, ["--help"], obj=texts).output
        assert f"{name} {line}" in " ".join(shown.split())


def test_the_overview_and_the_commands_agree_on_their_names() -> None:
    assert [command.name for words, command in LEAVES.items() if " " not in words] == [
        name for name in COMMANDS if name != "definition"
    ]


# -------------------------------------------------------------------------------------------------------- quickness
@pytest.mark.parametrize(
    "words", [["--help"], ["sync", "--help"], ["weekly", "--help"], ["--version"], ["nosuch"], ["sync", "--nosuch"]]
)
def test_help_loads_no_heavy_library(words: list[str]) -> None:
    script = (
        "import sys\nfrom registerkit.cli.main import main\n"
        f"try:\n    main({words!r})\nexcept SystemExit:\n    pass\n"
        f"print('LOADED', *sorted(set({HEAVY!r}) & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.splitlines()[-1].split() == ["LOADED"]


def test_finding_the_project_loads_no_heavy_library() -> None:
    """A wrong folder is told at once."""
    done = subprocess.run(
        [sys.executable, "-c", "import sys, registerkit\nfrom registerkit.project import find_project\n"
         "import registerkit.settings\nprint(*sorted({'matplotlib', 'docx', 'docxtpl'} & set(sys.modules)))"],
        capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    assert done.stdout.split() == []


def test_a_project_opens_without_what_reads_and_builds_files() -> None:
    """What only looks a complaint up waits for the store, and for nothing else."""
    parts = ("checking", "database.access", "ooxml", "reading", "workbook", "writeback")
    script = (
        f"import sys, registerkit.project\nmodules = [f'registerkit.{{part}}' for part in {parts!r}]\n"
        "print(*sorted({*modules, 'xlsxwriter', 'python_calamine', 'holidays'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.split() == []


# ------------------------------------------------------------------------------------------------------ wrong calls
def call(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    """Run the command line in this process; gives exit code, stdout and stderr."""
    with pytest.raises(SystemExit) as caught:
        main(list(words))
    shown = capsys.readouterr()
    return int(caught.value.code or 0), shown.out, shown.err


WRONG = [
    ["nosuch"],
    ["sync", "--nosuch"],
    ["sync", "--prefer", "nobody"],
    ["sync", "--on", "20-11-2026"],
    ["sync", "--on", "2026-02-30"],
    ["init"],
    ["init", "x", "--language", "fr"],
    ["check"],
    ["find"],
    ["show"],
    ["history", "A", "B"],
    ["export"],
    ["database"],
    ["database", "klachten.doc"],
    ["move"],
    ["definition", "nosuch"],
    ["report", "--period"],
]


@pytest.mark.parametrize("words", WRONG, ids=" ".join)
def test_a_wrong_call_is_exit_2_with_one_json_document(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    given = [words[0], "--json", *words[1:]] if words[-1] == "--period" else [*words, "--json"]
    code, out, err = call(capsys, *given)
    body = json.loads(out)["error"]
    assert (code, err, sorted(body)) == (2, "", ["code", "file", "fix", "message"])
    assert body["code"] == "usage"
    assert body["message"]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("words", WRONG, ids=" ".join)
def test_a_wrong_call_is_told_to_people_on_stderr(capsys: pytest.CaptureFixture[str], words: list[str]) -> None:
    code, out, err = call(capsys, *words)
    assert (code, out) == (2, "")
    assert err.splitlines()[-1].startswith("Zie: registerkit")
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["snyc"], "'snyc' is geen opdracht. Bedoelt u sync?"),
        (["sync", "--dryrun"], "De optie --dryrun bestaat niet. Bedoelt u --dry-run?"),
        (["sync", "--qqqqq"], "De optie --qqqqq bestaat niet."),
        (["init"], "Er ontbreekt iets: MAP."),
        (["history", "A", "B"], "'B' is te veel."),
        (["report", "--period"], "Achter de optie --period hoort een waarde te staan."),
        (["sync", "--on", "20-11-2026"], "'20-11-2026' is geen dag; schrijf bijvoorbeeld 2026-12-31."),
        (["sync", "--prefer", "x"], "'x' kan niet bij --prefer. Kies een van: workbook, store."),
    ],
    ids=" ".join,
)
def test_what_is_wrong_with_a_call_is_said_in_dutch(
    capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    _, _, err = call(capsys, *words)
    assert err.splitlines()[0] == said


def test_help_speaks_the_language_of_the_project(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "register.toml").write_text('[register]\nlanguage = "en"\n', encoding="utf-8")
    _, _, err = call(capsys, "sync", "--dryrun", "--project", str(tmp_path))
    assert err.splitlines()[0] == "There is no option --dryrun. Did you mean --dry-run?"
    shown = CliRunner().invoke(cli, ["sync", f"--project={tmp_path}", "--help"], prog_name="registerkit").output
    assert shown.startswith("Usage: registerkit sync [OPTIONS] [FILES]")


def test_a_project_folder_that_is_not_there_is_not_looked_for_above(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "register.toml").write_text('[register]\nlanguage = "nl"\n', encoding="utf-8")
    code, _, err = call(capsys, "find", "x", "--project", str(tmp_path / "nergens"))
    assert (code, "nergens is er niet." in err) == (3, True)


NEED_PROJECT = [
    ["sync"], ["check", "x.xlsx"], ["letters"], ["reminders"], ["report"], ["weekly"], ["find", "x"], ["show", "K-1"],
    ["history", "K-1"], ["export", "x.json"], ["workbook"], ["form"], ["database", "x.sql"], ["move", "sqlite:///x.db"],
]  # fmt: skip


@pytest.mark.parametrize("words", NEED_PROJECT, ids=" ".join)
def test_without_a_project_every_command_is_exit_3(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, words: list[str]
) -> None:
    code, out, err = call(capsys, *words, "--project", str(tmp_path), "--json")
    body = json.loads(out)["error"]
    assert (code, err, body["code"]) == (3, "", "missing_file.project")
    assert "registerkit init" in body["fix"]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("language", "word"), [("nl_NL.UTF-8", "Hier is geen register"), ("en_GB.UTF-8", "no register")]
)
def test_messages_without_a_project_speak_the_machine_s_language(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str, word: str
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.setenv(name, language)
    code, out, err = call(capsys, "sync", "--project", str(tmp_path))
    assert (code, out) == (3, "")
    assert word in err


@pytest.mark.parametrize(
    ("number", "language"), [(0x0809, "en"), (0x0409, "en"), (0x0413, "nl"), (0x0407, "nl"), (1, "nl")]
)
def test_help_outside_a_project_speaks_the_language_of_windows(
    monkeypatch: pytest.MonkeyPatch, number: int, language: str
) -> None:
    """Windows says it by a number; what is set for the session goes first, also there."""
    windows = SimpleNamespace(kernel32=SimpleNamespace(GetUserDefaultUILanguage=lambda: number))
    monkeypatch.setattr(ctypes, "windll", windows, raising=False)
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    assert default_language() == language
    monkeypatch.setenv("LANG", "nl_NL.UTF-8")
    assert default_language() == "nl"


def test_settings_with_a_fault_are_told_with_their_place(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "register.toml").write_text('[register]\nlanguge = "nl"\n', encoding="utf-8")
    code, out, _ = call(capsys, "sync", "--project", str(tmp_path), "--json")
    body = json.loads(out)["error"]
    assert (code, body["code"]) == (3, "settings.unknown_key")
    assert "register.languge" in body["message"]
    assert "language" in body["fix"]


@pytest.mark.parametrize(("language", "expected"), [("en", "line 3, column 8"), ("nl", "regel 3, kolom 8")])
def test_settings_that_cannot_be_read_are_told_in_their_language(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, language: str, expected: str
) -> None:
    (tmp_path / "register.toml").write_text(f'[register]\nlanguage = "{language}"\nword = klant\n', encoding="utf-8")
    code, _, err = call(capsys, "find", "x", "--project", str(tmp_path))
    assert code == 3
    assert expected in err


def test_a_definition_is_checked_without_a_project(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    shipped = Path(__file__).resolve().parents[2] / "workbook_templates" / "klachten.toml"
    code, out, _ = call(capsys, "definition", "check", str(shipped), "--json")
    assert (code, json.loads(out)["findings"]) == (0, [])
    broken = tmp_path / "stuk.toml"
    broken.write_text(shipped.read_text(encoding="utf-8").replace('kind = "memo"', 'kind = "meno"'), encoding="utf-8")
    code, out, err = call(capsys, "definition", "check", str(broken))
    assert (code, out) == (3, "")
    assert "'meno'" in err
    assert "memo" in err


def test_the_module_runs_as_a_program() -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "cp1252"}
    done = subprocess.run(
        [sys.executable, "-m", "registerkit", "--version"], capture_output=True, text=True, env=environment, timeout=60
    )
    assert done.returncode == 0
    assert re.search(r"\d+\.\d+", done.stdout)


def test_a_named_file_leads_to_its_project_from_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from registerkit.cli.language import folder_of_call

    root, other = tmp_path / "klachten", tmp_path / "elders"
    (root / "postvak-in").mkdir(parents=True)
    other.mkdir()
    (root / "register.toml").write_text("", encoding="utf-8")
    monkeypatch.chdir(other)
    assert folder_of_call(Path(), {"files": (root / "klachtenregister.xlsx",)}) == root
    assert folder_of_call(Path(), {"files": (root / "postvak-in" / "f.xlsx",), "dry_run": True}) == root
    assert folder_of_call(Path(), {"target": root}) == Path()  # A folder that is to be made, not one to work in.
    assert folder_of_call(other, {"files": (root / "klachtenregister.xlsx",)}) == other
