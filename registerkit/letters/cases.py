"""Fills in a template for every kind of case that a letter can be about, and says what goes wrong. Writes no file.

A case is an invented complaint: with all filled in, with what a letter always has only, with each other value missing
in turn, and all that for every ending that its kind of letter tells. What the law of the profile wants is looked for
in what comes out.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from registerkit.deadlines import Profile, TermPolicy
from registerkit.definition import Field, Record
from registerkit.letters.agenda import DueLetter
from registerkit.letters.context import letter_context
from registerkit.letters.faults import TemplateFault
from registerkit.letters.law import law_faults
from registerkit.letters.prepared import PreparedTemplate
from registerkit.register import Register

__all__ = ["BARE", "Case", "Tried", "cases_of", "try_template"]

BARE = "*"
"""What is missing in a case that has only what a letter always has."""
_KEPT = frozenset(
    {
        *("received_on", "name", "category", "description", "status", "due_on", "handler", "email", "judgement"),
        *("asked", "reply_by", "proposal", "agreements", "agreed_on", "agreement_by", "hearing_on", "hearing_place"),
        *("promised_by", "reasons", "ground", "related_to", "employee", "solved_on", "reopened_on", "solution"),
    }
)
"""The roles without which no letter comes that tells them: they are missing in no case."""
_EXTENDED = frozenset({"extension", "extension_employee"})
_JUDGED = {
    "outcome_founded": "gegrond",
    "outcome_partly_founded": "deels",
    "outcome_unfounded": "ongegrond",
    "outcome_bad_faith": "te_kwader_trouw",
    "outcome_doubtful": "twijfelachtig",
    "outcome_no_judgement": "geen_oordeel",
}
_PAUSE = ("reason", "from_on", "resumes_on", "consent_on")
_NONE = re.compile(r"\bNone\b")
_SHOWN = frozenset({"t", "instrText", "delText", "delInstrText"})
_SHOWS_NONE = frozenset({"body", "p", "r", "tbl", "tr", "tc", "hyperlink", "sdtContent"})
"""What Word shows the text of, and where text is lost."""


@dataclass(frozen=True)
class Case:
    """A case: its profile, the ending that it tells with the list of it, what is missing in it, and its context."""

    profile: str
    ending: str | None
    choices: str
    missing: str
    context: Mapping[str, Any]


@dataclass(frozen=True)
class Tried:
    """What came of a case: the letter, or what is the matter."""

    case: Case
    letter: bytes | None
    faults: tuple[TemplateFault, ...]


def try_template(template: Path, kind: str, cases: Iterable[Case]) -> Iterator[Tried]:
    """Fill in a template for each case; a fault that an earlier case had too is told once."""
    prepared, told = PreparedTemplate(template), set[tuple[str, str]]()
    for case in cases:
        letter: bytes | None = None
        try:
            letter = prepared.render(case.context)
            faults = list(_seen(letter, kind, case))
        except TemplateFault as fault:
            is_missed = fault.reason == "other" and case.missing not in ("", BARE)
            faults = [TemplateFault("fails_without", case.missing) if is_missed else fault]
        if case.missing == BARE and any(reason in ("none", "fails_without") for reason, _ in told):
            faults = []  # What is missing was found by name.
        new = [fault for fault in faults if fault.key not in told]
        told |= {fault.key for fault in new}
        yield Tried(case, letter, tuple(new))
        if any(fault.reason == "bounds" for fault in new):
            return  # Every other case would take as long.


def _seen(letter: bytes, kind: str, case: Case) -> Iterator[TemplateFault]:
    """Return what is wrong in a letter as it came out."""
    from docx.oxml import parse_xml

    with zipfile.ZipFile(BytesIO(letter)) as archive:
        root = parse_xml(archive.read("word/document.xml"))
    shown = []
    for text in root.xpath("//text()"):
        held = text.getparent().getparent() if text.is_tail else text.getparent()
        name = held.tag.rpartition("}")[2]
        if name in _SHOWN:
            shown.append(str(text))
        elif name in _SHOWS_NONE and text.strip():
            yield TemplateFault("lost", " ".join(text.split())[:40])
    text = "".join(shown)
    if _NONE.search(text):
        yield TemplateFault("none", case.missing) if case.missing != BARE else TemplateFault("none_bare")
    yield from law_faults(kind, case.profile, case.context, text, is_full=not case.missing)


def cases_of(register: Register, kind: str, used: Iterable[str]) -> Iterator[Case]:
    """Return the cases of a kind of letter under each profile of the register; `used` are the names to leave out."""
    profiles = {profile.name: profile for profile in register.policy.profiles.values()}
    choices, endings = _endings(register, kind)
    for profile in profiles.values():
        for ending in endings:
            full = _context(register, kind, profile, ending, is_full=True)
            bare = _context(register, kind, profile, ending, is_full=False)
            yield Case(profile.name, ending, choices, "", full)
            for name in sorted(used):
                if _value(bare, name) is None and _value(full, name) is not None:
                    yield Case(profile.name, ending, choices, name, _without(full, name.split(".")))
            yield Case(profile.name, ending, choices, BARE, bare)


def _endings(register: Register, kind: str) -> tuple[str, list[str | None]]:
    """Return the list and the codes of what a kind of letter tells: solutions, or grounds."""
    role = {"not_taken_up": "ground"}.get(kind, "solution" if kind in _JUDGED else "")
    field = register.definition.role(role) if role else None
    return (field.choices or "", _codes(register, field) or [None]) if field is not None else ("", [None])


# ------------------------------------------------------------------------------------------------------ the complaints
def _context(register: Register, kind: str, profile: Profile, ending: str | None, *, is_full: bool) -> dict[str, Any]:
    """Return what a letter about an invented complaint is told."""
    main, number = register.definition.main, "K-0000-0001"
    wanted = [field for field in main.fields if field.stored and (is_full or field.name in _KEPT)]
    record: Record = {field.id: None for field in main.fields if field.stored}
    record |= {field.id: _sample(register, field) for field in wanted} | {main.key: number}
    chosen: dict[str, Any] = {
        "judgement": _JUDGED.get(kind),
        "ground" if kind == "not_taken_up" else "solution": ending,
    }
    chosen |= {"received_on": register.on - timedelta(days=7), "name": "J. de Vries", "handler": "MD"}
    chosen |= {"extended_on": register.on} if kind in _EXTENDED else {}
    by_role = {field.name: field.id for field in main.fields if field.stored}
    record |= {by_role[role]: value for role, value in chosen.items() if value is not None and role in by_role}
    staff: Record = {"code": "MD", "name": "M. Dijkstra", "role": "behandelaar" if is_full else None}
    tables: dict[str, Mapping[str, Record]] = {table: {} for table in register.definition.tables}
    tables |= {register.definition.main_id: {number: record}, "staff": {"MD": staff}}
    invented = replace(
        register,
        records=tables,
        lookups=register.lookups.with_staff({"MD": staff}),
        policy=TermPolicy(profile, (), (), {(None, None): profile}),
        phases={},
    )
    joined = {"number": "K-0000-0002", "due_on": None}
    context = letter_context(invented, DueLetter(number, 1, kind, "")) | {
        "joined": joined,
        "pause": _paused(is_full=is_full),
    }
    return _whole(context, profile.name, register) if is_full else context


def _paused(*, is_full: bool) -> dict[str, str | None]:
    return {name: "x" if is_full or name == "from_on" else None for name in _PAUSE}


def _sample(register: Register, field: Field) -> Any:
    """Return a value for a field: texts have the name of the column, so that who reads the letter knows what it is."""
    if field.value_kind == "choice":
        return next(iter(_codes(register, field)), None)
    samples: dict[str, Any] = {"date": register.on + timedelta(days=14), "integer": 2, "money": 2550, "yesno": True}
    samples |= {"person": "MD", "numbers": (), "email": "klant@voorbeeld.example", "phone": "030 555 01 08"}
    samples |= {"postcode": "3571 XC"}
    return samples.get(field.value_kind, f"{field.labels[register.lookups.language]} & <1>")


def _codes(register: Register, field: Field) -> list[str | None]:
    held = field.choices or ""
    return [register.lookups.code(held, label) for label in register.lookups.labels(held)]


def _whole(context: dict[str, Any], profile: str, register: Register) -> dict[str, Any]:
    """Fill in what no complaint has: the office, the bodies of the profile, a measure, what goes with the letter."""
    texts, word = register.texts, "x"
    body: dict[str, Any] = {"name": word, "address": "Postbus 1, 3500 AA Utrecht", "term": word}
    body |= {"website": "www.voorbeeld.example", "phone": "030 555 01 09", "email": "bureau@voorbeeld.example"}
    body |= {"fee": "€ 52,50", "takes_part": True}
    meant = {"awb": ("ombudsman",), "wkkgz": ("officer", "committee")}.get(profile, ())
    external = {
        name: held or (body | {"name": texts(f"letters.case.{name}")} if name in meant else None)
        for name, held in context["external"].items()
    }
    measure = dict.fromkeys(("description", "owner", "ready_by", "temporary", "done_on", "normal_from"), word)
    return context | {
        "external": external,
        "organisation": {key: value or key for key, value in context["organisation"].items()} | {"logo": None},
        "letter": context["letter"] | {"enclosures": context["letter"]["enclosures"] or [word]},
        "signer": {key: value or word for key, value in context["signer"].items()},
        "measures": [measure | {"is_normal": False}],
        "joined": context["joined"] | {"due_on": word},
    }


def _value(context: Mapping[str, Any], name: str) -> Any:
    held: Any = context
    for part in name.split("."):
        held = held.get(part) if isinstance(held, Mapping) else None
    return held


def _without(context: Mapping[str, Any], parts: list[str]) -> dict[str, Any]:
    """Return a context in which one name is empty."""
    first, *rest = parts
    held = context[first]
    return {**context, first: _without(held, rest) if rest and isinstance(held, Mapping) else None}
