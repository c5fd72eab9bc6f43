"""The table that balances, beside those of other periods."""

from __future__ import annotations

from registerkit.analysis.content import Cell, Table
from registerkit.analysis.counting import EMPTY, by_size
from registerkit.analysis.view import View

__all__ = ["balance_table"]


def balance_table(view: View) -> Table | None:
    """Return what was open and came in, and what became of it; None when nothing was there at all."""
    words, balances = view.words, view.told.balances
    if not any(each.open_at_start + each.received + each.reopened for each in balances):
        return None
    sizes = {label: 0 for each in balances for label in each.by_ending}
    for each in reversed(balances):
        sizes |= each.by_ending
    endings = by_size(sizes)
    lines = [
        (words("balance.open_at_start"), [each.open_at_start for each in balances]),
        (words("balance.received"), [each.received for each in balances]),
        (words("balance.reopened"), [each.reopened for each in balances]),
        (words("balance.together"), [each.open_at_start + each.received + each.reopened for each in balances]),
        *(
            (
                words("balance.unknown") if label == EMPTY else words.capital(words.clean(label)),
                [each.by_ending.get(label, 0) for each in balances],
            )
            for label in endings
        ),
        (words("balance.closed"), [each.closed for each in balances]),
        (words("balance.open_at_end"), [each.open_at_end for each in balances]),
        (words("balance.together"), [each.closed + each.open_at_end for each in balances]),
    ]
    rows = tuple((Cell(name), *(Cell(n, "number") for n in numbers)) for name, numbers in lines)
    totals = frozenset({3, len(lines) - 3, len(lines) - 1})
    columns = (words("column.balance"), *(words.column(each.period) for each in balances))
    return Table(words("table.balance"), columns, rows, note=words("balance.note"), totals=totals)
