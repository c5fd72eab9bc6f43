"""Letters: which are due and why, and filling in their Word templates."""

from registerkit.letters.agenda import Agenda, DueLetter, agenda, old_letters
from registerkit.letters.bars import HeldLetter
from registerkit.letters.context import letter_context
from registerkit.letters.faults import TemplateFault
from registerkit.letters.kinds import KINDS, LetterKind
from registerkit.letters.own_templates import OwnTemplate, is_shipped, own_template
from registerkit.letters.prepared import PreparedTemplate
from registerkit.letters.render import render_letter
from registerkit.letters.status_text import status_text

__all__ = [
    "KINDS",
    "Agenda",
    "DueLetter",
    "HeldLetter",
    "LetterKind",
    "OwnTemplate",
    "PreparedTemplate",
    "TemplateFault",
    "agenda",
    "is_shipped",
    "letter_context",
    "old_letters",
    "own_template",
    "render_letter",
    "status_text",
]
