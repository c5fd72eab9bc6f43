"""What an office says of itself: `register.toml` begins with it, and the register's own sheet keeps it from then on.

Where things lie (paths, database, sources, mail server) stays in `register.toml`. How many orders or inhabitants there
were stands there too: a detail for every year that it is asked or told of.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from registerkit.codes import FindingCode
from registerkit.pictures import picture_fault
from registerkit.report_settings import volume_text, volumes_in
from registerkit.setting_kinds import SettingKind, kind_of
from registerkit.settings import Settings

__all__ = [
    "DETAILS",
    "LETTERHEAD",
    "NAMED_BY_LAW",
    "STEPS",
    "TABLE",
    "Detail",
    "as_text",
    "code_in",
    "code_of",
    "detail_fault",
    "detail_of",
    "details_asked",
    "in_order",
    "is_same",
    "key_of",
    "needed_details",
    "place_on_sheet",
    "values_of",
    "with_values",
]

TABLE = "office"
"""The id of the table that holds the details."""
STEPS = ("registration", "investigation", "answer", "corrective", "preventive")
"""The steps of handling a complaint that somebody is named responsible for, as keys of the settings."""
_BETWEEN = "/"
"""Stands in a key between the name that an office has in a shared store and the detail."""
_VOLUMES = "volumes"
_WAY_ON = "way_on"
_YEAR = re.compile(r"(?:19|20)\d{2}")
_ASKED = 2
"""A volume is asked of so many years: this one and the one before."""


@dataclass(frozen=True)
class Detail:
    """One detail: the section and key of the settings that it begins with, and the part of the sheet it stands in."""

    part: str
    section: str
    key: str
    is_person: bool = False

    @property
    def code(self) -> str:
        """The detail's name, as in `register.toml`."""
        return f"{self.section}.{self.key}"

    @property
    def is_volume(self) -> bool:
        """Whether it is how many there were in a year."""
        return self.section == _VOLUMES and _YEAR.fullmatch(self.key) is not None

    @property
    def body(self) -> str:
        """The body to go to that it is of: `ombudsman` of `external.ombudsman.name`."""
        return self.section.rpartition(".")[2]

    @property
    def words(self) -> str:
        """Return the tail of its texts in the catalogue, `office.name.<tail>`; those of a year are filled in."""
        return f"{_VOLUMES}.year" if self.is_volume else self.code

    @property
    def kind(self) -> SettingKind:
        """What it may be."""
        return kind_of(self.section, self.key)


def _details() -> Iterator[Detail]:
    own = ("name", "department", "address", "postcode", "city", "reply_address", "phone", "email", "website", "kvk")
    yield from (Detail("organisation", "organisation", key) for key in own)
    yield Detail("organisation", "theme", "logo")
    yield Detail("organisation", "register", "word")
    yield from (Detail("people", "responsible", key, is_person=True) for key in ("coordinator", "handler"))
    yield Detail("people", "register", "owner", is_person=True)
    yield Detail("people", "letters", "signer", is_person=True)
    yield from (Detail("people", "letters", key) for key in ("signer_role", "on_behalf_of"))
    yield from (Detail("steps", "responsible", key, is_person=True) for key in STEPS)
    yield from (Detail(_WAY_ON, "external.ombudsman", key) for key in ("name", "address", "website"))
    yield from (Detail(_WAY_ON, "external.officer", key) for key in ("name", "phone", "email"))
    yield from (Detail(_WAY_ON, "external.committee", key) for key in ("name", "address", "website", "term", "fee"))
    yield Detail(_VOLUMES, _VOLUMES, "unit")


DETAILS: Mapping[str, Detail] = {detail.code: detail for detail in _details()}
"""The details by code, in the order in which the sheet shows them; the volumes of each year come behind."""
_PLACES = {code: place for place, code in enumerate(DETAILS)}


def detail_of(code: str) -> Detail | None:
    """Return a detail by its code, those of a year among them; None for a code of nothing."""
    section, _, key = code.partition(".")
    if section == _VOLUMES and _YEAR.fullmatch(key):
        return Detail(_VOLUMES, _VOLUMES, key)
    return DETAILS.get(code)


LETTERHEAD = ("name", "address", "postcode", "city", "phone")
"""What a letter cannot do without, of the organisation."""
NAMED_BY_LAW: Mapping[str, tuple[str, ...]] = {"awb": ("ombudsman",), "wkkgz": ("officer", "committee")}
"""By term profile, who must be named as the way on for a complainant who disagrees."""


_WAYS_ON: Mapping[str, tuple[str, ...]] = {**NAMED_BY_LAW, "webwinkel": ("committee",)}
"""By term profile, the bodies that a complainant who disagrees can go to."""
_ANY_WAY_ON = ("ombudsman", "committee")
"""Those under any other profile."""


