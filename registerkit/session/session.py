"""An opened project: its settings, definition and store, and everything that follows from them on one day."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from registerkit.database import Address
from registerkit.deadlines import (
    Holiday,
    TermPolicy,
    WorkCalendar,
    is_as_seeded,
    load_profile,
    seed_holidays,
    top_up,
    work_calendar,
)
from registerkit.definition import Definition, Lookups, Record, definition_of
from registerkit.errors import StoreError, UnsupportedFileError
from registerkit.files import project_name
from registerkit.office import TABLE as OFFICE
from registerkit.register import Phase, Register
from registerkit.session.again import again
from registerkit.session.client_id import office_at
from registerkit.session.facts import keep_facts
from registerkit.session.known import check_known, remember_known
from registerkit.session.office import OfficeSeed, former_words, held_settings, shown_rows
from registerkit.session.seed_lists import list_seed
from registerkit.settings import SETTINGS_FILE, Compensation, Routing, Settings, load_settings
from registerkit.store import Store
from registerkit.store.anonymise import person_codes
from registerkit.store.copies import copies_in
from registerkit.store.lists import stored_lookups
from registerkit.store.sources import moved_numbers
from registerkit.sync.complete import Origin
from registerkit.texts import Texts, load_texts

__all__ = ["Session", "holiday_rows", "open_session", "store_address", "week_folder"]

_Rule = TypeVar("_Rule", Routing, Compensation)
_YEARS_AHEAD = 3
"""How many coming years the holiday table holds."""


@dataclass
class Session:
    """What every command works with; `on` is the day to act as, `at` the moment that goes into the history."""

    settings: Settings
    definition: Definition
    texts: Texts
    store: Store
    policy: TermPolicy
    on: date
    at: datetime
    told: Settings
    """What `register.toml` says; `settings` have the office's own details as the register holds them."""
    _kept: tuple[Any, Register] | None = field(default=None, repr=False)
    """The register that was read last, and what it was read under."""
    _read: tuple[int, Mapping[str, Mapping[str, Record]]] | None = field(default=None, repr=False)
    """The records that were read last, and the revision at which they were."""
    _latest: Register | None = field(default=None, repr=False)
    """The register that was looked at last, of the store or of what is to come into it."""
    progress: Callable[..., None] = field(default=lambda *_, **__: None)
    """Is told the step that long work is at, and its values, for whoever waits."""

    def hold_office(self, rows: Mapping[str, Record]) -> None:
        """Let the settings say of the office what its own details say, the rows of their table."""
        self.settings = held_settings(self.told, rows, self.store.client_id)

    @property
    def stamp_time(self) -> str:
        """The moment as it stands in the history."""
        return self.at.isoformat(timespec="seconds")

    def lookups(self) -> Lookups:
        """Return the lists and staff as the store has them now."""
        return stored_lookups(self.store, self.settings.language)

    def calendar(self, holidays: Iterable[Record]) -> WorkCalendar:
        """Return the working days that follow from the rows of the holidays table."""
        return work_calendar(holiday_rows(holidays), self.policy.default)

    def origin(self, owner: str | None, branch: str | None, lookups: Lookups) -> Origin:
        """Return what a source's rows get as receiver and branch, as codes."""
        owner, branch = owner or self.settings.owner, branch or self.settings.branch
        field = self.definition.role("branch")
        code = lookups.code(field.choices or "", branch) if field and branch else None
        return Origin(lookups.person(owner) if owner else None, code)

    def relative(self, path: Path) -> str:
        """Name a file as people and JSON see it: relative to the project, with forward slashes."""
        return project_name(path, self.settings.paths.root)

    def archive_for(self, path: Path) -> Path:
        """Return the folder of the archive that copies of a file go to."""
        from registerkit.writeback import archive_folder  # What only looks at the register writes no file.

        return archive_folder(path, self.settings.paths.root, self.settings.paths.archive)

    def register(self) -> Register:
        """Return the register as it stands now, all of it as of one moment; the same one until something changes."""
        with self.store.reading():
            codes, in_doubt = person_codes(self.store), moved_numbers(self.store)
            mark = (self.store.revision(), self.on, self.settings, self.definition, codes, in_doubt)
            if self._kept is None or self._kept[0] != mark:
                self._kept = (mark, self._register(self.records(), None, codes, in_doubt))
            return self._kept[1]

    def records(self) -> Mapping[str, Mapping[str, Record]]:
        """Return all records as they stand now; after the first time only what changed since is read."""
        with self.store.reading():
            revision = self.store.revision()
            if self._read is None:
                self._read = revision, self.store.all_records()
            elif self._read[0] != revision:
                since, known = self._read
                changed = {table: self.store.records(table, since=since) for table in known}
                self._read = revision, {table: {**rows, **changed[table]} for table, rows in known.items()}
            return self._read[1]

    def register_with(
        self, records: Mapping[str, Mapping[str, Record]], only: Collection[str] | None = None
    ) -> Register:
        """Return the register with these records; `only` names their complaints where they are not all there are."""
        with self.store.reading():
            return self._register(records, only, person_codes(self.store), moved_numbers(self.store))

    def _register(
        self,
        records: Mapping[str, Mapping[str, Record]],
        only: Collection[str] | None,
        codes: Mapping[str, str],
        in_doubt: Collection[str],
    ) -> Register:
        if OFFICE in records:
            records = {**records, OFFICE: shown_rows(records[OFFICE], self.store.client_id)}
        phases, lookups = self.store.phases(only), self.lookups()
        register = self._made(records, phases, lookups, codes, in_doubt)
        if only is None:
            self._latest = register
        return register

    def register_of(
        self, records: Mapping[str, Mapping[str, Record]], phases: Mapping[str, Sequence[Phase]], lookups: Lookups
    ) -> Register:
        """Return the register that is to come into the store."""
        self._latest = self._made(records, phases, lookups)
        return self._latest

    def _made(
        self,
        records: Mapping[str, Mapping[str, Record]],
        phases: Mapping[str, Sequence[Phase]],
        lookups: Lookups,
        codes: Mapping[str, str] = MappingProxyType({}),
        in_doubt: Collection[str] = frozenset(),
    ) -> Register:
        """Make a register of the day; what was worked out of its complaints before stays."""
        return Register(
            definition=self.definition,
            settings=self.settings,
            texts=self.texts,
            lookups=lookups,
            records=records,
            phases=phases,
            policy=self.policy,
            calendar=self.calendar(records.get("holidays", {}).values()),
            on=self.on,
            codes=codes,
            in_doubt=in_doubt,
            known=self._latest.worked_out if self._latest is not None else {},
        )

    def ended_on(self, number: str, status: str) -> date | None:
        """Return the day since when a complaint has had a status, as the history tells it."""
        changes = self.store.history(self.definition.main_id, number)
        days = [c.at[:10] for c in changes if (c.field, c.new, c.taken) == ("status", status, True) and c.at]
        return date.fromisoformat(days[-1]) if days else None

    def close(self) -> None:
        """Let go of the store."""
        self.store.close()


