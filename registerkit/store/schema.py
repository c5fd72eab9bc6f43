"""The tables that the store keeps for itself, beside those of the definition."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from registerkit.database import LONG_TEXT, TABLE_OPTIONS, word

__all__ = [
    "CREATION",
    "NONCES_SINCE",
    "aliases",
    "cases",
    "commits",
    "conflicts",
    "counters",
    "forms",
    "gone",
    "handlings",
    "history",
    "lists",
    "mails",
    "meta",
    "metadata",
    "migrations",
    "moved",
    "outbox",
    "pending",
    "person_keys",
    "persons",
    "phases",
    "reservations",
    "runs",
    "seen",
    "sources",
    "unshown",
    "waits",
]

metadata = sa.MetaData()

NONCES_SINCE = "nonces_since"
"""Where a store of an earlier version keeps the revision after which every change has a nonce."""
CREATION = "*"
"""The field of the history's line that says with which values a record came in."""

_KEY = word(64)
_MOMENT = word(32)
_NAME = word(200)
_PATH = word(500)

_BY_KEY: dict[str, Any] = {"sqlite_with_rowid": False}
"""What SQLite must be told of a table whose rows lie by their key, so that it keeps no second one of its own."""

meta = sa.Table(
    "rk_meta",
    metadata,
    sa.Column("name", _KEY, primary_key=True),
    sa.Column("value", LONG_TEXT, nullable=False),
    **TABLE_OPTIONS,
)
"""Register id, revision, and the fingerprint of the definition the tables were made for."""

migrations = sa.Table(
    "rk_migrations",
    metadata,
    sa.Column("n", sa.Integer(), primary_key=True, autoincrement=False),
    sa.Column("name", _KEY, nullable=False),
    sa.Column("applied_at", _MOMENT, nullable=False),
    **TABLE_OPTIONS,
)

commits = sa.Table(
    "rk_commits",
    metadata,
    sa.Column("revision", sa.Integer(), primary_key=True, autoincrement=False),
    sa.Column("nonce", word(16), nullable=False),
    **TABLE_OPTIONS,
)
"""What tells each change of this store from the change of the same number in a copy of it that went on."""

history = sa.Table(
    "rk_history",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column("revision", sa.Integer(), nullable=False, index=True),
    sa.Column("at", _MOMENT, nullable=False),
    sa.Column("source", _PATH, nullable=False),
    sa.Column("table", _KEY, nullable=False),
    sa.Column("key", _KEY, nullable=False),
    sa.Column("field", _KEY, nullable=False),
    sa.Column("old", LONG_TEXT),
    sa.Column("new", LONG_TEXT),
    sa.Column("taken", sa.Boolean(), nullable=False, default=True),
    sa.Index("rk_history_record", "table", "key"),
    **TABLE_OPTIONS,
)
"""Every change of every field, in order, and values that lost a conflict (not `taken`); rows are only added.

A record that comes in is one line, `CREATION`, with its values by field as JSON: a text, or a text and who filled it in
when that is not the line's own source. Earlier versions wrote a line for every field."""

sources = sa.Table(
    "rk_sources",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column("office", _KEY, nullable=False, default=""),
    sa.Column("path", _PATH, nullable=False),
    sa.Column("kind", _KEY, nullable=False),
    sa.Column("workbook_id", _KEY),
    sa.Column("revision", sa.Integer(), nullable=False, default=0),
    sa.Column("nonce", word(16)),
    sa.Column("content", _KEY),
    sa.Column("state", _KEY),
    sa.Column("outcome", LONG_TEXT),
    sa.UniqueConstraint("office", "path"),
    **TABLE_OPTIONS,
)
"""Filled files: the stamp that `rk_seen` belongs to, fingerprints of the file and of all that bears on how it is read,
and what came of it then (so that an identical file need not be read again). Offices that share a server may each have
a file of one name: `office` tells whose it is, and is empty for a store in the project folder itself."""

seen = sa.Table(
    "rk_seen",
    metadata,
    sa.Column("source_id", sa.Integer(), primary_key=True, autoincrement=False),
    sa.Column("table", _KEY, primary_key=True),
    sa.Column("key", _KEY, primary_key=True),
    sa.Column("said", LONG_TEXT, nullable=False),
    **TABLE_OPTIONS,
)
"""What a file said of a record since its stamp where that differs from its base: the base of the next comparison."""

pending = sa.Table(
    "rk_pending",
    metadata,
    sa.Column("source_id", sa.Integer(), primary_key=True, autoincrement=False),
    sa.Column("table", _KEY, primary_key=True),
    sa.Column("key", _KEY, primary_key=True),
    sa.Column("said", LONG_TEXT, nullable=False),
    **TABLE_OPTIONS,
)
"""Rows typed without a key, as first seen, until their key has been written back."""

