"""Checks a letter template before any letter is made of it: nothing of it goes out unfilled. Does not write."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from jinja2 import TemplateError, defaults, nodes

from registerkit.definition import Definition
from registerkit.letters.faults import Place, TemplateFault
from registerkit.letters.leftovers import TAG, leftovers, meant
from registerkit.letters.render import fault_of, sources_of
from registerkit.letters.sandbox import METHODS, LetterEnvironment
from registerkit.letters.structure import Tag, misplaced, tags_of
from registerkit.letters.template import Paragraph, paragraphs_of, unfit_parts
from registerkit.suggest import nearest

__all__ = ["check_template", "known_words", "used_names"]

_OWN = frozenset({"self", "loop", "caller", "varargs", "kwargs"})
"""Names that Jinja gives a template by itself."""


_APART = frozenset(
    {
        *("leftover", "unclosed", "stray", "spaced", "other_prefix", "crossing", "prefix_sign", "outside_table"),
        *("beside_p", "beside_tr", "beside_tc"),
    }
)
"""Faults with which a template as a whole cannot be read: each tag is looked at by itself."""
_LISTS = frozenset({"join", "sum", "map", "select", "reject", "selectattr", "rejectattr", "groupby", "unique", "sort"})
"""Filters that go over a list; of a text they take the letters one by one."""


def check_template(template: Path, context: Mapping[str, Any], words: Mapping[str, str]) -> list[TemplateFault]:
    """Return all that keeps a template from being filled in whole; `words` are tags by what people call them.

    `context` is that of any letter: every name is there, empty ones as None.
    """
    try:
        paragraphs = paragraphs_of(template)
        found = [
            *unfit_parts(template),
            *leftovers(paragraphs, words),
            *misplaced(paragraphs),
            *_rich(paragraphs, context),
        ]
    except TemplateFault as fault:
        return [fault]
    except (SyntaxError, ValueError):  # A part that holds no text is no XML either.
        return [TemplateFault("damaged")]
    if any(fault.reason in _APART for fault in found if fault.reason != "leftover" or "{" in str(fault)):
        return found + list(_one_by_one(paragraphs, context, words))  # The whole cannot be read.
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


def used_names(template: Path) -> set[str]:
    """Return the names that a template asks for, whole and up to each dot; raises what Jinja says of a faulty one."""
    environment = LetterEnvironment()
    asked = (nodes.Name, nodes.Getattr, nodes.Getitem)
    trees = (environment.parse(source) for source in sources_of(template))
    return {".".join(parts) for tree in trees for node in tree.find_all(asked) if (parts := _dotted(node))}


def _unknown(
    template: Path, paragraphs: Iterable[Paragraph], context: Mapping[str, Any], words: Mapping[str, str]
) -> Iterator[TemplateFault]:
    """Return the names that no letter has, in a branch that no letter of today takes too."""
    environment = LetterEnvironment()
    look = _Look(environment, paragraphs, context, words)
    try:
        for source in sources_of(template):
            yield from look.at(environment.parse(source))
    except TemplateError as error:
        found = [fault for fault in _one_by_one(paragraphs, context, words) if fault.key not in look.told]
        yield from found
        if not any(fault.reason == "syntax" for fault in found):
            yield fault_of(error)
    except Exception as error:  # Whatever a library says of a template that somebody edited.
        yield fault_of(error)


def _one_by_one(
    paragraphs: Iterable[Paragraph], context: Mapping[str, Any], words: Mapping[str, str]
) -> Iterator[TemplateFault]:
    """Return what is wrong inside each tag, whatever is wrong around it."""
    environment = LetterEnvironment()
    tags = [tag for paragraph in paragraphs if paragraph.is_filled for tag in tags_of(paragraph)]
    trees = []
    for tag in tags:
        try:
            trees.append(environment.parse(_alone(tag)))
        except TemplateError as error:
            yield fault_of(error, tag.paragraph.place)
    look = _Look(environment, paragraphs, context, words)
    look.own = {name for tree in trees for name in _stored(tree)}
    for tree in trees:
        yield from look.at(tree)


def _rich(paragraphs: Iterable[Paragraph], context: Mapping[str, Any]) -> Iterator[TemplateFault]:
    """Return tags for texts with a layout of their own: what a letter is told has none, and would not be shown."""
    for tag in (tag for paragraph in paragraphs if paragraph.is_filled for tag in tags_of(paragraph)):
        if tag.kind == "{" and tag.prefix and _is_told(tag.body.partition("|")[0].strip(), context):
            yield tag.fault("rich", meant=f"{{{{ {tag.body.strip()} }}}}")


def _is_told(name: str, context: Mapping[str, Any]) -> bool:
    held: Any = context
    for part in name.split("."):
        if not isinstance(held, Mapping) or part not in held:
            return False
        held = held[part]
    return True


def _alone(tag: Tag) -> str:
    """Return a tag as a template of its own."""
    inside = tag.body.strip("-+ \n\t")
    match tag.kind, tag.word:
        case "{", _:
            return f"{{{{ {inside} }}}}"
        case "%", "if" | "for" | "macro" | "call" | "filter" | "with":
            return f"{{% {inside} %}}{{% end{tag.word} %}}"
        case "%", "elif":
            return f"{{% {inside[2:]} %}}{{% endif %}}"
        case "%", "set":
            return f"{{% {inside} %}}{'' if '=' in inside else '{% endset %}'}"
        case "%", "cellbg" | "colspan":
            return f"{{{{ {inside[len(tag.word) :]} }}}}"
    return ""


class _Look:
    """Looks in trees of Jinja for what no letter has; tells each once."""

    def __init__(
        self,
        environment: LetterEnvironment,
        paragraphs: Iterable[Paragraph],
        context: Mapping[str, Any],
        words: Mapping[str, str],
    ) -> None:
        self.environment, self.paragraphs, self.context, self.words = environment, paragraphs, context, words
        self.told: set[tuple[str, str]] = set()
        self.own: set[str] = set()
        """Names that other trees set."""

    def at(self, tree: nodes.Template) -> Iterator[TemplateFault]:
        """Return what is wrong in a tree and was not told yet."""
        for fault in (*self._names(tree), *self._filters(tree), *self._values(tree), *self._after_loops(tree)):
            if fault.key not in self.told:
                self.told.add(fault.key)
                yield fault

    def _names(self, tree: nodes.Template) -> Iterator[TemplateFault]:
        for name, parts, known in _names(tree, self.context, self.own):
            near = nearest(parts[-1], known)
            tag = _tag([*parts[:-1], near], self.context) if near else meant(parts[-1], self.words)
            yield TemplateFault("unknown", name, _place(self.paragraphs, name), word=name, nearest=tag)

    def _filters(self, tree: nodes.Template) -> Iterator[TemplateFault]:
        """Return filters and tests that there are not, and those that a letter may not use."""
        for node in tree.find_all((nodes.Filter, nodes.Test)):
            kind = "filters" if isinstance(node, nodes.Filter) else "tests"
            known, name = getattr(self.environment, kind), node.name
            if name in known:
                continue
            place = _place(self.paragraphs, name)
            if name in getattr(defaults, f"DEFAULT_{kind.upper()}"):
                yield TemplateFault("not_allowed", name, place, word=name)
            else:
                near = nearest(name, [each for each in known if each.isidentifier()])
                yield TemplateFault("no_filter", name, place, word=name, nearest=near)

    def _values(self, tree: nodes.Template) -> Iterator[TemplateFault]:
        """Return loops and filters that want a list and are given a text, or a whole row of names."""
        own = _stored(tree) | self.own
        asked = [node.iter for node in tree.find_all(nodes.For)]
        asked += [node.node for node in tree.find_all(nodes.Filter) if node.name in _LISTS and node.node]
        for parts in filter(None, map(_dotted, asked)):
            held: Any = self.context
            for part in parts:
                held = held.get(part, []) if isinstance(held, Mapping) else []
            if parts[0] not in own and not isinstance(held, list):
                name = ".".join(parts)
                yield TemplateFault("no_list", name, _place(self.paragraphs, name), word=name)

    def _after_loops(self, tree: nodes.Template) -> Iterator[TemplateFault]:
        """Return names that a loop sets and that are asked for after it, where they are gone."""
        inside = {name for loop in tree.find_all(nodes.For) for name in _stored(loop)}
        outside = [node for node in _without_loops(tree) if isinstance(node, nodes.Name)]
        set_there = {node.name for node in outside if node.ctx != "load"} | self.own | set(self.context)
        for name in sorted({node.name for node in outside if node.ctx == "load"} & inside - set_there):
            yield TemplateFault("after_loop", name, _place(self.paragraphs, name), word=name)


def _stored(tree: nodes.Node) -> set[str]:
    """Return the names that a tree sets."""
    return {name.name for name in tree.find_all(nodes.Name) if name.ctx != "load"}


def _without_loops(node: nodes.Node) -> Iterator[nodes.Node]:
    """Return all nodes but those of loops."""
    yield node
    for child in node.iter_child_nodes():
        if not isinstance(child, nodes.For):
            yield from _without_loops(child)


def _tag(parts: list[str], context: Mapping[str, Any]) -> str:
    """Return a name as it is written in a template; what holds more names has something behind it."""
    whole = ".".join(parts)
    return f"{whole}.…" if isinstance(context.get(whole), Mapping) else f"{{{{ {whole} }}}}"


def _place(paragraphs: Iterable[Paragraph], name: str) -> Place | None:
    pattern = re.compile(rf"(?<![\w.]){re.escape(name)}(?!\w)")
    return next((p.place for p in paragraphs if any(map(pattern.search, TAG.findall(p.text)))), None)


def _names(
    tree: nodes.Template, context: Mapping[str, Any], others: Collection[str]
) -> Iterator[tuple[str, list[str], Iterable[str]]]:
    """Return each name that is not there: whole, in parts, and what is there in its place."""
    own = _stored(tree) | _OWN | set(others)
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
