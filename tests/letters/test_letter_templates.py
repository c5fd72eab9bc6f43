"""The shipped letter templates: their tags, what each says under each term profile, and that they are as built."""

from __future__ import annotations

import importlib.util
import re
import sys
from collections.abc import Callable
from functools import cache
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm
from docxtpl import DocxTemplate
from jinja2 import Environment, nodes

from registerkit.letters.prepared import PreparedTemplate
from registerkit.letters.render import LOGO_HEIGHT_MM

ROOT = Path(__file__).resolve().parents[2]

KINDS = {
    "nl": {
        "acknowledgement": "ontvangstbevestiging",
        "progress": "tussenbericht",
        "extension": "verlenging",
        "outcome_founded": "afsluiting-gegrond",
        "outcome_partly_founded": "afsluiting-deels-gegrond",
        "outcome_unfounded": "afsluiting-ongegrond",
        "outcome_bad_faith": "afsluiting-te-kwader-trouw",
        "outcome_doubtful": "afsluiting-twijfelachtig",
        "outcome_no_judgement": "afsluiting-zonder-oordeel",
        "outcome_informal": "afsluiting-informeel",
        "referral": "doorzending",
        "withdrawal": "intrekking",
        "reopening": "heropening",
        "not_taken_up": "niet-in-behandeling",
        "information_request": "informatieverzoek",
        "proposal": "voorstel",
        "agreement": "afspraken",
        "hearing_invitation": "uitnodiging-gesprek",
        "pause": "opschorting",
        "aftercare": "nazorg",
        "improvement": "verbetermaatregel",
        "late_answer": "antwoord-later",
        "transfer": "overdracht",
        "merged": "samenvoeging",
        "employee_notice": "bericht-medewerker",
        "extension_employee": "verlenging-medewerker",
    },
    "en": {
        "acknowledgement": "acknowledgement",
        "progress": "progress",
        "extension": "extension",
        "outcome_founded": "outcome-founded",
        "outcome_partly_founded": "outcome-partly-founded",
        "outcome_unfounded": "outcome-unfounded",
        "outcome_bad_faith": "outcome-bad-faith",
        "outcome_doubtful": "outcome-doubtful",
        "outcome_no_judgement": "outcome-no-judgement",
        "outcome_informal": "outcome-informal",
        "referral": "referral",
        "withdrawal": "withdrawal",
        "reopening": "reopening",
        "not_taken_up": "not-taken-up",
        "information_request": "information-request",
        "proposal": "proposal",
        "agreement": "agreement",
        "hearing_invitation": "hearing-invitation",
        "pause": "pause",
        "aftercare": "aftercare",
        "improvement": "improvement",
        "late_answer": "late-answer",
        "transfer": "transfer",
        "merged": "merged",
        "employee_notice": "employee-notice",
        "extension_employee": "extension-employee",
    },
}
LETTERS = [(language, kind) for language, kinds in KINDS.items() for kind in kinds]
PROFILES = ("eigen", "awb", "wkkgz", "webwinkel")
SOLUTIONS = (
    "reparatie",
    "vervanging",
    "terugbetaling",
    "korting",
    "coulance",
    "opnieuw",
    "schadevergoeding",
    "excuses",
    "uitleg",
    "afwijzing",
    None,
)
JUDGEMENTS = {
    "outcome_founded": ("gegrond",),
    "outcome_partly_founded": ("deels", "twijfelachtig", "geen_oordeel"),
    "outcome_unfounded": ("ongegrond", "te_kwader_trouw"),
    "outcome_bad_faith": ("te_kwader_trouw",),
    "outcome_doubtful": ("twijfelachtig",),
    "outcome_no_judgement": ("geen_oordeel",),
}
OUTCOMES = [pair for pair in LETTERS if pair[1] in JUDGEMENTS]
WITH_WAY_ON = [*OUTCOMES, *(pair for pair in LETTERS if pair[1] == "not_taken_up")]
UNDECIDED = {
    "outcome_doubtful": {"nl": "het voordeel van de twijfel", "en": "the benefit of the doubt"},
    "outcome_no_judgement": {"nl": "geen oordeel", "en": "no judgement"},
}
NO_LIABILITY = {"nl": "zonder erkenning van aansprakelijkheid", "en": "without admission of liability"}

