"""The page asks what the definition asks of a complainant, in his words, and needs nothing from elsewhere (R37, R42)."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from registers import make_register

from registerkit.checking.rules import RULES
from registerkit.definition import Definition, load_definition
from registerkit.definition.kinds import KINDS
from registerkit.stamp import Stamp
from registerkit.texts import LANGUAGES, load_texts
from registerkit.webform import build_web_form, is_web_form
from registerkit.webform.plan import CHECKED
from registerkit.workbook import WorkbookContent

OFFICE = {"name": "De Molen & Zn. <b>", "email": "klachten@demolen.example", "phone": "030 555 01 20"}


class Page(HTMLParser):
    """What stands on a page: its elements with their attributes, and its words."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if data.strip() and self.elements[-1][0] not in ("script", "style"):
            self.words.append(" ".join(data.split()))

    def all(self, *tags: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.elements if tag in tags]


def make(
    folder: Path,
    *,
    language: str = "nl",
    definition: Definition | None = None,
    office: dict[str, str] = OFFICE,
    **given: Any,
) -> str:
    register = make_register(
        {}, date(2026, 11, 20), definition=definition, language=language, organisation=office, **given
    )
    build_web_form(folder / "formulier.html", WorkbookContent(register, Stamp("r", "w", 1)))
    return (folder / "formulier.html").read_text(encoding="utf-8")


