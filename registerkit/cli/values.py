"""Values on the screen, as people write them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from registerkit.definition import Field
    from registerkit.texts import Texts

__all__ = ["shown_day", "shown_moment", "shown_value"]


def shown_value(value: Any, field: Field | None, texts: Texts) -> str:
    """Return a value, as JSON has it, as people write it in the register's language."""
    if value is None:
        return "-"
    if field is not None and field.kind == "money":
        from registerkit.register import euros

        return euros(round(value * 100), texts)
    return str(shown_day(value) if field is None or field.value_kind == "date" else value)


def shown_day(value: Any) -> Any:
    """Show an ISO day as Dutch people write it."""
    if isinstance(value, str) and len(value) == 10 and value[4] == value[7] == "-" and value[:4].isdigit():
        return f"{value[8:]}-{value[5:7]}-{value[:4]}"
    return value


def shown_moment(at: str) -> str:
    """Show day and time of an ISO moment as Dutch people write them, to the minute."""
    return f"{shown_day(at[:10])} {at[11:16]}"
