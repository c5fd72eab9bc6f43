"""Web pages of one file: everything that a page needs stands in it, and it asks nothing of any other address."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from registerkit.theme import Theme

__all__ = ["as_json", "logo_address", "part", "render"]


_HEAD = """<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{{ policy }}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="format-detection" content="telephone=no">
<title>{{ name }}</title>
<style>{{ style | safe }}</style>"""
_PICTURES = {".jpg": "jpeg", ".jpeg": "jpeg", ".gif": "gif", ".bmp": "bmp"}
"""What a browser calls a kind of picture, whatever the computer's own tables say; all others are PNG."""


def render(package: str, theme: Theme, title: str, organisation: str, values: Mapping[str, Any]) -> str:
    """Return the page that `page.html`, `page.css` and `page.js` of a package make; the same values give the same text.

    Its policy (`Content-Security-Policy`) lets nothing in or out but the script and the style that stand in it.
    """
    from jinja2 import Environment, StrictUndefined  # Only who makes a page needs it.

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    script, style = part(package, "page.js"), _colours(theme) + part(package, "page.css")
    policy = (
        f"default-src 'none'; script-src '{_fingerprint(script)}'; style-src '{_fingerprint(style)}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
    name = " - ".join(filter(None, (title, organisation)))
    head = environment.from_string(_HEAD).render(name=name, policy=policy, style=style)
    page = environment.from_string(part(package, "page.html"))
    return page.render(values, head=head, script=script, logo=logo_address(theme))


def part(package: str, name: str) -> str:
    """Return a text file of a package, with plain line ends."""
    return (files(package) / name).read_text(encoding="utf-8").replace("\r\n", "\n")


def as_json(value: Any) -> str:
    """Write data for the script of a page; it can end no element of the page it stands in."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def logo_address(theme: Theme) -> str:
    """Return the office's logo within an address, so that the page needs no other file; empty without one."""
    if theme.logo is None:
        return ""
    kind = _PICTURES.get(theme.logo.suffix.lower(), "png")
    return f"data:image/{kind};base64,{base64.b64encode(theme.logo.read_bytes()).decode()}"


def _colours(theme: Theme) -> str:
    named = {name: f"#{colour}" for name, colour in vars(theme).items() if isinstance(colour, str) and name != "font"}
    colours = "".join(f"--{name.replace('_', '-')}:{colour};" for name, colour in named.items())
    return f':root{{{colours}--font:"{theme.font}"}}\n'


def _fingerprint(text: str) -> str:
    """Return that by which a page's policy knows its own script or style."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
