"""The lists that columns of an Access file are chosen from: they keep a code, and show what it means."""

from __future__ import annotations

from registerkit.database.access.expressions import bracketed, quote_access_text
from registerkit.database.access.layout import LONGEST, Combo
from registerkit.database.access.names import ROW_ID, AccessNames
from registerkit.definition import Definition
from registerkit.texts import Texts

__all__ = ["ListColumns", "choice_combo", "number_combo", "person_combo", "words_combo"]

_WIDE, _NARROW = 4000, 1600
"""Widths of shown columns, in twips: 567 are a centimetre."""


class ListColumns:
    """What the columns of every list's table are called."""

    def __init__(self, texts: Texts) -> None:
        self.code = texts("access.column.code")
        self.label = texts("access.column.label")
        self.parent = texts("access.column.parent")
        self.explanation = texts("access.column.explanation")
        self.position = texts("access.column.position")
        self.in_use = texts("access.column.in_use")


def choice_combo(names: AccessNames, columns: ListColumns, list_id: str, parent: str | None) -> Combo:
    """Return the list of a choice's labels in their order, those out of use last, each with what it belongs to."""
    code, label, order = (bracketed(name) for name in (columns.code, columns.label, columns.position))
    own, in_use = bracketed(names.table(f"lists.{list_id}")), bracketed(columns.in_use)
    plain = Combo(f"SELECT {code}, {label} FROM {own} ORDER BY {in_use}, {order};", (_WIDE,))
    if parent is None:
        return plain
    other, belongs = bracketed(names.table(f"lists.{parent}")), bracketed(columns.parent)
    joined = f"{own} AS a LEFT JOIN {other} AS b ON a.{belongs} = b.{code}"
    order_by = f"a.{in_use}, b.{order}, a.{order}"
    with_parent = f"SELECT a.{code}, a.{label}, b.{label} FROM {joined} ORDER BY {order_by};"
    return Combo(with_parent, (_WIDE, _WIDE)) if len(with_parent) <= LONGEST else plain


def person_combo(definition: Definition, names: AccessNames) -> Combo:
    """Return the list of the staff's names."""
    staff = definition.tables["staff"]
    code, name = (bracketed(names.column("staff", f)) for f in (staff.key, "name"))
    return Combo(f"SELECT {code}, {name} FROM {bracketed(names.table('staff'))} ORDER BY {name};", (_WIDE,))


def number_combo(definition: Definition, names: AccessNames, texts: Texts) -> Combo:
    """Return the list of the main table's records, the newest first; one without a number yet shows that it is new."""
    main = definition.main
    row, number = bracketed(ROW_ID), bracketed(names.column(main.id, main.key))
    shown = f"IIf({number} Is Null, {quote_access_text(texts('access.new'))} & {row}, {number})"
    others = [names.column(main.id, f.id) for role in ("name", "received_on") if (f := definition.role(role))]
    while True:
        columns = ", ".join([row, f"{shown} AS {bracketed(texts('access.number'))}", *map(bracketed, others)])
        source = f"SELECT {columns} FROM {bracketed(names.table(main.id))} ORDER BY {row} DESC;"
        if len(source) <= LONGEST or not others:
            return Combo(source, (_NARROW, _WIDE, _NARROW)[: 1 + len(others)])
        others.pop()


def words_combo(texts: Texts) -> Combo:
    """Return the list of yes and no."""
    return Combo(";".join(quote_access_text(texts(f"value.{word}")) for word in ("yes", "no")))
