"""A `.csv` file is read as Dutch and English Excel write it, with rows as Excel counts them."""

from __future__ import annotations

from pathlib import Path

import pytest
from stage_samples import INCIDENTS, LOOKUPS

from registerkit.errors import (
    DamagedFileError,
    EmptyFileError,
    FileError,
    MissingFileError,
    NoRegisterTableError,
    NotAWorkbookError,
)
from registerkit.reading import csv_file, open_csv, parse_table

HEAD = "Nummer;Gemeld op;Plaats;Soort incident;Omschrijving"


def write(tmp_path: Path, text: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / "incidenten.csv"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (f"{HEAD}\nI-1;02-11-2026;Café;val;Stuk\n", "utf-8"),
        (f"{HEAD}\r\nI-1;02-11-2026;Café;val;Stuk\r\n", "utf-8-sig"),
        (f"{HEAD}\r\nI-1;02-11-2026;Café;val;Stuk", "cp1252"),
        (f"{HEAD}\r\nI-1;02-11-2026;Café;val;Stuk\r\n\x1a", "cp1252"),  # As DOS ended a file.
        (f"{HEAD}\nI-1;02-11-2026;Café;val;Stuk\n".replace(";", ","), "utf-8"),
        (f"{HEAD}\nI-1;02-11-2026;Café;val;Stuk\n".replace(";", "\t"), "utf-8"),
        (f"{HEAD}\nI-1;02-11-2026;Café;val;Stuk\n".replace(";", "|"), "utf-8"),
        (f"sep=;\r\n{HEAD}\r\nI-1;02-11-2026;Café;val;Stuk\r\n", "utf-8-sig"),
        (f"{HEAD}\r\nI-1;02-11-2026;Café;val;Stuk\r\n".replace(";", "\t"), "utf-16"),
        ('"Nummer";"GEMELD OP *";"Plaats";"Kind of incident";"Omschrijving"\nI-1;02-11-2026;Café;val;Stuk', "utf-8"),
    ],
)
def test_the_usual_ways_of_writing(tmp_path: Path, text: str, encoding: str) -> None:
    rows = parse_table(open_csv(write(tmp_path, text, encoding), INCIDENTS.main), "f", LOOKUPS).rows
    assert [(r.key, r.values["place"]) for r in rows] == [("I-1", "Café")]


def test_a_file_with_a_thousand_headers_is_told_in_a_few(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text(";".join(f"{'k' * 500}{n}" for n in range(1000)), encoding="utf-8")
    with pytest.raises(NoRegisterTableError) as caught:
        open_csv(path, INCIDENTS.main)
    shown = caught.value.values["sheets"]
    assert shown.startswith("kkk")
    assert shown.endswith(", …")
    assert len(shown) < 1000


def test_rows_count_as_excel_counts_them(tmp_path: Path) -> None:
    text = f'{HEAD}\nI-1;02-11-2026;Hal;val;"Een\nTwee; drie"\n;;;;\nI-3;03-11-2026;Hal;val;Stuk\n'
    raw = open_csv(write(tmp_path, text), INCIDENTS.main)
    assert [n for n, _ in raw.rows] == [2, 4]
    assert raw.rows[0][1][4] == "Een\nTwee; drie"


def test_a_row_shorter_or_longer_than_the_headers_is_read(tmp_path: Path) -> None:
    raw = open_csv(write(tmp_path, f"{HEAD}\nI-1;02-11-2026\nI-2;02-11-2026;Hal;val;Stuk;x;y\n"), INCIDENTS.main)
    rows = parse_table(raw, "f", LOOKUPS).rows
    assert [r.values["place"] for r in rows] == [None, "Hal"]


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", EmptyFileError),
        (b" \r\n \r\n", EmptyFileError),
        (b"\xef\xbb\xbf", EmptyFileError),
        (b"\xef\xbb\xbf\r\n", EmptyFileError),
        (b"Artikel;Prijs\n1;2\n", NoRegisterTableError),
        (b"Nummer\n1\n", NoRegisterTableError),
        (b"\xff\xfeN\x00u\x00m\x00", NoRegisterTableError),
        (b"PK\x03\x04\x00\x00\xff", NotAWorkbookError),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), NotAWorkbookError),
        (b"%PDF-1.7\n" + bytes(600), NotAWorkbookError),
        (HEAD.encode() + b'\nI-1;02-11-2026;Hal;val;"' + b"x" * 200_000, FileError),
    ],
)
def test_a_file_that_cannot_be_used_says_so(tmp_path: Path, data: bytes, error: type[FileError]) -> None:
    path = tmp_path / "f.csv"
    path.write_bytes(data)
    with pytest.raises(error):
        open_csv(path, INCIDENTS.main)


