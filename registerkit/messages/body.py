"""Finds the words of a message among its parts, in whatever letters and form they were sent."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from email.message import EmailMessage

from registerkit.messages.html import html_lines
from registerkit.messages.message import Line

__all__ = ["Body", "body_of", "decoded", "plain_lines"]

_DEEPEST = 40
_POOR = 2
"""A plain text with so many times fewer words than the page beside it says too little."""
_SOFT = " "
_MARK = re.compile(r"^(?:>\s?)+")


@dataclass
class Body:
    """The lines of a message, and the parts that are none."""

    lines: list[Line] = field(default_factory=list)
    beside: list[EmailMessage] = field(default_factory=list)


def body_of(message: EmailMessage, depth: int = 0) -> Body:
    """Return the words of a message; of two forms of the same words the plain one, unless it says too little."""
    kind = message.get_content_type()
    if kind == "multipart/alternative" and depth < _DEEPEST:
        return _fullest([body_of(part, depth + 1) for part in _parts(message)])
    if message.is_multipart() and not kind.startswith("message/") and depth < _DEEPEST:
        found = Body()
        for part in _parts(message):
            inner = body_of(part, depth + 1)
            # A mailing list adds its footer, and Apple Mail goes on below a picture.
            found.lines += [Line(""), *inner.lines] if found.lines and inner.lines else inner.lines
            found.beside += inner.beside
        return found
    if kind in ("text/plain", "text/html", "text/enriched") and not _is_file(message):
        text = decoded(message)
        if kind == "text/html":
            return Body(html_lines(text))
        is_flowed = str(message.get_param("format", "")).lower() == "flowed"
        return Body(plain_lines(text, flowed=is_flowed, joins=str(message.get_param("delsp", "")).lower() == "yes"))
    return Body([], [message])


def _parts(message: EmailMessage) -> list[EmailMessage]:
    payload = message.get_payload()
    return [part for part in payload if isinstance(part, EmailMessage)] if isinstance(payload, list) else []


def _is_file(part: EmailMessage) -> bool:
    return part.get_content_disposition() == "attachment" or bool(part.get_filename())


def _fullest(forms: Sequence[Body]) -> Body:
    """Return the first form, unless a later one says far more."""
    best, beside = Body(), [part for form in forms for part in form.beside]
    for form in forms:
        if any(line.is_coloured for line in form.lines):  # Who answers between the lines does it in a colour.
            return Body(form.lines, beside)
        if _words(form) > (_words(best) * _POOR if best.lines else 0):
            best = form
    return Body(best.lines, beside)


def _words(body: Body) -> int:
    return sum(len(line.text.split()) for line in body.lines)


def decoded(part: EmailMessage) -> str:
    """Return the text of a part in the letters that it says it has, or most likely has."""
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    named = (part.get_content_charset() or "").replace("iso-8859-1", "cp1252").replace("us-ascii", "utf-8")
    for charset in (named, "utf-8", "cp1252"):
        try:
            text = data.decode(charset or "utf-8")
            text.encode()  # Some give halves of letters, which can be kept nowhere.
            return text
        except (LookupError, UnicodeError, ValueError):
            continue
    return data.decode("latin-1")


def plain_lines(text: str, *, flowed: bool = False, joins: bool = False) -> list[Line]:
    """Return the lines of a plain text without the marks of what was quoted; `flowed` as RFC 3676 has it."""
    lines: list[Line] = []
    is_open = False
    for raw in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        mark = _MARK.match(raw)
        depth, said = (mark[0].count(">"), raw[mark.end() :]) if mark else (0, raw)
        if flowed and not mark and said.startswith(_SOFT):
            said = said[1:]
        goes_on = flowed and said.endswith(_SOFT) and said != "-- "
        if is_open and lines and lines[-1].depth == depth and said != "-- ":
            lines[-1] = Line(lines[-1].text + said, depth)
        else:
            lines.append(Line(said, depth))
        if goes_on and joins:
            lines[-1] = Line(lines[-1].text[:-1], depth)
        is_open = goes_on
    return [line if line.text == "-- " else Line(line.text.rstrip().replace("\xa0", " "), line.depth) for line in lines]
