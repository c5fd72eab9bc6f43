"""Bad input: a file that cannot be used gets its own message and exit code, is left as it is, and stops no other."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from office import COMPLAINT, Office, header_row, headers
from ooxml_samples import prefix_names, rewrite, to_strict
from papers import english_in, prints

from registerkit.ooxml import Editor, Package

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def text(path: Path) -> None:
    path.write_text("Naam;Klacht\nJansen;fiets", encoding="utf-8")


def encrypted(path: Path) -> None:
    path.write_bytes(OLE + b"EncryptedPackage".ljust(4096, b"\0"))


def empty(path: Path) -> None:
    path.write_bytes(b"")


def directory(path: Path) -> None:
    path.unlink()
    path.mkdir()


def truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-5000])


def scrambled(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[2000:30000] = bytes(28000)
    path.write_bytes(bytes(data))


def letter(path: Path) -> None:
    docx.Document().save(str(path))


def budget(path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Post", "Bedrag"])  # type: ignore[union-attr]
    book.save(path)


def without_names(path: Path) -> None:
    rename(path, "Naam", "Wie")


def gone(path: Path) -> None:
    path.unlink()


def rename(path: Path, old: str, new: str) -> None:
    """Give a column of the register another header, as somebody who types over it."""
    book = openpyxl.load_workbook(path)
    sheet = book["Register"]
    sheet.cell(header_row(sheet), headers(sheet)[old]).value = new
    for table in sheet.tables.values():
        for column in table.tableColumns:
            column.name = new if column.name == old else column.name
    book.save(path)


@pytest.fixture(scope="module")
def typed_once(made_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a project with a complaint in its workbook that was not synced yet."""
    root = tmp_path_factory.mktemp("getypt") / "klachten"
    shutil.copytree(made_once, root)
    Office(root).type(COMPLAINT)
    return root


@pytest.fixture
def typed(typed_once: Path, tmp_path: Path) -> Office:
    """Give a copy of it."""
    shutil.copytree(typed_once, tmp_path / "getypt")
    return Office(tmp_path / "getypt")


def prefixed(path: Path) -> None:
    rewrite(path, "xl/w", prefix_names)


def prefixed_sheets(path: Path) -> None:
    rewrite(path, "xl/worksheets", prefix_names)


def strict(path: Path) -> None:
    rewrite(path, "xl/", to_strict)


UNUSABLE: dict[Callable[[Path], None], str] = {
    text: "not_a_workbook", encrypted: "encrypted", empty: "empty_file", directory: "unsupported.folder",
    truncated: "damaged", scrambled: "damaged", letter: "not_a_workbook", budget: "no_register_table",
    without_names: "missing_column", gone: "missing_file.workbook", prefixed: "unsupported.prefixed",
    prefixed_sheets: "unsupported.prefixed", strict: "unsupported.strict",
}  # fmt: skip