ESSENTIAL = ("asked", "proposal", "agreements", "agreed_on", "agreement_by", "hearing_on", "promised_by")
"""What a letter of a step is held without."""
REQUIRED_FIELDS = ("number", "received_on", "name", "category", "description", "status", "due_on")
OPTIONAL_FIELDS = (
    "consumer",
    "subject",
    "order_number",
    "customer_number",
    "employee",
    "acknowledged_on",
    "extended_on",
    "proposal",
    "agreements",
    "agreement_by",
    "agreement_kept_on",
    "reasons",
    "terms_applied",
    "solution",
    "cost",
    "aftercare_by",
    "judgement",
    "answer_channel",
    "ground",
    "solved_on",
    "reopened_on",
    "reopen_reason",
    "asked",
    "reply_by",
    "hearing_on",
    "hearing_place",
    "promised_by",
    "committee",
    "agreed_on",
    "answered_on",
    "file_needed",
    "advice_followed",
)
OTHER_NAMES = {
    "organisation": (
        *("name", "address", "postcode", "city", "phone", "email", "website", "kvk"),
        *("reply_address", "logo"),
    ),
    "terms": ("answer", "extension", "reopen", "due_on"),
    "complainant": ("salutation", "lines", "noun", "acts_for", "lacks_authorisation"),
    "handler": ("name", "role", "phone", "email", "uninvolved"),
    "signer": ("name", "role", "on_behalf_of"),
    "letter": ("date", "number", "enclosures", "reply_by", "standing"),
    "employee": ("name", "salutation", "lines", "is_told", "has_copy", "hears_extension"),
    "joined": ("number", "due_on"),
    "extension": ("old_due_on", "new_due_on", "reason"),
    "pause": ("reason", "from_on", "resumes_on", "consent_on"),
    "external": ("ombudsman", "officer", "committee"),
    "external.ombudsman": ("name", "address", "website"),
    "external.officer": ("name", "phone", "email"),
    "external.committee": ("name", "address", "website", "term", "fee", "takes_part"),
    "measure": ("description", "owner", "ready_by", "temporary", "done_on", "normal_from", "is_normal"),
    "complaint": REQUIRED_FIELDS + OPTIONAL_FIELDS,
    "code": REQUIRED_FIELDS + OPTIONAL_FIELDS,
}
ALLOWED = {"profile", "measures", "line", "measure"} | {
    f"{owner}.{name}" for owner, names in OTHER_NAMES.items() for name in names
}


def path_of(language: str, kind: str) -> Path:
    return ROOT / "letters" / language / f"{KINDS[language][kind]}.docx"


def some(owner: str, **values: Any) -> SimpleNamespace:
    """An object whose values name themselves, so that a letter shows where each came from."""
    return SimpleNamespace(**({name: f"<{owner} & {name}>" for name in OTHER_NAMES[owner]} | values))


def empty(owner: str, **values: Any) -> SimpleNamespace:
    return SimpleNamespace(**(dict.fromkeys(OTHER_NAMES[owner]) | values))


def full_context(profile: str, **codes: Any) -> dict[str, Any]:
    return {
        "profile": profile,
        "complaint": some("complaint", reasons="Eerste regel & <feit>\nTweede regel"),
        "code": empty("code", **codes),
        "organisation": some("organisation", logo=None),
        "complainant": some("complainant", lines=["Mevrouw A. Jansen & Zn", "Zonnebloemlaan 18", "3571 XC  UTRECHT"]),
        "letter": some("letter", enclosures=["foto's", "rapport"]),
        "measures": [some("measure"), some("measure", ready_by=None)],
        "external": SimpleNamespace(**{n: some(f"external.{n}") for n in OTHER_NAMES["external"]}),
        "employee": some("employee", lines=["K. Smit", "De Spaak BV"]),
        **{name: some(name) for name in ("terms", "handler", "signer", "extension", "joined", "pause")},
    }


