"""How colleagues are spoken to in mails within the office: formally, or as the office wants it. Does not write."""

from __future__ import annotations

from registerkit.settings import Settings
from registerkit.texts import Texts

__all__ = ["colleague_texts"]

_SPOKEN = {
    "mail": ("subject_handler", "subject_manager", "intro_handler", "intro_manager"),
    "alert": ("intro", "what_now"),
}
"""The texts that speak to somebody, by their part of the catalogue."""


def colleague_texts(texts: Texts, settings: Settings) -> Texts:
    """Return the texts for mails to colleagues: `[mail] informal` has them say je in place of u."""
    if not settings.mail.get("informal"):
        return texts
    spoken = ((part, name) for part, names in _SPOKEN.items() for name in names)
    other = {f"reminders.{part}.{name}": texts.entries[f"reminders.informal.{part}.{name}"] for part, name in spoken}
    return Texts(texts.language, texts.entries | other)