def content(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


@pytest.mark.parametrize("command", ["check", "sync"])
def test_files_of_which_none_can_be_used_are_all_named(typed: Office, command: str) -> None:
    wrong, missing = typed.root / "brief.xlsx", typed.root / "weg.xlsx"
    wrong.write_text("Geachte heer Jansen", encoding="utf-8")
    result = typed.run(command, str(wrong), str(missing))
    error = result.json["error"]
    (other,) = error["others"]
    assert (3, "brief.xlsx", "weg.xlsx") == (result.code, error["file"], other["file"])
    assert {"code", "message", "fix", "file"} == set(other)
    told = typed.say(command, str(wrong), str(missing)).text
    assert all(said in told for said in (error["message"], error["fix"], other["message"], other["fix"]))


def test_a_list_with_headings_of_its_own_is_told_what_brings_it_in(typed: Office) -> None:
    """It never was the register's: no column of it can be put back."""
    other = typed.root / "lijst.csv"
    other.write_text("Datum;Naam;Telefoon;Omschrijving\n12-11-2026;Z. Bakker;0612345678;Kapot\n", encoding="utf-8")
    error = typed.run("check", str(other)).json["error"]
    assert error["code"] == "missing_column.list"
    assert "‘Ontvangen op’, ‘Wijze van melding’" in error["message"]
    assert "--suggest" in error["fix"]


@pytest.mark.parametrize("spoil", UNUSABLE, ids=lambda s: s.__name__)
def test_a_file_that_cannot_be_used_says_why_and_stays_as_it_is(typed: Office, spoil: Callable[[Path], None]) -> None:
    """Sync and check end with exit code 3 and the code of the fault; nothing at all changes."""
    spoil(typed.workbook)
    before, kept = prints(typed.root), content(typed.workbook)
    for command in (["sync"], ["sync", "--dry-run"], ["check", str(typed.workbook)]):
        result = typed.run(*command)
        error = result.json["error"]
        assert (3, UNUSABLE[spoil]) == (result.code, error["code"].split(".too")[0])
        assert {"code", "message", "fix", "file"} == set(error)
        assert "klachtenregister.xlsx" == error["file"]
        assert "klachtenregister.xlsx" in error["message"]
        words = [error["message"], error["fix"]]
        assert not any(str(typed.root) in w for w in words)
        assert [] == english_in(w.split(" (")[0] for w in words)
    assert (before, kept) == (prints(typed.root), content(typed.workbook))


@pytest.mark.parametrize("spoil", [text, encrypted, empty, budget], ids=lambda s: s.__name__)
def test_one_bad_file_does_not_stop_the_others(typed: Office, spoil: Callable[[Path], None]) -> None:
    """The good one is taken in; exit code 1, and the source tells what was wrong with it."""
    bad = typed.root / "noord.xlsx"
    shutil.copyfile(typed.workbook, bad)
    spoil(bad)
    kept = bad.read_bytes()
    result = typed.run("sync", str(bad), str(typed.workbook))
    assert (1, 1) == (result.code, result.json["new"])
    assert [True, False] == [bool(s["error"]) for s in result.json["sources"]]
    assert "noord.xlsx" in result.json["sources"][0]["error"]
    assert str(typed.root) not in result.text
    assert kept == bad.read_bytes()


def test_weekly_goes_on_with_what_the_store_knows_when_the_register_is_damaged(office: Office, complaint: Any) -> None:
    """Reminders and reports are made, the fault is told, the file stays for somebody to mend."""
    days = {"Ontvangen op": date(2026, 10, 5), "Bevestigd op": date(2026, 10, 6)}
    office.type({**complaint, "Behandelaar": "Jeroen Bakker", **days})
    office.run("sync")
    good = office.workbook.read_bytes()
    truncated(office.workbook)
    kept = office.workbook.read_bytes()
    result = office.run("weekly")
    assert (1, ["K-2026-0001"]) == (result.code, result.json["reminders"]["coordinator"]["overdue"])
    assert "beschadigd" in result.json["sync"]["sources"][0]["error"]
    assert kept == office.workbook.read_bytes()
    office.workbook.write_bytes(good)
    assert 0 == office.run("weekly").code
    assert 1 == len(office.complaints())


def test_a_file_of_another_kind_is_not_supported(office: Office) -> None:
    """The fix names what can be read."""
    old = office.root / "oud.xlt"
    old.write_bytes(OLE + bytes(100))
    result = office.run("sync", str(old))
    assert (3, "unsupported") == (result.code, result.json["error"]["code"])
    assert ".xlsx" in result.json["error"]["fix"]


def test_what_cannot_be_read_in_the_inbox_is_put_aside_with_the_reason(typed: Office) -> None:
    """The register is synced all the same; they wait for somebody, and the next run names them again."""
    inbox = typed.root / "postvak-in"
    (inbox / "formulier.xlsx").write_bytes(OLE + bytes(100))
    (inbox / "brief.docx").write_bytes(b"PK")
    for name in ("~$ander.xlsx", "Thumbs.db", ".DS_Store"):
        (inbox / name).write_bytes(b"x")
    result = typed.run("sync")
    assert (1, 1) == (result.code, result.json["new"])
    told = {s["path"]: s["error"] for s in result.json["sources"] if s["error"]}
    assert ["postvak-in/brief.docx", "postvak-in/formulier.xlsx"] == sorted(told)
    assert {"brief.docx", "brief.txt", "formulier.xlsx", "formulier.txt"} == names(inbox / "fout")
    assert told["postvak-in/brief.docx"] in (inbox / "fout" / "brief.txt").read_text(encoding="utf-8-sig")
    assert {"file": "postvak-in/brief.docx", "to": "postvak-in/fout/brief.docx"} in result.json["moved"]
    assert {"~$ander.xlsx", "Thumbs.db", ".DS_Store", "fout", "verwerkt"} == names(inbox)
    assert (1, [None]) == ((again := typed.run("sync")).code, [s["error"] for s in again.json["sources"]])
    assert ["postvak-in/fout/brief.docx", "postvak-in/fout/formulier.xlsx"] == again.json["waiting"]["failed_forms"]


def test_a_form_in_the_inbox_that_is_in_use_waits_there(typed: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    form = typed.root / "postvak-in" / "formulier.xlsx"
    form.write_bytes((typed.root / "klachtenformulier.xlsx").read_bytes())
    opened = Path.open

    def refuse(path: Path, *words: Any, **more: Any) -> Any:
        if path.name == form.name:
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, *words, **more)

    monkeypatch.setattr(Path, "open", refuse)
    result = typed.run("sync")
    assert (1, [], True) == (result.code, result.json["moved"], form.exists())


def test_a_form_that_is_open_waits_and_is_taken_once(typed: Office) -> None:
    """The mark that Excel leaves beside it says so; on Windows it could be read and not moved."""
    form = typed.root / "postvak-in" / "lijst.csv"
    form.write_bytes("Ontvangen op;Naam;Categorie;Omschrijving;Telefoon;Wijze van melding\n".encode("cp1252"))
    lock = form.with_name(f"~${form.name}")
    lock.write_bytes(b"x")
    assert ([], True) == (typed.run("sync").json["moved"], form.exists())
    lock.unlink()
    assert ["postvak-in/lijst.csv"] == [m["file"] for m in typed.run("sync").json["moved"]]


def test_a_form_that_cannot_be_moved_stays_and_nothing_breaks(typed: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    (typed.root / "postvak-in" / "brief.docx").write_bytes(b"PK")
    replaced = Path.replace

    def refuse(path: Path, target: Any) -> Any:
        if path.name == "brief.docx":
            raise PermissionError(13, "in use", str(path))
        return replaced(path, target)

    monkeypatch.setattr(Path, "replace", refuse)
    result = typed.run("sync")
    assert (1, []) == (result.code, result.json["moved"])
    assert set() == names(typed.root / "postvak-in" / "fout")


def test_a_text_in_the_inbox_keeps_its_reasons_beside_it(typed: Office) -> None:
    (typed.root / "postvak-in" / "notitie.txt").write_text("bel mij", encoding="utf-8")
    typed.run("sync")
    failed = typed.root / "postvak-in" / "fout"
    assert {"notitie.txt", "notitie - briefje.txt"} == names(failed)
    assert "bel mij" == (failed / "notitie.txt").read_text(encoding="utf-8")


def test_what_is_told_of_a_list_put_aside_is_what_kept_its_rows_out(typed: Office) -> None:
    """Not that a list of its kind is only read: that calls for nothing."""
    line = "telefoon;Service: informatie;31-11-2026;A. Mens;06 12345678;Geen antwoord."
    head = "Wijze van melding;Categorie;Ontvangen op;Naam;Telefoon;Omschrijving"
    (typed.root / "postvak-in" / "lijst.csv").write_text(f"{head}\n{line}\n", encoding="utf-8")
    typed.run("sync")
    note = (typed.root / "postvak-in" / "fout" / "lijst.txt").read_text(encoding="utf-8-sig").splitlines()
    assert "'31-11-2026' is geen datum" in note[0]
    assert any("wordt alleen gelezen" in line for line in note[1:])


@pytest.mark.parametrize("content", [b"sep=;", b"sep=;\r\n", b"\xef\xbb\xbfsep=;\n\n"])
def test_a_list_with_nothing_but_its_separator_is_empty(typed: Office, content: bytes) -> None:
    (typed.root / "postvak-in" / "leeg.csv").write_bytes(content)
    result = typed.run("sync")
    assert (1, 1) == (result.code, result.json["new"])
    assert ["postvak-in/leeg.csv is leeg."] == [
        s["error"].split(" Zet")[0] for s in result.json["sources"] if s["error"]
    ]


@pytest.mark.parametrize("revision", ["9" * 30, "9" * 400, "-1", "1e9"])
def test_a_stamp_that_cannot_be_is_none(typed: Office, revision: str) -> None:
    """Nothing in it makes reading, or keeping what was read, break off."""
    copy = typed.root / "kopie.xlsx"
    with Package(typed.workbook) as package:
        editor = Editor(package)
        editor.set_property("registerkit.revision", revision)
        editor.save(copy)
    assert typed.run("sync", str(copy)).code in (0, 1)


def test_the_workbook_of_another_register_is_neither_read_nor_written(typed: Office, tmp_path: Path) -> None:
    """Its numbers mean other people's complaints."""
    other = Office(tmp_path / "ander")
    other.init()
    other.type({**COMPLAINT, "Naam": "E. Eigen"})
    other.run("sync")
    kept = other.workbook.read_bytes()
    typed.run("sync")
    before = typed.export()
    for command in (["sync", str(other.workbook)], ["check", str(other.workbook)]):
        result = typed.run(*command)
        assert (3, "other_register") == (result.code, result.json["error"]["code"])
    inbox = typed.root / "postvak-in" / "ander.xlsx"
    inbox.write_bytes(kept)
    assert "postvak-in/fout/ander.xlsx" in [m["to"] for m in typed.run("sync").json["moved"]]
    assert (kept, before) == (other.workbook.read_bytes(), typed.export())


def test_check_of_several_files_tells_which_could_not_be_read(typed: Office) -> None:
    broken = typed.root / "stuk.xlsx"
    empty(broken)
    result = typed.run("check", str(typed.workbook), str(broken), str(typed.root))
    assert (1, 1) == (result.code, result.json["files"])
    errors = [s["error"] for s in result.json["sources"]]
    assert (None, True, True) == (errors[0], errors[1].startswith("stuk.xlsx is leeg."), "is een map" in errors[2])
    said = typed.say("check", str(typed.workbook), str(broken))
    assert "stuk.xlsx is overgeslagen" in said.text


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_file_that_another_program_holds_is_in_use(typed: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows lets nobody read a file that is locked."""
    opened = Path.open

    def refuse(path: Path, *words: Any, **more: Any) -> Any:
        if path.name == typed.workbook.name:
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, *words, **more)

    monkeypatch.setattr(Path, "open", refuse)
    result = typed.run("sync")
    assert (3, "locked") == (result.code, result.json["error"]["code"])


def test_a_read_only_register_is_read_and_not_written(typed: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything is taken in and the file stays as it is; once it may be written, the next sync does."""
    typed.workbook.chmod(0o444)
    kept = typed.workbook.read_bytes()
    if os.access(typed.workbook, os.W_OK):  # Whoever is root may write everything.
        monkeypatch.setattr(os, "access", lambda path, _: Path(path) != typed.workbook)
    result = typed.run("sync")
    assert (0, 1, []) == (result.code, result.json["new"], result.json["written_back"])
    assert ["file_read_only"] == [f["code"] for f in result.json["findings"]]
    assert kept == typed.workbook.read_bytes()
    monkeypatch.undo()
    typed.workbook.chmod(0o644)
    result = typed.run("sync")
    assert (0, ["klachtenregister.xlsx"]) == (result.json["new"], result.json["written_back"])
    assert "nieuw" == typed.rows()[5]["Status"]


def test_a_file_is_named_from_the_project_folder(office: Office, tmp_path: Path) -> None:
    """With forward slashes; only what lies elsewhere keeps its whole path."""
    inside, outside = office.root / "postvak-in" / "half.xlsx", tmp_path / "half.xlsx"
    for path, name in ((inside, "postvak-in/half.xlsx"), (outside, outside.as_posix())):
        empty(path)
        error = office.run("check", str(path)).json["error"]
        assert (name, f"{name} is leeg.") == (error["file"], error["message"])
    settings = office.root / "register.toml"
    settings.write_text("[register\n", encoding="utf-8")
    result = office.run("sync")
    assert ("register.toml", True) == (result.json["error"]["file"], str(office.root) not in result.text)


# ------------------------------------------------------------------------------------------------------ wrong usage
@pytest.mark.parametrize(
    ("words", "code", "name"),
    [
        (["show", "K-2026-0404"], 2, "usage.number"),
        (["history", "K-2026-0404"], 2, "usage.number"),
        (["export", "uit.pdf"], 2, "usage.export"),
        (["workbook", "--records", "er-niet.csv", "-o", "nieuw.xlsx"], 3, "missing_file"),
    ],
)
def test_wrong_words_are_told_with_exit_code_2(office: Office, words: list[str], code: int, name: str) -> None:
    """And a file that is not there with 3."""
    result = office.run(*words)
    assert (code, name) == (result.code, result.json["error"]["code"])
    assert [] == english_in([result.json["error"]["message"]])


def test_a_folder_without_a_register_says_how_to_make_one(tmp_path: Path) -> None:
    """Exit code 3."""
    result = Office(tmp_path).run("sync")
    assert (3, "missing_file.project") == (result.code, result.json["error"]["code"])
    assert "registerkit init" in result.json["error"]["fix"]


def test_a_second_init_does_not_touch_the_register_that_is_there(typed: Office) -> None:
    """Exit code 3; settings, store and workbook stay."""
    before = prints(typed.root)
    result = typed.init()
    assert (3, "write_refused.exists") == (result.code, result.json["error"]["code"])
    assert before == prints(typed.root)


@pytest.mark.parametrize("words", [["sync", "--prefer", "niemand"], ["reken"]])
def test_a_command_line_that_does_not_fit_gives_one_json_document(office: Office, words: list[str]) -> None:
    """Scripts can rely on that, for faults that are found before any project is opened too."""
    done = office.process(*words)
    assert 2 == done.returncode
    assert {"code", "message", "fix", "file"} == set(json.loads(done.stdout)["error"])
    assert "Traceback" not in done.stderr


def test_a_damaged_store_is_told(office: Office) -> None:
    """Exit code 3, and the way back; the file is not touched."""
    store = office.root / "register.db"
    store.write_bytes(b"geen databank" * 100)
    kept = store.read_bytes()
    result = office.run("sync")
    assert (3, "store.damaged") == (result.code, result.json["error"]["code"])
    assert "registerkit restore" in result.json["error"]["fix"]
    assert kept == store.read_bytes()


def test_a_complaint_is_never_lost_to_a_bad_neighbour(office: Office) -> None:
    """A whole column of nonsense costs nothing but that column."""
    rows = [{**COMPLAINT, "Naam": f"{'ABC'[n]}. Bos", "Aankoopdatum": "geen idee"} for n in range(3)]
    office.type(*rows)
    result = office.run("sync")
    assert (1, 3, 3) == (result.code, result.json["new"], len(result.json["findings"]))


def test_an_inbox_that_is_away_or_a_file_is_told(typed: Office) -> None:
    inbox = typed.root / "postvak-in"
    inbox.rename(typed.root / "postvak 2025")
    told = [typed.run("sync").json["findings"]]
    inbox.write_text("x", encoding="utf-8")
    told += [typed.run("sync").json["findings"], typed.run("sync").json["findings"]]
    found = [[(f["code"], f["severity"], f["file"]) for f in each if f["file"] == "postvak-in"] for each in told]
    closed = ("inbox_closed", "error", "postvak-in")
    assert [[("inbox_gone", "warning", "postvak-in")], [closed], [closed]] == found


def test_a_new_workbook_in_place_of_one_that_cannot_be_read_says_what_it_lacks(typed: Office) -> None:
    whole = typed.workbook.read_bytes()
    typed.workbook.write_bytes(whole[: len(whole) // 2])
    made = typed.run("workbook", "--replace")
    (told,) = [f for f in made.json["findings"] if f["code"] == "left_unread"]
    (copy,) = [path for path in (typed.root / "archief").glob("*.xlsx") if path.name in told["fix"]]
    assert whole[: len(whole) // 2] == copy.read_bytes()
