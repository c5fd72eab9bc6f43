"""Writes the declaration of destruction: what was destroyed, how many, by which rule; names nobody."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from registerkit.setting_kinds import RETENTION
from registerkit.settings import Settings
from registerkit.texts import Texts
from registerkit.theme import theme_of
from registerkit.word import Paper

__all__ = ["declaration"]

_COLUMNS_CM = (3.0, 2.5)
"""Of the year and of how many; the rest is the ground's."""


def declaration(told: Mapping[str, Any], settings: Settings, texts: Texts, on: date) -> bytes:
    """Return the document; `told` has the rule, its day where it has one, and counts by year and group."""
    paper, organisation = Paper(theme_of(settings.theme), texts), settings.name
    title = texts("privacy.declaration.title")
    paper.describe(title, organisation, on)
    paper.footer(title)
    if organisation:
        paper.paragraph(organisation, "Over")
    paper.heading(title, 0)
    paper.paragraph(texts("privacy.declaration.what", n=sum(n for _, _, n in told["counts"])))
    paper.paragraph(texts("privacy.declaration.kept"))
    paper.heading(texts("privacy.declaration.how_many"), 2)
    heads = [texts(f"privacy.declaration.{name}") for name in ("year", "ground", "number")]
    rows = [[str(year), _ground(group, settings, texts), str(n)] for year, group, n in told["counts"]]
    first, last = _COLUMNS_CM
    paper.table(heads, rows, [first, paper.width - first - last, last], right=[2])
    paper.heading(texts("privacy.declaration.rule"), 2)
    day = date.fromisoformat(told["day"]) if told.get("day") else None
    paper.paragraph(texts(f"privacy.declaration.rule_{told['rule']}", day=day))
    paper.heading(texts("privacy.declaration.signed"), 2)
    city = settings.organisation.get("city") or ""
    for name, value in (("place", city), ("day", texts.show(on)), ("by", ""), ("signature", "")):
        line = paper.tabbed(f"{texts(f'privacy.declaration.{name}')}:\t{value}\t", _LINE)
        paper.space(line, before=12 if name != "signature" else 30)
    return paper.data()


_LINE = [(3.5, "left", "none"), (14.0, "left", "underscore")]


def _ground(group: str, settings: Settings, texts: Texts) -> str:
    years = settings.privacy.get(group, RETENTION[group])
    return texts("privacy.declaration.term", group=texts(f"privacy.group.{group}"), n=years)
