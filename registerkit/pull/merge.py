"""The first half of a sync: reads every source, merges it into the register, and commits that as one step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, partial

from registerkit.definition import Lookups, Record
from registerkit.errors import (
    DamagedFileError,
    FileError,
    MissingFileError,
    OdbcError,
    OtherRegisterError,
    SettingsError,
)
from registerkit.files import named_from, system_error
from registerkit.findings import Finding, Location
from registerkit.office import TABLE as OFFICE
from registerkit.pull.arrived import with_arrival
from registerkit.pull.brought import earlier_numbers, is_keyed, taken_over, with_leftovers, with_own_numbers
from registerkit.pull.choices import said_of_moved, take_choices
from registerkit.pull.commit import commit_merged
from registerkit.pull.finish import Finish, about_settings
from registerkit.pull.lists import merge_lists
from registerkit.pull.mails import Mails
from registerkit.pull.merged import WIPED_TOLD, Merged, MergedSource
from registerkit.pull.office import checked_office
from registerkit.pull.opening import content_of, need_columns, open_source
from registerkit.pull.results import AssignedNumber, SourceResult, refused_rows
from registerkit.pull.unchanged import recall, state_of
from registerkit.reading import (
    Place,
    RawAttention,
    RawTable,
    RawWorkbook,
    TableRows,
    parse_form,
    parse_table,
    with_numbers,
)
from registerkit.session.anonymised import known_rows
from registerkit.session.merge_parts import (
    SourceFile,
    counters_of,
    merger_for,
    name_of,
    source_of,
)
from registerkit.session.session import Session
from registerkit.stamp import Stamp
from registerkit.store.conflicts import StoredConflict, open_conflicts
from registerkit.store.earlier import earlier_values
from registerkit.store.forms import form_content, taken_forms
from registerkit.store.sources import (
    SourceInfo,
    keyed_knowledge,
    knowledge_of,
    lost_stamp,
    paths_of,
    reserved_keys,
    source_info,
)
from registerkit.store.timeline import Anchor, anchor_of
from registerkit.sync.merge import Merger, Prefer
from registerkit.sync.numbers import Numbers
from registerkit.sync.plan import Knowledge, SourcePlan
from registerkit.sync.state import RegisterState

__all__ = ["merge_sources"]

FORM = "@form"
"""Where the store remembers the content of an intake form until the form has been emptied."""
_LONGEST_NAME = 64
"""So much of a list's name is remembered."""
_FIRST_TABLES = ("staff", "holidays", OFFICE)


def merge_sources(
    session: Session,
    files: Iterable[SourceFile],
    prefer: Prefer = None,
    *,
    commit: bool = True,
    remember: bool = False,
) -> Merged:
    """Read and merge the files in order; with `commit` the outcome goes into the store in one transaction.

    With `remember` files that are the same as when they were last synced, all of them, are not read again, unless
    `prefer` has something to say about them.
    """
    wanted = list(files)
    known = _unchanged(session, wanted) if remember and prefer is None else None
    if known is not None:
        return _recalled(session, wanted, known)
    run = _Run(session, prefer)
    for file in wanted:
        run.pull(file)
    calendar = Finish(session, run.merged, run.lookups, run.severity, run.due).run()
    if commit:
        session.progress("store")
        commit_merged(session, run.merged, run.new_forms, calendar)
    return run.merged


def _unchanged(session: Session, files: Sequence[SourceFile]) -> list[SourceInfo] | None:
    """Return what is remembered of the files when each is just as it was at the end of its last sync, else None."""
    state, known = state_of(session), []
    for file in files:
        info = source_info(session.store, name_of(session, file))
        if info is None or info.state != state or not info.outcome:
            return None
        try:
            if content_of(file) != info.content:
                return None
        except (OSError, OdbcError):  # It cannot be read: reading it in full says which fault that is.
            return None
        known.append(info)
    return known


def _recalled(session: Session, files: Sequence[SourceFile], known: Iterable[SourceInfo]) -> Merged:
    state = RegisterState(session.definition, {}, {}, Numbers({}, "", lambda *_: False), session.on)
    merged = Merged(state, session.lookups(), unread=tuple(files), revision=session.store.revision())
    for info in known:
        recall(merged.result, info)
    details = session.store.records(OFFICE) if OFFICE in session.definition.tables else {}
    merged.result.findings += about_settings(session, merged.lookups, details)
    return merged