def test_a_long_text_within_excel_s_limits_is_read(tmp_path: Path) -> None:
    raw = open_csv(write(tmp_path, f"{HEAD}\nI-1;02-11-2026;Hal;val;{'x' * 32767}\n"), INCIDENTS.main)
    assert len(raw.rows[0][1][4]) == 32767


@pytest.mark.parametrize(
    ("limit", "value", "reason"),
    [("MAX_SIZE", 100, "too_large"), ("MAX_ROWS", 2, "too_many_lines"), ("MAX_COLUMNS", 6, "too_many_lines")],
)
def test_a_file_larger_than_a_sheet_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, value: int, reason: str
) -> None:
    path = write(tmp_path, f"{HEAD}\nI-1;02-11-2026;Hal;val;Stuk;;\nI-2;02-11-2026;Hal;val;Stuk\n")
    open_csv(path, INCIDENTS.main)
    monkeypatch.setattr(csv_file, limit, value)
    with pytest.raises(DamagedFileError) as told:
        open_csv(path, INCIDENTS.main)
    assert told.value.reason == reason


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(MissingFileError):
        open_csv(tmp_path / "nergens.csv", INCIDENTS.main)
    with pytest.raises(FileError):
        open_csv(tmp_path, INCIDENTS.main)


def test_a_text_that_is_kept_from_becoming_a_number_is_that_text(tmp_path: Path) -> None:
    path = tmp_path / "lijst.csv"
    path.write_text(
        'Nummer;Gemeld op;Plaats;Soort incident\n;2-11-2026;="007";val\n;2-11-2026;"=""0""""8""";val\n', "utf-8"
    )
    raw = open_csv(path, INCIDENTS.main)
    assert ["007", '0"8'] == [cells[raw.columns["place"]] for _, cells in raw.rows]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        (f'{HEAD}\nI-1;02-11-2026;Hal;val;"Stuk\nI-2;03-11-2026;Hal;val;Nat\n', 2),
        (f'{HEAD}\r\nI-1;02-11-2026;Hal;val;"a\r\nb"\r\nI-2;03-11-2026;"Hal;val;Nat', 3),
        (f'{HEAD}\rI-1;02-11-2026;Hal;val;"5"" scherm\rI-2;03-11-2026;Hal;val;Nat\r', 2),
    ],
)
def test_a_quotation_mark_that_is_never_closed_swallows_no_rows(tmp_path: Path, text: str, row: int) -> None:
    with pytest.raises(DamagedFileError) as caught:
        open_csv(write(tmp_path, text), INCIDENTS.main)
    assert (caught.value.reason, caught.value.values["row"]) == ("open_quote", row)


@pytest.mark.parametrize("text", ['5" scherm', '"5"" scherm"', 'zei "ja"', '""'])
def test_a_quotation_mark_within_a_text_is_none(tmp_path: Path, text: str) -> None:
    raw = open_csv(
        write(tmp_path, f"{HEAD}\nI-1;02-11-2026;Hal;val;{text}\nI-2;03-11-2026;Hal;val;Nat"), INCIDENTS.main
    )
    assert [2, 3] == [row for row, _ in raw.rows]
    assert () == raw.notes


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (["I-1;02-11-2026;Hal;val;Stuk; en nat"], ("2", " en nat")),
        (["I-1;02-11-2026;Hal;val;Stuk;;", "I-2;02-11-2026;Hal; links;val;Nat"], ("3", "Nat")),
        ([f"I-{n};02-11-2026;Hal;val;a;b" for n in range(7)], ("2, 3, 4, 5, 6 …", "b")),
    ],
)
def test_text_beyond_the_last_column_is_told(tmp_path: Path, rows: list[str], told: tuple[str, str]) -> None:
    raw = open_csv(write(tmp_path, "\n".join([HEAD, *rows])), INCIDENTS.main)
    (note,) = raw.notes
    assert ("cells_without_header", *told) == (note.code, note.context["rows"], note.value)


@pytest.mark.parametrize("header", ["Plaats", "plaats ", "Omschrijving"])
def test_a_column_that_stands_there_twice_is_told_at_its_header(tmp_path: Path, header: str) -> None:
    """Only one of them is read: what stands in the other would be lost unseen."""
    raw = open_csv(write(tmp_path, f"{HEAD};{header}\nI-1;02-11-2026;Hal;val;Stuk;Zaal\n"), INCIDENTS.main)
    (told,) = [f for f in parse_table(raw, "a.csv", LOOKUPS).findings if f.code == "duplicate_column"]
    assert ("a.csv", "F1", 1) == (told.location.file, told.location.cell, told.location.row)
