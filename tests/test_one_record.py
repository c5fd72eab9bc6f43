"""What is declared once is known everywhere: every kind of letter and every figure has each of its faces.

A message names what is missing and the file to add it in. `tests/test_kind_faces.py` does the same for field kinds.
"""

from __future__ import annotations

import re
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from analysis_samples import HANDFUL, make_sample
from registers import make_register

from registerkit.analysis import parse_period, report_json
from registerkit.analysis.comparison import compare
from registerkit.analysis.figures import Figures, counted_roles, figure_kinds
from registerkit.analysis.plan import plan_report
from registerkit.definition import load_definition
from registerkit.letters import KINDS, agenda
from registerkit.register import STATES, Register
from registerkit.texts import LANGUAGES, load_texts

ROOT = Path(__file__).resolve().parents[1]
DEFINITION = load_definition()
ON = date(2026, 11, 20)

NOTED_ONLY: set[str] = set()
"""Kinds that an office writes itself and can note on the sheet of letters; the kit makes none of them."""


def letters_file(language: str) -> str:
    return f"registerkit/texts/{language}/letters.toml"


def analysis_file(language: str) -> str:
    return f"registerkit/texts/{language}/analysis.toml"


def unless(missing: set[str], codes: Any, file: str) -> list[Any]:
    """Give the codes as parameters; those that lack something are known to fail, and must do so."""
    mark = pytest.mark.xfail(raises=AssertionError, reason=f"missing in {file}")
    return [pytest.param(code, marks=[mark] if code in missing else []) for code in codes]


# ------------------------------------------------------------------------------------------------------------ letters
WAITING = {"received_on": date(2026, 11, 2), "handler": "EV", "email": "a.bos@voorbeeld.nl", "status": "nieuw"}
ENOUGH = WAITING | {"solution": "uitleg", "reasons": "Nagekeken.", "settlement": "formeel", "answer_channel": "brief"}
ANSWERED = ENOUGH | {"status": "afgehandeld", "judgement": "gegrond", "closed_on": date(2026, 11, 5)}
CONCERNED = WAITING | {"employee": "K. Smit"}
DUE: dict[str, dict[str, Any]] = {
    "acknowledgement": WAITING,
    "progress": WAITING | {"acknowledged_on": date(2026, 11, 4)},
    "extension": WAITING
    | {"acknowledged_on": date(2026, 11, 4), "extended_on": date(2026, 11, 9), "extended_weeks": 2},
    "referral": WAITING | {"status": "doorgestuurd"},
    "not_taken_up": WAITING | {"status": "niet_in_behandeling", "ground": "oud", "reasons": "Te oud."},
    "outcome_informal": WAITING
    | {"status": "afgehandeld", "settlement": "informeel", "solved_on": date(2026, 11, 16), "customer_satisfied": True},
    "withdrawal": WAITING | {"status": "ingetrokken", "closed_on": date(2026, 11, 16)},
    "reopening": WAITING | {"status": "heropend", "reopened_on": date(2026, 11, 16)},
    "outcome_founded": ENOUGH | {"judgement": "gegrond"},
    "outcome_partly_founded": ENOUGH | {"judgement": "deels"},
    "outcome_unfounded": ENOUGH | {"judgement": "ongegrond"},
    "outcome_doubtful": ENOUGH | {"judgement": "twijfelachtig"},
    "outcome_no_judgement": ENOUGH | {"judgement": "geen_oordeel"},
    "outcome_bad_faith": ENOUGH | {"judgement": "te_kwader_trouw"},
    "information_request": WAITING | {"status": "wacht_klant", "asked": "De bon."},
    "proposal": WAITING | {"status": "voorstel", "proposal": "Een nieuwe fiets."},
    "agreement": WAITING | {"agreed_on": date(2026, 11, 17), "agreements": "Een nieuwe fiets."},
    "hearing_invitation": WAITING | {"hearing_on": date(2026, 11, 27), "hearing_place": "10 uur, Oude Singel 48"},
    "pause": WAITING,
    "aftercare": ANSWERED | {"answered_on": date(2026, 11, 5)},
    "improvement": ANSWERED | {"answered_on": date(2026, 11, 5), "measure": "M-2026-01"},
    "late_answer": WAITING | {"received_on": date(2026, 9, 1), "promised_by": date(2026, 12, 1)},
    "transfer": WAITING | {"status": "geen_klacht", "reasons": "Naar de afdeling Bezwaar."},
    "merged": WAITING | {"status": "samengevoegd", "related_to": ("K-2026-0002",)},
    "employee_notice": CONCERNED,
    "extension_employee": CONCERNED | {"extended_on": date(2026, 11, 9), "extended_weeks": 2},
}
"""A complaint for which the letter is due, by kind."""


