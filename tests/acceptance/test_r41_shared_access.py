"""R41: on Windows an Access file that others have open is brought up to date through Microsoft's driver.

That driver is not here. In its place stands one that runs the same statements on SQLite, which takes names in brackets
too, and that keeps what it was told.
"""

from __future__ import annotations

import datetime
import sqlite3
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from access_typing import add_row, java, opened, rows_of
from office import COMPLAINT, Office

from registerkit.database.access import ACCESS_DRIVER, AccessEdits, edit_shared, has_access_driver, read_access
from registerkit.errors import LockedFileError

pytestmark = pytest.mark.usefixtures("access_writer")

TYPED = {
    "Ontvangen op": date(2026, 11, 3), "Wijze van melding": "telefoon", "Naam": "P. Pieters",
    "E-mail": "p.pieters@voorbeeld.example", "Categorie": "PL", "Omschrijving": "De rekening klopt niet 🚲.",
}  # fmt: skip


class Driver:
    """What pyodbc is with Microsoft's driver, as far as it is used; every connection finds the tables of the file."""

    SQL_WLONGVARCHAR = -10

    class Error(Exception):
        """What pyodbc raises."""

    def __init__(self) -> None:
        self.connected: list[str] = []
        self.run: list[tuple[str, tuple[Any, ...], Any]] = []
        self.store = sqlite3.connect(":memory:")
        self.refuses = ""
        self.holds_back = False
        self.sizes: Any = None

    def drivers(self) -> list[str]:
        return [ACCESS_DRIVER]

    def connect(self, text: str, autocommit: bool) -> Any:
        assert not autocommit
        self.path = Path(text.partition("Dbq=")[2])
        self.connected.append(text)
        self.store = sqlite3.connect(":memory:")
        for table in read_access(self.path).tables.values():
            names = ", ".join(f"[{column.name}]" for column in table.columns)
            self.store.execute(f"CREATE TABLE [{table.name}] ({names})")
            marks = ", ".join("?" for _ in table.columns)
            self.store.executemany(f"INSERT INTO [{table.name}] VALUES ({marks})", [cells for _, cells in table.rows])
        self.store.commit()
        return SimpleNamespace(cursor=lambda: self, commit=self.commit, close=self.store.rollback)

    def commit(self) -> None:
        """Put the rows of the tables that were written in the file, in their order."""
        self.store.commit()
        if self.holds_back:
            return
        with opened(self.path) as database:
            database.setEvaluateExpressions(False)
            database.setEnforceForeignKeys(False)
            database.setAllowAutoNumberInsert(True)
            for name in dict.fromkeys(sql.partition("[")[2].partition("]")[0] for sql, _, _ in self.run):
                self._put(database.getTable(name), self.rows(name))

    def _put(self, table: Any, rows: list[dict[str, Any]]) -> None:
        days = {str(c.getName()) for c in table.getColumns() if str(c.getType()) == "SHORT_DATE_TIME"}
        wanted = [{c: _java(v, c in days) for c, v in row.items()} for row in rows]
        there = list(table)
        for row, cells in zip(there, wanted, strict=False):
            for column, value in cells.items():
                row.put(column, value)
            table.updateRow(row)
        for cells in wanted[len(there) :]:
            table.addRow(*cells.values())

    def setinputsizes(self, sizes: Any) -> None:
        self.sizes = sizes

    def execute(self, sql: str, *values: Any) -> None:
        if self.refuses and self.refuses in sql:
            raise self.Error("HY000", "Could not update; currently locked by another session")
        self.run.append((sql, values, self.sizes))
        done = self.store.execute(sql, values)
        assert 1 == done.rowcount, sql

    def rows(self, table: str) -> list[dict[str, Any]]:
        found = self.store.execute(f"SELECT * FROM [{table}]")
        return [dict(zip([d[0] for d in found.description], row, strict=True)) for row in found]


def _java(value: Any, is_day: bool) -> Any:
    return java(datetime.datetime.fromisoformat(value) if is_day and isinstance(value, str) else value)


@pytest.fixture
def driver(monkeypatch: pytest.MonkeyPatch) -> Driver:
    made = Driver()
    monkeypatch.setitem(sys.modules, "pyodbc", made)
    return made


def open_file(office: Office) -> Path:
    """Give an Access file with one complaint, and a new one typed in it, that somebody has open."""
    office.type(COMPLAINT)
    office.run("sync")
    path = office.root / "klachten.accdb"
    assert 0 == office.run("database", str(path), "--with-records").code
    add_row(path, "Klachten", TYPED)
    path.with_suffix(".laccdb").touch()
    return path


