"""Shows one complaint whole."""

from __future__ import annotations

from datetime import date
from typing import Any

from registerkit.commands.records import json_record, known_number
from registerkit.letters import status_text
from registerkit.pull.results import shown
from registerkit.register import Complaint, Precedents, Register, compensation_line, routed_lines
from registerkit.session.session import Session

__all__ = ["show_complaint", "status_for"]


def status_for(session: Session, number: str) -> dict[str, Any]:
    """Return how a complaint stands, in sentences for whoever made it."""
    register = session.register()
    complaint = register.complaints[known_number(register.complaints, number)]
    return {"number": complaint.number, "text": status_text(register, complaint)}


def show_complaint(session: Session, number: str) -> dict[str, Any]:
    """Return a main record with all its fields, its state, and the rows of other tables that belong to it."""
    register, main = session.register(), session.definition.main
    complaint = register.complaints[known_number(register.complaints, number)]
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


_EARLIER = ("number", "received_on", "category", "status", "judgement", "solution")
_SOLVED = ("number", "answered_on", "subcategory", "judgement", "solution", "cost")


def _beside(register: Register, complaint: Complaint) -> dict[str, list[dict[str, Any]]]:
    """Return the other complaints of the same person, and how like ones were solved, the newest first."""
    own = register.persons.get(complaint.number)
    same = [n for n, person in register.persons.items() if person == own and n != complaint.number]
    solved = Precedents(register.complaints.values()).solved_alike(complaint)
    return {
        "same_person": [_told(register, register.complaints[n], _EARLIER) for n in reversed(same)],
        "solved_alike": [_told(register, each, _SOLVED) for each in solved],
    }


def _told(register: Register, complaint: Complaint, roles: tuple[str, ...]) -> dict[str, Any]:
    definition, record = register.definition, complaint.record
    known = [role for role in roles if register.has(role)]
    return {role: shown(definition, definition.main_id, role, record.get(role), register.lookups) for role in known}
