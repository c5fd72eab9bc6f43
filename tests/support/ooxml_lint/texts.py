"""The shared strings: read in a stream, with the checks of every text."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from ooxml_lint.archive import Archive
from ooxml_lint.fault import Faults
from ooxml_lint.tags import MAIN, SPACE, unescape

__all__ = ["LONGEST", "loses_space", "read_texts"]

LONGEST = 32_767
"""Characters that a cell can hold."""
_SPACES = " \t\r\n"


def loses_space(text: str, attributes: dict[str, str]) -> bool:
    """Tell whether Excel would drop spaces at an end of a text, for want of `xml:space`."""
    return text != text.strip(_SPACES) and attributes.get(SPACE) != "preserve"


def read_texts(archive: Archive, part: str, faults: Faults) -> list[str]:
    """Give the texts of the shared strings part, in the order of their indexes."""
    target = _Texts(part, faults)
    archive.keep(part, archive.feed(part, target))
    return target.texts


class _Texts:
    """Takes the parser's events of the shared strings."""

    def __init__(self, part: str, faults: Faults) -> None:
        self.texts: list[str] = []
        self._part, self._faults = part, faults
        self._pieces: list[str] = []
        self._piece: list[str] = []
        self._attributes: dict[str, str] = {}
        self._phonetic = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == f"{MAIN}si":
            self._pieces = []
        elif tag == f"{MAIN}t":
            self._piece, self._attributes = [], attributes
        elif tag == f"{MAIN}rPh":
            self._phonetic = True

    def data(self, data: str) -> None:
        self._piece.append(data)

    def end(self, tag: str) -> None:
        if tag == f"{MAIN}t" and not self._phonetic:
            text = "".join(self._piece)
            self._pieces.append(text)
            if loses_space(text, self._attributes):
                self._faults.add("space_lost", self._part, f"text {len(self.texts)}", repr(text[:80]))
        elif tag == f"{MAIN}rPh":
            self._phonetic = False
        elif tag == f"{MAIN}si":
            text = unescape("".join(self._pieces))
            if len(text) > LONGEST:
                self._faults.add("text_length", self._part, f"text {len(self.texts)}", f"{len(text)} characters")
            self.texts.append(text)

    def close(self) -> Element | None:
        return None
