"""Reads a definition file into a `Definition`, and says all that is wrong with it at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from registerkit.definition._by_role import by_role, check_roles
from registerkit.definition._codes import check_codes
from registerkit.definition._kit_tables import check_kit_tables, with_kit_choices
from registerkit.definition._lists import read_lists
from registerkit.definition._personal import with_personal
from registerkit.definition._profiles import check_profiles, every_code, of_profile, profile_words, told_by_profile
from registerkit.definition._rules import read_condition, read_derivations, read_rules
from registerkit.definition._tables import read_labels, read_tables
from registerkit.definition.model import Definition
from registerkit.errors import DefinitionError, MissingFileError
from registerkit.faults import Faults
from registerkit.files import read_text
from registerkit.findings import Finding
from registerkit.resources import resource_folder
from registerkit.setting_kinds import PROFILES
from registerkit.toml_place import TomlError, read_toml

if TYPE_CHECKING:
    from registerkit.settings import Settings

__all__ = ["DEFAULT_DEFINITION", "check_definition", "definition_of", "load_definition", "parse_definition"]

DEFAULT_DEFINITION = "klachten.toml"

_Words = tuple[tuple[str, str], ...]
_TOP = {"definition", "lists", "tables", "rules", "derivations"}
_HEAD = {"id", "version", "nl", "en", "main", "closing", "informal", "informal_fields", "closing_fields"}


def load_definition(
    path: Path | None = None,
    profile: str = PROFILES[0],
    words: Mapping[str, str] | None = None,
    former: Sequence[Mapping[str, str]] = (),
) -> Definition:
    """Read a definition file, by default the complaint register that ships with the kit, as it is for a profile.

    `words` is what the complainant is called, per language; else the profile's own word. What a workbook was made with
    when other words held, `former`, is still read. Raises `MissingFileError`, or
    `DefinitionError` whose `findings` value lists every fault.
    """
    file = path or resource_folder("workbook_templates") / DEFAULT_DEFINITION
    told = [tuple(each.items()) for each in (words or {}, *former)]
    definition, findings = _parsed(_read(file), file.name, profile, *told)
    if definition is None:
        raise _faulty(file, findings)
    return definition


@lru_cache(maxsize=16)
def _parsed(
    text: str, file: str, profile: str, words: _Words, *former: _Words
) -> tuple[Definition | None, list[Finding]]:
    """Return the same for the same file: a command asks for it more than once, and a definition is never changed."""
    return parse_definition(text, file, profile, dict(words), [dict(each) for each in former])


def definition_of(settings: Settings, profile: str = "", former: Sequence[str] = ()) -> Definition:
    """Return the definition that an office's settings name, in its words and for its profile, or for another one.

    `former` are words for the complainant that were the office's own before.
    """
    profile = profile or settings.profile
    word = settings.word if profile == settings.profile else ""
    words, *before = (profile_words(profile, settings.language, each) for each in (word, *former))
    return load_definition(settings.definition, profile, words, [each for each in before if each != words])


def check_definition(path: Path) -> Definition:
    """Read a definition file and look at it under every profile; gives it as it is for the first. Raises as above."""
    text, found = _read(path), dict[tuple[str, str | None], Finding]()
    every: dict[str, Definition] = {}
    for profile in PROFILES:
        definition, findings = parse_definition(text, path.name, profile)
        for fault in findings:
            found.setdefault((fault.code, fault.location.label), fault)
        if definition is not None:
            every[profile] = definition
    if found:
        raise _faulty(path, list(found.values()))
    return every[PROFILES[0]]


def _read(file: Path) -> str:
    try:
        return read_text(file)
    except FileNotFoundError:
        raise MissingFileError(file) from None
    except UnicodeDecodeError:
        raise DefinitionError(file, reason="not_utf8") from None


def _faulty(file: Path, findings: list[Finding]) -> DefinitionError:
    where = findings[0].location.label
    return DefinitionError(file, reason="faults", findings=findings, n=len(findings), where=where)


def parse_definition(
    text: str,
    file: str,
    profile: str = PROFILES[0],
    words: Mapping[str, str] | None = None,
    former: Sequence[Mapping[str, str]] = (),
) -> tuple[Definition | None, list[Finding]]:
    """Turn the text of a definition file into a definition, or None with the findings that say why not."""
    faults = Faults(file, text=text)
    try:
        tree = read_toml(text)
    except TomlError as error:
        faults.add("syntax", file, **error.place)
        return None, faults.found
    definition = _checked(tree, profile, words or profile_words(profile), faults, former)
    is_copy = text != _shipped_text()
    if is_copy and definition.main_id in definition.tables:
        check_roles(definition, _shipped().main, faults)
        check_kit_tables(definition, _shipped(), faults)
    if faults.found:
        return None, told_by_profile(faults, every_code(tree), profile)
    if not is_copy:
        return by_role(definition), []
    return with_personal(by_role(with_kit_choices(definition, _shipped())), _shipped()), []


def _shipped_text() -> str:
    return (resource_folder("workbook_templates") / DEFAULT_DEFINITION).read_text(encoding="utf-8-sig")


@cache
def _shipped() -> Definition:
    """Return the definition that ships with the kit: its ids are the roles, and the fields of the kit's own tables."""
    return load_definition()


def _checked(
    tree: Mapping[str, Any],
    profile: str,
    words: Mapping[str, str],
    faults: Faults,
    former: Sequence[Mapping[str, str]] = (),
) -> Definition:
    check_profiles(tree, faults)
    definition = _definition(of_profile(tree, profile, words, former), faults)
    if definition.main_id in definition.tables:
        check_codes(definition, every_code(tree), faults)
    return definition


def _definition(tree: Mapping[str, Any], faults: Faults) -> Definition:
    faults.keys("", tree, _TOP)
    head = faults.require(tree, "definition", dict, "definition", {})
    faults.keys("definition", head, _HEAD)
    lists = read_lists(faults.take(tree, "lists", dict, "lists", {}), faults)
    tables = read_tables(faults.require(tree, "tables", dict, "tables", {}), lists, faults)
    main_id = faults.require(head, "main", str, "definition", "")
    if "main" in head and tables and main_id not in tables:
        faults.unknown("unknown_table", "definition.main", main_id, tables)
    main = tables.get(main_id)
    known = set(main.by_id) if main else set()
    informal_fields = _known_fields(head, "informal_fields", known, faults)
    closing_fields = _known_fields(head, "closing_fields", known, faults)
    return Definition(
        id=faults.require(head, "id", str, "definition", ""),
        version=faults.take(head, "version", int, "definition", 1),
        labels=read_labels(head, "definition", faults),
        main_id=main_id,
        tables=tables,
        lists=lists,
        rules=read_rules(faults.take(tree, "rules", list, "rules", []), tables, faults),
        derivations=read_derivations(faults.take(tree, "derivations", list, "derivations", []), tables, faults),
        closing=read_condition(head.get("closing"), "definition.closing", known, faults),
        informal=read_condition(head.get("informal"), "definition.informal", known, faults),
        informal_fields=informal_fields,
        closing_fields=closing_fields,
    )


def _known_fields(head: Mapping[str, Any], key: str, known: set[str], faults: Faults) -> tuple[str, ...]:
    fields = faults.words(head, key, "definition")
    for field_id in fields:
        if field_id not in known:
            faults.unknown("unknown_field", f"definition.{key}", field_id, known)
    return fields
