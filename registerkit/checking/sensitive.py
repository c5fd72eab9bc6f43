"""Looks for what does not belong in free text: a citizen service number, a bank account, and words about health."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping

from registerkit.codes import FindingCode
from registerkit.definition import Field, Record, Table
from registerkit.findings import Severity

__all__ = ["SEVERITY", "sensitive_cells", "tells_health"]

SEVERITY: Mapping[FindingCode, Severity] = {"bsn_found": "warning", "iban_found": "warning", "medical_found": "info"}
"""What can be found, and how pressing it is; nothing of it holds a row back."""
_NUMBERED = frozenset({"order_number", "customer_number", "earlier_number", "phone", "fax", "postcode"})
"""Fields that hold numbers of another kind: what stands in them is none of a citizen's, in the text too."""
_NEAR = 40
_NINE = re.compile(r"(?<![\w.,/+-])(\d{9}|\d{4}[ .]\d{2}[ .]\d{3}|\d{3}[ .]\d{3}[ .]\d{3})(?![\w/-]|[.,]\d)")
_HINT = re.compile(r"\b(?:bsn|burger ?service ?nummer|sofi[ -]?nummer|citizen service number)\b", re.I)
_OTHER = re.compile(
    r"\b(?:\w{3,}(?:nummer|number|nr|code)|order|bestelling|factuur|invoice|zaak|dossier|polis|kvk|rsin|btw|tel|telefoon|"
    r"phone|kenmerk|referentie|reference|ticket|track\w*|serie|artikel|pakket|meter)\W*(?:\w+\W+)?$",
    re.I,
)
"""What says of a number that it is of another kind."""
_IBAN = re.compile(r"(?<![A-Z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}(?![A-Z0-9])", re.I)
_HEALTH = re.compile(
    r"\b(?:diagnose|kanker|tumor|chemo\w*|hiv|aids|zwanger\w*|miskraam|abortus|depressi\w*|psychos\w*|psychiat\w*|"
    r"psycholo\w*|borderline|schizofren\w*|suïcid\w*|zelfmoord\w*|verslaafd|verslaving\w*|epilepsie|diabetes|dementi\w*|"
    r"diagnosis|cancer|pregnan\w*|depression|psychosis|suicid\w*|addicted|epilepsy|dementia)\b",
    re.I,
)


def sensitive_cells(
    table: Table, record: Record, field_ids: Collection[str], *, health: bool
) -> Iterator[tuple[str, FindingCode]]:
    """Return the fields, of those named, whose text holds what does not belong there, with the code of what it is.

    Words about health are looked for only where these are nobody's work (`health`), in longer texts.
    """
    numbers = {_digits(str(record[f])) for f in _NUMBERED if record.get(f)}
    for field in table.fields:
        value = record.get(field.id)
        if field.id in field_ids and field.id not in _NUMBERED and isinstance(value, str) and _is_free(field):
            if _has_bsn(value, numbers, alone=field.kind == "memo"):
                yield field.id, "bsn_found"
            if _has_iban(value):
                yield field.id, "iban_found"
            if health and field.kind == "memo" and tells_health(value):
                yield field.id, "medical_found"


def tells_health(text: str) -> bool:
    """Tell whether a text has words about somebody's health."""
    return _HEALTH.search(text) is not None


def _is_free(field: Field) -> bool:
    return field.kind in ("text", "memo") and field.is_input


def _has_bsn(text: str, numbers: Collection[str], *, alone: bool) -> bool:
    from stdnum.nl import bsn  # Most texts have no such number.

    for found in _NINE.finditer(text):
        if not bsn.is_valid(found[1].replace(".", " ")):
            continue
        before, after = text[max(0, found.start() - _NEAR) : found.start()], text[found.end() : found.end() + _NEAR]
        if _HINT.search(before) or _HINT.search(after):
            return True
        if alone and found[1].isdigit() and found[1] not in numbers and not _OTHER.search(before):
            return True
    return False


def _has_iban(text: str) -> bool:
    from stdnum import iban

    return any(_begins_valid(found[0], iban.is_valid) for found in _IBAN.finditer(text))


def _begins_valid(text: str, is_valid: Callable[[str], bool]) -> bool:
    """Tell whether an account number stands at the beginning of what looks like one: words may follow it."""
    parts = text.split(" ")
    return any(is_valid("".join(parts[:n])) for n in range(len(parts), 0, -1))


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit())
