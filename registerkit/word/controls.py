"""Content controls: boxes of a Word form that are filled in on screen, each with a tag by which it is read back.

On paper an empty one is a line or an open square, as any form has it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from zlib import crc32

from docx.oxml.ns import qn

from registerkit.word.parts import element

__all__ = [
    "Box",
    "added",
    "boxes_in",
    "keep_own_texts",
    "own_texts",
    "text_box",
    "texts_outside",
    "tick_box",
]


_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_OPEN, _CROSSED = "\u2610", "\u2612"
_SQUARE_FONT = "Segoe UI Symbol"
_BLANK = "\u00a0" * 2
_LONGEST = 64
"""So long may a tag or a title be in Word."""
_OWN = "registerkit_texts"
"""The document variable that holds what the form says itself."""


@dataclass(frozen=True)
class Box:
    """A control as it was read: a ticked square says yes or no, any other its text."""

    tag: str
    title: str
    text: str
    ticked: bool | None = None


# ----------------------------------------------------------------------------------------------------------- making
def text_box(tag: str, title: str, *, kind: str = "text", choices: Sequence[str] = (), lines: int = 0) -> Any:
    """Make a box to type in: "text", a "date", or a "list" to choose from; so many `lines` high."""
    if kind == "date":
        body = element("date", element("dateFormat", val="dd-MM-yyyy"), element("lid", val="nl-NL"))
        body.extend([element("storeMappedDataAs", val="dateTime"), element("calendar", val="gregorian")])
    elif kind == "list":
        items = [element("listItem", displayText=choice, value=choice) for choice in choices]
        body = element("dropDownList", *items)
    else:
        body = element("text", **({"multiLine": "1"} if lines else {}))
    shown = [_run(_BLANK)]
    shown += [element("r", element("br")) for _ in range(lines - 1)]
    return _control(tag, title, body, shown, is_empty=True)


def tick_box(tag: str, title: str) -> Any:
    """Make a square to tick."""
    box = element("r").makeelement(f"{_W14}checkbox", nsmap={"w14": _W14.strip("{}")})
    for name, values in (
        ("checked", {"val": "0"}),
        ("checkedState", {"val": f"{ord(_CROSSED):04X}", "font": _SQUARE_FONT}),
        ("uncheckedState", {"val": f"{ord(_OPEN):04X}", "font": _SQUARE_FONT}),
    ):
        child = box.makeelement(f"{_W14}{name}")
        for key, value in values.items():
            child.set(f"{_W14}{key}", value)
        box.append(child)
    return _control(tag, title, box, [_run(_OPEN)], is_empty=False)


def _control(tag: str, title: str, body: Any, shown: Sequence[Any], *, is_empty: bool) -> Any:
    told = [
        element("alias", val=title[:_LONGEST]),
        element("tag", val=tag[:_LONGEST]),
        element("id", val=crc32(tag.encode()) & 0x7FFFFFFF),
        element("lock", val="sdtLocked"),
    ]
    told += [element("showingPlcHdr")] if is_empty else []
    return element("sdt", element("sdtPr", *told, body), element("sdtContent", *shown))


def _run(text: str) -> Any:
    words = element("t")
    words.text = text
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return element("r", words)


def keep_own_texts(document: Any) -> None:
    """Let a form remember what it says itself, so that what somebody adds beside the boxes is found."""
    own = "\n".join(texts_outside(document.element.body))
    variables = element("docVars", element("docVar", name=_OWN, val=own))
    settings = document.settings.element
    after = ("rsids", "mathPr", "attachedSchema", "themeFontLang", "clrSchemeMapping", "shapeDefaults",
             "decimalSymbol", "listSeparator")  # fmt: skip
    at = next((n for n, child in enumerate(settings) if child.tag.rpartition("}")[2] in after), len(settings))
    settings.insert(at, variables)


# ---------------------------------------------------------------------------------------------------------- reading
def boxes_in(root: Any) -> list[Box]:
    """Return the controls of a document that have a tag, in its order."""
    found = []
    for control in root.iter(qn("w:sdt")):
        properties = control.find(qn("w:sdtPr"))
        tag = _value(properties, "w:tag")
        if properties is None or not tag:
            continue
        title, text = _value(properties, "w:alias"), _text(control).strip(f"\u00a0 \t\n{_OPEN}")
        if (square := properties.find(f"{_W14}checkbox")) is not None:
            state = square.find(f"{_W14}checked")
            ticked = bool(text) or (state is not None and state.get(f"{_W14}val") in ("1", "true"))
            found.append(Box(tag, title, "", ticked))
        else:
            is_empty = properties.find(qn("w:showingPlcHdr")) is not None
            found.append(Box(tag, title, "" if is_empty else text))
    return found


def own_texts(settings: Any) -> list[str] | None:
    """Return what a form says itself, as it remembers; None when it does not."""
    for variable in settings.iter(qn("w:docVar")):
        if variable.get(qn("w:name")) == _OWN:
            # A line break within an attribute may come back as a space.
            return str(variable.get(qn("w:val"))).split("\n")
    return None


def texts_outside(root: Any) -> list[str]:
    """Return what the paragraphs say outside of the boxes; what says nothing is left out."""
    found = []
    for paragraph in root.iter(qn("w:p")):
        if any(parent.tag in (qn("w:sdt"), _FALLBACK) for parent in paragraph.iterancestors()):
            continue
        text = "".join(_pieces(paragraph, is_inside=False))
        if said := " ".join(text.replace("_", " ").replace(_OPEN, " ").split()):
            found.append(said)
    return found


def added(texts: Sequence[str], own: Sequence[str]) -> list[tuple[str, str]]:
    """Return what stands in texts beside what the form says itself, each with the words it stands beside."""
    left = Counter(own)
    strange = []
    for text in texts:
        if left[text]:
            left[text] -= 1
        else:
            strange.append(text)
    found = []
    for text in strange:
        words = text.split()
        near = max((o for o in left if left[o]), key=lambda o: _alike(o, words), default="")
        if not _alike(near, words):
            found.append(("", text))
            continue
        left[near] -= 1
        rest = Counter(near.split())
        more = [word for word in words if not _taken(rest, word)]
        if more:
            found.append((near, " ".join(more)))
    return found


def _alike(own: str, words: Sequence[str]) -> float:
    mine = own.split()
    return sum((Counter(mine) & Counter(words)).values()) / len(mine) if len(mine) and mine[0] in words else 0


def _taken(rest: Counter[str], word: str) -> bool:
    if rest[word]:
        rest[word] -= 1
        return True
    return False


def _value(properties: Any, name: str) -> str:
    found = properties.find(qn(name)) if properties is not None else None
    return str(found.get(qn("w:val")) or "") if found is not None else ""


def _text(control: Any) -> str:
    content = control.find(qn("w:sdtContent"))
    if content is None:
        return ""
    paragraphs = list(content.iter(qn("w:p")))
    return "\n".join("".join(_pieces(each, is_inside=True)) for each in paragraphs or [content])


def _pieces(parent: Any, *, is_inside: bool) -> Iterator[str]:
    """Return the text of runs; of what lies in boxes only when that is asked."""
    marks = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
    for child in parent:
        if child.tag == qn("w:t"):
            yield child.text or ""
        elif child.tag in marks:
            yield marks[child.tag]
        elif child.tag in (qn("w:pPr"), qn("w:rPr"), qn("w:del"), qn("w:sdtPr"), _FALLBACK):
            continue
        elif child.tag != qn("w:sdt") or is_inside:
            yield from _pieces(child, is_inside=is_inside)
