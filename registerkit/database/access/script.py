"""One PowerShell script that lets Access itself build the file on Windows, with an intake form, a report and queries.

It holds the same plan and rows as the file that Jackcess writes, as JSON, and a program that carries them out through
Access's own objects (`build.ps1`). It could not be run here, for that takes Access.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from registerkit.database.access.form_text import form_text, report_text
from registerkit.database.access.kinds import Cell
from registerkit.database.access.layout import AccessColumn, AccessPlan, AccessTable, Relation
from registerkit.database.access.names import access_names
from registerkit.database.access.properties import properties_of
from registerkit.database.access.queries import access_queries
from registerkit.database.access.rows import Row
from registerkit.definition import Definition
from registerkit.texts import Texts

__all__ = ["MARK", "access_script"]

MARK = "# registerkit: "
"""How the first line starts."""

_PROGRAM = Path(__file__).with_name("build.ps1")
_TYPES: Mapping[str, int] = {"autonumber": 4, "long": 4, "text": 10, "memo": 12, "date": 8, "money": 5, "boolean": 1}
"""The numbers that Access has for types of columns."""
_KINDS: Mapping[str, int] = {"BOOLEAN": 1, "INT": 3, "TEXT": 10, "MEMO": 12}
"""The same for types of properties."""


def access_script(
    definition: Definition, texts: Texts, plan: AccessPlan, rows: Mapping[str, Sequence[Row]], name: str
) -> str:
    """Give the text of the script; `name` is what it is called without its suffix, and so is the file that it makes."""
    many = definition.main.excel[texts.language].lower()
    queries = access_queries(definition, access_names(definition, texts), texts)
    listed = next((query for query in queries if query.id == "open"), None)
    reports = [report_text(listed, plan.table(definition.main_id), plan.title)] if listed else []
    document = {
        "file": f"{name}.accdb",
        "texts": {key: texts(f"access.script.{key}") for key in ("exists", "no_access", "done")},
        "tables": [_table(table, rows[table.id]) for table in plan.tables],
        "relations": [_relation(relation, n) for n, relation in enumerate(plan.relations, 1)],
        "queries": [{"name": query.name, "sql": query.sql} for query in queries],
        "forms": [{"name": texts("access.form", many=many), "text": form_text(definition, plan, texts)}],
        "reports": [{"name": texts("access.report", many=many), "text": text} for text in reports],
    }
    head = [
        MARK + texts("access.script.head", title=plan.title),
        "# " + texts("access.script.how", file=f"{name}.ps1"),
        "# " + texts("access.script.untried"),
    ]
    # No line of the JSON can end the text early: each starts with a space or a brace.
    told = json.dumps(document, ensure_ascii=False, indent=1)
    given = ["param([string]$Target)", "", f"$Plan = @'\n{told}\n'@ | ConvertFrom-Json", ""]
    return "\n".join([*head, *given, _PROGRAM.read_text(encoding="utf-8")])


def _table(table: AccessTable, rows: Sequence[Row]) -> dict[str, Any]:
    own = (("Description", "MEMO", table.description), ("ValidationRule", "TEXT", table.rule),
           ("ValidationText", "TEXT", table.refusal))  # fmt: skip
    return {
        "name": table.name,
        "hidden": table.hidden,
        "columns": [_column(column) for column in table.columns],
        "indexes": [
            {
                "name": "PrimaryKey" if index.primary else index.column,
                "column": index.column,
                "primary": index.primary,
                "unique": index.unique,
            }
            for index in table.indexes
        ],
        "properties": [*_properties(own)],
        "rows": [[_cell(cell) for cell in row] for row in rows],
    }


def _column(column: AccessColumn) -> dict[str, Any]:
    return {
        "name": column.name,
        "type": _TYPES[column.type],
        "size": column.size,
        "auto": column.type == "autonumber",
        "properties": [*_properties(properties_of(column))],
    }


def _properties(found: Iterable[tuple[str, str, str | int | bool]]) -> Iterator[dict[str, Any]]:
    for name, kind, value in found:
        if value:
            yield {"name": name, "type": _KINDS[kind], "value": value}


def _relation(relation: Relation, n: int) -> dict[str, Any]:
    return {
        "name": f"rk_{n:02}",
        "table": relation.table,
        "column": relation.column,
        "to_table": relation.to_table,
        "to_column": relation.to_column,
        "enforced": relation.enforced,
    }


def _cell(value: Cell) -> str | int | bool | None:
    """Give a cell as JSON has it: days and amounts as texts that are the same in every language."""
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value
