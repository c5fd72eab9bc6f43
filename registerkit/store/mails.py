"""Remembers the mails that were taken in: which complaint each is with, and what an answer to it goes by."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from registerkit.store import schema
from registerkit.store.store import Store
from registerkit.store.write import Transaction

__all__ = ["StoredMail", "forget_mails", "keep_mails", "known_mails", "mail_key"]


@dataclass(frozen=True)
class StoredMail:
    """A mail that was taken in."""

    content: str
    """A fingerprint of what it says."""
    complaint: str
    is_first: bool
    """Whether the complaint came in by it."""
    message_id: str = ""
    subject: str = ""
    address: str = ""
    """Where an answer to it goes."""


def mail_key(*said: str) -> str:
    """Return a fingerprint of what a mail says; how its lines are broken is not part of it."""
    return hashlib.sha256("\0".join(" ".join(each.split()).casefold() for each in said).encode()).hexdigest()


def known_mails(store: Store) -> list[StoredMail]:
    """Return the mails that were taken in, the oldest first."""
    m = schema.mails.c
    query = sa.select(m.content, m.complaint, m.is_first, m.message_id, m.subject, m.address).order_by(m.id)
    with store.reading() as connection:
        return [StoredMail(*row) for row in connection.execute(query)]


def keep_mails(transaction: Transaction, mails: Iterable[StoredMail]) -> None:
    """Remember mails."""
    for mail in mails:
        transaction.connection.execute(schema.mails.insert().values(vars(mail)))


def forget_mails(connection: sa.Connection, complaints: Collection[str]) -> None:
    """Forget what mails of complaints were about and from whom; that they were taken in stays known."""
    m = schema.mails
    which = m.c.complaint.in_(complaints)
    connection.execute(m.update().where(which).values(message_id="", subject="", address=""))
