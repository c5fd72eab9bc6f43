"""R41: projects that an earlier version made open in this one, and nothing that was stored or typed gets lost.

`tests/fixtures/earlier/README.md` tells what each project holds and how it was made. Values are compared, never texts of
the kit or numbers of findings, so that these tests stay true when those change.
"""

from __future__ import annotations

import json
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from access_typing import rows_of
from office import Office, Outcome
from papers import text_of
from servers import Server

EARLIER = Path(__file__).resolve().parents[1] / "fixtures" / "earlier"
KEYS = {
    "complaints": "number", "contacts": "row_key", "pauses": "row_key", "investigations": "complaint", "measures": "number",
    "letters": "row_key", "staff": "code", "holidays": "on",
}  # fmt: skip
"""What tells the rows of a table apart."""
WORKED_OUT = {
    "acknowledge_by", "due_on", "due_reason", "priority", "aftercare_by", "month", "quarter", "days_to_close", "in_time",
}  # fmt: skip
"""Fields that the kit works out: a later version may come to another value."""

Tables = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class Earlier:
    """A project as an earlier version left it, what it held, and what was typed in its files since."""

    office: Office
    store: Tables
    history: dict[str, int]
    typed: dict[str, Any]
    more: dict[str, Any]

    @property
    def folder(self) -> Path:
        """The folder that the project folder lies in, with what belongs to it."""
        return self.office.root.parent

    def number(self, name: str) -> str:
        """Give the number of a complaint by the name of the complainant."""
        (found,) = (c["number"] for c in self.office.complaints() if c["name"] == name)
        return str(found)


def unpacked(name: str, folder: Path, part: str = "") -> Earlier:
    """Unpack a project of an earlier version; `part` is its folder where a file holds more than one."""
    with tarfile.open(EARLIER / f"{name}.tar.xz") as packed:
        packed.extractall(folder, filter="data")
    told = json.loads((EARLIER / f"{'-'.join(filter(None, (name, part)))}.json").read_text(encoding="utf-8"))
    office = Office(folder / part / "klachten")
    return Earlier(office, told.pop("store"), told.pop("history"), told.pop("typed"), more=told)


# ---------------------------------------------------------------------------------------------------- what is compared
def values_due(earlier: Earlier) -> Iterator[tuple[str, str, str, Any]]:
    """Give each value that must be there: what was stored, or what was typed over it since."""
    for table, rows in earlier.store.items():
        for row in rows:
            key = row[KEYS[table]]
            for field, value in {**row, **earlier.typed.get(table, {}).get(key, {})}.items():
                if field not in WORKED_OUT:
                    yield table, key, field, value


def lost_values(earlier: Earlier, now: Tables) -> list[tuple[Any, ...]]:
    """Give table, key, field, value and what is there instead, of each value that is not there any more."""
    found = {(table, row[KEYS[table]]): row for table in earlier.store for row in now[table]}
    return [
        (table, key, field, value, there)
        for table, key, field, value in values_due(earlier)
        if (there := found.get((table, key), {}).get(field)) != value
    ]


def lost_rows(earlier: Earlier, now: Tables) -> list[tuple[str, dict[str, Any]]]:
    """Give the rows typed since that did not come in, or came in more than once."""
    return [
        (table, typed)
        for table, rows in earlier.typed["new"].items()
        for typed in rows
        if 1 != sum(typed.items() <= row.items() for row in now[table])
    ]


def lost_history(earlier: Earlier) -> list[str]:
    """Give the complaints that less is told of than was."""
    office, told = earlier.office, earlier.history
    return [number for number, lines in told.items() if len(office.run("history", number).json) < lines]


def conflicts_of(results: list[Outcome]) -> list[dict[str, Any]]:
    """Give the conflicts that syncs told, by what they are about."""
    names = ("number", "field", "workbook", "store")
    return [{name: conflict[name] for name in names} for result in results for conflict in result.json["conflicts"]]


