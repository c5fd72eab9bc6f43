"""R41: a store that went away is never made anew in silence, and a copy of it comes back without a number given twice."""

from __future__ import annotations

import shutil
import sqlite3
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from office import Office

COMMANDS = (
    ["sync"], ["weekly"], ["letters"], ["reminders"], ["report"], ["workbook"], ["workbook", "--replace"], ["form"],
    ["find", "x"], ["show", "K-2026-0001"], ["history", "K-2026-0001"], ["export", "x.json"], ["backup"],
    ["check", "klachtenregister.xlsx"], ["database", "x.accdb"], ["move", "sqlite:///y.db"],
)  # fmt: skip


def tree(folder: Path) -> dict[str, bytes]:
    """Give every file of a folder; the lock counts for nothing."""
    files = (p for p in folder.rglob("*") if p.is_file() and p.name != "register.lock")
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in files}


@pytest.mark.parametrize("loss", ["gone", "empty", "another program's"])
def test_r41_without_its_store_no_command_makes_another(office: Any, complaint: Any, loss: str) -> None:
    office.type(complaint)
    office.run("sync")
    assert 0 == office.run("backup").code
    store = office.root / "register.db"
    store.unlink()
    if loss == "empty":
        store.touch()
    if loss == "another program's":
        import sqlite3
        from contextlib import closing

        with closing(sqlite3.connect(store)) as connection:
            connection.execute("CREATE TABLE notes (text TEXT)")
    before = tree(office.root)
    for command in COMMANDS:
        words = [str(office.root / w) if w.endswith((".json", ".xlsx", ".accdb")) else w for w in command]
        result = office.run(*words)
        assert (3, "store.gone_with_copy") == (result.code, result.json["error"]["code"]), command
    assert "archief/register." in result.json["error"]["fix"]
    (office.root / "register.log").unlink()  # It says that the weekly run failed.
    assert before == tree(office.root)


def test_r41_a_copy_that_is_put_back_loses_nothing_and_gives_no_number_twice(office: Any, complaint: Any) -> None:
    (row,) = office.type(complaint)
    office.run("sync")
    copy = office.run("backup").json["copies"][0]
    assert (1, True) == (copy["complaints"], copy["readable"])
    office.type(complaint | {"Naam": "Piet Kok", "Telefoon": "020 111 22 33", "Omschrijving": "Andere klacht."})
    office.change(row, {"Ordernummer": "A-1"})
    (office.root / "los.csv").write_text(
        "Ontvangen op;Wijze van melding;Naam;E-mail;Categorie;Omschrijving\n"
        "16-11-2026;e-mail;Els Mol;els@voorbeeld.example;Product: levering;Uit een lijst.\n",
        encoding="utf-8",
    )
    office.run("sync")
    listed = office.run("sync", str(office.root / "los.csv")).json
    (given,) = [a["number"] for a in listed["assigned"]]
    office.run("sync")

    names = [c["file"] for c in office.run("restore").json["copies"]]
    assert copy["file"] in names
    trial = office.run("restore", copy["file"], "--dry-run").json
    assert (sorted(["K-2026-0002", given]), ["K-2026-0001"]) == (trial["only_now"], trial["different"])
    assert 3 == len(office.complaints())
    restored = office.run("restore", copy["file"])
    assert (0, trial["only_now"]) == (restored.code, restored.json["only_now"])
    assert 1 == len(office.complaints())
    assert (office.root / restored.json["kept"][0]).is_file()

    result = office.run("sync")
    assert ([], []) == (result.json["conflicts"], result.json["missing"])
    found = {c["number"]: (c["name"], c["order_number"]) for c in office.complaints()}
    assert {"K-2026-0001", "K-2026-0002", given} == set(found)
    assert ("J. Jansen", "A-1") == found["K-2026-0001"]
    fresh = office.run("sync", str(office.root / "los.csv")).json  # Its row is known by what it says.
    assert [] == fresh["assigned"] or {a["number"] for a in fresh["assigned"]}.isdisjoint(found)
    assert (0, 0) == tuple(office.run("sync").json[k] for k in ("new", "changed"))