def minimal_context(profile: str, **codes: Any) -> dict[str, Any]:
    return {
        "profile": profile,
        "complaint": empty("complaint", **dict.fromkeys((*REQUIRED_FIELDS, *ESSENTIAL), "iets")),
        "code": empty("code", **codes),
        "organisation": empty("organisation", name="De Spaak BV"),
        "terms": empty("terms", answer="zes weken"),
        "complainant": empty("complainant", salutation="Geachte heer Jansen,", lines=["De heer Jansen"], noun="klant"),
        "handler": empty("handler"),
        "signer": empty("signer", name="Lotte van Dijk"),
        "letter": empty(
            "letter", date="2 april 2026", number="K-2026-0001", enclosures=[], reply_by="16 april 2026", standing="Ja."
        ),
        "employee": empty("employee", name="K. Smit", salutation="Geachte heer of mevrouw Smit,", lines=["K. Smit"]),
        "joined": empty("joined", number="K-2026-0002"),
        "pause": empty("pause", from_on="14 mei 2026"),
        "extension": empty("extension", old_due_on="14 mei 2026", new_due_on="11 juni 2026"),
        "measures": [],
        "external": empty("external"),
    }


def as_told(value: Any) -> Any:
    """Give what a letter is told as it is told: in dictionaries."""
    if isinstance(value, SimpleNamespace):
        value = vars(value)
    if isinstance(value, dict):
        return {name: as_told(each) for name, each in value.items()}
    return [as_told(each) for each in value] if isinstance(value, list) else value


def render(language: str, kind: str, context: dict[str, Any]) -> Any:
    """Render as the letters stage does, and give the letter as python-docx reads it."""
    return Document(BytesIO(_prepared(path_of(language, kind)).render(as_told(context))))


@cache
def _prepared(template: Path) -> PreparedTemplate:
    return PreparedTemplate(template)


def paragraphs_of(document: Any) -> list[str]:
    """Every paragraph in order, those of the footer too; nothing of a letter stands in a table."""
    assert not document.tables
    return [p.text for p in [*document.paragraphs, *document.sections[0].footer.paragraphs]]


def text_of(language: str, kind: str, context: dict[str, Any]) -> str:
    return "\n".join(paragraphs_of(render(language, kind, context)))


def dotted(node: nodes.Node) -> str | None:
    """The dotted name an expression spells, or None."""
    if isinstance(node, nodes.Name):
        return node.name
    owner = dotted(node.node) if isinstance(node, nodes.Getattr) else None
    return f"{owner}.{node.attr}" if owner and isinstance(node, nodes.Getattr) else None


def used_names(template: DocxTemplate) -> set[str]:
    """The longest dotted names the body and footer of a template use."""
    template.init_docx()
    sources = [template.get_xml()]
    sources += [template.get_part_xml(part) for _, part in template.get_headers_footers(template.FOOTER_URI)]
    names: set[str] = set()
    for source in sources:
        tree = Environment().parse(template.patch_xml(source))
        names |= {n for node in tree.find_all((nodes.Name, nodes.Getattr)) if (n := dotted(node))}
    return {n for n in names if not any(other.startswith(f"{n}.") for other in names)}


