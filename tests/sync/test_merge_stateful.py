"""Three people work in three files of one register, in any order; all that either typed ends up somewhere it can be found.

A model of the rules of a sync (in memory, no files): a file is stamped when it was written back, and until then the
store remembers what it was seen to say. Every typed value must be in the store, in its history, in a conflict, or
still in the file.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from stage_samples import knowledge, make_merger, make_state, record, rows_of

from registerkit.definition import Record, Value
from registerkit.sync.plan import Knowledge, OpenConflict

KEYS = ("K-2026-0001", "K-2026-0002")
FIELDS = ("city", "remarks", "amount")
NAMES = ("hoofd.xlsx", "filiaal.xlsx", "balie.xlsx")
FILES = st.sampled_from(NAMES)
VALUES = {"city": st.sampled_from(["a", "b", "c", None]), "remarks": st.sampled_from(["x", "y", None]),
          "amount": st.sampled_from([0, 5, None])}  # fmt: skip
LONG = 100_000
"""So many merges make a long run."""
CELLS = st.sampled_from([(k, f) for k in KEYS for f in FIELDS])

Here = tuple[str, str, str]


@dataclass
class File:
    """A file and what the store knows of it."""

    rows: dict[str, Record]
    stamp: dict[str, Record]
    seen: dict[Here, Value] = field(default_factory=dict)
    conflicts: dict[Here, OpenConflict] = field(default_factory=dict)
    edited: set[Here] = field(default_factory=set)
    """Cells typed in since the last sync."""


class ThreeFiles(RuleBasedStateMachine):
    """Edits, syncs and write-backs in any order."""

    merges = 0
    """How many plans were made, by all runs."""

    @initialize()
    def begin(self) -> None:
        stored = {k: record(k, branch="hoofd") for k in KEYS}
        self.state = make_state({"complaints": stored})
        rows = {k: {"number": k, **dict.fromkeys(FIELDS)} for k in KEYS}
        self.files = {
            name: File({k: dict(r) for k, r in rows.items()}, {k: dict(r) for k, r in stored.items()}) for name in NAMES
        }
        self.history: set[tuple[Here, Any]] = {(("complaints", k, f), None) for k in KEYS for f in FIELDS}

    @rule(name=FILES, cell=CELLS, data=st.data())
    def edit(self, name: str, cell: tuple[str, str], data: st.DataObject) -> None:
        key, field_id = cell
        self.files[name].rows[key][field_id] = data.draw(VALUES[field_id])
        self.files[name].edited.add(("complaints", key, field_id))

    @rule(name=FILES, prefer=st.sampled_from([None, None, "workbook"]))
    def sync(self, name: str, prefer: str | None) -> None:
        file = self.files[name]
        before, seen = {k: dict(r) for k, r in self.state.records["complaints"].items()}, file.seen
        merger = make_merger(self.state, self.known(file), prefer, name)
        merger.merge_table(rows_of(*file.rows.values()))
        plan = merger.plan
        ThreeFiles.merges += 1
        assert plan.missing == []
        assert plan.refused == []
        for conflict in plan.conflicts:
            here = (conflict.table, conflict.key, conflict.field)
            assert conflict.file_value != conflict.store_value
            self.history |= {(here, conflict.file_value), (here, conflict.store_value)}
            if conflict.kept == "store":
                file.conflicts[here] = OpenConflict(conflict.file_value, conflict.store_value)
        for here in plan.closed_conflicts:
            file.conflicts.pop(here, None)
        file.seen = plan.seen
        for key in KEYS:
            for field_id in FIELDS:
                now = self.state.records["complaints"][key][field_id]
                self.history |= {(("complaints", key, field_id), v) for v in (before[key][field_id], now)}
        if prefer == "workbook":
            for here in file.edited:
                typed, told_before = file.rows[here[1]][here[2]], seen.get(here, file.stamp[here[1]][here[2]])
                # What was typed again as the register has seen it is no change.
                assert self.state.records["complaints"][here[1]][here[2]] == typed or typed == told_before
        file.edited = set()
        self.again_plans_nothing(file, name)

    def again_plans_nothing(self, file: File, name: str) -> None:
        copy = make_state(self.state.records)
        second = make_merger(copy, self.known(file), None, name)
        second.merge_table(rows_of(*file.rows.values()))
        ThreeFiles.merges += 1
        assert (copy.is_changed, second.plan.conflicts) == (False, [])

    @rule(name=FILES)
    def sync_and_write_back(self, name: str) -> None:
        self.sync(name, None)
        file = self.files[name]
        for key in KEYS:
            now = self.state.records["complaints"][key]
            file.rows[key] = {"number": key, **{f: now[f] for f in FIELDS}}
            file.stamp[key] = dict(now)
        file.seen = {}

    @rule(name=FILES, word=st.sampled_from(["file", "register"]))
    def choose(self, name: str, word: str) -> None:
        """Settle the oldest conflict of a file, as its attention sheet offers; both values were kept in the history."""
        file = self.files[name]
        if not file.conflicts:
            return
        here, conflict = next(iter(file.conflicts.items()))
        if word == "file":
            merger = make_merger(self.state, self.known(file), None, name)
            assert merger.choose(*here, conflict.file_value, name) == []
            assert self.state.records[here[0]][here[1]][here[2]] == conflict.file_value
        del file.conflicts[here]

    def known(self, file: File) -> Knowledge:
        """Give what store.sources would: values at the stamp of fields that changed since, and what was seen."""
        now = self.state.records["complaints"]
        old = {("complaints", k, f): file.stamp[k][f] for k in KEYS for f in FIELDS if file.stamp[k][f] != now[k][f]}
        return knowledge(old=old, seen=file.seen, conflicts=file.conflicts)

    @invariant()
    def nothing_is_lost(self) -> None:
        for file in self.files.values():
            for key in KEYS:
                for field_id in FIELDS:
                    here = ("complaints", key, field_id)
                    typed = file.rows[key][field_id]
                    assert here in file.edited or (here, typed) in self.history


TestThreeFiles = ThreeFiles.TestCase
TestThreeFiles.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)


@pytest.mark.slow
def test_three_files_however_long_people_go_on() -> None:
    begun = ThreeFiles.merges
    while ThreeFiles.merges - begun < LONG:
        run_state_machine_as_test(  # type: ignore[no-untyped-call]
            ThreeFiles, settings=settings(max_examples=500, stateful_step_count=60, deadline=None, database=None)
        )


@pytest.mark.parametrize("prefer", [None, "workbook"])
def test_both_files_type_new_complaints_and_none_is_lost(prefer: Any) -> None:
    state = make_state()
    names = [("hoofd.xlsx", "A. Bos", "030 123 4567"), ("filiaal.xlsx", "B. Kaya", "020 123 4567")]
    for name, person, phone in names:
        said = [record(None, name=f"{person} {n}", phone=phone, description=f"{name} {n}") for n in range(3)]
        make_merger(state, prefer=prefer, name=name).merge_table(rows_of(*said))
    found = sorted(str(r["name"]) for r in state.records["complaints"].values())
    assert found == [f"{p} {n}" for p in ("A. Bos", "B. Kaya") for n in range(3)]
