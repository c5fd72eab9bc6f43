"""Sending mail over SMTP: the server of `[mail]` in `register.toml`, and drafts that become messages."""

from registerkit.mail.message import outgoing, recipients
from registerkit.mail.reply import bare_subject, number_in, reply_draft, thread_id
from registerkit.mail.server import MailServer, Refused, Unknown
from registerkit.mail.setting import MailSetting, mail_setting

__all__ = [
    "MailServer",
    "MailSetting",
    "Refused",
    "Unknown",
    "bare_subject",
    "mail_setting",
    "number_in",
    "outgoing",
    "recipients",
    "reply_draft",
    "thread_id",
]
