"""R33: what figures are counted from is kept by every change, and is what it would be if it were made anew."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from office import COMPLAINT, Office
from recount import recount, told_figure

from registerkit import Project
from registerkit.analysis import figures, parse_period
from registerkit.session.counting import counting
from registerkit.session.facts import bring_up_to_date

TABLES = ("rk_cases", "rk_handlings", "rk_waits", "rk_person_keys")
CLOSED = {
    "Oordeel": "gegrond",
    "Oplossing": "uitleg",
    "Motivering": "Zie de bon.",
    "Wijze van afhandeling": "brief",
    "Beantwoord op": date(2025, 4, 10),
    "Afgehandeld op": date(2025, 4, 10),
    "Afgehandeld door": "Sanne de Vries",
}
OTHER = {**COMPLAINT, "Naam": "K. de Wit", "E-mail": "k.dewit@voorbeeld.example", "Telefoon": "030 765 43 21"}
ROWS = (
    {**COMPLAINT, "Ontvangen op": date(2025, 3, 3), **CLOSED},
    {**COMPLAINT, "Ontvangen op": date(2026, 2, 2)},
    {**OTHER, "Ontvangen op": date(2026, 3, 2), "Bijzondere omstandigheid": "ja"},
    {**OTHER, "Ontvangen op": date(2026, 10, 5), "Telefoon": "06 11 11 11 11"},
)


def rows(office: Office, *, anew: bool = False) -> dict[str, list[Any]]:
    """Give what figures are counted from: as it stands in the store, or once it was made anew."""
    if anew:
        with closing(sqlite3.connect(office.root / "register.db")) as store:
            store.execute("DELETE FROM rk_meta WHERE name = 'facts'")
            store.commit()
        with Project.open(office.root, on=office.on) as project:
            bring_up_to_date(project.session)
    with closing(sqlite3.connect(office.root / "register.db")) as store:
        return {table: sorted(store.execute(f"SELECT * FROM {table}").fetchall(), key=repr) for table in TABLES}


def kept(office: Office) -> dict[str, list[Any]]:
    """Give what stands in the store, which is what it would be if it were made anew."""
    now = rows(office)
    assert now == rows(office, anew=True)
    return now


def test_r33_what_is_counted_follows_every_change(office: Office) -> None:
    used = office.type(*ROWS)
    assert office.run("sync").code == 0
    first = kept(office)
    assert len(first["rk_cases"]) == len(ROWS)
    copy = office.run("backup").json["copies"][0]["file"]

    office.change(used[0], {"Heropend op": date(2026, 11, 3), "Reden heropening": "niet tevreden"})
    office.change(used[1], {"Naam": OTHER["Naam"], "E-mail": OTHER["E-mail"], "Telefoon": "06 22 22 22 22"})
    office.type(
        {
            "Klachtnummer": office.complaints()[3]["number"],
            "Van": date(2026, 10, 9),
            "Instemming op": date(2026, 10, 9),
        },
        sheet="Opschortingen",
    )
    office.run("sync")
    second = kept(office)
    assert len(second["rk_handlings"]) == len(first["rk_handlings"]) + 1
    assert second["rk_person_keys"] != first["rk_person_keys"]
    office.run("letters")
    kept(office)

    assert office.run("restore", copy).code == 0
    assert kept(office) == first, "a copy that is put back has what was counted then"
    office.run("anonymise", "--before", "2026-01-01")
    wiped = kept(office)
    assert len(wiped["rk_person_keys"]) < len(first["rk_person_keys"]), "what was wiped is known by no hash"
    settings = office.root / "register.toml"
    told = settings.read_text(encoding="utf-8").replace(
        "[terms]", "[terms]\nacknowledge_working_days = 1\nanswer = '2 weken'"
    )
    settings.write_text(told, encoding="utf-8")
    office.run("sync")
    other = kept(office)
    assert other["rk_handlings"] != wiped["rk_handlings"], "other terms give other facts"


def test_r33_every_figure_of_the_example_is_that_of_a_recount(demo_once: Path, tmp_path: Path) -> None:
    root = tmp_path / "voorbeeld"
    shutil.copytree(demo_once, root)
    with Project.open(root) as project:
        register = project.session.register()
        day = register.on
        labels = (
            str(day.year),
            str(day.year - 1),
            f"{day:%Y-%m}",
            str(day.year + 1),
            f"{day.year - 1}-12",
            f"{day.year}-01",
        )
        with counting(project.session) as tally:
            for label in labels:
                period = parse_period(label)
                found = figures(register, period, tally)
                counted = recount(register, period)
                assert {name: told_figure(found, name) for name in counted} == counted, label
