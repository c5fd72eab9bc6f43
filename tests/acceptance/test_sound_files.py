"""Every kind of file that is made opens without repair: the linter, the Open XML SDK and openxml-audit find nothing.

The two validators take seconds for a file, so they look at each kind once, here. The linter looks in other tests too.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

import pytest
from analysis_samples import MEASURES, incident_sample, make_sample, year_of_complaints
from broken import changed
from checked import assert_sound
from lint_samples import WORKBOOK, rich_book
from office import COMPLAINT, Office
from pivot_samples import pivot_book
from workbook_samples import complaints, make_content, varied

from registerkit.analysis import compare, make_report, parse_period
from registerkit.definition import Choice, Definition, load_definition
from registerkit.register import Register
from registerkit.workbook import WorkbookContent, build_form, build_workbook

Build = Callable[[Path, WorkbookContent], None]
INCIDENTS = Path(__file__).parents[1] / "definitions" / "incidents.toml"
NASTY = (
    'met "aanhalingstekens" en \'apostrof\'', "Jansen & Zn. <nieuw>", "=1+1", "+31 30 123", "-geen-", "@plaats",
    "x" * 300, "klacht 🚲 éü", "a;b,c|d", "{0} %s {naam}", "_x0041_", "TRUE", "1e5", "  spaties  ",
)  # fmt: skip
"""Texts that a program could take for something else; 300 characters is more than a formula takes in one piece."""


def content_of(kind: str) -> WorkbookContent:
    """Give what a workbook is built from, by a language and how much stands in it."""
    language, _, what = kind.partition(" ")
    if what == "nasty":
        return nasty_content(language)
    if what == "incidents":
        return make_content(language, definition=load_definition(INCIDENTS))
    return make_content(language, {"empty": None, "filled": complaints()}[what])


def nasty_content(language: str) -> WorkbookContent:
    """Let list entries, names of staff and the organisation, and values hold anything."""
    definition, rows = _with_nasty_lists(load_definition()), complaints(len(NASTY))
    for record, text in zip(rows["complaints"], NASTY, strict=True):
        record |= {"name": text, "subject": text, "description": text, "city": text, "handler": "AB"}
    for record, text in zip(rows["staff"], NASTY, strict=False):
        record |= {"name": text, "phone": text}
    rows["staff"] += [{"code": f"S{n}", "name": text} for n, text in enumerate(NASTY)]
    content = make_content(language, rows, definition, organisation={"name": NASTY[0] + NASTY[1]})
    return dataclasses.replace(content, asked={"words": "=1+1", "handler": NASTY[2]})


def _with_nasty_lists(definition: Definition) -> Definition:
    """Give the definition with one odd label per entry, as far as there are odd ones, and a number to keep them apart."""

    def odd(n: int, choice: Choice) -> Choice:
        text = NASTY[n % len(NASTY)] + (f" {n}" if n >= len(NASTY) else "")
        return dataclasses.replace(choice, labels={"nl": text, "en": text})

    lists = {
        name: dataclasses.replace(found, choices=tuple(odd(n, c) for n, c in enumerate(found.choices)))
        for name, found in definition.lists.items()
    }
    return dataclasses.replace(definition, lists=lists)


KINDS = [f"{language} {what}" for what in ("filled", "empty", "incidents", "nasty") for language in ("nl", "en")]
LATER = frozenset({"en empty", "en nasty", "en filled", "nl empty"})
"""What differs from another in words alone, or holds less than another: looked at before a release."""


@pytest.mark.ooxml_sdk
@pytest.mark.parametrize("kind", [pytest.param(k, marks=[pytest.mark.slow] if k in LATER else []) for k in KINDS])
@pytest.mark.parametrize("build", [build_workbook, build_form])
def test_registers_and_forms(build: Build, kind: str, tmp_path: Path) -> None:
    """In both languages: filled, empty, of another definition, and with texts that a program takes for something else."""
    build(tmp_path / "made.xlsx", content_of(kind))
    assert_sound(tmp_path / "made.xlsx")


@pytest.mark.ooxml_sdk
@pytest.mark.slow
@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("count", [2000, 20_000])
def test_large_registers(language: str, count: int, tmp_path: Path) -> None:
    """openxml-audit, which takes longest, looks at one language: the rows are the same."""
    build_workbook(tmp_path / "register.xlsx", make_content(language, varied(count)))
    assert_sound(tmp_path / "register.xlsx", audit=language == "nl")


@pytest.mark.ooxml_sdk
@pytest.mark.parametrize("language", ["nl", pytest.param("en", marks=pytest.mark.slow)])
def test_what_init_makes(fresh_once: Callable[[str], Office], language: str) -> None:
    """The register with the links to its help, and the single form."""
    made = sorted(fresh_once(language).root.glob("*.xlsx"))
    assert 2 == len(made)
    for file in made:
        assert_sound(file)


@pytest.mark.ooxml_sdk
def test_the_example_after_several_write_backs(demo_once: Path) -> None:
    assert_sound(demo_once / "klachtenregister.xlsx")


@pytest.mark.ooxml_sdk
@pytest.mark.parametrize("count", [3, pytest.param(40, marks=pytest.mark.slow)])
def test_a_register_with_findings(office: Office, count: int) -> None:
    """Also when the sheet that tells them had to grow."""
    office.type(*({**COMPLAINT, "Naam": f"N. {n}", "Ernst": "x", "Postcode": "y"} for n in range(count)))
    office.run("sync")
    assert 2 * count == len(office.rows("Aandachtspunten"))
    assert_sound(office.workbook)


REPORTS: dict[str, Callable[[], Register]] = {
    "nl": lambda: make_sample(*year_of_complaints(), measures=MEASURES),
    "en": lambda: make_sample(*year_of_complaints(), measures=MEASURES, language="en"),
    "empty": make_sample,
    "incidents": incident_sample,
}


@pytest.mark.ooxml_sdk
@pytest.mark.parametrize("which", REPORTS)
def test_reports(which: str, tmp_path: Path) -> None:
    """Every report is a valid file in Excel and in Word: full, empty, in English, of another register."""
    register, period = REPORTS[which](), parse_period("2026" if which == "nl" else "2026-Q3")
    made = make_report(register, compare(register, period), tmp_path).files
    assert [".xlsx", ".docx", ".html"] == [file.suffix for file in made]
    for file in made[:2]:
        assert_sound(file)


@pytest.mark.ooxml_sdk
def test_what_the_linter_is_tried_on(tmp_path: Path) -> None:
    """The validators find nothing either in the rich workbooks that its tests break."""
    for book in (rich_book(tmp_path / "rich.xlsx"), pivot_book(tmp_path / "pivots.xlsx")):
        assert_sound(book)


def test_a_broken_workbook_is_not_sound(tmp_path: Path) -> None:
    rich = rich_book(tmp_path / "rich.xlsx")
    broken = changed(rich, tmp_path / "b.xlsx", WORKBOOK, 'name="tarief"', 'name="A1"')
    with pytest.raises(AssertionError, match="name_syntax"):
        assert_sound(broken)