def details_asked(settings: Settings, on: date) -> list[str]:
    """Return the codes of the details that the sheet has a row for, in its order.

    Of the bodies to go to, those of the term profile; of volumes, those of late years. What settings tell is there too.
    """
    told = {code for code, value in values_of(settings).items() if value is not None}
    bodies = _WAYS_ON.get(settings.profile, _ANY_WAY_ON)
    asked = {code for code, detail in DETAILS.items() if detail.part != _WAY_ON or detail.body in bodies}
    years = {f"{_VOLUMES}.{on.year - n}" for n in range(_ASKED)}
    return in_order(told | asked | years)


def in_order(codes: Collection[str]) -> list[str]:
    """Return codes in the order of the sheet: the volumes of each year come behind."""
    return sorted(codes, key=place_on_sheet)


def place_on_sheet(key: object) -> tuple[int, str]:
    """Return what the key or the code of a detail is sorted by to have the order of the sheet."""
    code = code_of(key) or str(key)
    return (_PLACES.get(code, len(_PLACES)), code)


def needed_details(profile: str) -> tuple[str, ...]:
    """Return the codes of the details that letters under a term profile cannot do without."""
    bodies = NAMED_BY_LAW.get(profile, ())
    return (*(f"organisation.{key}" for key in LETTERHEAD), *(f"external.{body}.name" for body in bodies))


def key_of(code: str, client_id: str) -> str:
    """Return the key of a detail in the store; `client_id` is the office's name in a store that several share."""
    return (f"{client_id}{_BETWEEN}{code}" if client_id else code).upper()  # As all keys are read.


def code_of(key: object) -> str | None:
    """Return the code of a key, whoever's detail it is; None for the key of no detail."""
    code = str(key or "").lower().rpartition(_BETWEEN)[2]
    return code if detail_of(code) else None


def code_in(key: object, client_id: str) -> str | None:
    """Return the code of a key when it is this office's own detail, else None."""
    code = code_of(key)
    return code if code and key == key_of(code, client_id) else None


def as_text(value: object) -> str | None:
    """Return the value of a detail as text; a blank one is none."""
    return str(value).strip() or None if value is not None else None


def is_same(code: str, one: str | None, other: str | None) -> bool:
    """Tell whether two values of a detail say the same: of volumes, the same numbers however they are written."""
    detail = detail_of(code)
    if one == other or not (one and other and detail and detail.is_volume):
        return one == other
    return volumes_in(detail.key, one) == volumes_in(detail.key, other)


def values_of(settings: Settings) -> dict[str, str | None]:
    """Return what settings say of each detail, as text."""
    tree = _tree(settings)
    said = {code: tree.get(detail.section, {}).get(detail.key) for code, detail in DETAILS.items()}
    years = {f"{_VOLUMES}.{key}": value for key, value in tree[_VOLUMES].items() if _YEAR.fullmatch(key)}
    return {code: as_text(value) for code, value in (said | years).items()}


def with_values(settings: Settings, values: Mapping[str, str | None]) -> Settings:
    """Return settings that say of each detail what `values` has; a detail without a value is not there."""
    tree = {section: dict(body) for section, body in _tree(settings).items()}
    for code, value in values.items():
        if (detail := detail_of(code)) is None:
            continue
        body = tree.setdefault(detail.section, {})
        if value is None:
            body.pop(detail.key, None)
        else:
            body[detail.key] = value
    external = {name.partition(".")[2]: body for name, body in tree.items() if name.startswith("external.")}
    return replace(
        settings,
        word=tree["register"].get("word") or settings.default_word,
        owner=tree["register"].get("owner"),
        organisation=tree["organisation"],
        letters=tree["letters"],
        theme=tree["theme"],
        responsible=tree["responsible"],
        external={name: body for name, body in external.items() if body},
        report=replace(settings.report, unit=tree[_VOLUMES].get("unit"), volumes=_volumes(tree[_VOLUMES])),
    )


def _tree(settings: Settings) -> dict[str, Mapping[str, Any]]:
    return {
        "register": {"word": settings.word, "owner": settings.owner},
        "organisation": settings.organisation,
        "letters": settings.letters,
        "theme": settings.theme,
        "responsible": settings.responsible,
        _VOLUMES: {"unit": settings.report.unit} | _by_year(settings),
        **{f"external.{name}": body for name, body in settings.external.items()},
    }


def _by_year(settings: Settings) -> dict[str, str | None]:
    volumes = settings.report.volumes
    years = sorted({label[:4] for label in volumes})
    return {year: volume_text(year, volumes, settings.language) for year in years}


def _volumes(body: Mapping[str, str]) -> dict[str, int]:
    """Return the volumes that are told, by the label of the period."""
    told = (volumes_in(year, text) for year, text in body.items() if _YEAR.fullmatch(year) and text)
    return {label: n for volumes in told for label, n in (volumes or {}).items()}


def detail_fault(detail: Detail, value: str, settings: Settings) -> FindingCode | None:
    """Return what is wrong with a value that was typed, if anything is; whether a person exists is not looked at."""
    if detail.is_volume:
        return None if volumes_in(detail.key, value) else "office_volume"
    if detail.kind.fault(value):
        return "office_email" if detail.key == "email" else "office_line"
    if detail.code == "theme.logo" and picture_fault(settings.paths.root, value):
        return "office_logo"
    return None
