"""Numbers whose cell shows something else than the number: `0000000` shows 90887 as 0090887."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache

__all__ = [
    "BUILT_IN_FORMATS",
    "EURO",
    "ShownNumber",
    "as_shown",
    "is_of_days",
    "is_plain",
    "names_other_money",
    "number_as",
    "number_text",
    "shown_number",
    "shown_text",
    "shows_text",
]

BUILT_IN_FORMATS = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    37: "#,##0;-#,##0",
    39: "#,##0.00;-#,##0.00",
}
"""The formats that a workbook has without saying so, as far as they show more than the number."""

EURO = re.compile(r"(?i)eur(?:o(?![a-z])|(?![a-z]))|€")
"""How people and formats name the euro."""
MOST_DIGITS = 15
"""So many digits of a number a sheet keeps."""
_WITH_TEXT = 4
"""A format with so many parts says last how texts are shown."""
_PLAIN = ("", "general", "standaard", "@")
_PIECE = re.compile(
    r'"([^"]*)"?|\\(.)|_.|\*.|\[([^\]]*)\]|(E[+-]0+)|([#0?][#0?,.]*(?:\.[#0?]+)?|\.[#0?]+)(,*)|(.)', re.DOTALL
)
"""One piece of a format: a text, a letter by itself, a blank, a currency, a power, digits, or anything else."""
_DAYS = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?:\$[^\]]*|[^\]hms][^\]]*)\]|(?i:general|standaard)')
_GENERAL = re.compile(r"(?i:general|standaard)")
_CONDITION = re.compile(r"\[(<>|<=|>=|<|>|=)(-?\d+(?:\.\d+)?)\]")


class ShownNumber(float):
    """A number from a cell whose format shows it in another way: `shown` is what people see."""

    shown: str

    def __new__(cls, number: float, shown: str) -> ShownNumber:
        """Make one of a number and what its cell shows."""
        made = super().__new__(cls, number)
        made.shown = shown
        return made


def as_shown(cell: float | str, format_code: str) -> float | str:
    """Return a number or a text as a cell with this format gives it."""
    if isinstance(cell, str):
        return shown_text(cell, format_code)
    number = cell
    shown = shown_number(number, format_code)
    return number if shown is None or shown == number_text(number) else ShownNumber(number, shown)


def number_text(number: float) -> str:
    """Return a number without a format, with as many digits as a sheet keeps and a decimal comma."""
    if number != number or number in (float("inf"), float("-inf")):
        return repr(number)
    if abs(number) >= 10**MOST_DIGITS:
        return str(int(number)) if abs(number) < 10**21 else f"{number:.14E}".replace(".", ",")
    kept = Decimal(f"{number:.{MOST_DIGITS}g}")
    return f"{kept:f}".replace(".", ",") if kept else "0"


def number_as(number: float, shown: str) -> float:
    """Return a number of which it is known what its cell shows."""
    is_mere = re.fullmatch(r"-?(?:0|[1-9]\d*)(?:[.,]\d+)?|.*\dE[+-]?\d+", shown)
    return number if is_mere or not shown else ShownNumber(number, shown)


def is_plain(format_code: str) -> bool:
    """Tell whether a format shows no more than the number, or the day, that a cell holds."""
    return format_code.strip().casefold() in _PLAIN or is_of_days(format_code)


def is_of_days(format_code: str) -> bool:
    """Tell whether a format shows days or times; those cells come as days already."""
    return any(c in "dmyhsDMYHSjJ" for c in _DAYS.sub("", format_code))


def shown_number(number: float, format_code: str) -> str | None:
    """Return what a cell with a number format shows, in Dutch signs; None when it is no more than the number."""
    if is_plain(format_code) or number - number:
        return None
    section, keeps_sign = _section(number, _sections(format_code))
    if section is None:
        return None
    pieces = [("text", number_text(number)) if kind == "general" else (kind, text) for kind, text in _pieces(section)]
    digits = [text for kind, text in pieces if kind == "digits"]
    if any(kind == "power" for kind, _ in pieces) or ("/" in section and "?" in section):
        return None  # A fraction or a power of ten is the same number, written in another way.
    if not digits:
        return _words(pieces)
    try:
        return _filled(Decimal(repr(float(number))), pieces, digits, keeps_sign=keeps_sign)
    except InvalidOperation:
        return None


def names_other_money(shown: str) -> bool:
    """Tell whether beside the digits stands what no amount in euros has: another currency, letters or percents."""
    return any(c.isalpha() or c == "%" or unicodedata.category(c) == "Sc" for c in EURO.sub("", shown))


def shows_text(format_code: str) -> bool:
    """Tell whether a format shows more of a text than the text."""
    return _text_section(format_code) not in (None, "@", "General")


def shown_text(text: str, format_code: str) -> str:
    """Return what a cell with a format shows of a text: `"K-"@` puts something before it."""
    section = _text_section(format_code)
    if section is None:
        return text
    shown = "".join(text if kind == "general" else part for kind, part in _pieces(section)).strip()
    return shown or text  # What a cell hides is there still.


def _text_section(format_code: str) -> str | None:
    """Return the part of a format for texts; None when a text is shown as it is."""
    sections = _sections(format_code)
    if len(sections) == _WITH_TEXT or "@" in _DAYS.sub("", sections[-1]):
        return sections[-1]
    return None


@lru_cache(maxsize=256)
def _sections(format_code: str) -> tuple[str, ...]:
    """Split a format at its semicolons, those in texts left alone."""
    parts = [""]
    for match in _PIECE.finditer(format_code):
        if match[0] == ";":
            parts.append("")
        else:
            parts[-1] += match[0]
    return tuple(parts)


def _section(number: float, sections: tuple[str, ...]) -> tuple[str | None, bool]:
    """Return the part of a format for a number, and whether it writes the sign of a negative one."""
    conditions = [_CONDITION.search(part) for part in sections]
    if any(conditions):
        for part, condition in zip(sections, conditions, strict=True):
            if condition is None or _holds(number, condition[1], float(condition[2])):
                return part, True
        return None, True
    if len(sections) > 2 and number == 0:
        return sections[2], False
    if len(sections) > 1 and number < 0:
        return sections[1], False
    return sections[0], True


def _holds(number: float, sign: str, bound: float) -> bool:
    return {
        "<": number < bound, ">": number > bound, "=": number == bound,
        "<=": number <= bound, ">=": number >= bound, "<>": number != bound,
    }[sign]  # fmt: skip


def _pieces(section: str) -> Iterator[tuple[str, str]]:
    for match in _PIECE.finditer(_GENERAL.sub("\x00", section)):
        quoted, single, bracket, power, digits, scale, other = match.groups()
        if digits is not None:
            yield "digits", digits + (scale or "")
        elif power is not None:
            yield "power", power
        elif bracket is not None:
            if bracket.startswith("$"):
                yield "text", bracket[1:].partition("-")[0]
        elif other in ("\x00", "@"):
            yield "general", ""
        elif other is not None:
            yield ("percent" if other == "%" else "text"), other
        elif match[0][:1] == "_":
            yield "text", " "
        elif match[0][:1] != "*":
            yield "text", quoted if quoted is not None else single or ""


def _words(pieces: list[tuple[str, str]]) -> str | None:
    return "".join(text for _, text in pieces).strip() or None


def _filled(number: Decimal, pieces: list[tuple[str, str]], digits: list[str], *, keeps_sign: bool) -> str:
    """Write a number in the places for digits of a format, from the right; what does not fit stands in the first."""
    pattern = "".join(digits)
    scaled = abs(number) * 100 ** sum(kind == "percent" for kind, _ in pieces)
    whole, _, decimals = pattern.rstrip(",").partition(".")
    scaled = scaled / 1000 ** (len(pattern) - len(pattern.rstrip(",")) if not decimals else 0)
    places = len(re.sub(r"[^#0?]", "", decimals))
    rounded = scaled.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    before, _, behind = f"{rounded:f}".partition(".")
    is_grouped = bool(re.search(r"[#0?],[#0?]", whole))
    slots = len(re.sub(r"[^#0?]", "", whole))
    figures = _whole_part(before, re.sub(r"[^#0?]", "", whole))
    if is_grouped:
        figures = re.sub(r"(?<=\d)(?=(?:\d{3})+\Z)", ".", figures)
    minus = "-" if keeps_sign and number < 0 and rounded else ""
    if is_grouped or decimals or len(digits) == 1:
        optional = len(decimals) - len(decimals.rstrip("#"))
        kept = behind[: places - optional] + behind[places - optional :].rstrip("0")
        text = figures + (f",{kept}" if kept else "")
        return minus + _placed(pieces, [text])
    return minus + _placed(pieces, _cut(figures.rjust(slots), [len(part) for part in digits]))


def _whole_part(before: str, pattern: str) -> str:
    """Return the digits before the comma, with the zeros that the format asks for."""
    least = len(pattern) - len(pattern.lstrip("#?")) if "0" in pattern else len(pattern)
    return ("" if before == "0" else before).rjust(len(pattern) - least, "0")


def _cut(figures: str, widths: list[int]) -> list[str]:
    """Share figures out over the places of a format with texts between, as `0000-000` has them."""
    parts: list[str] = []
    for width in reversed(widths[1:]):
        parts.insert(0, figures[-width:].strip())
        figures = figures[:-width]
    return [figures.strip(), *parts]


def _placed(pieces: list[tuple[str, str]], parts: list[str]) -> str:
    left = list(parts)
    out = ""
    for kind, text in pieces:
        if kind != "digits":
            out += text
        elif left:
            out += left.pop(0)
    return out.strip()
