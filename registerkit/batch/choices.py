"""Carries out what people chose on the attention sheet of a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from registerkit.batch.merge_parts import Prefer
from registerkit.batch.merged import MergedSource
from registerkit.batch.results import Settled
from registerkit.findings import Finding, Location
from registerkit.ooxml import address
from registerkit.reading import RawAttention
from registerkit.store.conflicts import StoredConflict
from registerkit.sync import Merger
from registerkit.texts import LANGUAGES, load_texts
from registerkit.workbook import CHOICES, choice_kind

__all__ = ["take_choices"]


def take_choices(
    source: MergedSource, merger: Merger, conflicts: Mapping[int, StoredConflict], prefer: Prefer
) -> list[Settled]:
    """Carry out the choices in one file, after its tables were merged: a cell edited again goes before a choice.

    With `prefer` the open conflicts of the file that nobody chose about are settled too. `conflicts` are all that
    are open; those of a file that this one is a copy of can be chosen about here as well.
    """
    raw, plan = source.raw.attention, source.plan
    chosen: dict[int, tuple[str, int | None]] = {}
    for row, ref, word in _choices(raw, plan.findings, source.name) if raw else ():
        kind, rest = choice_kind(ref), ref.partition(":")[2]
        if kind == "conflict" and rest.isdigit():
            chosen[int(rest)] = (word, row)
        elif kind == "gone":
            _place(source, rest, word)
    if prefer is not None:
        word = "file" if prefer == "workbook" else "register"
        for conflict in conflicts.values():
            if conflict.source == source.name:
                chosen.setdefault(conflict.id, (word, None))
    settled = []
    for number, (word, at) in chosen.items():
        meant = conflicts.get(number)
        if meant is None or (meant.table, meant.key, meant.field) in plan.closed_conflicts:
            continue
        if found := _settle(source, merger, meant, word, at):
            settled.append(found)
    plan.left_out &= plan.gone
    return settled


def _choices(raw: RawAttention, findings: list[Finding], file: str) -> Iterator[tuple[int, str, str]]:
    """Give row, reference and choice of every row in which something was chosen; what is no choice is told."""
    for row, cells in raw.rows.items():
        if not cells["choose"] or not cells["ref"]:
            continue
        words = _words(CHOICES.get(choice_kind(cells["ref"]), ()))
        if word := words.get(cells["choose"].strip().casefold()):
            yield row, cells["ref"], word
        else:
            where = Location(file, raw.excel.sheet, address(row, raw.columns["choose"]), row)
            known = ", ".join(words)
            findings.append(Finding("no_such_choice", "warning", where, cells["choose"], {"choices": known}))


def _words(choices: tuple[str, ...]) -> dict[str, str]:
    return {load_texts(lang)(f"workbook.attention.choice.{c}").casefold(): c for lang in LANGUAGES for c in choices}


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
) -> Settled | None:
    record = merger.state.record(conflict.table, conflict.key)
    if record is None:
        return None
    kept = "workbook" if word == "file" else "store"
    if kept == "workbook":
        held = merger.choose(conflict.table, conflict.key, conflict.field, conflict.file_value, conflict.source)
        if held:
            raw = source.raw.attention
            cell = address(row, raw.columns["choose"]) if raw and row else None
            where = Location(source.name, raw.excel.sheet if raw and row else None, cell, row)
            source.plan.findings += [fault.finding.at(where) for fault in held]
            return None
    source.plan.settled.add(conflict.id)
    value = merger.state.records[conflict.table][conflict.key].get(conflict.field)
    return Settled(conflict, kept, value)
