"""All digests as one list to print, in Word on A4 landscape."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from registerkit.reminders.digest import Digest, Digests, Item
from registerkit.reminders.messages import step_line, task_line, waiting_line
from registerkit.texts import Texts
from registerkit.theme import Theme

if TYPE_CHECKING:
    from registerkit.word import Paper

__all__ = ["reminder_list"]

_HEADS = {"number": 2.9, "subject": 5.6, "status": 3.0, "due": 2.6, "signal": 2.6, "step": 9.0}
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
    items = [*digest.overdue, *digest.due_soon, *digest.answered]
    if items:
        header = [texts(f"reminders.head.{head}") for head in _HEADS]
        signal = list(_HEADS).index("signal")
        late, soon = paper.theme.late, paper.theme.soon
        colours = {(n, signal): late if item.signal == "overdue" else soon for n, item in enumerate(items)}
        rows = [_row(item, texts) for item in items]
        paper.table(header, rows, list(_HEADS.values()), colours=colours)
    lines = [task_line(task, texts) for task in digest.tasks]
    lines += [waiting_line(each, texts) for each in digest.waiting]
    for n, line in enumerate(lines):
        paper.space(paper.paragraph(line, "List Bullet"), before=0 if n else 6, after=2)


def _row(item: Item, texts: Texts) -> list[str]:
    signal = texts(f"terms.signal.{item.signal}")
    told = (item.number, item.subject, item.status, texts.show(item.due_on), signal, step_line(item, texts))
    return [str(part) for part in told]
