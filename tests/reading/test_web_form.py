"""The file that the web form saved is read by the names of its questions; only what a complainant is asked is taken."""

from __future__ import annotations

import os
from datetime import date, datetime
from pathlib import Path

import pytest
from registers import make_register
from web_forms import save_web_form, saved_text

from registerkit.definition import load_definition
from registerkit.errors import DamagedFileError, EmptyFileError, UnsupportedFileError
from registerkit.findings import Finding
from registerkit.pull.arrived import with_arrival
from registerkit.reading import SourceRow, open_workbook, parse_form
from registerkit.register import Register

FILLED = {
    "name": "R. de Wit", "email": "r.dewit@voorbeeld.example", "postcode": "3512ab", "consumer": "nee", "bought_on": "03-11-2026",
    "category": "Service: factuur en betaling [SF]", "subcategory": "Dubbel gefactureerd [SF2]", "amount": "€ 1.250,5",
    "description": 'Twee keer "betaald": <script>x</script>\n\n  [name] 😀',
}  # fmt: skip


@pytest.fixture(scope="module")
def office() -> Register:
    return make_register({}, date(2026, 11, 20))


def read(file: Path, office: Register) -> tuple[SourceRow | None, list[Finding]]:
    raw = open_workbook(file, office.definition)
    row, findings = parse_form(raw, office.definition.main, office.lookups)
    return row, [*raw.findings, *findings]


def test_r13_what_was_filled_in_is_read_back(office: Register, tmp_path: Path) -> None:
    row, findings = read(save_web_form(tmp_path / "vol.txt", **FILLED), office)
    assert row is not None
    assert [] == findings
    values = {field: value for field, value in row.values.items() if value is not None}
    assert values == {
        "name": "R. de Wit", "email": "r.dewit@voorbeeld.example", "postcode": "3512 AB", "consumer": False,
        "bought_on": date(2026, 11, 3), "category": "SF", "subcategory": "SF2", "amount": 125050, "channel": "webformulier",
        "description": FILLED["description"],
    }  # fmt: skip


def test_r13_a_complainant_fills_in_nothing_of_the_office(office: Register, tmp_path: Path) -> None:
    typed = {
        "status": "afgehandeld",
        "received_on": "1-1-2020",
        "channel": "fax",
        "number": "K-2026-0001",
        "wat": "dit",
    }
    row, findings = read(save_web_form(tmp_path / "slim.txt", **FILLED, **typed), office)
    assert row is not None
    assert {"channel": "webformulier"} == {f: row.values[f] for f in typed if f in row.values}
    assert ["text_beside_boxes"] * 5 == [finding.code for finding in findings]
    assert "Vraag naar status: afgehandeld" in str(row.values["remarks"])


def test_what_cannot_be_used_is_told_with_its_label(office: Register, tmp_path: Path) -> None:
    row, findings = read(
        save_web_form(tmp_path / "fout.txt", **FILLED | {"category": "Fietsen [QQ]", "bought_on": "ooit"}), office
    )
    assert row is not None
    assert {("not_a_date", "Aankoopdatum"), ("not_on_list", "Categorie")} == {
        (f.code, f.location.label) for f in findings if f.severity == "error"
    }


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_it_is_read_however_it_was_saved_again(office: Register, tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "opnieuw.txt"
    file.write_text(
        saved_text({"name": "Zoë Müller", "description": "Café dicht, één keer."}), encoding=encoding, newline=""
    )
    row, _ = read(file, office)
    assert row is not None
    assert ("Zoë Müller", "Café dicht, één keer.") == (row.values["name"], row.values["description"])


@pytest.mark.parametrize(
    ("content", "error", "reason"),
    [
        (b"", EmptyFileError, None),
        (b"Beste mensen, ik heb een klacht.", UnsupportedFileError, "text"),
        (b"\x00\xff" * 500, UnsupportedFileError, "text"),
        (b"<html><script>alert(1)</script></html>", UnsupportedFileError, "text"),
        (saved_text({"name": "x"}).encode() + b"x" * 4_000_000, UnsupportedFileError, "text"),
        (saved_text(FILLED).encode()[:250], DamagedFileError, "web_form"),
    ],
)
def test_another_text_is_refused_in_plain_words(
    office: Register, tmp_path: Path, content: bytes, error: type[Exception], reason: str | None
) -> None:
    file = tmp_path / "iets.txt"
    file.write_bytes(content)
    with pytest.raises(error) as raised:
        open_workbook(file, office.definition)
    assert reason == getattr(raised.value, "reason", None)


def test_a_form_of_another_register_asks_its_own_fields(tmp_path: Path) -> None:
    definition = load_definition(Path(__file__).parents[1] / "definitions" / "incidents.toml")
    raw = open_workbook(save_web_form(tmp_path / "val.txt", reported_on="2-11-2026", place="Ede"), definition)
    assert {"received_on": "2-11-2026", "place": "Ede"} == {field: box.content for field, box in raw.form.items()}


@pytest.mark.parametrize(
    ("came", "on", "expected"),
    [
        (date(2026, 11, 9), date(2026, 11, 20), date(2026, 11, 9)),
        (date(2026, 11, 25), date(2026, 11, 20), date(2026, 11, 20)),
    ],
)
def test_r13_it_came_on_the_day_of_its_file_and_that_is_told(
    office: Register, tmp_path: Path, came: date, on: date, expected: date
) -> None:
    file = save_web_form(tmp_path / "vol.txt", **FILLED)
    moment = datetime(came.year, came.month, came.day, 12).timestamp()
    os.utime(file, (moment, moment))
    raw = open_workbook(file, office.definition)
    row, _ = parse_form(raw, office.definition.main, office.lookups)
    assert row is not None
    dated, told = with_arrival(row, raw, office.definition.main, on)
    assert (expected, ["received_on_file_day"]) == (dated.values["received_on"], [finding.code for finding in told])
    assert f"{expected:%d-%m-%Y}" in told[0].message(office.texts)
    assert (dated, []) == with_arrival(dated, raw, office.definition.main, on), "a day that is there stays"