def test_r41_a_workbook_is_not_called_an_earlier_version_s_beside_a_store_that_was_just_begun(
    office: Any, complaint: Any
) -> None:
    copy = office.root / office.run("backup").json["copies"][0]["file"]
    with sqlite3.connect(copy) as store:  # As it was before the workbook was there.
        store.execute("DELETE FROM rk_meta WHERE name = 'letters_since'")
    office.type(complaint)
    office.run("sync")
    office.run("restore", str(copy))
    back = office.run("sync").json
    assert "sheets_of_before" not in [finding["code"] for finding in back["findings"]]
    assert 1 == len(office.complaints())


def test_r41_a_lost_store_and_its_workbook_come_back_by_a_day(office: Any, complaint: Any) -> None:
    office.type(complaint)
    office.run("sync")
    copy = office.run("backup").json["copies"][0]["file"]
    office.type(complaint | {"Naam": "Piet Kok"})
    office.run("sync")
    (office.root / "register.db").unlink()
    result = office.run("restore", date.today().isoformat(), "--workbook")
    assert (0, False) == (result.code, result.json["compared"])
    assert {"register.db", "klachtenregister.xlsx"} == set(result.json["files"])
    assert Path(copy).name.startswith("register.")
    assert 0 == office.run("sync").code
    assert {"J. Jansen"} <= {c["name"] for c in office.complaints()}


def test_r41_a_workbook_that_somebody_has_open_is_not_put_back(office: Any, complaint: Any) -> None:
    office.type(complaint)
    office.run("sync")
    copy = office.run("backup").json["copies"][0]["file"]
    lock = office.workbook.with_name(f"~${office.workbook.name}")
    lock.write_bytes(b"")
    before = tree(office.root)
    result = office.run("restore", copy, "--workbook")
    assert (3, "write_refused.open") == (result.code, result.json["error"]["code"])
    assert lock.name in result.json["error"]["fix"]
    assert before == tree(office.root)


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda path: path.write_bytes(b"no database"), "store.copy_unreadable"),
        (lambda path: path.write_bytes(path.read_bytes()[:20_000]), "store.copy_unreadable"),
        (None, "store.copy_of_other"),
    ],
    ids=["another file", "cut off", "of another register"],
)
def test_r41_a_copy_that_is_no_good_changes_nothing(
    office: Any, complaint: Any, spoil: Any, code: str, tmp_path: Path
) -> None:
    office.type(complaint)
    office.run("sync")
    copy = office.root / office.run("backup").json["copies"][0]["file"]
    if spoil is not None:
        spoil(copy)
    else:
        other = Office(tmp_path / "ander")
        other.init()
        shutil.copyfile(other.root / "register.db", copy)
    before = tree(office.root)
    result = office.run("restore", copy.name)
    assert (3, code) == (result.code, result.json["error"]["code"])
    assert before == tree(office.root)
    listed = {c["file"]: c["readable"] for c in office.run("restore").json["copies"]}
    assert listed[f"archief/{copy.name}"] is (spoil is None)
    assert "missing_file.copy" == office.run("restore", "2019-01-01").json["error"]["code"]


def test_r41_the_first_change_of_a_day_keeps_the_store_as_it_was(office: Any, complaint: Any) -> None:
    today = f"register.{datetime.now():%Y%m%d}-*.db"
    for copy in (office.root / "archief").glob(today):
        copy.unlink()
    office.type(complaint)
    office.run("sync")
    (copy,) = (office.root / "archief").glob(today)
    office.type(complaint | {"Naam": "Piet Kok"})
    office.run("sync")
    assert [copy] == list((office.root / "archief").glob(today))
    assert 0 == office.run("restore", copy.name).code
    assert [] == office.complaints()


def test_r41_a_store_of_a_later_version_is_left_alone(office: Any) -> None:
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(office.root / "register.db")) as connection:
        connection.execute("INSERT INTO rk_migrations VALUES (999, 'later', '2030-01-01')")
        connection.commit()
    before = tree(office.root)
    result = office.run("sync")
    assert (3, "store.too_new") == (result.code, result.json["error"]["code"])
    assert before == tree(office.root)
