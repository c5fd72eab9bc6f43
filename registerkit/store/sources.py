"""What the store keeps of the files that records come from."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from registerkit.definition import Definition, Record, Value
from registerkit.stamp import Stamp
from registerkit.store import schema
from registerkit.store.codec import decode, encode, field_id_of, value_kind
from registerkit.store.conflicts import close_conflicts, conflicts_of, keep_conflicts
from registerkit.store.store import Store
from registerkit.store.timeline import Anchor
from registerkit.store.write import Transaction
from registerkit.sync.plan import CellValues, Knowledge, SourcePlan

if TYPE_CHECKING:  # What only looks at the register reads no file.
    from registerkit.reading import RawWorkbook

__all__ = [
    "SourceInfo",
    "keep_outcome",
    "keep_source",
    "keyed_knowledge",
    "knowledge_of",
    "left_out_of",
    "lost_stamp",
    "moved_numbers",
    "paths_of",
    "reserve",
    "reserved_keys",
    "source_info",
    "use_reserved",
    "written_since",
]


@dataclass(frozen=True)
class SourceInfo:
    """A file the store has met; `revision` and `nonce` are the stamp that what was seen of it belongs to."""

    id: int
    path: str
    kind: str
    workbook_id: str | None
    revision: int
    nonce: str | None
    content: str | None
    state: str | None
    outcome: dict[str, Any] | None


def source_info(store: Store, path: str) -> SourceInfo | None:
    """Return what is kept of a file; None when it is new."""
    s = schema.sources
    own = (s.c.id, s.c.path, s.c.kind, s.c.workbook_id, s.c.revision, s.c.nonce, s.c.content, s.c.state, s.c.outcome)
    query = sa.select(*own)
    with store.reading() as connection:
        row = connection.execute(query.where(s.c.office == store.client_id, s.c.path == path)).first()
    return None if row is None else SourceInfo(*row[:8], json.loads(row[8]) if row[8] else None)


def reserved_keys(store: Store, workbook_id: str | None = None) -> list[tuple[str, str]]:
    """Return the keys that stand ready (table, key), of one workbook or of all."""
    r = schema.reservations
    query = sa.select(r.c.table, r.c.key).order_by(r.c.table, r.c.key)
    if workbook_id is not None:
        query = query.where(r.c.workbook_id == workbook_id)
    with store.reading() as connection:
        return [(table, key) for table, key in connection.execute(query)]


def knowledge_of(store: Store, info: SourceInfo | None, stamp: Stamp | None, anchor: Anchor | None) -> Knowledge:
    """Return what sync needs to know of a file that carries the stamp given; no stamp gives no base."""
    if stamp is None or anchor is None:
        return _unstamped(store, info)
    base = store.base(anchor.base or 0)
    known = Knowledge(
        source_id=None,
        stamped=True,
        old=base.old,
        newer=base.created,
        by_kit=base.by_kit,
        trust="nothing" if anchor.base is None else "guess" if anchor.is_guess else "base",
        is_foreign=not anchor.is_own,
        is_early=anchor.is_early or anchor.is_guess,
        reserved=frozenset(reserved_keys(store, stamp.workbook_id)),
        unshown=_unshown(store, stamp.workbook_id),
    )
    if info is None:
        return known
    is_of_stamp = (info.revision, info.nonce) == (stamp.revision, stamp.nonce)
    current = is_of_stamp and info.workbook_id == stamp.workbook_id
    with store.reading() as connection:
        gone = _gone(connection, info.id)
        return replace(
            known,
            source_id=info.id,
            seen=_seen(connection, schema.seen, info.id, store.definition) if current else {},
            aliases=_aliases(connection, info.id) if current else {},
            pending=_pending(connection, info.id, store.definition) if current else {},
            moved=_seen(connection, schema.moved, info.id, store.definition),
            gone=frozenset(gone),
            left_out=frozenset(where for where, left_out in gone.items() if left_out),
            conflicts=conflicts_of(connection, info.id, store.definition) if current else {},
        )


def lost_stamp(store: Store, info: SourceInfo | None, raw: RawWorkbook) -> Stamp | None:
    """Return the stamp that the file in this place had when it was last written, when one without any lies there now.

    A program that is neither Excel nor LibreOffice may have saved it.
    """
    if raw.stamp is not None or info is None or info.workbook_id is None or not raw.tables:
        return None
    return Stamp(
        store.register_id(), info.workbook_id, info.revision, {info.revision: info.nonce} if info.nonce else {}
    )


def _unstamped(store: Store, info: SourceInfo | None) -> Knowledge:
    if info is None:
        return Knowledge(None, False)
    with store.reading() as connection:
        pending = _pending(connection, info.id, store.definition)
    return Knowledge(info.id, False, pending=pending)


def keyed_knowledge(store: Store, info: SourceInfo | None) -> Knowledge:
    """Return what sync needs to know of a file whose rows carry numbers of where they come from."""
    if info is None:
        return Knowledge(None, False, is_keyed=True)
    with store.reading() as connection:
        seen = _seen(connection, schema.seen, info.id, store.definition)
        moved = _seen(connection, schema.moved, info.id, store.definition)
        conflicts = conflicts_of(connection, info.id, store.definition)
    return Knowledge(info.id, False, is_keyed=True, seen=seen, moved=moved, conflicts=conflicts)


def _unshown(store: Store, workbook_id: str) -> frozenset[tuple[str, str]]:
    """Return the records that a workbook, or the one it was copied from, never had room for."""
    u, s = schema.unshown.c, schema.sources.c
    of_workbook = sa.select(s.id).where(s.workbook_id == workbook_id, s.office == store.client_id)
    with store.reading() as connection:
        rows = connection.execute(sa.select(u.table, u.key).where(u.source_id.in_(of_workbook)))
        return frozenset((table, key) for table, key in rows)


def left_out_of(store: Store, path: str) -> frozenset[tuple[str, str]]:
    """Return the records (table, key) that somebody chose to leave out of a file."""
    if (info := source_info(store, path)) is None:
        return frozenset()
    with store.reading() as connection:
        return frozenset(where for where, left_out in _gone(connection, info.id).items() if left_out)


def written_since(store: Store, revision: int) -> bool:
    """Tell whether any file was brought up to a revision or a later one, so that people work in it."""
    s = schema.sources.c
    with store.reading() as connection:
        query = sa.select(s.id).where(s.revision >= revision, s.workbook_id.is_not(None)).limit(1)
        return connection.execute(query).first() is not None


def moved_numbers(store: Store) -> frozenset[str]:
    """Return the main records of which cells are held in any file because they left their row, or cells about them."""
    moved, tables = schema.moved.c, store.definition.tables
    with store.reading() as connection:
        found_in = schema.sources.c
        of_files = sa.select(found_in.id).where(found_in.kind != "import")  # An import is brought anew, or never.
        query = sa.select(moved.table, moved.key).where(moved.source_id.in_(of_files)).distinct()
        held = [(tables[table], key) for table, key in connection.execute(query)]
    found = {key for table, key in held if table.id == store.definition.main_id}
    for table in {table.id: table for table, _ in held if table.parent}.values():
        records = store.records(table.id, table.key, [key for of, key in held if of == table])
        found |= {str(record[table.parent or ""]) for record in records.values()}
    return frozenset(found)


def paths_of(store: Store, workbook_id: str) -> set[str]:
    """Return the paths of the files that carry a workbook's id: the one that it was given to, and copies of it."""
    s = schema.sources.c
    with store.reading() as connection:
        return set(
            connection.scalars(sa.select(s.path).where(s.workbook_id == workbook_id, s.office == store.client_id))
        )