def open_session(
    root: Path, on: date | None = None, at: datetime | None = None, settings: Settings | None = None
) -> Session:
    """Open a project folder; migrates the store and adds what settings and definition newly say.

    `settings` are those of a folder that has no `register.toml` yet, whose store is made. Raises
    `MissingFileError`, `SettingsError`, `DefinitionError` or `StoreError`.
    """
    create, settings = settings is not None, settings or load_settings(root)
    definition = definition_of(settings)
    moment = at or datetime.now().astimezone()
    settings = replace(
        settings,
        routing=tuple(_by_role(rule, definition) for rule in settings.routing),
        compensations=tuple(_by_role(rule, definition) for rule in settings.compensations),
    )
    policy = load_profile(settings.terms)
    store = _open_store(settings, definition, moment, create=create)
    texts = load_texts(settings.language)
    session = Session(settings, definition, texts, store, policy, on or moment.date(), moment, settings)
    store.on_change = lambda transaction: keep_facts(session, transaction)
    try:
        again(lambda: remember_known(store, settings, definition, session.stamp_time))
        _seed(session)
        if OFFICE in definition.tables:
            session.hold_office(store.records(OFFICE))
            if former := former_words(store):
                session.definition = definition_of(session.settings, former=former)
        _check_overrides(session)
    except BaseException:
        store.close()
        raise
    return session


def _by_role(rule: _Rule, definition: Definition) -> _Rule:
    """Return a rule that looks at fields by their role; settings may have the definition's own ids."""
    names = definition.main.names
    return replace(rule, when={names.get(field, field): codes for field, codes in rule.when.items()})


def store_address(settings: Settings) -> Address:
    """Return where the store of a project lies: in its folder, unless the settings name a database."""
    if settings.database_url:
        return Address.parse(settings.database_url, settings.paths.root)
    return Address.of_file(settings.paths.store)


def _open_store(settings: Settings, definition: Definition, moment: datetime, *, create: bool) -> Store:
    address, paths = store_address(settings), settings.paths
    if address.file is not None and address.file.is_dir():
        raise UnsupportedFileError(address.file, reason="folder")
    office = office_at(paths, address.file)
    try:
        store = Store.reach(address, definition, office, create=create)
        try:
            if not create:
                check_known(store, settings, definition)
        except BaseException:
            store.close()
            raise
        return store.ready(moment.isoformat(timespec="seconds"))
    except StoreError as error:
        if error.reason != "gone":
            raise
        newest = next((c for c in copies_in(paths.archive, definition.main_id) if c.is_whole), None)
        if newest is None:
            raise
        copy, n = project_name(newest.file, paths.root), newest.complaints
        raise StoreError(error.file, reason="gone_with_copy", copy=copy, n=n) from None