aliases = sa.Table(
    "rk_aliases",
    metadata,
    sa.Column("source_id", sa.Integer(), primary_key=True, autoincrement=False),
    sa.Column("table", _KEY, primary_key=True),
    sa.Column("file_key", _KEY, primary_key=True),
    sa.Column("key", _KEY, nullable=False),
    **TABLE_OPTIONS,
)
"""Keys in a file that stand for another key of the store (a reserved number that was used twice)."""

reservations = sa.Table(
    "rk_reservations",
    metadata,
    sa.Column("table", _KEY, primary_key=True),
    sa.Column("key", _KEY, primary_key=True),
    sa.Column("workbook_id", _KEY, nullable=False),
    **TABLE_OPTIONS,
)
"""Keys that stand ready in a workbook's prepared rows."""

counters = sa.Table(
    "rk_counters",
    metadata,
    sa.Column("name", _NAME, primary_key=True),
    sa.Column("value", sa.Integer(), nullable=False),
    **TABLE_OPTIONS,
)
"""The last running number given out, per pattern and year."""

phases = sa.Table(
    "rk_phases",
    metadata,
    sa.Column("complaint", _KEY, primary_key=True),
    sa.Column("n", sa.Integer(), primary_key=True, autoincrement=False),
    sa.Column("started_on", sa.Date(), nullable=False),
    sa.Column("reason", _KEY),
    sa.Column("due_on", sa.Date()),
    sa.Column("answered_on", sa.Date()),
    sa.Column("closed_on", sa.Date()),
    sa.Column("judgement", _KEY),
    sa.Column("ending", _KEY),
    sa.Column("cost", sa.BigInteger()),
    **TABLE_OPTIONS,
)
"""One row per handling of a complaint: the first, and one for every reopening."""

persons = sa.Table(
    "rk_persons",
    metadata,
    sa.Column("complaint", _KEY, primary_key=True),
    sa.Column("code", _KEY, nullable=False),
    **TABLE_OPTIONS,
)
"""Random codes by which complaints stay one person's when what that person was known by has been wiped."""

cases = sa.Table(
    "rk_cases",
    metadata,
    sa.Column("complaint", _KEY, primary_key=True),
    sa.Column("received_on", sa.Date(), index=True),
    sa.Column("year_before", sa.Date()),
    sa.Column("standing", sa.SmallInteger(), nullable=False),
    sa.Column("acknowledge_by", sa.Date()),
    sa.Column("acknowledged_on", sa.Date()),
    sa.Column("late_after", sa.Date()),
    sa.Column("aftercare_by", sa.Date()),
    sa.Column("aftercare_on", sa.Date()),
    sa.Column("mark", sa.Integer()),
    sa.Column("marked_on", sa.Date()),
    sa.Column("person", _KEY, nullable=False),
    sa.Column("keys", LONG_TEXT, nullable=False),
    sa.Index("rk_cases_person", "person", "received_on"),
    **_BY_KEY,
    **TABLE_OPTIONS,
)
"""What figures are counted from, per complaint (`register/facts.py`); `person` is the lowest number among the
complaints of one person, `keys` are its own of `rk_person_keys`, packed."""

handlings = sa.Table(
    "rk_handlings",
    metadata,
    sa.Column("complaint", _KEY, primary_key=True),
    sa.Column("n", sa.Integer(), primary_key=True, autoincrement=False),
    sa.Column("standing", sa.SmallInteger(), nullable=False),
    sa.Column("started_on", sa.Date(), nullable=False),
    sa.Column("reason", _KEY),
    sa.Column("due_on", sa.Date()),
    sa.Column("answered_on", sa.Date()),
    sa.Column("ended_on", sa.Date(), index=True),
    sa.Column("days", sa.Integer()),
    sa.Column("ending", _KEY),
    sa.Column("judgement", _KEY),
    sa.Column("in_time", sa.Boolean()),
    sa.Column("extended", sa.Boolean()),
    sa.Column("paused", sa.Boolean()),
    sa.Column("cost", sa.BigInteger()),
    **_BY_KEY,
    **TABLE_OPTIONS,
)
"""The same per handling, those included that go on."""

waits = sa.Table(
    "rk_waits",
    metadata,
    sa.Column("complaint", _KEY, primary_key=True),
    sa.Column("n", sa.Integer(), primary_key=True, autoincrement=False),
    sa.Column("from_on", sa.Date(), primary_key=True),
    sa.Column("until_on", sa.Date()),
    **_BY_KEY,
    **TABLE_OPTIONS,
)
"""The days on which the term of a handling stands still."""

