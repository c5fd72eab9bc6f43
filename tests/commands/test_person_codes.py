"""An export has a code for whoever complained, so that repeats can be counted where names are gone."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from analysis_samples import incident_sample
from registers import make_register

from registerkit.commands.export import _write_csv, _write_json, _write_xlsx, person_codes
from registerkit.register import Register

ON = date(2026, 11, 30)


@pytest.fixture(scope="module")
def register() -> Register:
    rows = (
        {"number": "K-2026-0001", "received_on": date(2026, 1, 5), "name": "A. Bos", "email": "a@voorbeeld.nl"},
        {"number": "K-2026-0002", "received_on": date(2026, 2, 5), "anonymised_on": ON, "name": "geanonimiseerd"},
        {"number": "K-2026-0003", "received_on": date(2026, 3, 5), "name": "A. Bos", "email": "A@voorbeeld.nl"},
        {"number": "K-2026-0004", "received_on": date(2026, 4, 5), "name": "C. Kaya", "email": "c@voorbeeld.nl"},
        {"number": "K-2026-0005", "received_on": date(2026, 5, 5), "name": "D. Smit"},
    )
    plain = make_register({"complaints": rows}, ON)
    return replace(plain, codes={"K-2026-0002": "f00d", "K-2026-0004": "f00d"})


def test_whoever_complained_twice_has_one_code_before_and_after_anonymising(register: Register) -> None:
    codes = person_codes(register)
    assert codes["K-2026-0001"] == codes["K-2026-0003"]
    assert codes["K-2026-0002"] == codes["K-2026-0004"] == "f00d"
    assert len({*codes.values()}) == 3
    assert all(len(code) == 16 for code in codes.values() if code != "f00d")


def test_every_kind_of_export_has_them(register: Register, tmp_path: Path) -> None:
    wanted = list(person_codes(register).values())
    _write_csv(register, tmp_path / "x.csv")
    with (tmp_path / "x.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["Persooncode"] for row in csv.DictReader(file, delimiter=";")] == wanted
    _write_json(register, tmp_path / "x.json")
    told = json.loads((tmp_path / "x.json").read_text(encoding="utf-8"))["person_codes"]
    assert {row["number"]: row["code"] for row in told} == person_codes(register)
    _write_xlsx(register, tmp_path / "x.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "x.xlsx").active
    assert sheet is not None
    assert [cell.value for cell in list(sheet.columns)[-1]] == ["Persooncode", *wanted]


def test_a_register_that_knows_nobody_has_no_codes(tmp_path: Path) -> None:
    incidents = incident_sample()
    assert person_codes(incidents) == {}
    _write_csv(incidents, tmp_path / "x.csv")
    assert "Persooncode" not in (tmp_path / "x.csv").read_text(encoding="utf-8-sig")
    _write_json(incidents, tmp_path / "x.json")
    assert "person_codes" not in json.loads((tmp_path / "x.json").read_text(encoding="utf-8"))
