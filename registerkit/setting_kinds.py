"""What every setting in `register.toml` may hold: one table, by which the whole file is checked when it is read.

What a setting says comes into letters, drafts, headers and file names; what could break those stops here.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any, NamedTuple

from registerkit.files import safe_name
from registerkit.texts import LANGUAGES

__all__ = [
    "FIRST_DAY",
    "LAST_DAY",
    "LISTED",
    "NEEDED",
    "PROFILES",
    "RETENTION",
    "SECTIONS",
    "SECTION_KEY",
    "SettingKind",
    "is_address",
    "is_name",
    "is_whole",
    "kind_of",
    "leaves",
    "missing_for_mail",
    "sections_with",
    "shown_value",
]

PROFILES = ("eigen", "awb", "wkkgz", "webwinkel")
"""The profiles of terms; what an office says nothing of is the first."""
RETENTION: Mapping[str, int] = {"closed": 5, "not_taken_up": 1, "money": 7, "ombudsman": 10}
"""How many years a complaint is kept by how it ended, where the settings say nothing else."""
FIRST_DAY, LAST_DAY = date(1970, 1, 1), date(2100, 12, 31)
"""The days between which a register can be worked with."""
_LARGEST_AMOUNT = 10**12
_SHOWN = 60
_HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
"""Characters that break a line, show nothing, or turn the order of others around."""
_PREFIX = re.compile(r"[^\W_](?:[\w.-]{0,14}[^\W_])?")
_ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@(?:[\w-]{1,63}\.)+[^\W_]{2,63}")
_COLOUR = re.compile(r"#?[0-9A-Fa-f]{6}")
_KEPT = re.compile(r"(?:env:\w{1,100}|keyring:[\w .-]{1,100})")
_HOST = re.compile(r"[\w.:-]{1,253}")
_FONT = re.compile(r"[\w .'()-]{1,60}")


class SettingKind(NamedTuple):
    """What a setting may be: the code of what is wrong with a value, if anything is, and what a message shows.

    `example` is what is shown when the value is of another type.
    """

    fault: Callable[[Any], str | None]
    known: str = ""
    example: str = ""
    is_secret: bool = False
    """Whether no message may show what stands there."""

    def shown_for(self, code: str) -> str:
        """Return what a message about a fault gives as better."""
        return self.example or self.known if code == "value" else self.known


def is_address(text: str) -> bool:
    """Tell whether text is one e-mail address and nothing more, so that it can stand in a header."""
    return len(text) <= 254 and text.isascii() and _ADDRESS.fullmatch(text) is not None and ".." not in text


def is_name(path: str) -> bool:
    """Tell whether every part of a path can be a name on every system."""
    parts = [part for part in re.split(r"[/\\]", path) if part not in (".", "..")]
    return all(safe_name(part) == " ".join(part.split()) for part in parts)


def leaves(path: str) -> bool:
    """Tell whether a path leads out of the folder that it is taken from, on any system."""
    deep = 0
    for part in re.split(r"[/\\]", path):
        deep += {"..": -1, ".": 0, "": 0}.get(part, 1)
        if deep < 0:
            return True
    return is_whole(path)


def is_whole(path: str) -> bool:
    """Tell whether a path says of itself where it begins, on any system."""
    windows = PureWindowsPath(path)
    return bool(windows.drive or windows.root) or PurePosixPath(path).is_absolute()


def missing_for_mail(mail: Any) -> str | None:
    """Return the first key that `[mail]` lacks beside what it has; a password is never sent unprotected."""
    if not isinstance(mail, dict) or not mail.keys() - {"informal"}:
        return None  # How drafts speak to colleagues takes no server.
    if not mail.get("host"):
        return "host"
    if mail.get("password") and not mail.get("user"):
        return "user"
    return "password" if mail.get("user") and not mail.get("password") else None


def shown_value(value: Any) -> str:
    """Return a value as a message can show it: on one line, and no longer than that is of use."""
    written = str(value).lower() if isinstance(value, bool) else str(value)  # As TOML writes it.
    text = _HIDDEN.sub("�", written) or '""'
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


def _are_days(value: list[Any]) -> bool:
    """Tell whether a list holds up to six numbers of days, each more than the one before."""
    numbers = [day for day in value if type(day) is int and 0 < day <= 3660]
    return 0 < len(value) <= 6 and numbers == value == sorted(set(numbers))


def _when(fits: Callable[[Any], bool], known: str, code: str = "value") -> SettingKind:
    return SettingKind(lambda value: None if fits(value) else code, known)


def _text(fits: Callable[[str], bool], known: str, code: str, *, numbers: bool = False) -> SettingKind:
    """Text that fits; a bare number too where that is as good."""

    def fault(value: Any) -> str | None:
        if not isinstance(value, str):
            return None if numbers and type(value) is int else "value"
        return None if fits(value) else code

    return SettingKind(fault, known, known if code == "value" else '"…"')


def _line(longest: int, *, numbers: bool = False, lines: bool = False, blank: bool = True) -> SettingKind:
    """Text without what cannot be seen, on one line unless it may have more; `blank` when it may be of blanks alone."""

    def fits(text: str) -> bool:
        shown = re.sub(r"\r?\n", "", text) if lines else text
        return len(text) <= longest and not _HIDDEN.search(shown) and (blank or not text.isspace())

    return _text(fits, str(longest), "line", numbers=numbers)


def _one_of(*words: str) -> SettingKind:
    return _when(lambda value: value in words, ", ".join(words))


def _whole(most: int) -> SettingKind:
    return _when(lambda value: type(value) is int and 0 <= value <= most, f"0, 1, 2, 3 … {most}")


def _is_amount(value: Any) -> bool:
    return type(value) in (int, float) and math.isfinite(value) and 0 <= value < _LARGEST_AMOUNT


def _is_plain(value: Any) -> bool:
    """Tell whether a value can stand in a cell."""
    if isinstance(value, str):
        return len(value) <= 1000 and not _HIDDEN.search(value)
    return type(value) in (int, bool) or (type(value) is float and math.isfinite(value))


def _is_kept(value: Any) -> bool:
    """Tell whether a password stands elsewhere: in the environment, or in the system's own store."""
    return isinstance(value, str) and (not value or _KEPT.fullmatch(value) is not None)


