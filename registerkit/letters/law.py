"""What the law of a profile wants a letter to say, looked for in a letter that is filled in. Does not write."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from registerkit.letters.faults import TemplateFault

__all__ = ["law_faults"]

_OUTCOMES = frozenset(
    {
        *("outcome_founded", "outcome_partly_founded", "outcome_unfounded", "outcome_bad_faith"),
        *("outcome_doubtful", "outcome_no_judgement"),
    }
)
_ENDS = _OUTCOMES | {"not_taken_up"}
_FIRST = frozenset({"acknowledgement"})
_AWB, _WKKGZ = frozenset({"awb"}), frozenset({"wkkgz"})


@dataclass(frozen=True)
class _Wanted:
    """Something that a letter has to say: in one of these values of its context, or in one of these words."""

    code: str
    profiles: frozenset[str] | None
    kinds: frozenset[str]
    values: Callable[[Mapping[str, Any]], tuple[Any, ...]]
    words: tuple[str, ...] = ()

    def is_said(self, context: Mapping[str, Any], text: str) -> bool:
        """Tell whether a letter says it; nothing has to be said of what is not filled in."""
        values = [str(value) for value in self.values(context) if value]
        said = text.casefold()
        return not values or any(each.casefold() in said for each in (*values, *self.words))


def _body(name: str) -> Callable[[Mapping[str, Any]], tuple[Any, ...]]:
    return lambda context: ((context["external"][name] or {}).get("name"),)


_WANTED = (
    _Wanted("ombudsman", _AWB, _ENDS, _body("ombudsman"), ("ombudsman",)),
    _Wanted("officer", _WKKGZ, _OUTCOMES, _body("officer"), ("klachtenfunctionaris", "complaints officer")),
    _Wanted("committee", _WKKGZ, _OUTCOMES, _body("committee"), ("geschillen", "disputes")),
    _Wanted("reasons", _AWB | _WKKGZ, _ENDS, lambda context: (context["complaint"].get("reasons"),)),
    _Wanted("new_day", None, frozenset({"extension"}), lambda context: (context["extension"]["new_due_on"],)),
    _Wanted(
        "term",
        None,
        _FIRST,
        lambda context: (context["terms"]["answer"], context["complaint"].get("due_on"), context["terms"]["due_on"]),
    ),
    _Wanted("handler", _AWB, _FIRST, lambda context: (context["handler"]["name"],)),
)
"""Awb 9:7, 9:11 and 9:12; Wkkgz 16, 17 and 18. By when the answer comes is told under every profile."""


def law_faults(
    kind: str, profile: str, context: Mapping[str, Any], text: str, *, is_full: bool
) -> Iterator[TemplateFault]:
    """Return what a letter has to say under a profile and does not; asked of a case with all filled in."""
    for wanted in _WANTED if is_full else ():
        asked = kind in wanted.kinds and (wanted.profiles is None or profile in wanted.profiles)
        if asked and not wanted.is_said(context, text):
            yield TemplateFault(f"law_{wanted.code}", profile)
