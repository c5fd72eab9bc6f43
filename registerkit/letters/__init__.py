"""Letters: which are due and why, and filling in their Word templates."""

from registerkit.letters.agenda import Agenda, DueLetter, agenda
from registerkit.letters.context import letter_context
from registerkit.letters.held import HeldLetter
from registerkit.letters.kinds import KINDS, LetterKind, outcome_kind
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
    "outcome_kind",
    "render_letter",
]