@pytest.fixture(scope="module")
def script() -> ModuleType:
    """The build script as a module."""
    spec = importlib.util.spec_from_file_location("build_letters", ROOT / "scripts" / "build_letters.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_committed_files_are_as_the_script_builds_them(script: ModuleType) -> None:
    """`--check` finds nothing to say about the committed templates."""
    assert script.main(["--check"]) == 0


def test_building_twice_gives_the_same_bytes(script: ModuleType) -> None:
    """Neither the clock nor chance shows in a built template."""
    assert script.build_all() == script.build_all()


def test_check_finds_a_changed_file(script: ModuleType, tmp_path: Path) -> None:
    """A file that is missing or has another part differs."""
    (path, data), other, *_ = script.build_all().items()
    (tmp_path / path.name).write_bytes(other[1])
    missing = tmp_path / "weg.docx"
    assert script.differing({tmp_path / path.name: data, missing: data}) == [tmp_path / path.name, missing]


def test_every_kind_in_both_languages_is_there() -> None:
    """The folder holds these letters and no others of these kinds."""
    assert [path_of(*letter) for letter in LETTERS if not path_of(*letter).is_file()] == []


@pytest.mark.parametrize(("language", "kind"), LETTERS)
def test_uses_only_known_names(language: str, kind: str) -> None:
    """A template asks for nothing that the context does not have."""
    assert used_names(DocxTemplate(path_of(language, kind))) - ALLOWED == set()


@pytest.mark.parametrize(("language", "kind"), LETTERS)
def test_tags_are_whole_inside_one_run(language: str, kind: str) -> None:
    """Every run opens as many tags as it closes, so that people can edit them in Word."""
    document = Document(path_of(language, kind))
    runs = [t.text or "" for t in document.element.body.iter(qn("w:t"))]
    runs += [t.text or "" for t in document.sections[0].footer._element.iter(qn("w:t"))]
    tag = re.compile(r"\{\{[^{}]*\}\}|\{%[^{}]*%\}")
    assert [run for run in runs if re.search(r"[{}]", tag.sub("", run))] == []


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize(("language", "kind"), LETTERS)
@pytest.mark.parametrize("make", [full_context, minimal_context])
def test_renders_clean(language: str, kind: str, profile: str, make: Any) -> None:
    """No tag, no "None" and no empty paragraph is left in the body."""
    document = render(language, kind, make(profile))
    text = "\n".join(paragraphs_of(document))
    assert [mark for mark in ("{{", "{%", "None", "..", ": ,") if mark in text] == []
    assert [p.style.name for p in document.paragraphs if not p.text.strip()] == []


@pytest.mark.parametrize(("language", "kind"), OUTCOMES)
@pytest.mark.parametrize("make", [full_context, minimal_context])
def test_every_solution_and_judgement_has_its_text(language: str, kind: str, make: Any) -> None:
    """Under each heading something is said, whatever was decided."""
    for judgement in JUDGEMENTS[kind]:
        for solution in SOLUTIONS:
            document = render(language, kind, make("eigen", judgement=judgement, solution=solution))
            styles = [p.style.name for p in document.paragraphs]
            after_headings = {b for a, b in pairwise(styles) if a == "Heading 2"}
            assert after_headings == {"Body Text"}, (judgement, solution)


@pytest.mark.parametrize(("language", "kind"), OUTCOMES)
def test_coulance_admits_no_liability_and_a_founded_complaint_never_says_so(language: str, kind: str) -> None:
    """Goodwill is without admission of liability; a founded complaint never is."""
    context = full_context("eigen", judgement=JUDGEMENTS[kind][0], solution="coulance")
    assert (NO_LIABILITY[language] in text_of(language, kind, context)) == (kind != "outcome_founded")


@pytest.mark.parametrize(("language", "kind"), WITH_WAY_ON)
@pytest.mark.parametrize(
    ("profile", "shown"),
    [
        ("awb", {"ombudsman"}),
        ("wkkgz", {"officer", "committee"}),
        ("eigen", {"committee"}),
        ("webwinkel", {"committee"}),
    ],
)
def test_outcome_names_the_way_on_of_its_profile(language: str, kind: str, profile: str, shown: set[str]) -> None:
    """Each law has its own next step, and only that one is named."""
    text = text_of(language, kind, full_context(profile))
    assert {body for body in OTHER_NAMES["external"] if f"<external.{body} & name>" in text} == shown
    assert "odr" not in text.lower()


@pytest.mark.parametrize("language", KINDS)
def test_a_rejection_never_says_bad_faith(language: str) -> None:
    """Neither its words nor the title in its properties; the complainant reads that the complaint is not founded."""
    document = Document(path_of(language, "outcome_bad_faith"))
    judgement = {"nl": "ongegrond (te kwader trouw)", "en": "not upheld (in bad faith)"}[language]
    context = full_context("eigen", judgement="te_kwader_trouw", solution="afwijzing")
    vars(context["complaint"]).update(judgement=judgement)
    text = text_of(language, "outcome_bad_faith", context) + document.core_properties.title
    assert [word for word in ("kwader", "trouw", "bad faith") if word in text.lower()] == []
    assert {"nl": "niet gegrond", "en": "not upheld"}[language] in text


@pytest.mark.parametrize(("language", "kind"), [pair for pair in OUTCOMES if pair[1] in UNDECIDED])
def test_what_is_undecided_says_so_and_promises_no_more_than_there_is(language: str, kind: str) -> None:
    """A web shop does not belittle what its customers have a right to; an improvement is told when there is one."""
    said = text_of(language, kind, full_context("webwinkel", solution="coulance"))
    assert (UNDECIDED[kind][language] in said, NO_LIABILITY[language] in said) == (True, False)
    assert "<measure & description>" in said
    assert {"nl": "verbeteren", "en": "improve"}[language] not in text_of(language, kind, minimal_context("eigen"))


GROUNDS = ("eerder", "oud", "bezwaar", "rechter", "strafzaak", "belang")


@pytest.mark.parametrize("language", KINDS)
def test_a_refusal_says_each_ground_in_words_and_names_the_law_only_under_awb(language: str) -> None:
    """A ground that is another has its reasons alone, and is none of article 9:8."""
    because = {"nl": "niet, omdat ", "en": "complaint, because "}[language]
    said = {g: text_of(language, "not_taken_up", full_context("awb", ground=g)) for g in (*GROUNDS, "anders", None)}
    told = {g: text.partition(because)[2].partition(".")[0] for g, text in said.items()}
    assert len({told[g] for g in GROUNDS}) == len(GROUNDS)
    assert [g for g in GROUNDS if not told[g] or "9:8" not in said[g]] == []
    assert [g for g in ("anders", None) if told[g] or "9:8" in said[g]] == []
    assert "9:8" not in text_of(language, "not_taken_up", full_context("wkkgz", ground="oud"))


@pytest.mark.parametrize(("language", "kind"), OUTCOMES)
def test_wkkgz_without_officer_still_names_the_committee(language: str, kind: str) -> None:
    """The disputes committee does not hang on the complaints officer."""
    context = full_context("wkkgz")
    context["external"].officer = None
    assert "<external.committee & address>" in text_of(language, kind, context)


@pytest.mark.parametrize(("profile", "offered"), [("awb", True), ("wkkgz", False), ("eigen", False)])
def test_acknowledgement_offers_a_hearing_under_awb(profile: str, offered: bool) -> None:
    """The hearing belongs to awb; handler, role, term and number stand in every acknowledgement."""
    text = text_of("nl", "acknowledgement", full_context(profile))
    wanted = ("<handler & role>", "<terms & answer>", "<complaint & due_on>", "<letter & standing>")
    assert [w for w in (*wanted, "<letter & number>") if w not in text] == []
    assert ("mondeling toe te lichten" in text) == offered


@pytest.mark.parametrize("language", KINDS)
def test_extension_gives_both_dates(language: str) -> None:
    """An extension says until when it was, and until when it is now."""
    text = text_of(language, "extension", full_context("awb"))
    assert [n for n in OTHER_NAMES["extension"] if f"<extension & {n}>" not in text] == []
    assert "9:11" in text


@pytest.mark.parametrize(("language", "kind"), OUTCOMES)
def test_difficult_characters_and_lines_survive(language: str, kind: str) -> None:
    """Ampersands, angle brackets and line ends arrive as they were typed."""
    paragraphs = paragraphs_of(render(language, kind, full_context("eigen")))
    assert "Eerste regel & <feit>\nTweede regel" in paragraphs
    assert "Mevrouw A. Jansen & Zn" in paragraphs


@pytest.mark.parametrize(("language", "kind"), LETTERS)
def test_address_stands_fifty_millimetres_from_the_top(language: str, kind: str) -> None:
    """Top margin, letterhead and the room below it together, be it a name, a long name or a logo."""
    document = Document(path_of(language, kind))
    heads = {p.style.style_id: p.style for p in document.paragraphs if p.style.style_id.startswith("Letterhead")}
    assert set(heads) == {"Letterhead", "LetterheadLong", "LetterheadLogo"}
    name, logo = heads["Letterhead"].paragraph_format, heads["LetterheadLogo"].paragraph_format
    border = 5 + 1  # Points: the room above the line, and the line.
    rest = {"name": name.line_spacing.pt + name.space_after.pt, "logo": Mm(LOGO_HEIGHT_MM).pt + logo.space_after.pt}
    margin = document.sections[0].top_margin.pt
    assert {head: round((margin + below + border) / 72 * 25.4) for head, below in rest.items()} == {
        "name": 50,
        "logo": 50,
    }
    assert heads["LetterheadLong"].base_style.style_id == "Letterhead"
    assert heads["LetterheadLong"].paragraph_format.line_spacing is None


@pytest.mark.parametrize(("language", "kind"), LETTERS)
def test_the_subject_is_the_one_first_heading_and_labels_stand_before_what_they_name(language: str, kind: str) -> None:
    """As a screen reader reads it out: in order, and with the way to what comes next."""
    document = render(language, kind, full_context("eigen"))
    levels = [p.style.name for p in document.paragraphs if p.style.name.startswith("Heading")]
    assert (levels[0], levels.count("Heading 1")) == ("Heading 1", 1)
    references = [p.text.split("\t") for p in document.paragraphs if p.style.style_id.startswith("Reference")]
    assert next(row[1::2] for row in references) == ["<letter & number>", "<handler & name>"]
    assert references[1][1] == "<letter & date>"


@pytest.mark.parametrize(("language", "kind"), LETTERS)
def test_styles_carry_language_and_font(language: str, kind: str) -> None:
    """One style, Normal, sets the font and the language of the whole letter."""
    normal = Document(path_of(language, kind)).styles["Normal"]
    tag = normal.element.rPr.find(qn("w:lang")).get(qn("w:val"))
    assert (tag, normal.font.name, normal.font.size.pt) == (
        {"nl": "nl-NL", "en": "en-GB"}[language],
        "Calibri",
        11,
    )


def ordinary_context(kind: str, profile: str) -> dict[str, Any]:
    """An invented complaint as an office meets it: texts of some lines, and the bodies of its own profile."""
    context = minimal_context(profile, judgement=JUDGEMENTS.get(kind, (None,))[0], solution="reparatie")
    facts = "Onze monteur heeft de fiets op 9 april bekeken. De derailleur was niet vastgezet. "
    complaint = {"subject": "de Toerfiets 700", "order_number": "B-20914", "description": facts * 2}
    complaint |= {"received_on": "2 april 2026", "due_on": "14 mei 2026", "reasons": (facts * 3).strip()}
    if kind in ("outcome_unfounded", "outcome_bad_faith"):
        context["code"].solution = "afwijzing"
    elif kind.startswith("outcome_"):
        agreed = "Wij halen de fiets op 20 april bij u op en brengen hem op 24 april terug."
        complaint |= {"agreements": agreed, "agreement_by": "24 april 2026", "aftercare_by": "8 mei 2026"}
        context["measures"] = [some("measure", description=facts, ready_by="1 mei 2026"), some("measure")]
    vars(context["complaint"]).update(complaint)
    person = {"name": "Karim el Amrani", "phone": "030 555 01 08", "email": "klachten@despaak.example"}
    body = {"name": "de Nationale ombudsman", "address": "Postbus 93122, 2509 AC Den Haag"}
    body |= {"website": "www.voorbeeld.example", "term": "14 mei 2027", "fee": "€ 52,50", "takes_part": "ja"}
    vars(context["handler"]).update(person, role="klachtenbehandelaar")
    context["external"] = SimpleNamespace(
        ombudsman=SimpleNamespace(**body), officer=SimpleNamespace(**person), committee=SimpleNamespace(**body)
    )
    return context


@pytest.mark.soffice
def test_letters_fit_one_page(soffice: Callable[..., Path], tmp_path: Path) -> None:
    """A letter of ordinary content is one page long, under every profile."""
    for language, kind in LETTERS:
        for profile in PROFILES[:3]:
            file = tmp_path / f"{language}-{kind}-{profile}.docx"
            render(language, kind, ordinary_context(kind, profile)).save(file)
    made = [soffice(file, "pdf") for file in sorted(tmp_path.glob("*.docx"))]
    pages = {p.stem: len(re.findall(rb"/Type\s*/Page\b", p.read_bytes())) for p in made}
    assert pages == {file.stem: 1 for file in tmp_path.glob("*.docx")}
