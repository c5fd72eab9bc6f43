"""Fills in the tags of a letter template, and nothing more: an office gets templates from anywhere.

A template sees the values of its letter. It cannot reach the program behind them, and cannot ask for work without end:
steps, texts and output are counted, for no clock stops a template in the middle everywhere.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, cast

from jinja2 import StrictUndefined, Undefined, nodes, pass_context
from jinja2.exceptions import SecurityError
from jinja2.runtime import BlockReference, Context, LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer

__all__ = ["BoundsError", "LetterEnvironment"]

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
METHODS = frozenset(
    {
        *("capitalize", "casefold", "count", "endswith", "find", "get", "index", "isalpha", "isdigit", "items", "join"),
        *("keys", "lower", "lstrip", "partition", "removeprefix", "removesuffix", "replace", "rpartition", "rsplit"),
        *("rstrip", "split", "splitlines", "startswith", "strip", "swapcase", "title", "upper", "values"),
    }
)
"""What can be called of those values; formatting, which reaches inside them, and filling up are not among them."""
_MOST_BITS = 256
"""How large a power may become, and what is multiplied."""
_MOST_DIGITS = 20
_MOST_STEPS = 50_000
"""Rounds of loops and calls, all together; a long table of measures has some hundreds."""
_MOST_TEXT = 200_000
"""Characters of one text; a cell of Excel holds 32,767."""
_MOST_WORK = 5_000_000
"""Characters of all texts that a template makes or looks at, together."""
_MOST_OUTPUT = 20_000_000
"""Characters of Word's XML that come out; a letter has some hundred thousand."""
_STEPS, _OPERAND = "steps of a loop", "part of a text"
"""Filters that are put around what loops go over and what `~` joins; the blanks keep templates from naming them."""


class BoundsError(SecurityError):
    """A template asks for more than a letter can need."""