person_keys = sa.Table(
    "rk_person_keys",
    metadata,
    sa.Column("key", sa.BigInteger(), primary_key=True, autoincrement=False),
    sa.Column("complaint", _KEY, primary_key=True),
    **_BY_KEY,
    **TABLE_OPTIONS,
)
"""Keyed hashes of what a complaint's person is known by: complaints that share one are one person's."""

conflicts = sa.Table(
    "rk_conflicts",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column("source_id", sa.Integer(), nullable=False),
    sa.Column("table", _KEY, nullable=False),
    sa.Column("key", _KEY, nullable=False),
    sa.Column("field", _KEY, nullable=False),
    sa.Column("base", LONG_TEXT),
    sa.Column("file_value", LONG_TEXT),
    sa.Column("store_value", LONG_TEXT),
    sa.Column("revision", sa.Integer(), nullable=False),
    sa.Column("open", sa.Boolean(), nullable=False, default=True),
    sa.Column("at", _MOMENT),
    **TABLE_OPTIONS,
)
"""Conflicts, open until a person has chosen."""

gone = sa.Table(
    "rk_gone",
    metadata,
    sa.Column("source_id", sa.Integer(), primary_key=True, autoincrement=False),
    sa.Column("table", _KEY, primary_key=True),
    sa.Column("key", _KEY, primary_key=True),
    sa.Column("left_out", sa.Boolean()),
    **TABLE_OPTIONS,
)
"""Records that a source no longer shows and that were reported once; `left_out` when a person chose to have it so."""

moved = sa.Table(
    "rk_moved",
    metadata,
    sa.Column("source_id", sa.Integer(), primary_key=True, autoincrement=False),
    sa.Column("table", _KEY, primary_key=True),
    sa.Column("key", _KEY, primary_key=True),
    sa.Column("said", LONG_TEXT, nullable=False),
    **TABLE_OPTIONS,
)
"""Cells of a file that left their row, with what they say: they are held until somebody says what is right."""

unshown = sa.Table(
    "rk_unshown",
    metadata,
    sa.Column("source_id", sa.Integer(), primary_key=True, autoincrement=False),
    sa.Column("table", _KEY, primary_key=True),
    sa.Column("key", _KEY, primary_key=True),
    **TABLE_OPTIONS,
)
"""Records that a file never showed, for there was no room: they cannot be gone from it."""

forms = sa.Table(
    "rk_forms",
    metadata,
    sa.Column("content", _KEY, primary_key=True),
    sa.Column("key", _KEY, nullable=False),
    sa.Column("taken_on", sa.Date(), nullable=False),
    **TABLE_OPTIONS,
)
"""Single forms that were taken in, by a fingerprint of what they say, with the number of the complaint."""

mails = sa.Table(
    "rk_mails",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column("content", _KEY, nullable=False, index=True),
    sa.Column("complaint", _KEY, nullable=False),
    sa.Column("is_first", sa.Boolean(), nullable=False, default=False),
    sa.Column("message_id", LONG_TEXT, nullable=False),
    sa.Column("subject", LONG_TEXT, nullable=False),
    sa.Column("address", LONG_TEXT, nullable=False),
    **TABLE_OPTIONS,
)
"""Mails that were taken in: by a fingerprint of what they say, with the complaint that each is with."""

outbox = sa.Table(
    "rk_outbox",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column("office", _KEY, nullable=False, default=""),
    sa.Column("kind", _KEY, nullable=False),
    sa.Column("target", _PATH, nullable=False),
    sa.Column("payload", LONG_TEXT, nullable=False),
    sa.Column("done", sa.Boolean(), nullable=False, default=False),
    **TABLE_OPTIONS,
)
"""Files that follow from what was stored and may not have been written yet."""

runs = sa.Table(
    "rk_runs",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column("office", _KEY, nullable=False, default=""),
    sa.Column("command", _KEY, nullable=False),
    sa.Column("acted_on", sa.Date(), nullable=False),
    sa.Column("label", _KEY, nullable=False),
    sa.Column("started_at", _MOMENT, nullable=False),
    sa.Column("finished_at", _MOMENT),
    sa.Column("summary", LONG_TEXT),
    **TABLE_OPTIONS,
)

lists = sa.Table(
    "rk_lists",
    metadata,
    sa.Column("list", _KEY, primary_key=True),
    sa.Column("code", _KEY, primary_key=True),
    sa.Column("labels", LONG_TEXT, nullable=False),
    sa.Column("parent", _KEY),
    sa.Column("explanation", LONG_TEXT),
    sa.Column("in_use", sa.Boolean(), nullable=False, default=True),
    sa.Column("aliases", LONG_TEXT, nullable=False, default=""),
    sa.Column("position", sa.Integer(), nullable=False),
    **TABLE_OPTIONS,
)
"""Choice lists as the office keeps them, seeded from the definition and the settings."""
