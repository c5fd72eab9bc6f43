"""The definition of a register: what one file says, from which every face of the register follows."""

from registerkit.definition.characters import plain, visible
from registerkit.definition.condition import Condition, Value
from registerkit.definition.headers import clean_header, header_key
from registerkit.definition.kinds import KINDS, Kind
from registerkit.definition.load import check_definition, definition_of, load_definition, parse_definition
from registerkit.definition.lookups import Lookups, fold
from registerkit.definition.model import (
    Choice,
    ChoiceList,
    Definition,
    Derivation,
    Field,
    Group,
    Labels,
    Record,
    Rule,
    Table,
)

__all__ = [
    "KINDS",
    "Choice",
    "ChoiceList",
    "Condition",
    "Definition",
    "Derivation",
    "Field",
    "Group",
    "Kind",
    "Labels",
    "Lookups",
    "Record",
    "Rule",
    "Table",
    "Value",
    "check_definition",
    "clean_header",
    "definition_of",
    "fold",
    "header_key",
    "load_definition",
    "parse_definition",
    "plain",
    "visible",
]
