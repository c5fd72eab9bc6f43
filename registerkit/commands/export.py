"""Writes the register to a file for other systems, with a code per person, so that repeats can be counted."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from registerkit.commands.csv_text import ENCODING, write_rows
from registerkit.commands.records import json_record
from registerkit.commands.targets import is_export, need_target
from registerkit.errors import FileError, UsageError
from registerkit.files import making, system_error
from registerkit.register import PERSON, Register, shown
from registerkit.session.session import Session
from registerkit.theme import theme_of

__all__ = ["export_register"]


def export_register(session: Session, target: Path, *, replace: bool = False) -> None:
    """Write the register to a `.json`, `.csv` or `.xlsx` file; the last two hold the main table.

    Raises `WriteRefusedError` rather than write over anything but an earlier export, unless `replace`; a copy is kept.
    """
    writers = {".json": _write_json, ".csv": _write_csv, ".xlsx": _write_xlsx}
    writer = writers.get(target.suffix.lower())
    if writer is None:
        raise UsageError(target, reason="export")
    definition, language = session.definition, session.settings.language
    need_target(session, target, lambda file: is_export(file, definition, language), replace=replace)
    register = session.register()
    try:
        with making(target) as temporary:
            writer(register, temporary)
    except FileError as error:
        error.file = str(target)
        raise
    except OSError as error:
        raise system_error(error, target) from error


_PERSONS = "person_codes"
"""What the codes of persons are called beside the tables of a `.json` file."""


def person_codes(register: Register) -> Mapping[str, str]:
    """Return a code for the person of every complaint by its number, the same for all of a person's complaints.

    Who had a complaint anonymised has the random code that was given then; anybody else one that follows from the
    number of the first complaint, so that no file tells more than the register. A register that knows nobody has none.
    """
    if not any(register.has(*roles) for roles in PERSON):
        return {}
    given = {register.persons[number]: code for number, code in register.codes.items() if number in register.persons}
    for number, person in register.persons.items():
        given.setdefault(person, hashlib.sha256(f"person {number}".encode()).hexdigest()[:16])
    return {number: given[person] for number, person in register.persons.items()}


def _write_json(register: Register, target: Path) -> None:
    definition, codes = register.definition, person_codes(register)
    document: dict[str, list[dict[str, Any]]] = {
        table: [json_record(definition, table, record, register.lookups) for record in rows.values()]
        for table, rows in register.records.items()
    }
    if codes:
        document[_PERSONS] = [{definition.main.key: number, "code": code} for number, code in codes.items()]
    target.write_text(json.dumps(document, ensure_ascii=False, indent=1), encoding="utf-8")


def _write_csv(register: Register, target: Path) -> None:
    main, language = register.definition.main, register.lookups.language
    with target.open("w", encoding=ENCODING, newline="") as file:
        codes = person_codes(register)
        heads = [f.labels[language] for f in main.fields if f.stored]
        write_rows(file, [[*heads, register.texts("export.person")] if codes else heads])
        for number, record in register.table(main.id).items():
            told = json_record(register.definition, main.id, record, register.lookups).values()
            write_rows(file, [[*told, codes[number]] if codes else told])


def _write_xlsx(register: Register, target: Path) -> None:
    from registerkit.excel import Book

    main, language = register.definition.main, register.lookups.language
    with Book(target, theme_of(register.settings.theme)) as book:
        book.describe(register.definition.labels[language], register.settings.name, register.on)
        sheet = book.sheet(main.sheet[language])
        head = book.format({"bold": True, "text_wrap": True, "valign": "top"})
        day, money = (book.format({"num_format": shape}) for shape in ("dd-mm-yyyy", "#,##0.00"))
        for column, field in enumerate(f for f in main.fields if f.stored):
            sheet.write(0, column, field.labels[language], head)
            for row, record in enumerate(register.table(main.id).values(), 1):
                value = record.get(field.id)
                if isinstance(value, date):
                    sheet.write(row, column, value, day)
                elif value is not None:
                    told = shown(register.definition, main.id, field.id, value, register.lookups)
                    number = told if isinstance(told, int | float) else str(told)
                    sheet.write(row, column, number, money if field.kind == "money" else None)
        if codes := person_codes(register):
            last = sum(f.stored for f in main.fields)
            sheet.write(0, last, register.texts("export.person"), head)
            for row, number in enumerate(register.table(main.id), 1):
                sheet.write(row, last, codes[number], None)
        sheet.freeze_panes(1, 1)
        sheet.autofit()