class _Run:
    def __init__(self, session: Session, prefer: Prefer) -> None:
        self.session = session
        self.prefer = prefer
        records = session.records()
        counters = counters_of(session)
        numbers = Numbers(counters, session.settings.prefix, lambda table, key: key in self.state.records[table])
        self.state = RegisterState(session.definition, records, session.store.phases(), numbers, session.on)
        self.state.wiped_rows = known_rows(session.settings.paths, session.store.meta(WIPED_TOLD))
        self.merged = Merged(self.state, session.lookups(), revision=session.store.revision())
        self.new_forms: dict[str, str] = {}
        self.severity = {n: r.get("severity") for n, r in records[session.definition.main_id].items()}
        self.due = {n: r.get("due_on") for n, r in records[session.definition.main_id].items()}

    @property
    def lookups(self) -> Lookups:
        """The lists and staff as the files so far have made them."""
        return self.merged.lookups

    # ------------------------------------------------------------------------------------------------------ sources
    def pull(self, file: SourceFile) -> None:
        """Read and merge one file; a file that cannot be used is noted and the others go on."""
        name = name_of(self.session, file)
        try:
            self._need_workbook(file)
            self.session.progress("read", file=name)
            content = content_of(file)
            raw = open_source(self.session, file, name)
            self._need_own(raw)
            need_columns(raw, file, self.session)
            file = self._as_known(self._as_original(file, raw), raw)
        except (FileError, SettingsError) as error:
            self._fail(file, name, error)
            return
        except PermissionError as error:
            self._fail(file, name, system_error(error, file.path))
            return
        except (OSError, ValueError, ArithmeticError, LookupError) as error:
            # Whatever a damaged file makes of the reading of it: the other files go on.
            self._fail(file, name, DamagedFileError(file.path, problem=str(error)))
            return
        source = self._merge(file, name, raw, content)
        self.merged.sources.append(source)
        self._collect(source)

    def _need_workbook(self, file: SourceFile) -> None:
        """Say what to do when the project's own workbook is gone."""
        paths = self.session.settings.paths
        if file.path == paths.workbook and not file.path.exists():
            raise MissingFileError(file.path, reason="workbook", archive=paths.archive.name)

    def _need_own(self, raw: RawWorkbook) -> None:
        """Keep the workbook of another register out: its numbers mean other complaints. A single form may come in."""
        if raw.tables and raw.stamp and self._own_stamp(raw) is None:
            raise OtherRegisterError(raw.path)

    def _as_original(self, file: SourceFile, raw: RawWorkbook) -> SourceFile:
        """Return a file that nobody named in the settings the branch, numbers and scope of the one it is a copy of."""
        stamp = self._own_stamp(raw)
        if stamp is None or file != SourceFile(file.path, file.kind):
            return file
        known = paths_of(self.session.store, stamp.workbook_id)
        for setting in self.session.settings.sources:
            if self.session.relative(setting.path) in known:
                return replace(source_of(self.session, setting.path), path=file.path, kind=file.kind)
        return file

    def _as_known(self, file: SourceFile, raw: RawWorkbook) -> SourceFile:
        """Return what is imported by numbers of its own as its mapping: each month's file has another name."""
        if file.kind != "import" or file.mapping is None or not is_keyed(raw, self.session.definition.main_id):
            return file
        return replace(file, known_as=self.session.relative(file.mapping))

    def _fail(self, file: SourceFile, name: str, error: FileError | SettingsError) -> None:
        self.merged.failures.append((file, error))
        told = named_from(error, self.session.settings.paths.root).full_message(self.session.texts)
        self.merged.result.sources.append(SourceResult(name, file.kind, 0, told))

    def _merge(self, file: SourceFile, name: str, raw: RawWorkbook, content: str) -> MergedSource:
        info, stamp, anchor, knowledge = self._known(file, name, raw)
        plan = SourcePlan(name, file.kind, self.session.on)
        plan.findings += raw.findings
        if raw.stamp is not None and stamp is None:
            plan.findings.append(Finding("other_register", "warning", Location(file=name)))
        if raw.stamp is None and stamp is not None:
            plan.findings.append(Finding("stamp_lost", "error", Location(file=name)))
        self.session.progress("rows", n=sum(len(place.rows) for place in (*raw.tables.values(), *raw.beside)))
        raw = self._numbered(raw, knowledge, plan) if knowledge.is_keyed else raw
        merger = merger_for(self.session, self.state, knowledge, plan, file, self.lookups, self.prefer)
        merger.partial, merger.earlier = raw.partial, partial(earlier_values, self.session.store)
        merger.said = said_of_moved(raw, self._own_attention(), file, self.prefer, knowledge.moved)
        source = MergedSource(file, name, raw, stamp, content, info, plan, anchor.base if anchor else None)
        if stamp is not None:
            merge_lists(self.session, self.merged, raw, plan, source.base or 0)
            merger.renew(self.lookups)
        for table_id in self._order(raw) if not self._is_known_list(source) else ():
            rows, *beside = (self._parsed(place, name, table_id) for place in self._places(source, table_id))
            if table_id == OFFICE:
                rows = checked_office(rows, self.session, self.lookups)
            source.rows[table_id] = rows
            source.beside += merger.merge_table(rows, beside)
            if knowledge.is_keyed and table_id == self.session.definition.main_id:
                plan.aliases |= self._aliases(plan)
            if table_id == OFFICE:
                self.session.hold_office(self.state.records[OFFICE])
                merger.completion = replace(merger.completion, handler=self.session.settings.default_handler)
            if table_id == "staff":
                self._renew_lookups(merger)
                if any(finding.code == "unknown_person" for finding in rows.findings):
                    source.rows[table_id] = again = parse_table(raw.tables[table_id], name, self.lookups)
                    merger.merge_late(rows, again)
                    self._renew_lookups(merger)
        self._merge_form(source, merger, knowledge.pending)
        if stamp is not None:
            self._take_choices(source, merger)
        return source

    def _known(
        self, file: SourceFile, name: str, raw: RawWorkbook
    ) -> tuple[SourceInfo | None, Stamp | None, Anchor | None, Knowledge]:
        """Return what is kept of a source, the stamp and anchor that it is compared by, and what is known of it."""
        store = self.session.store
        info, stamp = source_info(store, file.known_as or name), self._own_stamp(raw)
        anchor = anchor_of(store, stamp) if stamp else None
        if stamp is None and (stamp := lost_stamp(store, info, raw)):
            anchor = Anchor(stamp.revision, is_guess=True)
        is_numbered = is_keyed(raw, self.session.definition.main_id)
        known = keyed_knowledge(store, info) if is_numbered else knowledge_of(store, info, stamp, anchor)
        knowledge = self.state.since_stamp(known)
        if raw.stamp is None:  # A program that keeps no stamp may have saved it: any number that stands ready is ours.
            knowledge = replace(knowledge, reserved=frozenset(reserved_keys(store)))
        return info, stamp, anchor, knowledge

    def _aliases(self, plan: SourcePlan) -> dict[tuple[str, str], str]:
        """Return the numbers that complaints of a source had in the register that they come from."""
        main = self.session.definition.main_id
        here = {key for (table, _), rows in plan.row_keys.items() if table == main for key in rows.values()}
        return {(main, number): key for number, key in earlier_numbers(self.state.records[main]) if key in here}

    def _numbered(self, raw: RawWorkbook, knowledge: Knowledge, plan: SourcePlan) -> RawWorkbook:
        main = self.session.definition.main_id
        brought = {key for table, key, _ in knowledge.seen if table == main}
        return with_own_numbers(raw, main, self.state.records[main], brought, plan)

    def _parsed(self, place: RawTable, name: str, table_id: str) -> TableRows:
        rows = parse_table(place, name, self.lookups, self.state.records[table_id])
        return taken_over(with_leftovers(rows), self.session.on, self.session.definition)

    def _own_attention(self) -> RawAttention | None:
        own = next((s for s in self.merged.sources if s.source.path == self.session.settings.paths.workbook), None)
        return own.raw.attention if own else None

    def _own_stamp(self, raw: RawWorkbook) -> Stamp | None:
        """Return the file's stamp when it is this register's."""
        return raw.stamp if raw.stamp and raw.stamp.register_id == self.session.store.register_id() else None

    def _places(self, source: MergedSource, table_id: str) -> Iterator[RawTable]:
        """Return where a table stands; rows that point at a row of the main table, which came first, say its number."""
        main = source.raw.tables.get(self.session.definition.main_id)
        numbers = source.plan.row_keys.get(main.place, {}) if main else {}
        for place in source.raw.places(table_id):
            yield with_numbers(place, numbers)

    def _is_known_list(self, source: MergedSource) -> bool:
        """Tell whether a list without numbers of ours is, under another name, the very one that was taken in before."""
        if source.raw.stamp is not None or not source.raw.tables:
            return False
        if is_keyed(source.raw, self.session.definition.main_id):
            return False
        is_waiting = source.source.kind == "form"  # It goes away, and the next may have its name.
        name = (source.source.path.name if is_waiting else source.name)[:_LONGEST_NAME]
        if (before := self._forms.setdefault(source.content, name)) == name:
            self.new_forms[source.content] = name  # Under the same name its rows are known one by one.
            return False
        source.plan.findings.append(Finding("list_taken_before", "warning", Location(file=source.name), before))
        return True

    def _take_choices(self, source: MergedSource, merger: Merger) -> None:
        settled = take_choices(source, merger, self._conflicts, self.prefer)
        for each in settled:
            del self._conflicts[each.conflict.id]
        self.merged.result.settled += settled

    @cached_property
    def _conflicts(self) -> dict[int, StoredConflict]:
        """The conflicts of all files that are open still."""
        return open_conflicts(self.session.store)

    def _order(self, raw: RawWorkbook) -> list[str]:
        is_own = raw.path == self.session.settings.paths.workbook
        shown = [t for t in self.session.definition.tables if t in raw.tables and (is_own or t != OFFICE)]
        first = [t for t in (*_FIRST_TABLES, self.session.definition.main_id) if t in shown]
        return first + [t for t in shown if t not in first]

    def _renew_lookups(self, merger: Merger) -> None:
        self.merged.lookups = self.lookups.with_staff(self.state.records["staff"])
        merger.renew(self.lookups)

    def _merge_form(self, source: MergedSource, merger: Merger, pending: Mapping[tuple[str, str], Record]) -> None:
        """Register what the intake form says; a form that was registered before and not yet emptied is known."""
        if source.raw.message is not None:
            self._mails.merge(source, merger, source.raw.message)
        if not source.raw.form:
            return
        row, findings = parse_form(source.raw, self.session.definition.main, self.lookups)
        source.plan.findings += findings
        if row is None:
            return
        for (table, key), said in pending.items():
            if table == FORM and said == {f: v for f, v in row.values.items() if v is not None}:
                source.form_key = key
                source.plan.pending[(FORM, key)] = row.values
                return
        if self.state.wiped_rows.holds(row.values):
            source.plan.findings.append(Finding("wiped_rows", "info", Location(file=source.name), context={"n": 1}))
            return
        unread = [f"{f.location.cell or f.location.label}: {f.value}" for f in findings]
        content, is_single = form_content(row.values, unread), source.source.kind == "form"
        if is_single and (number := self._forms.get(content)) is not None:
            where = Location(file=source.name)
            source.plan.findings.append(Finding("form_taken_before", "info", where, number))
            source.form_key = number
            return
        dated, told = with_arrival(row, source.raw, self.session.definition.main, self.session.on)
        number = merger.merge_form(dated, Place.of_form(source.raw, findings))
        source.plan.findings += told if number is not None else []
        source.form_key = number
        if is_single and number is not None:
            self._forms[content] = self.new_forms[content] = number
        if number is not None:
            source.plan.pending[(FORM, number)] = row.values

    @cached_property
    def _mails(self) -> Mails:
        return Mails(self.session, self.merged)

    @cached_property
    def _forms(self) -> dict[str, str]:
        """What was taken in of the inbox lately: what a form says, with its number, and lists, with their name."""
        return taken_forms(self.session.store, self.session.on)

    def _collect(self, source: MergedSource) -> None:
        plan, result = source.plan, self.merged.result
        main = self.session.definition.main_id
        missing = [key for table, key in plan.missing if table == main]
        result.sources.append(
            SourceResult(
                source.name,
                source.source.kind,
                plan.rows,
                new=plan.new,
                changed=plan.changed,
                unchanged=plan.unchanged,
                conflicts=len(plan.conflicts),
                missing=len(missing),
                refused=len(plan.refused),
            )
        )
        result.new += plan.new
        result.changed += plan.changed
        result.unchanged += plan.unchanged
        result.missing += [(key, source.name) for key in missing]
        result.refused += refused_rows(plan)
        result.conflicts += [(source.name, conflict) for conflict in plan.conflicts]
        result.findings += plan.findings
        result.assigned += [AssignedNumber(source.name, *given) for given in plan.assigned]
