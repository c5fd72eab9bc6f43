"""What an office says of itself: the settings it begins with, and the keys by which a store holds it."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from registerkit.office import (
    DETAILS,
    code_in,
    code_of,
    detail_fault,
    detail_of,
    details_asked,
    is_same,
    key_of,
    needed_details,
    values_of,
    with_values,
)
from registerkit.settings import Settings, parse_settings
from registerkit.texts import LANGUAGES, load_texts

TEXT = """
[register]
word = "inwoner"
owner = "SV"
[organisation]
name = "Gemeente Vaart"
kvk = 12345678
[letters]
half_way = false
signer = "Sanne de Vries"
[responsible]
coordinator = "SV"
[external.ombudsman]
name = "Nationale ombudsman"
[external.committee]
name = "Commissie"
takes_part = true
[theme]
accent = "#2A7F86"
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return parse_settings(TEXT, tmp_path)


def test_details_are_read_from_settings_and_put_back_unchanged(settings: Settings) -> None:
    told = values_of(settings)
    assert ("inwoner", "12345678", "Nationale ombudsman") == tuple(
        told[c] for c in ("register.word", "organisation.kvk", "external.ombudsman.name")
    )
    assert values_of(with_values(settings, told)) == told
    again = with_values(settings, told)
    assert (False, True, "#2A7F86") == (
        again.letters["half_way"], again.external["committee"]["takes_part"], again.theme["accent"],
    )  # fmt: skip


def test_a_detail_without_a_value_is_not_there_and_the_word_falls_back(settings: Settings) -> None:
    blank = with_values(settings, dict.fromkeys(DETAILS))
    assert ("", "klant", None, None) == (blank.name, blank.word, blank.owner, blank.default_handler)
    assert {} == dict(blank.external.get("ombudsman", {}))
    assert set(values_of(blank).values()) == {None, "klant"}


def test_volumes_are_a_text_for_each_year_and_come_back_as_numbers(settings: Settings) -> None:
    volumes = {"2025": 11800, "2026-Q1": 2900, "2026-10": 1040}
    held = replace(settings, report=replace(settings.report, unit="inwoners", volumes=volumes))
    told = values_of(held)
    assert (told["volumes.unit"], told["volumes.2025"], told["volumes.2026"]) == (
        "inwoners",
        "11800",
        "kw1 2900; okt 1040",
    )
    assert with_values(settings, told).report == held.report
    asked = details_asked(held, date(2027, 1, 4))
    assert asked[-4:] == ["volumes.unit", "volumes.2025", "volumes.2026", "volumes.2027"]
    changed = with_values(held, {"volumes.2025": None, "volumes.2026": "1.000"})
    assert changed.report.volumes == {"2026": 1000}
    assert is_same("volumes.2026", "kw1 2900; okt 1040", "Q1 2,900; oct 1.040")
    assert not is_same("volumes.2026", "2900", None)
    assert not is_same("organisation.phone", "030 1", "0301")


@pytest.mark.parametrize("code", [*DETAILS, "volumes.2026"])
def test_every_detail_has_its_words_and_a_key_that_fits_in_every_store(code: str) -> None:
    for texts in map(load_texts, LANGUAGES):
        detail = detail_of(code)
        assert detail is not None
        assert all(f"office.{part}.{detail.words}" in texts for part in ("name", "purpose"))
        assert f"office.part.{detail.part}" in texts
    mine, yours = str(uuid.uuid4()), str(uuid.uuid4())
    key = key_of(code, mine)
    assert len(key) <= 64
    assert (code, code, None) == (code_of(key), code_in(key, mine), code_in(key, yours))
    assert code_in(key_of(code, ""), "") == code


@pytest.mark.parametrize(
    ("profile", "bodies"),
    [
        ("awb", {"ombudsman"}),
        ("wkkgz", {"officer", "committee"}),
        ("webwinkel", {"committee"}),
        ("eigen", {"ombudsman", "committee"}),
    ],
)
def test_only_the_bodies_that_one_can_go_to_are_asked_about_and_those_that_are_told(
    settings: Settings, profile: str, bodies: set[str]
) -> None:
    def asked(held: Settings) -> set[str]:
        return {code.split(".")[1] for code in details_asked(held, on) if code.startswith("external.")}

    on = date(2026, 11, 30)
    plain = replace(settings, terms={"profile": profile}, external={})
    assert asked(plain) == bodies
    assert asked(replace(plain, external={"officer": {"name": "Ria Post"}})) == bodies | {"officer"}
    assert details_asked(plain, on)[:2] == ["organisation.name", "organisation.department"]


def test_what_letters_need_follows_from_the_law() -> None:
    assert {"external.ombudsman.name"} == set(needed_details("awb")) - set(needed_details("eigen"))
    assert all(
        code in DETAILS for profile in ("eigen", "awb", "wkkgz", "webwinkel") for code in needed_details(profile)
    )


@pytest.mark.parametrize(
    ("code", "value", "fault"),
    [
        ("organisation.email", "geen adres", "office_email"),
        ("organisation.email", "klachten@voorbeeld.nl", None),
        ("organisation.name", "De\u2028Spaak", "office_line"),
        ("organisation.name", "x" * 201, "office_line"),
        ("theme.logo", "../logo.png", "office_logo"),
        ("theme.logo", "weg.png", "office_logo"),
        ("external.committee.fee", "\u20ac 52,50", None),
        ("volumes.unit", "inwoners", None),
        ("volumes.2026", "11.800", None),
        ("volumes.2026", "veel", "office_volume"),
        ("volumes.2026", "2025-10 3", "office_volume"),
    ],
)
def test_what_cannot_stand_in_letters_headers_or_paths_is_refused(
    settings: Settings, code: str, value: str, fault: str | None
) -> None:
    detail = detail_of(code)
    assert detail is not None
    assert detail_fault(detail, value, settings) == fault
