"""Checks what an office fills in about itself, and tells where the register and `register.toml` do not agree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from registerkit.definition import Lookups, Record
from registerkit.findings import Finding, Location
from registerkit.office import Detail, code_of, detail_fault, detail_of, key_of
from registerkit.reading import Place, SourceRow, TableRows
from registerkit.session.office import unlike_settings
from registerkit.session.session import Session
from registerkit.settings import SETTINGS_FILE
from registerkit.suggest import nearest

__all__ = ["checked_office", "office_findings"]


def checked_office(rows: TableRows, session: Session, lookups: Lookups) -> TableRows:
    """Return the rows of the details, those of nobody left out, and values that cannot be taken marked as bad."""
    kept, findings, seen = list[SourceRow](), list(rows.findings), set[str]()
    for row in rows.rows:
        code = code_of(row.key)
        where = Place.of_row(rows, row).locate("value")
        typed = row.values.get("value")
        detail = detail_of(code) if code else None
        if code is None or detail is None or code in seen:
            shown = str(typed) if typed is not None else None
            findings.append(Finding("office_row", "warning", where, shown))
            continue
        seen.add(code)
        row = replace(row, key=key_of(code, session.store.client_id))
        if typed is not None and (fault := _fault(detail, str(typed), session, lookups)):
            findings.append(replace(fault, location=where))
            kept.append(replace(row, values={}, bad=frozenset({"value"})))
        else:
            kept.append(row)
    return replace(rows, rows=tuple(kept), findings=tuple(findings))


def _fault(detail: Detail, value: str, session: Session, lookups: Lookups) -> Finding | None:
    if code := detail_fault(detail, value, session.settings):
        return Finding(code, "error", Location(), value, {"detail": _name(detail.code, session)})
    if detail.is_person and lookups.person(value) is None:
        return Finding("unknown_person", "error", Location(), value, {"nearest": nearest(value, lookups.names())})
    return None


def office_findings(session: Session, rows: Mapping[str, Record]) -> Iterator[Finding]:
    """Return a finding for each detail that was changed on both sides to different values."""
    for unlike in unlike_settings(session.store, session.told, rows):
        told = {
            "where": unlike.code,
            "detail": _name(unlike.code, session),
            "register": unlike.register or "-",
        }
        yield Finding("office_unlike", "warning", Location(SETTINGS_FILE, label=unlike.code), unlike.settings, told)


def _name(code: str, session: Session) -> str:
    detail = detail_of(code)
    return session.texts(f"office.name.{detail.words}", year=detail.key) if detail else code