def keep_source(transaction: Transaction, path: str, kind: str, stamp: Stamp | None, plan: SourcePlan) -> int:
    """Keep what a file was seen to say at its stamp; gives the source's id."""
    s, connection = schema.sources, transaction.connection
    known = connection.execute(sa.select(s.c.id, s.c.workbook_id).where(*_is(transaction, path))).first()
    source_id = known.id if known else None
    workbook_id = stamp.workbook_id if stamp else None
    values: dict[str, Any] = {"kind": kind, "workbook_id": workbook_id, "content": None, "state": None}
    values |= {"revision": stamp.revision, "nonce": stamp.nonce} if stamp else {"revision": 0, "nonce": None}
    if source_id is None:
        whose = {"office": transaction.client_id, "path": path}
        inserted = connection.execute(s.insert().values(**whose, **values)).inserted_primary_key
        source_id = inserted[0] if inserted else 0
    else:
        connection.execute(s.update().where(s.c.id == source_id).values(**values))
        if known and known.workbook_id != workbook_id:
            close_conflicts(connection, schema.conflicts.c.source_id == source_id)  # Of another file of this name.
    of_source = {"source_id": source_id}
    for table, said in ((schema.seen, plan.seen), (schema.moved, plan.moved)):
        transaction.replace(table, of_source, (of_source | row for row in _by_record(said)))
    transaction.replace(
        schema.pending,
        of_source,
        [of_source | {"table": t, "key": k, "said": _said(record)} for (t, k), record in plan.pending.items()],
    )
    transaction.replace(
        schema.aliases,
        of_source,
        [of_source | {"table": t, "file_key": f, "key": key} for (t, f), key in plan.aliases.items()],
    )
    gone = [of_source | {"table": t, "key": k, "left_out": (t, k) in plan.left_out} for t, k in sorted(plan.gone)]
    transaction.replace(schema.gone, of_source, gone)
    keep_conflicts(transaction, int(source_id), plan)
    return int(source_id)


