"""Finds the template of each kind of letter: the office's own, else the one that ships with the kit. Does not write."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from registerkit.definition import Lookups
from registerkit.errors import UsageError
from registerkit.letters import KINDS, OwnTemplate, is_shipped, own_template
from registerkit.resources import resource_folder
from registerkit.session.session import Session
from registerkit.suggest import nearest

__all__ = ["Templates", "known_kind"]


def known_kind(lookups: Lookups, typed: str) -> str:
    """Return the kind that a code or label means; raises `UsageError` with the nearest when no letter is made of it."""
    code = lookups.code("letter_kind", typed)
    if code is None or code not in KINDS:
        labels = [lookups.label("letter_kind", kind) or kind for kind in KINDS]
        near = nearest(typed, (*labels, *KINDS))
        raise UsageError(reason="letter_kind", value=typed, known=", ".join(labels), nearest=near)
    return code


class Templates:
    """The templates of a project."""

    def __init__(self, session: Session, lookups: Lookups) -> None:
        self._settings, self._lookups = session.settings, lookups
        self._found: dict[str, OwnTemplate] = {}
        self._sound: dict[str, bool] = {}

    def name(self, kind: str) -> str:
        """Return the name that the template of a kind has."""
        return f"{KINDS[kind].templates[self._settings.language]}.docx"

    def of(self, kind: str) -> OwnTemplate:
        """Return the office's own template, else the one that ships with the kit; or what may be meant as its own."""
        if kind not in self._found:
            own, shipped = self._own_template(kind)
            former = KINDS[kind].formerly
            if own == OwnTemplate() and former is not None:
                own = self._changed_template(former)
            if own.path is None and shipped.is_file():
                own = replace(own, path=shipped)
            self._found[kind] = own
        return self._found[kind]

    def is_sound(self, kind: str) -> bool:
        """Tell whether the template of a kind is the one that ships with the kit, in a register as it ships.

        That one needs no look: the tests took it through every ending, in every profile.
        """
        if kind not in self._sound:
            own = self.of(kind).path
            as_shipped = own is not None and is_shipped(own, self._shipped(kind))
            self._sound[kind] = as_shipped and self._settings.definition is None
        return self._sound[kind]

    def _shipped(self, kind: str) -> Path:
        return resource_folder("letters") / self._settings.language / self.name(kind)

    def _own_template(self, kind: str) -> tuple[OwnTemplate, Path]:
        """Return what the office has of a kind, and where the one that ships with the kit is."""
        language, lookups = self._settings.language, self._lookups
        names = {
            code: (each.templates[language], lookups.label("letter_kind", code) or "") for code, each in KINDS.items()
        }
        shipped = self._shipped(kind)
        return own_template(self._settings.paths.letters, names, kind, shipped), shipped

    def _changed_template(self, kind: str) -> OwnTemplate:
        """Return the office's template of a kind when it wrote one: none while it has the one that ships."""
        own, shipped = self._own_template(kind)
        is_changed = own.path is not None and not is_shipped(own.path, shipped)
        return OwnTemplate(own.path if is_changed else None)
