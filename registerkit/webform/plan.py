"""Plans the web form: which questions it asks in which blocks, how each is asked, and what an answer must be.

The office's own part is left out, and so are rules that look at what the form does not ask.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from registerkit.definition import Definition, Field, Lookups, Rule, fold
from registerkit.register import written
from registerkit.texts import Texts
from registerkit.texts.formats import listed
from registerkit.workbook import WorkbookContent
from registerkit.workbook.form_plan import OFFICE, block_title

__all__ = ["CHECKED", "Asked", "Block", "asked_fields", "form_rules", "web_blocks"]

_AUTOCOMPLETE = {
    "name": "name", "organisation": "organization", "address": "address-line1", "postcode": "postal-code",
    "city": "address-level2", "country": "country-name", "phone": "tel", "email": "email",
}  # fmt: skip
"""What a browser may fill in of whoever sits before it, by the field's role."""
_KEYS = {"date": "numeric", "integer": "numeric", "money": "decimal", "email": "email", "phone": "tel"}
"""The keys that a telephone shows, by the field's kind."""
_CONTROLS = {"memo": "memo", "choice": "choice", "yesno": "yesno"}


@dataclass(frozen=True)
class Asked:
    """A question of the form and the box for its answer."""

    id: str
    """The field's name in the definition file, by which the answer is read back."""
    kind: str
    label: str
    hint: str
    control: str
    is_required: bool
    is_large: bool = False
    may_be_required: bool = False
    """Another answer can make it so."""
    parent: str = ""
    choices: Sequence[tuple[str, str, str]] = ()
    """Code, label, and the parent's code."""
    note: str = ""
    """What is said before it and the questions behind it: that one of them is enough."""

    autocomplete: str = ""
    keys: str = ""
    type: str = "text"


@dataclass(frozen=True)
class Block:
    """Questions under one title."""

    title: str
    fields: Sequence[Asked]


def asked_fields(definition: Definition) -> Mapping[str, Field]:
    """Return the fields that a complainant fills in, by the name that the definition file gives them."""
    return {f.name: f for f in definition.main.fields if f.form and f.form != OFFICE and f.is_input}


def web_blocks(content: WorkbookContent) -> list[Block]:
    """Lay the form out, in the definition's order."""
    fields = list(asked_fields(content.definition).values())
    rules = _rules(content.definition)
    blocks = dict.fromkeys(f.form for f in fields)
    return [
        Block(
            " ".join(block_title(content.texts, block).split()),
            [_asked(content, field, rules) for field in fields if field.form == block],
        )
        for block in blocks
    ]


def _asked(content: WorkbookContent, field: Field, rules: Sequence[Rule]) -> Asked:
    language, texts = content.language, content.texts
    hint = field.hint.get(language, "") or (texts("webform.date_hint") if field.kind == "date" else "")
    parent = content.main.by_id.get(field.parent or "")
    return Asked(
        id=field.name,
        kind=field.kind,
        label=field.asked(language),
        hint=hint,
        control=_CONTROLS.get(field.kind, "text"),
        is_required=field.when == "intake",
        is_large=field.kind == "memo" and field.when == "intake",
        may_be_required=any(r.kind == "required" and field.id in r.fields for r in rules),
        parent=parent.name if parent else "",
        choices=_choices(content, field),
        note=_note(content, field, rules),
        autocomplete=_AUTOCOMPLETE.get(field.id, ""),
        keys=_KEYS.get(field.kind, ""),
        type={"email": "email", "phone": "tel"}.get(field.kind, "text"),
    )


def _choices(content: WorkbookContent, field: Field) -> list[tuple[str, str, str]]:
    if field.kind == "yesno":
        return [(word, content.texts(f"value.{word}"), "") for word in ("yes", "no")]
    entries = content.lookups.lists.get(field.choices or "", ()) if field.kind == "choice" else ()
    return [(entry.code, entry.labels[content.language], entry.parent or "") for entry in entries if entry.in_use]


def _note(content: WorkbookContent, field: Field, rules: Sequence[Rule]) -> str:
    """Return what is said before the first question of those of which one is enough."""
    order = [f.id for f in content.main.fields]
    for rule in rules:
        among = [f for group in rule.groups for f in group]
        if rule.kind == "any_of" and rule.when.is_empty and field.id == min(among, key=order.index):
            return content.texts("webform.any_of", ways=_ways(content, rule))
    return ""


