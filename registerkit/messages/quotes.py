"""Takes the new words of a message apart from what it quotes and from who signed it. In doubt a word is new."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from registerkit.messages.message import Line
from registerkit.messages.phrases import (
    ANSWERS_INSIDE,
    FORWARD_MARK,
    GREETING,
    HEAD,
    HEAD_FIRST,
    LEAD,
    MACHINE,
    RULE,
    SEPARATOR,
    SMALL_PRINT,
)

__all__ = ["Parts", "phone_in", "signed_by", "take_apart"]

_LEAD_LINES = 4
"""A program may break the line above a quotation into so many."""
_HEAD_LINES = 10
_FEWEST_HEADS = 2
_SIGNATURE_LINES = 12
_SHORT = 64
_FEWEST_WORDS = 2
_DASHES = ("-- ", "--", "—")
_SMALL_WORDS = frozenset(
    ["van", "de", "der", "den", "het", "ten", "ter", "te", "'t", "d'", "en", "&", "von", "di", "la", "le"]
)
_JOBS = re.compile(
    r"^(?:assistent|medewerker|manager|eigenaar|eigenares|directeur|directrice|inkoper|adviseur|secretar\w+|voorzitter"
    r"|coördinator|teamleider|owner|director|secretary|consultant|namens|afdeling|hoofd|team)\b[^.!?]{0,50}$",
    re.IGNORECASE,
)
_PHONE = r"(?:\+|\b00|\b0)\d[\d\s().-]{7,}\d"
_CONTACT = re.compile(
    rf"{_PHONE}"
    r"|[\w.+-]+@[\w-]+\.\w[\w.-]*|(?:https?://|www\.)\S+"
    r"|\b\d{4}\s?[A-Z]{2}\b"  # a postcode
)
_LABELS = re.compile(
    r"\b(?:t|tel|telefoon|telefoonnummer|m|mob|mobiel|mobile|phone|e|e-?mail|mail|i|w|web|website|fax|adres|address"
    r"|postbus|nl|nederland)\b",
    re.IGNORECASE,
)
_STREET = re.compile(
    r"^[A-ZÀ-Þ][\w'’.-]*(?:\s+[\w'’.-]+){0,3}(?<=[a-z])\s+\d{1,5}\s?[a-zA-Z]{0,2}(?:\s?[-/]\s?\d{1,4})?,?$"
)
_STREETS = re.compile(
    r"(?:straat|laan|weg|plein|kade|gracht|singel|dijk|hof|pad|steeg|dreef|plantsoen|park|markt|street|road|avenue|lane)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Parts:
    """A message, taken apart."""

    text: str
    quoted: str = ""
    signature: str = ""


def take_apart(lines: Sequence[Line], *, is_reply: bool = False, is_forward: bool = False) -> Parts:
    """Take a message apart; `is_reply` tells that its head names a message that it answers."""
    if is_forward or any(FORWARD_MARK.match(line.text) for line in lines if not line.depth):
        # Who signed what is passed on belongs to it.
        said = [f"{'> ' * line.depth}{line.text}" for line in lines if not MACHINE.match(line.text)]
        return Parts(_tidy(said))
    leads = _leads(lines)
    start = _open_quotation(lines, leads) if is_reply else None
    first = min(leads, default=0)
    marked = bool(leads) or start is not None or is_reply
    # A mark that stands above the line that says whose words follow was typed by the writer.
    kinds = [
        "quote" if (line.depth and marked and at >= first) or at in leads else "new" for at, line in enumerate(lines)
    ]
    if start is not None:
        text, _, _ = _sorted(lines[:start], kinds[:start])
        if text and not ANSWERS_INSIDE.search(text):
            answers = _answers(lines, start)
            kinds[start:] = ["new" if at in answers else "quote" for at in range(start, len(lines))]
        else:  # It was written below what it quotes, or within.
            text, quoted, signature = _sorted(lines, kinds)
            return Parts(text, quoted, signature)
    text, quoted, signature = _sorted(lines, kinds)
    if not text and quoted and not is_reply:
        return Parts("\n".join(line.text for line in lines).strip())
    return Parts(text, quoted, signature)


def signed_by(signature: str) -> str:
    """Return the name that stands below a message, or nothing."""
    for line in signature.splitlines():
        greeting = GREETING.match(line)
        text = (greeting["name"] or "") if greeting else line
        if text.strip() and not MACHINE.match(line) and line not in _DASHES:
            return text.strip(" ,.") if _is_name(text) else ""
    return ""


def phone_in(signature: str) -> str:
    """Return the telephone number below a message when there is just one."""
    found = {
        re.sub(r"\D", "", each): each.strip() for line in signature.splitlines() for each in re.findall(_PHONE, line)
    }
    return next(iter(found.values())) if len(found) == 1 else ""


# ------------------------------------------------------------------------------------------------------ quotations
def _leads(lines: Sequence[Line]) -> set[int]:
    """Return the lines that say whose marked words follow."""
    found: set[int] = set()
    for at, line in enumerate(lines):
        if line.is_lead and line.text.endswith(":"):  # Thunderbird lets people type in front of it, within the mark.
            found.add(at)
        if line.text and at not in found and (end := _lead_end(lines, at)) and _follows_quote(lines, end, line.depth):
            found |= set(range(at, end))
    return found


def _lead_end(lines: Sequence[Line], at: int) -> int | None:
    """Return behind which line a lead ends that begins here, if one does."""
    said = ""
    for end in range(at, min(at + _LEAD_LINES, len(lines))):
        if lines[end].depth != lines[at].depth or not lines[end].text:
            return None
        said = f"{said} {lines[end].text}".strip()
        if LEAD.match(said):
            return end + 1
    return None


def _follows_quote(lines: Sequence[Line], at: int, depth: int) -> bool:
    following = next((line for line in lines[at:] if line.text), None)
    return following is not None and following.depth > depth


def _open_quotation(lines: Sequence[Line], leads: set[int]) -> int | None:
    """Return where a quotation begins that is not marked line by line, as Outlook and telephones make them."""
    for at, line in enumerate(lines):
        if line.depth or at in leads:
            continue
        if _is_head(lines, at) or (SEPARATOR.match(line.text) and _says_whose(lines, at)):
            return _with_rule(lines, at)
        end = _lead_end(lines, at)
        if end and "@" in " ".join(each.text for each in lines[at:end]):
            return at
    return None


def _says_whose(lines: Sequence[Line], at: int) -> bool:
    """Tell whether one of the next lines says whose words follow."""
    following = [n for n in range(at + 1, min(at + _LEAD_LINES + 1, len(lines))) if lines[n].text]
    return any(HEAD.match(lines[n].text) or _lead_end(lines, n) for n in following)


def _is_head(lines: Sequence[Line], at: int) -> bool:
    if not HEAD_FIRST.match(lines[at].text):
        # Hotmail begins with the day; a line is drawn above it, and who wrote follows.
        is_drawn = any(RULE.match(line.text) for line in lines[max(at - 2, 0) : at])
        block = [line.text for line in lines[at : at + _HEAD_LINES]]
        if not (is_drawn and HEAD.match(lines[at].text) and any(HEAD_FIRST.match(text) for text in block)):
            return False
    following = [line.text for line in lines[at + 1 : at + _HEAD_LINES] if line.text][: _HEAD_LINES // 2]
    return sum(bool(HEAD.match(text)) for text in following) >= _FEWEST_HEADS


def _answers(lines: Sequence[Line], start: int) -> frozenset[int]:
    """Return the lines of an unmarked quotation that somebody typed in it, in a colour of his own."""
    found: set[int] = set()
    greeted = -_SIGNATURE_LINES
    for at in range(start, len(lines)):
        line = lines[at]
        greeted = at if GREETING.match(line.text) else greeted
        is_signature = at - greeted < _SIGNATURE_LINES or bool(_CONTACT.search(line.text)) or line.is_signature
        if line.is_coloured and line.text and not is_signature:
            found.add(at)
    said = sum(bool(line.text) and not HEAD.match(line.text) for line in lines[start:])
    return frozenset(found if len(found) * 2 <= said else ())


def _with_rule(lines: Sequence[Line], at: int) -> int:
    """Return where the line begins that was drawn above a quotation."""
    before = at - 1
    while before >= 0 and not lines[before].text:
        before -= 1
    return before if before >= 0 and (RULE.match(lines[before].text) or SEPARATOR.match(lines[before].text)) else at


# ------------------------------------------------------------------------------------------------------ signatures
def _sorted(lines: Sequence[Line], kinds: Sequence[str]) -> tuple[str, str, str]:
    """Return the new text, what is quoted and the signatures of lines that are told apart."""
    texts, quotes, signatures, run = [], list[str](), [], list[str]()
    for line, kind in [*zip(lines, kinds, strict=True), (Line(""), "end")]:
        if kind == "new" and line.is_signature and (_is_of_signature(line.text) or not _is_sentence(line.text)):
            signatures.append(line.text)
            continue
        if kind == "new":
            run.append(f"{'> ' * line.depth}{line.text}")
            continue
        if run:
            text, signature = _signed(run)
            texts.append(text)
            signatures.append(signature)
            run = []
        quotes.append(line.text)
    return (
        "\n\n".join(filter(None, texts)),
        "\n".join(quotes).strip(),
        "\n".join(filter(None, signatures)),
    )


def _signed(run: Sequence[str]) -> tuple[str, str]:
    """Return the text and the signature of lines that belong together."""
    kept, signature, at = list[str](), list[str](), 0
    while at < len(run):
        end = at + 1 if signature and SMALL_PRINT.match(run[at]) else _signature_end(run, at)
        if end > at:
            signature += run[at:end]
            at = end
        else:
            kept.append(run[at])
            at += 1
    return _tidy(kept), _tidy(signature)


def _signature_end(run: Sequence[str], at: int) -> int:
    """Return behind which line a signature ends that begins here; `at` itself when none does."""
    line = run[at]
    if MACHINE.match(line):
        return at + 1
    if line in _DASHES:
        rest = [each for each in run[at + 1 :] if each.strip()]
        is_sure = line == "-- " and not any(_is_said(each) for each in rest)
        is_short = len(rest) <= _SIGNATURE_LINES and all(_is_of_signature(each) or MACHINE.match(each) for each in rest)
        return len(run) if (is_sure and len(rest) <= _SIGNATURE_LINES) or is_short else at
    greeting = GREETING.match(line)
    if greeting is None or (greeting["name"] and not _is_name(greeting["name"])):
        return at
    end = at + 1
    while end < len(run) and (not run[end].strip() or _is_of_signature(run[end]) or MACHINE.match(run[end])):
        end += 1
    return end


def _is_of_signature(line: str) -> bool:
    """Tell whether a line below a greeting says who wrote, and nothing else; a sentence is never taken for that."""
    text = line.strip(" \t*_|•·")
    if not text:
        return True
    if len(text) > _SHORT * 2 or text[-1] in "?!:;," or re.match(r"p\.?\s?s\b", text, re.IGNORECASE):
        return False
    if _CONTACT.search(text):
        rest = _LABELS.sub(" ", _CONTACT.sub(" ", text))
        words = re.findall(r"[^\W\d_]{2,}", rest)
        return all(word[0].isupper() for word in words) and len(words) <= _SIGNATURE_LINES // 2
    if _STREET.match(text):
        return bool(_STREETS.search(text))
    return _is_name(text) or (bool(_JOBS.match(text)) and not text.endswith("."))


def _is_said(line: str) -> bool:
    """Tell whether a line below the dashes is more than who wrote: a sentence, or something added."""
    words = line.split()
    is_sentence = len(words) >= _FEWEST_WORDS and not _is_of_signature(line)
    return (
        is_sentence or line.rstrip()[-1:] in "?!:" or bool(re.match(r"\W*(?:p\.?\s?s\b|[-*>•\d])", line, re.IGNORECASE))
    )


def _is_sentence(text: str) -> bool:
    return len(text) > _SHORT or text.rstrip()[-1:] in (".", "?", "!")


def _is_name(text: str) -> bool:
    """Tell whether every word of a text is written as in a name."""
    words = text.strip(" ,.|").split()
    if not words or len(words) > _SIGNATURE_LINES // 2 or any(c.isdigit() for c in text):
        return False
    proper = [word for word in words if word.casefold() not in _SMALL_WORDS]
    return (
        bool(proper)
        and all(word[0].isupper() or not word[0].isalpha() for word in proper)
        and not {"?", ":"} & set(text)
    )


def _tidy(lines: Sequence[str]) -> str:
    """Return lines as a text without more than one blank line together."""
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in lines)).strip()
