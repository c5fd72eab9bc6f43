"""What a definition file says for one profile of terms: entries that only some have, and words that differ."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from registerkit.faults import Faults
from registerkit.findings import Finding
from registerkit.setting_kinds import PROFILES
from registerkit.texts import LANGUAGES, load_texts

__all__ = ["check_profiles", "every_code", "of_profile", "profile_words", "told_by_profile"]

_OWN_KEYS = frozenset({*PROFILES, "profiles"})
_WORD = re.compile(r"\{[wW]ord\}")
_FIELD_WORDS = frozenset({*LANGUAGES, "help", "question", "hint", "form"})
"""What a field can say otherwise under a profile."""


def profile_words(profile: str, language: str = "", word: str = "") -> dict[str, str]:
    """Return what the complainant is called under a profile, per language; `word` is the office's own."""
    words = {each: load_texts(each, "words")(f"complainant.{profile}") for each in LANGUAGES}
    return words | {language: word} if word else words


class _Spoken(NamedTuple):
    """A profile, and what the complainant is called."""

    profile: str
    words: Mapping[str, str]

    def of(self, field: Any) -> Any:
        """Return a field in these words."""
        return _filled(_spoken(field, self.profile), self.words)


def of_profile(
    tree: Mapping[str, Any], profile: str, words: Mapping[str, str], former: Sequence[Mapping[str, str]] = ()
) -> dict[str, Any]:
    """Return the tree of a definition file as it is for one profile, with the word for the complainant filled in.

    `former` are other words that it had: columns that carry them are still known.
    """
    lists = {name: _list(body, profile) for name, body in _bodies(tree, "lists").items()}
    tables = _bodies(tree, "tables")
    for name, above in _parents(tables):
        if isinstance(lists.get(name), Mapping) and above in lists:
            lists[name] = _under(lists[name], _codes(tree, above) - _codes({"lists": lists}, above))
    usual = [_Spoken(each, profile_words(each)) for each in dict.fromkeys((profile, PROFILES[0]))]
    usual += [_Spoken(profile, each) for each in former]
    others = [_Spoken(each, profile_words(each)) for each in PROFILES]
    said = {name: _table(body, _Spoken(profile, words), usual, others) for name, body in tables.items()}
    rules = tree.get("rules")
    if isinstance(rules, list):
        tree = {**tree, "rules": [_spoken(rule, profile) for rule in rules if _belongs(rule, profile)]}
    return {**tree, **_given(tree, "lists", _filled(lists, words)), **_given(tree, "tables", said)}


def check_profiles(tree: Mapping[str, Any], faults: Faults) -> None:
    """Note profiles that there are not, and words that cannot differ between them."""
    for name, body in _bodies(tree, "lists").items():
        fixed = isinstance(body, Mapping) and body.get("fixed") is True
        if isinstance(body, Mapping):
            _check_words(body, f"lists.{name}", frozenset(LANGUAGES), faults)
        for n, entry in enumerate(_entries(body, "choices"), 1):
            where = f"lists.{name}.choices[{n}]"
            if fixed and "profiles" in entry:
                faults.add("fixed_profiles", f"{where}.profiles")
            _check_named(entry, where, faults)
            _check_words(entry, where, frozenset(LANGUAGES), faults)
    for n, rule in enumerate(_entries(tree, "rules"), 1):
        _check_named(rule, f"rules.{rule.get('id', n)}", faults)
    for name, body in _bodies(tree, "tables").items():
        for field in _entries(body, "fields"):
            _check_words(field, f"tables.{name}.fields.{field.get('id')}", _FIELD_WORDS, faults)


def _check_named(entry: Mapping[str, Any], where: str, faults: Faults) -> None:
    for profile in faults.words(entry, "profiles", where):
        if profile not in PROFILES:
            faults.unknown("unknown_profile", f"{where}.profiles", profile, PROFILES)


def told_by_profile(found: Faults, every: Mapping[str, Collection[str]], profile: str) -> list[Finding]:
    """Return the findings; of a code that only other profiles have it is said that this one lacks it."""
    known = {code for codes in every.values() for code in codes}
    faults = Faults(found.file, found.kind, found.text)
    for fault in found.found:
        if fault.code.endswith(".unknown_code") and fault.context["word"] in known:
            faults.add("code_of_profile", fault.location.label or "", word=fault.context["word"], profile=profile)
        else:
            faults.found.append(fault)
    return faults.found


def every_code(tree: Mapping[str, Any]) -> dict[str, set[str]]:
    """Return the codes of each list, of whatever profile."""
    return {name: _codes(tree, name) for name in _bodies(tree, "lists")}


def _check_words(entry: Mapping[str, Any], where: str, known: frozenset[str], faults: Faults) -> None:
    for profile in PROFILES:
        if profile in entry:
            faults.keys(f"{where}.{profile}", faults.body(entry[profile], f"{where}.{profile}"), known)


