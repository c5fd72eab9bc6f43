"""The questions that an Access file answers by itself, in Access's SQL: what is open, what is late, and how many."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from registerkit.database.access.combos import ListColumns
from registerkit.database.access.expressions import bracketed, is_one_of
from registerkit.database.access.names import AccessNames
from registerkit.definition import Definition, Field
from registerkit.terms import CLOSED_STATUSES
from registerkit.texts import Texts

__all__ = ["AccessQuery", "access_queries"]

_SHOWN = ("received_on", "name", "category", "handler", "status", "due_on")
"""What a list of records shows beside the number, by role."""


@dataclass(frozen=True)
class AccessQuery:
    """A saved query: `id` tells what it asks, `name` is what Access lists, `columns` what it shows."""

    id: str
    name: str
    sql: str
    columns: tuple[str, ...]


def access_queries(definition: Definition, names: AccessNames, texts: Texts) -> list[AccessQuery]:
    """Give the questions that the register has the fields for."""
    return [*_lists(definition, names, texts), *_counts(definition, names, texts)]


def _lists(definition: Definition, names: AccessNames, texts: Texts) -> Iterator[AccessQuery]:
    main, many = definition.main, definition.main.excel[texts.language].lower()
    status, due = definition.role("status"), definition.role("due_on")
    if status is None or status.choices is None:
        return
    shown = [f for role in _SHOWN if (f := definition.role(role)) and f.stored]
    columns = tuple(names.column(main.id, f) for f in (main.key, *(field.id for field in shown)))
    select = f"SELECT {', '.join(map(bracketed, columns))} FROM {bracketed(names.table(main.id))}"
    state = names.column(main.id, status.id)
    closed = [code for code in definition.lists[status.choices].by_code if code in _closed(definition, status)]
    is_open = f"({bracketed(state)} Is Null Or Not ({is_one_of(closed, state)}))"
    last = bracketed(names.column(main.id, due.id if due else main.key))
    yield AccessQuery(
        "open", texts("access.query.open", many=many), f"{select} WHERE {is_open} ORDER BY {last};", columns
    )
    if due:
        late = f"{select} WHERE {is_open} And {last}<Date() ORDER BY {last};"
        yield AccessQuery("late", texts("access.query.late", many=many), late, columns)


def _closed(definition: Definition, status: Field) -> frozenset[str]:
    """Give the codes of a status that say that nothing is left to do."""
    return CLOSED_STATUSES | frozenset((definition.closing.equals or {}).get(status.id, ()))


def _counts(definition: Definition, names: AccessNames, texts: Texts) -> Iterator[AccessQuery]:
    main, many, own = definition.main, definition.main.excel[texts.language].lower(), ListColumns(texts)
    category = definition.role("category")
    if category is None or category.choices is None:
        return
    column, count = names.column(main.id, category.id), texts("access.query.count")
    joined = (
        f"{bracketed(names.table(main.id))} AS a INNER JOIN {bracketed(names.table(f'lists.{category.choices}'))} AS b"
        f" ON a.{bracketed(column)} = b.{bracketed(own.code)}"
    )
    label = f"b.{bracketed(own.label)}"
    select = f"SELECT {label}, Count(*) AS {bracketed(count)} FROM {joined}"
    sql = f"{select} GROUP BY {label} ORDER BY Count(*) DESC, {label};"
    name = texts("access.query.by", many=many, label=category.labels[texts.language].lower())
    yield AccessQuery("by_category", name, sql, (own.label, count))