def _is_day(value: Any) -> bool:
    return isinstance(value, date) and not isinstance(value, datetime) and FIRST_DAY <= value <= LAST_DAY


_ANY = SettingKind(lambda _: None)
_SWITCH = _when(lambda value: isinstance(value, bool), "true, false")
_AMOUNT = _when(_is_amount, "250, 250.50")
_YEARS = _when(lambda value: type(value) is int and 1 <= value <= 100, "1, 2, 3 … 100")
_PERCENT = _when(lambda value: type(value) is int and 1 <= value <= 100, "1, 2, 3 … 100")
_VOLUME = _when(lambda value: type(value) is int and 0 <= value <= 10**12, "11800", "whole")
_DAYS = _when(lambda value: isinstance(value, list) and _are_days(value), "[21, 42, 70]", "days")
_DAY = _when(_is_day, f"2026-12-31 ({FIRST_DAY} … {LAST_DAY})")
_CELL = _when(lambda value: _is_plain(value) or _is_day(value), '"…"')
_CODE, _NAME, _SENTENCE = _line(40, blank=False), _line(100), _line(200)
_SAID, _SAID_LINES = _line(200, numbers=True), _line(400, numbers=True, lines=True)
_PATH = _line(1000, blank=False)
_ADDRESSED = _text(lambda text: not text or is_address(text), "naam@voorbeeld.nl", "address")
_PREFIXED = _text(lambda text: _PREFIX.fullmatch(text) is not None, "K, KL-N, 2B", "prefix")
_COLOURED = _text(lambda text: not text or _COLOUR.fullmatch(text.strip()) is not None, "#2A7F86", "value")
_FONTED = _text(lambda text: not text or _FONT.fullmatch(text) is not None, "Calibri, Arial", "value")
_SECRET = SettingKind(lambda value: None if _is_kept(value) else "kept", "env:REGISTERKIT_MAIL", is_secret=True)
_CODES = _when(lambda value: isinstance(value, dict), "{ … = [ … ] }")
SECTION_KEY = _NAME
"""What a key may be that an office chose itself."""
_BODY: Mapping[str, SettingKind] = {"email": _ADDRESSED, "takes_part": _SWITCH, "*": _SAID_LINES}


