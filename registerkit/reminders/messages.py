"""Digests and signals as e-mail drafts (`.eml`), which open in a mail program ready to send."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time
from email.message import EmailMessage
from email.policy import SMTP
from html import escape

from registerkit.files import seen
from registerkit.reminders.digest import Digest
from registerkit.reminders.work import Item, Task, Waiting
from registerkit.setting_kinds import is_address
from registerkit.texts import Texts
from registerkit.theme import Theme

__all__ = ["alert_message", "digest_counts", "digest_lines", "digest_message", "step_line", "task_line", "waiting_line"]

_PLAIN = Theme()


def digest_message(
    digest: Digest, texts: Texts, on: date, sender: str | None, theme: Theme = _PLAIN, calendar: bytes | None = None
) -> bytes:
    """Return a digest as a draft, in the theme; `calendar` goes with it."""
    page = _Page(theme, texts, tells_handler=digest.role != "handler")
    counts = digest_counts(digest, texts)
    subject = texts(f"reminders.mail.subject_{digest.role}", counts=counts, on=on)
    if digest.alerts:
        subject = texts("reminders.mail.subject_alerts", n=len(digest.alerts), subject=subject)
    page.say(texts(f"reminders.mail.intro_{digest.role}", name=(digest.name.split() or [digest.code])[0]))
    page.say(*digest.remarks)
    for name in ("alerts", "overdue", "due_soon", "answered"):
        if items := getattr(digest, name):
            page.items(texts(f"reminders.mail.{name}", n=len(items)), items)
    if digest.tasks:
        page.tasks(texts("reminders.mail.tasks", n=len(digest.tasks)), digest.tasks)
    if digest.waiting:
        page.waiting(texts("reminders.mail.waiting", n=len(digest.waiting)), digest.waiting)
    page.say(texts("reminders.mail.closing"))
    to = [address for address in (digest.email, *digest.copies) if address]
    return _draft(to, sender, subject, page, on, calendar)


class _Page:
    """What a message says, as plain text and as a page in the theme."""

    def __init__(self, theme: Theme, texts: Texts, *, tells_handler: bool = False) -> None:
        self.texts = texts
        self._tells_handler = tells_handler
        self.lines: list[str] = []
        self.html: list[str] = []
        self.body = f"font-family:'{theme.font}',Carlito,sans-serif;font-size:11pt;color:#{theme.ink}"
        self._title = f"color:#{theme.navy}"
        self._head = f"text-align:left;background:#{theme.navy};color:#{theme.paper};padding:4pt 8pt"
        self._cell = f"padding:4pt 8pt;border-bottom:1px solid #{theme.line};vertical-align:top"

    def say(self, *sentences: str) -> None:
        """Add paragraphs."""
        self.lines += [*sentences, ""] if sentences else []
        self.html += [f"<p>{escape(words)}</p>" for words in sentences]

    def items(self, title: str, items: Iterable[Item]) -> None:
        """Add complaints, each with who complained and the letter that belongs to it."""
        texts, told = self.texts, list(items)
        about = [
            _about(
                item.who,
                item.letter,
                item.handled_by if self._tells_handler else "",
                texts,
                why=item.why,
                compensation=item.compensation,
            )
            for item in told
        ]
        self._list(title, [(_item_line(item, texts), more) for item, more in zip(told, about, strict=True)])
        handler = {"handler": lambda item: item.handled_by} if self._tells_handler else {}
        columns: dict[str, Callable[[Item], object]] = {
            "number": lambda item: item.number,
            "subject": lambda item: item.subject,
            "who": lambda item: item.who,
            **handler,
            "due": lambda item: texts.show(item.due_on),
            "days": lambda item: _days(item, texts),
            "step": lambda item: step_line(item, texts),
            "letter": lambda item: item.letter,
        }
        more: dict[str, Callable[[Item], str]] = {"why": lambda i: i.why, "compensation": lambda i: i.compensation}
        columns |= {name: shown for name, shown in more.items() if any(map(shown, told))}
        self._table(title, columns, [[str(shown(item)) for shown in columns.values()] for item in told])

    def tasks(self, title: str, tasks: Iterable[Task]) -> None:
        """Add what else is to be done."""
        texts, told = self.texts, list(tasks)
        self._list(title, [(f"- {task_line(t, texts)}", _about(t.who, t.letter, "", texts)) for t in told])
        rows = [[t.number, t.what, t.who, f"{texts.show(t.by)}{_remarks(t, texts)}", t.letter] for t in told]
        self._table(title, ("number", "what", "who", "by", "letter"), rows)

    def waiting(self, title: str, waiting: Iterable[Waiting]) -> None:
        """Add the letters that are held back, with who waits for them, what is lacking and what to do."""
        texts, told = self.texts, list(waiting)
        more = [f"{_about(each.who, '', '', texts)} {each.step}".strip() for each in told]
        self._list(title, [(f"- {waiting_line(w, texts)}", m) for w, m in zip(told, more, strict=True)])
        heads = ("number", "who", "letter", "lacks", "step")
        self._table(title, heads, [[w.number, w.who, w.kind, w.why, w.step] for w in told])

    def facts(self, facts: Iterable[tuple[str, str]]) -> None:
        """Add labels with their values."""
        told = list(facts)
        self.lines += [*(f"{label}: {value}" for label, value in told), ""]
        head = f'<th scope="row" style="text-align:left;{self._cell}">'
        rows = (f'<tr>{head}{escape(label)}</th><td style="{self._cell}">{escape(v)}</td></tr>' for label, v in told)
        self.html.append(f'<table style="border-collapse:collapse">{"".join(rows)}</table>')

    def _list(self, title: str, told: Iterable[tuple[str, str]]) -> None:
        lines = [line for first, second in told for line in (first, f"  {second}") if line.strip()]
        self.lines += [title, *lines, ""]

    def _table(self, title: str, heads: Iterable[str], rows: Iterable[list[str]]) -> None:
        words = (self.texts(f"reminders.head.{head}") for head in heads)
        head = "".join(f'<th scope="col" style="{self._head}">{escape(word)}</th>' for word in words)
        cells = ("".join(f'<td style="{self._cell}">{escape(cell)}</td>' for cell in row) for row in rows)
        body = "".join(f"<tr>{row}</tr>" for row in cells)
        self.html.append(f'<h2 style="font-size:13pt;{self._title}">{escape(title)}</h2>')
        self.html.append(f'<table style="border-collapse:collapse"><tr>{head}</tr>{body}</table>')


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
    numbers = ", ".join(item.number for item in digest.alerts)
    alerts = [f"{texts('reminders.mail.alerts', n=len(digest.alerts))}: {numbers}"] if digest.alerts else []
    return [*alerts, *digest.remarks, *items, *tasks, *waiting]


def alert_message(
    number: str,
    told: Iterable[tuple[str, str]],
    recipients: Iterable[str],
    texts: Texts,
    on: date,
    sender: str | None,
    theme: Theme = _PLAIN,
) -> bytes:
    """Return the signal about one very serious complaint as a draft; `told` has labels and values to show."""
    page = _Page(theme, texts)
    page.say(texts("reminders.alert.intro", number=number))
    page.facts((label, value) for label, value in told if value)
    page.say(texts("reminders.alert.what_now"), texts("reminders.alert.until"))
    return _draft(recipients, sender, texts("reminders.alert.subject", number=number), page, on)


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


def _about(who: str, letter: str, handler: str, texts: Texts, **more: str) -> str:
    """Return who complained, who handles it, the letter that belongs to it, and `more`, in one line."""
    parts = {"who": who, "handler": handler, "letter": letter, **more}
    return " ".join(texts(f"reminders.mail.{name}", what=what) for name, what in parts.items() if what)


def _draft(
    to: Iterable[str], sender: str | None, subject: str, page: _Page, on: date, calendar: bytes | None = None
) -> bytes:
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
    message.set_content("\n".join(page.lines).rstrip("\n") + "\n")
    body = "".join(page.html)
    message.add_alternative(
        f'<html lang="{page.texts.language}"><body style="{page.body}">{body}</body></html>', subtype="html"
    )
    message.set_boundary("=_registerkit")
    if calendar is not None:
        name = page.texts("reminders.file.attached")
        message.add_attachment(calendar, "text", "calendar", filename=f"{name}.ics")
        message.set_boundary("=_registerkit_all")
    return message.as_bytes()
