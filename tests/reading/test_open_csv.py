"""A `.csv` file is read as Dutch and English Excel write it, with rows as Excel counts them."""

from __future__ import annotations

from pathlib import Path

import pytest
from stage_samples import INCIDENTS, LOOKUPS

from registerkit.errors import DamagedFileError, EmptyFileError, FileError, MissingFileError, NoRegisterTableError
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
        (f"{HEAD}\nI-1;02-11-2026;Café;val;Stuk\n".replace(";", ","), "utf-8"),
        (f"{HEAD}\nI-1;02-11-2026;Café;val;Stuk\n".replace(";", "\t"), "utf-8"),
        (f"sep=;\r\n{HEAD}\r\nI-1;02-11-2026;Café;val;Stuk\r\n", "utf-8-sig"),
        (f"{HEAD}\r\nI-1;02-11-2026;Café;val;Stuk\r\n".replace(";", "\t"), "utf-16"),
        ('"Nummer";"GEMELD OP *";"Plaats";"Kind of incident";"Omschrijving"\nI-1;02-11-2026;Café;val;Stuk', "utf-8"),
    ],
)
def test_the_usual_ways_of_writing(tmp_path: Path, text: str, encoding: str) -> None:
    rows = parse_table(open_csv(write(tmp_path, text, encoding), INCIDENTS.main), "f", LOOKUPS).rows
    assert [(r.key, r.values["place"]) for r in rows] == [("I-1", "Café")]


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
        (b"PK\x03\x04\x00\x00\xff", NoRegisterTableError),
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
