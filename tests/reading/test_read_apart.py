"""Old and foreign kinds of workbook are read in a process of its own: whatever happens there costs only the file."""

from __future__ import annotations

import json
import sys
import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from xlsb_sample import xlsb_book

from registerkit.errors import DamagedFileError
from registerkit.reading import apart, sheets

ODS = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
    '{before}<office:body><office:spreadsheet><table:table table:name="Blad1">{rows}</table:table></office:spreadsheet>'
    "</office:body></office:document-content>"
)
CELL = '<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>'


def ods(path: Path, rows: str, before: str = "") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        out.writestr("META-INF/manifest.xml", "<manifest/>")
        out.writestr("content.xml", ODS.format(rows=rows, before=before))
    return path


@pytest.mark.parametrize(
    "cell",
    [
        "tekst",
        "é 🚲",
        7.5,
        True,
        date(2026, 11, 2),
        datetime(2026, 11, 2, 9, 30),
        time(9, 30),
        timedelta(hours=30),
    ],
)
def test_every_kind_of_value_comes_over(cell: Any) -> None:
    (column, value, *kind) = json.loads(json.dumps(sheets.told(2, cell)))
    assert ["", "", cell] == apart._cells([[column, value, *kind]])
    assert type(cell) is type(apart._cells([[column, value, *kind]])[2])


def test_a_whole_number_comes_as_any_number_does() -> None:
    assert [0, 7.0] == sheets.told(0, 7)
    assert isinstance(sheets.told(0, 7)[1], float)


def test_cells_keep_their_place(tmp_path: Path) -> None:
    """Blank rows and columns before the first cell too."""
    found = apart.read_apart(xlsb_book(tmp_path / "f.xlsb", [["", ""], ["", "é", 2.0], ["", ""], ["z"]]))
    assert {"Blad1": [[], ["", "é", 2.0], [], ["z"]]} == found
    blank = "<table:table-row><table:table-cell/></table:table-row>"
    below = ods(tmp_path / "f.ods", blank * 2 + f"<table:table-row><table:table-cell/>{CELL}</table:table-row>")
    assert {"Blad1": [[], [], ["", "x"]]} == apart.read_apart(below)


def test_a_name_with_spaces_and_accents(tmp_path: Path) -> None:
    path = xlsb_book(tmp_path / "klachten België & 'zo'.xlsb", [["a"]], sheet="Één & twee")
    assert {"Één & twee": [["a"]]} == apart.read_apart(path)


def test_what_lies_in_the_folder_of_the_moment_is_no_module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("json", "registerkit"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit(9)", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert {"Blad1": [["a"]]} == apart.read_apart(xlsb_book(tmp_path / "f.xlsb", [["a"]]))


def reason(path: Path) -> str | None:
    with pytest.raises(DamagedFileError) as told:
        apart.read_apart(path)
    return told.value.reason


@pytest.mark.parametrize("rows", [
    f'<table:table-row table:number-rows-repeated="1048575"><table:table-cell/></table:table-row>'
    f'<table:table-row><table:table-cell table:number-columns-repeated="16383"/>{CELL}</table:table-row>',
    '<table:table-row table:number-rows-repeated="1048576">'
    + CELL.replace("<table:table-cell ", '<table:table-cell table:number-columns-repeated="16384" ') + "</table:table-row>",
])  # fmt: skip
def test_a_sheet_that_would_take_all_memory(tmp_path: Path, rows: str) -> None:
    """Two cells far apart, and one that repeats itself over the whole sheet."""
    assert reason(ods(tmp_path / "f.ods", rows)) in ("crash", "too_wide", None)


def test_a_cell_that_repeats_itself_beyond_all_reason(tmp_path: Path) -> None:
    cell = CELL.replace("<table:table-cell ", '<table:table-cell table:number-columns-repeated="100" ')
    path = ods(tmp_path / "f.ods", f'<table:table-row table:number-rows-repeated="60000">{cell}</table:table-row>')
    assert "too_wide" == reason(path)


def test_a_document_type_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "f.ods"
    with zipfile.ZipFile(path, "w") as out:
        out.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        out.writestr("content.xml", '<!DOCTYPE x [<!ENTITY a "ha">]>' + ODS.format(rows="", before=""))
    assert "doctype" == reason(path)


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("import os; os.abort()", "crash"),
        ("raise SystemExit(3)", "crash"),
        ('print(\'{"sheet": "half\'); raise ValueError', "crash"),
        ("import time; time.sleep(60)", "too_slow"),
        ("x = [bytes(64 << 20) for _ in range(99)]", "crash"),
        ("x = bytes(1030 << 20)", "crash"),
    ],
)
def test_a_process_that_ends_badly_costs_only_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, expected: str
) -> None:
    """A crash, a fault, half an answer, a hang, and more memory than there is to have."""
    if "bytes" in script and sys.platform != "linux":
        pytest.skip("only Linux holds a process to its memory")
    (tmp_path / "reader.py").write_text(
        f"from registerkit.reading import sheets\nsheets._limit_memory()\n{script}\n", encoding="utf-8"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr(apart, "_MODULE", "reader")
    monkeypatch.setattr(apart, "TIME_LIMIT", 5.0 if expected == "too_slow" else 50.0)
    assert expected == reason(xlsb_book(tmp_path / "f.xlsb", [["a"]]))


def test_a_process_that_must_be_watched_is_ended_when_it_takes_too_much(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on macOS, which does not heed the limit."""
    if sys.platform == "win32":
        pytest.skip("Windows has no ps, and needs none")
    (tmp_path / "reader.py").write_text("import time\nx = b'x' * (200 << 20)\ntime.sleep(60)\n", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr(apart, "_MODULE", "reader")
    monkeypatch.setattr(apart, "must_be_watched", lambda: True)
    monkeypatch.setattr(apart, "MOST_MEMORY", 100 << 20)
    assert reason(xlsb_book(tmp_path / "f.xlsb", [["a"]])) == "crash"
