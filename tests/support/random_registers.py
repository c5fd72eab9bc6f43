"""Registers that chance makes: complaints that went through several states, with pauses, persons who come back, measures."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from analysis_samples import make_sample

from registerkit.definition import load_definition
from registerkit.register import Complaint, Phase, Register, pause_of, phases_after

__all__ = ["random_register"]

_FIRST = date(2025, 9, 1)


def random_register(seed: int, most: int = 14) -> Register:
    """Give a register of some complaints, with the phases that a store would have kept; the same for the same seed."""
    draw = random.Random(seed)
    on = _FIRST + timedelta(days=draw.randint(200, 420))
    rules = make_sample(on=on.isoformat()).rules
    rows: list[dict[str, Any]] = []
    phases: dict[str, tuple[Phase, ...]] = {}
    pauses: list[dict[str, Any]] = []
    for n in range(draw.randint(0, most)):
        number = f"K-2026-{n:04}"
        own = [_pause(draw, number) for _ in range(draw.choice([0, 0, 0, 1, 2]))]
        base = {"number": number, "received_on": _day(draw, 380) if draw.random() > 0.04 else None}
        base["special"] = draw.choice([None, None, False, True])
        kept: tuple[Phase, ...] = ()
        for _ in range(draw.randint(1, 3)):
            row = base | _version(draw)
            kept = phases_after(Complaint(number, row, rules, kept, tuple(filter(None, map(pause_of, own)))))
        rows.append(row)
        pauses += own
        phases[number] = kept
    return make_sample(*rows, on=on.isoformat(), phases=phases, pauses=tuple(pauses), measures=_measures(draw))


def _day(draw: random.Random, most: int = 400) -> date:
    return _FIRST + timedelta(days=draw.randint(0, most))


def _pause(draw: random.Random, number: str) -> dict[str, Any]:
    until, consent = (_day(draw) if draw.random() < 0.6 else None for _ in range(2))
    return {"complaint": number, "from": _day(draw), "until": until, "consent_on": consent}


def _version(draw: random.Random) -> dict[str, Any]:
    """Give what a complaint says of itself at some moment, sensible or not."""
    row = {name: make(draw) if draw.random() < chance else None for name, (chance, make) in _VALUES.items()}
    if draw.random() < 0.5:
        row |= {"judgement": draw.choice(["gegrond", "ongegrond", "geen_oordeel"]), "answer_channel": "email"}
        row |= {"solution": draw.choice(["excuses", "uitleg"]), "closed_by": "BJ", "handler": "BJ"}
    return row


def _one_of(*values: Any) -> Callable[[random.Random], Any]:
    return lambda draw: draw.choice(values)


def _number(least: int, most: int) -> Callable[[random.Random], int]:
    return lambda draw: draw.randint(least, most)


_VALUES: dict[str, tuple[float, Callable[[random.Random], Any]]] = {
    "status": (1, _one_of(*(choice.code for choice in load_definition().lists["status"].choices))),
    "category": (0.8, _one_of("PL", "SF", "SB")),
    "subcategory": (0.4, _one_of("PL1")),
    "severity": (0.4, _one_of("normaal", "ernstig")),
    **dict.fromkeys(("answered_on", "closed_on", "aftercare_on", "acknowledged_on", "agreement_by"), (0.4, _day)),
    **dict.fromkeys(("reopened_on", "solved_on", "acknowledge_by", "due_on", "extended_on", "agreement_kept_on"), (0.2, _day)),
    **dict.fromkeys(("taken_over_on", "consent_until", "consent_on", "agreed_on"), (0.1, _day)),
    "reopen_reason": (0.4, _one_of("niet_tevreden", "geschil")),
    "customer_satisfied": (0.4, _one_of(True, False)),
    "satisfaction": (0.4, _number(1, 9)),
    "cost": (0.4, _number(0, 9999)),
    "amount": (0.4, _number(0, 999)),
    "extended_weeks": (0.2, _one_of(4)),
    "proposal": (0.1, _one_of("Een nieuwe.")),
    "name": (1, _one_of("A. Aap", "a.  aap", "B. Beer", "C. Das")),
    "email": (0.4, _one_of("a@x.example", "B@x.example", "b@x.example")),
    "phone": (0.4, _one_of("0301", "0302")),
    "customer_number": (0.2, _one_of("1", "2")),
    "handler": (0.4, _one_of("BJ", "EV")),
    "department": (0.4, _one_of("logistiek", "techniek")),
    "causing_department": (0.4, _one_of("logistiek", "techniek")),
    "cause": (0.4, _one_of("levering", "service")),
    "supplier": (0.4, _one_of(" Fabriek", "fabriek", "Fabriek", "Fabriek ")),
    "channel": (0.4, _one_of("email", "telefoon")),
    "measure": (0.4, _one_of("m-2026-01", "M-2026-02")),
}  # fmt: skip
"""How often each value is filled in, and with what."""


def _measures(draw: random.Random) -> dict[str, dict[str, Any]]:
    return {
        "M-2026-01": {"description": "Bezorger belt vooraf", "done_on": _day(draw), "cause": "levering", "owner": "BJ"},
        "M-2026-02": {"description": "Balie langer open", "department": "logistiek", "ready_by": _day(draw)},
        "M-2026-03": {"description": "Nieuwe kettingen", "done_on": _day(draw), "evaluate_by": _day(draw)},
    }
