"""Fills in the tags of a letter template, and nothing more: an office gets templates from anywhere.

A template sees the values of its letter. It cannot reach the program behind them, and cannot ask for work without end.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from jinja2 import StrictUndefined, Undefined
from jinja2.exceptions import SecurityError
from jinja2.runtime import BlockReference, Context, LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment

__all__ = ["LetterEnvironment"]

_VALUES = (str, int, float, date, list, tuple, dict, type(None))
"""What a letter is told; of anything else no attribute can be asked for."""
_FILTERS = frozenset(
    {
        *("abs", "capitalize", "count", "d", "default", "dictsort", "e", "escape", "first", "float", "forceescape"),
        *("groupby", "int", "items", "join", "last", "length", "list", "lower", "map", "max", "min", "reject"),
        *("rejectattr", "replace", "reverse", "round", "safe", "select", "selectattr", "sort", "string", "striptags"),
        *("sum", "title", "trim", "truncate", "unique", "upper", "wordcount"),
    }
)
"""The filters of Jinja without those that look inside things, use chance, or make texts as long as a template likes."""
_METHODS = frozenset(
    {
        *("capitalize", "casefold", "count", "endswith", "find", "get", "index", "isalpha", "isdigit", "items", "join"),
        *("keys", "lower", "lstrip", "partition", "removeprefix", "removesuffix", "replace", "rpartition", "rsplit"),
        *("rstrip", "split", "splitlines", "startswith", "strip", "swapcase", "title", "upper", "values"),
    }
)
"""What can be called of those values; formatting, which reaches inside them, and filling up are not among them."""
_MOST_BITS = 256
"""How large a power may become."""


class LetterEnvironment(ImmutableSandboxedEnvironment):
    """Jinja without globals; what is unknown or not allowed is a `TemplateError` that names it."""

    intercepted_binops = frozenset({"*", "**", "%"})
    """Their outcome can be huge, or reach inside a value as formatting does; they are not worked out beforehand."""

    def __init__(self) -> None:
        super().__init__(undefined=StrictUndefined, autoescape=True)
        self.globals.clear()
        self.filters = {name: found for name, found in self.filters.items() if name in _FILTERS}

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Tell whether a template may ask for an attribute: of plain values and of loops."""
        known = isinstance(obj, (*_VALUES, LoopContext, Undefined))
        return known and super().is_safe_attribute(obj, attr, value)

    def is_safe_callable(self, obj: Any) -> bool:
        """Tell whether a template may call something: its own macros and blocks, loops, and what reads a value."""
        if isinstance(obj, (Macro, BlockReference, LoopContext, Undefined)):
            return True  # What is undefined says so itself.
        owner = getattr(obj, "__self__", None)
        if isinstance(owner, LoopContext):
            return True
        return isinstance(owner, _VALUES) and getattr(obj, "__name__", None) in _METHODS

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805  # As Jinja has it.
        """Call something, or say by its name that it cannot be called."""
        if not __self.is_safe_callable(__obj):
            name = getattr(__obj, "__name__", type(__obj).__name__)
            raise SecurityError(f"{name}() cannot be used in a letter")
        return __context.call(__obj, *args, **kwargs)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Work with numbers only, and not beyond all bounds."""
        for value in (left, right):
            if not isinstance(value, (int, float, Undefined)):
                raise SecurityError(f"{operator} works with numbers only in a letter, not with {str(value)[:40]!r}")
        if operator == "**" and _is_huge(left, right):
            raise SecurityError("** gives too large a number for a letter")
        return super().call_binop(context, operator, left, right)


def _is_huge(base: Any, exponent: Any) -> bool:
    if not isinstance(base, int) or not isinstance(exponent, int):
        return False
    return base.bit_length() * exponent > _MOST_BITS
