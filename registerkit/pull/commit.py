"""Commits what a run has merged: everything goes into the store as one step, files that follow from it are noted."""

from __future__ import annotations

from collections.abc import Mapping

from registerkit.pull.alert import alert_draft
from registerkit.pull.dismissals import KEPT_SINCE
from registerkit.pull.merged import ALIKE_TOLD, FIELDS, WIPED_TOLD, Merged, MergedSource
from registerkit.session.merge_parts import write_state
from registerkit.session.outbox import finish_outbox, stage
from registerkit.session.session import Session
from registerkit.store import Transaction
from registerkit.store.forms import keep_forms
from registerkit.store.mails import keep_mails
from registerkit.store.outbox import put
from registerkit.store.sources import keep_source
from registerkit.sync.state import SYSTEM

__all__ = ["commit_merged"]


def commit_merged(session: Session, merged: Merged, forms: Mapping[str, str], calendar: str) -> None:
    """Put everything into the store as one step; does not write when there is nothing to put in.

    `forms` are the single forms that were taken in, `calendar` is the fingerprint that the terms were counted with.
    """
    known = session.store.meta("calendar") == calendar and session.store.meta(KEPT_SINCE) is not None
    alike = "\n".join(f"{label}\t{last}" for label, last in sorted(merged.alike.items()))
    known = known and (session.store.meta(ALIKE_TOLD) or "") == alike
    known = known and session.store.meta(FIELDS) == " ".join(merged.fields)
    keep = [source for source in merged.sources if _has_news(source)]
    fresh = merged.state.wiped_rows.fresh
    if not merged.state.is_changed and not keep and known and not fresh and not merged.result.list_changes:
        return
    came_along = [(target, stage(session, target, data)) for target, data in merged.attachments]
    with session.store.transaction(SYSTEM, session.stamp_time) as transaction:
        write_state(transaction, merged.state)
        _commit_lists(transaction, merged)
        keep_forms(transaction, forms, session.on)
        keep_mails(transaction, merged.mails)
        for target, payload in came_along:
            put(transaction, "attachment", session.relative(target), payload)
        for source in keep:
            _keep(transaction, source)
        for number in merged.result.alerts:
            _alert(session, transaction, merged, number)
        if fresh:
            transaction.set_meta(WIPED_TOLD, " ".join(sorted(merged.state.wiped_rows.told | fresh)))
        if not known:
            transaction.set_meta("calendar", calendar)
            transaction.set_meta(KEPT_SINCE, session.on.isoformat())
            transaction.set_meta(ALIKE_TOLD, alike)
            transaction.set_meta(FIELDS, " ".join(merged.fields))
    merged.revision = session.store.revision()  # The state that was merged is what the store holds now.
    finish_outbox(session)


def _has_news(source: MergedSource) -> bool:
    info, plan = source.info, source.plan
    if info is None or info.content != source.content:
        return True
    return bool(plan.new or plan.changed or plan.conflicts or plan.missing or plan.settled)


def _commit_lists(transaction: Transaction, merged: Merged) -> None:
    changes = merged.result.list_changes
    for list_id in {change.list_id for _, change in changes}:
        transaction.set_lists(list_id, merged.lookups.lists[list_id])
    for name, change in changes:
        transaction.note_list(change.list_id, change.code, change.old, change.new, name)
    if changes:
        transaction.set_meta("lists_revision", str(transaction.revision))


def _keep(transaction: Transaction, source: MergedSource) -> None:
    """Keep what a file said, and in the history the values of it that lost a conflict."""
    keep_source(transaction, source.known_as, source.source.kind, source.stamp, source.plan)
    for conflict in source.plan.conflicts:
        if conflict.kept == "store":
            transaction.note_lost(conflict.table, conflict.key, conflict.field, conflict.file_value, source.name)


def _alert(session: Session, transaction: Transaction, merged: Merged, number: str) -> None:
    records = merged.state.records
    record, staff = records[session.definition.main_id][number], records["staff"]
    target, data = alert_draft(session, number, record, staff, merged.lookups)
    put(transaction, "alert", session.relative(target), stage(session, target, data))
