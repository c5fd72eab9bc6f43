"""The catalogues: the same in both languages, complete for all that the source says, and nothing left over."""

from __future__ import annotations

import ast
import re
import string
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import get_args

import pytest

from registerkit.codes import FindingCode
from registerkit.findings import Finding, Location
from registerkit.texts import LANGUAGES, Texts, load_texts

PACKAGE = Path(__file__).resolve().parents[1] / "registerkit"


@cache
def trees() -> dict[Path, ast.Module]:
    """Give every module of the package as Python reads it."""
    return {p: ast.parse(p.read_text(encoding="utf-8")) for p in sorted(PACKAGE.rglob("*.py"))}


def entries(language: str) -> dict[str, str]:
    """Give every text; one that has plural forms stands there by its own name too."""
    found = load_texts(language).entries
    return found | {name.removesuffix(".one"): text for name, text in found.items() if name.endswith(".one")}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def calls(*names: str, stage: str = "") -> Iterator[ast.Call]:
    """Give the calls of functions or methods of these names, in one stage when it is given."""
    for tree in (tree for path, tree in trees().items() if path.is_relative_to(PACKAGE / stage)):
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", None)
                if called in names:
                    yield node


def strings(node: ast.AST | None) -> set[str]:
    """Give the text constants inside an expression."""
    if node is None:
        return set()
    return {n.value for n in ast.walk(node) if isinstance(n, ast.Constant) and isinstance(n.value, str)}


def first_argument(call: ast.Call) -> ast.AST | None:
    return call.args[0] if call.args else None


def constants_of(module: str, pattern: str) -> set[str]:
    """Give the words in a module that a pattern finds in its group."""
    return set(re.findall(pattern, (PACKAGE / module).read_text(encoding="utf-8"), re.M))


@cache
def finding_codes() -> set[str]:
    """Give every code that a finding can have; mypy holds whoever makes one to those that are declared."""
    faults = {
        f"definition.{a.value}"
        for stage in ("definition", "faults.py")
        for c in calls("add", "unknown", stage=stage)
        if isinstance(a := first_argument(c), ast.Constant) and isinstance(a.value, str)
        if isinstance(c.func, ast.Attribute) and getattr(c.func.value, "id", "") in ("faults", "self")
    }
    return {*get_args(FindingCode), *faults}


@cache
def error_classes() -> dict[str, str]:
    """Give the code of every error class that has one of its own."""
    return {
        node.name: str(line.value.value)
        for tree in trees().values()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and node.name.endswith("Error")
        for line in node.body
        if isinstance(line, ast.Assign) and getattr(line.targets[0], "id", "") == "code"
        and isinstance(line.value, ast.Constant)
    }  # fmt: skip


@cache
def error_names() -> set[str]:
    """Give every name that an error's texts can have: its code, with a reason where it is raised with one."""
    codes = error_classes()
    found = set()
    for call in calls(*codes):
        called = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        reasons = [k.value for k in call.keywords if k.arg == "reason"]
        constants = strings(reasons[0]) if reasons else {""}
        found |= {f"{codes[called]}.{reason}" if reason else codes[called] for reason in constants}
    found |= {f"settings.{reason}" for reason in constants_of("settings.py", r'faults\.add\(\s*"(\w+)"')}
    found |= {f"settings.{reason}" for reason in constants_of("report_settings.py", r'faults\.add\(\s*"(\w+)"')}
    found |= {f"settings.{reason}" for reason in constants_of("pictures.py", r'(?:return|else) "(\w+)"')}
    found |= {
        f"settings.{reason}" for reason in constants_of("setting_kinds.py", r', "(line|address|prefix|whole|days)"[,)]')
    }
    found |= {f"settings.{reason}" for reason in constants_of("setting_kinds.py", r'else "(kept)"')}
    found |= {f"mail.{reason}" for reason in constants_of("mail/server.py", r'return "(\w+)"')}
    found |= {f"unsupported.{kind}" for kind in constants_of("pull/inbox.py", r'\n    "(\w+)": "')}
    found |= {f"disk.{reason}" for reason in constants_of("files.py", r'^    "(\w+)": \{errno')}
    found |= {f"store.{reason}" for reason in constants_of("database/faults.py", r'^    "[^"\n]+": "(\w+)",')}
    servers = constants_of("database/faults.py", r'", "(\w+)"\),') | {"server"}
    return found | {f"{codes[name]}.{reason}" for name in ("StoreError", "OdbcError") for reason in servers}


def test_both_languages_have_the_same_keys() -> None:
    assert sorted(entries("nl")) == sorted(entries("en"))


