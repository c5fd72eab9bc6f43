"""What all tests share: the parts that may be missing on a machine, and a fresh project."""

from __future__ import annotations

import gc
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from hypothesis import HealthCheck, settings

IN_CI = "REGISTERKIT_REQUIRE_ALL" in os.environ
# In CI the examples are the same every time: what a new one finds belongs to who runs the tests, not to who lands next.
settings.register_profile(
    "registerkit",
    deadline=None,
    max_examples=60,
    derandomize=IN_CI,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("registerkit")
# A test process holds so much (pytest, hypothesis, what is imported) that looking it all through, time and again, for
# values that hold on to each other would take a tenth of the run.
gc.set_threshold(50_000, 20, 50)

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "support"))

Once = Callable[[str, Callable[[Path], object]], Path]
TODAY = date(2026, 11, 20)
"""The day that tests act as: a Friday."""


def need(present: bool, what: str) -> None:
    """Leave a test out when a part is missing; where nothing may be left out, fail."""
    if present:
        return
    if IN_CI:
        pytest.fail(f"{what} is missing, and nothing may be left out here")
    pytest.skip(f"{what} is missing")


NEEDS = {
    "soffice": {"soffice", "libreoffice", "uno_python", "pdf_office"},
    "servers": {"postgresql_server", "mariadb_server", "server", "odbc_driver"},
    "java": {"access_writer", "access_readers", "verapdf"},
    "ooxml_sdk": {"sdk"},
    "browser": {"browser"},
}
"""The fixtures that bring what a marker names."""


LONG = {
    "test_bad_files", "test_bench", "test_letter_templates", "test_pivots", "test_r16_reopen", "test_r18_letters",
    "test_r21_attention", "test_r21_shared_file", "test_r22_terms", "test_r23_mail", "test_r23_reminders", "test_r38_additions",
    "test_r38_told", "test_r40_kill", "test_r40_kill_setup", "test_r40_weekly", "test_r41_branches", "test_r41_disturbed",
    "test_r41_formats", "test_r41_kill_sync", "test_r41_move", "test_r41_moved", "test_r41_stateful", "test_r42_definition",
    "test_read_apart", "test_report_document", "test_wheel",
}  # fmt: skip
"""Files whose tests sync many times over, or kill what runs: together they take half the time of what needs no server."""


ALIKE_ON_SERVERS = frozenset({"test_r21_many_offices", "test_r41_earlier", "test_r41_move"})
"""Files whose tests look between releases only whether MariaDB does what PostgreSQL does; others look at both."""


FIRST_EXAMPLE = frozenset(
    {
        "test_r41_a_killed_move_leaves_the_register_whole_in_one_place",
        "test_r21_a_dropped_connection_leaves_nothing_half_done",
        "test_r41_a_killed_sync_is_finished_by_the_next",
        "test_r40_a_killed_run_is_finished_by_the_next",
        "test_r40_a_killed_init_is_no_project_yet_and_the_next_one_finishes_it",
        "test_r40_a_killed_new_workbook_is_made_by_the_next",
        "test_r40_what_is_typed_after_a_killed_new_workbook_is_an_edit",
        "test_r13_a_register_on_a_server_from_beginning_to_end",
        "test_r41_settings_that_lost_something_are_told_before_anything_is_written",
        "test_r40_a_later_run_reports_what_has_ended_since",
        "test_r16_what_ended_without_a_judgement_is_reopened_too",
        "test_r14_a_notice_that_is_owed_is_told_until_it_was_given",
        "test_r14_a_closing_without_an_answer_is_open_and_said",
        "test_r41_a_file_with_a_password_is_told_in_plain_words",
        "test_r41_a_note_below_the_register_moves_down_for_new_complaints",
        "test_r01_an_anonymous_complaint_is_refused_with_the_reason",
        "test_r41_new_rows_come_in_later_and_changed_ones_change_nothing",
        "test_r41_a_damaged_file_is_told_and_the_others_go_on",
        "test_r26_a_broken_template_holds_only_its_own_kind",
        "test_r38_a_few_closed_complaints_are_cut_out_when_they_are_a_whole_year",
        "test_r38_what_stands_twice_is_told_in_words_that_fit",
        "test_r22_every_profile_has_its_own_terms",
        "test_r13_a_map_that_names_what_is_not_there_says_where_and_nothing_comes_in",
        "test_r13_a_file_that_cannot_be_used_is_told_and_nothing_is_written",
        "test_r41_a_mapping_that_is_wrong_says_what_and_where_and_the_others_go_on",
        "test_r41_a_table_that_cannot_be_read_is_told_and_the_others_go_on",
        "test_r14_what_ends_without_a_judgement_gets_a_closing_day",
        "test_r15_the_procedure_shows_the_terms_as_configured",
        "test_r22_what_does_not_count_is_told_with_its_cell",
        "test_a_number_typed_in_another_way_is_still_that_complaint",
        "test_a_number_is_known_as_people_type_it",
        "test_r13_a_register_on_a_server_has_copies_and_a_way_back",
    }
)
"""Tests whose other examples go the same way through the whole program, and are looked at one by one in the tests of a
stage: the first is run every time, with `--slow` all are."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what takes long, or asks for LibreOffice, a server, Java, the validator or a browser, so that it can be left out."""
    met = set[str]()
    for item in items:
        name = getattr(item, "originalname", item.name)
        if name in FIRST_EXAMPLE and name in met:
            item.add_marker("slow")
        met.add(name)
        if item.path.stem in LONG:
            item.add_marker("long")
        if "[mariadb" in item.name and item.path.stem in ALIKE_ON_SERVERS:
            item.add_marker("slow")
        asked = set(getattr(item, "fixturenames", ()))
        for marker, fixtures in NEEDS.items():
            if asked & fixtures:
                item.add_marker(marker)


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Once:
    """Give a function that has a folder filled once for all processes of this run; tests only read it, or copy it."""
    base = tmp_path_factory.getbasetemp()
    shared = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "once"
    shared.mkdir(exist_ok=True)

    def make(name: str, fill: Callable[[Path], object]) -> Path:
        folder, done = shared / name, shared / f"{name}.done"
        with FileLock(shared / f"{name}.lock"):
            if not done.exists():
                shutil.rmtree(folder, ignore_errors=True)  # Of a process in which it went wrong.
                folder.mkdir()
                fill(folder)
                done.touch()
        return folder

    return make


