"""The planned help: heights that fit the texts, page breaks at headings, and nothing about what a register lacks."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from workbook_samples import MakeContent

from registerkit.deadlines import PROFILE_NAMES
from registerkit.definition import Definition
from registerkit.texts import LANGUAGES
from registerkit.workbook.help_plan import WIDTHS, help_anchors, help_rows, page_breaks
from registerkit.workbook.wrapping import count_lines

WIDE = {"pair": (WIDTHS[0], WIDTHS[1] + WIDTHS[2]), "wide": (sum(WIDTHS),), "source": (sum(WIDTHS),), "grid": WIDTHS}
LINE = 15.0


@pytest.fixture(scope="module")
def letters() -> tuple[Callable[[str], float], Callable[[str], float]]:
    """Give the width of a letter in Excel's pixels on paper, in Carlito, which is as wide as Calibri: plain and bold."""
    fonts = []
    for style in ("Regular", "Bold"):
        found = subprocess.run(
            ["fc-match", "-f", "%{file}", f"Carlito:style={style}"], capture_output=True, text=True, check=False
        )
        if "Carlito" not in found.stdout:
            pytest.skip("needs the font Carlito")
        fonts.append(measure(Path(found.stdout)))
    return fonts[0], fonts[1]


def measure(file: Path) -> Callable[[str], float]:
    from fontTools.ttLib import TTFont

    font = TTFont(file)
    names, widths, size = font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm
    pixels = 11 * 96 / 72
    return lambda letter: widths[names[ord(letter)]][0] / size * pixels if ord(letter) in names else pixels


def lines(text: str, columns: float, width: Callable[[str], float]) -> int:
    """Break a text between words, as a cell does whose columns count seven pixels a digit."""
    count = 0
    for paragraph in text.split("\n"):
        used, count = 0.0, count + 1
        for word in paragraph.split(" "):
            length = sum(map(width, word))
            if used and used + length > columns * 7:
                used, count = 0.0, count + 1
            used += length + width(" ")
    return count


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("profile", PROFILE_NAMES)
def test_every_row_is_as_high_as_its_text(make: MakeContent, letters: Any, language: str, profile: str) -> None:
    """No text is cut off on paper, and none has more than a spare line or two."""
    plain, bold = letters
    for n, row in help_rows(make(language, terms={"profile": profile})):
        if row.kind in WIDE:
            cells = zip(row.texts, WIDE[row.kind], strict=True)
            fonts = (bold, plain, plain) if row.kind in ("pair", "grid") else (plain,)
            needed = max(lines(text, width, font) for (text, width), font in zip(cells, fonts, strict=False)) * LINE
            assert needed <= row.height <= needed + 2 * LINE + 4, (n + 1, row.texts, needed, row.height)


def test_pages_begin_at_a_heading_or_a_paragraph_and_hold_no_more_than_fits(make: MakeContent) -> None:
    for language in LANGUAGES:
        for profile in PROFILE_NAMES:
            rows = help_rows(make(language, terms={"profile": profile}))
            breaks, used = page_breaks(rows), 60.0
            assert {row.kind for n, row in rows if n in breaks} <= {"section", "group", "pair"}
            for n, row in rows:
                used = row.height if n in breaks else used + row.height
                assert used <= 800


def test_a_heading_never_ends_a_page(make: MakeContent) -> None:
    rows = dict(help_rows(make()))
    for n in page_breaks(list(rows.items())):
        before = next(rows[i] for i in range(n - 1, 0, -1) if i not in rows or rows[i].kind != "gap")
        assert before.kind not in ("section", "group")


def test_a_register_without_terms_has_only_the_workbook_and_the_fields(
    make: MakeContent, incidents: Definition
) -> None:
    anchors = help_anchors(help_rows(make(definition=incidents)))
    assert {name.partition(".")[0] for name in anchors} == {"contents", "using", "fields", "field"}
    assert "fields.incidents.melding" in anchors
    assert "fields.incidents.afloop" not in anchors


def test_a_term_that_the_profile_lacks_is_left_out(make: MakeContent) -> None:
    assert "terms.committee" in help_anchors(help_rows(make(terms={"profile": "awb"})))
    assert "terms.committee" not in help_anchors(
        help_rows(make(terms={"profile": "awb", "answer_with_committee": "none"}))
    )


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("", 10, 1), ("kort", 10, 1), ("een twee drie vier vijf", 10, 3), ("a\nb\nc", 10, 3), ("woordzondereinde", 5, 1),
        ("mmmmm mmmmm", 10, 2), ("iiiii iiiii", 10, 1),
    ],
)  # fmt: skip
def test_lines_are_counted_by_the_width_of_letters(text: str, width: float, expected: int) -> None:
    assert count_lines(text, width) == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_tells_of_extending_where_the_office_grants_no_extension(make: MakeContent, language: str) -> None:
    """The steps count on without it; a category with terms of its own still says that it has none."""
    own = {"extension": "0 weeks", "extension_max_weeks": 0, "category": {"PL": {"answer": "2 weeks"}}}
    for terms, count in (({}, 2), (own, 0)):
        anchors = help_anchors(help_rows(make(language, terms=terms)))
        assert count == len({"procedure.extend", "terms.extension"} & set(anchors))
