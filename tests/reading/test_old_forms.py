"""R01, R02: a form that somebody saved in another kind of spreadsheet is read by the names of its cells."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from registers import make_register

from registerkit.errors import NoRegisterTableError
from registerkit.reading import open_workbook, parse_form
from registerkit.register import Register
from registerkit.stamp import Stamp
from registerkit.workbook import WorkbookContent, build_form

TYPED = {
    "received_on": datetime(2026, 11, 3),
    "name": "H. Vos-Étienne",
    "phone": "06 12 34 56 78",
    "postcode": "1234 ab",
    "description": "Niet geleverd.\nTwee keer gebeld & niemand kreeg ik.",
    "amount": 12.5,
}


@pytest.fixture(scope="module")
def office() -> Register:
    return make_register({}, date(2026, 11, 20), organisation={"name": "De Molen"})


@pytest.fixture(scope="module")
def filled(office: Register, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the form as an office fills it in."""
    target = tmp_path_factory.mktemp("form") / "formulier.xlsx"
    build_form(target, WorkbookContent(office, Stamp("r", "w", 1)))
    book = load_workbook(target)
    for field_id, value in TYPED.items():
        ((sheet, cell),) = book.defined_names[f"in_{field_id}"].destinations
        book[sheet][cell.replace("$", "").partition(":")[0]] = value
    book.save(target)
    return target


@pytest.mark.soffice
@pytest.mark.parametrize("kind", ["ods", "xls"])
def test_r01_a_form_saved_in_another_kind_says_the_same(
    filled: Path, office: Register, soffice: Callable[..., Path], kind: str
) -> None:
    said = []
    for file in (filled, soffice(filled, kind)):
        row, findings = parse_form(open_workbook(file, office.definition), office.definition.main, office.lookups)
        assert row is not None
        said.append(({name: value for name, value in row.values.items() if value is not None}, len(findings)))
    assert said[0] == said[1]
    assert said[0][0]["received_on"] == date(2026, 11, 3)
    assert said[0][0]["amount"] == 1250


@pytest.mark.soffice
def test_without_names_it_is_refused_as_a_form(
    filled: Path, office: Register, soffice: Callable[..., Path], tmp_path: Path
) -> None:
    book = load_workbook(filled)
    for name in list(book.defined_names):
        del book.defined_names[name]
    plain = tmp_path / "kaal.xlsx"
    book.save(plain)
    with pytest.raises(NoRegisterTableError) as caught:
        open_workbook(soffice(plain, "ods"), office.definition)
    assert caught.value.reason == "form"