def week_folder(session: Session) -> Path:
    """Return the folder of the week of the day acted on, such as output/2026-W47."""
    year, week, _ = session.on.isocalendar()
    return session.settings.paths.output / f"{year}-W{week:02}"


def holiday_rows(records: Iterable[Record]) -> list[Holiday]:
    """Return the rows of the holidays table as the terms want them."""
    return [
        Holiday(day, str(row.get("name") or ""), str(row.get("origin") or "kantoor"), row.get("in_use") is not False)
        for row in records
        if isinstance(day := row.get("on"), date)
    ]


def _check_overrides(session: Session) -> None:
    lists = session.lookups().lists
    category, severity = session.definition.role("category"), session.definition.role("severity")
    session.policy.check_codes(
        [c.code for c in lists.get(category.choices or "", ())] if category else [],
        [c.code for c in lists.get(severity.choices or "", ())] if severity else [],
    )


def _seed(session: Session) -> None:
    """Add what the definition and the settings say and the store does not hold yet; an office's own rows stay."""

    def sow() -> None:
        if not _Seed(session):
            return
        with session.store.exclusive():  # Of ten offices that open on New Year's Day one adds the year's holidays.
            if seed := _Seed(session):
                seed.sow(session)

    again(sow)


class _Seed:
    """What the store does not hold yet."""

    def __init__(self, session: Session) -> None:
        has_staff, has_holidays = ("staff" in session.definition.tables, "holidays" in session.definition.tables)
        self.lists = list_seed(session)
        self.staff = _new_staff(session) if has_staff else {}
        self.holidays = _new_holidays(session) if has_holidays else {}
        self.use = _other_use(session) if has_holidays else {}
        office = session.definition.tables.get(OFFICE)
        told = (session.told, session.texts, session.on)
        self.office = OfficeSeed.of(session.store, office, *told) if office else OfficeSeed()

    def __bool__(self) -> bool:
        return bool(self.lists or self.staff or self.holidays or self.use or self.office)

    def sow(self, session: Session) -> None:
        """Put it into the store."""
        with session.store.transaction(SETTINGS_FILE, session.stamp_time) as transaction:
            self.lists.sow(transaction)
            for table, rows in (("staff", self.staff), ("holidays", self.holidays)):
                for key, record in rows.items():
                    transaction.create(table, key, record)
            for key, in_use in self.use.items():
                transaction.update("holidays", key, {"in_use": (not in_use, in_use)})
            self.office.sow(transaction, session.store)


def _new_staff(session: Session) -> dict[str, Record]:
    there = session.store.records("staff")
    table = session.definition.tables["staff"]
    found: dict[str, Record] = {}
    for entry in session.settings.staff:
        code = str(entry.get("code", "")).upper()
        if code and code not in there:
            record: Record = {f.id: entry.get(f.id) for f in table.fields}
            found[code] = record | {"code": code}
    return found


def _new_holidays(session: Session) -> Mapping[str, Record]:
    existing = holiday_rows(session.store.records("holidays").values())
    years = range(session.on.year - 1, session.on.year + _YEARS_AHEAD + 1)
    rows = top_up(existing, years, session.texts, session.policy.default)
    return {
        row.day.isoformat(): {"on": row.day, "name": row.name, "origin": row.origin, "in_use": row.in_use}
        for row in rows
    }


def _other_use(session: Session) -> dict[str, bool]:
    """Return the holidays that the profile of the settings uses otherwise than the one they were added under.

    What an office chose itself stays, for the other years of that holiday too.
    """
    stored = session.store.records("holidays")
    rows = {key: row for key, row in stored.items() if row.get("origin") in ("wet", "besluit")}
    years = [day.year for row in rows.values() if isinstance(day := row.get("on"), date)]
    if is_as_seeded(holiday_rows(rows.values()), session.texts, session.policy.default):
        return {}
    seeded = seed_holidays(range(min(years), max(years) + 1), session.texts, session.policy.default)
    wanted = {row.day.isoformat(): row.in_use for row in seeded}
    changes = {k: wanted[k] for k, row in rows.items() if k in wanted and (row.get("in_use") is not False) != wanted[k]}
    if not changes:
        return {}
    told = (c for c in session.store.history("holidays") if c.field == "in_use" and c.source != SETTINGS_FILE)
    own = {stored[c.key].get("name") for c in told if c.key in stored}
    return {key: in_use for key, in_use in changes.items() if rows[key].get("name") not in own}