def keep_outcome(
    transaction: Transaction,
    path: str,
    *,
    content: str | None,
    state: str | None,
    outcome: Mapping[str, Any],
    stamped: Stamp | None = None,
    unshown: Iterable[tuple[str, str]] = (),
    moved: Mapping[tuple[str, str, str], Value] = MappingProxyType({}),
) -> None:
    """Keep how a file ended up; `stamped` is what was written into it, after which what was seen is past.

    `unshown` are records (table, key) that there was no room for, `moved` the cells that are held still.
    """
    s, connection = schema.sources, transaction.connection
    source_id = connection.scalar(sa.select(s.c.id).where(*_is(transaction, path)))
    values: dict[str, Any] = {"content": content, "state": state, "outcome": json.dumps(outcome, ensure_ascii=False)}
    if stamped is not None:
        values |= {"revision": stamped.revision, "nonce": stamped.nonce}
        left = [{"source_id": source_id, "table": t, "key": k} for t, k in sorted(set(unshown))]
        transaction.replace(schema.unshown, {"source_id": source_id}, left)
        held = ({"source_id": source_id} | row for row in _by_record(moved))
        transaction.replace(schema.moved, {"source_id": source_id}, held)
        for table in (schema.seen, schema.pending, schema.aliases):
            transaction.replace(table, {"source_id": source_id}, [])
    connection.execute(s.update().where(s.c.id == source_id).values(**values))


def _is(transaction: Transaction, path: str) -> tuple[sa.ColumnElement[bool], ...]:
    return schema.sources.c.office == transaction.client_id, schema.sources.c.path == path


def _by_record(said: Mapping[tuple[str, str, str], Value]) -> Iterator[dict[str, Any]]:
    """Return what cells said as a row per record; an empty cell is kept too, for it was seen to be empty."""
    for (table, key), values in CellValues(said).records.items():
        texts = {field_id: encode(value) for field_id, value in values.items()}
        yield {"table": table, "key": key, "said": json.dumps(texts, ensure_ascii=False)}


def _seen(connection: sa.Connection, t: sa.Table, source_id: int, definition: Definition) -> CellValues:
    """Return what a file said as `_by_record` gave it to a table."""
    found = CellValues()
    for (table, key), said in _pending(connection, source_id, definition, t).items():
        found.set_record(table, key, said)
    return found


def _pending(
    connection: sa.Connection, source_id: int, definition: Definition, t: sa.Table = schema.pending
) -> dict[tuple[str, str], Record]:
    query = sa.select(t.c.table, t.c.key, t.c.said).where(t.c.source_id == source_id)
    found: dict[tuple[str, str], Record] = {}
    for table, key, said in connection.execute(query):
        texts = {field_id_of(definition, table, word): text for word, text in json.loads(said).items()}
        found[(table, key)] = {f: decode(value_kind(definition, table, f), text) for f, text in texts.items()}
    return found


def _aliases(connection: sa.Connection, source_id: int) -> dict[tuple[str, str], str]:
    t = schema.aliases
    query = sa.select(t.c.table, t.c.file_key, t.c.key).where(t.c.source_id == source_id)
    return {(table, file_key): key for table, file_key, key in connection.execute(query)}


def _gone(connection: sa.Connection, source_id: int) -> dict[tuple[str, str], bool]:
    """Return the records that a file no longer shows, and whether somebody chose to have it so."""
    t = schema.gone
    query = sa.select(t.c.table, t.c.key, t.c.left_out).where(t.c.source_id == source_id)
    return {(table, key): bool(left_out) for table, key, left_out in connection.execute(query)}


def _said(record: Mapping[str, Value]) -> str:
    texts = {field_id: encode(value) for field_id, value in record.items() if value is not None}
    return json.dumps(texts, ensure_ascii=False, sort_keys=True)


def reserve(transaction: Transaction, table: str, keys: Iterable[str], workbook_id: str) -> None:
    """Let keys stand ready for a workbook."""
    rows = [{"table": table, "key": key, "workbook_id": workbook_id} for key in keys]
    if rows:
        transaction.connection.execute(schema.reservations.insert(), rows)


def use_reserved(transaction: Transaction, keys: Iterable[tuple[str, str]]) -> None:
    """Let keys (table, key) stand ready no longer, for there are records of them now."""
    r = schema.reservations
    ready = {(table, key) for table, key in transaction.connection.execute(sa.select(r.c.table, r.c.key))}
    if used := sorted(ready & set(keys)):
        gone = r.delete().where(r.c.table == sa.bindparam("of_table"), r.c.key == sa.bindparam("of_key"))
        transaction.connection.execute(gone, [{"of_table": table, "of_key": key} for table, key in used])
