"""Shows one complaint whole."""

from __future__ import annotations

from datetime import date
from heapq import nlargest
from typing import Any

from registerkit.commands.records import json_record, number_in
from registerkit.letters import status_text
from registerkit.register import Complaint, Precedents, Register, compensation_line, routed_lines, shown
from registerkit.session.few import of_same_person, register_of
from registerkit.session.session import Session

__all__ = ["show_complaint", "status_for"]


def status_for(session: Session, number: str) -> dict[str, Any]:
    """Return how a complaint stands, in sentences for whoever made it."""
    key = number_in(session, number)
    register = register_of(session, [key])
    return {"number": key, "text": status_text(register, register.complaints[key])}


def show_complaint(session: Session, number: str) -> dict[str, Any]:
    """Return a main record with all its fields, its state, and the rows of other tables that belong to it."""
    key, main = number_in(session, number), session.definition.main
    register = register_of(session, of_same_person(session, key) | _alike(session, key))
    complaint = register.complaints[key]
    whole = json_record(register.definition, main.id, complaint.record, register.lookups)
    if register.has_terms and (signal := complaint.signal):
        whole |= {
            "signal": session.texts(f"terms.signal.{signal.code}"),
            "days_left": signal.days_left,
            "state": session.texts(f"state.{complaint.state.code}"),
        }
    whole["routed"] = routed_lines(register, complaint)
    whole["standard_compensation"] = compensation_line(register, complaint)
    for table in session.definition.tables.values():
        if table.parent:
            rows = [r for r in register.table(table.id).values() if r.get(table.parent) == complaint.number]
            whole[table.id] = [json_record(register.definition, table.id, r, register.lookups) for r in rows]
    whole |= _beside(register, complaint)
    whole["phases"] = [
        {k: v.isoformat() if isinstance(v, date) else v for k, v in vars(phase).items()} for phase in complaint.phases
    ]
    return whole


def _alike(session: Session, number: str) -> set[str]:
    """Return the numbers of the complaints that may be examples of how it was solved: the newest of its kind."""
    definition, main = session.definition, session.definition.main
    own = session.store.records(main.id, main.key, [number])[number]
    days = [role for role in ("answered_on", "solved_on", "received_on") if definition.role(role)]
    kinds = [role for role in ("category", "subcategory") if definition.role(role)]
    if not definition.role("solution"):
        return set()
    told, found, closer = [main.key, "solution", *kinds, *days], set[str](), own.get("subcategory")
    for role in kinds:
        if own.get(role) is None:
            continue
        solved: list[tuple[date, str]] = []
        for row in session.store.rows(main.id, told, {role: own[role]}):
            known = dict(zip(told, row, strict=True))
            # Those of its subcategory are found by that, and would take the places of the others.
            is_found = role == "category" and closer is not None and known.get("subcategory") == closer
            if known["solution"] is not None and not is_found:
                solved.append((next((known[d] for d in days if known[d] is not None), date.min), row[0]))
        found.update(key for _, key in nlargest(Precedents.MOST + 1, solved))
    return found


_EARLIER = ("number", "received_on", "category", "status", "judgement", "solution")
_SOLVED = ("number", "answered_on", "subcategory", "judgement", "solution", "cost")


def _beside(register: Register, complaint: Complaint) -> dict[str, list[dict[str, Any]]]:
    """Return the other complaints of the same person, and how like ones were solved, the newest first."""
    same = register.others_of_complainant(complaint.number)
    solved = Precedents(register.complaints.values()).solved_alike(complaint)
    return {
        "same_person": [_told(register, register.complaints[n], _EARLIER) for n in reversed(same)],
        "solved_alike": [_told(register, each, _SOLVED) for each in solved],
    }


def _told(register: Register, complaint: Complaint, roles: tuple[str, ...]) -> dict[str, Any]:
    definition, record = register.definition, complaint.record
    known = [role for role in roles if register.has(role)]
    return {role: shown(definition, definition.main_id, role, record.get(role), register.lookups) for role in known}
