"""Plans the list of what a letter template can use, for whoever writes one: made from the definition."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from registerkit.documents.content import Content, Grid, Line
from registerkit.letters.cases import cases_of
from registerkit.register import Register

__all__ = ["template_fields"]

_KIND = "acknowledgement"
"""The letter whose example complaint has everything filled in."""
_SHARES = {True: (0.36, 0.32, 0.32), False: (0.4, 0.6)}
_OF_REGISTER = ("complaint", "code")
_LONGEST = 60
_TRIED = re.compile(r" & <1>|^x$")
"""What the example has in it to try a template with."""


def template_fields(register: Register) -> Content:
    """Plan the list: every name that a template knows, what it is called in the register, and an example of it."""
    texts, example = register.texts, next(iter(cases_of(register, _KIND, ()))).context
    content = Content(texts("documents.fields.title"), texts("documents.fields.file"))
    content.parts.append(Line(texts("documents.fields.intro")))
    for root, value in example.items():
        is_labelled = root in _OF_REGISTER
        heads = ("name", "label", "example") if is_labelled else ("name", "example")
        content.parts.append(Line(texts(f"documents.fields.{root}.title"), "heading"))
        content.parts.append(Line(texts(f"documents.fields.{root}.text")))
        rows = [
            (_tag(name), *([_label(register, name)] if is_labelled else []), said)
            for name, said in _rows(register, root, value)
        ]
        content.parts.append(Grid([texts(f"documents.fields.{head}") for head in heads], rows, _SHARES[is_labelled]))
    return content


def _rows(register: Register, root: str, value: Any) -> Iterator[tuple[str, str]]:
    """Return the names in one part of what a template knows, with what each says; fields by their role alone."""
    main = register.definition.main
    others = {field.id for field in main.fields} - {field.name for field in main.fields} if root in _OF_REGISTER else ()
    if isinstance(value, list) and value and isinstance(value[0], Mapping):
        yield from _rows(register, root.removesuffix("s"), value[0])
    elif isinstance(value, Mapping):
        for name, held in value.items():
            if name not in others:
                yield from _rows(register, f"{root}.{name}", held)
    else:
        yield root, _shown(value)


def _label(register: Register, name: str) -> str:
    field = register.definition.role(name.partition(".")[2])
    return field.labels[register.lookups.language] if field else ""


def _tag(name: str) -> str:
    return f"{{{{ {name} }}}}"


def _shown(value: Any) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(filter(None, map(_shown, value)))
    said = "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
    text = _TRIED.sub("", " ".join(said.split()))
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"
