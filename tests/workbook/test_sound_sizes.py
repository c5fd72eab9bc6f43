"""Every size of register in both languages passes the linter, the Open XML SDK and openxml-audit."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from checked import assert_sound
from workbook_samples import MakeContent, complaints, varied

from registerkit.definition import Choice, Definition
from registerkit.workbook import build_form, build_workbook

NASTY = (
    'met "aanhalingstekens" en \'apostrof\'', "Jansen & Zn. <nieuw>", "=1+1", "+31 30 123", "-geen-", "@plaats",
    "x" * 300, "klacht 🚲 éü", "a;b,c|d", "{0} %s {naam}", "_x0041_", "TRUE", "1e5", "  spaties  ",
)  # fmt: skip
"""Texts that a program could take for something else; 300 characters is more than a formula takes in one piece."""


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("count", [0, 12, 2000, pytest.param(20_000, marks=pytest.mark.slow)])
def test_every_size_is_sound(make: MakeContent, language: str, count: int, tmp_path: Path) -> None:
    records = None if count == 0 else complaints(count) if count == 12 else varied(count)
    build_workbook(tmp_path / "register.xlsx", make(language, records))
    assert_sound(tmp_path / "register.xlsx")


@pytest.mark.parametrize("build", [build_workbook, build_form])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_texts_stay_texts_wherever_they_come_from(
    make: MakeContent, build: object, language: str, tmp_path: Path
) -> None:
    """List entries, names of staff and the organisation, and values may hold anything; the file stays sound."""
    content = make(language, complaints(len(NASTY)))
    definition = _with_nasty_lists(content.definition)
    rows = {table: list(records) for table, records in content.records.items()}
    for record, text in zip(rows["complaints"], NASTY, strict=True):
        record |= {"name": text, "subject": text, "description": text, "city": text, "handler": "AB"}
    for record, text in zip(rows["staff"], NASTY, strict=False):
        record |= {"name": text, "phone": text}
    rows["staff"] += [{"code": f"S{n}", "name": text} for n, text in enumerate(NASTY)]
    lists = {name: found.choices for name, found in definition.lists.items()}
    content = dataclasses.replace(
        content,
        definition=definition,
        lookups=content.lookups.with_lists(lists).with_staff({str(row["code"]): row for row in rows["staff"]}),
        records=rows,
        organisation={"name": NASTY[0] + NASTY[1]},
        asked={"words": "=1+1", "handler": NASTY[2]},
    )
    build(tmp_path / "nasty.xlsx", content)  # type: ignore[operator]
    assert_sound(tmp_path / "nasty.xlsx")


def _with_nasty_lists(definition: Definition) -> Definition:
    """Give the definition with one odd label per entry, as far as there are odd ones, and a number to keep them apart."""

    def odd(n: int, choice: Choice) -> Choice:
        text = NASTY[n % len(NASTY)] + (f" {n}" if n >= len(NASTY) else "")
        return dataclasses.replace(choice, labels={"nl": text, "en": text})

    lists = {
        name: dataclasses.replace(found, choices=tuple(odd(n, c) for n, c in enumerate(found.choices)))
        for name, found in definition.lists.items()
    }
    return dataclasses.replace(definition, lists=lists)
