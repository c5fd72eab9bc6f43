"""R40: one command does the week's work, says what it did, and a second run of the day changes nothing."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from office import COMPLAINT, Office
from papers import prints

from registerkit import Project

HANDLED = {**COMPLAINT, "Behandelaar": "Jeroen Bakker"}
LATE = {
    **HANDLED, "Naam": "B. Bos", "E-mail": "b@voorbeeld.example", "Ontvangen op": date(2026, 10, 5),
    "Bevestigd op": date(2026, 10, 6), "Oordeel": "gegrond", "Oplossing": "excuses",
}  # fmt: skip
"""Past its term and judged: only the answer must still go out."""


NOTED = ("register.lock", "register.log")
"""The files in which a run says that it was there."""


def log(office: Office) -> list[str]:
    """Give the lines of the run log."""
    file = office.root / "register.log"
    return file.read_text(encoding="utf-8").splitlines() if file.exists() else []


@pytest.fixture(scope="module")
def busy_once(made_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a project with a complaint to acknowledge, and one to answer that is late and very serious, typed and not yet synced."""
    root = tmp_path_factory.mktemp("druk") / "klachten"
    shutil.copytree(made_once, root)
    Office(root).type(HANDLED, {**LATE, "Ernst": "zeer ernstig"})
    return root


@pytest.fixture
def busy(busy_once: Path, tmp_path: Path) -> Office:
    """Give a copy of it."""
    shutil.copytree(busy_once, tmp_path / "druk")
    return Office(tmp_path / "druk")


def test_r40_weekly_does_all_the_work_and_gives_the_contracts_document(busy: Office) -> None:
    """Sync, letters, reminders, the week's report and that of the month that ended, in one folder per period."""
    result = busy.run("weekly")
    document = result.json
    assert (0, {"sync", "letters", "reminders", "reports", "folder"}) == (result.code, set(document))
    assert (2, "uitvoer/2026-W47") == (document["sync"]["new"], document["folder"])
    assert ["K-2026-0001", "K-2026-0002"] == [x["number"] for x in document["letters"]["letters"]]
    assert ["K-2026-0002"] == document["reminders"]["coordinator"]["overdue"]
    assert ["2026-W47", "2026-10"] == [r["period"]["label"] for r in document["reports"]]
    assert ["klachtenregister.xlsx"] == document["sync"]["written_back"]
    folder = busy.root / "uitvoer" / "2026-W47"
    assert {"brieven", "herinneringen", "signalen"} == {p.name for p in folder.iterdir() if p.is_dir()}
    for group in (document["letters"]["letters"], [{"file": f} for r in document["reports"] for f in r["files"]]):
        assert all((busy.root / item["file"]).is_file() for item in group)


def test_r40_the_document_of_sync_has_the_keys_of_the_contract(office: Office) -> None:
    """Scripts rely on them; more may be added."""
    expected = {
        "sources", "new", "changed", "unchanged", "missing", "refused", "conflicts", "findings", "assigned",
        "written_back",
    }  # fmt: skip
    office.type({**HANDLED, "Ernst": "heel erg"})
    document = office.run("weekly").json["sync"]
    assert set() == expected - set(document)
    source = {"path": "klachtenregister.xlsx", "kind": "workbook", "rows": 1, "error": None, "new": 1, "changed": 0}
    assert [source] == [{key: s[key] for key in source} for s in document["sources"] if s["rows"]]
    (finding,) = document["findings"]
    keys = {"code", "severity", "file", "sheet", "cell", "row", "label", "value", "message", "fix"}
    assert set() == keys - set(finding)


def test_r40_the_register_shows_what_the_run_did(busy: Office) -> None:
    """One write-back at the end brings status, terms, the day of the letter and the letters themselves."""
    busy.run("weekly")
    first = busy.rows()[5]
    assert ("nieuw", date(2026, 11, 20)) == (first["Status"], first["Bevestigd op"].date())
    shown = [(r["Klachtnummer"], r["Soort brief"]) for r in busy.rows("Brieven").values() if r["Soort brief"]]
    assert [("K-2026-0001", "ontvangstbevestiging"), ("K-2026-0002", "afsluiting gegrond")] == shown


