"""R15 and R31: the help in the workbook explains the fields, the procedure and how to talk with a complainant.

R15 every field has help; the procedure stands in the system with the terms as configured; links go to the right place
R31 phone script, eight steps, ten guidelines, inhibitors and drivers, five techniques, the circle of six steps; a
    student finds the answer to every question of the course's assignments 1 and 3
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from office import Office
from papers import definition
from sheets import MAIN, Sheet, load
from workbook_samples import make_content

from registerkit.workbook.help_plan import help_anchors, help_rows

HELP = {"nl": "Uitleg", "en": "Help"}
FILES = {"nl": "klachtenregister.xlsx", "en": "complaints-register.xlsx"}
BACK = {"nl": "naar boven", "en": "back to top"}

# Number, what is asked in our own words, where the answer stands, and words it must hold in Dutch and in English.
QUESTIONS = [
    ("1.1", "what it means to make chances of complaints", "chances.chance", "beter aanbod, betere organisatie, sterkere band", "better offer, better organisation, stronger bond"),
    ("1.2", "why handling needs structure", "chances.structure", "knelpunten, ergernis, klanten onnodig weg", "bottlenecks, irritation, leave needlessly"),
    ("1.3", "why prevent complaints and handle them well", "chances.prevent", "kost geld, vertelt zijn ervaring, door", "costs money, passes the experience on"),
    ("1.4", "what a firm can see in a complaint", "chances.view", "beter te doen, gratis advies, toets, verkeerde kant", "do better, free advice, test, wrong way"),
    ("1.5", "the three groups of complaints", "judging.groups", "gegrond, twijfelachtig, ongegrond", "upheld, doubtful, not upheld"),
    ("1.6", "what a complaints instruction is", "instruction.what", "werkafspraak, iedereen weet, wat er van hem wordt verwacht", "agreement, everybody knows, expected"),
    ("1.6", "what stands in that instruction", "instruction.content", "waar, omgaat, klachtenformulier, wie, oplossing, afgerond", "where, treat, complaint form, who, solution, finished"),
    ("1.7", "the phases of handling", "phone", "fasen, luisteren, meeveren, informatie, oplossing, afsluiten, nazorg", "phases, listen, go along, information, solution, close, aftercare"),
    ("1.8", "why a firm shows goodwill", "judging.goodwill", "bindt klanten, nieuwe klanten, vertelt dat door", "binds customers, new customers, passes it on"),
    ("1.9", "why aftercare matters", "phone.aftercare", "serieus genomen, relatie", "taken seriously, relation"),
    ("1.10", "what the threshold is", "threshold.what", "tegenhoudt, ontevreden klant, te melden", "keeps, unhappy customer, telling"),
    ("1.11", "what going along is", "phone.along", "begrip, niet tegen, samen", "understanding, not contradict, sum up"),
    ("1.12", "what a complaints management system is", "management.what", "behandelen, noteren, analyseren, terug te koppelen, leert", "handle, note, analyse, feed back, learns"),
    ("1.13", "whether handling and management systems are the same", "management.difference", "niet hetzelfde, onderdeel, verder", "not the same, part, further"),
    ("1.14", "first reason for such a system", "management.marketing", "marketing, klanten vast, negatieve reclame, in gesprek", "marketing, keep customers, negative advertising, conversation"),
    ("1.14", "second reason for such a system", "management.quality", "kwaliteit, ontevredenheid, assortiment, dienstverlening, bedrijfsvoering", "quality, discontent, range, service, operations"),
    ("1.15a", "negative advertising", "management.negative", "ontevreden klanten, slechte ervaring, door", "unhappy customers, bad experience, on to others"),
    ("1.15b", "two-way communication", "management.two_way", "klant, terug, wat hij belangrijk vindt", "customer, back, what matters"),
    ("1.16a", "range", "management.range", "producten en diensten, aanbiedt", "products and services, offers"),
    ("1.16b", "operations", "management.operations", "zijn werk regelt", "arranges its work"),
    ("1.17", "measures that lower the threshold", "threshold.lower", "servicelijn, website, verpakking", "service line, website, package"),
    ("1.18", "limits of the system", "management.limits", "niet iedereen, niet terecht, altijd", "not everybody, not right, always"),
    ("1.19", "direct causes", "management.causes", "artikel, gebruiksaanwijzing, beschrijving, reclame, service, personeel", "article, instructions, description, advertising, service, staff"),
    ("1.20", "why feed back", "management.feedback", "directie, afdelingen, leveranciers, niet nog eens", "management, departments, suppliers, not happen again"),
    ("3.1", "two goals of a scheme", "scheme.goals", "vertrouwen, imago, drempel", "trust, image, threshold"),
    ("3.2", "why a standard procedure", "scheme.standard", "gelijk, praten met elkaar, dezelfde kwaliteit", "alike, talk to each other, same quality"),
    ("3.3", "what a standard procedure needs", "scheme.arrange", "standaardbrieven, standaardvergoedingen, dezelfde nazorg", "standard letters, standard compensations, same aftercare"),
    ("3.4", "steps of designing a scheme", "scheme.steps", "welke klachten, waar, vastlegt, afhandelt, nagaat", "which complaints, where, record, handle, check"),
    ("3.5", "what the form records", "scheme.form", "naam, adres, telefoon, e-mail, waar de klacht over gaat, toelichting, afdeling, antwoordnummer, datum", "name, address, telephone, e-mail, about, explanation, department, reply address, day"),
    ("3.5", "what employees record", "scheme.noted", "product, medewerker, omschrijving, datum, afspraken, wie", "product, employee, description, day, agreements, who"),
    ("3.6", "which department", "scheme.department", "marketing en verkoop", "marketing and sales"),
    ("3.7", "where complaints are recorded", "scheme.record", "computer, register", "computer, register"),
    ("3.8", "what aftercare must meet", "scheme.aftercare", "wie, hoeveel tijd, hoe, belt, vragenlijst", "who, how much time, how, call, questionnaire"),
    ("3.9", "ways to answer", "scheme.channels", "telefoon, bezoek, brief, e-mail, fax, andere manier", "telephone, visit, letter, e-mail, fax, another way"),
    ("3.10", "what a work instruction is", "scheme.work_instruction", "elke stap, uitvoert, waarop", "each step, carries it out, look out"),
]  # fmt: skip


@pytest.fixture(scope="module", params=["nl", "en"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def made(language: str, fresh_once: Callable[[str], Office]) -> Path:
    """Give the workbook of a fresh project in a language."""
    return fresh_once(language).root / FILES[language]


@pytest.fixture(scope="module")
def book(made: Path) -> Any:
    return load(made)


@pytest.fixture(scope="module")
def anchors(language: str) -> Mapping[str, str]:
    return help_anchors(help_rows(make_content(language)))


def text_at(sheet: Sheet, cell: str, back: str) -> str:
    """Give the words at an anchor: a row, or all of a section from its heading to the next."""
    start = sheet[cell].row
    rows = [start]
    if sheet.cell(start, 4).value == back:
        after = range(start + 1, sheet.max_row + 1)
        end = next((n for n in after if sheet.cell(n, 4).value == back), sheet.max_row + 1)
        rows = list(range(start, end))
    return "\n".join(str(c.value) for n in rows for c in sheet[n] if c.value is not None)


def links(path: Path) -> Iterator[tuple[str, str, str, str]]:
    """Give sheet, shown text, target sheet and target cell of every link into the workbook, text boxes too."""
    for sheet in load(path).worksheets:
        for link in sheet.tree.iterfind(f"{MAIN}hyperlinks/{MAIN}hyperlink"):
            target, _, at = str(link.get("location")).rpartition("!")
            yield sheet.title, str(sheet[link.get("ref")].value), target.strip("'"), at
    with zipfile.ZipFile(path) as file:
        for name in file.namelist():
            if name.startswith("xl/drawings/_rels/"):
                for relation in ElementTree.fromstring(file.read(name)):
                    if relation.get("Type", "").endswith("/hyperlink"):
                        target, _, at = relation.get("Target", "").removeprefix("#").rpartition("!")
                        yield name, "", target.strip("'"), at


def test_r31_a_student_finds_every_answer(book: Any, anchors: Mapping[str, str], language: str) -> None:
    """The paragraph stands in the workbook of a fresh register, and holds what an answer needs."""
    lacking = {}
    for number, asked, anchor, dutch, english in QUESTIONS:
        told = text_at(book[HELP[language]], anchors[anchor], BACK[language]).casefold()
        words = (dutch if language == "nl" else english).split(", ")
        if missing := [word for word in words if not re.search(rf"\b{re.escape(word)}", told)]:
            lacking[number, anchor, asked] = missing
    assert {} == lacking


def test_r31_every_question_of_both_assignments_is_in_the_table() -> None:
    numbers = {q[0].rstrip("ab") for q in QUESTIONS}
    assert numbers == {f"1.{n}" for n in range(1, 21)} | {f"3.{n}" for n in range(1, 11)}


@pytest.mark.parametrize(
    ("section", "pieces"),
    [
        ("phone", 6), ("gift", 8), ("guidelines", 10), ("cooling", 5), ("fuelling", 6), ("techniques", 5), ("circle", 6),
        ("registering", 12),
    ],
)  # fmt: skip
def test_r31_the_work_instructions_are_whole(
    book: Any, anchors: Mapping[str, str], language: str, section: str, pieces: int
) -> None:
    """So many steps, guidelines, brakes, drivers and techniques; the numbered ones count up."""
    sheet = book[HELP[language]]
    cells = [cell for name, cell in anchors.items() if name.startswith(f"{section}.")]
    assert pieces == len(cells)
    numbers = [found[1] for cell in cells if (found := re.match(r"(\d+)\. ", sheet[cell].value))]
    assert numbers in ([], [str(n) for n in range(1, pieces + 1)])


def test_r31_the_technique_follows_from_matter_and_relation(book: Any, language: str) -> None:
    """A table of small and large matters by light and heavy relations names all five."""
    sheet = book[HELP[language]]
    head = {"nl": ("Kleine zaak", "Grote zaak"), "en": ("Small matter", "Large matter")}[language]
    row = next(n for n in range(1, sheet.max_row) if (sheet.cell(n, 3).value, sheet.cell(n, 4).value) == head)
    table = [[str(sheet.cell(row + n, c).value).partition(":")[0] for c in (2, 3, 4)] for n in (1, 2, 3)]
    assert {
        "nl": [["Lichte relatie", "Vermijden", "Forceren"], ["Zware relatie", "Toegeven", "Confronteren"], ["Ertussenin", "Compromis", "Compromis"]],
        "en": [["Light relation", "Avoiding", "Forcing"], ["Heavy relation", "Giving in", "Confronting"], ["In between", "Compromise", "Compromise"]],
    }[language] == table  # fmt: skip


def test_r31_what_builds_on_the_course_names_it(book: Any, anchors: Mapping[str, str], language: str) -> None:
    for section in ("phone", "guidelines", "judging", "instruction", "chances", "threshold", "management", "scheme"):
        told = text_at(book[HELP[language]], anchors[section], BACK[language])
        assert "Cor de Jong, Klachtenafhandeling, Wikiwijs, CC BY 3.0 NL" in told


def test_r31_both_languages_have_the_same_anchors() -> None:
    assert list(help_anchors(help_rows(make_content("nl")))) == list(help_anchors(help_rows(make_content("en"))))


@pytest.mark.parametrize(
    ("profile", "expected", "absent"),
    [
        ("eigen", ["5 werkdagen", "4 weken na de ontvangst", "2 weken", "42 dagen"], ["ombudsman", "klachtenfunctionaris", "Met klachtencommissie"]),
        ("awb", ["6 weken na de ontvangst", "10 weken na de ontvangst", "Bericht binnen 4 weken", "ombudsman", "schriftelijk", "eerste gewone werkdag", "loopt gewoon door"], ["klachtenfunctionaris"]),
        ("wkkgz", ["6 weken na de ontvangst", "klachtenfunctionaris", "geschillencommissie", "met de opschorting instemt"], ["ombudsman", "Met klachtencommissie"]),
        ("webwinkel", ["meteen", "14 dagen na de ontvangst", "geschillencommissie"], ["ombudsman", "klachtenfunctionaris", "5 werkdagen. Zet"]),
    ],
)  # fmt: skip
def test_r15_the_procedure_shows_the_terms_as_configured(
    tmp_path: Path, profile: str, expected: list[str], absent: list[str]
) -> None:
    """Under each profile its own terms and its own way on; an office's own term and that of a severity show too."""
    office = Office(tmp_path / "klachten")
    assert office.init().code == 0
    file = office.root / "register.toml"
    own = f'profile = "{profile}"\naftercare_working_days = 8\n[terms.severity.zeer_ernstig]\nanswer = "1 week"'
    file.write_text(file.read_text("utf-8").replace('profile = "eigen"', own), "utf-8")
    target = tmp_path / "opnieuw.xlsx"
    assert office.run("workbook", "--output", str(target)).code == 0
    content = make_content(terms={"profile": profile, "severity": {"zeer_ernstig": {"answer": "1 week"}}})
    found, sheet = help_anchors(help_rows(content)), load(target)["Uitleg"]
    told = text_at(sheet, found["procedure"], "naar boven") + text_at(sheet, found["terms"], "naar boven")
    wanted = [*expected, "8 werkdagen na het antwoord", "Ernst: zeer ernstig", "Antwoorden: 1 week."]
    assert [] == [w for w in wanted if w not in told]
    assert [] == [w for w in absent if w in told]


