"""The web form in a real browser: everybody can use it, by keyboard alone and on a telephone (WCAG 2.2 AA, R37)."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from registers import make_register
from web_forms import saved_text

from registerkit.definition import Field
from registerkit.reading import PARSERS, BadCell, DoubtfulCell, ParseContext
from registerkit.register import Register
from registerkit.stamp import Stamp
from registerkit.webform import build_web_form, saved_answers
from registerkit.workbook import WorkbookContent

OFFICE = {"name": "De Molen", "email": "klachten@demolen.example", "phone": "030 555 01 20"}
STORY = "Twee keer \"betaald\": <b>'echt'</b> & zo.\n\n  [name] 😀"
ANSWERS = {
    "name": "R. de Wit", "email": "r.dewit@voorbeeld.example", "consumer": "ja", "category": "Service: factuur en betaling [SF]",
    "subcategory": "Dubbel gefactureerd [SF2]", "bought_on": "03-11-2025", "description": STORY, "amount": "€ 12,50",
}  # fmt: skip


@pytest.fixture(scope="module")
def office() -> Register:
    return make_register({}, date(2026, 11, 20), organisation=OFFICE)


@pytest.fixture(scope="module")
def page(office: Register, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("webformulier") / "formulier.html"
    build_web_form(file, WorkbookContent(office, Stamp("r", "w", 1)))
    return file


def type_in(browser: Any, **answers: str) -> None:
    """Fill in boxes and leave each, as somebody with a mouse does."""
    for name, text in answers.items():
        browser.run(
            "const box = document.getElementById('f-' + arguments[0]); box.focus(); box.value = arguments[1];"
            "box.dispatchEvent(new Event('input', {bubbles: true})); box.blur();",
            name, text,
        )  # fmt: skip


def submit(browser: Any) -> None:
    browser.run("document.querySelector('button[type=submit]').click()")


def faults(browser: Any) -> dict[str, str]:
    """Give what is said beside each box."""
    script = "return [...document.querySelectorAll('.fault')].filter(e => !e.hidden).map(e => [e.id.slice(2), e.textContent])"
    return dict(browser.run(script))


def focus(browser: Any) -> str:
    return str(browser.run("const e = document.activeElement; return e.id || e.name || e.textContent"))


def press(browser: Any, *keys: str) -> None:
    for key in keys:
        if ord(key) > 0xFFFF:
            browser.driver.execute_cdp_cmd("Input.insertText", {"text": key})  # The driver types no such key.
        else:
            browser.driver.switch_to.active_element.send_keys(key)


def answers_in(file: Path) -> dict[str, str]:
    saved = saved_answers(file.read_text(encoding="utf-8-sig"))
    assert saved is not None
    assert saved.is_whole
    return {answer.field: answer.text for answer in saved.answers}


def reopen(browser: Any, file: Path) -> str:
    """Choose a file to go on with; gives what the page says."""
    from selenium.webdriver.common.by import By
    from selenium.webdriver.support.wait import WebDriverWait

    browser.run("document.querySelector('details').open = true; document.getElementById('reopened').textContent = ''")
    browser.driver.find_element(By.ID, "reopen").send_keys(str(file))
    return str(WebDriverWait(browser.driver, 10).until(lambda d: d.find_element(By.ID, "reopened").text))


def test_r37_by_keyboard_alone_it_is_filled_in_saved_and_gone_on_with(browser: Any, page: Path, tmp_path: Path) -> None:
    from selenium.webdriver.common.keys import Keys

    browser.open(page)
    typed = ANSWERS | {"bought_on": "03112025", "category": "Service: fac", "subcategory": "Du"}
    order = []
    while not order or order[-1] != "Controleren en bewaren":
        press(browser, Keys.TAB)
        order.append(focus(browser))
        name = order[-1].removeprefix("f-")
        press(browser, *(Keys.SPACE if name == "consumer" else typed.get(name, "")))
        assert browser.run("return document.activeElement.matches(':focus-visible')"), order[-1]
        assert len(order) < 60
    shown = browser.run("return [...document.querySelectorAll('[data-field]')].map(e => e.dataset.field)")
    assert shown == [name.removeprefix("f-") for name in order[1:-1]], "the order of the boxes is that of the questions"
    press(browser, Keys.ENTER)
    assert "done" == focus(browser)
    assert "nog niet verstuurd" in browser.run("return document.activeElement.textContent")
    assert [] == browser.faults()
    saved = browser.downloaded()
    assert ANSWERS == answers_in(saved)
    mail = browser.run("return decodeURIComponent(document.getElementById('mail').href)")
    assert mail.startswith(
        "mailto:klachten@demolen.example?subject=Klachtenformulier R. de Wit&body=[Voeg hier het bestand"
    )
    assert saved.name in mail
    assert STORY[:10] not in mail
    kept = saved.rename(tmp_path / saved.name)
    browser.open(page)
    assert "Uw antwoorden staan weer in het formulier." == reopen(browser, kept)
    type_in(browser, amount="15")
    browser.run("document.getElementById('draft').click()")
    again = browser.downloaded()
    assert ANSWERS | {"amount": "15"} == {name: text for name, text in answers_in(again).items() if text}
    assert "phone" in answers_in(again), "a draft shows what is open still"
    assert "concept" in again.name
    assert "CONCEPT" in again.read_text(encoding="utf-8-sig")
    assert ([], []) == (browser.asked_elsewhere(), browser.errors())


def test_where_a_device_can_share_the_file_goes_along(browser: Any, page: Path) -> None:
    browser.open(page)
    browser.run(
        "navigator.canShare = data => data.files[0].type === 'text/plain';"
        "navigator.share = async data => { document.title = data.files[0].name + ' ' + (await data.files[0].text()); };"
    )
    type_in(browser, name="R. de Wit", email="r.dewit@voorbeeld.example", category="SF", description=STORY)
    submit(browser)
    saved = browser.downloaded()
    browser.run("document.getElementById('share-button').click()")
    from selenium.webdriver.support.wait import WebDriverWait

    title = WebDriverWait(browser.driver, 10).until(lambda d: d.title if saved.name in d.title else None)
    assert "R. de Wit [" not in title
    assert "== Einde van het formulier [registerkit] ==" in title
    assert [] == browser.faults()


def test_what_is_wrong_is_told_on_top_and_beside_the_box_until_it_is_mended(browser: Any, page: Path) -> None:
    browser.open(page)
    assert [] == browser.faults()
    type_in(browser, bought_on="vorige week")
    assert {} == faults(browser), "nothing is told before somebody is done"
    submit(browser)
    assert "summary" == focus(browser)
    assert ["name", "phone", "category", "bought_on", "description"] == list(told := faults(browser))
    lines = browser.run("return [...document.querySelectorAll('.summary a')].map(e => e.textContent)")
    assert ["Uw naam: Vul dit in.", "Waar gaat uw klacht vooral over? Kies een antwoord."] == [lines[0], lines[2]]
    assert browser.run("return document.title").startswith("Fout: ")
    assert [] == browser.faults()
    browser.run("document.querySelectorAll('.summary a')[4].click()")
    assert "f-description" == focus(browser)
    described = browser.run("return document.activeElement.getAttribute('aria-describedby')")
    assert "h-description e-description" == described
    assert "true" == browser.run("return document.activeElement.getAttribute('aria-invalid')")
    type_in(browser, name="anoniem")
    assert told.keys() == faults(browser).keys()
    assert "anonieme klacht" in faults(browser)["name"], "it is still wrong, in another way"
    type_in(browser, name="R. de Wit")
    assert ["phone", "category", "bought_on", "description"] == list(faults(browser))
    type_in(browser, email="r.dewit@voorbeeld.example")
    assert ["category", "bought_on", "description"] == list(faults(browser)), "one way to reach somebody is enough"
    type_in(browser, category="SF", description="Twee keer betaald.", bought_on="3-11-2025")
    assert browser.run("return document.getElementById('summary').hidden")
    assert not browser.run("return document.title").startswith("Fout")
    assert not any(browser.downloads.iterdir())


SAMPLES = {
    "date": (
        "bought_on",
        [
            "31-12-2025",
            "3/2/2025",
            "31122025",
            "3 november 2025",
            "2025-03-01",
            "31-02-2025",
            "ooit",
            "1-13-2025",
            "3-11-25",
            "5",
        ],
    ),
    "money": ("amount", ["12", "12,5", "€ 1.250,00", "1,250.50", "12,-", "EUR 5", "twaalf", "1.2.3", "12,505"]),
    "email": ("email", ["a@b.nl", "a@b", "a b@c.nl", "a@b..nl", "mailto"]),
    "phone": ("phone", ["06 12 34 56 78", "030-1234567", "+32 2 123 45 67", "0800 1234", "geen", "12"]),
    "postcode": ("postcode", ["3512 AB", "3512ab", "1000", "D-20095", "3512 A", "Utrecht"]),
}


def is_understood(field: Field, text: str, office: Register) -> bool:
    """Tell whether the register takes an answer, with or without a remark."""
    try:
        PARSERS[field.kind](text, ParseContext(field, office.lookups))
    except DoubtfulCell:
        return True
    except BadCell:
        return False
    return True


def test_what_the_page_takes_the_register_understands(browser: Any, page: Path, office: Register) -> None:
    browser.open(page)
    refused = set()
    for name, texts in SAMPLES.values():
        field = office.definition.main.by_id[name]
        for text in texts:
            type_in(browser, **{name: text})
            submit(browser)
            said = faults(browser).get(name, "")
            is_refused = bool(said) and "minstens één" not in said
            now = browser.run("return document.getElementById('f-' + arguments[0]).value", name)
            assert is_refused or is_understood(field, now, office), f"{text} is taken, and {now} not understood"
            refused |= {text} if is_refused else set()
        type_in(browser, **{name: ""})
    assert refused == {
        "31-02-2025", "ooit", "1-13-2025", "5", "twaalf", "1.2.3", "12,505", "a@b", "a b@c.nl", "a@b..nl", "mailto", "geen", "12",
        "3512 A", "Utrecht",
    }  # fmt: skip
    tomorrow = browser.run(
        "const d = new Date(Date.now() + 864e5); return [d.getDate(), d.getMonth() + 1, d.getFullYear()].join('-')"
    )
    type_in(browser, bought_on=tomorrow, amount="-5")
    submit(browser)
    assert ("Deze dag moet nog komen", "Vul € 0,00") == (
        faults(browser)["bought_on"][:23],
        faults(browser)["amount"][:10],
    )


@pytest.mark.parametrize("size", [(320, 640), (640, 360)])
def test_on_a_telephone_nothing_is_cut_off_and_all_can_be_touched(
    browser: Any, page: Path, size: tuple[int, int]
) -> None:
    browser.open(page, size)
    submit(browser)
    browser.run("document.querySelector('details').open = true; document.getElementById('done').hidden = false")
    width = browser.run("return document.documentElement.scrollWidth")
    assert width <= size[0]
    script = """return [...document.querySelectorAll('a, button, input, select, textarea, summary')].filter(e => e.offsetParent)
        .filter(e => Math.min(e.getBoundingClientRect().height, e.getBoundingClientRect().width) < 24).map(e => e.outerHTML)"""
    assert [] == browser.run(script)
    assert [] == browser.faults()


def test_another_file_is_refused_and_what_does_not_fit_is_named(browser: Any, page: Path, tmp_path: Path) -> None:
    browser.open(page)

    def file(name: str, text: str) -> Path:
        (tmp_path / name).write_text(text, encoding="utf-8", newline="")
        return tmp_path / name

    assert "niet met dit formulier gemaakt" in reopen(browser, file("brief.txt", "Beste mensen"))
    told = reopen(
        browser, file("oud.txt", saved_text({"name": "R. de Wit", "category": "Fietsen [QQ]", "weg": "iets"}))
    )
    assert "vul ze opnieuw in: ‘Vraag naar category’, ‘Vraag naar weg’." in told
    assert "niet compleet" in reopen(browser, file("half.txt", saved_text({"name": "H. Vos"}, end=False)))
    assert "H. Vos" == browser.run("return document.getElementById('f-name').value")


def test_what_goes_with_a_choice_follows_it(browser: Any, page: Path) -> None:
    browser.open(page)
    shown = "const e = document.getElementById('f-subcategory'); return e.offsetParent ? [...e.options].map(o => o.value) : []"
    assert [] == browser.run(shown)
    type_in(browser, category="SF")
    assert ["", "SF1"] == browser.run(shown)[:2]
    type_in(browser, subcategory="SF1", category="PL")
    assert "" == browser.run("return document.getElementById('f-subcategory').value")
    assert "SF1" not in browser.run(shown)


def test_the_english_form_has_no_fault_either(browser: Any, tmp_path: Path) -> None:
    register = make_register({}, date(2026, 11, 20), language="en", organisation=OFFICE)
    build_web_form(tmp_path / "form.html", WorkbookContent(register, Stamp("r", "w", 1)))
    browser.open(tmp_path / "form.html")
    submit(browser)
    browser.run("document.querySelector('details').open = true")
    assert [] == browser.faults()
    assert "en" == browser.run("return document.documentElement.lang")
