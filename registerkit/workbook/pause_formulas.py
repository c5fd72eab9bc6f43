"""The pauses of a complaint as Excel formulas, equal to `pause_days` in `compute.py`: overlaps count once."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["PauseColumns", "pause_row_formula", "pause_sum", "paused_test"]


@dataclass(frozen=True)
class PauseColumns:
    """The columns of the pause table as ranges of equal length; `days` is the one with `pause_row_formula`."""

    complaint: str
    start: str
    until: str
    consent_on: str
    days: str


def pause_row_formula(columns: PauseColumns, row: PauseColumns, started_on: str, *, with_consent: bool = False) -> str:
    """Return the formula of a pause's own days: those that no earlier pause of the same complaint has counted.

    `row` holds the cells of this row (its `days` is not used), `started_on` the first day of the complaint's
    phase as an expression. "" while the start is empty, 0 while the pause is open or does not count.
    """
    earlier = f"({columns.start}<{row.start})+({columns.start}={row.start})*(ROW({columns.start})<ROW({row.start}))"
    factors = [f"({columns.complaint}={row.complaint})", f"({earlier})", f"({columns.start}>={started_on})"]
    counts = [f"{row.start}>={started_on}", f"N({row.until})>={row.start}"]
    if with_consent:
        factors.append(f"({columns.consent_on}>0)")
        counts.append(f"N({row.consent_on})>0")
    # SUMPRODUCT only makes Excel take the ranges as arrays; MAX in it gives the last day counted before.
    counted = f"SUMPRODUCT(MAX({'*'.join(factors)}*{columns.until}))"
    days = f"MAX(0,{row.until}-MAX({row.start}-1,{counted}))"
    return f'IF(N({row.start})=0,"",IF(AND({",".join(counts)}),{days},0))'


def pause_sum(columns: PauseColumns, number: str) -> str:
    """Return the sum of a complaint's pause days, for `DueParts.pause_days`."""
    return f"SUMIFS({columns.days},{columns.complaint},{number})"


def paused_test(
    columns: PauseColumns, number: str, started_on: str, *, with_consent: bool = False, today: str = "TODAY()"
) -> str:
    """Return the condition that a pause of the complaint is running today, for `SignalParts.paused`."""
    begun = f'{columns.complaint},{number},{columns.start},"<="&{today},{columns.start},">="&{started_on}'
    if with_consent:
        begun += f',{columns.consent_on},">0"'
    return f'COUNTIFS({begun})>COUNTIFS({begun},{columns.until},"<"&{today})'
