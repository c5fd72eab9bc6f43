"""Builds the web form: one page with all that it needs in it, which asks nothing of any other address (R13, R37).

Its policy (`Content-Security-Policy`) lets nothing in or out but the script that stands in it, so that what a
complainant types stays on his own computer, wherever the page is put.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from registerkit.files import write_when_changed
from registerkit.theme import theme_of
from registerkit.web import as_json, render
from registerkit.webform.plan import form_rules, web_blocks
from registerkit.webform.saved import INDENT, VERSION
from registerkit.workbook import WorkbookContent

__all__ = ["build_web_form", "is_web_form"]

_LONGEST = 32_000
"""So many characters an answer may have: a cell holds little more."""
_SHOWN = ("name", "phone", "email", "website")
"""What the page says of the office, beside its address."""
_OURS = b'data-registerkit="form"'
_SAID = (
    "fault", "summary", "required", "choose", "date", "future", "number", "money", "email", "phone", "postcode",
    "too_long", "draft", "reopened", "foreign", "broken", "unfit", "replace",
)  # fmt: skip
"""What the script says, by its names in the texts."""
_WRITTEN = ("when", "of", "draft", "mail", "send", "go_on", "end", "name_draft")
"""What it writes in the file."""


def build_web_form(target: Path, content: WorkbookContent) -> None:
    """Write the form; the same definition and settings give the same bytes."""
    write_when_changed(target, _page(content).encode())


def is_web_form(path: Path) -> bool:
    """Tell whether a file is a web form of ours, as far as it says so itself."""
    with path.open("rb") as file:
        return _OURS in file.read(len(_OURS) + 100)


def _page(content: WorkbookContent) -> str:
    texts = content.texts
    is_complaint = content.definition.role("due_on") is not None
    title = texts(f"workbook.sheet.{'form_complaints' if is_complaint else 'form'}")
    values = {
        "say": lambda name, **values: texts(f"webform.{name}", **values),
        "language": content.language,
        "title": title,
        "is_complaint": is_complaint,
        "organisation": {key: content.organisation.get(key, "") for key in _SHOWN},
        "address": _address(content),
        "privacy": texts("workbook.form.privacy") if "name" in content.main.by_id else "",
        "blocks": web_blocks(content),
        "known": as_json(_known(content, title, "name_complaints" if is_complaint else "name")),
    }
    return render(__package__, theme_of(content.theme), title, content.organisation.get("name", ""), values)


def _known(content: WorkbookContent, title: str, file: str) -> dict[str, Any]:
    """Return what the script knows of the form, as it stands in the page."""
    texts, organisation = content.texts.entries, content.organisation
    name = content.definition.role("name")
    return {
        "title": title,
        "language": content.language,
        "file": texts[f"webform.saved.{file}"],
        "version": VERSION,
        "indent": INDENT,
        "longest": _LONGEST,
        "organisation": organisation.get("name", ""),
        "email": organisation.get("email", ""),
        "name": name.name if name else "",
        "subject": texts["webform.mail.subject"],
        "body": texts["webform.mail.body"],
        "said": {each: texts[f"webform.told.{each}"] for each in _SAID},
        "written": {each: texts[f"webform.saved.{each}"] for each in _WRITTEN},
        "rules": form_rules(content),
    }


def _address(content: WorkbookContent) -> str:
    """Return where post goes, in one line; empty when that is not known."""
    told = content.organisation
    town = f"{told.get('postcode', '')} {told.get('city', '')}".strip()
    return told.get("reply_address") or (", ".join(filter(None, (told.get("address"), town))) if town else "")
