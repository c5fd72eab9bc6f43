"""What people may promise by themselves: an amount per role, above which somebody else says that it is right."""

from __future__ import annotations

from collections.abc import Mapping

from registerkit.definition import Lookups, Value

__all__ = ["APPROVAL", "limits_for"]

APPROVAL = "approval"
"""The name of the limit for whoever has no role with another."""


def limits_for(
    limits: Mapping[str, int], grants: Mapping[str, int], handler: Value, lookups: Lookups
) -> Mapping[str, int]:
    """Return the limits in cents that hold for a handler: `grants` has those of roles, by code or by label."""
    role = lookups.staff.get(str(handler), {}).get("role") if grants else None
    own = next((amount for name, amount in grants.items() if role and lookups.code("role", name) == role), None)
    return limits if own is None else {**limits, APPROVAL: own}
