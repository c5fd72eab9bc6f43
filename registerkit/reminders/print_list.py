"""All digests as one list to print, in Word on A4 landscape."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from registerkit.reminders.digest import Digest, Digests
from registerkit.reminders.messages import step_line, task_line, waiting_line
from registerkit.reminders.work import Item
from registerkit.texts import Texts
from registerkit.theme import Theme

if TYPE_CHECKING:
    from registerkit.word import Paper

__all__ = ["reminder_list"]

_HEADS = {
    "number": 2.8,
    "subject": 4.0,
    "who": 3.6,
    "status": 2.5,
    "due": 2.4,
    "signal": 2.3,
    "step": 5.5,
    "letter": 2.6,
}
"""The columns and their widths in cm."""


def reminder_list(digests: Digests, texts: Texts, on: date, organisation: str, theme: Theme) -> bytes:
    """Return list as a Word file: one block per handler, then what has no handler; the same input, the same bytes."""
    from registerkit.word import Paper  # Only who prints needs it.

    paper = Paper(theme, texts, margins=(1.8, 2.0), landscape=True)
    title, subtitle = texts("reminders.list.title"), texts("reminders.list.subtitle", organisation=organisation, on=on)
    paper.describe(title, "registerkit", on)
    paper.footer(subtitle)
    paper.heading(title, 0)
    paper.paragraph(subtitle, "Note")
    if not digests.handlers and not digests.nobody:
        paper.paragraph(texts("reminders.list.nothing"))
    for digest in digests.handlers:
        _block(paper, digest.name, digest, texts)
    if digests.nobody:
        _block(paper, texts("reminders.list.no_handler"), digests.nobody, texts)
    return paper.data()


def _block(paper: Paper, title: str, digest: Digest, texts: Texts) -> None:
    paper.heading(title, 2)
    if digest.alerts:
        alerts = texts("reminders.mail.alerts", n=len(digest.alerts))
        numbers = ", ".join(item.number for item in digest.alerts)
        paper.coloured(paper.paragraph(""), f"{alerts}: {numbers}", paper.theme.late)
    items = list(dict.fromkeys([*digest.alerts, *digest.overdue, *digest.due_soon, *digest.answered]))
    if items:
        header = [texts(f"reminders.head.{head}") for head in _HEADS]
        signal = list(_HEADS).index("signal")
        told = {"overdue": paper.theme.late, "due_soon": paper.theme.soon, "answered": paper.theme.soon}
        colours = {(n, signal): told[item.signal] for n, item in enumerate(items) if item.signal in told}
        rows = [_row(item, texts) for item in items]
        paper.table(header, rows, list(_HEADS.values()), colours=colours)
    lines = [" · ".join(filter(None, (task_line(t, texts), t.who, t.letter))) for t in digest.tasks]
    lines += [" · ".join(filter(None, (waiting_line(each, texts), each.who))) for each in digest.waiting]
    for n, line in enumerate(lines):
        paper.space(paper.paragraph(line, "List Bullet"), before=0 if n else 6, after=2)


def _row(item: Item, texts: Texts) -> list[str]:
    signal = texts(f"terms.signal.{item.signal}")
    told = (item.number, item.subject, item.who.replace(", ", "\n"), item.status, texts.show(item.due_on), signal)
    return [str(part) for part in (*told, step_line(item, texts), item.letter)]