def test_both_languages_use_the_same_values() -> None:
    used = [{name: placeholders(text) for name, text in entries(language).items()} for language in LANGUAGES]
    different = [(name, *(found[name] for found in used)) for name in used[0] if used[0][name] != used[1][name]]
    assert different == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_file_of_a_language_overrides_another(language: str) -> None:
    """Two files with one key would hide a text without a sound."""
    import tomllib

    from registerkit.texts import _flatten

    seen: dict[str, str] = {}
    for file in sorted((PACKAGE / "texts" / language).glob("*.toml")):
        for name in _flatten("", tomllib.loads(file.read_text(encoding="utf-8"))):
            assert name not in seen, f"{name} stands in {seen[name]} and in {file.name}"
            seen[name] = file.name


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_are_trimmed_and_not_empty(language: str) -> None:
    unusual = {n for n, t in entries(language).items() if not t.strip()}
    assert {n for n in unusual if not n.startswith("analysis.format")} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_value_leaves_no_gap_in_what_is_told(language: str) -> None:
    texts, told = load_texts(language), entries(language)
    names = [f"finding.{code}.{part}" for code in sorted(finding_codes()) for part in ("message", "fix")]
    said = {(name, value): texts(name, **{"n": 2, value: ""}) for name in names for value in placeholders(told[name])}
    assert {place: text for place, text in said.items() if "  " in text or text != text.strip()} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_finding_has_its_texts(language: str) -> None:
    place = Location("a.xlsx", "Register", "D14", 14, "Naam")
    silent = []
    for code in sorted(finding_codes()):
        finding = Finding(code, "error", place, "x", context={"n": 2})
        for part in (finding.message, finding.fix):
            try:
                said = part(load_texts(language))
            except KeyError:
                said = ""
            if not said:
                silent.append((code, part.__name__))
    assert silent == []


def test_findings_are_really_found_in_the_source() -> None:
    """Near misses of the search for what can be wrong in a definition."""
    assert {"definition.bad_id", "definition.syntax", "definition.unknown_key"} <= finding_codes()


def test_every_code_that_is_declared_is_used() -> None:
    """A code stands in the source where a finding is made, whole or in a table of codes."""
    words = set().union(*(strings(tree) for path, tree in trees().items() if path.name != "codes.py"))
    assert set(get_args(FindingCode)) - words == set(), "left over in registerkit/codes.py"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_error_has_its_texts(language: str) -> None:
    needed = {f"error.{name}.{part}" for name in error_names() for part in ("message", "fix")}
    assert needed - set(entries(language)) == set()


def test_every_error_class_has_a_text_or_is_always_raised_with_a_reason() -> None:
    raised = {name.split(".")[0] for name in error_names()}
    classes = set(error_classes().values())
    assert classes <= raised | {name.split(".")[1] for name in entries("nl") if name.startswith("error.")}


def test_every_reason_to_hold_a_letter_has_its_text() -> None:
    held = constants_of("letters/bars.py", r'(?:return|else|None if .* else) "(\w+)"')
    held |= constants_of("letters/kinds.py", r'lacks\("\w+", "(\w+)"\)')
    held |= constants_of("commands/letters.py", r'"(no_template|template_fault|template_lookalike)"')
    assert {"no_role", "term_past", "no_template"} <= held
    assert {f"letters.{part}.{code}" for part in ("held", "lacks") for code in held} == {
        name for name in entries("nl") if name.startswith(("letters.held.", "letters.lacks."))
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_named_outright_is_there(language: str) -> None:
    named = {
        str(a.value)
        for c in calls("texts", "say", "_texts")
        if isinstance(a := first_argument(c), ast.Constant) and isinstance(a.value, str)
    }
    dotted = {name for name in named if re.fullmatch(r"[a-z_]+(\.[a-z_0-9]+)+", name)}
    assert dotted
    assert dotted - set(entries(language)) == set()


def patterns() -> list[re.Pattern[str]]:
    """Give the names of texts that the source puts together, such as `finding.{code}.message`, as patterns."""
    found = []
    for tree in trees().values():
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr):
                parts = [re.escape(str(v.value)) if isinstance(v, ast.Constant) else r"[\w.-]+" for v in node.values]
                found.append(re.compile("".join(parts)))
    return [p for p in found if re.match(r"[a-z]+\\?\.", p.pattern)]


def test_no_text_is_left_over() -> None:
    """A text must stand in the source by its whole name, or fit a name the source puts together."""
    words = set().union(*(strings(tree) for tree in trees().values()))
    made = patterns()
    # The analysis names its texts by their tail.
    tails = {f"analysis.{word}" for word in words}
    plural = {name.removesuffix(".one") for name in entries("nl") if name.endswith(".one")}
    names = {base if (base := name.rpartition(".")[0]) in plural else name for name in entries("nl")}
    unused = [n for n in names if n not in words | tails and not any(p.fullmatch(n) for p in made)]
    assert unused == []


