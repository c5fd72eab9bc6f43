"""What people see in an Access file is read: formats, rich text, links, and words that stand for a number."""

from __future__ import annotations

from pathlib import Path

import pytest
from access_designs import C, Design, make_access
from stage_samples import INCIDENTS, LOOKUPS

from registerkit.database.read_table import ReadColumn, ReadTable
from registerkit.reading import open_workbook, parse_table
from registerkit.reading.rich_text import is_rich, plain_of
from registerkit.reading.shown_columns import shown_rows, shown_text

RICH = "<div>Stoel <strong>stuk</strong> &amp; nat.</div>\r\n\r\n<div>&lt; 5 dagen&nbsp;wachten<br>Dank</div>"
PLAIN = "Stoel stuk & nat.\n< 5 dagen wachten\nDank"


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        (RICH, PLAIN),
        ("<div>Een</div>\r\n<div>&nbsp;</div>\r\n<div>Drie</div>", "Een\n\nDrie"),
        ("<ul>\n<li>een</li>\n<li>twee</li>\n</ul>", "- een\n- twee"),
        ('<div><font face="Calibri" size=3>Rood</font> en <em>schuin</em></div>', "Rood en schuin"),
        ("zonder &amp; opmaak", "zonder & opmaak"),
    ],
)
def test_markup_becomes_lines(text: str, plain: str) -> None:
    assert plain == plain_of(text)


@pytest.mark.parametrize(
    "text", ["<div> is kapot", "kleiner < dan", "a <b>vet</b> woord", "1 < 2 > 0", "<div>x</div> zegt hij"]
)
def test_a_text_about_tags_is_no_markup(text: str) -> None:
    assert not is_rich(text)


@pytest.mark.parametrize(
    ("text", "code", "shown"),
    [
        ("ab12", ">", "AB12"),
        ("AB", "<", "ab"),
        ("ab1234", "@@-@@@@", "ab-1234"),
        ("1234", '"K"@@@@', "K1234"),
        ("ab", "", "ab"),
    ],
)
def test_a_format_shows_a_text(text: str, code: str, shown: str) -> None:
    assert shown == shown_text(text, code)


def test_columns_show_what_people_see() -> None:
    columns = (
        ReadColumn("A", "", None, "00000"),
        ReadColumn("B", "", None, is_link=True),
        ReadColumn("C", "", None, words={1.0: "een"}),
        ReadColumn("D", "", None, "Percent"),
        ReadColumn("E", "", None, "00000"),
    )
    read = ReadTable(
        "T", columns, None, [(1, [42.0, "Els#docs\\x.pdf#", 1.0, 0.5, 42.0]), (2, [None, None, 2.0, None, None])]
    )
    (_, first), (_, second) = shown_rows(read, range(4))
    assert ["00042", "Els", "een", "50,00%", 42.0] == [getattr(cell, "shown", cell) for cell in first]
    assert ["", "", 2.0, "", ""] == second


@pytest.mark.usefixtures("access_writer")
def test_an_access_file_is_read_as_it_is_shown(tmp_path: Path) -> None:
    sorts = {"RowSourceType": "Table/Query", "RowSource": "SELECT [Soorten].[Id], [Soorten].[Soort] FROM Soorten ORDER BY [Soort];",
             "BoundColumn": 1, "ColumnCount": 2, "ColumnWidths": "0;1440"}  # fmt: skip
    stands = {
        "RowSourceType": "Value List",
        "RowSource": '1;"open";2;"klaar"',
        "BoundColumn": 1,
        "ColumnCount": 2,
        "ColumnWidths": "0",
    }
    columns = [
        C("Gemeld op", "SHORT_DATE_TIME"), C("Plaats", "LONG", looks={"Format": "0000000"}),
        C("Soort incident", "LONG", looks=sorts), C("Omschrijving", "MEMO", looks={"TextFormat": 1}),
        C("Stand", "LONG", looks=stands),
    ]  # fmt: skip
    from datetime import date

    row = (date(2026, 11, 2), 90887, 2, RICH, 1)
    made = make_access(
        tmp_path / "eigen.accdb",
        Design("Incidenten", columns, [row]),
        Design("Soorten", [C("Id", "LONG"), C("Soort")], [(1, "brand"), (2, "val")]),
    )
    raw = open_workbook(made, INCIDENTS)
    cells = dict(zip(raw.tables["incidents"].headers.values(), raw.tables["incidents"].rows[0][1], strict=False))
    assert ("val", "open") == (cells["Soort incident"], cells["Stand"])
    (found,) = parse_table(raw.tables["incidents"], raw.name, LOOKUPS).rows
    assert ("0090887", PLAIN) == (found.values["place"], found.values["description"])
