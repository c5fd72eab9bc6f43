"""Finds the template of each kind of letter in the office's folder, where each is put once.

One that is not there any more holds its letters: an office that takes its text away does not mean to send ours.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from registerkit.definition import Lookups
from registerkit.errors import FileError, UsageError
from registerkit.files import write_when_changed
from registerkit.letters import KINDS, OwnTemplate, is_shipped, own_template
from registerkit.resources import resource_folder
from registerkit.session.session import Session
from registerkit.suggest import nearest

__all__ = ["Templates", "known_kind", "lay_templates"]

_LAID = "templates_laid"
"""Where the store remembers the kinds whose template was put in the office's folder."""


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
        self.laid = frozenset((session.store.meta(_meta(session)) or "").split())
        """The kinds whose template was put in the office's folder."""
        self._found: dict[str, OwnTemplate] = {}
        self._sound: dict[str, bool] = {}

    def name(self, kind: str) -> str:
        """Return the name that the template of a kind has."""
        return f"{KINDS[kind].templates[self._settings.language]}.docx"

    def of(self, kind: str) -> OwnTemplate:
        """Return the office's template, or what may be meant as one; the one that ships until it had one to change."""
        if kind not in self._found:
            own = self.own(kind)
            is_gone = kind in self.laid and not own.is_former
            if own.path is None and not is_gone and self.shipped(kind).is_file():
                own = replace(own, path=self.shipped(kind))
            self._found[kind] = own
        return self._found[kind]

    def own(self, kind: str) -> OwnTemplate:
        """Return what the office has of a kind; its text of the kind that this one was part of stands for it."""
        own, former = self.filed(kind), KINDS[kind].formerly
        if own.path is None and own.lookalike is None and former is not None:
            changed = self.filed(former).path
            if changed is not None and not is_shipped(changed, self.shipped(former)):
                return OwnTemplate(changed)
        return own

    def is_sound(self, kind: str) -> bool:
        """Tell whether the template of a kind is the one that ships with the kit, in a register as it ships.

        That one needs no look: the tests took it through every ending, in every profile.
        """
        if kind not in self._sound:
            own = self.of(kind).path
            as_shipped = own is not None and is_shipped(own, self.shipped(kind))
            self._sound[kind] = as_shipped and self._settings.definition is None
        return self._sound[kind]

    def shipped(self, kind: str) -> Path:
        """Return where the template is that ships with the kit."""
        return resource_folder("letters") / self._settings.language / self.name(kind)

    def filed(self, kind: str) -> OwnTemplate:
        """Return what stands in the office's folder for a kind itself."""
        language, lookups = self._settings.language, self._lookups
        names = {
            code: (each.templates[language], lookups.label("letter_kind", code) or "") for code, each in KINDS.items()
        }
        return own_template(self._settings.paths.letters, names, kind, self.shipped(kind))


def lay_templates(session: Session, lookups: Lookups) -> list[str]:
    """Put the templates of kinds that are new in the office's folder, each once; gives the names of those files.

    An office whose own text serves for the kind that a new one was part of keeps that.
    """
    templates = Templates(session, lookups)
    laid, put = [], []
    for kind in (kind for kind in KINDS if kind not in templates.laid):
        filed, shipped = templates.filed(kind), templates.shipped(kind)
        if templates.own(kind) == OwnTemplate() and shipped.is_file():
            try:
                write_when_changed(session.settings.paths.letters / shipped.name, shipped.read_bytes())
            except FileError:  # It may be put there another time; until then it is used from where it is.
                continue
            put.append(shipped.name)
        elif filed.path is None and not filed.is_former:
            continue
        laid.append(kind)
    if laid:
        with session.store.transaction("registerkit", session.stamp_time, bookkeeping=True) as transaction:
            transaction.set_meta(_meta(session), " ".join([*sorted(templates.laid), *laid]))
    return put


def _meta(session: Session) -> str:
    return session.store.own_name(_LAID, session.store.client_id)
