"""Reads the tables of a definition file: their sheets, groups and fields."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from registerkit.definition.kinds import KINDS
from registerkit.definition.model import PERSONAL_KINDS, ChoiceList, Field, Group, Labels, Table
from registerkit.faults import Faults
from registerkit.texts import LANGUAGES

__all__ = ["read_labels", "read_tables"]

_TABLE_KEYS = {
    *LANGUAGES, "sheet", "excel", "key", "parent", "numbering", "hidden_key", "typed_keys", "in_sheet", "fixed",
    "groups", "fields",
}  # fmt: skip
_FIELD_KEYS = {
    *LANGUAGES, "id", "kind", "group", "when", "list", "parent", "default", "default_from", "computed", "live",
    "stored", "help", "aliases", "visible", "form", "question", "hint", "width", "hidden", "role", "personal",
    "elsewhere",
}  # fmt: skip
_GROUP_KEYS = {*LANGUAGES, "id", "tint"}
_IDENTIFIER = re.compile(r"[a-z][a-z0-9_]*\Z")
_BAD_HEADER = re.compile(r"[#\[\]'@:]")
"""Characters that formulas have to escape in the name of a column, which not every program does alike."""


def read_labels(tree: Mapping[str, Any], where: str, faults: Faults) -> Labels:
    """Read the label per language; every language is asked for."""
    given = [language for language in LANGUAGES if language in tree] or list(LANGUAGES[:1])
    written = {language: faults.require(tree, language, str, where, "") for language in given}
    # A register is kept in one language: where nothing is written for another, that one stands in.
    labels = {language: written.get(language, written[given[0]]) for language in LANGUAGES}
    for language, label in labels.items():
        if tree.get(language) == label and not label.strip():
            faults.add("missing_key", where, key=language)
    return labels


def read_tables(tree: Mapping[str, Any], lists: Mapping[str, ChoiceList], faults: Faults) -> dict[str, Table]:
    """Read `[tables.<id>]` with their groups and fields."""
    return {table_id: _table(table_id, body, lists, faults) for table_id, body in tree.items()}


def _table(table_id: str, found: Any, lists: Mapping[str, ChoiceList], faults: Faults) -> Table:
    where = f"tables.{table_id}"
    body = faults.body(found, where)
    faults.keys(where, body, _TABLE_KEYS)
    groups = tuple(_group(g, f"{where}.groups", faults) for g in faults.take(body, "groups", list, where, []))
    fields = tuple(
        _field(table_id, f, f"{where}.fields", faults) for f in faults.require(body, "fields", list, where, [])
    )
    in_sheet = faults.take(body, "in_sheet", bool, where, True)
    table = Table(
        id=table_id,
        labels=read_labels(body, where, faults),
        sheet=read_labels(faults.take(body, "sheet", dict, where, {}), f"{where}.sheet", faults) if in_sheet else {},
        excel=read_labels(faults.take(body, "excel", dict, where, {}), f"{where}.excel", faults) if in_sheet else {},
        key=faults.require(body, "key", str, where, ""),
        fields=fields,
        groups=groups,
        parent=faults.take(body, "parent", str, where),
        numbering=faults.take(body, "numbering", str, where),
        hidden_key=faults.take(body, "hidden_key", bool, where, False),
        typed_keys=faults.take(body, "typed_keys", bool, where, False),
        in_sheet=in_sheet,
        fixed=faults.take(body, "fixed", bool, where, False),
    )
    _check_table(table, lists, faults)
    return table


def _group(found: Any, where: str, faults: Faults) -> Group:
    tree = faults.body(found, where)
    faults.keys(where, tree, _GROUP_KEYS)
    return Group(
        faults.require(tree, "id", str, where, ""),
        read_labels(tree, where, faults),
        faults.take(tree, "tint", str, where, "F3F6F8"),
    )


def _field(table: str, found: Any, where: str, faults: Faults) -> Field:
    tree = faults.body(found, where)
    field_id = faults.require(tree, "id", str, where, "")
    where = f"{where}.{field_id}"
    faults.keys(where, tree, _FIELD_KEYS)
    field = Field(
        id=field_id,
        table=table,
        kind=faults.require(tree, "kind", str, where, "text"),
        labels=read_labels(tree, where, faults),
        group=faults.take(tree, "group", str, where, ""),
        when=faults.take(tree, "when", str, where, ""),
        choices=faults.take(tree, "list", str, where),
        parent=faults.take(tree, "parent", str, where),
        default=faults.take(tree, "default", str, where),
        default_from=faults.take(tree, "default_from", str, where),
        computed=faults.take(tree, "computed", str, where),
        live=faults.take(tree, "live", bool, where, False),
        stored=faults.take(tree, "stored", bool, where, True),
        help=faults.named_words(tree, "help", where),
        aliases=faults.words(tree, "aliases", where),
        elsewhere=faults.words(tree, "elsewhere", where),
        visible=faults.take(tree, "visible", bool, where, False),
        form=faults.take(tree, "form", str, where, ""),
        question=faults.named_words(tree, "question", where),
        hint=faults.named_words(tree, "hint", where),
        width=float(faults.take(tree, "width", int, where, 0)),
        hidden=faults.take(tree, "hidden", bool, where, False),
        role=faults.take(tree, "role", str, where, ""),
        personal=faults.take(tree, "personal", bool, where, False),
    )
    _check_field(field, where, faults)
    return field


def _check_field(field: Field, where: str, faults: Faults) -> None:
    if not _IDENTIFIER.match(field.id):
        faults.add("bad_id", where, word=field.id)
    if field.kind not in KINDS and field.kind != "computed":
        faults.unknown("unknown_kind", f"{where}.kind", field.kind, {*KINDS, "computed"})
    if field.kind == "computed" and field.computed not in KINDS:
        faults.unknown("unknown_kind", f"{where}.computed", field.computed or "", KINDS)
    if field.personal and field.kind in {*KINDS, "computed"} - {*PERSONAL_KINDS}:
        faults.add("not_personal", where, word=field.id, known=", ".join(PERSONAL_KINDS))
    if field.when not in ("", "intake", "default", "close"):
        faults.unknown("unknown_when", f"{where}.when", field.when, {"intake", "default", "close"})
    for label in field.labels.values():
        if _BAD_HEADER.search(label):
            faults.add("bad_header", where, word=label)


def _check_table(table: Table, lists: Mapping[str, ChoiceList], faults: Faults) -> None:
    where = f"tables.{table.id}"
    _check_names(table, where, faults)
    if table.key not in table.by_id:
        faults.unknown("unknown_field", f"{where}.key", table.key, table.by_id)
    groups = {g.id for g in table.groups}
    for field in table.fields:
        if field.group and field.group not in groups:
            faults.unknown("unknown_group", f"{where}.fields.{field.id}.group", field.group, groups)
        if field.value_kind == "choice" and field.choices not in lists:
            faults.unknown("unknown_list", f"{where}.fields.{field.id}.list", field.choices or "", lists)
        if field.parent and field.parent not in table.by_id:
            faults.unknown("unknown_field", f"{where}.fields.{field.id}.parent", field.parent, table.by_id)
        choices = lists.get(field.choices or "")
        if field.kind == "choice" and field.default and choices and field.default not in choices.by_code:
            faults.unknown("unknown_code", f"{where}.fields.{field.id}.default", field.default, choices.by_code)


def _check_names(table: Table, where: str, faults: Faults) -> None:
    if not _IDENTIFIER.match(table.id):
        faults.add("bad_id", where, word=table.id)
    for word in _twice([f.id for f in table.fields]):
        faults.add("duplicate_field", f"{where}.fields", word=word)
    for language in LANGUAGES:
        headers = [f.labels[language] for f in table.fields] + [a for f in table.fields for a in f.aliases]
        for word in _twice([h.casefold() for h in headers]):
            faults.add("duplicate_header", f"{where}.fields", word=word)


def _twice(words: list[str]) -> list[str]:
    return sorted({word for word in words if words.count(word) > 1})