@pytest.fixture(scope="session")
def uno_python() -> str:
    """Give a Python that can talk to LibreOffice: Debian's own, or the one that LibreOffice brings."""
    soffice = shutil.which("soffice")
    need(soffice is not None, "LibreOffice")
    beside = [Path(str(soffice)).resolve().parent / name for name in ("python", "python.exe")]
    for program in [Path("/usr/bin/python3"), *beside]:
        if program.exists() and subprocess.run([program, "-c", "import uno"], capture_output=True).returncode == 0:
            return str(program)
    need(False, "LibreOffice's Python (Debian: python3-uno)")
    raise AssertionError  # `need` has left the test.


@pytest.fixture(scope="session")
def libreoffice(uno_python: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Run one LibreOffice for all tests of this process, with a profile of its own."""
    from libreoffice import LibreOffice

    running = LibreOffice(uno_python, tmp_path_factory.mktemp("libreoffice") / "profile")
    yield running
    running.close()


@pytest.fixture
def soffice(libreoffice: Any, tmp_path: Path) -> Callable[..., Path]:
    """Give a function that converts a file with LibreOffice; `count` has it count all formulas first, as Excel does."""

    def convert(source: Path, kind: str, folder: str = "converted", count: bool = False) -> Path:
        target = tmp_path / folder / f"{source.stem}.{kind}"
        libreoffice.convert(source, target, count)
        assert target.exists()
        return target

    return convert


@pytest.fixture(scope="session")
def pdf_office() -> Path:
    """Give the program that makes PDF files."""
    from registerkit.pdf import office_program

    program = office_program()
    need(program is not None, "LibreOffice")
    return Path(str(program))


@pytest.fixture(scope="session")
def verapdf() -> Callable[..., list[str]]:
    """Give a function that says what veraPDF finds wrong with files, as a flavour asks."""
    from verapdf import find_verapdf, verapdf_faults

    need(find_verapdf() is not None, "veraPDF")
    return verapdf_faults


@pytest.fixture
def sdk() -> Callable[[Path], list[Any]]:
    """Give a function that says what the Open XML SDK finds wrong with a file."""
    from ooxml_sdk import find_validator, sdk_findings

    need(find_validator() is not None, "the Open XML SDK validator")
    return sdk_findings


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Run one Chromium for all tests of this process."""
    from browser import Browser, find_axe, find_programs

    need(find_programs() is not None, "Chromium or its driver (Debian: chromium, chromium-driver)")
    need(find_axe() is not None, "axe-core (npm)")
    need(importlib.util.find_spec("selenium") is not None, "selenium")
    running = Browser(tmp_path_factory.mktemp("browser"))
    yield running
    running.close()


@pytest.fixture(scope="session")
def access_writer() -> None:
    """Leave a test out where no Access file can be written."""
    from registerkit.database.access import jackcess_jar, java_library

    need(jackcess_jar() is not None, "Jackcess")
    need(java_library() is not None, "Java, or JPype,")


@pytest.fixture(scope="session")
def access_readers() -> None:
    """Leave a test out where the other readers of Access files are missing."""
    need(shutil.which("mdb-export") is not None, "mdbtools")
    need(shutil.which("node") is not None and (ROOT / "node_modules" / "mdb-reader").is_dir(), "mdb-reader")


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[Any]:
    """Run one PostgreSQL for all tests of this process."""
    import servers

    need(all(map(servers.find_program, servers.POSTGRESQL)), "PostgreSQL (Debian: postgresql)")
    need(importlib.util.find_spec("psycopg") is not None, "psycopg")
    with servers.running_postgresql() as server:
        yield server


@pytest.fixture(scope="session")
def mariadb_server() -> Iterator[Any]:
    """Run one MariaDB for all tests of this process."""
    import servers

    need(all(map(servers.find_program, servers.MARIADB)), "MariaDB (Debian: mariadb-server)")
    need(servers.has_mariadb_driver(), "MariaDB's ODBC driver (Debian: odbc-mariadb, unixodbc)")
    with servers.running_mariadb() as server:
        yield server


@pytest.fixture
def odbc_driver() -> Callable[[str], str]:
    """Give a function that gives the name of the ODBC driver for a kind of database."""
    import servers

    def driver(kind: str) -> str:
        name: str | None = servers.odbc_driver(kind)
        need(name is not None, f"the ODBC driver of {kind} (Debian: odbc-mariadb, odbc-postgresql, libsqliteodbc)")
        return str(name)

    return driver


@pytest.fixture(params=["postgresql", "mariadb"])
def server(request: pytest.FixtureRequest) -> Any:
    """Give a running server, one of each kind in turn."""
    return request.getfixturevalue(f"{request.param}_server")
