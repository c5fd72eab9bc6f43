"""Notes in the plan that a row is not read, and why."""

from __future__ import annotations

from collections.abc import Iterable

from registerkit.checking import CheckContext
from registerkit.codes import FindingCode
from registerkit.definition import Table
from registerkit.findings import Finding
from registerkit.reading import EARLIER_NUMBER, Place, SourceRow
from registerkit.sync.plan import Knowledge, Refusal, SourcePlan

__all__ = ["refuse", "refuse_as"]


def refuse(plan: SourcePlan, place: Place, row: SourceRow, codes: Iterable[str]) -> None:
    """Note a row that is not registered, with the codes of its findings."""
    plan.refused.append(Refusal(place.sheet, row.row, tuple(dict.fromkeys([*codes, *place.codes]))))


def refuse_as(
    fault: FindingCode, plan: SourcePlan, check: CheckContext, knowledge: Knowledge, place: Place, table: Table,
    row: SourceRow, record: str | None = None,
) -> None:  # fmt: skip
    """Note a row that is not the record of its number, at the number that it shows; `record` is what it seems to be."""
    named = EARLIER_NUMBER if knowledge.is_keyed and EARLIER_NUMBER in row.values else table.key
    where = place.locate(named, check.label(table.id, named))
    shown = check.written(table.id, named, row.values.get(named, row.key))
    plan.findings.append(Finding(fault, "error", where, shown, {"number": record}))
    refuse(plan, place, row, [fault])
