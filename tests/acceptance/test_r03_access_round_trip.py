"""R03, R13, R41: what goes from the register into Access, is edited there and comes back, keeps every value."""

from __future__ import annotations

import shutil
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from access_samples import put_in_store
from access_typing import java, opened
from office import Office
from workbook_samples import complaints, varied

from registerkit.definition import Field, load_definition

pytestmark = pytest.mark.usefixtures("access_writer")
MAIN = load_definition().main
INPUTS = [field for field in MAIN.fields if field.is_input]


def edit_every_row(path: Path) -> int:
    """Type something else in two columns of every complaint; gives how many there are."""
    with opened(path) as database:
        table = database.getTable("Klachten")
        n = 0
        for n, row in enumerate(table, 1):
            row.put("Opmerkingen", f"Bij nader inzien anders, rij {n} 😀")
            row.put("Toegekend bedrag", java(n / 4))
            table.updateRow(row)
        return n


def plain(field: Field, value: Any) -> Any:
    """Give a cell of the workbook as the export gives the value."""
    if value in (None, "", "-"):
        return None
    if isinstance(value, datetime | date):
        return f"{value:%Y-%m-%d}"
    if field.kind == "money":
        return round(float(value), 2)
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def told(field: Field, value: Any) -> Any:
    """Give a value of the export in the same way."""
    if value in (None, "-"):
        return None
    return round(float(value), 2) if field.kind == "money" else str(value)


def test_r03_five_hundred_complaints_keep_every_value_through_access(made_once: Path, tmp_path: Path) -> None:
    """Register, Access, edited by another program, sync, store, Excel: nothing but the edits is different."""
    office = Office(tmp_path / "klachten", on=date.today())  # The invented complaints are those of today.
    shutil.copytree(made_once, office.root)
    put_in_store(office.root, complaints() | varied(500))
    office.run("sync")
    path = office.root / "klachten.accdb"
    assert 0 == office.run("database", str(path), "--with-records").code
    before = {c["number"]: c for c in office.complaints()}
    assert edit_every_row(path) == len(before) >= 500
    result = office.run("sync", str(path)).json
    assert (len(before), [], []) == (result["changed"], result["conflicts"], result["refused"])
    after = {c["number"]: c for c in office.complaints()}
    assert before.keys() == after.keys()
    for number, record in after.items():
        typed = {f.id: before[number][f.id] for f in INPUTS if f.id not in ("remarks", "amount")}
        follows = {"status"} if typed["reopened_on"] else set()  # An edit lets what follows be found out anew.
        kept = {f: v for f, v in typed.items() if v is not None and f not in follows}
        assert kept == {f: record[f] for f in kept}
        assert "Bij nader inzien anders" in record["remarks"]
    office.run("sync")
    rows = {row["Klachtnummer"]: row for row in office.rows().values()}
    fields = [f for f in MAIN.fields if f.is_input and f.labels["nl"] in next(iter(rows.values()))]
    for number, record in after.items():
        assert {f.id: told(f, record[f.id]) for f in fields} == {
            f.id: plain(f, rows[number][f.labels["nl"]]) for f in fields
        }
