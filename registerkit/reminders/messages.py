"""Digests and signals as e-mail drafts (`.eml`), which open in a mail program ready to send."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from email.message import EmailMessage
from email.policy import SMTP
from html import escape

from registerkit.files import seen
from registerkit.reminders.digest import Digest, Item, Task, Waiting
from registerkit.setting_kinds import is_address
from registerkit.texts import Texts

__all__ = ["alert_message", "digest_counts", "digest_lines", "digest_message", "step_line", "task_line", "waiting_line"]

_STYLE = (
    "font-family:Calibri,Carlito,sans-serif;font-size:11pt;color:#1F2933",
    "text-align:left;background:#1F3A5F;color:#FFFFFF;padding:4pt 8pt",
    "padding:4pt 8pt;border-bottom:1px solid #D5DCE2;vertical-align:top",
)


def digest_message(digest: Digest, texts: Texts, on: date, sender: str | None) -> bytes:
    """Return a digest as a draft."""
    counts = digest_counts(digest, texts)
    subject = texts(f"reminders.mail.subject_{digest.role}", counts=counts, on=on)
    intro = texts(f"reminders.mail.intro_{digest.role}", name=(digest.name.split() or [digest.code])[0])
    lines, rows = [intro, "", *digest.remarks], [f"<p>{escape(words)}</p>" for words in (intro, *digest.remarks)]
    for name, items in (("overdue", digest.overdue), ("due_soon", digest.due_soon), ("answered", digest.answered)):
        if items:
            title = texts(f"reminders.mail.{name}", n=len(items))
            lines += [title, *(_item_line(item, texts) for item in items), ""]
            rows.append(_item_table(title, items, texts))
    if digest.tasks:
        title = texts("reminders.mail.tasks", n=len(digest.tasks))
        lines += [title, *(f"- {task_line(task, texts)}" for task in digest.tasks), ""]
        rows.append(_task_table(title, digest.tasks, texts))
    if digest.waiting:
        title = texts("reminders.mail.waiting", n=len(digest.waiting))
        lines += [title, *(f"- {waiting_line(each, texts)}" for each in digest.waiting), ""]
        rows.append(_waiting_table(title, digest.waiting, texts))
    closing = texts("reminders.mail.closing")
    to = [address for address in (digest.email, *digest.copies) if address]
    return _draft(to, sender, subject, [*lines, closing], [*rows, f"<p>{escape(closing)}</p>"], on)


def digest_counts(digest: Digest, texts: Texts) -> str:
    """Return how much there is: what is too late, nearly too late, and what else is to do when there is."""
    counts = texts("reminders.mail.counts", overdue=len(digest.overdue), due_soon=len(digest.due_soon))
    more = len(digest.tasks) + len(digest.answered) + len(digest.waiting)
    return counts + (texts("reminders.mail.and_tasks", n=more) if more else "")


def digest_lines(digest: Digest, texts: Texts) -> list[str]:
    """Return a line for all that the counts stand for, the most overdue first."""
    items = [_item_line(item, texts) for item in (*digest.overdue, *digest.due_soon, *digest.answered)]
    tasks = [f"- {task_line(task, texts)}" for task in digest.tasks]
    waiting = [f"- {waiting_line(each, texts)}" for each in digest.waiting]
    return [*digest.remarks, *items, *tasks, *waiting]


def alert_message(
    number: str, told: Iterable[tuple[str, str]], recipients: Iterable[str], texts: Texts, on: date, sender: str | None
) -> bytes:
    """Return the signal about one very serious complaint as a draft; `told` has labels and values to show."""
    subject = texts("reminders.alert.subject", number=number)
    intro = texts("reminders.alert.intro", number=number)
    facts = [(label, value) for label, value in told if value]
    lines = [intro, "", *(f"{label}: {value}" for label, value in facts), "", texts("reminders.alert.what_now")]
    rows = "".join(
        f'<tr><td style="{_STYLE[2]}"><b>{escape(label)}</b></td><td style="{_STYLE[2]}">{escape(value)}</td></tr>'
        for label, value in facts
    )
    html = [f"<p>{escape(intro)}</p>", f"<table>{rows}</table>", f"<p>{escape(texts('reminders.alert.what_now'))}</p>"]
    return _draft(recipients, sender, subject, lines, html, on)


def _item_line(item: Item, texts: Texts) -> str:
    told = {"number": item.number, "subject": item.subject, "due": item.due_on, "step": step_line(item, texts)}
    return texts("reminders.mail.line", **told, days=_days(item, texts))


def step_line(item: Item, texts: Texts) -> str:
    """Return the next step, with for whom it is when that is not the reader, or that nobody has it."""
    if not item.handler:
        return f"{item.next_step} ({texts('reminders.mail.no_handler')})"
    return item.next_step + (f" {texts('reminders.mail.instead', name=item.instead_of)}" if item.instead_of else "")


def task_line(task: Task, texts: Texts) -> str:
    """Return a task in one line, with whether it is late and whether nobody has it."""
    return texts("reminders.mail.task_line", number=task.number, what=task.what, by=task.by) + _remarks(task, texts)


def waiting_line(waiting: Waiting, texts: Texts) -> str:
    """Return a letter that is held back in one line."""
    return texts("reminders.mail.waiting_line", number=waiting.number, kind=waiting.kind, why=waiting.why)


def _remarks(task: Task, texts: Texts) -> str:
    remarks = [texts("terms.signal.overdue")] if task.late else []
    remarks += [] if task.worker else [texts("reminders.mail.no_handler")]
    return f" ({'; '.join(remarks)})" if remarks else ""


def _days(item: Item, texts: Texts) -> str:
    if item.signal == "answered":
        return texts("terms.signal.answered")
    name = "late" if item.days_left < 0 else "left"
    return texts(f"reminders.days.{name}", n=abs(item.days_left))


def _item_table(title: str, items: Iterable[Item], texts: Texts) -> str:
    heads = [texts(f"reminders.head.{h}") for h in ("number", "subject", "due", "days", "step")]
    rows = [
        [
            item.number,
            item.subject,
            str(texts.show(item.due_on)),
            _days(item, texts),
            step_line(item, texts),
        ]
        for item in items
    ]
    return _table(title, heads, rows)


def _task_table(title: str, tasks: Iterable[Task], texts: Texts) -> str:
    heads = [texts(f"reminders.head.{h}") for h in ("number", "what", "by")]
    return _table(title, heads, [[t.number, t.what, f"{texts.show(t.by)}{_remarks(t, texts)}"] for t in tasks])


def _waiting_table(title: str, waiting: Iterable[Waiting], texts: Texts) -> str:
    heads = [texts(f"reminders.head.{h}") for h in ("number", "letter", "lacks")]
    return _table(title, heads, [[each.number, each.kind, each.why] for each in waiting])


def _table(title: str, heads: list[str], rows: list[list[str]]) -> str:
    head = "".join(f'<th style="{_STYLE[1]}">{escape(h)}</th>' for h in heads)
    body = "".join(
        "<tr>" + "".join(f'<td style="{_STYLE[2]}">{escape(cell)}</td>' for cell in row) + "</tr>" for row in rows
    )
    return f'<h3>{escape(title)}</h3><table style="border-collapse:collapse"><tr>{head}</tr>{body}</table>'


def _draft(to: Iterable[str], sender: str | None, subject: str, lines: list[str], html: list[str], on: date) -> bytes:
    """Return a draft; an address that is none, or more than one, stays out of its head."""
    message = EmailMessage(policy=SMTP)
    message["Subject"] = seen(subject)
    if sender and is_address(sender):
        message["From"] = sender
    if addresses := ", ".join(address for address in to if is_address(address)):
        message["To"] = addresses
    # Eight in the morning of the day acted on: the same run gives the same file.
    message["Date"] = datetime.combine(on, time(8), UTC)
    message["X-Unsent"] = "1"  # Outlook opens it as a draft.
    message.set_content("\n".join(lines) + "\n")
    body = "".join(html)
    message.add_alternative(f'<html><body style="{_STYLE[0]}">{body}</body></html>', subtype="html")
    message.set_boundary("=_registerkit")
    return message.as_bytes()
