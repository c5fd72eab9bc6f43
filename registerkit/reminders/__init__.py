"""Reminders: who must do what now, as e-mail drafts and one list to print."""

from registerkit.reminders.digest import Digest, Digests, Item, Task, Waiting, make_digests
from registerkit.reminders.messages import alert_message, digest_counts, digest_lines, digest_message
from registerkit.reminders.print_list import reminder_list

__all__ = [
    "Digest",
    "Digests",
    "Item",
    "Task",
    "Waiting",
    "alert_message",
    "digest_counts",
    "digest_lines",
    "digest_message",
    "make_digests",
    "reminder_list",
]
