"""What a definition is made of: tables of fields, choice lists, rules and groups, with labels per language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal

from registerkit.definition.condition import Condition, Value
from registerkit.definition.headers import header_key

__all__ = [
    "PERSONAL_KINDS",
    "Choice",
    "ChoiceList",
    "Definition",
    "Derivation",
    "Field",
    "Group",
    "Labels",
    "Record",
    "Rule",
    "Table",
    "Value",
    "When",
]

Labels = Mapping[str, str]
"""A text per language, `{"nl": …, "en": …}`."""

Record = dict[str, Value]
"""One row: field id to value. Choices and persons hold codes, money holds cents, an empty field holds None."""

PERSONAL_KINDS = ("text", "memo", "phone", "email", "postcode", "choice")
"""The kinds of fields that can be anonymised: days, amounts and keys are what figures are counted from."""

When = Literal["intake", "default", "close", ""]
"""When a field must be filled: to register, by sync when empty, to close, or never."""


@dataclass(frozen=True)
class Choice:
    """One entry of a choice list."""

    code: str
    labels: Labels
    parent: str | None = None
    explanation: Labels = field(default_factory=dict)
    in_use: bool = True
    aliases: tuple[str, ...] = ()
    """Earlier labels, which still resolve."""


@dataclass(frozen=True)
class ChoiceList:
    """The entries that a choice field may hold."""

    id: str
    labels: Labels
    choices: tuple[Choice, ...]
    fixed: bool = False
    """The entries are registerkit's own: an office may call them otherwise, but adds none."""

    @cached_property
    def by_code(self) -> dict[str, Choice]:
        """Entries by their code."""
        return {choice.code: choice for choice in self.choices}


@dataclass(frozen=True)
class Field:
    """One column of a table. In the main table `id` is the field's role: what every stage asks for it by."""

    id: str
    table: str
    kind: str
    labels: Labels
    group: str = ""
    when: When = ""
    choices: str | None = None
    """The choice list's id, for kind `choice` (and for a computed field that shows a choice)."""
    parent: str | None = None
    """The field whose value limits this one's choices."""
    default: str | None = None
    """A fixed value, as a code."""
    default_from: str | None = None
    """Where sync takes the value when it is empty: owner, branch, routing, extension."""
    computed: str | None = None
    """For kind `computed`: the kind of the value that comes out."""
    live: bool = False
    """For kind `computed`: the workbook holds a formula, not a value."""
    stored: bool = True
    """For kind `computed`: kept by the store; what depends on today is not."""
    help: Labels = field(default_factory=dict)
    aliases: tuple[str, ...] = ()
    """Earlier headers, which still resolve."""
    elsewhere: tuple[str, ...] = ()
    """Headers under other profiles: they resolve in a workbook of ours."""
    visible: bool = False
    """Unfolded when the workbook is opened for the first time."""
    form: str = ""
    """The block of the intake form where the field stands; empty when it is not on the form."""
    question: Labels = field(default_factory=dict)
    """What the form asks, where that is not the label."""
    hint: Labels = field(default_factory=dict)
    """What helps whoever fills in the form: `help` speaks to the office."""
    width: float = 0.0
    """Column width in characters; 0 leaves it to the kind."""
    hidden: bool = False
    role: str = ""
    """What a definition file says that stages ask for the field by, where that is not its id."""
    personal: bool = False
    """What it holds is of a person or may name one: it goes when a complaint is anonymised."""
    declared: str = ""
    """The field's id in the definition file, where its role is another word."""

    def asked(self, language: str) -> str:
        """Return what the form says above the field's box."""
        return self.question.get(language) or self.labels[language]

    @property
    def name(self) -> str:
        """What JSON and letter templates call the field: its id in the definition file."""
        return self.declared or self.id

    @property
    def value_kind(self) -> str:
        """The kind of the values: for a computed field the kind that comes out."""
        return self.computed or self.kind

    @property
    def is_input(self) -> bool:
        """Whether people fill it in; a computed field is never read back."""
        return self.kind != "computed"


@dataclass(frozen=True)
class Group:
    """A run of columns that folds together."""

    id: str
    labels: Labels
    tint: str


@dataclass(frozen=True)
class Table:
    """One table: a sheet with an Excel table, and a table in the store."""

    id: str
    sheet: Labels
    excel: Labels
    key: str
    fields: tuple[Field, ...]
    groups: tuple[Group, ...] = ()
    parent: str | None = None
    """The field that holds the main table's key, for tables that belong to it."""
    numbering: str | None = None
    """The pattern of keys given out, such as `{prefix}-{year}-{n:04}`; None for typed keys."""
    hidden_key: bool = False
    """The key is made by the kit and not shown (contacts, pauses)."""
    typed_keys: bool = False
    """People may type keys of their own beside those given out."""
    in_sheet: bool = True
    fixed: bool = False
    """The rows are registerkit's own: people fill them in, and add none."""
    labels: Labels = field(default_factory=dict)

    @cached_property
    def by_id(self) -> dict[str, Field]:
        """Fields by their id."""
        return {f.id: f for f in self.fields}

    @cached_property
    def by_header(self) -> Mapping[str, str]:
        """The fields' ids by every header that means one, as a key: labels of all languages, aliases, the id first."""
        own = [(each, (*each.labels.values(), *each.aliases, each.id, each.name)) for each in self.fields]
        found: dict[str, str] = {}
        for each, headers in (*own, *((each, each.elsewhere) for each in self.fields)):
            for header in headers:
                found.setdefault(header_key(header), each.id)
        return found

    @cached_property
    def names(self) -> Mapping[str, str]:
        """The fields' ids by what the definition file calls them."""
        return {f.name: f.id for f in self.fields}

    @cached_property
    def needed(self) -> tuple[Field, ...]:
        """The fields that no record can do without."""
        return tuple(f for f in self.fields if f.when == "intake")

    @cached_property
    def personal(self) -> frozenset[str]:
        """The fields that hold what is of a person, by id."""
        return frozenset(f.id for f in self.fields if f.personal)

    @property
    def inputs(self) -> tuple[Field, ...]:
        """The fields that people fill in, the key left out."""
        return tuple(f for f in self.fields if f.is_input and f.id != self.key)

    def field(self, field_id: str) -> Field:
        """Return a field; raises `KeyError` when there is none of that id."""
        return self.by_id[field_id]