def _ways(content: WorkbookContent, rule: Rule) -> str:
    named = {f.id: f.asked(content.language) for f in content.main.fields}
    ways = [_way([named[f] for f in group], content) for group in rule.groups]
    return content.texts("workbook.form.or").join(filter(None, (", ".join(ways[:-1]), ways[-1])))


def _way(names: Sequence[str], content: WorkbookContent) -> str:
    """Return what must be there together: the first, with the others."""
    rest = listed(names[1:], content.language)
    return content.texts("webform.together", first=names[0], rest=rest) if rest else names[0]


# ------------------------------------------------------------------------------------------------------------- rules
def form_rules(content: WorkbookContent) -> list[dict[str, Any]]:
    """Return the rules that the page itself can check, each with what it says and the first field it speaks of."""
    names = {f.id: f.name for f in content.main.fields}
    return [_told(content, rule, names) for rule in _rules(content.definition)]


CHECKED = frozenset(
    {"required", "any_of", "named", "not_future", "not_before_day", "not_before", "not_after", "between", "allowed"}
)
"""The kinds of rules that the page looks at itself; the others ask for more than the form knows."""


def _rules(definition: Definition) -> list[Rule]:
    """Return the rules about nothing but what the form asks."""
    shown = {field.id for field in asked_fields(definition).values()}
    found = []
    for rule in definition.rules_by_table.get(definition.main_id, ()):
        needed = {*rule.when.field_ids(), *(f for group in rule.groups for f in group), *filter(None, (rule.other,))}
        about = [f for f in rule.fields if f in shown]
        is_simple = not (rule.when.over or rule.when.later or rule.when.not_later)
        if rule.kind in CHECKED and rule.severity == "error" and about and needed <= shown and is_simple:
            found.append(rule)
    return found


def _told(content: WorkbookContent, rule: Rule, names: Mapping[str, str]) -> dict[str, Any]:
    shown = asked_fields(content.definition)
    fields = [names[f] for f in rule.fields if names[f] in shown]
    told: dict[str, Any] = {"kind": rule.kind, "fields": fields, "text": _text(content, rule)}
    when = rule.when
    told["is"] = {names[f]: list(codes) for f, codes in (when.equals or {}).items()}
    told["filled"], told["empty"] = ([names[f] for f in part] for part in (when.filled, when.empty))
    told |= {"groups": [[names[f] for f in group] for group in rule.groups]} if rule.groups else {}
    told |= {"other": names[rule.other]} if rule.other else {}
    told |= {"values": [fold(v) if rule.kind == "named" else v for v in rule.values]} if rule.values else {}
    told |= {"minimum": rule.minimum, "maximum": rule.maximum} if rule.kind == "between" else {}
    told |= {"day": rule.day.isoformat()} if rule.day else {}
    return told


def _text(content: WorkbookContent, rule: Rule) -> Mapping[str, str]:
    """Return what is said when a rule does not hold, by the case where it knows several."""
    texts, field = content.texts, content.main.by_id[rule.fields[0]]
    other = content.main.by_id[rule.other].asked(content.language) if rule.other else ""
    if rule.kind == "between":
        low, high = (written(field, bound, content.lookups) for bound in (rule.minimum, rule.maximum))
        return {"low": texts("webform.told.too_low", minimum=low), "high": texts("webform.told.too_high", maximum=high)}
    return {"": _sentence(texts, rule, content, other)}


def _sentence(texts: Texts, rule: Rule, content: WorkbookContent, other: str) -> str:
    if rule.kind == "named":
        why = rule.text.get(content.language, "")
        return " ".join(filter(None, (texts("webform.told.not_named"), why)))
    if rule.kind == "any_of":
        return texts("webform.told.any_of", ways=_ways(content, rule))
    if rule.kind == "allowed":
        return texts("webform.told.not_allowed", choices=list(_labels(content.lookups, rule, content.main.by_id)))
    if rule.kind in ("not_before", "not_after"):
        name = "before_other" if rule.kind == "not_before" else "after_other"
        return texts(f"webform.told.{name}", other=other)
    if rule.kind == "not_before_day":
        return texts("webform.told.too_early", day=rule.day)
    return texts("webform.told.future" if rule.kind == "not_future" else "webform.told.required")


def _labels(lookups: Lookups, rule: Rule, fields: Mapping[str, Field]) -> Iterable[str]:
    listed = fields[rule.fields[0]].choices or ""
    return filter(None, (lookups.label(listed, code) for code in rule.values))
