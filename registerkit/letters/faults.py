"""What can be the matter with a letter template: held letters tell it, in the register's language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from registerkit.texts import Texts

__all__ = ["Place", "TemplateFault"]

_MOST_TOLD = 5
"""How many faults of one template are told at once."""


@dataclass(frozen=True)
class Place:
    """A paragraph of a template: in which part, the how-manieth with text in it, and how it reads."""

    part: str
    n: int
    text: str

    def told(self, texts: Texts) -> str:
        """Say where it is."""
        text = " ".join(self.text.split())
        shown = text if len(text) <= 60 else f"{text[:59]}…"
        return texts("letters.place", part=texts(f"letters.part.{self.part}"), nth=self.n, text=shown)


class TemplateFault(Exception):  # noqa: N818  # It becomes a held letter at once.
    """A template cannot be filled in; `reason` names the text `letters.fault.<reason>`."""

    def __init__(self, reason: str, detail: str = "", place: Place | None = None, **values: Any) -> None:
        super().__init__(detail or reason)
        self.reason, self.place, self.values = reason, place, {"detail": detail, **values}

    @property
    def key(self) -> tuple[str, str]:
        """What makes it the same fault as another."""
        return self.reason, str(self)

    def told(self, texts: Texts) -> str:
        """Say what is the matter and where, within a sentence."""
        return self.all_told([self], texts)

    @staticmethod
    def all_told(faults: Iterable[TemplateFault], texts: Texts) -> str:
        """Say what is the matter with a template, paragraph by paragraph."""
        found: dict[Place | None, list[str]] = {}
        for n, fault in enumerate(faults):
            what = texts(f"letters.fault.{fault.reason}", **fault.values) if n < _MOST_TOLD else "…"
            found.setdefault(fault.place if n < _MOST_TOLD else None, []).append(what)
        told = []
        for place, each in found.items():
            what = ", ".join(dict.fromkeys(each))
            told.append(texts("letters.at_place", place=place.told(texts), what=what) if place else what)
        return "; ".join(told)
