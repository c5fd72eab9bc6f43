"""The report as a web page: the same content, charts that can be read without seeing them, nothing from elsewhere."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from analysis_samples import make_sample
from lxml import html

from registerkit.analysis import parse_period
from registerkit.analysis.comparison import compare
from registerkit.analysis.content import Cell, Chart, Content, Table
from registerkit.analysis.page import report_page
from registerkit.analysis.plan import plan_report
from registerkit.analysis.svg import draw
from registerkit.analysis.words import Words
from registerkit.register import Register
from registerkit.texts import load_texts
from registerkit.theme import Theme

WORDS = Words(load_texts("nl"), "klant")


def planned(register: Register, label: str) -> Content:
    return plan_report(register, compare(register, parse_period(label)))


def made(register: Register, label: str) -> bytes:
    return report_page(planned(register, label), Words(register.texts, register.settings.word), Theme())


@pytest.fixture(scope="module")
def page(year: Register, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("page") / "klachtenrapport-2026.html"
    file.write_bytes(made(year, "2026"))
    return file


def said(element: Any) -> str:
    return " ".join(element.text_content().split())


def test_it_says_what_the_other_reports_say(year: Register, page: Path) -> None:
    content, tree = planned(year, "2026"), html.fromstring(page.read_bytes().decode())
    assert tree.get("lang") == "nl"
    tables = [table for section in content.sections for table in section.tables]
    assert [said(each) for each in tree.iterfind(".//caption")] == [
        *(table.title for table in (content.key_figures, *tables)),
        "Ontvangen klachten",
    ]
    for table, shown in zip((content.key_figures, *tables), tree.iterfind(".//tbody"), strict=False):
        cells = [[said(cell) for cell in row] for row in shown]
        assert cells == [[" ".join(WORDS.cell(cell).split()) for cell in row] for row in table.rows]
    assert [said(each) for each in tree.iterfind(".//figcaption")] == [t.chart.title for t in tables if t.chart]
    for point in content.points:
        assert " ".join(point.text.split()) in said(tree)


def test_a_chart_has_its_title_and_tells_what_it_shows(page: Path) -> None:
    tree = html.fromstring(page.read_bytes().decode())
    drawn = tree.findall(".//figure//svg")
    assert len(drawn) > 5
    for svg in drawn:
        named = [tree.get_element_by_id(name) for name in svg.get("aria-labelledby").split()]
        assert [each.tag for each in named] == ["title", "desc"]
        assert all(said(each) for each in named)
    names = [each.get("id") for each in tree.iterfind(".//*[@id]")]
    assert len(names) == len(set(names))


def test_it_needs_nothing_from_elsewhere_and_is_small(page: Path) -> None:
    data = page.read_bytes()
    assert len(data) < 500_000
    assert re.findall(rb"https?://[^\s\"'<]+", data) == []
    policy = html.fromstring(data.decode()).find(".//meta[@http-equiv]").get("content")
    assert policy.startswith("default-src 'none';")


def test_what_people_typed_is_text() -> None:
    """No markup, no end of a script, however it is written."""
    row = {"received_on": "2026-10-02", "category": "PL", "subject": "</script><b onclick=x>Fiets</b>"}
    page = made(make_sample(*[row] * 3, organisation="Bos & <Zn>"), "2026-10").decode()
    tree = html.fromstring(page)
    assert tree.findall(".//b") == []
    assert "</script><b onclick=x>Fiets</b>" in {said(cell) for cell in tree.iterfind(".//tbody//th")}
    assert said(tree.find(".//header")).startswith("Bos & <Zn>")


@pytest.mark.parametrize("label", ["2026-10", "2024"])
def test_same_input_same_bytes(year: Register, label: str) -> None:
    assert made(year, label) == made(year, label)


@pytest.mark.parametrize("shape", ["bars", "columns", "line"])
@pytest.mark.parametrize("numbers", [(0, 0, 0), (1,), (3, 0, 12), tuple(range(1, 40))])
@pytest.mark.parametrize("size", ["wide", "narrow"])
def test_a_drawing_stays_within_its_frame(shape: Any, numbers: tuple[int, ...], size: str) -> None:
    lines = (2,) if shape == "line" else ()
    rows = tuple(
        (Cell(f"Aansprakelijkheidsverzekeringenadministratie {n} & <zo>"), Cell(k, "number"), Cell(4.5, "decimal"))
        for n, k in enumerate(numbers)
    )
    chart = Chart("Titel <1>", "Wat er staat", shape, lines=lines)
    table = Table("Tabel", ("Naam", "Aantal", "Midden"), rows, chart)
    svg = html.fragments_fromstring(draw(table, WORDS, "c1"))[("wide", "narrow").index(size)]
    _, _, width, height = map(float, svg.get("viewbox", svg.get("viewBox")).split())
    assert svg.get("class") == size
    assert width <= (720 if size == "wide" else 360)
    assert svg.find("title").text == "Titel <1>"
    for each in svg.iter("text", "circle", "rect"):
        x, y = (float(each.get(name, each.get(f"c{name}"))) for name in "xy")
        assert 0 <= x <= width
        assert 0 <= y <= height
        half = 6.1 * len(each.text or "") / 2 if each.get("class") == "small middle" else 0
        assert -0.1 <= x - half
        assert x + half <= width + 0.1
    names = [each.text for each in svg.iter("text") if "name" in each.get("class")]
    assert all(name.startswith("Aansprakelijkheid") for name in names)
    if size == "narrow" and shape != "line":
        below = [each.text for each in svg.iter("text") if each.get("class") == "small middle"]
        assert "…" not in "".join(names + below)
    drawn = [float(each.get("height" if shape == "columns" and not names else "width")) for each in svg.iter("rect")]
    for (one, k), (other, m) in pairwise(zip(drawn, numbers, strict=False)):
        assert (one < other, one > other) == (k < m, k > m)


def test_a_share_line_is_drawn_on_an_axis_of_its_own(year: Register) -> None:
    table = next(t for s in planned(year, "2026").sections for t in s.tables if t.chart and t.chart.shape == "columns")
    shares = (*(Cell(n / 4, "percent") for n in range(1, 5)),)
    rows = tuple((Cell(str(n)), Cell(9 - n, "number"), share) for n, share in enumerate(shares))
    chart = replace(table.chart, column=1, lines=(2,), rows=None, accent=frozenset())
    drawn, _ = html.fragments_fromstring(draw(Table("Pareto", ("a", "b", "c"), rows, chart), WORDS, "c1"))
    heights = [float(each.get("cy")) for each in drawn.iter("circle")]
    assert heights == sorted(heights, reverse=True)
    assert [each.text for each in drawn.iter("text")][-3:] == ["0%", "50%", "100%"]


def test_in_a_browser_it_sorts_looks_into_and_has_no_barriers(browser: Any, page: Path) -> None:
    """By keyboard alone, on a telephone too, with nothing asked elsewhere (WCAG 2.2 AA)."""
    from selenium.webdriver import Keys

    browser.open(page)
    assert browser.faults() == []
    table = "[...document.querySelectorAll('#s1 table[data-sortable]')].pop()"
    first = f"return [...{table}.querySelectorAll('tbody td:nth-child(2)')].map(x => +x.textContent)"
    before = browser.run(first)
    button = browser.run(f"return {table}.querySelectorAll('thead button')[1]")
    button.send_keys(Keys.ENTER)
    assert browser.run(first) == sorted(before, reverse=True)
    assert browser.run("return arguments[0].parentElement.getAttribute('aria-sort')", button) == "descending"
    button.send_keys(Keys.SPACE)
    assert browser.run(first) == sorted(before)
    counts = "return [...document.querySelectorAll('#counts tbody td.right')].map(x => +x.textContent)"
    every = browser.run(counts)
    choice = browser.run("return document.getElementById('f2')")
    choice.send_keys(Keys.ARROW_DOWN)
    some = browser.run(counts)
    assert sum(some) < sum(every)
    assert all(one <= all_ for one, all_ in zip(some, every, strict=True))
    assert (
        browser.run("return document.querySelector('[role=status]').textContent")
        == f"{sum(some)} klachten van nov 25 tot en met nov 26."
    )
    assert browser.faults() == []
    browser.size(320, 640)
    assert browser.run("return document.documentElement.scrollWidth <= window.innerWidth")
    assert browser.faults() == []
    assert (browser.asked_elsewhere(), browser.errors()) == ([], [])
