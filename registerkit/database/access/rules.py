"""The definition's rules as Access keeps them: what a value must meet, what a row must meet, and what is said if not.

Access has one rule per column, which sees that column only, and one per table. Only what makes sync refuse a row is
made a rule; what sync tells as a warning, or holds a closing back for, is no reason to keep somebody from typing on.
Rules for which there is no room are left to sync too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from registerkit.database.access.expressions import all_of, any_of, bracketed, day_literal, is_filled, is_one_of
from registerkit.database.access.layout import LONGEST
from registerkit.database.access.names import AccessNames
from registerkit.definition import Definition, Field, Rule, Table
from registerkit.definition.kinds import FIRST_DAY, LAST_DAY
from registerkit.texts import Texts

__all__ = ["DAY_RULES", "ELSEWHERE", "FIELD_RULES", "ROW_RULES", "Refusal", "RuleMaker"]


@dataclass(frozen=True)
class Refusal:
    """An expression that must be true, and what is said when it is not."""

    rule: str = ""
    text: str = ""


class RuleMaker:
    """Makes the rules of one register in its language."""

    def __init__(self, definition: Definition, names: AccessNames, texts: Texts) -> None:
        self.definition = definition
        self.texts = texts
        self._names = names

    def for_field(self, field: Field) -> Refusal:
        """Return what the values of a field must meet; empty when anything goes."""
        if not field.is_input:
            return Refusal()
        mine = [r for r in self._strict(field.table) if field.id in r.fields and r.when.is_empty]
        found = [*self._of_kind(field)]
        found += [FIELD_RULES[rule.kind](self, rule, field) for rule in mine if rule.kind in FIELD_RULES]
        label = field.labels[self.texts.language]
        return _joined(found, f"{label}: ", lambda rules: f"Is Null Or ({all_of(rules)})")

    def for_row(self, table: Table) -> Refusal:
        """Return what the rows of a table must meet."""
        mine = [rule for rule in self._strict(table.id) if rule.kind in ROW_RULES]
        return _joined((refusal for rule in mine for refusal in ROW_RULES[rule.kind](self, rule)), "", all_of)

    def column(self, rule: Rule, field_id: str) -> str:
        """Return the name of a column that a rule is about."""
        return self._names.column(rule.table, field_id)

    def labels(self, rule: Rule, field_ids: Iterable[str]) -> list[str]:
        """Return the headers of fields."""
        by_id = self.definition.tables[rule.table].by_id
        return [by_id[f].labels[self.texts.language] for f in field_ids]

    def why(self, rule: Rule) -> str:
        """Return the office's own words for a rule; empty when it has none."""
        return rule.text.get(self.texts.language, "")

    def unless(self, rule: Rule) -> Iterator[str]:
        """Return the tests of which one frees a row from a rule."""
        for field_id, codes in (rule.when.equals or {}).items():
            column = self.column(rule, field_id)
            yield f"{bracketed(column)} Is Null"
            yield f"Not ({is_one_of(codes, column)})"
        yield from (f"{bracketed(self.column(rule, f))} Is Null" for f in rule.when.filled)
        yield from (is_filled(self.column(rule, f)) for f in rule.when.empty)

    def _strict(self, table_id: str) -> Iterator[Rule]:
        """Return the rules that sync refuses a row for, as far as the file has the columns that they look at."""
        kept = {f.id for f in self.definition.tables[table_id].fields if f.stored}
        for rule in self.definition.rules_by_table[table_id]:
            grouped = (field_id for group in rule.groups for field_id in group)
            about = {*rule.fields, *grouped, *rule.when.field_ids(), *([rule.other] if rule.other else [])}
            if rule.severity == "error" and not self.definition.closes(rule) and about <= kept:
                yield rule

    def _days(self, field: Field) -> Refusal:
        """Return between which days a date must lie: as sync has it, or closer together where rules say so."""
        mine = [rule for rule in self._strict(field.table) if field.id in rule.fields and rule.when.is_empty]
        first = max((rule.day for rule in mine if rule.kind == "not_before_day" and rule.day), default=FIRST_DAY)
        past = any(rule.kind == "not_future" for rule in mine)
        last = self.texts("access.refuse.today") if past else LAST_DAY
        told = self.texts("access.refuse.day", first=first, last=last)
        return Refusal(all_of([f">={day_literal(first)}", "<=Date()" if past else f"<={day_literal(LAST_DAY)}"]), told)

    def _of_kind(self, field: Field) -> Iterator[Refusal]:
        texts = self.texts
        if field.kind == "date":
            yield self._days(field)
        if field.kind == "yesno":
            yield Refusal(is_one_of([texts("value.yes"), texts("value.no")]), texts("finding.not_yes_or_no.fix"))