def _list(body: Any, profile: str) -> Any:
    if not isinstance(body, Mapping) or not isinstance(body.get("choices"), list):
        return body
    choices = [_spoken(entry, profile) for entry in body["choices"] if _belongs(entry, profile)]
    return {**_spoken(body, profile), "choices": choices}


def _belongs(entry: Any, profile: str) -> bool:
    profiles = entry.get("profiles") if isinstance(entry, Mapping) else None
    return not isinstance(profiles, list) or profile in profiles


def _spoken(entry: Any, profile: str) -> Any:
    """Return an entry or a field with what it says otherwise under a profile."""
    if not isinstance(entry, Mapping) or _OWN_KEYS.isdisjoint(entry):
        return entry
    own = entry.get(profile)
    plain = {key: value for key, value in entry.items() if key not in PROFILES and key != "profiles"}
    return {**plain, **own} if isinstance(own, Mapping) else plain


def _parents(tables: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    """Return the lists whose entries hang on those of another, with that other."""
    for body in tables.values():
        listed = {str(field.get("id")): field.get("list") for field in _entries(body, "fields")}
        for field in _entries(body, "fields"):
            own, above = field.get("list"), listed.get(str(field.get("parent")))
            if isinstance(own, str) and isinstance(above, str):
                yield own, above


def _under(body: Mapping[str, Any], gone: set[str]) -> Mapping[str, Any]:
    """Return a list without the entries that hang on one that the profile does not have."""
    found = body.get("choices")
    if not isinstance(found, list):
        return body
    return {**body, "choices": [e for e in found if not isinstance(e, Mapping) or str(e.get("parent")) not in gone]}


def _codes(tree: Mapping[str, Any], name: str) -> set[str]:
    return {str(entry.get("code")) for entry in _entries(_bodies(tree, "lists").get(name), "choices")}


def _table(body: Any, here: _Spoken, usual: Sequence[_Spoken], others: Sequence[_Spoken]) -> Any:
    if not isinstance(body, Mapping) or not isinstance(body.get("fields"), list):
        return body
    return {**body, "fields": [_field(field, here, usual, others) for field in body["fields"]]}


def _field(field: Any, here: _Spoken, usual: Sequence[_Spoken], others: Sequence[_Spoken]) -> Any:
    """Return a field in the profile's words; a workbook that was made with other words is still read.

    `usual` are this profile and the first, without an office's own word, and the words it had: they are aliases. Those
    of any other profile are apart, for a list of somebody else's may well mean another thing by them.
    """
    said = here.of(field)
    if said is field or not isinstance(said, Mapping) or not isinstance(known := said.get("aliases", []), list):
        return said
    own = {*known, *(said.get(language) for language in LANGUAGES)}
    aliases = [label for label in _labels(field, usual) if label not in own]
    elsewhere = [label for label in _labels(field, others) if label not in own and label not in aliases]
    said = {**said, "aliases": [*known, *aliases]} if aliases else said
    return {**said, "elsewhere": elsewhere} if elsewhere else said


def _labels(field: Any, spoken: Sequence[_Spoken]) -> list[str]:
    before = [each.of(field) for each in spoken]
    return [*dict.fromkeys(label for told in before for name in LANGUAGES if isinstance(label := told.get(name), str))]


def _filled(value: Any, words: Mapping[str, str], language: str = LANGUAGES[0]) -> Any:
    """Return texts with the word for the complainant in their language; what has no place for it is given back."""
    if isinstance(value, str):
        return _WORD.sub(lambda m: _named(m[0], words[language]), value) if "{" in value else value
    if isinstance(value, Mapping):
        changed = {
            key: filled
            for key, each in value.items()
            if (filled := _filled(each, words, key if key in LANGUAGES else language)) is not each
        }
        return {**value, **changed} if changed else value
    if isinstance(value, list):
        filled_list = [_filled(each, words, language) for each in value]
        return filled_list if any(a is not b for a, b in zip(filled_list, value, strict=True)) else value
    return value


def _named(place: str, word: str) -> str:
    return word[:1].upper() + word[1:] if place == "{Word}" else word


def _bodies(tree: Mapping[str, Any], section: str) -> dict[str, Any]:
    found = tree.get(section)
    return dict(found) if isinstance(found, Mapping) else {}


def _given(tree: Mapping[str, Any], section: str, value: Any) -> dict[str, Any]:
    return {section: value} if isinstance(tree.get(section), Mapping) else {}


def _entries(body: Any, key: str) -> list[Mapping[str, Any]]:
    found = body.get(key) if isinstance(body, Mapping) else None
    return [entry for entry in found if isinstance(entry, Mapping)] if isinstance(found, list) else []
