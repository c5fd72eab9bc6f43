"""Plans the papers about how an office deals with complaints: the rules it publishes, and the instruction."""

from __future__ import annotations

from registerkit.documents.blocks import Blocks
from registerkit.documents.content import Content, Writer
from registerkit.documents.facts import facts_of, gaps_of
from registerkit.register import Register

__all__ = ["OFFICE_PAPERS", "office_paper"]

OFFICE_PAPERS = {
    "rules": ("purpose", "who", "how", "not", "handling", "term", "course", "outcome", "way_on", "privacy",
              "responsible", "signed"),
    "instruction": ("purpose", "attitude", "places", "receiving", "registering", "routing", "grave", "investigating",
                    "granting", "answering", "terms", "closing", "preventing", "responsible", "signed"),
}  # fmt: skip
"""The papers, each with its sections in order; a section without a text for the profile is left out."""


def office_paper(register: Register, paper: str) -> Content:
    """Plan one of the office's own papers."""
    texts = register.texts
    content = Content(texts(f"documents.{paper}.title"), texts(f"documents.{paper}.file"))
    blocks = Blocks(register)
    names = ("channels", "terms", "steps", "places", "people", "routing", "alarmed", "signature")
    calls = {name: getattr(blocks, name) for name in names}
    blocks.writer = writer = Writer(content, texts, facts_of(register), gaps_of(register), calls)
    for section in OFFICE_PAPERS[paper]:
        writer.write(_text(register, f"documents.{paper}.{section}"))
    return content


def _text(register: Register, name: str) -> str:
    """Return the text of a section for the office's profile, else the one for all; nothing where there is neither."""
    entries = register.texts.entries
    own = entries.get(f"{name}.{register.policy.default.name}")
    return own or entries.get(f"{name}.text", "")