def _joined(found: Iterable[Refusal], before: str, whole: Callable[[list[str]], str]) -> Refusal:
    """Return refusals as one, as many of them as there is room for."""
    rules: list[str] = []
    texts: list[str] = []
    for refusal in found:
        more = [*texts, refusal.text] if refusal.text not in texts else texts
        if len(whole([*rules, refusal.rule])) <= LONGEST and len(before + " ".join(more)) <= LONGEST:
            rules.append(refusal.rule)
            texts = more
    return Refusal(whole(rules), before + " ".join(texts)) if rules else Refusal()


# ----------------------------------------------------------------------------------------------------- of one column
def _named(maker: RuleMaker, rule: Rule, _: Field) -> Refusal:
    return Refusal(f"Not {is_one_of(rule.values)}", maker.why(rule) or maker.texts("access.refuse.named"))


def _between(maker: RuleMaker, rule: Rule, field: Field) -> Refusal:
    low, high = _bound(rule.minimum, field), _bound(rule.maximum, field)
    tests = [f"{sign}{bound}" for sign, bound in ((">=", low), ("<=", high)) if bound]
    first, last = (bound.replace(".", maker.texts("value.decimal")) for bound in (low, high))
    if low and high:
        return Refusal(all_of(tests), maker.texts("access.refuse.between", minimum=first, maximum=last))
    return Refusal(all_of(tests), maker.texts(f"access.refuse.{'at_least' if low else 'at_most'}", bound=first or last))


def _bound(bound: int | None, field: Field) -> str:
    """Return a bound as Access writes it: amounts in euros; empty when there is none."""
    if bound is None:
        return ""
    return str(Decimal(bound) / 100 if field.kind == "money" else bound)


FIELD_RULES: Mapping[str, Callable[[RuleMaker, Rule, Field], Refusal]] = {
    "named": _named,
    "between": _between,
}
"""The kinds of rule that look at one column."""

DAY_RULES = frozenset({"not_future", "not_before_day"})
"""Those that a column of dates brings together with what any date must meet."""


# ---------------------------------------------------------------------------------------------------------- of a row
def _required(maker: RuleMaker, rule: Rule) -> Iterator[Refusal]:
    if rule.when.later or rule.when.not_later or rule.when.over:
        return
    filled = all_of(is_filled(maker.column(rule, f)) for f in rule.fields)
    told = maker.why(rule) or maker.texts("access.refuse.required", labels=maker.labels(rule, rule.fields))
    yield Refusal(any_of([*maker.unless(rule), filled]), told)


def _any_of(maker: RuleMaker, rule: Rule) -> Iterator[Refusal]:
    ways = [all_of(is_filled(maker.column(rule, f)) for f in group) for group in rule.groups]
    if rule.when.is_empty:
        told = maker.texts("access.refuse.any_of", labels=maker.labels(rule, rule.fields))
        yield Refusal(any_of(ways), maker.why(rule) or told)


def _ordered(sign: str, text: str) -> Callable[[RuleMaker, Rule], Iterator[Refusal]]:
    def face(maker: RuleMaker, rule: Rule) -> Iterator[Refusal]:
        other = maker.definition.tables[rule.table].by_id[rule.other or ""]
        there = bracketed(maker.column(rule, other.id))
        free = [] if other.when == "intake" else [f"{there} Is Null"]
        for field_id in rule.fields if rule.when.is_empty else ():
            column = bracketed(maker.column(rule, field_id))
            told = maker.texts(text, label=maker.labels(rule, [field_id]), other=maker.labels(rule, [other.id]))
            yield Refusal(any_of([f"{column} Is Null", *free, f"{column}{sign}{there}"]), told)

    return face


def _allowed(maker: RuleMaker, rule: Rule) -> Iterator[Refusal]:
    if rule.when.later or rule.when.not_later or rule.when.over:
        return
    for field_id in rule.fields:
        column = maker.column(rule, field_id)
        tests = [*maker.unless(rule), f"{bracketed(column)} Is Null", is_one_of(rule.values, column)]
        told = maker.why(rule) or maker.texts("access.refuse.allowed", label=maker.labels(rule, [field_id]))
        yield Refusal(any_of(tests), told)


ROW_RULES: Mapping[str, Callable[[RuleMaker, Rule], Iterator[Refusal]]] = {
    "required": _required,
    "any_of": _any_of,
    "not_before": _ordered(">=", "access.refuse.not_before"),
    "not_after": _ordered("<=", "access.refuse.not_after"),
    "allowed": _allowed,
}
"""The kinds of rule that look at a whole row."""

ELSEWHERE = frozenset({"unique", "known_numbers", "different"})
"""The others: an index, a relation, and what only sync can tell (a name that is the same person as a code)."""
