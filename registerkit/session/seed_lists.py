"""Says what the choice lists of a store are to hold: what definition and settings say and it does not hold yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from registerkit.definition import Choice, Definition, definition_of
from registerkit.setting_kinds import PROFILES
from registerkit.settings import SETTINGS_FILE
from registerkit.store.lists import merged_lists, stored_lists
from registerkit.texts import LANGUAGES

if TYPE_CHECKING:
    from registerkit.session.session import Session
    from registerkit.store.write import Transaction

__all__ = ["ListSeed", "list_seed"]

_PROFILE = "lists_of"
"""Where the store keeps for which profile its lists were made. Those of before there was any such are of the first."""


@dataclass(frozen=True)
class ListSeed:
    """The lists that change, with the entries that an office sees otherwise: list, code, label before and now."""

    lists: Mapping[str, tuple[Choice, ...]]
    changed: tuple[tuple[str, str, str, str], ...] = ()
    profile: str = ""
    """The profile that the lists are of from now on; empty when that is no news."""

    def __bool__(self) -> bool:
        return bool(self.lists or self.profile)

    def sow(self, transaction: Transaction) -> None:
        """Put it into the store."""
        for list_id, choices in self.lists.items():
            transaction.set_lists(list_id, choices)
        for list_id, code, old, new in self.changed:
            transaction.note_list(list_id, code, old, new, SETTINGS_FILE)
        if self.changed:
            transaction.set_meta("lists_revision", str(transaction.revision))
        if self.profile:
            transaction.set_meta(_PROFILE, self.profile)


def list_seed(session: Session) -> ListSeed:
    """Return what changes: lists stay as they are, but follow the profile while the register has no complaints."""
    stored, profile = stored_lists(session.store), session.settings.profile
    if not stored:
        return ListSeed(_said(session, session.definition), profile=profile)
    kept = session.store.noted(_PROFILE, _profile) or PROFILES[0]
    if kept == profile:
        return ListSeed(merged_lists(stored, _said(session, session.definition)))
    before = _said(session, definition_of(session.settings, kept))
    is_shared = bool(session.store.client_id)  # Lists that several offices use are not one office's to change.
    if is_shared or not session.store.is_empty(session.definition.main_id):
        return ListSeed(merged_lists(stored, before))
    return _refitted(session, stored, before)


def _said(session: Session, definition: Definition) -> dict[str, tuple[Choice, ...]]:
    """Return the lists as definition and settings have them."""
    lists = {list_id: choices.choices for list_id, choices in definition.lists.items()}
    for role, own in (("department", session.settings.departments), ("branch", session.settings.branches)):
        field = definition.role(role)
        if field is not None and own:
            lists[field.choices or role] = tuple(
                Choice(code, dict.fromkeys(LANGUAGES, label)) for code, label in own.items()
            )
    return lists


def _refitted(
    session: Session, stored: Mapping[str, tuple[Choice, ...]], before: Mapping[str, tuple[Choice, ...]]
) -> ListSeed:
    """Return the lists for another profile: what it lacks goes out of use, and what the office changed stays."""
    lists, changed = {}, []
    for list_id, wanted in _said(session, session.definition).items():
        own = {choice.code: choice for choice in stored.get(list_id, ())}
        was = {choice.code: choice for choice in before.get(list_id, ())}
        now = {choice.code: _changed(choice, own, was) for choice in wanted}
        now |= {c.code: replace(c, in_use=c.in_use and c.code not in was) for c in own.values() if c.code not in now}
        if tuple(now.values()) == tuple(own.values()):
            continue
        lists[list_id] = tuple(now.values())
        language = session.settings.language
        changed += [
            (list_id, code, own[code].labels[language], choice.labels[language])
            for code, choice in now.items()
            if code in own and choice != own[code]
        ]
    return ListSeed(lists, tuple(changed), session.settings.profile)


def _changed(choice: Choice, own: Mapping[str, Choice], was: Mapping[str, Choice]) -> Choice:
    """Return an entry as the other profile has it, unless the office called it otherwise itself.

    What it was called before is still understood: forms may have gone out with it.
    """
    mine, old = own.get(choice.code), was.get(choice.code)
    if mine is None:
        return choice
    if old is None:
        return replace(mine, in_use=True)
    if mine.labels != old.labels or mine.labels == choice.labels:
        return mine
    words = {*choice.labels.values()}
    before = tuple(word for word in dict.fromkeys((*mine.aliases, *mine.labels.values())) if word not in words)
    return replace(mine, labels=choice.labels, aliases=before)


def _profile(name: str) -> str:
    """Return the name of a profile; raises `ValueError` when there is no such one."""
    return PROFILES[PROFILES.index(name)]