def known(text: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="known">(.*?)</script>', text, re.S)
    assert found
    told: dict[str, Any] = json.loads(found[1])
    return told


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("profile", ["eigen", "awb", "wkkgz", "webwinkel"])
def test_r37_it_asks_each_question_once_and_leaves_out_what_is_for_the_office(
    tmp_path: Path, language: str, profile: str
) -> None:
    definition = load_definition(profile=profile)
    page = Page(make(tmp_path, language=language, definition=definition))
    asked = [f for f in definition.main.fields if f.form and f.form != "kantoor"]
    assert [f.id for f in asked] == [box["data-field"] for box in page.all("div") if "data-field" in box]
    for field in asked:
        assert [word for word in page.words if word == field.asked(language)] != [], field.id
    labels = {label["for"] for label in page.all("label") if "for" in label}
    assert labels == {box["id"] for box in page.all("input", "select", "textarea") if "id" in box}
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert sorted(set(ids)) == sorted(ids)
    described = {word for _, a in page.elements for word in (a.get("aria-describedby") or "").split()}
    assert described <= set(ids)
    told = "\n".join(page.words)
    assert "{" not in told
    assert not re.search(r"Alt\+Enter|de klager|the complainant", told), "a sentence for the office stands on the page"


def test_r37_it_asks_nothing_of_another_address_and_sends_nothing(tmp_path: Path) -> None:
    text = make(tmp_path)
    page = Page(text)
    assert [] == [
        a for _, a in page.elements if {"src", "action"} & set(a) and not str(a.get("src")).startswith("data:")
    ]
    assert ["mailto:klachten@demolen.example"] == [a["href"] for a in page.all("a", "link")]
    assert not re.search(r"https?://|fetch\(|XMLHttpRequest|localStorage|sessionStorage|cookie|indexedDB", text)
    (policy,) = (str(meta["content"]) for meta in page.all("meta") if "http-equiv" in meta)
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    assert "Deze pagina verstuurt niets en onthoudt niets" in text


def test_r42_another_definition_gives_another_form(tmp_path: Path) -> None:
    definition = load_definition(Path(__file__).parents[1] / "definitions" / "incidents.toml")
    text = make(tmp_path, definition=definition)
    page = Page(text)
    assert "Formulier" in page.words
    assert ["reported_on", "place", "category", "people_hurt", "description", "reporter"] == [
        box["data-field"] for box in page.all("div") if "data-field" in box
    ]
    boxes = {box["id"]: box for box in page.all("input", "select", "textarea") if "id" in box}
    assert ("numeric", "numeric") == (boxes["f-reported_on"]["inputmode"], boxes["f-people_hurt"]["inputmode"])
    assert "formulier" == known(text)["file"]


def test_each_kind_has_its_own_box(tmp_path: Path) -> None:
    page = Page(make(tmp_path))
    boxes = {box["id"]: box for box in page.all("input", "select", "textarea") if "id" in box}
    assert {
        "name": "name",
        "address": "address-line1",
        "postcode": "postal-code",
        "city": "address-level2",
        "phone": "tel",
        "email": "email",
    } == {
        name: boxes[f"f-{name}"]["autocomplete"] for name in ("name", "address", "postcode", "city", "phone", "email")
    }
    assert "off" == boxes["f-employee"]["autocomplete"], "nobody's own name"
    assert ("email", "tel") == (boxes["f-email"]["type"], boxes["f-phone"]["type"])
    assert ("numeric", "decimal") == (boxes["f-incident_on"]["inputmode"], boxes["f-amount"]["inputmode"])
    assert ["yes", "no", ""] == [box["value"] for box in page.all("input") if box["type"] == "radio"]
    required = {box["id"] for box in boxes.values() if box.get("aria-required")}
    assert {"f-name", "f-category", "f-description"} == required
    assert 3 == page.words.count("(verplicht)"), "it is said in words"
    subs = [option["data-parent"] for option in page.all("option") if "data-parent" in option]
    assert "SF" in subs


def test_the_rules_of_the_definition_come_along_that_are_about_the_form(tmp_path: Path) -> None:
    rules = {(rule["kind"], *rule["fields"]): rule for rule in known(make(tmp_path))["rules"]}
    assert {
        ("named", "name"),
        ("any_of", "phone", "email", "address"),
        ("not_future", "bought_on", "incident_on"),
        ("between", "amount"),
    } == set(rules)
    assert "anonieme klacht" in rules["named", "name"]["text"][""]
    told = rules["any_of", "phone", "email", "address"]["text"][""]
    assert "Telefoon, E-mail of Straat en huisnummer met Postcode en Woonplaats" in told
    assert "Vul € 0,00 of meer in." == rules["between", "amount"]["text"]["low"]


def test_what_another_answer_makes_needed_is_marked_by_the_page(tmp_path: Path) -> None:
    definition = load_definition()
    needed = replace(next(r for r in definition.rules if r.id == "supplier_named"), fields=("organisation",))
    needed = replace(needed, when=replace(needed.when, equals={"consumer": ("False",)}))
    text = make(tmp_path, definition=replace(definition, rules=(*definition.rules, needed)))
    (rule,) = (rule for rule in known(text)["rules"] if rule["kind"] == "required")
    assert (["organisation"], {"consumer": ["False"]}) == (rule["fields"], rule["is"])
    assert 'Bedrijf of instelling <span class="needed" hidden>(verplicht)</span>' in text


def test_what_an_office_calls_itself_cannot_break_the_page(tmp_path: Path) -> None:
    text = make(tmp_path, office=OFFICE | {"name": "</script><script>alert(1)</script>"})
    assert "<script>alert(1)" not in text
    assert "</script><script>alert(1)</script>" == known(text)["organisation"]
    assert 2 == text.count("</script>")


def test_it_is_the_same_each_time_and_known_as_ours(tmp_path: Path) -> None:
    assert make(tmp_path) == make(tmp_path)
    assert is_web_form(tmp_path / "formulier.html")
    (tmp_path / "ander.html").write_text("<!doctype html><html lang='nl'></html>", encoding="utf-8")
    assert not is_web_form(tmp_path / "ander.html")


def test_an_office_that_says_nothing_of_itself_has_a_form_all_the_same(tmp_path: Path) -> None:
    text = make(tmp_path, office={})
    assert "mailto:" not in text.replace("`mailto:${known.email}", "")
    assert "Dat bestand stuurt u zelf naar ons." in text


def test_colours_font_and_logo_are_those_of_the_office(tmp_path: Path) -> None:
    logo = bytes.fromhex("89504e470d0a1a0a")
    register = make_register({}, date(2026, 11, 20), organisation=OFFICE)
    settings = replace(
        register.settings, theme={"accent": "#8A1538", "font": "Verdana", "logo": str(tmp_path / "logo.png")}
    )
    (tmp_path / "logo.png").write_bytes(logo)
    build_web_form(tmp_path / "f.html", WorkbookContent(replace(register, settings=settings), Stamp("r", "w", 1)))
    text = (tmp_path / "f.html").read_text(encoding="utf-8")
    assert "--accent:#8A1538;" in text
    assert '--font:"Verdana"' in text
    assert 'src="data:image/png;base64,iVBORw0KGgo="' in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_text_of_the_form_is_used(language: str) -> None:
    folder = Path(__file__).parents[2] / "registerkit" / "webform"
    source = "".join(path.read_text(encoding="utf-8") for path in folder.iterdir() if path.is_file())
    names = {name.removeprefix("webform.") for name in load_texts(language).entries if name.startswith("webform.")}
    assert {name for name in names if not re.search(rf"\b{re.escape(name.rpartition('.')[2])}\b", source)} == set()


def test_the_script_knows_every_rule_that_it_is_given_and_no_other() -> None:
    script = (Path(__file__).parents[2] / "registerkit" / "webform" / "page.js").read_text(encoding="utf-8")
    checks = {
        name: set(re.findall(r"^    (\w+): ", script.split(f"const {name} = {{")[1].split("\n  };")[0], re.M))
        for name in ("FORMS", "RULES")
    }
    assert checks["RULES"] == CHECKED
    assert checks["FORMS"] <= set(KINDS)
    assert CHECKED <= set(RULES)
