"""Carries out what people chose on the attention sheet of a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from registerkit.definition import Record
from registerkit.findings import Finding, Location
from registerkit.ooxml import address
from registerkit.pull.merged import MergedSource
from registerkit.pull.results import Settled
from registerkit.reading import RawAttention, RawWorkbook, as_text
from registerkit.session.merge_parts import SourceFile
from registerkit.store.conflicts import StoredConflict
from registerkit.sync.held_cells import AS_MEANT
from registerkit.sync.merge import Merger, Prefer
from registerkit.texts import LANGUAGES, load_texts
from registerkit.workbook import CHOICES, attention_text, choice_kind

__all__ = ["said_of_moved", "take_choices"]


def moved_choices(raw: RawAttention | None, source: str = "", *, is_written: bool = True) -> dict[tuple[str, str], str]:
    """Return what was chosen about cells that left their row, by table and field.

    In the file itself, or with `source` in another, for a file that has no such sheet; one that is never written puts
    nothing back. It must be known before the rows are merged.
    """
    found: dict[tuple[str, str], str] = {}
    for cells in raw.rows.values() if raw else ():
        kind, rest = choice_kind(cells["ref"]), cells["ref"].partition(":")[2]
        word = _words(CHOICES["moved"], *LANGUAGES).get(cells["choose"].strip().casefold()) if kind == "moved" else None
        told, _, file = rest.partition("@")
        table, _, fields = told.partition(":")
        if word is not None and file == source and (is_written or word == AS_MEANT):
            found |= {(table, field_id): word for field_id in fields.split(",")}
    return found


def said_of_moved(
    raw: RawWorkbook,
    own: RawAttention | None,
    source: SourceFile,
    prefer: Prefer,
    moved: Iterable[tuple[str, str, str]],
) -> dict[tuple[str, str], str]:
    """Return what was said of cells that left their row, by table and field: in the file, or in the register's `own`.

    Of an import, which no sheet tells of, `prefer` says it for the cells that were told before.
    """
    if source.kind == "import":
        return {(table, f): AS_MEANT for table, _, f in moved} if prefer == "workbook" else {}
    return moved_choices(raw.attention) | moved_choices(own, raw.name, is_written=raw.can_write)


def take_choices(
    source: MergedSource, merger: Merger, conflicts: Mapping[int, StoredConflict], prefer: Prefer
) -> list[Settled]:
    """Carry out the choices in one file, after its tables were merged: a cell edited again goes before a choice.

    With `prefer` the open conflicts of the file that nobody chose about are settled too. `conflicts` are all that
    are open; those of a file that this one is a copy of can be chosen about here as well.
    """
    raw, plan = source.raw.attention, source.plan
    settled, told = [], set()
    for row, ref, word in _choices(raw, plan.findings, source.name, merger.check.lookups.language) if raw else ():
        kind, rest = choice_kind(ref), ref.partition(":")[2]
        if kind == "gone":
            _place(source, rest, word)
        elif kind == "conflict" and (conflict := conflicts.get(int(rest) if rest.isdigit() else 0)):
            told.add(conflict.id)
            settled += _settle(source, merger, conflict, word, row)
    word = "file" if prefer == "workbook" else "register"
    for conflict in conflicts.values() if prefer is not None else ():
        if conflict.source == source.name and conflict.id not in told:
            settled += _settle(source, merger, conflict, word, None)
    plan.left_out &= plan.gone
    return settled


def _choices(raw: RawAttention, findings: list[Finding], file: str, language: str) -> Iterator[tuple[int, str, str]]:
    """Return row, reference and choice of every row in which something was chosen; what is no choice is told."""
    for row, cells in raw.rows.items():
        if not cells["choose"] or not cells["ref"]:
            continue
        offered = CHOICES.get(choice_kind(cells["ref"]), ())
        if word := _words(offered, *LANGUAGES).get(cells["choose"].strip().casefold()):
            yield row, cells["ref"], word
        else:
            where = Location(file, raw.excel.sheet, address(row, raw.columns["choose"]), row)
            known = list(_words(offered, language))
            findings.append(Finding("no_such_choice", "warning", where, cells["choose"], {"choices": known}))


def _words(choices: Iterable[str], *languages: str) -> dict[str, str]:
    """Return the words for choices, folded, with the choice each stands for."""
    return {load_texts(lang)(f"workbook.attention.choice.{c}").casefold(): c for lang in languages for c in choices}


def _place(source: MergedSource, rest: str, word: str) -> None:
    """Put rows that are gone back, or let them stay away."""
    plan = source.plan
    table, _, key = rest.partition(":")
    meant = plan.gone - plan.left_out if rest == "*" else {(table, key)} & plan.gone
    if word == "restore":
        plan.gone -= meant
    else:
        plan.left_out |= meant


def _settle(
    source: MergedSource, merger: Merger, conflict: StoredConflict, word: str, row: int | None
) -> list[Settled]:
    """Settle one conflict by the choice in a row, or by a preference for all; nothing where that cannot be."""
    here, plan = (conflict.table, conflict.key, conflict.field), source.plan
    record = merger.state.record(conflict.table, conflict.key)
    if record is None or here in plan.closed_conflicts:
        return []
    if row is not None and not _is_as_shown(source, merger, conflict, record, row):
        plan.findings.append(Finding("choice_outdated", "warning", _place_of_choice(source, row)))
        return []
    if word == "file":
        held = merger.choose(*here, conflict.file_value, conflict.source)
        if held:
            plan.findings += [fault.finding.at(_place_of_choice(source, row)) for fault in held]
            return []
    plan.settled.add(conflict.id)
    value = merger.state.records[conflict.table][conflict.key].get(conflict.field)
    return [Settled(conflict, "workbook" if word == "file" else "store", value)]


def _is_as_shown(source: MergedSource, merger: Merger, conflict: StoredConflict, record: Record, row: int) -> bool:
    """Tell whether the register still holds what the person saw who chose."""
    raw, lookups = source.raw.attention, merger.check.lookups
    field = merger.state.definition.tables[conflict.table].by_id[conflict.field]
    now = attention_text(field, record.get(conflict.field), lookups)
    return raw is not None and raw.rows[row]["register"] == as_text(now)


def _place_of_choice(source: MergedSource, row: int | None) -> Location:
    raw = source.raw.attention
    if raw is None or row is None:
        return Location(source.name)
    return Location(source.name, raw.excel.sheet, address(row, raw.columns["choose"]), row)