def test_r41_a_file_that_others_have_open_is_brought_up_to_date(office: Office, driver: Driver) -> None:
    """Numbers, computed days, and complaints that it lacks, with everything by name and value; a copy comes first."""
    path = open_file(office)
    office.type({**COMPLAINT, "Naam": "B. Bos", "E-mail": "bos@voorbeeld.example", "Omschrijving": "é🚲" * 300})
    office.run("sync")
    result = office.run("sync", str(path))
    assert (1, [path.name], []) == tuple(result.json[k] for k in ("new", "written_back", "findings"))
    assert [f"Driver={{{ACCESS_DRIVER}}};Dbq={path}"] == driver.connected
    numbers = {row["Naam"]: row["Klachtnummer"] for row in driver.rows("Klachten")}
    assert {c["name"]: c["number"] for c in office.complaints()} == numbers
    assert {1, 2, 3} == {int(row["Id"]) for row in driver.rows("Klachten")}
    long = next(values for _, values, sizes in driver.run if sizes)
    assert "é🚲" * 300 in long
    assert numbers == {row["Naam"]: row["Klachtnummer"] for row in rows_of(path, "Klachten")}
    assert 1 == len(list((office.root / "archief").glob("klachten.*.accdb")))
    moments = [v for _, values, _ in driver.run for v in values if isinstance(v, date)]
    assert moments
    assert {datetime.datetime} == {type(moment) for moment in moments}


def test_r41_what_others_typed_meanwhile_is_read_the_next_time(office: Office, driver: Driver) -> None:
    """A file that was shared is never taken for one that nothing has happened to."""
    path = open_file(office)
    office.run("sync", str(path))
    with sqlite3.connect(office.root / "register.db") as store:
        (content,) = store.execute("SELECT content FROM rk_sources WHERE path = ?", (path.name,)).fetchone()
    store.close()
    assert driver.connected
    assert not content
    again = office.run("sync", str(path)).json
    assert (0, 0, []) == (again["new"], again["changed"], again["written_back"])


def test_r41_a_row_that_somebody_is_at_work_in_stops_all_of_it(office: Office, driver: Driver) -> None:
    path = open_file(office)
    driver.refuses = "UPDATE [rk_meta]"
    result = office.run("sync", str(path))
    assert ([], ["file_open"]) == (result.json["written_back"], [f["code"] for f in result.json["findings"]])
    assert [None] == [row["Klachtnummer"] for row in driver.rows("Klachten") if row["Naam"] == "P. Pieters"]
    path.with_suffix(".laccdb").unlink()
    assert [path.name] == office.run("sync", str(path)).json["written_back"]
    assert all(row["Klachtnummer"] for row in rows_of(path, "Klachten"))


def test_r41_values_are_bound_as_the_driver_takes_them(office: Office, driver: Driver) -> None:
    """Lists have no number of Access's own and go by their code; what has no room is left out and told."""
    path = open_file(office)
    edits = AccessEdits()
    edits.set("Klachten", 1, "Kosten", Decimal("12.50"))
    edits.set("Klachten", 1, "Naam", "x" * 300)
    edits.set("Lijst Wijze van melding", 2, "Keuze", "anders")
    left_out = edit_shared(path, edits, {"revision": "77"})
    assert [("Klachten", 1, "Naam")] == [(text.table, text.row, text.column) for text in left_out]
    code = read_access(path).tables["Lijst Wijze van melding"].rows[1][1][0]
    assert [
        ("UPDATE [Klachten] SET [Kosten] = ? WHERE [Id] = ?", (12.5, 1), None),
        ("UPDATE [Lijst Wijze van melding] SET [Keuze] = ? WHERE [Code] = ?", ("anders", code), None),
        ("UPDATE [rk_meta] SET [value] = ? WHERE [name] = ?", ("77", "revision"), None),
    ] == driver.run
    driver.refuses = "UPDATE"
    with pytest.raises(LockedFileError):
        edit_shared(path, edits, {"revision": "78"})


def test_r41_what_the_driver_holds_back_does_not_count_as_written(office: Office, driver: Driver) -> None:
    """Else the row would be taken for a new one the next time, for it does not show its number yet."""
    path = open_file(office)
    driver.holds_back = True
    first = office.run("sync", str(path)).json
    assert (1, []) == (first["new"], first["written_back"])
    driver.holds_back = False
    again = office.run("sync", str(path)).json
    assert (0, [path.name]) == (again["new"], again["written_back"])


def test_r41_without_the_driver_the_file_waits(office: Office, driver: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(driver, "drivers", lambda: ["MDBTools"])
    assert not has_access_driver()
    path = open_file(office)
    assert ["file_open"] == [f["code"] for f in office.run("sync", str(path)).json["findings"]]
    monkeypatch.setitem(sys.modules, "pyodbc", None)
    assert not has_access_driver()
