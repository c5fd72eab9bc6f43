"""Turns the HTML of a message into lines, each with how deep it was quoted. Nothing in it is run or followed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from typing import Any

from registerkit.messages.message import Line

__all__ = ["html_lines"]

_LINES = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "tr",
        "ul",
    ]
)
_SPACED = frozenset(["p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "blockquote"])
"""After these a line stays blank."""
_UNSEEN = frozenset(
    ["script", "style", "head", "title", "template", "noscript", "object", "iframe", "svg", "meta", "link", "select"]
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_QUOTE = re.compile(r"cite|quote|gmail", re.IGNORECASE)
_LEAD = re.compile(r"moz-cite-prefix|gmail_attr|yahoo_quoted_attr|protonmail_quote_attr", re.IGNORECASE)
_SIGNATURE = re.compile(r"signature", re.IGNORECASE)
_COLOUR = re.compile(r"(?<![-\w])color\s*:\s*([^;]+)", re.IGNORECASE)
_BRIGHT = frozenset(["red", "blue", "green", "lime", "magenta", "fuchsia", "purple", "orange", "crimson", "mediumblue"])
_CONTRAST = 100
_BLANK = re.compile(r"[ \t\r\n\f\u200b\ufeff]+")


def html_lines(text: str) -> list[Line]:
    """Return what a reader sees, in lines."""
    from lxml import etree, html  # Loads slowly, and not every run meets a message.

    if not text.strip():
        return []
    # What an XML heading says of the letters is not so any more: this is a text.
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text).replace("\0", "")
    try:
        parser = html.HTMLParser(encoding="utf-8", remove_comments=True, no_network=True, huge_tree=True)
        tree = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, ValueError):
        return _bare(text)
    if any("depth" in each.message.lower() for each in parser.error_log):
        return _bare(text)  # Nobody writes a page like that, and what lies deepest would be lost.
    page = _Page()
    _walk(tree, page)
    return page.done()


def _bare(text: str) -> list[Line]:
    """Return what stands between the marks."""
    return [Line(said) for line in re.sub(r"<[^>]*>", " ", text).splitlines() if (said := unescape(line).strip())]


class _Page:
    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._now = ""
        self.depth = 0
        self.leads = 0
        self.signatures = 0
        self.colours = [False]
        self.kept = 0
        self.said = 0
        """How many times anything was said, to tell whether an element is empty."""
        self._was = Line("")
        self._bright = 0

    def add(self, text: str | None) -> None:
        if text and self.kept:
            first, *rest = text.replace("\r\n", "\n").split("\n")
            self._say(first)
            for each in rest:
                self.end()
                self._say(each)
        elif text:
            self._say(_BLANK.sub(" ", text))

    def _say(self, text: str) -> None:
        if text.strip():
            self.said += 1
            self._was = Line("", self.depth, self.leads > 0, self.signatures > 0)
            self._bright += len(text) if self.colours[-1] else 0
        self._now += text if self._now.strip() or self.kept else text.lstrip(" ")

    def end(self, *, spaced: bool = False, always: bool = False) -> None:
        """End the line; `always` also one that is empty, `spaced` with a blank one after it."""
        said, self._now = self._now.replace("\xa0", " ").strip(), ""
        if said:
            self.lines.append(replace(self._was, text=said, is_coloured=self._bright * 2 > len(said)))
        elif always:
            self.lines.append(Line("", self.depth))
        self._bright = 0
        if spaced and self.lines and self.lines[-1].text:
            self.lines.append(Line("", self.depth))

    def done(self) -> list[Line]:
        self.end()
        return self.lines


def _walk(root: Any, page: _Page) -> None:
    """Go through a tree without calling itself: a page may be nested as deep as somebody likes."""
    todo: list[tuple[Any, Iterator[Any] | None, tuple[int, int]]] = [(root, None, (0, 0))]
    while todo:
        node, children, before = todo.pop()
        if children is None:
            if not isinstance(node.tag, str) or _is_unseen(node):
                _tail(node, page, is_root=node is root)
                continue
            before = page.said, len(page.lines)
            _enter(node, page)
            children = iter(node)
        child = next(children, None)
        if child is not None:
            todo += [(node, children, before), (child, None, before)]
        else:
            _leave(node, page, is_empty=before == (page.said, len(page.lines)))
            _tail(node, page, is_root=node is root)


def _tail(node: Any, page: _Page, *, is_root: bool) -> None:
    if not is_root:
        page.add(node.tail)


def _is_unseen(node: Any) -> bool:
    return node.tag in _UNSEEN or bool(_HIDDEN.search(node.get("style") or "")) or node.get("hidden") is not None


def _enter(node: Any, page: _Page) -> None:
    if node.tag in _LINES:
        page.end()
    page.depth += _is_quote(node)
    page.leads += _is_lead(node)
    page.signatures += _is_signature(node)
    page.kept += node.tag == "pre"
    page.colours.append(_is_bright(node, page.colours[-1]))
    if node.tag == "br":
        page.end(always=True)
    elif node.tag == "li":
        page.add("- ")
    elif node.tag in ("td", "th") and node.getprevious() is not None:
        page.add(" ")
    elif node.tag == "hr":
        page.add("_" * 12)
        page.end()
    page.add(node.text)


def _leave(node: Any, page: _Page, *, is_empty: bool) -> None:
    if node.tag in _LINES:
        is_dense = "mso" in (node.get("class") or "").lower()
        page.end(spaced=node.tag in _SPACED and not is_dense, always=is_empty and node.tag in ("p", "div"))
    page.depth -= _is_quote(node)
    page.leads -= _is_lead(node)
    page.signatures -= _is_signature(node)
    page.colours.pop()
    page.kept -= node.tag == "pre"


def _is_quote(node: Any) -> bool:
    """Tell whether a program marked something as quoted; somebody who indents his own words does it otherwise."""
    if node.tag != "blockquote":
        return False
    told = f"{node.get('type')} {node.get('class')} {node.get('cite')}"
    return bool(_QUOTE.search(told)) or "border-left" in (node.get("style") or "")


def _is_lead(node: Any) -> bool:
    return bool(_LEAD.search(node.get("class") or ""))


def _is_signature(node: Any) -> bool:
    return bool(_SIGNATURE.search(f"{node.get('class') or ''} {node.get('id') or ''}"))


def _is_bright(node: Any, before: bool) -> bool:
    """Tell whether what an element says stands in a bright colour; a link does so by itself, and says nothing by it."""
    if node.tag == "a":
        return False
    said = _COLOUR.search(node.get("style") or "")
    colour = (said[1] if said else node.get("color") or "").strip().casefold()
    if not colour or colour in ("inherit", "initial"):
        return before
    if match := re.match(r"#?([0-9a-f]{6}|[0-9a-f]{3})\b", colour):
        size = len(match[1]) // 3
        parts = [int(match[1][n : n + size] * (2 // size), 16) for n in range(0, 3 * size, size)]
        return max(parts) - min(parts) >= _CONTRAST
    if colour.startswith("rgb"):
        parts = [int(each) for each in re.findall(r"\d+", colour)[:3]] or [0]
        return max(parts) - min(parts) >= _CONTRAST
    return colour.split()[0] in _BRIGHT
