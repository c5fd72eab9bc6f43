"""What an office settles by rule: who handles what, and what complaints of a kind get."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

__all__ = ["Compensation", "Routing", "cents", "compensation_of", "routing_of"]


@dataclass(frozen=True)
class Routing:
    """Who handles what: the first rule whose codes match gives department, handler and priority."""

    when: Mapping[str, tuple[str, ...]]
    department: str | None = None
    handler: str | None = None
    priority: str | None = None
    amount_from: int | None = None
    amount_below: int | None = None
    """The amounts at stake that it is for, in cents; a complaint without one fits no rule that names either."""

    def fits_amount(self, amount: object) -> bool:
        """Tell whether it is for a complaint with this at stake."""
        if self.amount_from is None and self.amount_below is None:
            return True
        low, high = self.amount_from or 0, self.amount_below
        return isinstance(amount, int) and amount >= low and (high is None or amount < high)


@dataclass(frozen=True)
class Compensation:
    """What an office gives for complaints of a kind: the first that fits by its codes, an amount in cents."""

    when: Mapping[str, tuple[str, ...]]
    amount: int


def cents(amount: float) -> int:
    """Return an amount of the settings in cents."""
    return round(float(amount) * 100)


def compensation_of(rule: Mapping[str, Any]) -> Compensation:
    """Return an entry of `[[compensations]]`."""
    return Compensation(_when(rule), cents(rule["amount"]))


def routing_of(rule: Mapping[str, Any]) -> Routing:
    """Return an entry of `[[routing]]`."""
    amounts = (cents(rule[key]) if key in rule else None for key in ("amount_from", "amount_below"))
    return Routing(_when(rule), rule.get("department"), rule.get("handler"), rule.get("priority"), *amounts)


def _when(rule: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    return {
        name: tuple(map(str, codes)) if isinstance(codes, list) else (str(codes),)
        for name, codes in rule.get("when", {}).items()
    }