def test_r15_every_link_goes_to_the_heading_it_names(
    made: Path, book: Any, anchors: Mapping[str, str], language: str
) -> None:
    """The contents, the links back, those of the form's blocks, the register's groups and the other tables."""
    sheet, told = book[HELP[language]], definition()["tables"]
    found = list(links(made))
    titles = {name: str(sheet[cell].value) for name, cell in anchors.items()}
    inside = [(text, at) for source, text, target, at in found if source == target == HELP[language]]
    assert {at for text, at in inside if text == BACK[language]} == {anchors["contents"]}
    listed = [(text, at) for text, at in inside if text != BACK[language]]
    for text, at in listed:
        heading = str(sheet[at].value)
        assert heading == text or heading.casefold().endswith(text.rpartition(": ")[2].casefold()), (text, heading)
    assert {at for _, at in listed} == {anchors[n] for n in anchors if "." not in n or n.startswith("fields.")} - {
        anchors["contents"]
    }
    groups = {g[language]: f"fields.complaints.{g['id']}" for g in told["complaints"]["groups"]}
    shown = {text: at for source, text, target, at in found if source == "Register" and target == HELP[language]}
    assert {label: anchors[name] for label, name in groups.items()} == shown
    assert groups == {titles[name]: name for name in groups.values()}
    for name, table in told.items():
        if name != "complaints":
            sources = [
                at for source, _, target, at in found if (source, target) == (table["sheet"][language], HELP[language])
            ]
            assert ([anchors[f"fields.{name}"]], True) == (
                sources,
                table["sheet"][language] in titles[f"fields.{name}"],
            )


