"""Writes everything about one person to a file that he can be given: his complaints, and what belongs to them.

Names of others are left out: of the employee concerned, of who handled it, and what only the office needs.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from registerkit.commands.history import history_of
from registerkit.commands.records import json_record, known_number
from registerkit.commands.targets import need_target
from registerkit.definition import Field, Record, Table
from registerkit.errors import UsageError
from registerkit.files import making, system_error
from registerkit.register import Complaint, Register, written
from registerkit.session.session import Session
from registerkit.texts import Texts
from registerkit.theme import theme_of
from registerkit.word import Paper

__all__ = ["export_person"]

_OTHERS = frozenset({"employee", "handler_confirmed", "remarks"})
"""Roles whose values are of somebody else: the employee concerned, and the office's own notes."""
_OURS = frozenset({"investigations"})
"""Tables that are the office's own work: what it found stands in the reasons."""
_LABEL_CM = 5.5


def export_person(session: Session, target: Path, number: str, *, replace: bool = False) -> list[str]:
    """Write all complaints of whoever made one to a `.docx` or `.json` file; gives their numbers.

    Raises `WriteRefusedError` when the file is there already, unless `replace`; a copy is kept.
    """
    writer = {".json": _as_json, ".docx": _as_document}.get(target.suffix.lower())
    if writer is None:
        raise UsageError(target, reason="export_person")
    need_target(session, target, lambda _: False, replace=replace)
    register = session.register()
    whose, wanted = register.persons, known_number(register.complaints, number)
    own = [c for c in register.complaints.values() if whose[c.number] == whose[wanted]]
    data = writer(session, register, own)
    try:
        with making(target) as temporary:
            temporary.write_bytes(data)
    except OSError as error:
        raise system_error(error, target) from error
    return [complaint.number for complaint in own]


def _fields(table: Table) -> list[Field]:
    """Return the fields that a person is given: none that names somebody else, or that is only the kit's."""
    return [f for f in table.fields if f.stored and not f.hidden and f.kind != "person" and f.id not in _OTHERS]


def _belonging(register: Register, complaint: Complaint) -> Iterator[tuple[Table, list[Record]]]:
    for table in register.definition.tables.values():
        if table.parent and table.id not in _OURS:
            rows = [row for row in register.table(table.id).values() if row.get(table.parent) == complaint.number]
            if rows:
                yield table, rows


def _changes(session: Session, complaint: Complaint) -> list[dict[str, Any]]:
    """Return what changed and when; from which file is of no use to a person."""
    tables = {table.id: {f.name for f in _fields(table)} for table in session.definition.tables.values()}
    told = (each for each in history_of(session, complaint.number) if each["table"] not in _OURS and each["taken"])
    wanted = ("at", "table", "field", "old", "new")
    return [{key: each[key] for key in wanted} for each in told if each["field"] in tables[each["table"]]]


def _as_json(session: Session, register: Register, complaints: Iterable[Complaint]) -> bytes:
    document = [
        _record(register, register.definition.main, complaint.record)
        | {table.id: [_record(register, table, row) for row in rows] for table, rows in _belonging(register, complaint)}
        | {"history": _changes(session, complaint)}
        for complaint in complaints
    ]
    told = {"made_on": register.on.isoformat(), "organisation": register.settings.name, "complaints": document}
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def _record(register: Register, table: Table, record: Record) -> dict[str, Any]:
    wanted = {f.name for f in _fields(table)}
    whole = json_record(register.definition, table.id, record, register.lookups)
    return {name: value for name, value in whole.items() if name in wanted}


def _as_document(session: Session, register: Register, complaints: Iterable[Complaint]) -> bytes:
    texts, settings, told = register.texts, register.settings, list(complaints)
    paper, title = Paper(theme_of(settings.theme), texts), texts("privacy.person.title")
    paper.describe(title, settings.name, register.on)
    paper.footer(title)
    if settings.name:
        paper.paragraph(settings.name, "Over")
    paper.heading(title, 0)
    paper.paragraph(texts("privacy.person.intro", n=len(told), on=register.on))
    for complaint in told:
        _complaint(paper, session, register, complaint, texts)
    return paper.data()


def _complaint(paper: Paper, session: Session, register: Register, complaint: Complaint, texts: Texts) -> None:
    main = register.definition.main
    paper.heading(texts("privacy.person.complaint", number=complaint.number), 1)
    _table(paper, register, [(f.labels[texts.language], _said(register, f, complaint.record)) for f in _fields(main)])
    for table, rows in _belonging(register, complaint):
        paper.heading(table.sheet[texts.language], 2)
        fields = [f for f in _fields(table) if f.id != table.parent]
        for row in rows:
            _table(paper, register, [(f.labels[texts.language], _said(register, f, row)) for f in fields])
    if changes := _changes(session, complaint):
        paper.heading(texts("privacy.person.history"), 2)
        labels = {
            (t.id, f.name): f.labels[texts.language] for t in session.definition.tables.values() for f in t.fields
        }
        heads = [texts(f"privacy.person.{name}") for name in ("when", "what", "old", "new")]
        rows_told = [
            [_moment(c["at"]), labels[c["table"], c["field"]], *(str(texts.show(c[side])) for side in ("old", "new"))]
            for c in changes
        ]
        paper.table(heads, rows_told, [3.2, 4.2, *[(paper.width - 7.4) / 2] * 2])


def _table(paper: Paper, register: Register, rows: Iterable[tuple[str, str]]) -> None:
    told = [[label, value] for label, value in rows if value]
    heads = [register.texts(f"privacy.person.{name}") for name in ("what", "value")]
    paper.table(heads, told, [_LABEL_CM, paper.width - _LABEL_CM])
    paper.space(paper.paragraph(""), after=2)


def _said(register: Register, field: Field, record: Record) -> str:
    return written(field, record.get(field.id), register.lookups) or ""


def _moment(at: str) -> str:
    return f"{at[8:10]}-{at[5:7]}-{at[:4]} {at[11:16]}"