def _body_of(name: str) -> SettingKind:
    def fits(value: Any) -> bool:
        return isinstance(value, dict) and all(
            _BODY.get(key, _BODY["*"]).fault(told) is None for key, told in value.items()
        )

    return _when(fits, f"[external.{name}]")


NEEDED: Mapping[str, tuple[str, ...]] = {"staff": ("code", "name"), "compensations": ("amount",)}
"""Keys that an entry of a section cannot do without."""
LISTED = frozenset({"routing", "compensations", "sources", "staff"})
SECTIONS: Mapping[str, Mapping[str, SettingKind]] = {
    "register": {
        "language": _one_of(*LANGUAGES), "checkboxes": _SWITCH, "prefix": _PREFIXED, "word": _CODE,
        **dict.fromkeys(("owner", "branch"), _NAME), **dict.fromkeys(("definition", "workbook"), _PATH),
        "reserved": _whole(10_000), "prepared": _whole(20_000), "backups": _whole(10_000),
    },
    "organisation": {
        **dict.fromkeys(("name", "city", "phone", "website", "kvk", "department"), _SAID),
        "postcode": _SAID, **dict.fromkeys(("address", "reply_address"), _SAID_LINES), "email": _ADDRESSED,
    },
    "terms": {"*": _ANY},
    "limits": {"*": _AMOUNT},
    "grants": {"*": _AMOUNT},
    "routing": {"when": _CODES, **dict.fromkeys(("department", "handler", "priority"), _NAME),
                **dict.fromkeys(("amount_from", "amount_below"), _AMOUNT)},
    "compensations": {"when": _CODES, "amount": _AMOUNT},
    "external": {name: _body_of(name) for name in ("ombudsman", "officer", "committee")},
    "letters": {
        **dict.fromkeys(("sent_when_made", "half_way", "aftercare", "pdf", "print"), _SWITCH),
        **dict.fromkeys(("signer", "signer_role", "on_behalf_of"), _SAID),
    },
    "database": {"url": _line(2000)},
    "mail": {
        "host": _text(lambda text: not text or _HOST.fullmatch(text) is not None, "smtp.voorbeeld.nl", "value"),
        "port": _when(lambda value: type(value) is int and 0 < value < 65_536, "587, 465, 25"),
        "tls": _one_of("starttls", "tls", "none"), "user": _SENTENCE, "password": _SECRET, "from": _ADDRESSED,
        "send": _SWITCH, "informal": _SWITCH,
    },
    "sources": {
        "scope": _one_of("all", "own"), "path": _PATH, "mapping": _PATH, "prefix": _PREFIXED,
        **dict.fromkeys(("branch", "owner"), _NAME), "table": _SENTENCE,
    },
    "theme": {"accent": _COLOURED, "logo": _PATH, "font": _FONTED},
    "staff": {
        "code": _line(20, numbers=True), "email": _ADDRESSED, **dict.fromkeys(("absent_from", "absent_until"), _DAY),
        **dict.fromkeys(("name", "department", "role", "phone", "deputy"), _NAME), "*": _CELL,
    },
    "departments": {"*": _NAME},
    "branches": {"*": _NAME},
    "responsible": {"*": _NAME},
    "privacy": dict.fromkeys(RETENTION, _YEARS),
    "report": {"durations": _DAYS, "in_time_target": _PERCENT, "per_handler": _SWITCH},
    "volumes": {"unit": _NAME, "*": _VOLUME},
}  # fmt: skip
"""The sections, and what their keys may hold; `*` stands for any key."""


def sections_with(key: str) -> list[str]:
    """Return the sections that have a key of this name, as they are written."""
    return [
        f"[[{section}]]" if section in LISTED else f"[{section}]" for section in SECTIONS if key in SECTIONS[section]
    ]


def kind_of(section: str, key: str) -> SettingKind:
    """Return what a key may hold; a body of `external` is a section of its own, such as `external.ombudsman`."""
    kinds = _BODY if section.startswith("external.") else SECTIONS[section]
    return kinds.get(key) or kinds["*"]