def forgotten_conflicts(earlier: Earlier) -> list[dict[str, Any]]:
    """Give the conflicts of which the history does not hold both values."""
    return [
        conflict
        for conflict in earlier.more.get("conflicts", [])
        if not {conflict["workbook"], conflict["store"]}
        <= {
            line["new"]
            for line in earlier.office.run("history", conflict["number"]).json
            if line["field"] == conflict["field"]
        }
    ]


def lives_on(earlier: Earlier, *files: Path) -> Tables:
    """Check, sync and do the weekly work, `files` after the project's own; gives what the store holds afterwards."""
    office = earlier.office
    read = (office.workbook, *files)
    before = [path.read_bytes() for path in read]
    assert office.run("check", *map(str, read)).code in (0, 1)
    assert before == [path.read_bytes() for path in read]

    first = synced(office, *files)
    assert {0, 1} >= {result.code for result in first}
    assert earlier.more.get("conflicts", []) == conflicts_of(first)
    assert [] == forgotten_conflicts(earlier)
    assert_quiet(office, *files)

    assert office.run("weekly").code in (0, 1)
    assert_quiet(office, *files)
    now = office.export()
    assert ([], [], []) == (lost_values(earlier, now), lost_rows(earlier, now), lost_history(earlier))
    assert len(now["complaints"]) == len(earlier.store["complaints"]) + len(earlier.typed["new"]["complaints"])
    return now


def synced(office: Office, *files: Path) -> list[Outcome]:
    """Sync the project, and then each of the files."""
    return [office.run("sync"), *(office.run("sync", str(path)) for path in files)]


def assert_quiet(office: Office, *files: Path) -> None:
    """Another sync finds nothing to do, once each file has what the others brought."""
    if files:
        synced(office, *files)
    for again in synced(office, *files):
        assert (0, 0, [], []) == tuple(again.json[key] for key in ("new", "changed", "conflicts", "written_back"))


def names_in(office: Office, path: Path | None = None) -> set[str]:
    """Give who has a complaint in a register, without the count of earlier complaints behind a name."""
    return {str(row["Naam"]).partition(" (")[0] for row in office.rows(path=path).values()}


# ------------------------------------------------------------------------------------------------------- the projects
def test_r41_a_register_edited_since_comes_in_whole(tmp_path: Path) -> None:
    """Rows, fields, an end of a pause, a renamed choice, a new one and the office's own sheet; a conflict keeps both values."""
    earlier = unpacked("bewerkt", tmp_path)
    now = lives_on(earlier)
    assert {c["name"] for c in now["complaints"]} == names_in(earlier.office)
    book = openpyxl.load_workbook(earlier.office.workbook, read_only=True)
    own = [value for row in book["Aantekeningen"].iter_rows(values_only=True) for value in row if value]
    book.close()
    assert ["Van Sanne", "Niet weggooien"] == own


def test_r41_the_first_run_offers_the_sheets_of_today_once(tmp_path: Path) -> None:
    """Formulas of the register follow by themselves; the other sheets when somebody asks for them."""
    office = unpacked("bewerkt", tmp_path).office
    told = [[f["code"] for f in office.run("sync").json["findings"]].count("sheets_of_before") for _ in range(2)]
    assert [1, 0] == told
    assert 0 == office.run("workbook", "--replace").code


def test_r41_letters_made_earlier_are_still_there_and_not_made_again(tmp_path: Path) -> None:
    """Their files and their days of sending stay; no kind is made a second time for the same phase."""
    earlier = unpacked("bewerkt", tmp_path)
    office = earlier.office
    office.run("weekly")
    made = [(x["complaint"], x["kind"], x["phase"]) for x in office.export()["letters"]]
    assert len(set(made)) == len(made)
    assert [] == [x["file"] for x in earlier.store["letters"] if not (office.root / x["file"]).is_file()]


def test_r41_a_mailed_copy_is_compared_with_what_it_was_made_from(tmp_path: Path) -> None:
    """The copy of some revisions ago, saved by LibreOffice; its new row used a number that another complaint has now."""
    earlier = unpacked("gemaild", tmp_path)
    copy = earlier.folder / "gemaild" / "klachtenregister kopie.xlsx"
    now = lives_on(earlier, copy)
    everybody = {c["name"] for c in now["complaints"]}
    assert (everybody, everybody) == (names_in(earlier.office), names_in(earlier.office, copy))
    assert earlier.number("Q. Ruiter") != earlier.number("R. Smeets")