class LetterEnvironment(ImmutableSandboxedEnvironment):
    """Jinja without globals; what is unknown or not allowed is a `TemplateError` that names it.

    The bounds are those of one letter: whoever fills in another begins anew.
    """

    intercepted_binops = frozenset({"+", "*", "**", "%"})
    """Their outcome can be huge, or reach inside a value as formatting does; they are not worked out beforehand."""

    def __init__(self) -> None:
        super().__init__(undefined=StrictUndefined, autoescape=True)
        self.begin()
        self.globals.clear()
        self.filters = {name: self._counted(name, self.filters[name]) for name in self.filters if name in _FILTERS}
        self.filters |= {_STEPS: self._all_steps, _OPERAND: self._operand}

    # ------------------------------------------------------------------------------------------------- the bounds
    def begin(self) -> None:
        """Count anew, for another letter."""
        self._steps = self._work = self._output = 0

    def step(self, n: int = 1) -> None:
        """Count rounds of loops, or calls."""
        self._steps += n
        if self._steps > _MOST_STEPS:
            raise BoundsError(f"more than {_MOST_STEPS} steps")

    def spend(self, size: int) -> None:
        """Count the size of a text or a list that is made or looked at."""
        self._work += size
        if size > _MOST_TEXT or self._work > _MOST_WORK:
            raise BoundsError(f"more than {_MOST_TEXT} characters")

    def concat(self, parts: Iterable[str]) -> str:
        """Put what comes out together."""
        out = []
        for part in parts:
            self._output += len(part)
            if self._output > _MOST_OUTPUT:
                raise BoundsError(f"more than {_MOST_OUTPUT} characters")
            out.append(part)
        return "".join(out)

    def _generate(self, source: nodes.Template, *args: Any, **kwargs: Any) -> str:
        """Let loops, joined texts and lists be counted wherever they stand."""
        return super()._generate(_Counting().visit(source), *args, **kwargs)

    @pass_context
    def _all_steps(self, _: Context, values: Iterable[Any]) -> list[Any]:
        found = list(values)
        self.step(len(found))
        return found

    @pass_context
    def _operand(self, _: Context, value: Any) -> Any:
        self.spend(_size(value))
        return value

    def _counted(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return a filter that counts what it looks at and makes."""
        at = 1 if hasattr(function, "jinja_pass_arg") else 0

        @functools.wraps(function)
        def counted(*args: Any, **kwargs: Any) -> Any:
            self.step()
            self._weigh(name, args[at:], kwargs)
            made = function(*args, **kwargs)
            self.spend(_size(made))
            return made

        return counted

    def _weigh(self, name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        """Count what a filter or a method of that name would look at or make, before it does."""
        value, rest = (args[0] if args else ""), [*args[1:], *kwargs.values()]
        self.spend(_size(value))
        if name == "replace" and len(rest) >= 2:
            text, old, new = str(value), str(rest[0]), str(rest[1])
            self.spend(len(text) + (text.count(old) if old else len(text) + 1) * len(new))
        elif name == "join":
            between, parts = (rest[0] if rest else ""), value
            if isinstance(value, str) and isinstance(between, (list, tuple)):  # The method has them the other way.
                between, parts = value, between
            if not isinstance(parts, (str, list, tuple, dict)):
                return  # What is worked out piece by piece was counted piece by piece; the outcome is counted too.
            self.spend(sum(map(_size, parts)) + len(parts) * _size(between))
        elif name == "round" and any(isinstance(n, int) and abs(n) > _MOST_DIGITS for n in rest):
            raise BoundsError(f"round to more than {_MOST_DIGITS} digits")

    # ------------------------------------------------------------------------------------------------ what is safe
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
        return isinstance(owner, _VALUES) and getattr(obj, "__name__", None) in METHODS

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805  # As Jinja has it.
        """Call something, or say by its name that it cannot be called."""
        name = getattr(__obj, "__name__", type(__obj).__name__)
        if not __self.is_safe_callable(__obj):
            raise SecurityError(f"{name}() cannot be used in a letter")
        __self.step()
        __self.spend(_size([*args, *kwargs.values()]))
        owner = getattr(__obj, "__self__", None)
        if not isinstance(owner, _VALUES) or owner is None:
            return __context.call(__obj, *args, **kwargs)
        __self._weigh(name, (owner, *args), kwargs)
        made = __context.call(__obj, *args, **kwargs)
        __self.spend(_size(made))
        return made

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Work with numbers, put texts and lists together, and not beyond all bounds."""
        if operator == "+":
            self.spend(_size(left) + _size(right))
            return super().call_binop(context, operator, left, right)
        for value in (left, right):
            if not isinstance(value, (int, float, Undefined)):
                raise SecurityError(f"{operator} works with numbers only in a letter, not with {str(value)[:40]!r}")
        if _is_huge(operator, left, right):
            raise BoundsError(f"{operator} gives too large a number for a letter")
        return super().call_binop(context, operator, left, right)


class _Counting(NodeTransformer):
    """Puts a filter that counts around what a template can make much of; none of these is worked out beforehand."""

    def visit_For(self, node: nodes.For) -> nodes.For:  # noqa: N802  # As Jinja has it.
        """Count the rounds of a loop."""
        if node.recursive:
            raise SecurityError("recursive cannot be used in a letter")
        self.generic_visit(node)
        node.iter = _filtered(node.iter, _STEPS)
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Concat:  # noqa: N802
        """Count what is joined before it is."""
        self.generic_visit(node)
        node.nodes = [_filtered(part, _OPERAND) for part in node.nodes]
        return node

    def visit_List(self, node: nodes.List) -> nodes.Expr:  # noqa: N802
        """Count a list, with what is in it."""
        self.generic_visit(node)
        return _filtered(node, _OPERAND)

    def visit_Dict(self, node: nodes.Dict) -> nodes.Expr:  # noqa: N802
        """Count names with their values."""
        self.generic_visit(node)
        return _filtered(node, _OPERAND)

    def visit_Tuple(self, node: nodes.Tuple) -> nodes.Expr:  # noqa: N802
        """Count a row of values; one that takes values apart holds none."""
        self.generic_visit(node)
        return node if node.ctx == "store" else _filtered(node, _OPERAND)


def _filtered(node: nodes.Node, name: str) -> nodes.Expr:
    return nodes.Filter(cast(nodes.Expr, node), name, [], [], None, None, lineno=node.lineno)


def _size(value: Any) -> int:
    """Return how long a text is, or all that is in a list, as far as a template may go."""
    if isinstance(value, str):
        return len(value)
    size, waiting = 1, [value]
    while waiting and size <= _MOST_TEXT:
        held = waiting.pop()
        if isinstance(held, str):
            size += len(held)
        elif isinstance(held, (list, tuple, dict)):
            size += len(held)
            waiting += held.values() if isinstance(held, dict) else held
    return size


def _is_huge(operator: str, left: Any, right: Any) -> bool:
    if not isinstance(left, int) or not isinstance(right, int):
        return False
    if operator == "**":
        return left.bit_length() * right > _MOST_BITS
    return operator == "*" and left.bit_length() + right.bit_length() > _MOST_BITS