ALWAYS_SEVERAL = {"finding.three_alike.message", "finding.column_emptied.message"}
"""Texts of findings that count, and are told from three on."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_finding_that_counts_has_words_for_one(language: str) -> None:
    found = load_texts(language).entries
    counts = {name for name, text in found.items() if name.startswith("finding.") and "n" in placeholders(text)}
    formless = {name for name in counts if not name.endswith((".one", ".other", ".zero"))}
    assert formless == ALWAYS_SEVERAL, f"give these .one and .other in registerkit/texts/{language}/findings.toml"
    for name in {name.removesuffix(".other") for name in counts - formless if name.endswith(".other")}:
        assert f"{name}.one" in found
        assert "{n}" not in load_texts(language)(name, n=1)


@pytest.mark.parametrize(
    ("language", "n", "said"),
    [
        ("nl", 1, "Er is 1 brief waarvan de aanleiding meer dan vier weken geleden is; die wordt niet meer gemaakt."),
        (
            "nl",
            3,
            "Er zijn 3 brieven waarvan de aanleiding meer dan vier weken geleden is; die worden niet meer gemaakt.",
        ),
        ("en", 1, "1 letter whose occasion lies more than four weeks back is not made any more."),
        ("en", 3, "3 letters whose occasion lies more than four weeks back are not made any more."),
    ],
)
def test_letters_that_are_not_made_any_more_are_counted_in_words(language: str, n: int, said: str) -> None:
    finding = Finding("letters_dismissed", "info", Location(None), context={"n": n})
    assert said == finding.message(load_texts(language))


def test_no_finding_text_is_left_over() -> None:
    told = {n.removeprefix("finding.").removesuffix(".message") for n in entries("nl")
            if n.startswith("finding.") and n.endswith(".message")}  # fmt: skip
    assert told - finding_codes() == set()


def test_no_error_text_is_left_over() -> None:
    told = {n.removeprefix("error.").removesuffix(".message") for n in entries("nl")
            if n.startswith("error.") and n.endswith(".message")}  # fmt: skip
    assert told - error_names() == set()


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (True, "ja"), (False, "nee"), (None, "-"), (date(2026, 12, 31), "31-12-2026"), (7, "7"),
        (("K-1", date(2026, 1, 2), True), "K-1, 02-01-2026, ja"), ([], ""), ("{x}", "{x}"),
    ],
)  # fmt: skip
def test_values_show_as_people_write_them(value: object, expected: str) -> None:
    texts = Texts("nl", {"t": "{v}", "value.yes": "ja", "value.no": "nee", "value.none": "-"})
    assert texts("t", v=value) == expected


def test_a_value_that_is_not_given_never_stops_a_message() -> None:
    assert Texts("nl", {"t": "a {b} c"})("t") == "a ? c"


@pytest.mark.parametrize(
    ("text", "expected"),
    [("a {b} c", "a c"), ("a. {b}", "a."), ("{b} c", "c"), ("{c} {b}", "ja"), ("'{b}'", "''"), ("({b})", "()")],
)
def test_an_empty_value_takes_its_space_along(text: str, expected: str) -> None:
    assert Texts("nl", {"t": text, "value.yes": "ja"})("t", b="", c=True) == expected


@pytest.mark.parametrize(
    ("value", "said"),
    [("Naam", "Vul ‘Naam’ in."), (["Naam", "Oordeel"], "Vul ‘Naam’, ‘Oordeel’ in."), ([], "Vul in."), ("", "Vul in.")],
)
def test_names_in_a_sentence_stand_between_quotes_one_by_one(value: object, said: str) -> None:
    assert Texts("nl", {"fix": "Vul ‘{labels}’ in."})("fix", labels=value) == said


FIELDS = re.compile(r"(?<!‘)\{(label|labels|ways|confirm|remarks|reasons|columns|detail|promised)\}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_fields_are_named_between_quotes_in_what_is_told_of_cells(language: str) -> None:
    entries = load_texts(language).entries
    bare = [
        name
        for name, text in entries.items()
        if name.startswith(("finding.", "access.refuse.")) and FIELDS.search(text)
    ]
    assert bare == []


def test_an_unknown_text_or_language_is_a_fault() -> None:
    with pytest.raises(KeyError):
        load_texts("nl")("no.such.text")
    with pytest.raises(KeyError):
        load_texts("fr")


def test_nothing_but_the_suggestion_goes_when_nothing_comes_near() -> None:
    """A capital before the brackets is no beginning of it."""
    for language in LANGUAGES:
        texts = load_texts(language)
        bracketed = {name: text for name, text in texts.entries.items() if re.search(r"\([^()]*\{nearest\}", text)}
        assert bracketed
        for name, text in bracketed.items():
            without = re.sub(r" ?\([^()]*\{nearest\}[^()]*\)", "", text)
            assert texts(name, nearest=None) == without.format_map(defaultdict(lambda: "?")), name