def test_r41_a_branch_keeps_its_own_register_and_numbers(tmp_path: Path) -> None:
    """What both registers changed of one complaint comes together; the branch still sees no others."""
    earlier = unpacked("vestiging", tmp_path)
    now = lives_on(earlier)
    own = {c["name"] for c in now["complaints"] if c["branch"] == "Vestiging Noord"}
    assert own == names_in(earlier.office, earlier.office.root / "vestigingen" / "noord.xlsx")
    assert own == {c["name"] for c in now["complaints"] if c["number"].startswith("N-")}


def test_r41_a_list_and_a_form_that_waited_come_in_once(tmp_path: Path) -> None:
    """Rows of the list that were taken in before are not new again."""
    earlier = unpacked("csv-bron", tmp_path)
    now = lives_on(earlier)
    assert {c["name"] for c in now["complaints"]} == names_in(earlier.office)
    assert not (earlier.office.root / "postvak-in" / "balie.xlsx").exists()


@pytest.mark.usefixtures("access_writer")
def test_r41_an_access_file_of_an_earlier_version_comes_in_and_is_brought_up_to_date(tmp_path: Path) -> None:
    """Its new complaint gets a number, and the contact that points at that complaint comes along."""
    earlier = unpacked("access", tmp_path)
    now = lives_on(earlier)
    shown = {row["Klachtnummer"]: row["Naam"] for row in rows_of(earlier.office.root / "klachten.accdb", "Klachten")}
    assert {c["number"]: c["name"] for c in now["complaints"]} == shown
    assert [earlier.number("Z. Buis")] == [c["complaint"] for c in now["contacts"] if c["summary"] == "Gebeld."]


def test_r41_own_letter_templates_still_say_their_own_sentence(tmp_path: Path) -> None:
    """With fields and conditions; a letter made earlier stays as it was."""
    earlier = unpacked("eigen-brieven", tmp_path)
    office = earlier.office
    made = {file: (office.root / file).read_bytes() for file in earlier.more["made"]}
    lives_on(earlier)
    assert made == {file: (office.root / file).read_bytes() for file in made}
    for due in earlier.more["due"]:
        number = earlier.number(due["name"])
        again = office.run("letters", "--number", number, "--kind", due["kind"], "--again")
        (letter,) = again.json["letters"]
        assert due["says"].format(number=number) in text_of(office.root / letter["file"])


def test_r41_an_own_definition_still_goes(tmp_path: Path) -> None:
    """A field of the office's own, a choice of its own, and a renamed label that a list still writes the earlier way."""
    earlier = unpacked("eigen-definitie", tmp_path)
    now = lives_on(earlier)
    shown = {row["Naam"]: (row["Framenummer"], row["Bestelnummer"]) for row in earlier.office.rows().values()}
    assert {c["name"]: (c["frame_number"], c["order_number"]) for c in now["complaints"]} == shown


def test_r41_a_register_on_a_server_lives_on(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From a dump of the server, with the project folder that goes with it."""
    earlier = unpacked("server", tmp_path, server.scheme)
    address = server.database()
    restore(server, address, (earlier.folder / "dump.sql").read_text(encoding="utf-8"))
    monkeypatch.setenv("REGISTERKIT_DATABASE", address)
    now = lives_on(earlier)
    assert {c["name"] for c in now["complaints"]} == names_in(earlier.office)
    assert not (earlier.office.root / "register.db").exists()


def restore(server: Server, address: str, dump: str) -> None:
    """Put a dump in an empty database; in PostgreSQL as its owner, so that the tables are his."""
    if server.scheme == "postgresql":
        import psycopg

        with psycopg.connect(address) as connection:
            connection.execute(dump.encode())
    else:
        server.run_in(address.rpartition("/")[2], dump)
