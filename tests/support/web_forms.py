"""Writes the file that the web form saves, as the form says that it does, never by its own code."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

__all__ = ["save_web_form", "saved_text"]


def saved_text(answers: Mapping[str, str], *, end: bool = True) -> str:
    """Give the text of a file with these answers, by the names of their fields."""
    lines = ["KLACHTENFORMULIER [registerkit 1]", "", "Bewaard op 9-11-2026 om 10.15.", "", "== Wie bent u? ==", ""]
    for name, answer in answers.items():
        lines += [f"Vraag naar {name} [{name}]", *(f"    {line}" for line in answer.split("\n")), ""]
    return "\r\n".join([*lines, *(["== Einde van het formulier [registerkit] =="] if end else []), ""])


def save_web_form(target: Path, **answers: str) -> Path:
    """Write such a file."""
    target.write_text(saved_text(answers), encoding="utf-8-sig", newline="")
    return target