def register_with(kind: str, language: str) -> Register:
    rows: dict[str, list[dict[str, Any]]] = {
        "complaints": [{"number": "K-2026-0001", "name": "A. Bos", **DUE[kind]}],
        "staff": [{"code": "EV", "name": "Eva Verhoef"}],
        "measures": [{"number": "M-2026-01", "description": "Nieuwe fietsen.", "done_on": date(2026, 11, 17)}],
    }
    if kind == "aftercare":
        answer = {"kind": "outcome_founded", "phase": 1, "made_on": date(2026, 11, 5), "file": "brief.docx"}
        rows["letters"] = [{"row_key": "B1", "complaint": "K-2026-0001", **answer}]
    if kind == "pause":
        rows["pauses"] = [{"row_key": "P1", "complaint": "K-2026-0001", "from": date(2026, 11, 16)}]
    profile = "awb" if DUE[kind].get("employee") else "eigen"
    return make_register(rows, ON, language=language, terms={"profile": profile})


def test_every_kind_of_letter_is_tried_here() -> None:
    assert set(DUE) == set(KINDS), (
        "tests/test_one_record.py, DUE: a complaint for each kind of registerkit/letters/kinds.py"
    )


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_of_letter_has_its_label(kind: str) -> None:
    labels = {choice.code: choice.labels for choice in DEFINITION.lists["letter_kind"].choices}
    assert kind in labels, f"{kind} is missing in workbook_templates/klachten.toml, [lists.letter_kind]"
    for language in LANGUAGES:
        assert labels[kind].get(language), (
            f"{kind} has no {language} in workbook_templates/klachten.toml, [lists.letter_kind]"
        )


