"""R40, R13: what a command writes never takes the place of a file that people keep, or that they changed."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from office import COMPLAINT, Office

OWN = ("klachtenregister.xlsx", "lijst.csv", "brieven/nieuw.docx", "postvak-in/nieuw.json", "archief/nieuw.csv")


def contents(office: Office) -> dict[str, bytes]:
    """Give every file of the project, but for what a copy of the day adds."""
    found = {path.relative_to(office.root).as_posix(): path for path in office.root.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in found.items() if not name.startswith(("archief/", "register."))}


def test_r13_an_export_takes_the_place_of_nothing_but_an_earlier_export(office: Office) -> None:
    office.type(COMPLAINT)
    (office.root / "lijst.csv").write_text("Naam;Omschrijving\nJ. Jansen;Te laat\n", encoding="utf-8")
    office.settings('\n[[sources]]\npath = "lijst.csv"\n')
    before = contents(office)
    for name in OWN:
        person = ("--person", "K-2026-0001") if name.endswith(".docx") else ()
        result = office.run("export", str(office.root / name), *person, "--replace")
        assert ("write_refused.own_place", 3) == (result.json["error"]["code"], result.code), name
    assert 3 == office.run("form", "-o", str(office.workbook), "--replace").code
    assert before == contents(office)

    for name in ("over.json", "over.csv", "over.xlsx", "layout.sql"):
        command = ("database" if name.endswith("sql") else "export", str(office.root / name))
        (office.root / name).write_bytes(b"van iemand")
        refused = office.run(*command)
        assert ("write_refused.present", 3, b"van iemand") == (
            refused.json["error"]["code"], refused.code, (office.root / name).read_bytes()
        )  # fmt: skip
        assert 0 == office.run(*command, "--replace").code
        assert b"van iemand" in {path.read_bytes() for path in (office.root / "archief").rglob(f"{Path(name).stem}*")}
        assert 0 == office.run(*command).code  # Once more, as every week.


def test_r17_what_is_given_to_a_person_is_not_written_over(office: Office) -> None:
    """The office may have blacked something out in it."""
    office.type(COMPLAINT)
    office.run("sync")
    command = ("export", str(office.root / "alles.docx"), "--person", "K-2026-0001")
    assert [0, 3, 0] == [office.run(*words).code for words in (command, command, (*command, "--replace"))]


def save_as_people_do(path: Path) -> None:
    """Save a file as Word, Excel and LibreOffice do when something was typed: with the moment at which it changed."""
    with zipfile.ZipFile(path) as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist()}
    core, n = re.subn(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2026-11-30T09:12:44Z", parts["docProps/core.xml"])
    assert 1 == n
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (parts | {"docProps/core.xml": core}).items():
            archive.writestr(name, content)


def test_r33_what_somebody_changed_in_the_output_is_kept_beside_the_new_one(office: Office) -> None:
    """A manager writes his conclusions in the report; the next run of the period makes it anew."""
    commands = (("report", "--period", "2026-10", "--afm"), ("reminders",))
    for command in commands:
        office.run(*command)
    made = [p for p in (office.root / "uitvoer").rglob("*") if p.suffix in (".docx", ".xlsx")]
    assert 4 == len(made)
    before = {path: path.read_bytes() for path in made}
    for path in made:
        save_as_people_do(path)
    changed = {path.with_stem(f"{path.stem} (gewijzigd)"): path.read_bytes() for path in made}
    told = "".join(office.say(*command).text for command in commands)
    assert before | changed == {path: path.read_bytes() for path in (*before, *changed)}
    assert 3 == sum(f"staat nu ernaast als {path.name}" in told for path in changed)
    again = "".join(office.say(*command).text for command in commands)
    assert "gewijzigd" not in again


def test_r02_a_register_is_not_made_over_a_file_of_the_same_name(tmp_path: Path) -> None:
    """The office's own list may well be called so; what is told can be done with the command that was typed."""
    own = tmp_path / "klachtenregister.xlsx"
    own.write_bytes(b"van iemand")
    for _ in range(2):
        refused = Office(tmp_path).init()
        assert (3, "write_refused.in_folder") == (refused.code, refused.json["error"]["code"])
        assert ([own], b"van iemand") == (list(tmp_path.iterdir()), own.read_bytes())
