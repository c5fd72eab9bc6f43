"""Looks complaints up: by words, whole, their history, and all of them as a file."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from registerkit.definition import Definition, Lookups, Record, fold
from registerkit.errors import FileError, UsageError
from registerkit.files import need_folder
from registerkit.pull.results import shown
from registerkit.session.session import Session
from registerkit.store import Snapshot, decode
from registerkit.suggest import nearest
from registerkit.sync import bare_number
from registerkit.theme import theme_of

__all__ = ["export_register", "find_complaints", "history_of", "known_number", "show_complaint"]

_FOUND = ("number", "received_on", "name", "category", "status", "handler", "due_on")


def find_complaints(session: Session, words: tuple[str, ...]) -> list[dict[str, Any]]:
    """Give the main records in which every word stands somewhere, newest first."""
    snapshot = session.snapshot()
    wanted = [fold(word) for word in words]
    found = [r for r in snapshot.complaints.values() if all(w in _haystack(snapshot, r) for w in wanted)]
    fields = [f for f in _FOUND if f in session.definition.main.by_id]
    return [_row(snapshot, record, fields) for record in reversed(found)]


def _haystack(snapshot: Snapshot, record: Record) -> str:
    main = snapshot.definition.main_id
    values = (shown(snapshot.definition, main, f, v, snapshot.lookups) for f, v in record.items() if v is not None)
    return fold(" ".join(str(value) for value in values))


def _row(snapshot: Snapshot, record: Record, fields: list[str]) -> dict[str, Any]:
    main = snapshot.definition.main_id
    return {f: shown(snapshot.definition, main, f, record.get(f), snapshot.lookups) for f in fields}


def show_complaint(session: Session, number: str) -> dict[str, Any]:
    """Give a main record with all its fields and the rows of other tables that belong to it."""
    snapshot, main = session.snapshot(), session.definition.main
    record = snapshot.complaints[known_number(snapshot.complaints, number)]
    whole = export_row(snapshot.definition, main.id, record, snapshot.lookups)
    if signal := snapshot.signal(str(record[main.key])):
        whole |= {"signal": session.texts(f"terms.signal.{signal.code}"), "days_left": signal.days_left}
    for table in session.definition.tables.values():
        if table.parent:
            rows = [r for r in snapshot.table(table.id).values() if r.get(table.parent) == record[main.key]]
            whole[table.id] = [export_row(snapshot.definition, table.id, r, snapshot.lookups) for r in rows]
    whole["phases"] = [
        {k: v.isoformat() if isinstance(v, date) else v for k, v in vars(phase).items()}
        for phase in snapshot.phases.get(str(record[main.key]), ())
    ]
    return whole


def history_of(session: Session, number: str) -> list[dict[str, Any]]:
    """Give every change of a main record and of the rows that belong to it, in order."""
    definition = session.definition
    snapshot = session.snapshot()
    key = known_number(snapshot.complaints, number)
    belonging = {(definition.main_id, key)}
    for table in definition.tables.values():
        if table.parent:
            belonging |= {(table.id, k) for k, r in snapshot.table(table.id).items() if r.get(table.parent) == key}
    changes = [c for c in session.store.history() if (c.table, c.key) in belonging]
    return [
        {
            "at": change.at,
            "source": change.source,
            "table": change.table,
            "key": change.key,
            "field": _name_of(definition, change.table, change.field),
            "old": _told(session, snapshot.lookups, change.table, change.field, change.old),
            "new": _told(session, snapshot.lookups, change.table, change.field, change.new),
            "taken": change.taken,
        }
        for change in changes
    ]


def _name_of(definition: Definition, table: str, field_id: str) -> str:
    """Return what JSON calls a field, also one of an earlier definition."""
    fields = definition.tables[table].by_id
    return fields[field_id].name if field_id in fields else field_id


def _told(session: Session, lookups: Lookups, table: str, field_id: str, text: str | None) -> Any:
    field = session.definition.tables[table].by_id.get(field_id)
    if field is None or text is None:
        return text
    return shown(session.definition, table, field_id, decode(field.value_kind, text), lookups)


def known_number(complaints: Mapping[str, Record], number: str) -> str:
    """Give the key that a number typed by hand means, or its last part; raises `UsageError` with the nearest."""
    wanted = bare_number(number)
    bare = {key: bare_number(key) for key in complaints}
    same = [k for k, b in bare.items() if b == wanted] or [k for k, b in bare.items() if b.endswith(f"-{wanted}")]
    if len(same) != 1:
        raise UsageError(reason="number", value=number, nearest=nearest(number.strip().upper(), complaints))
    return same[0]


def export_row(definition: Definition, table: str, record: Record, lookups: Lookups) -> dict[str, Any]:
    """Give a record with every stored field, as JSON shows values."""
    fields = definition.tables[table].fields
    return {f.name: shown(definition, table, f.id, record.get(f.id), lookups) for f in fields if f.stored}


def export_register(session: Session, target: Path) -> None:
    """Write the register to a `.json`, `.csv` or `.xlsx` file; the last two hold the main table."""
    writers = {".json": _write_json, ".csv": _write_csv, ".xlsx": _write_xlsx}
    writer = writers.get(target.suffix.lower())
    if writer is None:
        raise UsageError(target, reason="export")
    need_folder(target)
    snapshot = session.snapshot()
    temporary = target.with_name(f".{target.name}.tmp")
    try:
        writer(snapshot, temporary)
    except FileError as error:
        error.file = str(target)
        temporary.unlink(missing_ok=True)
        raise
    temporary.replace(target)


def _write_json(snapshot: Snapshot, target: Path) -> None:
    definition = snapshot.definition
    document = {
        table: [export_row(definition, table, record, snapshot.lookups) for record in rows.values()]
        for table, rows in snapshot.records.items()
    }
    target.write_text(json.dumps(document, ensure_ascii=False, indent=1), encoding="utf-8")


def _write_csv(snapshot: Snapshot, target: Path) -> None:
    """Write what Dutch Excel opens with a double click: semicolons, and UTF-8 with a mark in front."""
    main = snapshot.definition.main
    fields = [f for f in main.fields if f.stored]
    with target.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
        writer.writerow([f.labels[snapshot.lookups.language] for f in fields])
        for record in snapshot.complaints.values():
            row = _row(snapshot, record, [f.id for f in fields])
            writer.writerow(["" if v is None else _csv_value(v) for v in row.values()])


def _csv_value(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.2f}".replace(".", ",")
    # A leading apostrophe keeps text that looks like a formula from being one.
    text = str(value)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@") and len(text) > 1 and not text[1].isdigit() else text


def _write_xlsx(snapshot: Snapshot, target: Path) -> None:
    from registerkit.excel import Book

    main, language = snapshot.definition.main, snapshot.lookups.language
    with Book(target, theme_of(snapshot.settings.theme)) as book:
        book.describe(snapshot.definition.labels[language], snapshot.settings.name, snapshot.on)
        sheet = book.sheet(main.sheet[language])
        head = book.format({"bold": True, "text_wrap": True, "valign": "top"})
        day, money = (book.format({"num_format": shape}) for shape in ("dd-mm-yyyy", "#,##0.00"))
        for column, field in enumerate(f for f in main.fields if f.stored):
            sheet.write(0, column, field.labels[language], head)
            for row, record in enumerate(snapshot.complaints.values(), 1):
                value = record.get(field.id)
                if not isinstance(value, date):
                    value = shown(snapshot.definition, main.id, field.id, value, snapshot.lookups)
                if value is not None:
                    number = value if isinstance(value, date | int | float) else str(value)
                    sheet.write(
                        row,
                        column,
                        number,
                        day if isinstance(value, date) else money if field.kind == "money" else None,
                    )
        sheet.freeze_panes(1, 1)
        sheet.autofit()
