"""Reminders: who must do what now, as e-mail drafts and one list to print."""

from registerkit.reminders.address import colleague_texts
from registerkit.reminders.calendar import calendar_file
from registerkit.reminders.digest import Digest, Digests, make_digests
from registerkit.reminders.messages import alert_message, digest_counts, digest_lines, digest_message
from registerkit.reminders.print_list import reminder_list
from registerkit.reminders.steps import Deadline
from registerkit.reminders.work import Item, Task, Waiting

__all__ = [
    "Deadline",
    "Digest",
    "Digests",
    "Item",
    "Task",
    "Waiting",
    "alert_message",
    "calendar_file",
    "colleague_texts",
    "digest_counts",
    "digest_lines",
    "digest_message",
    "make_digests",
    "reminder_list",
]
