"""Takes in a mail: as a new complaint, or as a contact of one that is there; what nobody can tell is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from registerkit.definition import Lookups, Record, Table, Value
from registerkit.files import file_in
from registerkit.findings import Finding, Location
from registerkit.mail import bare_subject, number_in
from registerkit.messages import FORWARD_SUBJECT, Message, Sender
from registerkit.pull.mail_forms import form_in, without_prepared
from registerkit.pull.mail_sent import Incoming, day_of, incoming
from registerkit.pull.merged import Merged, MergedSource
from registerkit.reading import Place, SourceRow
from registerkit.reading.parse import ParseContext, parse_cell
from registerkit.reading.problems import BadCell, DoubtfulCell
from registerkit.register import Rules
from registerkit.session.merge_parts import recount_for
from registerkit.session.session import Session
from registerkit.store.mails import StoredMail, known_mails, mail_key
from registerkit.sync.complaints import Complaints
from registerkit.sync.merge import Merger
from registerkit.sync.numbers import bare_number, is_number

__all__ = ["Mails"]

_CHANNEL = "email"
"""The choice of the list of channels that says how these complaints came in."""
_LONGEST = 30_000
"""So much of a mail stands in a cell; a cell holds little more."""
_ANEW = re.compile(r"(?:nieuw|new)\b", re.IGNORECASE)
_BARE_SUBJECT = re.compile(
    r"\W*(?:(?:re|fwd?|antw|doorst)\W+)*(?:(?:een|mijn|nieuwe|my|a)\s+)?(?:klacht(?:en)?|complaint)?\W*", re.I
)
_SHARED = re.compile(
    r"(?:gmail|googlemail|hotmail|outlook|live|msn|yahoo|icloud|me|gmx|proton|protonmail|ziggo|kpnmail|kpnplanet|planet"
    r"|xs4all|home|hetnet|casema|upcmail|telfort|chello|quicknet|zeelandnet|solcon|tele2|freedom|telenet|skynet)\..*"
)
"""Where everybody has an address: who shares it with the office is no colleague."""
_AROUND = " \t[]()<>{}.,;:!?'\"#*"


@dataclass(frozen=True)
class _Found:
    """The complaint that a mail belongs to, and by what: `name`, `number`, `thread` or `sender`.

    A number that there is not was told all the same: `unknown`.
    """

    number: str
    how: str


@dataclass
class Mails:
    """Takes in the mails of one run."""

    session: Session
    merged: Merged
    _places: set[str] = field(default_factory=set)
    """Attachments that have a place already, by their path in small letters."""

    def merge(self, source: MergedSource, merger: Merger, message: Message) -> None:
        """Register a mail, or put it with its complaint; the source then has the complaint's number."""
        mail = incoming(message, self._is_colleague, self.session.on, self.session.texts)
        message = mail.message
        content, is_new = self._content(message), bool(_ANEW.match(source.source.path.stem))
        if (known := self._known(message, content)) and not (is_new and not known.is_first):
            source.form_key = known.complaint
            self._tell(source, "mail_taken_before", "info", known.complaint)
            return
        wanted = self._named(source.source.path.stem)
        found = None if is_new else wanted or self._found(message)
        if isinstance(found, _Found) and found.how == "unknown":
            self._tell(source, "mail_unknown_number", "error", found.number)
        elif isinstance(found, list):
            self._tell(source, "mail_whose", "error", message.sender.address, numbers=found, first=found[0])
        elif found is not None:
            self._contact(source, mail, found)
        elif message.automatic is not None and not is_new:
            what = self.session.texts(f"mail.automatic.{message.automatic}")
            self._tell(source, "mail_automatic", "error", message.subject, what=what)
        elif self._is_from_office(message) and not is_new:
            self._tell(source, "mail_from_office", "error", message.sender.address)
        else:
            self._register(source, merger, mail)
        if source.form_key is not None:
            self._keep(source, message, content, is_first=found is None)

    # ------------------------------------------------------------------------------------------------ whose it is
    def _is_colleague(self, address: str) -> bool:
        domain = address.rpartition("@")[2]
        own = {each.rpartition("@")[2] for each in self._own}
        return address in self._own or (domain in own and not _SHARED.fullmatch(domain))

    def _is_from_office(self, message: Message) -> bool:
        """Tell whether a mail is the office's own, or was passed on without a word of who wrote it first."""
        address, is_passed_on = message.sender.address, bool(FORWARD_SUBJECT.match(message.subject))
        return address in self._own or (is_passed_on and self._is_colleague(address))

    def _named(self, stem: str) -> _Found | None:
        """Return the complaint whose number somebody put before the name of the file."""
        first = stem.split(" ")[0].strip(_AROUND)
        number = self._numbers.get(bare_number(first))
        return _Found(number, "name") if number else self._strange([first])

    def _strange(self, words: Iterable[str]) -> _Found | None:
        """Return the first of some words that has the form of this register's numbers; it is known that none is one."""
        pattern, numbers = self.session.definition.main.numbering or "", self.merged.state.numbers
        for word in (each.upper() for each in words if any(letter.isalpha() for letter in each)):
            if is_number(word, pattern) and numbers.carries(word, pattern):
                return _Found(word, "unknown")
        return None

    def _found(self, message: Message) -> _Found | list[str] | None:
        """Return the complaint that a mail belongs to; several when it may be any of these."""
        known, threads = self._open_to, {mail.message_id: mail.complaint for mail in self._mails if mail.message_id}
        for number in self._numbers_in(message.subject):
            return _Found(number, "number")
        register_id = self.session.store.register_id()
        for told in reversed(message.references):
            meant = threads.get(told) or number_in(told, register_id, known)
            if meant in known:
                return _Found(str(meant), "thread")
        if message.automatic is not None:
            return None
        if strange := self._strange(_words(message.subject)):
            return strange
        wrote = [number for number in known if self._wrote(message, number) and self._is_open(number)]
        named = [number for number in self._numbers_in(message.text) if number in wrote]
        if len(named) == 1 or len(wrote) == 1:
            return _Found((named or wrote)[0], "number" if named else "sender")
        return sorted(wrote) or None

    def _numbers_in(self, text: str) -> list[str]:
        words = (bare_number(word) for word in _words(text))
        return list(dict.fromkeys(self._numbers[word] for word in words if word in self._numbers))

    def _wrote(self, message: Message, number: str) -> bool:
        email = str(self._records[number].get("email") or "").casefold()
        to = {message.sender.address, *([message.reply_to.address] if message.reply_to else [])}
        to |= set(message.recipients) if message.sender.address in self._own else set()
        return bool(email) and email in to

    @property
    def _records(self) -> Mapping[str, Record]:
        return self.merged.state.records[self.session.definition.main_id]

    @property
    def _open_to(self) -> Mapping[str, Record]:
        """The complaints that something can be added to."""
        wiped = self.merged.state.anonymised
        return {number: record for number, record in self._records.items() if number not in wiped}

    @property
    def _numbers(self) -> Mapping[str, str]:
        """The numbers as people may write them."""
        return {bare_number(number): number for number in self._open_to}

    def _is_open(self, number: str) -> bool:
        return Complaints(self.merged.state, self._rules)[number].state.is_open

    @cached_property
    def _rules(self) -> Rules:
        return recount_for(self.session, self.merged.state, self.merged.lookups).rules

    @cached_property
    def _own(self) -> frozenset[str]:
        """The office's own addresses."""
        settings, staff = self.session.settings, self.merged.state.records.get("staff", {})
        told = [settings.organisation.get("email"), settings.mail.get("from") if settings.mail else None]
        return frozenset(
            str(each).casefold() for each in [*told, *(row.get("email") for row in staff.values())] if each
        )

    # ------------------------------------------------------------------------------------------------ known already
    @cached_property
    def _mails(self) -> list[StoredMail]:
        return known_mails(self.session.store)

    def _content(self, message: Message) -> str:
        sent = day_of(message.sent)
        day = sent.isoformat() if sent else ""
        names = " ".join(sorted(each.name for each in message.attachments))
        return mail_key(message.sender.address, message.subject, day, message.text, names)

    def _known(self, message: Message, content: str) -> StoredMail | None:
        # The name of a message alone proves nothing: anybody can give a message any name.
        name, address = message.message_id, (message.reply_to or message.sender).address
        named = ((m.message_id, m.address) == (name, address) and bool(name) for m in self._mails)
        return next(
            (m for m, is_named in zip(self._mails, named, strict=True) if is_named or m.content == content), None
        )

    def _keep(self, source: MergedSource, message: Message, content: str, *, is_first: bool) -> None:
        number = source.form_key or ""
        address = (message.reply_to or message.sender).address
        mail = StoredMail(content, number, is_first, message.message_id, message.subject, address)
        self._mails.append(mail)
        self.merged.mails.append(mail)
        self._keep_attachments(source, message, number)
        for what in sorted(message.unreadable):
            self._tell(source, "mail_unread_part", "warning", number, what=self.session.texts(f"mail.unread.{what}"))

    def _keep_attachments(self, source: MergedSource, message: Message, number: str) -> None:
        folder = self.session.settings.paths.attachments_of(number)
        programs = [each.name for each in message.attachments if each.is_program]
        kept = [each for each in message.attachments if not each.is_program]
        for each in kept:
            stem, dot, ending = each.name.rpartition(".")
            target = file_in(folder, stem if dot else each.name, f".{ending}" if dot else "", self._is_taken)
            self._places.add(str(target).casefold())
            self.merged.attachments.append((target, each.data))
        if kept:
            self._tell(source, "mail_attachments", "info", number, folder=self.session.relative(folder))
        if programs:
            self._tell(source, "mail_programs", "warning", number, names=programs)

    def _is_taken(self, path: Any) -> bool:
        return str(path).casefold() in self._places or path.exists()

    # ------------------------------------------------------------------------------------------------ contacts
    def _contact(self, source: MergedSource, mail: Incoming, found: _Found) -> None:
        state, number, table = self.merged.state, found.number, self.session.definition.tables.get("contacts")
        message = mail.message
        source.form_key = number
        if table is not None:
            sent = self.session.texts("mail.attached", names=[each.name for each in message.attachments])
            parts = (message.text or message.subject, sent if message.attachments else "", *mail.notes)
            said = "\n\n".join(filter(None, parts))
            told = {"complaint": number, "on": mail.day, "channel": _CHANNEL, "summary": said,
                    "with_whom": _shown(message.sender)}  # fmt: skip
            record: Record = {f.id: None for f in table.fields if f.stored} | self._parsed(table, told)
            key = state.numbers.give(table.id, table.numbering or "R{n:06}", self.session.on.year)
            state.create(table.id, key, record | {table.key: key}, source.plan.name, set())
            self._tell_day(source, mail, table, "on")
        how = self.session.texts(f"mail.how.{found.how}", address=message.sender.address)
        severity = "warning" if found.how == "sender" else "info"
        self._tell(source, "mail_with_complaint", severity, number, how=how, done=self.session.settings.paths.done.name)
        if found.how == "number" and not self._is_of(number, message):
            name, address = self._records[number].get("name"), _shown(message.sender)
            self._tell(source, "mail_other_sender", "warning", number, sender=address, name=name or "?")
        if not self._is_open(number):
            self._tell(source, "mail_with_closed", "warning", number)

    def _is_of(self, number: str, message: Message) -> bool:
        """Tell whether a mail comes from who complains, by his address or surname, or from the office itself."""
        names = (self._records[number].get("name"), message.sender.name)
        last, other = (str(name or "").casefold().split()[-1:] for name in names)
        is_named = bool(last) and last == other
        return is_named or self._wrote(message, number) or self._is_colleague(message.sender.address)

    # ------------------------------------------------------------------------------------------------ new complaints
    def _register(self, source: MergedSource, merger: Merger, mail: Incoming) -> None:
        message = mail.message
        main = self.session.definition.main
        values: Record = {f.id: None for f in main.fields if f.is_input} | self._parsed(main, self._told(mail))
        if form := form_in(self.session, message.attachments, source.name, self.merged.lookups):
            row, findings = form
            source.plan.findings += findings
            values |= self._with_form(values, row.values, mail)
        if self.merged.state.wiped_rows.holds(values):
            source.plan.findings.append(Finding("wiped_rows", "info", Location(file=source.name), context={"n": 1}))
            return
        place = Place(source.name, "", 0, lambda _: None, {})
        number = merger.merge_form(SourceRow(main.id, 0, None, values), place, may_lack=True)
        source.form_key = number
        if number is None:
            return
        self._tell_day(source, mail, main, "received_on")
        record = self._records[number]
        labels = [f.labels[self.session.settings.language] for f in main.needed if record.get(f.id) is None]
        if labels:
            self._tell(source, "mail_incomplete", "warning", number, labels=labels)
        else:
            self._tell(source, "mail_registered", "info", number)

    def _with_form(self, told: Record, form: Record, mail: Incoming) -> Record:
        """Return what a form says in place of its mail; what the writer says beside it comes with the remarks."""
        said: Record = {field_id: value for field_id, value in form.items() if value is not None}
        typed = without_prepared(mail.message.text, str(said.get("name") or "")) if "description" in said else ""
        beside = [said.get("remarks"), typed, *mail.notes]
        if "remarks" in told and any(beside):
            said |= self._parsed(
                self.session.definition.main, {"remarks": "\n\n".join(str(each) for each in beside if each)}
            )
        return said

    def _told(self, mail: Incoming) -> dict[str, Any]:
        """Return what a mail says of a complaint, by role; what colleagues added is not of the complainant."""
        message = mail.message
        subject = bare_subject(message.subject)
        subject = "" if _BARE_SUBJECT.fullmatch(subject) else subject
        return {
            "received_on": mail.day,
            "channel": _CHANNEL,
            "name": message.sender.name or message.signed_by,
            "email": message.sender.address,
            "phone": message.phone,
            "description": "\n\n".join(filter(None, (subject, message.text))),
            "remarks": "\n\n".join(mail.notes),
        }

    def _tell_day(self, source: MergedSource, mail: Incoming, table: Table, role: str) -> None:
        """Say that a day is not what the mail says of it."""
        if mail.doubt and (held := table.by_id.get(role)):
            why = self.session.texts(f"mail.doubt.{mail.doubt}")
            self._tell(source, "mail_day", "warning", "", label=held.labels, day=mail.day, why=why)

    def _parsed(self, table: Table, told: Mapping[str, Any]) -> Record:
        """Return values as a filled cell would give them; what cannot be used stays open."""
        return dict(_values(table, told, self.merged.lookups, self.session.texts("mail.goes_on")))

    def _tell(self, source: MergedSource, code: Any, severity: Any, value: str, **context: Any) -> None:
        source.plan.findings.append(Finding(code, severity, Location(file=source.name), value, context))


def _values(table: Table, told: Mapping[str, Any], lookups: Lookups, goes_on: str) -> Iterator[tuple[str, Value]]:
    for role, said in told.items():
        held = table.by_id.get(role)
        if held is None or (not held.is_input and held.kind != "key"):
            continue
        if held.kind in ("key", "date"):
            yield role, said
            continue
        content = f"{said[:_LONGEST]}\n{goes_on}" if isinstance(said, str) and len(said) > _LONGEST else said
        try:
            yield role, parse_cell(content, ParseContext(held, lookups, None))
        except DoubtfulCell as doubt:
            yield role, doubt.value
        except BadCell:
            continue


def _words(text: str) -> list[str]:
    return [word.strip(_AROUND) for word in re.split(r"[\s,;:()\[\]]+", text)]


def _shown(sender: Sender) -> str:
    return f"{sender.name} <{sender.address}>" if sender.name else sender.address
