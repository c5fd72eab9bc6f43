"""Finds what a letter template has of other programs: merge fields of Word, and names between marks of other kinds.

Nothing fills these in, so a letter would go out with them. Does not write.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from registerkit.letters.faults import TemplateFault
from registerkit.letters.template import Paragraph
from registerkit.suggest import nearest

__all__ = ["TAG", "leftovers", "meant"]

TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|\{_[{%]|[}%]_\}", re.S)
_FIELD = re.compile(r"\b(?:MERGE(?:FIELD|REC|SEQ)|ADDRESSBLOCK|GREETINGLINE)\b[^\n\\]*", re.I)
_FIRST = re.compile(
    r"^\s*(?:NEXT|NEXTIF|SKIPIF|ASK|FILLIN|DATABASE|DDE|DDEAUTO|LINK|INCLUDETEXT|INCLUDEPICTURE|MACROBUTTON|IMPORT)\b[^\n\\]*",
    re.I | re.M,
)
"""Fields of Word that fetch something, or ask for it, when the letter is opened."""
_NAME = r"[^\W\d_][\w.:/,&+-]*(?: [\w.:/,&+-]+){0,4}"
_BARE = r"[A-Za-z_]\w*(?:\.\w+)*"
_MARKED = re.compile(
    "|".join(
        (
            r"«[^«»\n]{1,60}»",
            r"‹[^‹›\n]{1,60}›",
            r"<<[^<>\n]{1,60}>>",
            r"｛[^｛｝\n]{1,60}｝",
            rf"<[%?#=$]?=?\s?(?!\w+:)(?!www\.){_NAME}\s?[%?/]?>",
            rf"\[\[?\s?{_NAME}\s?\]\]?",
            r"\*\|[^|\n]{1,60}\|\*",
            rf"(?<!\w)%%?{_BARE}%%?(?!\w)",
            rf"(?<!\w)##?{_BARE}##?(?!\w)",
            rf"(?<![\w.])@@?{_BARE}@@?(?!\w)",
            rf"(?<!\w)\$\$?{_BARE}\$?",
            r"(?<!\w)__[A-Za-z]+(?:_[A-Za-z]+)*__(?!\w)",
            rf"(?<![\w|])\|{_BARE}\|(?![\w|])",
            rf"(?<!\w)(?:~{_BARE}~|\^{_BARE}\^|§{_BARE}§)(?!\w)",
            r"[$#%]?\{+[^{}\n]{0,60}\}*",
            r"\}+",
        )
    )
)
"""Names as other programs mark them; a brace that is left over is no letter's own."""


def leftovers(paragraphs: Iterable[Paragraph], known: Mapping[str, str]) -> Iterator[TemplateFault]:
    """Return what is not filled in, each with its paragraph and the tag that it may be meant for.

    `known` has tags by the words that people know them by.
    """
    for paragraph in paragraphs:
        for found in (*_FIELD.findall(paragraph.fields), *_FIRST.findall(paragraph.fields)):
            word = " ".join(found.split())
            yield TemplateFault("field", word, paragraph.place, nearest=meant(word.partition(" ")[2], known))
        own = TAG.sub("\n", paragraph.text) if paragraph.is_filled else paragraph.text
        for match in _MARKED.finditer(own):
            yield TemplateFault("leftover", match[0].strip(), paragraph.place, nearest=meant(match[0], known))
        if paragraph.asks:
            yield TemplateFault("asks", paragraph.text.strip()[:60], paragraph.place)


def meant(word: str, known: Mapping[str, str]) -> str | None:
    """Return the tag that a word between marks most likely means, as it is written in a template."""
    bare = " ".join(re.sub(r"[^\w.]+|_", " ", word).split()).strip(" .").casefold()
    found = bare if bare in known else nearest(bare, known)
    return f"{{{{ {known[found]} }}}}" if found else None