def test_a_label_is_of_a_kind_of_letter_or_of_one_that_is_only_noted() -> None:
    known = {choice.code for choice in DEFINITION.lists["letter_kind"].choices}
    assert known - set(KINDS) - NOTED_ONLY == set(), "labels of no kind: add the kind in registerkit/letters/kinds.py"
    assert NOTED_ONLY <= known - set(KINDS), (
        "tests/test_one_record.py, NOTED_ONLY: these are made now, or have no label"
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_of_letter_has_its_template(kind: str, language: str) -> None:
    file = ROOT / "letters" / language / f"{KINDS[kind].templates[language]}.docx"
    assert file.is_file(), (
        f"{file.relative_to(ROOT)} of {kind} is missing: "
        f"scripts/letters_source/{language}.toml, then scripts/build_letters.py"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_template_is_of_a_kind_of_letter(language: str) -> None:
    known = {f"{kind.templates[language]}.docx" for kind in KINDS.values()}
    shipped = {file.name for file in (ROOT / "letters" / language).iterdir()}
    assert shipped - known == set(), (
        "templates of no kind: name them in registerkit/letters/kinds.py, or take them away"
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_of_letter_says_why_it_is_due(kind: str, language: str) -> None:
    register = register_with(kind, language)
    due = KINDS[kind].due(register.complaints["K-2026-0001"])
    assert due is not None, f"tests/test_one_record.py, DUE: {kind} is not due for its complaint"
    name = f"letters.reason.{due.reason}"
    assert name in register.texts, f"{name} is missing in {letters_file(language)}"
    assert "?" not in register.texts(name, **due.told), (
        f"{name} in {letters_file(language)} asks for more than {kind} tells"
    )
    found = agenda(register)
    assert kind in {letter.kind for letter in (*found.due, *found.held)}


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_letter_fills_in_is_a_field(kind: str) -> None:
    role = KINDS[kind].fills
    assert role is None or DEFINITION.role(role), f"{kind} fills in {role}: add it in workbook_templates/klachten.toml"


@pytest.mark.parametrize("notice", [state.notice for state in STATES if state.notice])
def test_a_notice_that_is_owed_is_a_kind_of_letter(notice: str) -> None:
    assert notice in KINDS, f"{notice} of registerkit/register/states.py is missing in registerkit/letters/kinds.py"


# ------------------------------------------------------------------------------------------------------------ figures
BESIDE = {"founded_share", "unfounded_share", "recurring", "signals"}
"""What the JSON has beside the figures that are declared for it."""
DEFINED = {
    "received": "received", "closed": "closed", "open_at_start": "open", "open_at_end": "open", "overdue_open": "overdue",
    "acknowledged_in_time": "acknowledged", "closed_in_time": "in_time", "median_days_to_close": "days",
    "reopened": "reopened", "repeat_complainants": "repeat", "satisfaction_mean": "satisfaction", "cost_total": "cost",
    "special": "special", "p90_days_to_close": "p90", "complainants": "complainants", "per_thousand": "volume",
}  # fmt: skip
"""The sentence in the list of definitions that says what a key figure is."""
MORE_DEFINED = {"founded", "recurring", "unseen", "before", "usual"}
"""What is defined there and is no key figure."""
DECLARED = "registerkit/analysis/figures.py"
NAMES = [each.name for each in fields(Figures)]
KEY_FIGURES = [name for name, _ in figure_kinds(key=True)]


def told(language: str = "nl") -> tuple[dict[str, Any], Any]:
    """Give the JSON of a report's figures, and the plan of the report."""
    register = make_sample(*HANDFUL, language=language)
    period = parse_period("2026-10")
    told = compare(register, period)
    return report_json(told, [])["figures"], plan_report(register, told)


@pytest.mark.parametrize("name", NAMES)
def test_a_figure_says_whether_it_stands_in_the_json(name: str) -> None:
    metadata = next(each.metadata for each in fields(Figures) if each.name == name)
    assert "json" in metadata, f"{name}: declare it in {DECLARED} with _figure(), _COUNTS or _INSIDE"


def test_the_json_has_every_figure_that_is_declared_for_it_and_no_other() -> None:
    found, _ = told()
    declared = {each.name for each in fields(Figures) if each.metadata["json"]}
    assert declared - set(found) == set(), "missing in registerkit/analysis/report_json.py"
    assert set(found) - declared - BESIDE == set(), f"not declared in {DECLARED}"
    assert BESIDE <= set(found), "missing in registerkit/analysis/report_json.py"


@pytest.mark.parametrize("role", counted_roles())
def test_complaints_are_counted_by_fields_that_there_are(role: str) -> None:
    assert DEFINITION.role(role), f"by_{role} of {DECLARED} has no field in workbook_templates/klachten.toml"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", KEY_FIGURES)
def test_a_key_figure_has_its_name_and_its_definition(name: str, language: str) -> None:
    texts = load_texts(language)
    assert f"analysis.figure.{name}" in texts, f"analysis.figure.{name} is missing in {analysis_file(language)}"
    assert name in DEFINED, f"tests/test_one_record.py, DEFINED: say which definition {name} has"
    for part in ("term", "text"):
        key = f"analysis.definition.{DEFINED[name]}.{part}"
        assert key in texts, f"{key} is missing in {analysis_file(language)}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_name_of_a_figure_is_left_over(language: str) -> None:
    named = {m[1] for key in load_texts(language).entries if (m := re.fullmatch(r"analysis\.figure\.(\w+)", key))}
    assert named == set(KEY_FIGURES), f"{analysis_file(language)}, [analysis.figure]"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_defines_every_key_figure_once_and_leaves_none_out(language: str) -> None:
    texts = load_texts(language)
    wanted = {texts(f"analysis.definition.{name}.term") for name in {*DEFINED.values(), *MORE_DEFINED}}
    terms = [term for term, _ in told(language)[1].definitions]
    assert wanted - set(terms) == set(), "missing in registerkit/analysis/plan.py, _DEFINED"
    assert set(terms) - wanted == set(), "tests/test_one_record.py, DEFINED or MORE_DEFINED: say what figure this is of"
    assert len(set(terms)) == len(terms)
    assert set(DEFINED) == set(KEY_FIGURES), f"tests/test_one_record.py, DEFINED: no key figures of {DECLARED}"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", [s.code for s in STATES if not s.is_open and s.code != "closed"])
def test_an_ending_has_its_words_in_the_report(code: str, language: str) -> None:
    """One that was answered has its judgement instead. What turned out to be no complaint may have been reopened since."""
    assert f"analysis.ending.{code}" in load_texts(language), (
        f"analysis.ending.{code} is missing in {analysis_file(language)}"
    )
