"""Checks a letter template before any letter is made of it: nothing of it goes out unfilled. Does not write."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from jinja2 import TemplateError, nodes

from registerkit.definition import Definition
from registerkit.letters.faults import Place, TemplateFault
from registerkit.letters.leftovers import TAG, leftovers, meant
from registerkit.letters.render import fault_of, sources_of
from registerkit.letters.sandbox import METHODS, LetterEnvironment
from registerkit.letters.template import Paragraph, paragraphs_of, unfit_parts
from registerkit.suggest import nearest

__all__ = ["check_template", "known_words"]

_OWN = frozenset({"self", "loop", "caller", "varargs", "kwargs"})
"""Names that Jinja gives a template by itself."""


def check_template(template: Path, context: Mapping[str, Any], words: Mapping[str, str]) -> list[TemplateFault]:
    """Return all that keeps a template from being filled in whole; `words` are tags by what people call them.

    `context` is that of any letter: every name is there, empty ones as None.
    """
    try:
        paragraphs = paragraphs_of(template)
        found = [*unfit_parts(template), *leftovers(paragraphs, words)]
    except TemplateFault as fault:
        return [fault]
    except (SyntaxError, ValueError):  # A part that holds no text is no XML either.
        return [TemplateFault("damaged")]
    if any(fault.reason == "leftover" and "{" in str(fault) for fault in found):
        return found  # With a brace too many the tags cannot be told apart.
    return found + list(_unknown(template, paragraphs, context, words))


def known_words(definition: Definition, context: Mapping[str, Any]) -> dict[str, str]:
    """Return every tag that a letter has, by the words that people know it by: labels, ids and names."""
    words: dict[str, str] = {}
    for root, value in context.items():
        for key in value if isinstance(value, dict) else ():
            words.setdefault(key.replace("_", " ").casefold(), f"{root}.{key}")
            words[f"{root}.{key}".replace("_", " ")] = f"{root}.{key}"
        if not isinstance(value, dict):
            words.setdefault(root, root)
    for field in definition.main.fields:
        words |= dict.fromkeys((label.casefold() for label in field.labels.values()), f"complaint.{field.name}")
    return words


def _unknown(
    template: Path, paragraphs: Iterable[Paragraph], context: Mapping[str, Any], words: Mapping[str, str]
) -> Iterator[TemplateFault]:
    """Return the names that no letter has, in a branch that no letter of today takes too."""
    environment, told = LetterEnvironment(), set()
    try:
        for source in sources_of(template):
            for name, parts, known in _names(environment.parse(source), context):
                if name not in told:
                    told.add(name)
                    near = nearest(parts[-1], known)
                    tag = _tag([*parts[:-1], near], context) if near else meant(parts[-1], words)
                    yield TemplateFault("unknown", name, _place(paragraphs, name), word=name, nearest=tag)
    except TemplateError as error:
        lines, number = source.splitlines(), getattr(error, "lineno", None)
        text = re.sub(r"<[^>]*>", "", lines[number - 1] if number else "").strip()
        like = (p.place for p in paragraphs if text and p.text.strip() and (text in p.text or p.text.strip() in text))
        yield fault_of(error, next(like, None))
    except Exception as error:  # Whatever a library says of a template that somebody edited.
        yield fault_of(error)


def _tag(parts: list[str], context: Mapping[str, Any]) -> str:
    """Return a name as it is written in a template; what holds more names has something behind it."""
    whole = ".".join(parts)
    return f"{whole}.…" if isinstance(context.get(whole), Mapping) else f"{{{{ {whole} }}}}"


def _place(paragraphs: Iterable[Paragraph], name: str) -> Place | None:
    pattern = re.compile(rf"(?<![\w.]){re.escape(name)}(?!\w)")
    return next((p.place for p in paragraphs if any(map(pattern.search, TAG.findall(p.text)))), None)


def _names(tree: nodes.Template, context: Mapping[str, Any]) -> Iterator[tuple[str, list[str], Iterable[str]]]:
    """Return each name that is not there: whole, in parts, and what is there in its place."""
    own = {name.name for name in tree.find_all(nodes.Name) if name.ctx != "load"} | _OWN
    own |= {macro.name for macro in tree.find_all(nodes.Macro)}
    asked = {
        ".".join(parts)
        for test in tree.find_all(nodes.Test)
        if test.name in ("defined", "undefined") and (parts := _dotted(test.node))
    }
    for node in tree.find_all((nodes.Name, nodes.Getattr, nodes.Getitem)):
        parts = _dotted(node)
        if not parts or parts[0] in own:
            continue
        held: Any = context
        for n, part in enumerate(parts):
            if not isinstance(held, Mapping) or (n and part in METHODS and part not in held):
                break
            name = ".".join(parts[: n + 1])
            if part not in held:
                if name not in asked:
                    yield name, parts[: n + 1], list(held)
                break
            held = held[part]


def _dotted(node: nodes.Node) -> list[str]:
    """Return the parts of a name such as complaint.name; nothing of what is worked out."""
    if isinstance(node, nodes.Name):
        return [node.name] if node.ctx == "load" else []
    if isinstance(node, nodes.Getattr):
        parts, last = _dotted(node.node), node.attr
    elif isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
        parts, last = _dotted(node.node), node.arg.value
    else:
        return []
    return [*parts, last] if parts else []