def test_r15_every_link_has_a_place_to_go(made: Path, book: Any) -> None:
    """Whatever sheet and cell a link names is there, and holds something."""
    for source, text, target, at in links(made):
        assert target in book.sheetnames, (source, text)
        assert at == "A1" or book[target][at].value, (source, text, at)


def test_r15_every_block_of_the_form_leads_to_its_help(made: Path, anchors: Mapping[str, str]) -> None:
    """Who, what about, what happened, which remedy and the office's own block; the form alone has no help to go to."""
    wanted = [
        "fields.complaints.klager",
        "fields.complaints.klacht",
        "field.complaints.description",
        "field.complaints.remedy_sought",
        "field.complaints.received_on",
    ]
    boxes = [at for source, _, _, at in links(made) if source.startswith("xl/drawings")]
    assert [anchors[name] for name in wanted] == boxes
    alone = next(made.parent.glob("*form*.xlsx"))
    assert [] == list(links(alone))


def test_r15_every_visible_field_has_its_help(book: Any, anchors: Mapping[str, str], language: str) -> None:
    """Under its own label, in the definition's words, those that calculate themselves as well."""
    sheet = book[HELP[language]]
    for name, table in definition()["tables"].items():
        for field in table["fields"]:
            if not field.get("hidden"):
                row = sheet[anchors[f"field.{name}.{field['id']}"]].row
                expected = (field[language], field["help"][language])
                assert expected == (sheet.cell(row, 2).value, sheet.cell(row, 3).value)