def test_r40_a_second_run_of_the_day_changes_no_byte_of_any_file(busy: Office) -> None:
    """Neither the contents nor the time of change: workbook, store, letters, drafts, reports and archive."""
    busy.run("weekly")
    before = prints(busy.root, skip=NOTED)
    result = busy.run("weekly")
    assert (0, [], []) == (result.code, result.json["letters"]["letters"], result.json["sync"]["written_back"])
    assert before == prints(busy.root, skip=NOTED)


def test_r40_the_run_log_has_a_line_per_run(busy: Office) -> None:
    """In Dutch, with the counts; one that changed nothing has its line too."""
    busy.run("weekly")
    busy.run("weekly")
    first, second = log(busy)
    assert "weekly voor 20-11-2026: 2 nieuw" in first
    assert "2 brieven" in first
    assert "weekly voor 20-11-2026: 0 nieuw, 0 gewijzigd, 0 brieven" in second


def test_r33_a_template_of_the_report_that_cannot_be_filled_in_is_told_once(busy: Office) -> None:
    """Both reports of the run are made, without it; the letters' own templates have nothing to do with it."""
    template = busy.root / "brieven" / "klachtenrapport.docx"
    assert template.is_file()
    template.write_bytes(b"no Word document")
    document = busy.run("weekly").json
    assert [f["code"] for f in document["sync"]["findings"] if f["code"].startswith("report")] == ["report_template"]
    assert sum(file.endswith(".docx") for report in document["reports"] for file in report["files"]) == 2
    checked = busy.run("letters", "--check", "--kind", "nazorg"), busy.run("letters", "--check")
    assert [[t["file"] for t in c.json["templates"] if t["kind"] == "report"] for c in checked] == [
        [],
        ["brieven/klachtenrapport.docx"],
    ]
    told = busy.say("report").text
    assert "klachtenrapport.docx" in told
    assert "registerkit report" in told


def test_r40_a_clock_that_was_set_back_is_told_and_logged(busy: Office) -> None:
    """Days that follow from it would be wrong; the run does its work all the same."""
    busy.run("weekly")
    with Project.open(busy.root, busy.on, datetime.now().astimezone() - timedelta(days=400)) as project:
        result = project.weekly()
    assert ["clock_set_back"] == [f.code for f in result.sync.findings]
    assert [False, True] == ["De klok van deze computer" in line for line in log(busy)]


