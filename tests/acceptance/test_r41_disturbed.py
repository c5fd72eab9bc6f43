"""R41: a sync beside another, on a full disk or beside a program that holds or replaces the file loses nothing."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest
from killing import leftovers
from office import COMPLAINT, Office

from registerkit.project import Project

SLOW = """
import time, registerkit.pull.merge as run
real = run.commit_merged
def late(*a, **k):
    time.sleep(2)
    return real(*a, **k)
run.commit_merged = late
"""
"""A sync that takes its time between reading and storing."""
FULL = """
import resource, registerkit.{module} as run
real = run.{name}
def full(*a, **k):
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))
    try:
        return real(*a, **k)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
run.{name} = full
"""
"""From a step on no file can grow beyond a few bytes: what a full disk does to a program."""


@pytest.fixture
def typed(office: Office) -> Office:
    """Give an office with a complaint that was synced and one that was not."""
    office.type(COMPLAINT)
    assert office.run("sync").code == 0
    office.type({**COMPLAINT, "Naam": "B. Bos", "Omschrijving": "De rekening klopt niet."})
    return office


def names(office: Office) -> list[str]:
    return [complaint["name"] for complaint in office.complaints()]


def test_r41_two_syncs_at_once_take_every_row_once(typed: Office) -> None:
    """The second waits for the first, and finds nothing left to do of what that did."""
    other = typed.root / "kopie.xlsx"
    shutil.copyfile(typed.workbook, other)
    another = {"Naam": "K. Klaassen", "Omschrijving": "Er nam niemand op.", "E-mail": "kk@voorbeeld.example"}
    typed.change(6, {**another, "Telefoon": "030 765 43 21"}, path=other)
    codes = []

    def sync(*files: str) -> None:
        done = typed.process("sync", *files, script=SLOW)
        codes.append((done.returncode, json.loads(done.stdout)["new"]))

    runs = [threading.Thread(target=sync, args=given) for given in ((), (str(other),))]
    for run in runs:
        run.start()
    for run in runs:
        run.join()
    assert [(0, 1), (0, 1)] == sorted(codes)
    assert ["B. Bos", "J. Jansen", "K. Klaassen"] == sorted(names(typed))
    assert 3 == len({complaint["number"] for complaint in typed.complaints()})


def test_r41_a_full_disk_leaves_the_workbook_whole_and_the_next_sync_writes_it(typed: Office) -> None:
    """The store has the row; the workbook is as it was, without half a file beside it."""
    pytest.importorskip("resource")
    before = typed.workbook.read_bytes()
    done = typed.process("sync", script=FULL.format(module="push.write_back", name="write_edits"))
    document = json.loads(done.stdout)
    assert (1, 1, []) == (done.returncode, document["new"], document["written_back"])
    assert ["file_not_written"] == [f["code"] for f in document["findings"]]
    assert before == typed.workbook.read_bytes()
    assert [] == list(leftovers(typed.root))
    assert ["klachtenregister.xlsx"] == typed.run("sync").json["written_back"]
    assert ["J. Jansen", "B. Bos"] == names(typed)


def test_r41_a_disk_that_has_no_room_for_the_store_changes_nothing(typed: Office) -> None:
    """The command says so and ends with 3; afterwards everything is taken in."""
    pytest.importorskip("resource")
    before, known = typed.workbook.read_bytes(), names(typed)
    done = typed.process("sync", script=FULL.format(module="pull.merge", name="commit_merged"))
    assert (3, "store") == (done.returncode, json.loads(done.stdout)["error"]["code"].partition(".")[0])
    assert (before, known) == (typed.workbook.read_bytes(), names(typed))
    assert 1 == typed.run("sync").json["new"]


def test_r41_a_file_that_is_replaced_during_the_sync_keeps_what_was_put_there(typed: Office, tmp_path: Path) -> None:
    """It is not written over; the next sync reads the new one."""
    newer = tmp_path / "nieuwer.xlsx"
    shutil.copyfile(typed.workbook, newer)
    typed.change(5, {"Woonplaats": "Zeist"}, path=newer)
    script = f"""
import shutil, registerkit.pull.merge as run
real = run.commit_merged
def meanwhile(*a, **k):
    shutil.copyfile({str(newer)!r}, {str(typed.workbook)!r})
    return real(*a, **k)
run.commit_merged = meanwhile
"""
    document = json.loads(typed.process("sync", script=script).stdout)
    assert ([], ["file_changed_meanwhile"]) == (document["written_back"], [f["code"] for f in document["findings"]])
    assert newer.read_bytes() == typed.workbook.read_bytes()
    assert 0 == typed.run("sync").code
    assert {"Zeist", "Utrecht"} == {complaint["city"] for complaint in typed.complaints()}
    assert 2 == len(typed.complaints())


@pytest.mark.skipif(os.name == "nt", reason="Windows puts no file in the place of one that is open")
@pytest.mark.parametrize("meanwhile", [("restore", "{copy}"), ("move", "sqlite:///anders.db")])
def test_r41_a_run_that_waited_goes_on_with_the_store_that_took_the_place(
    typed: Office, meanwhile: tuple[str, str]
) -> None:
    """It was opened on a store that is no more; what it then does stands in the one of now."""
    assert 0 == typed.run("backup").code
    copy = max((typed.root / "archief").glob("*.db")).name
    with Project.open(typed.root, typed.on) as waiting:
        assert 0 == typed.run(*(word.format(copy=copy) for word in meanwhile)).code
        assert 1 == waiting.sync().new
    assert ["B. Bos", "J. Jansen"] == sorted(names(typed))
    assert 0 == typed.run("sync").json["new"]


def test_r41_what_a_hand_spoilt_in_the_store_s_own_notes_is_told_and_a_copy_helps(typed: Office) -> None:
    """No command ends in a fault of its own: the message says that a copy can be put back, and that works."""
    typed.run("sync")
    assert 0 == typed.run("backup").code
    copy = max((typed.root / "archief").glob("*.db")).name
    for name in ("known_settings", "office_settings", "lists_of"):
        for text in ("zomaar", "[1]"):
            with closing(sqlite3.connect(typed.root / "register.db")) as store, store:
                store.execute("INSERT OR REPLACE INTO rk_meta (name, value) VALUES (?, ?)", (name, text))
            outcome = typed.run("sync")
            refused = outcome.json["error"]["code"] if outcome.code == 3 else None
            assert refused == "store.damaged", (name, text, outcome.text)
            assert 0 == typed.run("restore", copy).code
    assert 0 == typed.run("sync").code