@dataclass(frozen=True)
class Rule:
    """Something that must hold for a record; its kind says what, `fields` which cells are at fault."""

    id: str
    kind: str
    table: str
    fields: tuple[str, ...]
    severity: Literal["error", "warning", "info"] = "error"
    when: Condition = Condition()
    groups: tuple[tuple[str, ...], ...] = ()
    other: str | None = None
    values: tuple[str, ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    day: date | None = None
    text: Labels = field(default_factory=dict)
    """Says in the office's words why the rule is there."""


@dataclass(frozen=True)
class Derivation:
    """A value that follows from others: when the condition holds and it would change, sync fills it in."""

    table: str
    field: str
    when: Condition
    value: str | None = None
    source: str | None = None
    """The field whose value is taken, when it is no fixed value."""
    only_empty: bool = False


@dataclass(frozen=True)
class Definition:
    """A whole register, as one definition file describes it."""

    id: str
    version: int
    labels: Labels
    main_id: str
    tables: Mapping[str, Table]
    lists: Mapping[str, ChoiceList]
    rules: tuple[Rule, ...] = ()
    derivations: tuple[Derivation, ...] = ()
    closing: Condition = Condition()
    """When a main record is being closed, so that fields with `when = "close"` must be filled."""
    informal: Condition = Condition()
    """When the closing is an informal one, for which `informal_fields` suffice."""
    informal_fields: tuple[str, ...] = ()
    closing_fields: tuple[str, ...] = ()
    """The fields that are held back while something needed to close is missing."""

    @property
    def main(self) -> Table:
        """The table the register is about."""
        return self.tables[self.main_id]

    @cached_property
    def rules_by_table(self) -> Mapping[str, tuple[Rule, ...]]:
        """The rules of each table."""
        return {table: tuple(rule for rule in self.rules if rule.table == table) for table in self.tables}

    @cached_property
    def needed_to_close(self) -> tuple[Field, ...]:
        """The fields of the main table that must be filled to close."""
        return tuple(f for f in self.main.fields if f.when == "close")

    @cached_property
    def taken_over(self) -> Mapping[str, tuple[str, ...]]:
        """The fields of the main table whose value an empty one takes over, by the empty field's id."""
        found: dict[str, tuple[str, ...]] = {}
        for one in self.derivations:
            if one.table == self.main_id and one.only_empty and one.source:
                found[one.field] = (*found.get(one.field, ()), one.source)
        return found

    @cached_property
    def needed_with_answer(self) -> tuple[Field, ...]:
        """The fields that must be filled to close, but for those that follow from the day of the answer."""
        needed = (f for f in self.needed_to_close if f.id != "answered_on")
        return tuple(f for f in needed if "answered_on" not in self.taken_over.get(f.id, ()))

    @cached_property
    def closing_rules(self) -> tuple[Rule, ...]:
        """The rules that hold back a closing while a field is empty."""
        rules = self.rules_by_table[self.main_id]
        return tuple(rule for rule in rules if self.closes(rule) and rule.severity == "error")

    @cached_property
    def needed_informally(self) -> tuple[Field, ...]:
        """The fields of the main table that suffice for an informal closing."""
        return tuple(f for f in self.main.fields if f.id in self.informal_fields)

    def closes(self, rule: Rule) -> bool:
        """Tell whether a rule is about closing: then the closing is held back, not the field at fault."""
        closing, mine = self.closing.equals or {}, rule.when.equals or {}
        return rule.kind == "required" and any(set(mine.get(f, ())) & set(codes) for f, codes in closing.items())

    def role(self, name: str) -> Field | None:
        """Return the main table's field that plays a role, or None when this register has none."""
        return self.main.by_id.get(name)

    def parent_list(self, list_id: str) -> str | None:
        """Return the list whose entries limit those of another, such as the categories for the subcategories."""
        return self._parents.get(list_id)

    @cached_property
    def _parents(self) -> Mapping[str, str | None]:
        found: dict[str, str | None] = {}
        for one in self.fields():
            if one.choices and one.parent:
                found.setdefault(one.choices, self.tables[one.table].by_id[one.parent].choices)
        return found

    def fields(self) -> Iterator[Field]:
        """Return every field of every table."""
        for table in self.tables.values():
            yield from table.fields