def test_r40_a_run_that_failed_has_its_line_in_the_log(busy: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """With what it failed on, in one line: settings with a fault, a full disk, a workbook that is gone."""
    settings = busy.root / "register.toml"
    kept = settings.read_text(encoding="utf-8")
    settings.write_text(kept + "\n[register\n", encoding="utf-8")
    assert 3 == busy.run("weekly").code
    settings.write_text(kept, encoding="utf-8")

    def fail(*_: Any) -> None:
        raise OSError(28, "No space left on device", "brief.docx")

    with monkeypatch.context() as patched:
        patched.setattr("registerkit.commands.weekly.make_reminders", fail)
        assert 3 == busy.run("weekly").code
    busy.workbook.rename(busy.root / "weg.xlsx")
    assert 1 == busy.run("weekly").code
    lines = log(busy)
    assert ["register.toml", "De schijf is vol", "klachtenregister.xlsx"] == [
        next(word for word in ("register.toml", "De schijf is vol", "klachtenregister.xlsx") if word in line)
        for line in lines
    ]
    assert [True, True, False] == ["MISLUKT" in line for line in lines]


def test_r40_a_person_reads_a_short_summary(busy: Office) -> None:
    """What was made, what asks for attention, and where it is."""
    text = busy.say("weekly").text
    for part in (
        "2 nieuw", "ZEER ERNSTIG: klacht K-2026-0002", "Brieven gemaakt: 2, vastgehouden: 0.", "Samen: 1 te laat",
        "Rapport 2026-10", "Alles van deze week staat in uitvoer/2026-W47.",
    ):  # fmt: skip
        assert part in text
    assert "" == busy.say("weekly", "-q").text


def test_r40_what_needs_a_person_gives_exit_code_1_and_the_rest_is_done(office: Office) -> None:
    """A letter held back, a row refused: the others go on."""
    office.type(LATE, {**HANDLED, "Behandelaar": None}, {**HANDLED, "Naam": "anoniem"})
    result = office.run("weekly")
    assert (1, 2) == (result.code, result.json["sync"]["new"])
    assert ["no_handler"] == [h["code"] for h in result.json["letters"]["held"]]
    assert ["K-2026-0001"] == [x["number"] for x in result.json["letters"]["letters"]]
    assert [["not_named"]] == [r["codes"] for r in result.json["sync"]["refused"]]


@pytest.mark.parametrize(
    ("on", "labels"),
    [
        (date(2026, 11, 27), ["2026-W48"]),
        (date(2026, 12, 4), ["2026-W49", "2026-11"]),
        (date(2027, 1, 8), ["2027-W01", "2026-11", "2026-12", "2026-Q4", "2026"]),
    ],
)
def test_r40_a_later_run_reports_what_has_ended_since(busy: Office, on: date, labels: list[str]) -> None:
    """The week of the day, and each month, quarter and year that was not over at the last run."""
    busy.run("weekly")
    assert labels == [r["period"]["label"] for r in busy.run("weekly", on=on).json["reports"]]


def test_r40_a_run_cut_short_by_a_fault_still_reports_the_month_next_time(busy: Office) -> None:
    """Only a run that came to its end counts as the last one."""
    script = "import registerkit.commands.weekly as w\ndef stop(*a): raise SystemExit(9)\nw.make_period_report = stop"
    assert 9 == busy.process("weekly", script=script).returncode
    assert ["2026-W47", "2026-10"] == [r["period"]["label"] for r in busy.run("weekly").json["reports"]]


HOLD = """
import sys, time
from pathlib import Path
from filelock import FileLock
with FileLock(sys.argv[1]):
    print("held", flush=True)
    sys.stdin.readline()
"""


def hold(office: Office) -> subprocess.Popen[str]:
    """Start another program that is at work in the project, until it gets a line."""
    command = [sys.executable, "-c", HOLD, str(office.root / "register.lock")]
    other = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert other.stdout
    assert "held" == other.stdout.readline().strip()
    return other


def let_go(other: subprocess.Popen[str]) -> None:
    other.communicate("\n", timeout=20)


def test_r40_a_run_waits_for_another_that_is_at_work(busy: Office) -> None:
    """It goes on by itself once the other is done."""
    other = hold(busy)
    threading.Timer(0.5, lambda: let_go(other)).start()
    assert (0, 2) == ((result := busy.run("weekly")).code, result.json["sync"]["new"])


@pytest.mark.parametrize("command", ["weekly", "sync", "letters", "reminders"])
def test_r40_a_run_that_waited_in_vain_says_so_and_changes_nothing(
    busy: Office, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit code 3 and `busy`, in Dutch."""
    monkeypatch.setattr("registerkit.session.folder_lock._WAIT_SECONDS", 0.2)
    before = prints(busy.root, skip=NOTED)
    other = hold(busy)
    try:
        result = busy.run(command)
    finally:
        let_go(other)
    assert (3, "busy") == (result.code, result.json["error"]["code"])
    assert "al bezig" in result.json["error"]["message"]
    assert before == prints(busy.root, skip=NOTED)
    assert (command == "weekly") == any("al bezig" in line for line in log(busy))


def test_r40_two_runs_started_together_do_the_work_once(busy: Office) -> None:
    """One waits for the other, and finds nothing left to do."""
    done: list[Any] = []
    runs = [threading.Thread(target=lambda: done.append(busy.process("weekly"))) for _ in range(2)]
    for run in runs:
        run.start()
    for run in runs:
        run.join()
    assert [0, 0] == [d.returncode for d in done]
    assert 2 == len(busy.complaints())
    assert 2 == len(list(Path(busy.root).glob("uitvoer/*/brieven/*.docx")))
