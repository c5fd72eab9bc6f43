"""Letters: which are due and why, and filling in their Word templates."""

from registerkit.letters.agenda import Agenda, DueLetter, agenda, old_letters
from registerkit.letters.bars import HeldLetter
from registerkit.letters.context import letter_context
from registerkit.letters.kinds import KINDS, LetterKind
from registerkit.letters.render import TemplateFault, render_letter

__all__ = [
    "KINDS",
    "Agenda",
    "DueLetter",
    "HeldLetter",
    "LetterKind",
    "TemplateFault",
    "agenda",
    "letter_context",
    "old_letters",
    "render_letter",
]
